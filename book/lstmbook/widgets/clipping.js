// Clipping: a gradient of two numbers, shortened in its own direction when it is too long.
import { figure, panel, path, rough } from "./dials.js";
import { clipped } from "./lstm.js";
import { format } from "./figure.js";

// The picture's measures: its size, where zero is, how long one is, and the ends of both axes.
const [size, zero, one, end] = [[420, 264], [210, 132], 25, 5];

// Everything that the figure shows: the gradient's norm, the gradient shortened as a whole, and each number by itself.
export function clippings({ g_W, g_b, max_norm }) {
  const each = [g_W, g_b].map((g) => Math.max(-max_norm, Math.min(max_norm, g)));
  return { ...clipped([g_W, g_b], max_norm), each };
}

const x = (value) => zero[0] + one * value;
const y = (value) => zero[1] - one * value;

function arrow(kind, [a, b]) {
  const length = Math.hypot(a, b) || 1;
  const [dx, dy] = [a / length, b / length];
  const tip = Math.min(9, one * length);
  const head = [[-tip, tip / 2], [0, 0], [-tip, -tip / 2]].map(([along, aside]) =>
    [x(a) + along * dx - aside * dy, y(b) - along * dy - aside * dx]);
  return `<g class="${kind}"><path d="${path([[x(0), y(0)], [x(a), y(b)]])}"/><path d="${path(head)}"/></g>`;
}

function picture(state) {
  const { g_W, g_b, max_norm } = state;
  const { gradient, each } = clippings(state);
  const r = (one * max_norm).toFixed(1);
  const square = `M${x(-max_norm)} ${y(max_norm)}h${2 * r}v${2 * r}h${-2 * r}z`;
  return `<svg data-drag viewBox="0 0 ${size.join(" ")}" aria-hidden="true">` +
    `<path class="rule" d="M${x(-end - 3)} ${y(0)}H${x(end + 3)}M${x(0)} ${y(-end)}V${y(end)}"/>` +
    `<text class="title" x="${x(end + 3)}" y="${y(0) + 14}">slope in W</text>` +
    `<text x="${x(0) + 6}" y="${y(end) + 8}">slope in b</text>` +
    `<path class="square" d="${square}"/>` +
    `<g class="of-gate"><circle class="limit" cx="${x(0)}" cy="${y(0)}" r="${r}"/></g>` +
    arrow("whole of-ink", [g_W, g_b]) + arrow("each of-new", each) + arrow("short of-output", gradient) +
    `<g class="of-ink"><circle class="hand" cx="${x(g_W).toFixed(1)}" cy="${y(g_b).toFixed(1)}" r="13"/></g></svg>`;
}

const both = (values) => `<b class="number">[${values.map((value) => format(Number(value.toFixed(2)))).join(", ")}]</b>`;
const turned = ([a, b], [c, d]) => Math.abs(Math.atan2(a * d - b * c, a * c + b * d)) * (180 / Math.PI);

function view(state, spoken) {
  const { g_W, g_b } = state;
  const { gradient, norm, each } = clippings(state);
  const angle = turned([g_W, g_b], each);
  return panel("clipping-figure", state, {
    picture: picture(state),
    dials: [
      { key: "g_W", symbol: "", name: "slope in W", hue: "ink", ends: [-end, end], step: 0.1 },
      { key: "g_b", symbol: "", name: "slope in b", hue: "ink", ends: [-end, end], step: 0.1 },
      { key: "max_norm", symbol: "", name: "greatest norm", hue: "gate", ends: [0, end], step: 0.1 },
    ],
    results: [
      ["ink", `norm <b class="number">${rough(norm, 3)}</b>`],
      ["output", `clipped as a whole ${both(gradient)}`],
      ["new", `number by number ${both(each)}, turned by ${angle < 0.5 ? 0 : Math.round(angle)}°`],
    ],
    caption: "A gradient of two numbers, and its greatest norm as a circle. Drag its tip, or a slider, or use the arrow keys.",
    spoken,
  });
}

function spell(state) {
  const { gradient, norm } = clippings(state);
  return norm > state.max_norm
    ? `The norm is ${rough(norm, 3)}, too long; clipped, the gradient is ${gradient.map((g) => rough(g)).join(", ")}`
    : `The norm is ${rough(norm, 3)}, at most ${format(state.max_norm)}: the gradient stays as it is`;
}

// The two slopes whose place in the picture this is.
function drag(px, py) {
  const slope = (value) => Math.max(-end, Math.min(end, Math.round(10 * value) / 10));
  return { g_W: slope((px - zero[0]) / one), g_b: slope((zero[1] - py) / one) };
}

export default figure({ keys: ["g_W", "g_b", "max_norm"], view, spell, drag });
