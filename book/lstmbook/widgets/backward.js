// The way back: the slope of the loss on every wire of a step, and what each step hands to the one before it.
import { narrowDrawing, svg } from "./cell-drawings.js";
import { connect, escape, format, KEYS, PARTS, show, slider } from "./figure.js";
import { affineBack, backward, forward, sigmoidSlope, tanhSlope } from "./lstm.js";

const SYMBOLS = {
  c_prev: "c<sub>t−1</sub>", f: "f<sub>t</sub>", kept: "f<sub>t</sub> ⊙ c<sub>t−1</sub>", i: "i<sub>t</sub>",
  c_tilde: "c̃<sub>t</sub>", added: "i<sub>t</sub> ⊙ c̃<sub>t</sub>", c: "c<sub>t</sub>",
  tanh_c: "tanh c<sub>t</sub>", o: "o<sub>t</sub>", h: "h<sub>t</sub>",
};
const LAYERS = { f: "f", i: "i", c_tilde: "c", o: "o" };

// The moves of one step: the wires that each reaches, what it does, and what is computed, in the names of `inUnit`.
const MOVES = [
  [["h"], "What the loss says, and what the next step handed back.", "dh = loss + dh_next"],
  [["o", "tanh_c"], "Through h = o ⊙ tanh c: each side gets dh times the other.",
    "do = dh × tanh_c", "dtanh_c = dh × o"],
  [["c"], "Through the curve, times its slope; the road from the next step joins.",
    "dc = dtanh_c × slope_tanh + dc_next"],
  [["kept", "added", "f", "c_prev", "i", "c_tilde"],
    "Both products get dc; in each, either side gets it times the other.",
    "df = dc × c_prev", "dc_prev = dc × f", "di = dc × c_tilde", "dc_tilde = dc × i"],
  [["z"], "Through the four curves, times their slopes.",
    "dz_f = df × slope_f", "dz_i = di × slope_i", "dz_c = dc_tilde × slope_c", "dz_o = do × slope_o"],
  [["h_prev", "x"], "Through the weights: four layers’ parts are added.",
    "dh_prev = by_f + by_i + by_c + by_o"],
];
const reachedAt = (key) => MOVES.findIndex(([wires]) => wires.includes(key));

// A number to four digits, a small one to three and at most five decimals; with a true minus sign.
const digits = (value) => {
  const size = Math.abs(value);
  const rounded = Number(Number(value.toPrecision(size < 0.1 ? 3 : 4)).toFixed(5));
  const text = value && size < 1e-4 ? value.toExponential(0) : String(rounded);
  return (size < 0.1 ? text.replace("0.", ".") : text).replaceAll("-", "−");
};
const list = (values) => values.map(digits).join(", ");

// The run forwards and backwards; and where the reader is: at step t, whose first `done` moves are made.
function scene({ xs, h0, c0, params, forget_bias, dh, dc, loss_at, at }) {
  const biased = { ...params, b_f: params.b_f.map(() => forget_bias) };
  const steps = forward(xs, h0, c0, biased);
  const dhs = steps.map((_, t) => dh.map((slope) => (loss_at === 0 || loss_at === t + 1 ? slope : 0)));
  const back = backward(dhs, steps, biased, dc);
  const gone = Math.max(0, Math.ceil(at / MOVES.length) - 1);
  const t = xs.length - 1 - gone;
  return { t, done: at - gone * MOVES.length, step: steps[t], loss: dhs[t], d: back[t], back, params: biased };
}

// Everything about one unit at step t, by name.
function inUnit(unit, { step, loss, d, params }) {
  const all = { ...step, loss, dh_next: d.dh_next, dc_next: d.dc_next, slope_tanh: step.tanh_c.map(tanhSlope) };
  for (const key of [...Object.keys(SYMBOLS), "h_prev"]) all[`d${key}`] = d[key];
  for (const [key, k] of Object.entries(LAYERS)) {
    all[`dz_${k}`] = d.dz[k];
    all[`slope_${k}`] = step[key].map(k === "c" ? tanhSlope : sigmoidSlope);
    all[`by_${k}`] = affineBack(params[`W_${k}`], d.dz[k]);
  }
  return (name) => all[name][unit - 1];
}

// The move that was made last, in one unit: [line, numbers, result] of each of its lines.
function computed(unit, now) {
  const u = inUnit(unit, now);
  const number = (name) => (/\w/.test(name) ? digits(u(name)).replace(/^−.*/, "($&)") : name);
  const [, , ...lines] = MOVES[now.done - 1] ?? [];
  return lines.map((line) => {
    const [result, expression] = line.split(" = ");
    return [line, expression.split(" ").map(number).join(" "), digits(u(result))];
  });
}

function block(key, { done, step, d }, [x, y]) {
  const { name, hue } = PARTS[key];
  const layer = LAYERS[key];
  const columns = [[reachedAt(key), d[key]], ...(layer ? [[reachedAt("z"), d.dz[layer]]] : [])];
  const slope = ([when, slopes], k) => (done > when ? digits(slopes[k]) : done === when ? "?" : "");
  const rows = step[key].map((value, k) => `<div class="unit u${k}" data-unit="${k + 1}">` +
    `<span>${format(layer ? Number(value.toFixed(2)) : value)}</span>` +
    columns.map((column) => `<b class="number">${slope(column, k)}</b>`).join("") + "</div>");
  const said = columns.map(([when, slopes]) => (done > when ? list(slopes) : "?")).join(", before the curve ");
  return `<div class="block of-${hue} ${layer ? "given" : "found"}" style="--x:${x};--y:${y}" role="img"` +
    ` aria-label="${name}: slopes ${said}; values ${list(step[key])}">` +
    `<div class="head"><var>${SYMBOLS[key]}</var><small>${layer ? `<b>dz<sub>${layer}</sub></b>` +
    `<b>d${layer === "c" ? "c̃" : layer}</b>` : `<b>${name}</b>`}</small></div>${rows.join("")}</div>`;
}

// How wide a wire is, from 0 to 1: it goes with the root of its slope.
const width = (slope, slopes) => 0.1 + 0.9 * Math.sqrt(Math.abs(slope) / (Math.max(...slopes.map(Math.abs)) || 1));

// The cell, its arrow tips pointing the other way.
function cellPicture(now) {
  const { done, d } = now;
  const drawing = narrowDrawing(d.h.length);
  const keys = Object.keys(SYMBOLS);
  const all = keys.flatMap((key) => d[key]);
  const share = (key, k) => (done > reachedAt(key) ? width(d[key][k], all) : 0);
  const tips = drawing.tips.map(([hue, x, y, turn]) => [hue, turn ? x : x + 1.2, turn ? y + 1.2 : y, turn + 180]);
  return `<div><div class="stage" style="--h:${drawing.size[1]}">${svg({ ...drawing, tips }, d.h.length, share)}` +
    keys.map((key) => block(key, now, drawing.blocks[key])).join("") + "</div></div>";
}

// The sequence: what each step hands to the one before it, in one unit, along c above its word and along h below.
function strip({ words, at, unit, loss_at }, { t, back }) {
  const all = back.flatMap((d) => [d.c_prev[unit - 1], d.h_prev[unit - 1]]);
  const steps = words.map((word, k) => {
    const end = (words.length - k) * MOVES.length;
    const wire = (slope, hue) => `<span class="wire of-${hue}"><i style="height:` +
      `${(at < end ? 0.1 : width(slope, all)).toFixed(2)}em"></i>` +
      `<b class="number">${at < end ? "" : digits(slope)}</b></span>`;
    return `<button type="button" ${KEYS} data-at="${end}" aria-pressed="${k === t}">${wire(all[2 * k], "memory")}` +
      `<span>${escape(word)}</span>${wire(all[2 * k + 1], "output")}` +
      `<small>${loss_at === 0 || loss_at === k + 1 ? "loss" : ""}</small></button>`;
  });
  return `<div class="strip" role="group" aria-label="steps">${steps.join("")}</div>`;
}

function moves({ at, words }, { t, done }) {
  const end = words.length * MOVES.length;
  const button = (to, label) =>
    `<button type="button" ${KEYS} data-at="${to}" aria-disabled="${to === at}">${label}</button>`;
  return `<div class="moves">${button(Math.min(end, at + 1), "◀ back")}${button(Math.max(0, at - 1), "forward ▶")}` +
    `<label data-block="at"><span>${words[t] && `${escape(words[t])}:`} move ${done} of ${MOVES.length}` +
    `<b class="number spoken">${at}</b></span>${slider('data-key="at" dir="rtl"', at, [0, end], 1)}</label></div>`;
}

function settings({ forget_bias, loss_at, words }) {
  const setting = (key, hue, name, value, said, ends, step) => `<label class="of-${hue}" data-block="${key}"><span>` +
    `${name} <b class="number">${said}</b></span>${slider(`data-key="${key}"`, value, ends, step)}</label>`;
  return setting("forget_bias", "gate", "forget bias", forget_bias, format(forget_bias), [-4, 8], 0.1) +
    (words[1] ? setting("loss_at", "output", "loss at step", loss_at, loss_at || "all", [0, words.length], 1) : "");
}

// What goes to the step before and to the input; and, added up over the steps so far, to the forget gate's bias.
function handed({ t, done, d, back }) {
  const sum = d.h.map((_, k) => back.slice(t).reduce((total, { dz }) => total + dz.f[k], 0));
  const rows = { "dh<sub>t−1</sub>": d.h_prev, "dx<sub>t</sub>": d.x, "db<sub>f</sub> so far": sum };
  return `<p class="handed">${Object.entries(rows).map(([name, slopes]) =>
    `<span><var>${name}</var><b class="number">${done === MOVES.length ? list(slopes) : "…"}</b></span>`).join("")}</p>`;
}

function view(state) {
  const now = scene(state);
  const [, says] = MOVES[now.done - 1] ?? [, "Nothing has come back yet."];
  return '<figure class="lstm-figure cell-figure backward-figure">' +
    (state.words[1] ? strip(state, now) : "") +
    `<div class="sides"><div>${moves(state, now)}<p class="said" aria-live="polite">${says}</p>` +
    `<p class="sums" aria-live="polite"><span data-block="unit">unit <b class="number">${state.unit}</b></span>` +
    computed(state.unit, now).map(([line, numbers, result]) =>
      `<span><code>${line}</code><br>= ${numbers} = <b class="number">${result}</b></span>`).join("") +
    `</p>${handed(now)}<div class="settings">${settings(state)}</div></div>${cellPicture(now)}</div>` +
    "<figcaption>On each wire its value and the slope of the loss; ? where the next move comes." +
    `${state.words[1] ? " Above, what each step hands back along c and h." : ""}</figcaption></figure>`;
}

const TRAITS = ["words", "xs", "h0", "c0", "params", "dh", "dc", "at", "unit", "forget_bias", "loss_at"];

function render({ model, el }) {
  const { read, set, leave } = connect(model, TRAITS, draw);

  function draw() {
    show(el, view(read()));
  }
  el.addEventListener("input", ({ target }) => set({ [target.dataset.key]: Number(target.value) }));
  const choose = (key) => ({ target }) => {
    const chosen = target.closest(`[data-${key}]`)?.dataset[key];
    if (chosen) set({ [key]: Number(chosen) });
  };
  el.addEventListener("click", choose("at"));
  el.addEventListener("pointerover", choose("unit"));
  draw();
  return leave;
}

export default { render, still: view };
