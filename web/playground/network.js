/**
 * A network of fully connected layers with one output, in float64: its first weights, the way forward, the way back, a step.
 * Nothing here knows of a page. Matrices are flat and row by row: W[i * units + k] leads from input i to unit k, as in the book.
 *
 * @typedef {object} Layer
 * @property {number} inputs
 * @property {number} units
 * @property {Float64Array} W weights, shape (inputs, units)
 * @property {Float64Array} b biases, shape (units)
 *
 * @typedef {object} Network
 * @property {Layer[]} layers the hidden layers, then the output of one unit
 * @property {string} activation of the hidden layers
 *
 * @typedef {object} Passed what a pass leaves behind, for n rows
 * @property {number} n
 * @property {Float64Array[]} Z weighted sums of each layer, each of shape (n, units)
 * @property {Float64Array[]} H answers of each layer, each of shape (n, units); of the last one, z itself
 */

import { normal, uniform } from "./random.js";

const LEAK = 0.1;

/** The logistic function, without overflow. */
export const sigmoid = (z) => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z)));

/** log(1 + e^z), without overflow. */
const softplus = (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));

/** Values and slopes; a slope is computed from the weighted sum z and the answer h. */
export const ACTIVATIONS = {
  linear: { text: "linear", value: (z) => z, slope: () => 1 },
  sigmoid: { text: "sigmoid", value: sigmoid, slope: (z, h) => h * (1 - h) },
  tanh: { text: "tanh", value: Math.tanh, slope: (z, h) => 1 - h * h },
  relu: { text: "ReLU", value: (z) => (z > 0 ? z : 0), slope: (z) => (z > 0 ? 1 : 0) },
  leaky: { text: "leaky ReLU", value: (z) => (z > 0 ? z : LEAK * z), slope: (z) => (z > 0 ? 1 : LEAK) },
};

/**
 * Losses of one case as functions of the output's weighted sum z and the class y. guess: what one loses who knows nothing
 * (says one half to all, or z = 0). answer: the output between 0 and 1, for pictures.
 */
export const LOSSES = {
  "cross-entropy": {
    text: "cross-entropy",
    value: (z, y) => softplus(z) - y * z,
    slope: (z, y) => sigmoid(z) - y,
    answer: sigmoid,
    guess: Math.LN2,
  },
  squared: {
    text: "squared error",
    value: (z, y) => (sigmoid(z) - y) ** 2,
    slope: (z, y) => 2 * (sigmoid(z) - y) * sigmoid(z) * sigmoid(-z),
    answer: sigmoid,
    guess: 0.25,
  },
  hinge: {
    text: "hinge",
    value: (z, y) => Math.max(0, 1 - (2 * y - 1) * z),
    slope: (z, y) => ((2 * y - 1) * z < 1 ? 1 - 2 * y : 0),
    answer: (z) => Math.min(1, Math.max(0, (1 + z) / 2)),
    guess: 1,
  },
};

/** The standard deviation of a layer's first weights, from the numbers of its inputs and its units. */
export const INITS = {
  glorot: { text: "Glorot", spread: (inputs, units) => Math.sqrt(2 / (inputs + units)) },
  he: { text: "He", spread: (inputs) => Math.sqrt(2 / inputs) },
  zero: { text: "all zero", spread: () => 0 },
  small: { text: "too small (0.01)", spread: () => 0.01 },
  large: { text: "too large (3)", spread: () => 3 },
};

/** The slopes of a penalty on a weight w, of the strength lambda: of lambda |w|, and of lambda w² / 2. */
export const PENALTIES = {
  none: { text: "none", slope: () => 0 },
  l1: { text: "L1", slope: (w) => Math.sign(w) },
  l2: { text: "L2", slope: (w) => w },
};

/**
 * A network before its first step. Weights are normal, biases are zero.
 * @param {{features: string[], hidden: number[], activation: string, init: string, seed: number}} settings hidden: units of each hidden layer
 * @returns {Network}
 */
export function makeNetwork({ features, hidden, activation, init, seed }) {
  const draw = uniform(seed, "weights");
  const sizes = [features.length, ...hidden, 1];
  const layers = sizes.slice(1).map((units, l) => {
    const spread = INITS[init].spread(sizes[l], units);
    const W = Float64Array.from({ length: sizes[l] * units }, () => spread * normal(draw));
    return { inputs: sizes[l], units, W, b: new Float64Array(units) };
  });
  return { layers, activation };
}

/**
 * Room for passes of up to n rows, to be used again and again.
 * @param {Network} network
 * @param {number} n
 * @returns {Passed & {D: Float64Array[], slopes: {W: Float64Array, b: Float64Array}[]}}
 */
export function makeRoom(network, n) {
  const each = () => network.layers.map(({ units }) => new Float64Array(n * units));
  const slopes = network.layers.map(({ W, b }) => ({ W: new Float64Array(W.length), b: new Float64Array(b.length) }));
  return { n, Z: each(), H: each(), D: each(), slopes };
}

/**
 * The way forward.
 * @param {Network} network
 * @param {Float64Array} X shape (n, inputs)
 * @param {number} n rows
 * @param {ReturnType<typeof makeRoom>} room
 */
export function forward(network, X, n, room) {
  const { value } = ACTIVATIONS[network.activation];
  const last = network.layers.length - 1;
  let H = X;
  network.layers.forEach(({ inputs, units, W, b }, l) => {
    const Z = room.Z[l];
    const out = room.H[l];
    for (let row = 0; row < n; row += 1) {
      const from = row * inputs;
      const to = row * units;
      for (let k = 0; k < units; k += 1) Z[to + k] = b[k];
      for (let i = 0; i < inputs; i += 1) {
        const h = H[from + i];
        for (let k = 0, w = i * units; k < units; k += 1, w += 1) Z[to + k] += h * W[w];
      }
    }
    if (l === last) out.set(Z.subarray(0, n * units));
    else for (let place = 0; place < n * units; place += 1) out[place] = value(Z[place]);
    H = out;
  });
  room.n = n;
}

/**
 * The way back, after forward() with the same X: the slopes of the mean loss of the n rows, without a penalty, into room.slopes.
 * room.D[l] becomes the slopes with respect to layer l's weighted sums, one case a row.
 * @param {Network} network
 * @param {Float64Array} X shape (n, inputs)
 * @param {Float64Array} y shape (n)
 * @param {string} loss
 * @param {ReturnType<typeof makeRoom>} room
 */
export function backward(network, X, y, loss, room) {
  const { n } = room;
  const { slope } = ACTIVATIONS[network.activation];
  const last = network.layers.length - 1;
  for (let row = 0; row < n; row += 1) room.D[last][row] = LOSSES[loss].slope(room.Z[last][row], y[row]) / n;
  for (let l = last; l >= 0; l -= 1) {
    const { inputs, units, W } = network.layers[l];
    const D = room.D[l];
    const H = l ? room.H[l - 1] : X;
    const found = room.slopes[l];
    found.W.fill(0);
    found.b.fill(0);
    for (let row = 0; row < n; row += 1) {
      for (let k = 0, d = row * units; k < units; k += 1, d += 1) found.b[k] += D[d];
      for (let i = 0; i < inputs; i += 1) {
        const h = H[row * inputs + i];
        for (let k = 0, d = row * units, w = i * units; k < units; k += 1, d += 1, w += 1) found.W[w] += h * D[d];
      }
    }
    if (l === 0) break;
    const below = room.D[l - 1];
    const Z = room.Z[l - 1];
    for (let row = 0; row < n; row += 1) {
      for (let i = 0; i < inputs; i += 1) {
        let sum = 0;
        for (let k = 0, d = row * units, w = i * units; k < units; k += 1, d += 1, w += 1) sum += D[d] * W[w];
        const place = row * inputs + i;
        below[place] = sum * slope(Z[place], H[place]);
      }
    }
  }
}

/**
 * One step downhill, by the slopes that backward() left in the room, and by the penalty's. Biases are not penalised.
 * @param {Network} network
 * @param {ReturnType<typeof makeRoom>} room
 * @param {{lr: number, penalty: string, lambda: number}} settings
 */
export function update(network, room, { lr, penalty, lambda }) {
  const { slope } = PENALTIES[penalty];
  network.layers.forEach(({ W, b }, l) => {
    const found = room.slopes[l];
    for (let w = 0; w < W.length; w += 1) W[w] -= lr * (found.W[w] + lambda * slope(W[w]));
    for (let k = 0; k < b.length; k += 1) b[k] -= lr * found.b[k];
  });
}

/**
 * The mean loss and the accuracy, after forward() of the same rows. Where the loss is no finite number, there is no accuracy either: a weighted sum
 * that is no number belongs to no class.
 * @param {ReturnType<typeof makeRoom>} room
 * @param {Float64Array} y shape (n)
 * @param {string} loss
 * @returns {{loss: number, accuracy: number}}
 */
export function score(room, y, loss) {
  const z = room.Z[room.Z.length - 1];
  const { value } = LOSSES[loss];
  let total = 0;
  let right = 0;
  for (let row = 0; row < room.n; row += 1) {
    total += value(z[row], y[row]);
    right += z[row] > 0 === y[row] > 0 ? 1 : 0;
  }
  return { loss: total / room.n, accuracy: Number.isFinite(total) ? right / room.n : NaN };
}
