/** What the playground says in words: of a state, for the live region and the notice, and of numbers. Pure, so that tests can read it. */

const PLACES = 3;

/** A loss or an accuracy, to three decimals. */
export const fixed = (value) => (Number.isFinite(value) ? value.toFixed(PLACES) : "no number");

/** A slope, which may be tiny: 0.012, 3.4e-9. */
export const tiny = (value) =>
  value === 0 ? "0" : !Number.isFinite(value) ? "no number" : value >= 0.001 ? value.toPrecision(2) : value.toExponential(1).replace("-", "−");

/**
 * The length of a slope's bar, a fraction: powers of ten from 1e-12 to 10.
 * @param {number} value
 */
export const barLength = (value) => (value > 0 ? Math.min(1, Math.max(0.01, (Math.log10(value) + 12) / 13)) : 0);

/**
 * One sentence for the live region.
 * @param {import("./run.js").Run} run
 * @param {"Running" | "Paused" | "Ready"} state
 */
export function report(run, state) {
  const { train, test } = run.scores();
  const losses = `Loss ${fixed(train.loss)} on training points, ${fixed(test.loss)} on test points.`;
  return `${state}, epoch ${run.epoch}. ${losses} ${accuracies(run)}`;
}

/** After a change of what a step does, during a run. @param {number} epoch of the change */
export const mixed = (epoch) =>
  `The settings were changed during this run, last in epoch ${epoch + 1}. ` +
  "The link and the program do not repeat it: they begin anew, with the present settings.";

/** @param {import("./run.js").Run} run */
function accuracies(run) {
  const { train, test } = run.scores();
  return `Accuracy ${fixed(train.accuracy)} on training points, ${fixed(test.accuracy)} on test points.`;
}

/** What the big picture shows, for who does not see it. @param {import("./run.js").Run} run @param {string} title of the unit */
export const describePicture = (run, title) => `${title} over the square of points, after epoch ${run.epoch}. ${accuracies(run)}`;

/** What the loss curves show. @param {import("./run.js").Run} run @param {number} guess the loss of who knows nothing */
export function describeLosses({ history }, guess) {
  const [first, last] = [history[0], history[history.length - 1]];
  const course = (name) => `from ${fixed(first[name])} to ${fixed(last[name])}`;
  return `Loss after each epoch: ${course("train")} on training points, ${course("test")} on test points. Who knows nothing has ${fixed(guess)}.`;
}

/**
 * What is wrong in a layer, for its line of the table; empty if nothing is.
 * @param {import("./diagnosis.js").Finding} finding
 * @param {number} units
 */
export function remark({ dead, different }, units) {
  const said = [];
  const nDead = dead.filter(Boolean).length;
  if (nDead) said.push(`${nDead} of ${units} dead`);
  if (different < units) said.push(different === 1 ? `all ${units} equal` : `only ${different} of ${units} different`);
  return said.join(", ");
}

/**
 * A notice where something needs an explanation; empty if all is well.
 * @param {import("./run.js").Run} run
 * @param {import("./diagnosis.js").Finding[]} findings
 */
export function notice(run, findings) {
  if (run.isLost)
    return "The loss is no number any more: the steps were too large, and the weights overflowed. Reset, and choose a smaller learning rate.";
  const { layers } = run.network;
  const said = [];
  const same = findings.findIndex(({ different }, l) => different < layers[l].units);
  if (same >= 0) {
    const units = remark({ dead: [], different: findings[same].different }, layers[same].units);
    said.push(`Symmetry: ${units} in layer ${same + 1}. Equal units get equal slopes, so no step can part them.`);
  }
  const shut = findings.findIndex(({ dead }) => dead.length > 0 && dead.every(Boolean));
  if (shut >= 0) said.push(`All units of layer ${shut + 1} are dead: nothing passes through it, and no slope leads back.`);
  return said.join(" ");
}
