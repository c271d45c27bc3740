/** The pictures on canvases: what an answer is over the square of points, the losses, the weights. Each function draws all of its picture. */

import { HALF_SIDE } from "./data.js";

const FONT = "13px system-ui, sans-serif";
const MARGIN = { left: 30, right: 8, top: 8, bottom: 24 };

/**
 * A canvas's pen, in CSS pixels, on an empty canvas of the size that it has on the page.
 * @param {HTMLCanvasElement} canvas
 * @returns {{pen: CanvasRenderingContext2D, width: number, height: number}}
 */
function clean(canvas) {
  const { clientWidth: width, clientHeight: height } = canvas;
  const scale = window.devicePixelRatio || 1;
  const [w, h] = [Math.round(width * scale), Math.round(height * scale)];
  if (canvas.width !== w || canvas.height !== h) Object.assign(canvas, { width: w, height: h });
  const pen = canvas.getContext("2d");
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  pen.clearRect(0, 0, width, height);
  pen.font = FONT;
  return { pen, width, height };
}

/**
 * Values from -1 to 1 as a picture of side × side pixels.
 * @param {HTMLCanvasElement} canvas
 * @param {number} side
 * @param {(pixel: number) => number} valueAt pixels go row by row from the top left; no number is neither side's colour
 * @param {Uint32Array} colours of palette.js's ramp()
 */
export function drawValues(canvas, side, valueAt, colours) {
  if (canvas.width !== side) Object.assign(canvas, { width: side, height: side });
  const pen = canvas.getContext("2d");
  const image = pen.createImageData(side, side);
  const pixels = new Uint32Array(image.data.buffer);
  for (let i = 0; i < pixels.length; i += 1) {
    const value = valueAt(i);
    pixels[i] = colours[value > 1 ? 254 : value < -1 ? 0 : Number.isNaN(value) ? 127 : Math.round(127 + 127 * value)];
  }
  pen.putImageData(image, 0, 0);
}

/** The square of points on a canvas of that size: its width in CSS pixels, and where a coordinate lies. */
function square(width, height) {
  const size = Math.min(width - MARGIN.left - MARGIN.right, height - MARGIN.top - MARGIN.bottom);
  const x = (x1) => MARGIN.left + (size * (x1 + HALF_SIDE)) / (2 * HALF_SIDE);
  const y = (x2) => MARGIN.top + (size * (HALF_SIDE - x2)) / (2 * HALF_SIDE);
  return { size, x, y };
}

/**
 * The big picture: an answer over the square, and the line where it is undecided.
 * @param {HTMLCanvasElement} canvas
 * @param {HTMLCanvasElement} values as drawValues() made it
 * @param {number} side of it, in pixels
 * @param {(pixel: number) => number} signed positive on one side of the line and negative on the other
 * @param {import("./palette.js").Palette} palette
 */
export function drawBoundary(canvas, values, side, signed, palette) {
  const { pen, width, height } = clean(canvas);
  const { size } = square(width, height);
  pen.imageSmoothingEnabled = true;
  pen.drawImage(values, MARGIN.left, MARGIN.top, size, size);
  pen.lineWidth = 2;
  pen.strokeStyle = palette.ink;
  pen.beginPath();
  contour(side, signed, (column, row) => [MARGIN.left + (size * (column + 0.5)) / side, MARGIN.top + (size * (row + 0.5)) / side], pen);
  pen.stroke();
}

/**
 * What stands still before it, on a canvas of its own: the points and the axes.
 * @param {HTMLCanvasElement} canvas
 * @param {{train: import("./data.js").Points, test: import("./data.js").Points}} data
 * @param {boolean} showTest
 * @param {import("./palette.js").Palette} palette
 */
export function drawPoints(canvas, data, showTest, palette) {
  const { pen, width, height } = clean(canvas);
  const place = square(width, height);
  const { size } = place;
  pen.save();
  pen.beginPath();
  pen.rect(MARGIN.left, MARGIN.top, size, size);
  pen.clip();
  if (showTest) drawPart(pen, data.test, place, false, palette);
  drawPart(pen, data.train, place, true, palette);
  pen.restore();

  pen.fillStyle = palette.ink;
  pen.strokeStyle = palette.muted;
  pen.lineWidth = 1;
  pen.strokeRect(MARGIN.left, MARGIN.top, size, size);
  pen.textAlign = "center";
  pen.textBaseline = "top";
  for (const tick of [-2, 0, 2]) pen.fillText(minus(tick), place.x(tick), MARGIN.top + size + 4);
  pen.fillText("x₁", place.x(1), MARGIN.top + size + 4);
  pen.textAlign = "right";
  pen.textBaseline = "middle";
  for (const tick of [-2, 0, 2]) pen.fillText(minus(tick), MARGIN.left - 5, place.y(tick));
  pen.fillText("x₂", MARGIN.left - 5, place.y(1));
}

const minus = (number) => String(number).replace("-", "−");

/** Class 1 is a disc, class 0 a square; points for training are filled, those of the test are hollow. */
function drawPart(pen, { x1, x2, y }, place, isFilled, palette) {
  for (const label of [0, 1]) {
    pen.beginPath();
    for (let i = 0; i < y.length; i += 1) {
      if (y[i] !== label) continue;
      const [x, at] = [place.x(x1[i]), place.y(x2[i])];
      if (label) {
        pen.moveTo(x + 4, at);
        pen.arc(x, at, 4, 0, 2 * Math.PI);
      } else pen.rect(x - 3.5, at - 3.5, 7, 7);
    }
    pen.lineWidth = isFilled ? 2 : 3.5;
    pen.strokeStyle = palette.paper;
    pen.stroke();
    const colour = label ? palette.high : palette.low;
    if (isFilled) {
      pen.fillStyle = colour;
      pen.fill();
    } else {
      pen.lineWidth = 1.5;
      pen.strokeStyle = colour;
      pen.stroke();
    }
  }
}

/** The line between positive and negative, cell by cell (marching squares): each edge that changes sign is crossed once. */
function contour(side, signed, at, pen) {
  for (let row = 0; row + 1 < side; row += 1) {
    for (let column = 0; column + 1 < side; column += 1) {
      const corner = row * side + column;
      const [a, b, c, d] = [signed(corner), signed(corner + 1), signed(corner + side + 1), signed(corner + side)];
      if (a > 0 === b > 0 && b > 0 === c > 0 && c > 0 === d > 0) continue;
      const ends = [];
      if (a > 0 !== b > 0) ends.push(at(column + a / (a - b), row));
      if (b > 0 !== c > 0) ends.push(at(column + 1, row + b / (b - c)));
      if (c > 0 !== d > 0) ends.push(at(column + d / (d - c), row + 1));
      if (d > 0 !== a > 0) ends.push(at(column, row + a / (a - d)));
      for (let i = 0; i + 1 < ends.length; i += 2) {
        pen.moveTo(...ends[i]);
        pen.lineTo(...ends[i + 1]);
      }
    }
  }
}

/**
 * The losses after each epoch.
 * @param {HTMLCanvasElement} canvas
 * @param {{train: number, test: number}[]} history
 * @param {number} guess the loss of a network that knows nothing
 * @param {import("./palette.js").Palette} palette
 */
export function drawLosses(canvas, history, guess, palette) {
  const { pen, width, height } = clean(canvas);
  const [w, h] = [width - 40 - MARGIN.right, height - MARGIN.top - 38];
  const epochs = Math.max(10, history.length - 1);
  const stride = Math.max(1, Math.ceil(history.length / w));
  let highest = 1.3 * guess;
  for (let i = 0; i < history.length; i += stride) highest = Math.max(highest, Math.min(Math.max(history[i].train, history[i].test) || 0, 4 * guess));
  const x = (epoch) => 40 + (w * epoch) / epochs;
  const y = (loss) => MARGIN.top + h * (1 - Math.min(loss, 1.05 * highest) / highest);

  pen.strokeStyle = palette.muted;
  pen.fillStyle = palette.ink;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.moveTo(40, MARGIN.top);
  pen.lineTo(40, MARGIN.top + h);
  pen.lineTo(40 + w, MARGIN.top + h);
  pen.stroke();
  pen.textAlign = "right";
  pen.textBaseline = "middle";
  const step = tickStep(highest, 4);
  for (let tick = 0; tick <= highest; tick += step) pen.fillText(tick.toFixed(step < 0.1 ? 2 : 1), 35, y(tick));
  pen.textBaseline = "top";
  pen.textAlign = "center";
  const stepX = tickStep(epochs, 4);
  for (let tick = 0; tick <= epochs - stepX / 2; tick += stepX) pen.fillText(String(tick), x(tick), MARGIN.top + h + 4);
  pen.textAlign = "right";
  pen.fillText("epoch", 40 + w, MARGIN.top + h + 18);

  const line = (name, colour, dash) => {
    pen.strokeStyle = colour;
    pen.setLineDash(dash);
    pen.lineWidth = 2.2;
    pen.beginPath();
    for (let i = 0; i < history.length; i += 1) {
      if (i % stride === 0 || i === history.length - 1) pen.lineTo(x(i), y(history[i][name]));
    }
    pen.stroke();
  };
  pen.save();
  pen.beginPath();
  pen.rect(40, 0, w + MARGIN.right, MARGIN.top + h);
  pen.clip();
  pen.strokeStyle = palette.muted;
  pen.setLineDash([2, 4]);
  pen.lineWidth = 1.5;
  pen.beginPath();
  pen.moveTo(x(0), y(guess));
  pen.lineTo(x(epochs), y(guess));
  pen.stroke();
  line("train", palette.low, []);
  line("test", palette.test, [7, 4]);
  pen.restore();
}

/** A step of 1, 2 or 5 times a power of ten that gives at most `most` ticks up to `end`. */
function tickStep(end, most) {
  const power = 10 ** Math.floor(Math.log10(end / most));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => end / step <= most);
}

/**
 * The weights as lines between the units: the wider, the larger; solid is positive, dashed is negative.
 * @param {HTMLCanvasElement} canvas
 * @param {import("./network.js").Network} network
 * @param {{x: number, y: number}[][]} places the middle of each feature and of each unit, column by column
 * @param {number} tile their width
 * @param {{l: number, k: number}} chosen a unit whose lines stand out; the output's do not, for it is chosen at first
 * @param {import("./palette.js").Palette} palette
 */
export function drawWeights(canvas, network, places, tile, chosen, palette) {
  const { pen } = clean(canvas);
  const isOutput = chosen.l === network.layers.length - 1;
  network.layers.forEach(({ inputs, units, W }, l) => {
    for (let i = 0; i < inputs; i += 1) {
      const from = places[l][i];
      for (let k = 0; k < units; k += 1) {
        const w = W[i * units + k];
        if (!Number.isFinite(w) || w === 0) continue;
        const to = places[l + 1][k];
        const middle = (from.x + to.x) / 2;
        pen.globalAlpha = isOutput || (chosen.l === l && chosen.k === k) ? Math.min(1, 0.35 + Math.abs(w)) : 0.12;
        pen.strokeStyle = w > 0 ? palette.high : palette.low;
        pen.lineWidth = Math.min(7, 0.5 + 1.6 * Math.abs(w));
        pen.setLineDash(w > 0 ? [] : [6, 4]);
        pen.beginPath();
        pen.moveTo(from.x + tile / 2, from.y);
        pen.bezierCurveTo(middle, from.y, middle, to.y, to.x - tile / 2, to.y);
        pen.stroke();
      }
    }
  });
  pen.globalAlpha = 1;
}
