// The forget bias and how long a cell remembers: from a bias to a gate, and from the gate to what is left of a memory.
import { figure, panel, path, rough, steps, ticks } from "./dials.js";
import { halfLife, highway, sigmoid } from "./lstm.js";
import { format } from "./figure.js";

// The picture's measures: its size, its frame, and the last step that it shows.
const [size, left, right, top, bottom, end] = [[420, 230], 46, 406, 12, 202, 100];

// Everything that the figure shows: the gate, its half-life, what is left step by step, and at the distance asked for.
export function memory({ b_f, lag }) {
  const f = sigmoid(b_f);
  return { f, half: halfLife(f), left: highway(f, end), there: f ** lag, bias: biasFor(lag) };
}

// The bias with which half is left after `lag` steps.
export const biasFor = (lag) => -Math.log(2 ** (1 / lag) - 1);

const percent = (share) => (share < 0.0005 ? `${rough(100 * share)} %` : `${format(Number((100 * share).toPrecision(2)))} %`);

function picture({ b_f, lag }) {
  const { half, left: values, there } = memory({ b_f, lag });
  const x = (k) => left + ((right - left) * k) / end;
  const y = (share) => bottom - (bottom - top) * share;
  const rule = (share) => `<path class="rule" d="M${left} ${y(share)}H${right}"/>` +
    `<text class="tick" x="${left - 5}" y="${y(share)}">${100 * share} %</text>`;
  const tick = (k) => `<text class="z" x="${x(k)}" y="${bottom + 14}">${k}</text>`;
  const dot = (hue, k, share) => `<g class="of-${hue}"><circle cx="${x(k).toFixed(1)}" cy="${y(share).toFixed(1)}" r="4.5"/></g>`;
  return `<svg viewBox="0 0 ${size.join(" ")}" aria-hidden="true">` +
    [1, 0.75, 0.5, 0.25, 0].map(rule).join("") + ticks(end).map(tick).join("") +
    `<text class="title" x="${right}" y="${bottom + 26}">steps since it was written</text>` +
    `<path class="here" d="M${x(lag).toFixed(1)} ${top}V${bottom}"/>` +
    `<g class="of-memory"><path class="curve" d="${path(values.map((share, k) => [x(k), y(share)]))}"/></g>` +
    (half <= end ? dot("gate", half, 0.5) : "") + dot("memory", lag, there) + "</svg>";
}

function view(state, spoken) {
  const { f, half, there, bias } = memory(state);
  return panel("forget-bias-figure", state, {
    picture: picture(state),
    dials: [
      { key: "b_f", symbol: "<var>b<sub>f</sub></var>", name: "forget bias", hue: "gate", ends: [-2, 8], step: 0.05,
        means: () => `half-life ${steps(half)}` },
      { key: "lag", symbol: "", name: "distance in steps", hue: "ink", ends: [1, end], step: 1,
        means: () => `${percent(there)} is left` },
    ],
    results: [
      ["gate", `gate σ(<var>b<sub>f</sub></var>) = <b class="number">${rough(f, 3)}</b>`],
      ["gate", `half-life <b class="number">${steps(half)}</b>`],
      ["memory", `left after ${steps(state.lag)} <b class="number">${percent(there)}</b>`],
      ["ink", `bias for a half-life of ${state.lag} <b class="number">${rough(bias, 3)}</b>`],
    ],
    caption: "What is left of a memory, and of a gradient on its way back, when the bias alone sets the gate. " +
      "Drag a slider, or use the arrow keys.",
    spoken,
  });
}

function spell(state) {
  const { f, half, there } = memory(state);
  return `The gate stands at ${rough(f, 3)}, its half-life is ${steps(half)}; ${percent(there)} is left after ${steps(state.lag)}`;
}

export default figure({ keys: ["b_f", "lag"], view, spell });
