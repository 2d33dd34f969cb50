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

export const escape = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt()};`);

// A number to four decimals, with a true minus sign.
export const format = (value) => String(Number(value.toFixed(4))).replace("-", "−");

// The same, filled with blanks so that decimal points stand in a column.
export function align(value, decimals) {
  const text = format(value);
  const digits = text.split(".")[1] ?? "";
  return text + (digits ? "" : "\u2008") + "\u2007".repeat(decimals - digits.length);
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

const short = (x) => Number(x.toFixed(2));
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
