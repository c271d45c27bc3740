/**
 * The simulated data sets, and the features that a network may be given. All points lie in a square of side 6 around the origin, most within
 * 2.5 of it; the units are arbitrary. numpy_program.js says the same in Python: whoever changes one, changes both, and a test compares them.
 */

import { normal, shuffle, uniform } from "./random.js";

/** Points of a data set, and half the side of the square that is drawn. */
export const N_SAMPLES = 200;
export const HALF_SIDE = 3;

/**
 * Where point i of class y lies before the noise. Classes alternate: y = i mod 2.
 * @type {Record<string, (i: number, y: number, u: () => number) => [number, number]>}
 */
const PLACES = {
  xor(i, y, u) {
    const sign = u() < 0.5 ? -1 : 1;
    const x1 = sign * (0.2 + 2.3 * u());
    return [x1, (y ? -sign : sign) * (0.2 + 2.3 * u())];
  },
  circle(i, y, u) {
    const radius = y ? 1.2 * u() : 1.7 + 0.8 * u();
    const angle = 2 * Math.PI * u();
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  },
  blobs(i, y, u) {
    const centre = y ? 1.2 : -1.2;
    const x1 = centre + 0.6 * normal(u);
    return [x1, centre + 0.6 * normal(u)];
  },
  spiral(i, y) {
    const along = (i - y) / N_SAMPLES;
    const angle = 2.5 * Math.PI * along + Math.PI * y;
    return [(0.2 + 2.3 * along) * Math.sin(angle), (0.2 + 2.3 * along) * Math.cos(angle)];
  },
};

/** What a network may be given of a point (x1, x2). */
export const FEATURES = {
  x1: { text: "x₁", of: (x1, x2) => x1 },
  x2: { text: "x₂", of: (x1, x2) => x2 },
  "x1^2": { text: "x₁²", of: (x1, x2) => x1 * x1 },
  "x2^2": { text: "x₂²", of: (x1, x2) => x2 * x2 },
  "x1*x2": { text: "x₁x₂", of: (x1, x2) => x1 * x2 },
  "sin(x1)": { text: "sin x₁", of: (x1, x2) => Math.sin(x1) },
  "sin(x2)": { text: "sin x₂", of: (x1, x2) => Math.sin(x2) },
};

/**
 * @typedef {object} Points
 * @property {Float64Array} x1 shape (n)
 * @property {Float64Array} x2 shape (n)
 * @property {Float64Array} y the classes, 0 or 1, shape (n)
 */

/**
 * The points of a data set, cut at random into those for training and those for the test.
 * @param {{data: string, noise: number, share: number, seed: number}} settings noise: the standard deviation of what is added to each coordinate;
 *   share: the part of the points that is for training
 * @returns {{train: Points, test: Points}}
 */
export function makeData({ data, noise, share, seed }) {
  const u = uniform(seed, "data");
  const points = Array.from({ length: N_SAMPLES }, (_, i) => {
    const [x1, x2] = PLACES[data](i, i % 2, u);
    const first = x1 + noise * normal(u);
    return [first, x2 + noise * normal(u), i % 2];
  });
  const order = shuffle(
    points.map((_, i) => i),
    u,
  );
  const nTrain = Math.round(share * N_SAMPLES);
  const take = (rows) => {
    const column = (j) => Float64Array.from(rows, (i) => points[i][j]);
    return { x1: column(0), x2: column(1), y: column(2) };
  };
  return { train: take(order.slice(0, nTrain)), test: take(order.slice(nTrain)) };
}

/**
 * The network's inputs: one point a row, one feature a column.
 * @param {string[]} names of features
 * @param {ArrayLike<number>} x1 shape (n)
 * @param {ArrayLike<number>} x2 shape (n)
 * @returns {Float64Array} shape (n, features), row by row
 */
export function inputs(names, x1, x2) {
  const X = new Float64Array(x1.length * names.length);
  names.forEach((name, j) => {
    for (let i = 0; i < x1.length; i += 1) X[i * names.length + j] = FEATURES[name].of(x1[i], x2[i]);
  });
  return X;
}

/**
 * Points in rows and columns over the whole square, from top left to bottom right, in the middle of their cells.
 * @param {number} side points along a side
 * @returns {{x1: Float64Array, x2: Float64Array}} each of shape (side * side)
 */
export function grid(side) {
  const at = (k) => HALF_SIDE * ((2 * k + 1) / side - 1);
  const index = Array.from({ length: side * side }, (_, i) => i);
  return { x1: Float64Array.from(index, (i) => at(i % side)), x2: Float64Array.from(index, (i) => -at(Math.floor(i / side))) };
}
