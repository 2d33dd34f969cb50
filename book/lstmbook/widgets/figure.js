// What the living figures share: a figure is a pure function from its values to markup.

// Makes what `el` shows equal to `markup`, changing only what differs: a slider in the reader's hand stays.
export function show(el, markup) {
  const next = document.createElement("template");
  next.innerHTML = markup;
  match(el, next.content);
}

function match(live, next) {
  const [olds, news] = [[...live.childNodes], [...next.childNodes]];
  if (olds.length !== news.length || olds.some((old, k) => old.nodeName !== news[k].nodeName)) {
    live.replaceChildren(...news);
    return;
  }
  olds.forEach((old, k) => {
    for (const { name, value } of news[k].attributes ?? []) {
      if (old.getAttribute(name) === value) continue;
      old.setAttribute(name, value);
      if (name === "value") old.value = value;
    }
    if (old.nodeType === Node.TEXT_NODE && old.data !== news[k].data) old.data = news[k].data;
    match(old, news[k]);
  });
}

// What the values of a cell are called, and which of the four hues they have.
export const PARTS = {
  c_prev: { name: "old cell state", hue: "memory" },
  f: { name: "forget gate", hue: "gate" },
  kept: { name: "kept", hue: "memory" },
  i: { name: "input gate", hue: "gate" },
  c_tilde: { name: "candidate", hue: "new" },
  added: { name: "added", hue: "new" },
  c: { name: "new cell state", hue: "memory" },
  tanh_c: { name: "squashed", hue: "output" },
  o: { name: "output gate", hue: "gate" },
  h: { name: "hidden state", hue: "output" },
};

export const escape = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt()};`);

// A figure's hold on its model: `read` gives the values of its traits, and `set` changes some of them. `changed` is called
// at every change, and `rested` when there has been none for a while, to say in words what there is to see.
export function connect(model, traits, changed, rested = () => {}) {
  let timer;
  function follow() {
    changed();
    clearTimeout(timer);
    timer = setTimeout(rested, 600);
  }
  traits.forEach((key) => model.on(`change:${key}`, follow));
  return {
    read: () => Object.fromEntries(traits.map((key) => [key, model.get(key)])),
    set(values) {
      for (const [key, value] of Object.entries(values)) model.set(key, value);
      model.save_changes();
    },
    leave() {
      clearTimeout(timer);
      traits.forEach((key) => model.off(`change:${key}`, follow));
    },
  };
}

// No number: not there, or nan.
export const missing = (value) => !Number.isFinite(value);

// A number to four decimals, with a true minus sign; a question mark for what is none.
export const format = (value) => (missing(value) ? "?" : String(Number(value.toFixed(4))).replace("-", "−"));

// The same with as many decimals as are asked for, and no minus zero.
export function fixed(value, decimals) {
  const text = missing(value) ? "?" : value.toFixed(decimals);
  return (Number(text) === 0 ? text.replace("-", "") : text).replace("-", "−");
}

// What stands before a value that `format` shows.
export const equals = (value) => (Math.abs(Number(value.toFixed(4)) - value) < 1e-12 ? "=" : "≈");

// The same as `format`, filled with blanks so that decimal points stand in a column.
export function align(value, decimals) {
  const text = format(value);
  const digits = text.split(".")[1] ?? "";
  return text + (digits ? "" : "\u2008") + "\u2007".repeat(decimals - digits.length);
}

// Where a bar, or a slider's filled part, starts and ends: per cents of a scale from low to high.
export function span(start, end, [low, high]) {
  const part = (value) => (100 * (Math.max(low, Math.min(high, value)) - low)) / (high - low);
  return [part(start), part(end)].sort((a, b) => a - b);
}

// A slider with the attributes that say whose it is; it is filled from zero.
export function slider(attributes, value, scale, step) {
  const [from, till] = span(0, value, scale).map((part) => `${part.toFixed(1)}%`);
  return `<input type="range" ${KEYS} ${attributes} min="${scale[0]}" max="${scale[1]}" step="${step}"` +
    ` value="${value}" style="--from:${from};--till:${till}">`;
}

// One unit in numbers: c = f × c_prev + i × c_tilde and h = o × tanh(c).
export function sums(title, unit) {
  const number = (key) => `<b class="number of-${PARTS[key].hue}">${format(unit[key])}</b>`;
  const factor = (key) => (unit[key] < 0 ? `(${number(key)})` : number(key));
  return `<p class="sums"><span>${title}</span>` +
    `<span><var>c</var> = ${factor("f")} × ${factor("c_prev")} + ${factor("i")} × ${factor("c_tilde")}` +
    ` ${equals(unit.c)} ${number("c")}</span>` +
    `<span><var>h</var> = ${factor("o")} × tanh ${factor("c")} ${equals(unit.h)} ${number("h")}</span></p>`;
}

// Paths side by side, one for each of n units, along a line of points that turns at right angles.
export function strands(points, n, gap = 0.4) {
  const ways = points.slice(1).map(([x, y], k) => [Math.sign(x - points[k][0]), Math.sign(y - points[k][1])]);
  return Array.from({ length: n }, (_, unit) => {
    const shift = ((n - 1) / 2 - unit) * gap; // to the left of the way
    return points.map(([x, y], k) => {
      const [[ax, ay], [bx, by]] = [ways[k - 1] ?? ways[k], ways[k] ?? ways[k - 1]];
      const turn = ax * by - ay * bx; // 1 to the right, -1 to the left, 0 at the ends
      const radius = turn && 0.9 + shift * turn;
      x += shift * (turn ? ay + by : ay) - ax * radius;
      y -= shift * (turn ? ax + bx : ax) + ay * radius;
      const way = k === 0 ? `M${short(x)} ${short(y)}` : ay ? `V${short(y)}` : `H${short(x)}`;
      return turn ? `${way}q${pair(ax, ay, radius)} ${pair(ax + bx, ay + by, radius)}` : way;
    }).join("");
  });
}

// A coordinate to two decimals.
export const short = (x) => Number(x.toFixed(2));
const pair = (x, y, radius) => `${short(x * radius)} ${short(y * radius)}`;

// In JupyterLab, keys pressed on this very element are its own, and no shortcuts of the notebook.
export const KEYS = "data-lm-suppress-shortcuts";

// The buttons, and the note of the one whose values the figure has; of several, the one that says most.
export function presets(state) {
  const holds = ({ set }) => Object.entries(set).every(([key, value]) => String(state[key]) === String(value));
  const said = ({ set }) => Object.keys(set).length;
  const [nearest] = state.presets.filter(holds).sort((a, b) => said(b) - said(a));
  const button = (preset, k) => `<button type="button" ${KEYS} data-preset="${k}" aria-pressed="${holds(preset)}">` +
    `${escape(preset.label)}</button>`;
  return `<div class="buttons">${state.presets.map(button).join("")}</div>` +
    `<p class="remark">${escape(nearest?.note ?? "")}</p>`;
}
