import assert from "node:assert/strict";
import test from "node:test";
import { grid, inputs, makeData } from "./data.js";
import { ACTIVATIONS, INITS, LOSSES, backward, forward, makeNetwork, makeRoom, score, update } from "./network.js";
import { normal, shuffle, uniform } from "./random.js";
import { Run } from "./run.js";
import { FIELDS, defaults } from "./settings.js";

const settings = (changes) => ({ ...defaults(), ...changes });

test("gradients equal measured slopes, for every activation and loss", () => {
  for (const activation of Object.keys(ACTIVATIONS)) {
    for (const loss of Object.keys(LOSSES)) {
      const { network, parts } = new Run(settings({ activation, loss, hidden: [3, 4, 2], init: "he", seed: 3 }));
      const { X, y, n, room } = parts.train;
      const at = () => (forward(network, X, n, room), score(room, y, loss).loss);
      at();
      backward(network, X, y, loss, room);
      const slopes = room.slopes.map(({ W, b }) => ({ W: W.slice(), b: b.slice() }));
      network.layers.forEach((layer, l) => {
        for (const name of ["W", "b"]) {
          layer[name].forEach((value, i) => {
            const h = 1e-6;
            layer[name][i] = value + h;
            const above = at();
            layer[name][i] = value - h;
            const below = at();
            layer[name][i] = value;
            const measured = (above - below) / (2 * h);
            assert.ok(Math.abs(measured - slopes[l][name][i]) < 1e-7, `${activation}, ${loss}, layer ${l}, ${name}[${i}]`);
          });
        }
      });
    }
  }
});

test("losses do not overflow, and guess is what ignorance costs", () => {
  for (const { value, slope, answer, guess } of Object.values(LOSSES)) {
    for (const z of [-1e4, -40, 0, 40, 1e4]) {
      for (const y of [0, 1]) assert.ok([value(z, y), slope(z, y), answer(z)].every(Number.isFinite));
    }
    assert.ok(Math.abs((value(0, 0) + value(0, 1)) / 2 - guess) < 1e-15);
    assert.equal(answer(0), 0.5);
  }
});

test("a penalty pulls weights to zero and leaves biases", () => {
  for (const [penalty, pull] of [
    ["l1", (w) => Math.sign(w)],
    ["l2", (w) => w],
  ]) {
    const network = makeNetwork(settings({ hidden: [3] }));
    network.layers[0].b[0] = 5;
    const before = network.layers.map(({ W }) => W.slice());
    update(network, makeRoom(network, 1), { lr: 0.5, penalty, lambda: 0.1 });
    network.layers.forEach(({ W }, l) => W.forEach((w, i) => assert.ok(Math.abs(w - (before[l][i] - 0.05 * pull(before[l][i]))) < 1e-15)));
    assert.equal(network.layers[0].b[0], 5);
  }
});

test("first weights have the spread of their name", () => {
  const spread = (init) => {
    const squares = Array.from({ length: 200 }, (_, seed) => [...makeNetwork(settings({ init, seed, hidden: [8, 2] })).layers[1].W]).flat();
    return Math.sqrt(squares.reduce((sum, w) => sum + w * w, 0) / squares.length);
  };
  const expected = { glorot: Math.sqrt(2 / 10), he: Math.sqrt(2 / 8), zero: 0, small: 0.01, large: 3 };
  assert.deepEqual(Object.keys(expected), Object.keys(INITS));
  for (const [init, value] of Object.entries(expected)) assert.ok(Math.abs(spread(init) - value) <= 0.05 * value, init);
});

test("random numbers are uniform, normal, and different from seed to seed", () => {
  const first = Array.from({ length: 2000 }, (_, seed) => uniform(seed, "weights")());
  const draw = uniform(1, "data");
  for (const numbers of [first, Array.from({ length: 2000 }, draw)]) {
    assert.ok(numbers.every((u) => u >= 0 && u < 1));
    assert.ok(Math.abs(numbers.reduce((sum, u) => sum + u, 0) / 2000 - 0.5) < 0.02);
    const lag = numbers.slice(1).reduce((sum, u, i) => sum + (u - 0.5) * (numbers[i] - 0.5), 0) / 1999 / (1 / 12);
    assert.ok(Math.abs(lag) < 0.07);
  }
  const normals = Array.from({ length: 4000 }, () => normal(draw));
  assert.ok(Math.abs(normals.reduce((sum, z) => sum + z, 0) / 4000) < 0.05);
  assert.ok(Math.abs(normals.reduce((sum, z) => sum + z * z, 0) / 4000 - 1) < 0.07);
  assert.deepEqual(shuffle([0, 1, 2, 3, 4, 5, 6, 7], draw).toSorted(), [0, 1, 2, 3, 4, 5, 6, 7]);
});

test("data are cut by the share, balanced, and the same for a seed", () => {
  for (const data of Object.keys(FIELDS.data.choices)) {
    const { train, test: rest } = makeData(settings({ data, share: 0.7 }));
    assert.equal(train.y.length, 140);
    assert.equal(rest.y.length, 60);
    assert.equal(
      [...train.y, ...rest.y].reduce((sum, y) => sum + y, 0),
      100,
    );
    assert.deepEqual(makeData(settings({ data, share: 0.7 })), { train, test: rest });
    assert.notDeepEqual(makeData(settings({ data, share: 0.7, seed: 1 })).train, train);
    assert.deepEqual(makeData(settings({ data, share: 0.7, init: "zero", hidden: [] })).train, train);
  }
  const { train } = makeData(settings({ data: "xor", noise: 0 }));
  train.y.forEach((y, i) => assert.equal(train.x1[i] * train.x2[i] < 0, y === 1, "class 1 where the signs differ"));
});

test("inputs are features in columns, the grid goes from top left to bottom right", () => {
  const X = inputs(["x1", "x2", "x1^2", "x2^2", "x1*x2", "sin(x1)", "sin(x2)"], [2, 0], [3, -1]);
  assert.deepEqual([...X], [2, 3, 4, 9, 6, Math.sin(2), Math.sin(3), 0, -1, 0, 1, -0, 0, Math.sin(-1)]);
  const { x1, x2 } = grid(2);
  assert.deepEqual([...x1], [-1.5, 1.5, -1.5, 1.5]);
  assert.deepEqual([...x2], [1.5, 1.5, -1.5, -1.5]);
});

test("an epoch sees each point once, whatever the size of the mini-batches", () => {
  for (const batch of [1, 20, 0]) {
    const run = new Run(settings({ batch, share: 0.4 }));
    run.finishEpoch();
    assert.equal(run.epoch, 1);
    assert.equal(run.history.length, 2);
  }
  const run = new Run(settings({ batch: 50, share: 0.4 }));
  run.step();
  assert.deepEqual([run.epoch, run.next], [0, 50]);
  run.step(); // the 30 that are left
  assert.deepEqual([run.epoch, run.next], [1, 0]);
});

test("a network without a hidden layer is logistic regression: it parts two blobs", () => {
  const run = new Run(settings({ data: "blobs", noise: 0, hidden: [] })).train(100);
  assert.ok(run.scores().test.accuracy > 0.95);
  assert.ok(run.history.at(-1).train < run.history[0].train / 2);
});

test("a loss that is no number ends the training", () => {
  const run = new Run(settings({ activation: "linear", hidden: [8, 8, 8], init: "large", lr: 10, loss: "hinge" })).train(50);
  assert.ok(run.isLost);
  assert.ok(run.epoch < 50);
  assert.ok(Number.isNaN(run.scores().train.accuracy), "what has no loss has no accuracy");
});

test("findings: dead units, copies, slopes that vanish", () => {
  const zero = new Run(settings({ init: "zero", activation: "sigmoid", hidden: [5, 3] })).train(3).findings();
  assert.deepEqual(
    zero.map(({ different }) => different),
    [1, 1, 1],
  );
  const random = new Run(settings({ hidden: [5, 3] })).findings();
  assert.deepEqual(
    random.map(({ different }) => different),
    [5, 3, 1],
  );

  const run = new Run(settings({ activation: "relu", hidden: [4] }));
  run.network.layers[0].b.fill(-100, 0, 3);
  assert.deepEqual(run.findings()[0].dead, [true, true, true, false]);
  assert.deepEqual(run.findings()[1].dead, []);
  assert.deepEqual(new Run(settings({ activation: "leaky" })).findings()[0].dead, []);

  const slopes = new Run(settings({ activation: "sigmoid", hidden: [8, 8, 8, 8, 8] })).findings().map(({ slope }) => slope);
  assert.ok(slopes[0] < slopes[5] / 100);
});

test("in the first layer the dead stay dead, whatever the rate", () => {
  for (let seed = 0; seed < 4; seed += 1) {
    const run = new Run(settings({ activation: "relu", init: "he", hidden: [8, 8], lr: 3, seed })).train(50);
    const { dead } = run.findings()[0];
    assert.ok(dead.some(Boolean), `seed ${seed} kills no unit: the test needs another`);
    run.settings = { ...run.settings, lr: 0.1 };
    const after = run.train(50).findings()[0].dead;
    dead.forEach((was, k) => assert.ok(!was || after[k]));
  }
});

test("with a penalty the weights of a noisy circle stay smaller", () => {
  for (let seed = 0; seed < 3; seed += 1) {
    const size = (changes) => {
      const { layers } = new Run(settings({ noise: 0.5, share: 0.2, hidden: [8, 8], seed, lambda: 0.01, ...changes })).train(300).network;
      return layers.reduce((sum, { W }) => sum + W.reduce((part, w) => part + w * w, 0), 0);
    };
    assert.ok(size({ penalty: "l2" }) < size({ penalty: "none" }) / 1.5);
  }
});
