/** The form of the settings, made from the table in settings.js. Each control is a native one with a label: keyboard and screen reader know it. */

import { FIELDS, MAX_LAYERS, inOrder, read } from "./settings.js";

/**
 * An element of the page.
 * @param {string} tag
 * @param {Record<string, *>} attributes on... are listeners; null and false are left out
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

const GROUPS = {
  Data: ["data", "noise", "share", "seed"],
  Network: ["hidden", "activation", "init"],
  Training: ["loss", "lr", "batch", "penalty", "lambda", "epochs", "speed"],
};

/**
 * The form. It tells of each change by onChange(name, value), and of each bad one by onFault(sentence).
 * @param {(name: string, value: *) => void} onChange
 * @param {(sentence: string) => void} onFault
 * @returns {{element: HTMLElement, show: (settings: import("./settings.js").Settings) => void}} show() puts settings into the controls
 */
export function makeForm(onChange, onFault) {
  const shows = [];
  const known = { settings: null };
  const change = (name, text) => {
    const { value, fault } = read(name, text);
    if (fault) {
      onFault(`${FIELDS[name].label}: ${fault}`);
      show(known.settings);
    } else onChange(name, value);
  };

  const select = (name) => {
    const id = `playground-${name}`;
    const options = inOrder(FIELDS[name]).map((value) => make("option", { value }, FIELDS[name].choices[value]));
    const control = make("select", { id, onchange: () => change(name, control.value) }, ...options);
    shows.push((settings) => (control.value = String(settings[name])));
    return make("div", { class: "playground-field" }, make("label", { for: id }, FIELDS[name].label), control);
  };

  const number = (name) => {
    const id = `playground-${name}`;
    const [min, max] = FIELDS[name].range;
    const control = make("input", { id, type: "number", min, max, step: 1, inputmode: "numeric", onchange: () => change(name, control.value) });
    shows.push((settings) => (control.value = settings[name]));
    return make("div", { class: "playground-field" }, make("label", { for: id }, FIELDS[name].label), control);
  };

  const features = () => {
    const boxes = Object.entries(FIELDS.features.choices).map(([value, text]) => {
      const box = make("input", {
        type: "checkbox",
        value,
        onchange: () =>
          change(
            "features",
            boxes
              .filter(isChecked)
              .map(([other]) => other.value)
              .join(","),
          ),
      });
      return [box, make("label", { class: "playground-check" }, box, text)];
    });
    const isChecked = ([box]) => box.checked;
    shows.push((settings) => boxes.forEach(([box]) => (box.checked = settings.features.includes(box.value))));
    return make(
      "fieldset",
      { class: "playground-features" },
      make("legend", {}, FIELDS.features.label),
      make("div", {}, ...boxes.map(([, label]) => label)),
    );
  };

  const hidden = () => {
    const row = make("div", { class: "playground-layers" });
    const sizes = () => known.settings.hidden;
    const resize = (text, isPossible, next) =>
      make("button", { type: "button", onclick: () => isPossible() && change("hidden", next().join(",")) }, text);
    const more = resize(
      "Add a layer",
      () => sizes().length < MAX_LAYERS,
      () => [...sizes(), sizes().at(-1) ?? 4],
    );
    const less = resize(
      "Remove a layer",
      () => sizes().length > 0,
      () => sizes().slice(0, -1),
    );
    const [min, max] = FIELDS.hidden.range;
    const put = (l, text) =>
      change(
        "hidden",
        sizes()
          .map((units, other) => (other === l ? text : units))
          .join(","),
      );
    const control = (l) => {
      const label = `Units of hidden layer ${l + 1}`;
      const input = make("input", {
        type: "number",
        min,
        max,
        step: 1,
        inputmode: "numeric",
        "aria-label": label,
        onchange: () => put(l, input.value),
      });
      return input;
    };
    shows.push(({ hidden: units }) => {
      while (row.children.length > units.length) row.lastChild.remove();
      while (row.children.length < units.length) row.append(control(row.children.length));
      units.forEach((n, l) => (row.children[l].value = n));
      more.setAttribute("aria-disabled", units.length === MAX_LAYERS);
      less.setAttribute("aria-disabled", units.length === 0);
    });
    return make("fieldset", {}, make("legend", {}, "Units of each hidden layer"), make("div", { class: "playground-sizes" }, row, more, less));
  };

  const field = (name) => (name === "hidden" ? hidden() : FIELDS[name].range ? number(name) : select(name));
  const groups = Object.entries(GROUPS).map(([legend, names]) =>
    make("fieldset", {}, make("legend", {}, legend), ...names.map(field), ...(legend === "Data" ? [features()] : [])),
  );
  const show = (settings) => {
    known.settings = settings;
    shows.forEach((put) => put(settings));
  };
  return { element: make("form", { class: "playground-form", onsubmit: (event) => event.preventDefault() }, ...groups), show };
}
