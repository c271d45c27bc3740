/**
 * The settings of a run: what may be chosen, the defaults, and the text of a link that holds them. A link names what it sets,
 * `#playground?data=xor&hidden=4,4&lr=0.1`; what it does not name has its default. A bad value is refused in words and becomes the default.
 */

import { FEATURES } from "./data.js";
import { ACTIVATIONS, INITS, LOSSES, PENALTIES } from "./network.js";

/**
 * @typedef {object} Settings
 * @property {string} data the data set
 * @property {number} noise standard deviation of the noise in each coordinate
 * @property {number} share part of the points that is for training
 * @property {string[]} features
 * @property {number[]} hidden units of each hidden layer
 * @property {string} activation
 * @property {string} init
 * @property {string} loss
 * @property {number} lr
 * @property {number} batch rows of a mini-batch; 0 means all
 * @property {string} penalty
 * @property {number} lambda its strength
 * @property {number} epochs at each multiple of which a run pauses
 * @property {string} speed
 * @property {number} seed
 */

export const MAX_LAYERS = 6;
export const MAX_UNITS = 8;
export const ANCHOR = "#playground";

const texts = (table) => Object.fromEntries(Object.entries(table).map(([name, { text }]) => [name, text]));
const numbers = (...values) => Object.fromEntries(values.map((value) => [value, String(value)]));
const steps = (from, to, step) =>
  numbers(...Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => Number((from + i * step).toFixed(2))));

/**
 * One entry a setting. choices: value and its words. live: may change while a run goes on, the others begin a new one; "steps": the run is then
 * no longer the one that these settings give from its start.
 * A list (`list: true`) is written with commas.
 */
export const FIELDS = {
  data: { label: "Data set", default: "circle", choices: { xor: "XOR", circle: "circle", blobs: "two blobs", spiral: "spiral" } },
  noise: { label: "Noise", default: 0.1, choices: steps(0, 1, 0.1) },
  share: { label: "Share for training", default: 0.5, choices: steps(0.1, 0.9, 0.1) },
  seed: { label: "Seed", default: 0, range: [0, 9999] },
  features: { label: "Features", default: ["x1", "x2"], list: true, choices: texts(FEATURES) },
  hidden: { label: "Hidden layers", default: [4], list: true, range: [1, MAX_UNITS] },
  activation: { label: "Activation", default: "tanh", choices: texts(ACTIVATIONS) },
  init: { label: "First weights", default: "glorot", choices: texts(INITS) },
  loss: { label: "Loss", default: "cross-entropy", choices: texts(LOSSES) },
  lr: { label: "Learning rate", default: 0.1, choices: numbers(0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10), live: "steps" },
  batch: { label: "Batch size", default: 10, choices: { ...numbers(1, 5, 10, 20, 50), 0: "all" }, live: "steps" },
  penalty: { label: "Penalty", default: "none", choices: texts(PENALTIES), live: "steps" },
  lambda: { label: "Its strength λ", default: 0.01, choices: numbers(0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3), live: "steps" },
  epochs: { label: "Pause every (epochs)", default: 300, range: [1, 9999], live: "view" },
  speed: { label: "A picture after", default: "epoch", choices: { batch: "one batch", epoch: "one epoch", full: "8 milliseconds" }, live: "view" },
};

/** @returns {Settings} */
export function defaults() {
  return Object.fromEntries(Object.entries(FIELDS).map(([name, field]) => [name, structuredClone(field.default)]));
}

/**
 * The settings of a link's hash.
 * @param {string} hash with its #
 * @returns {{settings: Settings, faults: string[]} | null} null if the hash is not one of ours. faults: a sentence for each value that was refused
 */
export function parse(hash) {
  if (!hash.startsWith(`${ANCHOR}?`)) return null;
  const settings = defaults();
  const faults = [];
  for (const [name, text] of new URLSearchParams(hash.slice(ANCHOR.length + 1))) {
    if (!Object.hasOwn(FIELDS, name)) {
      faults.push(`There is no setting called “${name}”.`);
      continue;
    }
    const { value, fault } = read(name, text);
    if (fault) faults.push(`${FIELDS[name].label}: ${fault} Taken instead: ${write(name, settings[name]) || "none"}.`);
    else settings[name] = value;
  }
  return { settings, faults };
}

/**
 * A setting from its text.
 * @param {string} name of a field
 * @param {string} text
 * @returns {{value?: *, fault?: string}} the value, or what is wrong with it
 */
export function read(name, text) {
  const field = FIELDS[name];
  if (!field.list) return readOne(field, text);
  const parts = text === "" ? [] : text.split(",").map((part) => readOne(field, part));
  const fault = parts.find((part) => part.fault)?.fault;
  if (fault) return { fault };
  const value = parts.map((part) => part.value);
  if (name === "hidden" && value.length > MAX_LAYERS) return { fault: `${value.length} layers are too many, ${MAX_LAYERS} is the most.` };
  if (name === "features") {
    if (value.length === 0) return { fault: "at least one is needed." };
    if (new Set(value).size < value.length) return { fault: "one is named twice." };
    const known = Object.keys(field.choices);
    value.sort((one, other) => known.indexOf(one) - known.indexOf(other));
  }
  return { value };
}

function readOne(field, text) {
  const { choices, range, default: normal } = field;
  const said = text.length > 20 ? `${text.slice(0, 20)}…` : text;
  if (range) {
    const [low, high] = range;
    const value = /^\d{1,6}$/.test(text) ? Number(text) : NaN;
    return value >= low && value <= high ? { value } : { fault: `“${said}” is no whole number from ${low} to ${high}.` };
  }
  if (!Object.hasOwn(choices, text)) return { fault: `“${said}” is none of ${inOrder(field).join(", ")}.` };
  return { value: typeof normal === "number" ? Number(text) : text };
}

/**
 * The choices of a field as a reader expects them: numbers by size, and a batch of all rows last.
 * @param {{choices: Record<string, string>, default: *}} field
 * @returns {string[]}
 */
export function inOrder({ choices, default: normal }) {
  const size = (name) => (choices[name] === "all" ? Infinity : Number(name));
  const names = Object.keys(choices);
  return typeof normal === "number" ? names.sort((one, other) => size(one) - size(other)) : names;
}

/** A setting as text. */
const write = (name, value) => (FIELDS[name].list ? value.join(",") : String(value));

/**
 * The hash of a link that holds all settings.
 * @param {Settings} settings
 */
export function serialise(settings) {
  // What URLSearchParams would escape and a hash may hold stays as it is: links are read by people too.
  const pairs = Object.keys(FIELDS).map((name) => `${name}=${encodeURIComponent(write(name, settings[name]))}`);
  return `${ANCHOR}?${pairs.join("&").replaceAll("%2C", ",").replaceAll("%5E", "^")}`;
}
