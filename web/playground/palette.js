/** The colours of the pictures, light and dark. Class 0 and negative are blue, class 1 and positive are orange; shape or dash says the same. */

/**
 * @typedef {object} Palette
 * @property {string} low class 0, a negative weight, a low answer
 * @property {string} high class 1, a positive weight, a high answer
 * @property {string} mid undecided
 * @property {string} paper the ground
 * @property {string} ink words and axes
 * @property {string} muted grid and guess
 * @property {string} test the test loss (as C2 in the book's figures; the training loss is `low`, as C0)
 */

/** @type {Record<"light" | "dark", Palette>} */
export const PALETTES = {
  light: { low: "#0060a0", high: "#c04a00", mid: "#f5f5f2", paper: "#ffffff", ink: "#24292f", muted: "#5e5e5e", test: "#007a52" },
  dark: { low: "#5fb0ee", high: "#f59153", mid: "#171c22", paper: "#101317", ink: "#e6eaee", muted: "#a9b3bd", test: "#45c795" },
};

/** How much of a class's colour lies under its points, at most: they have to stand out from it. */
export const STRENGTH = 0.62;

/** @param {string} colour #rrggbb @returns {number[]} */
export const rgb = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));

/**
 * The colours of values from -1 to 1, in 255 steps.
 * @param {Palette} palette
 * @returns {Uint32Array} as ImageData wants them, on a little-endian machine (all that run a browser)
 */
export function ramp({ low, mid, high }) {
  const [below, middle, above] = [low, mid, high].map(rgb);
  return Uint32Array.from({ length: 255 }, (_, i) => {
    const value = (i - 127) / 127;
    const [r, g, b] = middle.map((m, c) => Math.round(m + STRENGTH * Math.abs(value) * ((value < 0 ? below : above)[c] - m)));
    return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
  });
}
