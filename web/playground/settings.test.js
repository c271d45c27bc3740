import assert from "node:assert/strict";
import test from "node:test";
import { FIELDS, defaults, parse, serialise } from "./settings.js";

test("a link restores every setting", () => {
  const settings = {
    ...defaults(),
    data: "spiral",
    noise: 0.3,
    share: 0.7,
    seed: 42,
    features: ["x2", "x1^2", "x1*x2", "sin(x1)"],
    hidden: [8, 1, 3],
    activation: "leaky",
    init: "he",
    loss: "hinge",
    lr: 0.003,
    batch: 0,
    penalty: "l1",
    lambda: 0.0001,
    epochs: 77,
    speed: "full",
  };
  const untouched = Object.keys(FIELDS).filter((name) => JSON.stringify(settings[name]) === JSON.stringify(defaults()[name]));
  assert.deepEqual(untouched, [], "the test sets every setting to something else");
  assert.deepEqual(parse(serialise(settings)), { settings, faults: [] });
});

test("every choice survives a link", () => {
  for (const [name, { choices = {}, list }] of Object.entries(FIELDS)) {
    for (const choice of Object.keys(choices)) {
      const { settings, faults } = parse(`#playground?${name}=${encodeURIComponent(choice)}`);
      assert.deepEqual(faults, []);
      assert.equal(String(list ? settings[name][0] : settings[name]), choice);
      assert.deepEqual(parse(serialise(settings)).settings, settings);
    }
  }
});

test("no hidden layer is a setting too, and what is not named has its default", () => {
  assert.deepEqual(parse("#playground?hidden="), { settings: { ...defaults(), hidden: [] }, faults: [] });
  assert.deepEqual(parse(serialise({ ...defaults(), hidden: [] })).settings.hidden, []);
});

test("another hash is not ours", () => {
  for (const hash of ["", "#", "#playground", "#what-goes-wrong", "#playground-help?lr=1"]) assert.equal(parse(hash), null);
});

test("bad values are refused in words, and the defaults stand", () => {
  const bad = {
    data: "moons",
    noise: "0.15",
    share: "1",
    seed: "-1",
    features: "x1,x1",
    hidden: "4,9",
    activation: "toString",
    init: "<b>he</b>",
    loss: "",
    lr: "NaN",
    batch: "1e1",
    penalty: "L2",
    lambda: "Infinity",
    epochs: "0",
    speed: "ludicrous",
  };
  assert.deepEqual(Object.keys(bad), Object.keys(FIELDS));
  const hash = `#playground?${Object.entries(bad)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&")}`;
  const { settings, faults } = parse(hash);
  assert.deepEqual(settings, defaults());
  assert.equal(faults.length, Object.keys(bad).length);
  for (const fault of faults) assert.match(fault, /^.+: .*Taken instead: .+\.$/);
  for (const more of ["features=", "features=x3", "hidden=0", "hidden=1,1,1,1,1,1,1", "hidden=4,", "seed=10000", "seed=1.5", "hidden=__proto__"]) {
    assert.equal(parse(`#playground?${more}`).faults.length, 1, more);
  }
  assert.equal(parse("#playground?colour=red&__proto__=1").faults.length, 2);
  assert.ok(parse(`#playground?data=${"x".repeat(1000)}`).faults[0].length < 200);
});

test("the last of two values counts, and features stand in their order", () => {
  assert.equal(parse("#playground?lr=1&lr=3").settings.lr, 3);
  assert.deepEqual(parse("#playground?features=x1*x2,x1").settings.features, ["x1", "x1*x2"]);
});
