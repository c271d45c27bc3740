/** The network as a diagram: a tile for each feature and each unit with the picture of its answer, and the weights as lines between them. */

import { FEATURES } from "./data.js";
import { drawValues, drawWeights } from "./draw.js";
import { make } from "./form.js";
import { LOSSES } from "./network.js";

export const TILE = 40;
const GAP = { x: 34, y: 12 };
const TOP = 26; // room for the words over a column

/** How an answer of a hidden unit becomes a value from -1 to 1; null: by the largest size that it has on the grid. */
const SCALES = { sigmoid: (h) => 2 * h - 1, tanh: (h) => h, linear: null, relu: null, leaky: null };

/**
 * A scale from answers to values between -1 and 1 for a picture.
 * @param {string} activation or "feature"
 * @param {Float64Array} H shape (n, units)
 * @param {number} units
 * @param {number} k the unit
 */
export function scaleOf(activation, H, units, k) {
  if (SCALES[activation]) return SCALES[activation];
  let largest = 0;
  for (let place = k; place < H.length; place += units) largest = Math.max(largest, Math.abs(H[place]));
  return largest > 0 ? (h) => h / largest : () => 0;
}

/** What a unit computes, as a formula with its numbers. With two hidden layers or more, a superscript tells the layer of an answer. */
export function formula(run, { l, k }) {
  const { layers } = run.network;
  const { inputs, units, W, b } = layers[l];
  const answer = (layer, unit) => `h${subscript(unit + 1)}${layers.length > 2 ? `⁽${"¹²³⁴⁵⁶"[layer]}⁾` : ""}`;
  const names = l ? Array.from({ length: inputs }, (_, i) => answer(l - 1, i)) : run.settings.features.map((name) => FEATURES[name].text);
  const terms = names.map((name, i) => `${signed(W[i * units + k])}\u00a0${name}`);
  const sum = `${terms.join(" ")} ${signed(b[k])}`.replace(/^\+\u00a0/, "").replace(/^−\u00a0/, "−");
  if (l < layers.length - 1) {
    const g = { linear: "", relu: "ReLU", leaky: "leaky\u00a0ReLU" }[run.settings.activation] ?? run.settings.activation;
    return `${answer(l, k)} = ${g}(${sum})`;
  }
  return run.settings.loss === "hinge" ? `z = ${sum}; class 1 if z > 0` : `p = sigmoid(${sum})`;
}

const subscript = (number) => String.fromCodePoint(0x2080 + number);
const size = (w) => (Number.isNaN(w) ? "no\u00a0number" : Number.isFinite(w) ? Math.abs(w).toFixed(2) : "∞");
const signed = (w) => `${w < 0 ? "−" : "+"}\u00a0${size(w)}`;

export class Diagram {
  /** @param {(unit: {l: number, k: number}) => void} onChoose */
  constructor(onChoose) {
    this.onChoose = onChoose;
    this.lines = make("canvas", { class: "playground-lines", "aria-hidden": "true" });
    this.inner = make("div", { class: "playground-diagram-inner" }, this.lines);
    this.element = make(
      "div",
      { class: "playground-diagram", role: "group", "aria-label": "The network. Choose a unit to see its answer large." },
      this.inner,
    );
  }

  /**
   * New tiles for a new network. Features have pictures that never change; the units' are drawn by draw().
   * @param {import("./run.js").Run} run
   */
  build(run) {
    this.run = run;
    const { features } = run.settings;
    const last = run.network.layers.length - 1;
    this.inner.replaceChildren(this.lines);
    const heading = (text) => this.inner.appendChild(make("div", { class: "playground-column" }, text));
    this.headings = [heading("features"), ...run.network.layers.map((_, l) => heading(l < last ? `layer ${l + 1}` : "output"))];
    const picture = () => make("canvas", { width: 1, height: 1, "aria-hidden": "true" });
    const add = (tile) => this.inner.appendChild(tile);
    this.tiles = [
      features.map((name) => add(make("div", { class: "playground-tile playground-feature" }, picture(), make("span", {}, FEATURES[name].text)))),
      ...run.network.layers.map(({ units }, l) =>
        Array.from({ length: units }, (_, k) =>
          add(make("button", { type: "button", class: "playground-tile", onclick: () => this.onChoose({ l, k }) }, picture())),
        ),
      ),
    ];
    this.place();
  }

  /** Put the tiles where there is room for them; where there is not enough, the diagram scrolls within itself. */
  place() {
    const columns = this.tiles.length;
    const rows = Math.max(...this.tiles.map((tiles) => tiles.length));
    const labels = 44; // the features' names stand on their left
    const gap = Math.max(GAP.x, (this.element.clientWidth - labels - columns * TILE - 8) / (columns - 1));
    const width = labels + columns * TILE + (columns - 1) * gap + 8;
    const height = TOP + rows * (TILE + GAP.y);
    Object.assign(this.inner.style, { width: `${width}px`, height: `${height}px` });
    this.places = this.tiles.map((tiles, column) =>
      tiles.map((tile, row) => {
        const x = labels + TILE / 2 + column * (TILE + gap);
        const y = TOP + (height - TOP) / 2 + (row - (tiles.length - 1) / 2) * (TILE + GAP.y);
        Object.assign(tile.style, { left: `${x - TILE / 2}px`, top: `${y - TILE / 2}px` });
        return { x, y };
      }),
    );
    this.headings.forEach((heading, column) => (heading.style.left = `${labels + TILE / 2 + column * (TILE + gap)}px`));
    const scrolls = this.element.scrollWidth > this.element.clientWidth + 1;
    if (scrolls) this.element.tabIndex = 0;
    else this.element.removeAttribute("tabindex");
  }

  /** The pictures of the features. */
  drawFeatures(X, features, side, colours) {
    this.tiles[0].forEach((tile, j) => {
      const scale = scaleOf("feature", X, features, j);
      drawValues(tile.firstChild, side, (i) => scale(X[i * features + j]), colours);
    });
  }

  /** @param {import("./palette.js").Palette} palette */
  drawLines(chosen, palette) {
    drawWeights(this.lines, this.run.network, this.places, TILE, chosen, palette);
  }

  /**
   * The pictures of the units.
   * @param {ReturnType<typeof import("./network.js").makeRoom>} room after a pass over a grid of side × side points
   * @param {number} side of that grid
   * @param {number} coarse side of the pictures: one of them divides the other
   * @param {Uint32Array} colours
   */
  drawUnits(room, side, coarse, colours) {
    const { activation, loss } = this.run.settings;
    const last = this.tiles.length - 2;
    const every = side / coarse;
    this.tiles.slice(1).forEach((tiles, l) =>
      tiles.forEach((tile, k) => {
        const H = room.H[l];
        const scale = l < last ? scaleOf(activation, H, tiles.length, k) : (z) => 2 * LOSSES[loss].answer(z) - 1;
        const at = (i) => Math.floor(i / coarse) * every * side + (i % coarse) * every;
        drawValues(tile.firstChild, coarse, (i) => scale(H[at(i) * tiles.length + k]), colours);
      }),
    );
  }

  /** Which unit is chosen, which are dead, and the words for those who do not see the tiles. */
  mark(chosen, findings) {
    const last = this.tiles.length - 2;
    this.tiles.slice(1).forEach((tiles, l) =>
      tiles.forEach((tile, k) => {
        const isDead = Boolean(findings[l].dead[k]);
        const name = l < last ? `Layer ${l + 1}, unit ${k + 1}${isDead ? ", dead" : ""}` : "Output";
        if (tile.ariaLabel !== name) tile.setAttribute("aria-label", name);
        tile.setAttribute("aria-pressed", chosen.l === l && chosen.k === k);
        tile.classList.toggle("playground-dead", isDead);
      }),
    );
  }
}
