// The cell as a picture: every wire shows its value for each unit, and every input is a slider.
import { narrowDrawing, svg, wideDrawing } from "./cell-drawings.js";
import { align, connect, format, missing, PARTS, presets, show, slider, span, sums } from "./figure.js";
import { states } from "./lstm.js";
import { carried, ownRemark } from "./own.js";

const INPUTS = ["c_prev", "f", "i", "c_tilde", "o"];

// In reading order. `ends` and `step` are a slider's, the old cell state's in units of its limit; `of` is what an
// operation took its values from.
const BLOCKS = {
  c_prev: { symbol: "c<sub>t−1</sub>", ends: [-1, 1], step: 0.1 },
  f: { symbol: "f<sub>t</sub>", ends: [0, 1], step: 0.01 },
  kept: { symbol: "f<sub>t</sub> ⊙ c<sub>t−1</sub>", of: "c_prev" },
  i: { symbol: "i<sub>t</sub>", ends: [0, 1], step: 0.01 },
  c_tilde: { symbol: "c̃<sub>t</sub>", ends: [-1, 1], step: 0.01 },
  added: { symbol: "i<sub>t</sub> ⊙ c̃<sub>t</sub>", of: "c_tilde" },
  c: { symbol: "c<sub>t</sub>" },
  tanh_c: { symbol: "tanh c<sub>t</sub>" },
  o: { symbol: "o<sub>t</sub>", ends: [0, 1], step: 0.01 },
  h: { symbol: "h<sub>t</sub>", of: "tanh_c" },
};

function bar(kind, start, end, scale) {
  if (missing(start) || missing(end)) return "";
  const [from, till] = span(start, end, scale);
  return `<i class="${kind}" style="left:${from.toFixed(1)}%;width:${(till - from).toFixed(1)}%"></i>`;
}

function meter(key, k, values, limit) {
  const scale = [-limit, limit];
  const { of } = BLOCKS[key];
  return '<span class="bar">' +
    (of ? bar("ghost", 0, values[of][k], scale) : "") +
    bar("fill", 0, values[key][k], scale) +
    (key === "c" ? bar("part of-new", values.kept[k], values.c[k], scale) : "") +
    "</span>";
}

function block(key, { values, wrong }, given, limit, place) {
  const { symbol, ends: input, step } = BLOCKS[key];
  const { name, hue } = PARTS[key];
  const scale = input?.map((end) => end * Math.max(1, limit - 1)); // a memory's: one to spare for what is added
  const whose = (k) => `data-key="${key}" data-unit="${k}" aria-label="${name}, unit ${k + 1}"`;
  const rows = values[key].map((value, k) =>
    `<div class="unit u${k}" data-unit="${k}">` +
    (input ? slider(whose(k), given[k], scale, step) : meter(key, k, values, limit)) +
    `<b class="number" aria-hidden="true">${align(value, input ? 2 : 4)}</b></div>`);
  const spoken = input ? `role="group" aria-label="${name}"` : `role="img" aria-label="${name}: ${list(values[key])}"`;
  const kind = `${input ? "given" : "found"} of-${hue}${wrong.includes(key) ? " wrong" : ""}`;
  return `<div class="block ${kind}" data-block="${key}" ${spoken} style="${place}">` +
    `<div class="head" aria-hidden="true"><var>${symbol}</var><small>${name}</small></div>${rows.join("")}</div>`;
}

const list = (values) => values.map(format).join(", ");

function view(state, { unit, spoken, limit }) {
  const now = carried(state);
  const { values, wrong } = now;
  const limits = Object.fromEntries(Object.keys(BLOCKS).map((key) => [key, PARTS[key].hue === "memory" ? limit : 1]));
  const [wide, narrow] = [wideDrawing(state.c_prev.length), narrowDrawing(state.c_prev.length)];
  const share = (key, k) => (missing(values[key][k]) ? 0 : Math.abs(values[key][k]) / limits[key]);
  const place = (key) => {
    const [[x, y], [X, Y]] = [narrow.blocks[key], wide.blocks[key]];
    return `--x:${x};--y:${y};--X:${X};--Y:${Y}`;
  };
  return '<figure class="lstm-figure cell-figure">' +
    `<div class="stage" style="--h:${narrow.size[1]};--H:${wide.size[1]}">` +
    svg(wide, state.c_prev.length, share) +
    svg(narrow, state.c_prev.length, share) +
    Object.keys(BLOCKS).map((key) => block(key, now, state[key], limits[key], place(key))).join("") +
    "</div>" +
    sums(`unit ${unit + 1}`, Object.fromEntries(Object.keys(BLOCKS).map((key) => [key, values[key][unit]]))) +
    ownRemark(state.own, wrong) +
    presets(state) +
    "<figcaption>An LSTM cell: drag a slider, or use the arrow keys. " +
    "Each row is one unit, and no unit touches another’s row.</figcaption>" +
    `<p class="spoken" aria-live="polite">${spoken}</p></figure>`;
}

// How the reader looks at it: `unit` is shown in numbers, `limit` is the memory's scale.
const look = (c_prev, { limit = 8, ...rest } = {}) => ({
  unit: 0,
  spoken: "",
  ...rest,
  limit: Math.max(limit, ...c_prev.map((c_k) => Math.ceil(Math.abs(c_k)) + 1)), // it grows, but never under the hand
});

// The picture for a page without scripts.
const still = (state) => view(state, look(state.c_prev));

function render({ model, el }) {
  const { read, set, leave } = connect(model, [...INPUTS, "presets", "own"], recompute, speak);
  let looks;

  function draw(change) {
    const state = read();
    looks = look(state.c_prev, { ...looks, ...change });
    show(el, view(state, looks));
  }
  function recompute() {
    const { c, h } = states(read());
    model.set("c", c);
    model.set("h", h);
    draw();
  }
  function speak() {
    const { c, h } = carried(read()).values;
    draw({ spoken: `c is ${list(c)}; h is ${list(h)}` });
  }
  el.addEventListener("input", ({ target }) => {
    const { key, unit } = target.dataset;
    set({ [key]: model.get(key).with(unit, Number(target.value)) });
  });
  el.addEventListener("click", ({ target }) => {
    const { preset } = target.dataset;
    if (preset) set(model.get("presets")[preset].set);
  });
  for (const event of ["pointerover", "focusin"]) {
    el.addEventListener(event, ({ target }) => target.dataset.unit && draw({ unit: Number(target.dataset.unit) }));
  }
  draw();
  return leave;
}

export default { render, still };
