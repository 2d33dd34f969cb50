// Figures that are set by a few sliders under one picture: the sliders, the axes, and how such a figure comes alive.
import { connect, format, presets, show, slider } from "./figure.js";

// A number with a few digits, such as 0.37 or 8.3·10⁻⁵.
export function rough(value, count = 2) {
  if (value === 0 || !Number.isFinite(value)) return String(value).replace("-", "−").replace("Infinity", "∞");
  const [digits, power] = value.toExponential(count - 1).split("e").map(Number);
  if (power >= -3 && power <= 3) return format(power >= count ? Math.round(value) : Number(value.toPrecision(count)));
  return `${format(digits)}·10${superscript(power)}`;
}
export const superscript = (power) => String(power).replace("-", "⁻").replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit]);

// How many steps, in words.
export const steps = (count) => (Number.isFinite(count) ? `${rough(count)} step${count === 1 ? "" : "s"}` : "no number of steps");

// Points as a path.
export const path = (points) => `M${points.map((pair) => pair.map((x) => Number(x.toFixed(1))).join(" ")).join("L")}`;

// Whole numbers from 0 to `end`, at most seven of them, for an axis.
export function ticks(end) {
  const by = [1, 2, 5, 10, 20, 25, 50].find((step) => end / step <= 6);
  return Array.from({ length: Math.floor(end / by) + 1 }, (_, k) => k * by);
}

// One row per slider: { key, symbol, name, hue, ends, step }, its number and, where there is one, what it means.
function dial({ key, symbol, name, hue, ends, step, means }, state) {
  const said = format(state[key]) + (means ? `: ${means(state)}` : "");
  return `<div class="dial of-${hue}" data-block="${key}"><span aria-hidden="true">${symbol} <small>${name}</small></span>` +
    slider(`data-key="${key}" aria-label="${name}" aria-valuetext="${said}"`, state[key], ends, step) +
    `<b class="number" aria-hidden="true">${format(state[key])}</b></div>`;
}

// The figure's markup: its picture, its sliders, its results ([hue, markup] each), its buttons and its caption.
export function panel(kind, state, { picture, dials, results, caption, spoken = "" }) {
  const result = ([hue, text]) => `<span class="of-${hue}">${text}</span>`;
  return `<figure class="lstm-figure dials-figure ${kind}"><div class="stage">${picture}</div>` +
    `<div class="dials">${dials.map((row) => dial(row, state)).join("")}</div>` +
    `<p class="sums">${results.map(result).join("")}</p>` +
    presets(state) +
    `<figcaption>${caption}</figcaption><p class="spoken" aria-live="polite">${spoken}</p></figure>`;
}

// The two functions of such a figure's module, from its traits, `view(state, spoken)` and `spell(state)`, which says in
// words what there is to see. A part of the picture with `data-drag` hands the place of the pointer to `drag`.
export function figure({ keys, view, spell, drag }) {
  function render({ model, el }) {
    const { read, set, leave } = connect(model, [...keys, "presets"], draw, () => draw(spell(read())));

    function draw(spoken) {
      show(el, view(read(), spoken));
    }
    el.addEventListener("input", ({ target }) => set({ [target.dataset.key]: Number(target.value) }));
    el.addEventListener("click", ({ target }) => {
      const { preset } = target.dataset;
      if (preset) set(model.get("presets")[preset].set);
    });
    for (const event of drag ? ["pointerdown", "pointermove"] : []) {
      el.addEventListener(event, ({ target, clientX, clientY, buttons }) => {
        const svg = target.closest("svg[data-drag]");
        if (!svg || !buttons) return;
        const { left, top, width } = svg.getBoundingClientRect();
        const scale = svg.viewBox.baseVal.width / width;
        set(drag(scale * (clientX - left), scale * (clientY - top)));
      });
    }
    draw();
    return leave;
  }
  return { render, still: (state) => view(state) };
}
