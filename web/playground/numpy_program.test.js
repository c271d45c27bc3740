import assert from "node:assert/strict";
import test from "node:test";
import { numpyProgram } from "./numpy_program.js";
import { FIELDS, defaults } from "./settings.js";

test("every choice makes a program whose lines fit the page", () => {
  for (const [name, { choices = {}, list }] of Object.entries(FIELDS)) {
    for (const choice of Object.keys(choices)) {
      const value = list ? [choice] : typeof FIELDS[name].default === "number" ? Number(choice) : choice;
      const program = numpyProgram({ ...defaults(), penalty: "l2", [name]: value });
      assert.ok(!program.includes("undefined"), `${name} ${choice}`);
      for (const line of program.split("\n")) assert.ok(line.length <= 72, line);
    }
  }
  const all = numpyProgram({ ...defaults(), features: Object.keys(FIELDS.features.choices), hidden: [8, 8, 8, 8, 8, 8] });
  for (const line of all.split("\n")) assert.ok(line.length <= 72, line);
});
