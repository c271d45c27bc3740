/**
 * Random numbers that NumPy can repeat. A generator of 32 bits (mulberry32) is a few lines in any language, so the program that
 * numpy_program.js writes draws the same points, the same first weights and the same mini-batches as the page.
 */

/** What is drawn from a stream of its own: more noise leaves the weights as they were. */
export const STREAMS = { data: 0, weights: 1, batches: 2 };

/**
 * @param {number} seed a whole number from 0 on
 * @param {keyof STREAMS} stream
 * @returns {() => number} uniform numbers in [0, 1), multiples of 2^-32
 */
export function uniform(seed, stream) {
  let state = (4 * seed + STREAMS[stream]) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A number from the standard normal distribution, by Box and Muller; it takes two uniform ones.
 * @param {() => number} draw
 */
export function normal(draw) {
  const radius = Math.sqrt(-2 * Math.log(1 - draw()));
  return radius * Math.cos(2 * Math.PI * draw());
}

/**
 * Shuffle in place (Fisher and Yates).
 * @param {{length: number, [index: number]: number}} items
 * @param {() => number} draw
 */
export function shuffle(items, draw) {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = Math.floor(draw() * (last + 1));
    [items[last], items[other]] = [items[other], items[last]];
  }
  return items;
}
