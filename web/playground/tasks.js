/**
 * What book/neural-networks/playground.md claims, measured: the settings of each of its tasks, trained from every seed without a page.
 * `node tasks.js 20` writes the results of seeds 0 to 19 as JSON, which is kept in measured.json; tests/textbook/test_playground.py measures a few
 * seeds anew, and holds the page's numbers against the file.
 */

import { fileURLToPath } from "node:url";
import { Run } from "./run.js";
import { parse } from "./settings.js";

/** The links of the page (without their seed), by a name for their results. */
export const TASKS = {
  "xor, no hidden layer": "data=xor&noise=0&hidden=",
  "xor, 2 units": "data=xor&noise=0&hidden=2",
  "xor, 4 units": "data=xor&noise=0&hidden=4",
  "xor, 8 units": "data=xor&noise=0&hidden=8",
  "circle, coordinates": "hidden=&epochs=100",
  "circle, squares": "hidden=&features=x1^2,x2^2&epochs=100",
  "zero, tanh": "init=zero&hidden=8,8&epochs=100",
  "zero, sigmoid": "init=zero&hidden=8,8&activation=sigmoid&epochs=100",
  "glorot, tanh": "hidden=8,8&epochs=100",
  "deep, sigmoid": "hidden=8,8,8,8&activation=sigmoid&epochs=100",
  "deep, tanh": "hidden=8,8,8,8&epochs=100",
  "deep, sigmoid, large": "hidden=8,8,8,8&activation=sigmoid&init=large&epochs=100",
  "deep, tanh, small": "hidden=8,8,8,8&init=small&epochs=100",
  "deep, relu": "hidden=8,8,8,8&activation=relu&init=he&epochs=100",
  "relu, rate 0.1": "hidden=8,8&activation=relu&init=he&epochs=100",
  "relu, rate 3": "hidden=8,8&activation=relu&init=he&lr=3&epochs=100",
  "leaky, rate 3": "hidden=8,8&activation=leaky&init=he&lr=3&epochs=100",
  "noise, no penalty": "noise=0.5&share=0.2&hidden=8,8",
  "noise, l2 0.01": "noise=0.5&share=0.2&hidden=8,8&penalty=l2&lambda=0.01",
  "noise, l2 0.1": "noise=0.5&share=0.2&hidden=8,8&penalty=l2&lambda=0.1",
  "spiral, 4": "data=spiral&hidden=4&lr=0.3&epochs=500",
  "spiral, 8": "data=spiral&hidden=8&lr=0.3&epochs=500",
  "spiral, 8-8": "data=spiral&hidden=8,8&lr=0.3&epochs=500",
  "spiral, 8-8, sines": "data=spiral&hidden=8,8&features=x1,x2,sin(x1),sin(x2)&lr=0.3&epochs=500",
  "spiral, 8-8, 180 points": "data=spiral&hidden=8,8&share=0.9&lr=0.3&epochs=500",
  "xor, product": "data=xor&noise=0&hidden=&features=x1*x2&epochs=100",
  "xor, squares": "data=xor&noise=0&hidden=&features=x1^2,x2^2&epochs=100",
  "batches of 10": "epochs=30",
  "one batch": "batch=0&epochs=30",
  "one batch, rate 1": "batch=0&lr=1&epochs=30",
  "zero, relu": "init=zero&hidden=8,8&activation=relu&epochs=100",
};

const round = (value) => (Number.isFinite(value) ? Number(value.toPrecision(6)) : null);
const sum = (values) => values.reduce((total, value) => total + value, 0);

/**
 * One run.
 * @param {string} query the settings of a link
 * @param {number} seed
 * @returns accuracy, loss: on training and on test points after the last epoch (null: no number); start, end: the slopes of the first layer and of
 *   the output, before the first step and after the last epoch; dead: dead units; closed: layers that are dead as a whole; copies: units that equal
 *   another one
 */
export function measure(query, seed) {
  const { settings, faults } = parse(`#playground?${query}&seed=${seed}`);
  if (faults.length) throw new Error(faults.join(" "));
  const run = new Run(settings);
  const ends = () => [run.findings()[0].slope, run.findings().at(-1).slope].map(round);
  const start = ends();
  run.train(settings.epochs);
  const { train, test } = run.scores();
  const findings = run.findings();
  return {
    accuracy: [train.accuracy, test.accuracy].map(round),
    loss: [train.loss, test.loss].map(round),
    start,
    end: ends(),
    dead: sum(findings.map(({ dead }) => dead.filter(Boolean).length)),
    closed: findings.filter(({ dead }) => dead.length && dead.every(Boolean)).length,
    copies: sum(findings.map(({ different }, l) => run.network.layers[l].units - different)),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const seeds = Array.from({ length: Number(process.argv[2]) }, (_, seed) => seed);
  const lines = Object.entries(TASKS).map(([name, query]) => {
    const runs = seeds.map((seed) => `    ${JSON.stringify(measure(query, seed))}`);
    return `  ${JSON.stringify(name)}: [\n${runs.join(",\n")}\n  ]`;
  });
  process.stdout.write(`{\n${lines.join(",\n")}\n}\n`);
}
