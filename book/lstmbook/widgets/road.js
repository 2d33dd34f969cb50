// The gradient's road: how much of a gradient is left after k steps, in a cell and in an RNN with one unit.
import { figure, panel, path, rough, steps, superscript, ticks } from "./dials.js";
import { highway, halfLife, rnnRoad } from "./lstm.js";

// The picture's measures: its size, its frame, and the powers of ten at the frame's lower and upper edge.
const [size, left, right, top, bottom] = [[420, 250], 40, 406, 12, 222];
const [low, high] = [-12, 3];

// Everything that the figure shows: three roads, each with one number per step, and the half-life.
export function roads({ f, T, w }) {
  return { cell: highway(f, T), rnn: rnnRoad(w, T), straight: highway(w, T), half: halfLife(f) };
}

function picture(state) {
  const { f, T } = state;
  const { cell, rnn, straight, half } = roads(state);
  const x = (k) => left + ((right - left) * k) / T;
  const y = (value) => top + ((bottom - top) * (high - Math.max(low - 9, Math.log10(value)))) / (high - low);
  const line = (kind, values) => `<path class="${kind}" d="${path(values.map((value, k) => [x(k), y(value)]))}"/>`;
  const rule = (power) => `<path class="rule" d="M${left} ${y(10 ** power)}H${right}"/>` +
    `<text class="tick" x="${left - 5}" y="${y(10 ** power)}">${power ? 10 + superscript(power) : 1}</text>`;
  const tick = (k) => `<text class="z" x="${x(k).toFixed(1)}" y="${bottom + 14}">${k}</text>`;
  const mark = half > 0 && half <= T ? `<circle cx="${x(half).toFixed(1)}" cy="${y(0.5).toFixed(1)}" r="4.5"/>` : "";
  const inside = `x="${left}" y="${top}" width="${right - left}" height="${bottom - top}"`;
  return `<svg viewBox="0 0 ${size.join(" ")}" aria-hidden="true">` +
    [3, 0, -3, -6, -9, -12].map(rule).join("") + ticks(T).map(tick).join("") +
    `<text class="title" x="${right}" y="${bottom + 26}">steps back</text>` +
    `<svg ${inside} viewBox="${inside.match(/\d+/g).join(" ")}">` +
    `<g class="of-output">${line("curve straight", straight)}${line("curve", rnn)}</g>` +
    `<g class="of-memory">${line("curve", cell)}</g></svg><g class="of-gate">${mark}</g></svg>`;
}

function view(state, spoken) {
  const { T } = state;
  const { cell, rnn, straight, half } = roads(state);
  const number = (values) => `<b class="number">${rough(values[T])}</b>`;
  return panel("road-figure", state, {
    picture: picture(state),
    dials: [
      { key: "f", symbol: "<var>f</var>", name: "forget gate", hue: "gate", ends: [0, 1], step: 0.001,
        means: () => `half-life ${steps(half)}` },
      { key: "w", symbol: "<var>w</var>", name: "the RNN’s weight", hue: "output", ends: [0, 2], step: 0.05 },
      { key: "T", symbol: "<var>T</var>", name: "steps", hue: "ink", ends: [1, 100], step: 1 },
    ],
    results: [
      ["gate", `half-life <b class="number">${steps(half)}</b>`],
      ["memory", `<i class="key"></i>cell state <var>f</var><sup>T</sup> = ${number(cell)}`],
      ["output", `<i class="key"></i>RNN ${number(rnn)}`],
      ["output", `<i class="key straight"></i>without its tanh <var>w</var><sup>T</sup> = ${number(straight)}`],
    ],
    caption: "What is left of a gradient on its way back, on a logarithmic scale. Drag a slider, or use the arrow keys.",
    spoken,
  });
}

function spell(state) {
  const { cell, rnn, half } = roads(state);
  return `After ${state.T} steps, ${rough(cell[state.T])} is left along the cell state and ${rough(rnn[state.T])} in the ` +
    `RNN; the half-life is ${steps(half)}`;
}

export default figure({ keys: ["f", "T", "w"], view, spell });
