/** A run: settings made into data and a network, trained mini-batch by mini-batch. It knows nothing of a page; the tests use it too. */

import { inputs, makeData } from "./data.js";
import { examine } from "./diagnosis.js";
import { backward, forward, makeNetwork, makeRoom, score, update } from "./network.js";
import { shuffle, uniform } from "./random.js";

export class Run {
  /** @param {import("./settings.js").Settings} settings */
  constructor(settings) {
    this.settings = settings;
    this.data = makeData(settings);
    this.network = makeNetwork(settings);
    this.parts = Object.fromEntries(
      Object.entries(this.data).map(([name, { x1, x2, y }]) => {
        const X = inputs(settings.features, x1, x2);
        return [name, { X, y, n: y.length, room: makeRoom(this.network, y.length) }];
      }),
    );
    const { n } = this.parts.train;
    this.order = Array.from({ length: n }, (_, i) => i);
    this.draw = uniform(settings.seed, "batches");
    this.batch = { X: new Float64Array(n * settings.features.length), y: new Float64Array(n), room: makeRoom(this.network, n) };
    this.epoch = 0;
    this.next = 0; // the row of the epoch's order at which the next mini-batch begins
    /** Losses after each epoch, the start first. @type {{train: number, test: number}[]} */
    this.history = [];
    this.note();
  }

  /** One mini-batch. At the end of an epoch the losses are noted. */
  step() {
    const { train } = this.parts;
    if (this.next === 0) shuffle(this.order, this.draw);
    const end = Math.min(this.next + (this.settings.batch || train.n), train.n);
    const width = this.settings.features.length;
    for (let row = this.next, to = 0; row < end; row += 1, to += 1) {
      const from = this.order[row];
      for (let j = 0; j < width; j += 1) this.batch.X[to * width + j] = train.X[from * width + j];
      this.batch.y[to] = train.y[from];
    }
    forward(this.network, this.batch.X, end - this.next, this.batch.room);
    backward(this.network, this.batch.X, this.batch.y, this.settings.loss, this.batch.room);
    update(this.network, this.batch.room, this.settings);
    this.next = end % train.n;
    if (this.next === 0) {
      this.epoch += 1;
      this.note();
    }
  }

  /** Mini-batches to the end of the epoch. */
  finishEpoch() {
    do this.step();
    while (this.next !== 0);
  }

  /** @param {number} epochs */
  train(epochs) {
    for (let epoch = 0; epoch < epochs && !this.isLost; epoch += 1) this.finishEpoch();
    return this;
  }

  note() {
    const { train, test } = this.scores();
    this.history.push({ train: train.loss, test: test.loss });
  }

  /** Loss and accuracy of both parts, now. @returns {Record<"train" | "test", {loss: number, accuracy: number}>} */
  scores() {
    return Object.fromEntries(
      Object.entries(this.parts).map(([name, { X, y, n, room }]) => {
        forward(this.network, X, n, room);
        return [name, score(room, y, this.settings.loss)];
      }),
    );
  }

  /** Every layer, on all training rows. @returns {import("./diagnosis.js").Finding[]} */
  findings() {
    const { X, y, n, room } = this.parts.train;
    forward(this.network, X, n, room);
    backward(this.network, X, y, this.settings.loss, room);
    return examine(this.network, room);
  }

  /** Whether the steps were so large that the loss is no finite number any more. */
  get isLost() {
    return !Number.isFinite(this.history[this.history.length - 1].train);
  }
}
