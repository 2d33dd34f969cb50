// One gate, from what it reads to what it lets through: a sum of weighted numbers, the sigmoid, one multiplication.
import { connect, equals, format, KEYS, PARTS, presets, show, slider } from "./figure.js";
import { sigmoid } from "./lstm.js";

// What each gate says, what it filters, and what comes of that; and the ends of the filtered numbers' sliders.
const GATES = {
  forget: { gate: "f", of: "c_prev", result: "kept", symbols: ["f", "c", "f ⊙ c"], end: 8, step: 0.1 },
  input: { gate: "i", of: "c_tilde", result: "added", symbols: ["i", "c̃", "i ⊙ c̃"], end: 1, step: 0.01 },
  output: { gate: "o", of: "tanh_c", result: "h", symbols: ["o", "tanh c", "h"], end: 1, step: 0.01 },
};

// All units' pre-activations, gates and what these let through; and the terms of each unit's sum, its bias last.
export function gate({ h_prev, x, W, b, filtered }) {
  const read = [...h_prev, ...x];
  const terms = W.map((row, k) => [...row.map((w, j) => w * read[j]), b[k]]);
  const z = terms.map((row) => row.reduce((sum, term) => sum + term, 0));
  const gates = z.map(sigmoid);
  return { terms, z, gate: gates, result: gates.map((value, k) => value * filtered[k]) };
}

// The picture's measures, and its scales: z from -limit to limit, and the gate's 0 and 1.
const [left, right, row] = [122, 408, 17];
const digits = (k) => String.fromCharCode(0x2081 + k);
const at = (px, py) => `${px.toFixed(1)} ${py.toFixed(1)}`;

// Where the sums lead on their way: how far to either side z has to be shown.
const reach = ({ terms }) => Math.max(...terms.map((unit) => {
  let sum = 0;
  return Math.max(...unit.map((term) => Math.abs((sum += term))));
}));

function picture(state, values, unit, limit) {
  const { result, end } = GATES[state.gate];
  const names = [...state.h_prev.map((_, k) => `h${digits(k)}`), ...state.x.map((_, k) => `x${digits(k)}`), "b"];
  const read = [...state.h_prev, ...state.x];
  const x = (z) => left + ((right - left) * (Math.max(-limit, Math.min(limit, z)) + limit)) / (2 * limit);
  const [top, low] = [names.length * row + 20, names.length * row + 92];
  const y = (value) => low - value * (low - top);
  const factor = (value) => (value < 0 ? `(${format(value)})` : format(value));

  let sum = 0;
  const bars = values.terms[unit].map((term, j) => {
    const from = sum;
    sum += term;
    const [start, stop] = [from, sum].map(x).sort((a, b) => a - b);
    const label = j < read.length ? `${format(state.W[unit][j])} × ${factor(read[j])}` : format(term);
    const hue = j < state.h_prev.length ? " of-output" : "";
    return `<g class="term${hue}"><text x="0" y="${(j + 0.62) * row}">${names[j]}: ${label}</text>` +
      `<rect x="${start.toFixed(1)}" y="${j * row + 3}" width="${(stop - start).toFixed(1)}" height="${row - 6}"/>` +
      `<path class="step" d="M${x(sum).toFixed(1)} ${j * row + 3}v${row}"/></g>`;
  });
  const [z, value] = [values.z[unit], values.gate[unit]];
  const points = Array.from({ length: 61 }, (_, k) => ((k - 30) * limit) / 30).map((p) => at(x(p), y(sigmoid(p))));
  const bottom = low + 36;
  const scale = (v) => left + ((right - left) * (Math.max(-end, Math.min(end, v)) + end)) / (2 * end);
  const bar = (kind, v) => {
    const [start, stop] = [scale(0), scale(v)].sort((a, b) => a - b);
    const width = (stop - start).toFixed(1);
    return `<rect class="${kind}" x="${start.toFixed(1)}" y="${bottom - 6}" width="${width}" height="12"/>`;
  };
  const ticks = [-limit, 0, limit].map((p) => `<text class="tick" x="${x(p)}" y="${low + 13}">${format(p)}</text>`);
  return `<svg viewBox="0 0 420 ${bottom + 12}" aria-hidden="true">` +
    `<path class="rule" d="M${x(0)} 0V${low}M${left} ${low}H${right}M${left} ${top}H${right}"/>${bars.join("")}` +
    `<g class="of-gate"><path class="curve" d="M${points.join("L")}"/>` +
    `<path class="here" d="M${at(x(z), names.length * row)}V${y(value).toFixed(1)}H${left}"/>` +
    `<circle cx="${x(z).toFixed(1)}" cy="${y(value).toFixed(1)}" r="4.5"/>` +
    `<text x="0" y="${(top + low) / 2 - 8}">σ(${format(z)})</text>` +
    `<text x="0" y="${(top + low) / 2 + 9}">${equals(value)} ${format(value)}</text></g>${ticks.join("")}` +
    `<g class="of-${PARTS[result].hue}">` +
    `<text x="0" y="${bottom + 4}">${format(value)} × ${factor(state.filtered[unit])}</text>` +
    `${bar("ghost", state.filtered[unit])}${bar("", values.result[unit])}</g>` +
    `<path class="rule" d="M${scale(0)} ${bottom - 10}v20"/></svg>`;
}

function table(state, values, unit) {
  const { gate: key, of, result, symbols } = GATES[state.gate];
  const columns = [
    ["z", "sum", "", values.z, "z"],
    [key, PARTS[key].name, "of-gate", values.gate, `${symbols[0]} = σ(z)`],
    [of, PARTS[of].name, `of-${PARTS[of].hue}`, state.filtered, symbols[1]],
    [result, PARTS[result].name, `of-${PARTS[result].hue}`, values.result, symbols[2]],
  ];
  const head = columns.map(([, name, , , symbol]) => `<th scope="col"><var>${symbol}</var><small>${name}</small></th>`);
  const rows = values.z.map((_, k) => `<tr data-unit="${k + 1}" class="${k === unit ? "chosen" : ""}">` +
    '<th scope="row">' +
    `<button type="button" ${KEYS} data-unit="${k + 1}" aria-pressed="${k === unit}">unit ${k + 1}</button></th>` +
    columns.map(([block, , hue, numbers]) =>
      `<td class="${hue}" data-block="${block}"><b class="number">${format(numbers[k])}</b></td>`).join("") + "</tr>");
  return `<table><thead><tr><td></td>${head.join("")}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

function dials(state, unit) {
  const { of, end, step } = GATES[state.gate];
  const dial = (key, k, text, hue, scale, by) => `<label class="${hue}"><span>${text} ` +
    `<b class="number">${format(state[key][k])}</b></span>` +
    slider(`data-key="${key}" data-k="${k}"`, state[key][k], scale, by) + "</label>";
  return '<div class="dials">' +
    state.h_prev.map((_, k) => dial("h_prev", k, `<var>h${digits(k)}</var>`, "of-output", [-1, 1], 0.1)).join("") +
    state.x.map((_, k) => dial("x", k, `<var>x${digits(k)}</var>`, "", [-2, 2], 0.1)).join("") +
    dial("b", unit, `bias of unit ${unit + 1}`, "of-gate", [-12, 12], 0.5) +
    dial("filtered", unit, `${PARTS[of].name}, unit ${unit + 1}`, `of-${PARTS[of].hue}`, [-end, end], step) + "</div>";
}

const spell = (state) => {
  const { z, gate: gates, result } = gate(state);
  const { gate: key, result: name } = GATES[state.gate];
  const list = (values) => values.map(format).join(", ");
  return `z is ${list(z)}; ${PARTS[key].name} ${list(gates)}; ${PARTS[name].name} ${list(result)}`;
};

function view(state, { spoken = "", limit = 6 } = {}) {
  const values = gate(state);
  const unit = Math.min(state.unit, state.b.length) - 1;
  return '<figure class="lstm-figure gate-figure">' +
    dials(state, unit) +
    picture(state, values, unit, limit) +
    table(state, values, unit) +
    presets(state) +
    "<figcaption>From what a gate reads to what it lets through. Above, one unit: each number that is read, times " +
    "its weight, pushes the sum to one side; the sigmoid makes a share of it. Below, all units. " +
    "<var>h₁</var>, <var>h₂</var>, … are the units of the old hidden state, " +
    "<var>x₁</var>, <var>x₂</var>, … the features of the input.</figcaption>" +
    `<p class="spoken" aria-live="polite">${spoken}</p></figure>`;
}

// Wide enough for the sums; it grows, but never under the hand.
const look = (state, { limit = 6, ...rest } = {}) =>
  ({ ...rest, limit: Math.max(limit, Math.ceil(reach(gate(state)) + 1)) });

const still = (state) => view(state, look(state));

const TRAITS = ["gate", "h_prev", "x", "W", "b", "filtered", "unit", "presets"];

function render({ model, el }) {
  const { read, set, leave } = connect(model, TRAITS, draw, () => draw({ spoken: spell(read()) }));
  let looks = {};

  function draw(change) {
    looks = look(read(), { ...looks, ...change });
    show(el, view(read(), looks));
  }
  el.addEventListener("input", ({ target }) => {
    const { key, k } = target.dataset;
    set({ [key]: model.get(key).with(k, Number(target.value)) });
  });
  el.addEventListener("click", ({ target }) => {
    const of = (what) => target.closest(`[data-${what}]`)?.dataset[what];
    if (of("preset")) set(model.get("presets")[of("preset")].set);
    if (of("unit")) set({ unit: Number(of("unit")) });
  });
  draw();
  return leave;
}

export default { render, still };
