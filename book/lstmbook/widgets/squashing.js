// The two squashing functions above their slopes: a point z slides along all four curves.
import { connect, format, KEYS, presets, show } from "./figure.js";
import { sigmoid, sigmoidSlope, tanhSlope } from "./lstm.js";

const CURVES = [
  { name: "σ", said: "sigmoid", hue: "gate", value: sigmoid, slope: sigmoidSlope, at: [[-4.6, 0.1], [-2.75, 0.2]] },
  { name: "tanh", said: "tanh", hue: "new", value: Math.tanh, slope: tanhSlope, at: [[-4.6, -0.87], [0.6, 0.9]] },
];

// The picture's measures: the z-axis and its ends, the height of one, and where each part of it has its zero.
const [size, left, right, end, one] = [[420, 298], 24, 408, 6, 72];
const zeros = { value: 86, slope: 262 };
const x = (z) => left + ((right - left) * (z + end)) / (2 * end);
const y = (part, value) => zeros[part] - one * value;

// What both functions are at z: [value, slope] each.
export const squash = (z) => CURVES.map(({ value, slope }) => [value(z), slope(value(z))]);

const point = (px, py) => `${Number(px.toFixed(1))} ${Number(py.toFixed(1))}`;

function line(part, of) {
  const points = Array.from({ length: 121 }, (_, k) => (k * 2 * end) / 120 - end);
  return `<path class="curve" d="M${points.map((z) => point(x(z), y(part, of(z)))).join("L")}"/>`;
}

// A short piece of the straight line that touches the curve at z.
function tangent(z, value, slope) {
  const [run, rise] = [(right - left) / (2 * end), one * slope];
  const part = 44 / Math.hypot(run, rise);
  const [px, py, dx, dy] = [x(z), y("value", value), part * run, part * rise];
  return `<path class="tangent" d="M${point(px - dx, py + dy)}L${point(px + dx, py - dy)}"/>`;
}

// What does not depend on z.
const paper = (() => {
  const rule = (part, value) => `<path class="rule" d="M${left} ${y(part, value)}H${right}"/>` +
    `<text class="tick" x="${left - 6}" y="${y(part, value)}">${format(value)}</text>`;
  const title = (part, height) => `<text class="title" x="${right}" y="${y(part, height)}">${part}</text>`;
  const ticks = [-6, -4, -2, 0, 2, 4, 6].map((z) => `<text class="z" x="${x(z)}" y="288">${format(z)}</text>`);
  const curve = ({ name, hue, value, slope, at }) => `<g class="of-${hue}">${line("value", value)}` +
    line("slope", (z) => slope(value(z))) +
    ["value", "slope"].map((part, k) => `<text x="${x(at[k][0])}" y="${y(part, at[k][1])}">${name}</text>`).join("") +
    "</g>";
  const rules = [...[1, 0, -1].map((value) => rule("value", value)), ...[1, 0].map((value) => rule("slope", value))];
  return rules.join("") + title("value", -0.8) + title("slope", 0.8) + ticks.join("") + CURVES.map(curve).join("");
})();

function picture(z) {
  const dot = (part, value) => `<circle cx="${x(z).toFixed(1)}" cy="${y(part, value).toFixed(1)}" r="4.5"/>`;
  const marks = squash(z).map(([value, slope], k) => `<g class="of-${CURVES[k].hue}">` +
    `${tangent(z, value, slope)}${dot("value", value)}${dot("slope", slope)}</g>`);
  return `<svg viewBox="0 0 ${size.join(" ")}" aria-hidden="true">${paper}` +
    `<path class="here" d="M${x(z).toFixed(1)} ${y("value", 1)}V${zeros.slope}"/>${marks.join("")}</svg>`;
}

function numbers(z) {
  const number = (key, value) => `<span data-block="${key}"><b class="number">${format(value)}</b></span>`;
  return `<p class="sums"><span><var>z</var> = ${number("z", z)}</span>` +
    squash(z).map(([value, slope], k) => {
      const { name, said, hue } = CURVES[k];
      return `<span class="of-${hue}">${name} = ${number(said, value)}, slope ${number(`${said}_slope`, slope)}</span>`;
    }).join("") + "</p>";
}

const spell = (z) => squash(z).map(([value, slope], k) =>
  `${CURVES[k].said} is ${format(value)}, its slope ${format(slope)}`).join("; ");

function view({ z, presets: buttons }, spoken = "") {
  const middle = 50 + (50 * z) / end;
  const [from, till] = [Math.min(50, middle), Math.max(50, middle)].map((part) => `${part.toFixed(1)}%`);
  return '<figure class="lstm-figure squashing-figure">' +
    `<div class="stage">${picture(z)}` +
    `<input type="range" ${KEYS} min="${-end}" max="${end}" step="0.05" value="${z}" aria-label="z"` +
    ` aria-valuetext="${format(z)}: ${spell(z)}" style="--from:${from};--till:${till}"></div>` +
    numbers(z) +
    presets({ z, presets: buttons }) +
    "<figcaption>The two squashing functions, and below them their slopes. Drag <var>z</var>, or use the arrow keys." +
    `</figcaption><p class="spoken" aria-live="polite">${spoken}</p></figure>`;
}

// The picture for a page without scripts.
const still = (state) => view(state);

function render({ model, el }) {
  const { read, set, leave } = connect(model, ["z", "presets"], draw, () => draw(spell(model.get("z"))));

  function draw(spoken) {
    show(el, view(read(), spoken));
  }
  el.addEventListener("input", ({ target }) => set({ z: Number(target.value) }));
  el.addEventListener("click", ({ target }) => {
    const { preset } = target.dataset;
    if (preset) set(model.get("presets")[preset].set);
  });
  for (const event of ["pointerdown", "pointermove"]) {
    el.addEventListener(event, ({ target, clientX, buttons }) => {
      const svg = target.closest("svg");
      if (!svg || !buttons) return;
      const { left: edge, width } = svg.getBoundingClientRect();
      const z = ((clientX - edge) * (size[0] / width) - x(0)) / (x(1) - x(0));
      set({ z: Math.max(-end, Math.min(end, Math.round(20 * z) / 20)) });
    });
  }
  draw();
  return leave;
}

export default { render, still };
