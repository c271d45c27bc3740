/**
 * The playground on its page: builds it into #playground, and joins the form, the pictures and the run. Before a click, nothing is computed but
 * the first picture.
 */

import { grid, inputs } from "./data.js";
import { Diagram, formula, scaleOf } from "./diagram.js";
import { drawBoundary, drawLosses, drawPoints, drawValues } from "./draw.js";
import { make, makeForm } from "./form.js";
import { LOSSES, forward, makeRoom } from "./network.js";
import { numpyProgram } from "./numpy_program.js";
import { PALETTES, ramp } from "./palette.js";
import { Run } from "./run.js";
import { ANCHOR, FIELDS, defaults, parse, serialise } from "./settings.js";
import { barLength, describeLosses, describePicture, fixed, mixed, notice, remark, report, tiny } from "./words.js";

const SIDE = 48; // points along a side of the grid on which the pictures are computed
const COARSE = 24; // and of a unit's small picture: every second one
const BUDGET = 8; // milliseconds of a frame for training; drawing has the rest of the 16
const WORDS_EVERY = 250; // milliseconds between two changes of the numbers
const SPEECH_EVERY = 3000; // and between two reports in the live region
const PARTS = ["units", "lines", "losses"]; // drawn in turn, one a frame, beside the big picture
const CALM_EVERY = 1000; // between two pictures for a reader who asked for less motion

const button = (text, onclick, more = {}) => make("button", { type: "button", onclick, ...more }, text);

/** A legend: the class of a sign (null: none) and its words. */
const key = (...entries) =>
  make(
    "p",
    { class: "playground-key" },
    ...entries.map(([sign, text]) => make("span", {}, ...(sign ? [make("i", { class: sign }), " "] : []), text)),
  );

class Playground {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.calm = window.matchMedia("(prefers-reduced-motion: reduce)");
    this.points = grid(SIDE);
    this.values = document.createElement("canvas");
    this.showTest = true;
    this.build();
    const link = parse(location.hash);
    this.load(link ?? { settings: defaults(), faults: [] });
    this.listen();
    if (link) this.show();
  }

  // The page ------------------------------------------------------------------------------------------------------------

  build() {
    this.message = make("p", { class: "playground-message", role: "alert", hidden: true });
    this.form = makeForm(
      (name, value) => this.change(name, value),
      (sentence) => this.say(sentence),
    );
    // Folded: on a laptop's screen the form would push the pictures below the window's end.
    const settings = make("details", { class: "playground-settings" }, make("summary", {}, "Settings"), this.form.element);
    this.mixed = make("p", { class: "playground-mixed", hidden: true });
    this.notice = make("p", { class: "playground-notice", hidden: true });
    this.diagram = new Diagram((unit) => this.choose(unit));
    const lines = key(
      ["playground-line playground-plus", "positive weight"],
      ["playground-line playground-minus", "negative"],
      [null, "the wider, the larger"],
      [null, "choose a unit to see its answer large"],
    );
    this.still = make("p", { class: "playground-still" });
    this.live = make("p", { class: "playground-live sr-only", role: "status" });
    this.root.replaceChildren(
      ...[settings, this.buildToolbar(), this.message, this.buildNumbers(), this.notice],
      make("div", { class: "playground-panels" }, this.buildPicture(), this.buildCourse()),
      ...[this.diagram.element, lines, this.mixed, this.buildShare(), this.buildProgram(), this.still, this.live],
    );
    this.root.classList.add("playground");
    this.paint();
  }

  buildToolbar() {
    this.runButton = button("Run", () => (this.isRunning ? this.pause() : this.start()), { class: "playground-main" });
    this.toolbar = make(
      "div",
      { class: "playground-toolbar", role: "group", "aria-label": "Run" },
      this.runButton,
      button("One batch", () => this.once(() => this.run.step())),
      button("One epoch", () => this.once(() => this.run.finishEpoch())),
      button("Reset", () => this.reset("Reset.")),
    );
    return this.toolbar;
  }

  buildNumbers() {
    const texts = { epoch: "Epoch", train: "Training: loss, accuracy", test: "Test: loss, accuracy", size: "Parameters" };
    this.numbers = Object.fromEntries(Object.keys(texts).map((name) => [name, make("strong")]));
    const spans = Object.entries(texts).map(([name, text]) => make("span", {}, text, " ", this.numbers[name]));
    return make("p", { class: "playground-numbers" }, ...spans);
  }

  /** The big picture, of the output or of the unit that the reader has chosen. */
  buildPicture() {
    this.title = make("h3", { class: "playground-title" });
    this.boundary = make("canvas", { class: "playground-boundary", role: "img" });
    this.dots = make("canvas", { "aria-hidden": "true" });
    this.formula = make("p", { class: "playground-formula" });
    const showTest = () => {
      this.showTest = box.checked;
      this.draw();
    };
    const box = make("input", { type: "checkbox", checked: true, onchange: showTest });
    return make(
      "section",
      { class: "playground-panel" },
      this.title,
      make("div", { class: "playground-square-box" }, this.boundary, this.dots),
      key(["playground-disc", "class 1"], ["playground-square", "class 0"], [null, "filled: training, hollow: test"]),
      make("label", { class: "playground-check" }, box, "Show the test points"),
      this.formula,
    );
  }

  /** The losses, and the table of the layers. */
  buildCourse() {
    this.losses = make("canvas", { class: "playground-losses", role: "img" });
    this.layers = make("tbody");
    const caption = "Slopes through depth (root mean square over a layer’s weights; each tick is a factor of 10)";
    const heads = ["Layer", "Slope", "Units"].map((text) => make("th", { scope: "col" }, text));
    return make(
      "section",
      { class: "playground-panel" },
      make("h3", { class: "playground-title" }, "Loss"),
      this.losses,
      key(
        ["playground-line playground-train", "training"],
        ["playground-line playground-test", "test"],
        ["playground-line playground-guess", "knows nothing"],
      ),
      make("table", { class: "playground-table" }, make("caption", {}, caption), make("thead", {}, make("tr", {}, ...heads)), this.layers),
    );
  }

  buildShare() {
    this.copied = make("span", { role: "status", class: "playground-copied" });
    return make(
      "div",
      { class: "playground-share" },
      button("Copy a link to these settings", () => this.copy(this.link(), "Link copied.")),
      button("Default settings", () => this.use({ settings: defaults(), faults: [] })),
      this.copied,
    );
  }

  buildProgram() {
    this.code = make("code");
    this.program = make(
      "details",
      { class: "playground-program", ontoggle: () => this.writeProgram() },
      make("summary", {}, "The same run in NumPy"),
      make(
        "p",
        {},
        "A whole program, with the present settings from the first step on: the same points, the same first weights, the same mini-batches, so the",
        " same losses. It trains for n_epochs, the number at which a run pauses first.",
      ),
      button("Copy the program", () => this.copy(numpyProgram(this.settings), "Program copied.")),
      make("pre", { tabindex: 0, role: "region", "aria-label": "NumPy program" }, this.code),
    );
    return this.program;
  }

  listen() {
    window.addEventListener("hashchange", () => this.follow());
    // A link to the settings that stand in the address already changes nothing there, but asks for a new run all the same.
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.(`a[href^="${ANCHOR}?"]`);
      if (link && link.hash === location.hash) this.follow();
    });
    new MutationObserver(() => (this.paint(), this.draw())).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    new ResizeObserver(() => (this.diagram.place(), this.draw())).observe(this.root);
    window.addEventListener("beforeprint", () => (this.paint("light"), this.draw()));
    window.addEventListener("afterprint", () => (this.paint(), this.draw()));
  }

  /** The colours of the page's theme, for canvases and for the style sheet. */
  paint(theme = document.documentElement.dataset.theme === "dark" ? "dark" : "light") {
    this.palette = PALETTES[theme];
    this.colours = ramp(this.palette);
    for (const [name, colour] of Object.entries(this.palette)) this.root.style.setProperty(`--playground-${name}`, colour);
    if (this.run) this.drawFeatures();
  }

  // Settings ------------------------------------------------------------------------------------------------------------

  /** @param {{settings: import("./settings.js").Settings, faults: string[]}} link */
  load({ settings, faults }, said = "") {
    this.settings = settings;
    this.form.show(settings);
    this.say(faults.length ? `This link could not be taken as it is. ${faults.join(" ")}` : "");
    this.reset(faults.length ? "" : said);
  }

  /** Load, and let the address say so. */
  use(link) {
    this.load(link, "Settings loaded.");
    history.replaceState(null, "", serialise(this.settings));
  }

  /** The address has changed: another link on this page, or the reader's hand. */
  follow() {
    const link = parse(location.hash);
    if (!link) return;
    // A task names no seed: the reader's own stays, so that settings are compared from equal starts.
    if (!/[?&]seed=/.test(location.hash)) link.settings.seed = this.settings.seed;
    this.use(link);
    this.show();
  }

  /** Run and the pictures, together. */
  show() {
    this.toolbar.scrollIntoView();
    this.runButton.focus({ preventScroll: true });
  }

  change(name, value) {
    this.say("");
    this.settings = { ...this.settings, [name]: value };
    this.form.show(this.settings);
    history.replaceState(null, "", serialise(this.settings));
    const { live } = FIELDS[name];
    if (!live) {
      this.reset("A new run begins.");
      return;
    }
    this.run.settings = this.settings;
    if (this.isRunning) this.aim();
    if (live === "steps" && (this.run.epoch || this.run.next)) {
      this.mix(mixed(this.run.epoch));
      this.live.textContent = this.mixed.textContent;
    }
    this.writeProgram();
    this.write();
  }

  /** That this run is no longer the one that a link or the program gives; empty if it is. */
  mix(sentence) {
    this.mixed.textContent = sentence;
    this.mixed.hidden = !sentence;
  }

  link() {
    return location.href.split("#")[0] + serialise(this.settings);
  }

  async copy(text, done) {
    try {
      await navigator.clipboard.writeText(text);
      this.copied.textContent = done;
    } catch {
      // No leave to write, or no secure connection: the reader copies by hand.
      this.copied.textContent = "The browser does not let a page copy. Here it is: ";
      this.copied.append(make("textarea", { readonly: true, "aria-label": "To copy", rows: 3 }, text));
      this.copied.lastChild.select();
    }
  }

  say(sentence) {
    this.message.textContent = sentence;
    this.message.hidden = !sentence;
  }

  // The run -------------------------------------------------------------------------------------------------------------

  reset(said) {
    this.stop();
    this.run = new Run(this.settings);
    this.mix("");
    this.room = makeRoom(this.run.network, SIDE * SIDE);
    this.X = inputs(this.settings.features, this.points.x1, this.points.x2);
    this.chosen = { l: this.run.network.layers.length - 1, k: 0 };
    this.diagram.build(this.run);
    this.drawFeatures();
    this.buildTable();
    this.writeProgram();
    this.draw();
    if (said) this.live.textContent = `${said} ${report(this.run, "Ready")} ${this.notice.textContent}`;
  }

  start() {
    if (this.run.isLost) this.reset("");
    this.isRunning = true;
    this.runButton.textContent = "Pause";
    this.aim();
    Object.assign(this, { frames: 0, work: 0, told: { picture: 0, words: 0, speech: performance.now() } });
    this.ticket = requestAnimationFrame(() => this.frame());
  }

  /** A run pauses at each multiple of the number that is set. */
  aim() {
    const { epochs } = this.settings;
    this.target = this.run.epoch - (this.run.epoch % epochs) + epochs;
  }

  stop() {
    cancelAnimationFrame(this.ticket);
    this.isRunning = false;
    this.runButton.textContent = "Run";
  }

  pause() {
    this.stop();
    this.draw();
    this.live.textContent = `${report(this.run, "Paused")} ${this.notice.textContent}`;
    if (this.frames) this.root.dataset.work = (this.work / this.frames).toFixed(2); // milliseconds a frame, for those who measure
  }

  /** A step by hand. */
  once(step) {
    if (this.isRunning) this.stop();
    if (!this.run.isLost) step();
    this.draw();
    this.live.textContent = `${report(this.run, "Paused")} ${this.notice.textContent}`;
  }

  frame() {
    const begin = performance.now();
    const { run } = this;
    const { speed } = this.settings;
    const { epoch } = run;
    const isDone = () => run.isLost || run.epoch >= this.target;
    do run.step();
    while (!isDone() && performance.now() - begin < BUDGET && (speed === "full" || (speed === "epoch" && run.epoch === epoch)));
    if (isDone()) {
      this.pause();
      return;
    }
    if (begin - this.told.picture >= (this.calm.matches ? CALM_EVERY : 0)) {
      this.told.picture = begin;
      this.drawPictures(this.calm.matches ? PARTS : [PARTS[this.frames % PARTS.length]]);
      if (begin - this.told.words >= WORDS_EVERY) {
        this.told.words = begin;
        this.write();
      }
    }
    if (begin - this.told.speech >= SPEECH_EVERY) {
      this.told.speech = begin;
      this.live.textContent = report(run, "Running");
    }
    this.frames += 1;
    this.work += performance.now() - begin;
    this.ticket = requestAnimationFrame(() => this.frame());
  }

  // Pictures and words --------------------------------------------------------------------------------------------------

  draw() {
    this.drawPictures(PARTS);
    drawPoints(this.dots, this.run.data, this.showTest, this.palette);
    this.write();
  }

  drawFeatures() {
    this.diagram.drawFeatures(this.X, this.settings.features.length, SIDE, this.colours);
  }

  /** The big picture, and these parts. */
  drawPictures(parts) {
    const { run, room, chosen } = this;
    const { l, k } = chosen;
    const { layers, activation } = run.network;
    forward(run.network, this.X, SIDE * SIDE, room);
    const { units } = layers[l];
    const H = room.H[l];
    const isOutput = l === layers.length - 1;
    const { answer } = LOSSES[this.settings.loss];
    const scale = isOutput ? (z) => 2 * answer(z) - 1 : scaleOf(activation, H, units, k);
    drawValues(this.values, SIDE, (i) => scale(H[i * units + k]), this.colours);
    drawBoundary(this.boundary, this.values, SIDE, (i) => room.Z[l][i * units + k], this.palette);
    if (parts.includes("units")) this.diagram.drawUnits(room, SIDE, COARSE, this.colours);
    if (parts.includes("lines")) this.diagram.drawLines(chosen, this.palette);
    if (parts.includes("losses")) drawLosses(this.losses, run.history, LOSSES[this.settings.loss].guess, this.palette);
  }

  buildTable() {
    const last = this.run.network.layers.length - 1;
    const line = (_, l) =>
      make(
        "tr",
        {},
        make("th", { scope: "row" }, l < last ? `${l + 1}` : "output"),
        make("td", {}, make("span", { class: "playground-bar", "aria-hidden": "true" }, make("span")), make("span", { class: "playground-slope" })),
        make("td"),
      );
    this.layers.replaceChildren(...this.run.network.layers.map(line));
  }

  /** Everything that is told in words. */
  write() {
    const { run, chosen, numbers } = this;
    const findings = run.findings();
    const { train, test } = run.scores();
    const { layers } = run.network;
    numbers.epoch.textContent = run.epoch;
    numbers.train.textContent = `${fixed(train.loss)}, ${fixed(train.accuracy)}`;
    numbers.test.textContent = `${fixed(test.loss)}, ${fixed(test.accuracy)}`;
    numbers.size.textContent = layers.reduce((sum, { W, b }) => sum + W.length + b.length, 0);
    findings.forEach((finding, l) => {
      const [, slope, units] = this.layers.children[l].children;
      slope.firstChild.firstChild.style.width = `${100 * barLength(finding.slope)}%`;
      slope.lastChild.textContent = tiny(finding.slope);
      units.textContent = remark(finding, layers[l].units) || layers[l].units;
    });
    const said = notice(run, findings);
    this.notice.textContent = said;
    this.notice.hidden = !said;
    this.diagram.mark(chosen, findings);
    const isOutput = chosen.l === layers.length - 1;
    this.title.textContent = isOutput ? "Output" : `Layer ${chosen.l + 1}, unit ${chosen.k + 1}`;
    this.formula.textContent = formula(run, chosen);
    this.boundary.setAttribute("aria-label", describePicture(run, this.title.textContent));
    this.losses.setAttribute("aria-label", describeLosses(run, LOSSES[this.settings.loss].guess));
    this.still.textContent = `Settings: ${Object.entries(FIELDS)
      .filter(([name]) => name !== "speed")
      .map(([name, { label }]) => `${label} ${this.settings[name]}`)
      .join("; ")}. Epoch ${run.epoch}. ${this.mixed.textContent}`;
  }

  choose(unit) {
    this.chosen = unit;
    this.draw();
    this.live.textContent = `${this.title.textContent}: ${this.formula.textContent}`;
  }

  writeProgram() {
    if (this.program.open) this.code.textContent = numpyProgram(this.settings);
  }
}

const root = document.getElementById("playground");
if (root) new Playground(root);
