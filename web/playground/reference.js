/**
 * For tests/textbook/test_playground.py: reads hashes of links from the standard input, one a line, and writes a line of JSON for each: the NumPy
 * program, and what the page's own engine gives (losses after each epoch; the slopes of each layer at the end, on the training points).
 */

import { readFileSync } from "node:fs";
import { numpyProgram } from "./numpy_program.js";
import { Run } from "./run.js";
import { parse } from "./settings.js";

for (const hash of readFileSync(0, "utf8").trim().split("\n")) {
  const { settings, faults } = parse(hash);
  if (faults.length) throw new Error(faults.join(" "));
  const run = new Run(settings).train(settings.epochs);
  run.findings();
  const slopes = run.parts.train.room.slopes.map(({ W, b }) => ({ W: [...W], b: [...b] }));
  const history = run.history.map(({ train, test }) => [train, test]);
  console.log(JSON.stringify({ program: numpyProgram(settings), history, slopes }));
}
