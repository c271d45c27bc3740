import assert from "node:assert/strict";
import test from "node:test";
import { PALETTES, STRENGTH, ramp, rgb } from "./palette.js";

const luminance = (channels) => {
  const [r, g, b] = channels.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (one, other) => {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
};
const mixed = (part, colour, ground) => rgb(ground).map((m, c) => m + part * (rgb(colour)[c] - m));

for (const [theme, palette] of Object.entries(PALETTES)) {
  test(`${theme}: words have a contrast of 4.5, lines and points of 3`, () => {
    const { paper, ink, muted, low, high, mid, test: other } = palette;
    assert.ok(contrast(rgb(ink), rgb(paper)) >= 4.5);
    for (const colour of [muted, low, high, other]) assert.ok(contrast(rgb(colour), rgb(paper)) >= 3, colour);
    for (const under of [low, high]) assert.ok(contrast(rgb(ink), mixed(STRENGTH, under, mid)) >= 3, "the boundary on what is beside it");
    for (const colour of [low, high]) assert.ok(contrast(rgb(colour), rgb(paper)) >= 4.5, "a point and its rim");
  });

  test(`${theme}: the ramp goes from class 0 over undecided to class 1`, () => {
    const at = (i) => [0, 8, 16].map((shift) => (ramp(palette)[i] >>> shift) & 255);
    assert.deepEqual(at(127), rgb(palette.mid));
    assert.deepEqual(at(0), mixed(STRENGTH, palette.low, palette.mid).map(Math.round));
    assert.deepEqual(at(254), mixed(STRENGTH, palette.high, palette.mid).map(Math.round));
  });
}
