/** What can be wrong inside a network: slopes that vanish on the way back, units that are dead, units that are equal. */

/**
 * @typedef {object} Finding of one layer
 * @property {number} slope root of the mean squared slope of the loss with respect to the layer's weights (no penalty)
 * @property {boolean[]} dead of each unit: a ReLU that is 0 on every row. Empty for other activations and for the output
 * @property {number} different units that are not copies of another one: the same weights in, bias and weights out
 */

/**
 * Examine every layer, after forward() and backward() of all training rows.
 * @param {import("./network.js").Network} network
 * @param {ReturnType<import("./network.js").makeRoom>} room
 * @returns {Finding[]}
 */
export function examine(network, room) {
  const last = network.layers.length - 1;
  return network.layers.map((layer, l) => ({
    slope: rootMeanSquare(room.slopes[l].W),
    dead: network.activation === "relu" && l < last ? Array.from({ length: layer.units }, (_, k) => isDead(room, l, k, layer.units)) : [],
    different: l < last ? countDifferent(layer, network.layers[l + 1]) : 1,
  }));
}

/** @param {Float64Array} values */
function rootMeanSquare(values) {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}

function isDead(room, l, k, units) {
  for (let row = 0; row < room.n; row += 1) if (!(room.Z[l][row * units + k] <= 0)) return false;
  return true;
}

/** Copies get the same slopes, so they stay copies. Rounding may part them a little: 1e-9 is still a copy. */
function countDifferent(layer, next) {
  const portraits = Array.from({ length: layer.units }, (_, k) => [
    layer.b[k],
    ...Array.from({ length: layer.inputs }, (_, i) => layer.W[i * layer.units + k]),
    ...next.W.subarray(k * next.units, (k + 1) * next.units),
  ]);
  const alike = (one, other) => one.every((value, i) => Math.abs(value - other[i]) <= 1e-9 * Math.max(1, Math.abs(value)));
  return portraits.filter((one, k) => !portraits.slice(0, k).some((other) => alike(one, other))).length;
}
