// A cell reads a sentence: gates, candidate and both states word by word, and what is left of each word in c.
import { connect, escape, fixed, format, KEYS, missing, PARTS, presets, show, slider, span, sums } from "./figure.js";
import { forward, layers } from "./lstm.js";
import { differing, ownRemark } from "./own.js";

const MOST_WORDS = 12;
const ROWS = { f: "f", i: "i", c_tilde: "c̃", c: "c", o: "o", h: "h" };

export const split = (sentence) => sentence.split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);

// Four features of each word, as in sentence.py: capital letter, else ends in s, else neither; last of a sentence.
export const features = (words) => words.map((word, k) => {
  const letters = word.match(/\p{L}/gu) ?? [""];
  const capital = letters[0] !== letters[0].toLowerCase();
  const s = !capital && letters[letters.length - 1] === "s";
  return [capital, s, !capital && !s, k === words.length - 1 || /[.?!]/.test(word)].map(Number);
});

// What each step wrote into a unit's cell state, and how much of it is left at that step and at each later one:
// row k is f[k+1] ⊙ … ⊙ f[t] ⊙ i[k] ⊙ c_tilde[k]. A column sums up to c[t], for the sentence starts from zeros.
export const leftOver = (steps, unit) => steps.map((step, k) => {
  let left = step.i?.[unit] * step.c_tilde?.[unit];
  return steps.map(({ f }, t) => {
    if (t > k) left *= f?.[unit];
    return t < k ? undefined : left;
  });
});

// The cell with the reader's biases, what it reads of the words, and zeros to start from.
function reading(words, { params, forget_bias, input_bias }) {
  const n = params.b_f.length;
  const biases = { b_f: Array(n).fill(forget_bias), b_i: Array(n).fill(input_bias) };
  return { xs: features(words), zeros: Array(n).fill(0), params: { ...params, ...biases } };
}

// What the figure shows of every step, and which of it a student's own function made differently.
function run(words, state) {
  const { xs, zeros, params } = reading(words, state);
  if (!state.own.name) return { steps: forward(xs, zeros, zeros, params), wrong: words.map(() => []) };
  const steps = state.own.steps.slice(0, words.length);
  const wrong = steps.map((step, t) => {
    const h_prev = steps[t - 1]?.h ?? zeros;
    return differing(step, { c_prev: step.c_prev, ...layers(xs[t], h_prev, params) });
  });
  return { steps, wrong };
}

// A row of cells, one per word, each a bar from zero. What is not read yet, or not there, is blank.
function cells(values, { t, low, high }, wrong = () => false) {
  return values.map((value, k) => {
    const kind = `${k === t ? "now" : ""}${low < 0 ? " signed" : ""}${wrong(k) ? " wrong" : ""}`;
    if (k > t || value === undefined) return `<td class="${kind}" data-step="${k + 1}"></td>`;
    const [from, till] = missing(value) ? [0, 0] : span(0, value, [low, high]);
    return `<td class="${kind}" data-step="${k + 1}"><i style="bottom:${from.toFixed(1)}%;` +
      `height:${(till - from).toFixed(1)}%"></i><span class="spoken">${brief(value)}</span></td>`;
  }).join("") + `<td class="number" aria-hidden="true">${values[t] === undefined ? "" : brief(values[t])}</td>`;
}

const brief = (value) => fixed(value, 2);

// Where bars begin and end: at whole numbers, and below zero only if something is.
function ends(rows) {
  const all = rows.flat().filter((value) => !missing(value));
  const high = Math.max(1, Math.ceil(Math.max(...all.map(Math.abs), 0)));
  return { low: Math.min(...all, 0) < -0.05 ? -high : 0, high };
}

function body(key, words, steps, { t, unit, wrong }, n) {
  const { name, hue } = PARTS[key];
  const rows = Array.from({ length: n }, (_, k) => words.map((_, s) => steps[s] && (steps[s][key]?.[k] ?? NaN)));
  const head = `<th scope="rowgroup" rowspan="${n}"><var>${ROWS[key]}</var> ` +
    `<small>${name.replace("new ", "")}</small></th>`;
  return `<tbody class="of-${hue}" data-block="${key}">` + rows.map((row, k) =>
    `<tr data-unit="${k + 1}"${k === unit ? ' class="chosen"' : ""}>${k ? "" : head}` +
    `<th scope="row"><span class="spoken">unit </span>${k + 1}</th>` +
    `${cells(row, { t, ...ends(rows) }, (s) => wrong[s]?.includes(key))}</tr>`).join("") + "</tbody>";
}

// What the chosen unit's cell state is made of, word by word.
function origin(words, steps, { t, unit }, n) {
  const rows = leftOver(steps, unit).map((row) => words.map((_, s) => row[s]));
  const choice = (k) => `<button type="button" ${KEYS} data-unit="${k + 1}" aria-pressed="${k === unit}">` +
    `unit ${k + 1}</button>`;
  return '<tbody class="origin of-memory" data-block="origin">' +
    `<tr><th scope="rowgroup" colspan="${words.length + 3}">What <var>c</var> is made of ` +
    `<span class="choice">${Array.from({ length: n }, (_, k) => choice(k)).join("")}</span></th></tr>` +
    rows.map((row, k) => '<tr><th scope="row" colspan="2"><span class="spoken">left of </span>' +
      `${escape(words[k])}</th>${cells(row, { t, ...ends(rows) })}</tr>`).join("") + "</tbody>";
}

function table(words, steps, look, n) {
  const { t } = look;
  const columns = words.map((word, k) => `<th scope="col" class="${k === t ? "now" : ""}" data-step="${k + 1}">` +
    `<span>${escape(word)}</span></th>`);
  return `<table class="${words.length > 6 ? "long" : ""}" aria-label="all that the cell does, word by word">` +
    `<colgroup><col class="name"><col class="unit"><col span="${words.length}"><col class="value"></colgroup>` +
    `<thead><tr><td colspan="2"></td>${columns.join("")}<td></td></tr></thead>` +
    Object.keys(ROWS).map((key) => body(key, words, steps, look, n)).join("") +
    origin(words, steps, look, n) + "</table>";
}

const spell = ({ words, steps, t }) => `Step ${t + 1} of ${words.length}, ${words[t]}: ` +
  ["c", "h"].map((key) => `${key} is ${(steps[t]?.[key] ?? [NaN]).map(brief).join(", ")}`).join("; ");

// What is shown: the words, what the cell made of them, and the place that the reader looks at.
function scene(state) {
  const words = split(state.sentence);
  const [t, unit] = [Math.min(state.step, words.length) - 1, Math.min(state.unit, state.params.b_f.length) - 1];
  return { words, t, unit, ...run(words, state) };
}

function controls({ words, t }, playing) {
  const button = ([act, sign, label]) =>
    `<button type="button" ${KEYS} data-act="${act}" aria-label="${label}">${sign}</button>`;
  const acts = [["back", "‹", "one word back"], playing ? ["play", "Pause", "pause"] : ["play", "Play", "play"],
    ["on", "›", "one word on"]];
  return `<div class="controls">${acts.map(button).join("")}` +
    slider(`data-key="step" aria-label="word" aria-valuetext="${t + 1} of ${words.length}, ${escape(words[t])}"`,
      t + 1, [1, words.length], 1) + "</div>";
}

const BIASES = { forget_bias: ["forget bias", [-2, 8]], input_bias: ["input bias", [-8, 4]] };

function view(state, { playing = false, spoken = "" } = {}) {
  const now = scene(state);
  const { words, steps, t, unit, wrong } = now;
  const n = state.params.b_f.length;
  const first = wrong.findIndex((keys) => keys.length);
  const one = Object.fromEntries(["c_prev", ...Object.keys(ROWS)].map((key) => [key, steps[t]?.[key]?.[unit]]));
  const bias = ([key, [name, scale]]) => `<label class="of-gate">${name} <b class="number">${format(state[key])}</b>` +
    `${slider(`data-key="${key}"`, state[key], scale, 0.5)}</label>`;
  return '<figure class="lstm-figure player-figure">' +
    `<label class="sentence">sentence <input type="text" ${KEYS} data-key="sentence" maxlength="90"` +
    ` spellcheck="false" autocomplete="off" value="${escape(state.sentence)}"></label>` +
    controls(now, playing) +
    table(words, steps, now, n) +
    (Object.values(one).some(missing) ? "" : sums(`unit ${unit + 1}, ${escape(words[t])}`, one)) +
    ownRemark(state.own, wrong[first] ?? [], ` at step ${first + 1}, “${words[first]}”,`) +
    `<div class="biases">${Object.entries(BIASES).map(bias).join("")}</div>` +
    presets(state) +
    "<figcaption>A cell reads, word by word. Nobody trained it: its weights were set by hand. All it sees of a word " +
    "is whether it begins with a capital letter, else ends in <i>s</i>, or neither, and whether it is the last of " +
    `its sentence. It reads ${MOST_WORDS} words at most.</figcaption>` +
    `<p class="spoken" aria-live="polite">${escape(spoken)}</p></figure>`;
}

const still = (state) => view(state);

const TRAITS = ["sentence", "step", "unit", "forget_bias", "input_bias", "params", "presets", "own"];
const SECONDS_PER_WORD = 1.2;

function render({ model, el }) {
  const { read, set, leave } = connect(model, TRAITS, draw, () => draw({ spoken: spell(scene(read())) }));
  let looks = {}, clock;

  function draw(change) {
    looks = { ...looks, ...change };
    show(el, view(read(), looks));
  }
  function go(way) {
    const { words, t } = scene(read());
    set({ step: Math.max(1, Math.min(words.length, t + 1 + way)) });
    return t + 1 + way < words.length;
  }
  function play(on) {
    clearInterval(clock);
    draw({ playing: on });
    if (on) clock = setInterval(() => go(1) || play(false), 1000 * SECONDS_PER_WORD);
  }
  function press(act) {
    const playing = act === "play" && !looks.playing;
    if (playing && model.get("step") >= split(model.get("sentence")).length) set({ step: 1 });
    play(playing);
    if (act !== "play") go(act === "on" ? 1 : -1);
  }
  el.addEventListener("input", ({ target }) => {
    const { key } = target.dataset;
    if (key !== "sentence") set({ [key]: Number(target.value) });
    else if (split(target.value).length) set({ sentence: target.value });
  });
  el.addEventListener("click", ({ target }) => {
    const of = (what) => target.closest(`[data-${what}]`)?.dataset[what];
    if (of("preset")) set(model.get("presets")[of("preset")].set);
    if (of("act")) press(of("act"));
    for (const key of ["step", "unit"]) if (of(key)) set({ [key]: Number(of(key)) });
  });
  el.addEventListener("keydown", (event) => {
    if (event.key !== " " || event.target.dataset.key !== "step") return;
    event.preventDefault();
    press("play");
  });

  draw();
  return () => {
    clearInterval(clock);
    leave();
  };
}

export default { render, still };
