// A trained network reads what the reader types: every unit's gates and states over time, what it expects next, and what
// becomes of that when the reader takes hold of a unit; one step down to its multiplications.
import { connect, escape, fixed, format, KEYS, PARTS, presets, show, slider, sums } from "./figure.js";
import { affine, layers, states } from "./lstm.js";

const SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const ROWS = { f: "f", i: "i", c_tilde: "c̃", o: "o", c: "c", h: "h" };
const GATES = "fio";
const MOST = 400; // symbols of a text
const EXPECTED = 8; // symbols whose probabilities are shown
const TERMS = 4; // of a sum, by name
const MANY = 24; // units, too many for a number on each

// A parameter, from the form in which it is stored: rows of numbers, or bytes in base64 and a scale for each row.
export function unpack(value) {
  if (Array.isArray(value)) return value;
  const bytes = [];
  let [bits, count] = [0, 0];
  for (const sign of value.codes.replace(/=/g, "")) {
    [bits, count] = [(bits << 6) | SIGNS.indexOf(sign), count + 6];
    if (count < 8) continue;
    bytes.push(((bits >> (count - 8)) << 24) >> 24); // with its sign
    [bits, count] = [bits & 63, count - 8];
  }
  const m = bytes.length / value.scales.length;
  return value.scales.map((scale, k) => bytes.slice(k * m, (k + 1) * m).map((code) => code * scale));
}

// What of a text the network can read: other letters become small or capital ones that it knows, or fall away.
export function known(text, { alphabet }) {
  const ways = (sign) => [sign === "⏎" ? "\n" : sign, sign.toLowerCase(), sign.toUpperCase()];
  return [...text].map((sign) => ways(sign).find((way) => alphabet.includes(way)) ?? "").join("").slice(0, MOST);
}

// The signs that fell away.
const strange = ({ text, network }) => [...new Set(text)].filter((one) => !known(one, network));

// What the reader holds: "h3=0" is unit 3's h at every step, "c3=-1@7" its c at step 7 alone.
export function holding(text) {
  const [, part, unit, value, step] = text.match(/^(c_tilde|[fioch])(\d+)=(-?[\d.]+)(?:@(\d+))?$/);
  return { part, unit: Number(unit), value: Number(value), step: Number(step ?? 0) };
}

export function softmax(ys) {
  const high = Math.max(...ys);
  const shares = ys.map((y) => Math.exp(y - high));
  const sum = shares.reduce((a, b) => a + b);
  return shares.map((share) => share / sum);
}

// Numbers from 0 to 1 that a seed decides (mulberry32).
export function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let bits = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

// One symbol, drawn by its probability at a temperature.
export function drawn(ys, temperature, share) {
  const p = softmax(ys.map((y) => y / temperature));
  const k = p.findIndex((p_k) => (share -= p_k) < 0);
  return k < 0 ? p.indexOf(Math.max(...p)) : k; // rounding can leave a little at the end
}

// The network reads a text from zero states, then goes on writing: all that a step computes, with `y` and `p`.
export function reading({ params, alphabet }, text, holds, { more = 0, temperature = 1, seed = 0 } = {}) {
  const [symbols, next] = [[...text], random(seed)];
  const zeros = params.b_f.map(() => 0);
  let [h_prev, c_prev] = [zeros, zeros];
  const steps = [];
  for (let t = 0; t < symbols.length; t++) {
    const put = (part, values) => holds.filter((hold) => hold.part === part && [0, t + 1].includes(hold.step))
      .reduce((all, { unit, value }) => all.map((old, k) => (k === unit - 1 ? value : old)), values);
    const x = [...alphabet].map((symbol) => Number(symbol === symbols[t]));
    const made = layers(x, h_prev, params);
    const gates = Object.fromEntries(Object.entries(made).map(([part, values]) => [part, put(part, values)]));
    const c = put("c", states({ c_prev, ...gates }).c);
    const h = put("h", c.map((c_k, k) => gates.o[k] * Math.tanh(c_k)));
    const y = affine(params.W_y, h, params.b_y);
    steps.push({ symbol: symbols[t], x, h_prev, c_prev, made, ...gates, c, h, y, p: softmax(y) });
    [h_prev, c_prev] = [h, c];
    if (t === symbols.length - 1 && t < text.length - 1 + more) symbols.push(alphabet[drawn(y, temperature, next())]);
  }
  return steps;
}

// From a place in the network's language, if it has one, the ways on: a place for each symbol that may come.
function waysOn({ grammar, letters }, place) {
  if (grammar) return grammar[place ?? "start"];
  const [phase, n, left] = place ?? [-1, 0, 0];
  const [now, then] = [letters[phase], letters[phase + 1]];
  if (phase < 0) return { [then]: [0, 1, 0] };
  if (phase === 0) return { [now]: [0, n + 1, 0], [then]: [1, n, n - 1] };
  if (left) return { [now]: [phase, n, left - 1] };
  return then ? { [then]: [phase + 1, n, n - 1] } : { E: undefined };
}

// After each symbol read, those that may come next; undefined once the text has left the language.
export function lawful(network, symbols) {
  let ways = network.grammar || network.letters ? waysOn(network) : undefined;
  return symbols.map((symbol) => {
    ways = ways && symbol in ways ? waysOn(network, ways[symbol]) : undefined;
    return ways && Object.keys(ways);
  });
}

// Whether each symbol that may come is held to be likelier than each that may not.
const right = (p, may, alphabet) => {
  const of = (wanted) => [...alphabet].flatMap((symbol, k) => (may.includes(symbol) === wanted ? [p[k]] : []));
  return Math.min(...of(true)) > Math.max(...of(false));
};

// The last result of a function, kept as long as its key is the same.
function keep(make) {
  let [last, value] = [];
  return (key, ...given) => {
    if (key !== last) [last, value] = [key, make(...given)];
    return value;
  };
}

// What is shown: the network as trained and as held, and the place that the reader looks at.
function watcher() {
  const network = keep((stored) => ({ ...stored,
    params: Object.fromEntries(Object.entries(stored.params).map(([key, value]) => [key, unpack(value)])) }));
  const [held, trained] = [keep(reading), keep(reading)];
  const largest = keep((runs, n) => Array.from({ length: n }, (_, unit) =>
    runs.flat().reduce((high, { c }) => Math.max(high, Math.abs(c[unit])), 1)));
  return (state) => {
    const net = network(state.network, state.network);
    const n = net.params.b_f.length;
    const text = known(state.text, net);
    const holds = state.holds.map(holding).filter(({ unit }) => unit <= n);
    const key = (...parts) => JSON.stringify([net.alphabet, ...parts]);
    const now = key(text, holds, state.more, state.temperature, state.seed);
    const steps = held(now, net, text, holds, state);
    const symbols = steps.map(({ symbol }) => symbol);
    const before = holds.length ? trained(key(symbols), net, symbols.join(""), []) : steps;
    const [t, unit] = [Math.min(state.step, steps.length) - 1, Math.min(state.unit, n) - 1];
    const high = largest(now, [steps, before], n);
    return { net, n, text, holds, steps, before, symbols, high, may: lawful(net, symbols), t, unit, part: state.part };
  };
}

const sign = (symbol) => ({ " ": "␣", "\n": "⏎" })[symbol] ?? escape(symbol);
const percent = (p) => (p > 0 && p < 0.005 ? "< 1 %" : p < 1 && p > 0.995 ? "> 99 %" : `${Math.round(100 * p)} %`);
const named = (part, unit) => `<var>${ROWS[part]}</var> of unit ${unit + 1}`;

// Ends of the scale on which a part of a unit is drawn.
function ends({ high }, part, unit) {
  if (GATES.includes(part)) return [0, 1];
  return part === "c" ? [-high[unit], high[unit]] : [-1, 1];
}

// A colour from blue, −, to orange, +.
const tone = (value, high) => `class="${value < 0 ? "down" : "up"}" style="--v:${
  Math.round(62 * Math.min(1, Math.abs(value) / high))}%"`;

// The text: each symbol in the colour of what the chosen unit made of it; below it, how far it was expected.
function strip(now, lost) {
  const { net, steps, before, text, t, unit, part } = now;
  const [low, high] = ends(now, part, unit);
  const bar = (run, k, kind) => {
    const share = k ? run[k - 1].p[net.alphabet.indexOf(steps[k].symbol)] : 0;
    return `<i class="${kind}" style="height:${Math.round(100 * share)}%"></i>`;
  };
  const cells = steps.map((step, k) => {
    const kind = `${k === t ? "now " : ""}${k < text.length ? "" : "written"}`;
    const bars = (before === steps ? "" : bar(before, k, "ghost")) + bar(steps, k, "");
    return `<span data-step="${k + 1}" class="${kind}"><b ${tone(step[part][unit], high)}>` +
      `${step.symbol === " " ? "\u00a0" : sign(step.symbol)}</b><u>${bars}</u></span>`;
  });
  return `<div class="strip" aria-hidden="true">${cells.join("")}</div>` +
    `<p class="legend"><span>${named(part, unit)}: ${format(Number(low.toFixed(1)))} ` +
    `<i class="scale ${low < 0 ? "" : "half"}"></i> ${format(Number(high.toFixed(1)))}</span>` +
    '<span><i class="key"></i> how probable it was that the symbol would come</span>' +
    `${lost.length ? `<span>it cannot read ${lost.slice(0, 12).map(sign).join(" ")}</span>` : ""}</p>`;
}

const button = (attributes, label) => `<button type="button" ${KEYS} ${attributes}>${label}</button>`;

// Which step and which unit are looked at; and what all units made of the step.
function places(now) {
  const { steps, t, n, unit, part } = now;
  const said = `aria-valuetext="${t + 1} of ${steps.length}, ${sign(steps[t].symbol)}"`;
  const dial = (key, value, count, more) => `<label>${key} <b class="number">${value}</b> of ${count}` +
    slider(`data-key="${key}" aria-label="${key}" ${more}`, value, [1, Math.max(2, count)], 1) + "</label>";
  const units = steps[t][part].map((value, k) => `<span data-unit="${k + 1}" class="${k === unit ? "now" : ""}">` +
    `<b ${tone(value, ends(now, part, k)[1])}>${n > MANY ? "" : k + 1}</b></span>`);
  return `<div class="places">${dial("step", t + 1, steps.length, said)}` +
    `<div>${dial("unit", unit + 1, n, "")}<div class="units" aria-hidden="true">${units.join("")}</div></div></div>`;
}

// A unit's six parts over time, each a line that steps from symbol to symbol; behind it what it is untouched.
function chart(now) {
  const { steps, before, t, unit, part } = now;
  const T = steps.length;
  const row = ([key, letter]) => {
    const [low, high] = ends(now, key, unit);
    const height = (step) => (100 - (100 * (step[key][unit] - low)) / (high - low)).toFixed(1);
    const line = (run) => run.map((step, k) => `${k ? "V" : "M0 "}${height(step)}h1`).join("");
    const ghost = before === steps ? "" : `<path class="ghost" d="${line(before)}"/>`;
    return `<div class="part of-${PARTS[key].hue}" data-block="${key}">` +
      button(`data-part="${key}" aria-pressed="${key === part}"`, `<var>${letter}</var> ` +
        `<small>${PARTS[key].name.replace("new ", "")}</small>`) +
      `<svg viewBox="0 -4 ${T} 108" preserveAspectRatio="none" data-line aria-hidden="true">` +
      `<rect x="${t}" y="-4" width="1" height="108"/><path class="zero" d="M0 ${low < 0 ? 50 : 100}H${T}"/>` +
      `${ghost}<path d="${line(steps)}"/></svg>` +
      `<b class="number">${fixed(steps[t][key][unit], 3)}</b></div>`;
  };
  return `<div class="rows">${Object.entries(ROWS).map(row).join("")}</div>`;
}

// What may come next, and how probable the network holds it; behind it what it would say untouched.
function expected({ net, steps, before, may, t }) {
  const { p } = steps[t];
  const first = [...p.keys()].sort((a, b) => p[b] - p[a]).slice(0, EXPECTED);
  const order = net.alphabet.length > EXPECTED ? first : [...p.keys()];
  const bar = (kind, p_k) => `<i class="${kind}" style="width:${(100 * p_k).toFixed(1)}%"></i>`;
  const row = (k) => {
    const legal = may[t]?.includes(net.alphabet[k]);
    const was = before === steps ? undefined : before[t].p[k];
    return `<tr class="${legal ? "may" : ""}"><th scope="row">${sign(net.alphabet[k])}` +
      `${legal ? '<span class="spoken"> may come</span>' : ""}</th>` +
      `<td><div class="bar">${was === undefined ? "" : bar("was", was)}${bar("", p[k])}</div></td>` +
      `<td class="number">${percent(p[k])}</td>` +
      (was === undefined ? "" : `<td class="number was">${percent(was)}</td>`) + "</tr>";
  };
  return '<table class="expected of-output"><caption>what comes next' +
    `${before === steps ? "" : " <small>(grey: untouched)</small>"}</caption><tbody>${order.map(row).join("")}` +
    "</tbody></table>";
}

// How well the text is foretold: steps that are right, or bits that each symbol costs.
function verdict({ net, steps, before, may, symbols }) {
  const judged = may.flatMap((ways, t) => (ways?.length ? [t] : []));
  const count = (run) => `${judged.filter((t) => right(run[t].p, may[t], net.alphabet)).length} of ${judged.length}`;
  const bits = (run) => (run.slice(0, -1).reduce((sum, { p }, t) =>
    sum - Math.log2(p[net.alphabet.indexOf(symbols[t + 1])]), 0) / (run.length - 1)).toFixed(2);
  const say = judged.length ? (run) => `right at ${count(run)} steps` : (run) => `${bits(run)} bits per symbol`;
  if (!judged.length && steps.length < 2) return "";
  const left = may.findIndex((ways) => !ways);
  return say(steps) + (before === steps ? "" : `; untouched, ${say(before)}`) +
    (judged.length && left >= 0 ? `; from step ${left + 1} on the text is not of its language` : "");
}

function hands(now, state, level) {
  const { unit, part, holds, t } = now;
  const mine = holds.find((hold) => hold.part === part && hold.unit === unit + 1);
  const [low, high] = ends(now, part, unit).map((end) => Math.sign(end) * Math.ceil(Math.abs(end)));
  const value = mine?.value ?? Math.max(low, Math.min(high, level));
  const loose = state.holds.map((hold) => {
    const { part, unit, value, step } = holding(hold);
    const when = step ? ` at step ${step}` : "";
    return button(`data-loose="${hold}"`, `<var>${ROWS[part]}</var> of unit ${unit} = ${format(value)}${when} ✕` +
      '<span class="spoken"> let go</span>');
  });
  return `<div class="hands of-${PARTS[part].hue}"><label>hold ${named(part, unit)} at ` +
    `<b class="number">${format(value)}</b>` +
    slider(`data-key="level" aria-label="value to hold"`, value, [low, high], 0.05) + "</label>" +
    '<div class="buttons">' +
    button(`data-hold="${part}${unit + 1}=${value}"`, "at every step") +
    button(`data-hold="${part}${unit + 1}=${value}@${t + 1}"`, `at step ${t + 1} alone`) +
    button(`data-hold="h${unit + 1}=0"`, `silence unit ${unit + 1}`) + loose.join("") + "</div></div>";
}

// A sum in its largest terms: [name, weight, value] each, then what is left, the bias and the sum.
function sum(title, terms, bias, end) {
  const product = ([, weight, value]) => weight * value;
  const sorted = terms.filter(product).sort((a, b) => Math.abs(product(b)) - Math.abs(product(a)));
  const rest = sorted.slice(TERMS).reduce((all, term) => all + product(term), 0);
  const row = (name, sum, value) => `<tr><th scope="row">${name}</th><td>${sum}</td><td class="number">${
    fixed(value, 3)}</td></tr>`;
  return `<table><caption>${title}</caption><tbody>` +
    sorted.slice(0, TERMS).map((term) =>
      row(term[0], `${fixed(term[1], 3)} × ${fixed(term[2], 3)}`, product(term))).join("") +
    (sorted.length > TERMS ? row(`${sorted.length - TERMS} more`, "", rest) : "") + row("bias", "", bias) +
    row("sum", "", terms.reduce((all, term) => all + product(term), bias)) + `</tbody><tfoot>${end}</tfoot></table>`;
}

// The step that is looked at, in numbers: the unit's four sums, its two states, and why the likeliest symbol is it.
function opened({ net, steps, t, unit, holds }, state) {
  const step = steps[t];
  const here = holds.filter((hold) => hold.unit === unit + 1 && [0, t + 1].includes(hold.step));
  const heldAt = (part) => here.find((hold) => hold.part === part);
  const reads = [...step.h_prev.map((h, k) => [`<var>h</var><sub>${k + 1}</sub>`, h]),
    ...step.x.map((x, k) => [`<var>x</var> = ${sign(net.alphabet[k])}`, x])];
  const layer = (part) => {
    const key = part === "c_tilde" ? "c" : part;
    const terms = reads.map(([name, value], k) => [name, net.params[`W_${key}`][unit][k], value]);
    const squash = part === "c_tilde" ? "tanh" : "σ";
    const held = heldAt(part) ? `, held at ${format(step[part][unit])}` : "";
    return `<div class="of-${PARTS[part].hue}">` + sum(`<var>${ROWS[part]}</var> ${PARTS[part].name}`, terms,
      net.params[`b_${key}`][unit], `<tr><td colspan="3">${squash} of it: <b class="number">${
        fixed(step.made[part][unit], 3)}</b>${held}</td></tr>`) + "</div>";
  };
  const best = step.p.indexOf(Math.max(...step.p));
  const votes = step.h.map((h, k) => [`<var>h</var><sub>${k + 1}</sub>`, net.params.W_y[best][k], h]);
  const one = Object.fromEntries(["c_prev", ...Object.keys(ROWS)].map((part) => [part, step[part][unit]]));
  const held = ["c", "h"].filter(heldAt).map((part) => `${named(part, unit)} is held at ${format(one[part])}`).join(", ");
  return (held ? `<p class="sums"><span>${held}</span></p>` : sums(`unit ${unit + 1}, ${sign(step.symbol)}`, one)) +
    `<div class="opened">${["f", "i", "c_tilde", "o"].map(layer).join("")}<div class="of-output">` +
    sum(`<var>y</var> for ${sign(net.alphabet[best])}`, votes, net.params.b_y[best],
      `<tr><td colspan="3">softmax: <b class="number">${percent(step.p[best])}</b></td></tr>`) + "</div></div>";
}

function writing({ more, temperature, seed }) {
  return '<div class="writing">' +
    `<label>let it write <b class="number">${more}</b> symbols` +
    slider('data-key="more" aria-label="symbols to write"', more, [0, 200], 10) + "</label>" +
    `<label>temperature <b class="number">${format(temperature)}</b>` +
    slider('data-key="temperature" aria-label="temperature"', temperature, [0.1, 2], 0.05) + "</label>" +
    button('data-act="seed"', `another draw <small>(seed ${seed})</small>`) + "</div>";
}

function spell(now) {
  const { net, steps, before, t, unit } = now;
  const likely = ({ p }) => [...p.keys()].sort((a, b) => p[b] - p[a]).slice(0, 2)
    .map((k) => `${sign(net.alphabet[k])} ${percent(p[k])}`).join(", ");
  return `Step ${t + 1} of ${steps.length}, ${sign(steps[t].symbol)}. Unit ${unit + 1}: ` +
    Object.keys(ROWS).map((part) => `${part === "c_tilde" ? "candidate" : part} ${fixed(steps[t][part][unit], 2)}`).join(", ") +
    `. Next: ${likely(steps[t])}` + (before === steps ? "." : `; untouched ${likely(before[t])}.`);
}

const watch = watcher();

function view(state, { spoken = "", level = 0 } = {}, seen = watch) {
  const now = seen(state);
  const shown = state.text.replace(/\n/g, "⏎");
  return '<figure class="lstm-figure reader-figure">' +
    `<label class="sentence">text <input type="text" ${KEYS} data-key="text" spellcheck="false" autocapitalize="off"` +
    ` autocomplete="off" maxlength="${MOST}" value="${escape(shown)}"></label>` +
    strip(now, strange(state)) + places(now) +
    `<div class="sides">${chart(now)}${expected(now)}</div>` +
    `<p class="verdict">${verdict(now)}</p>` +
    hands(now, state, level) +
    button(`class="open" data-act="open" aria-expanded="${state.opened}"`, "this step in numbers") +
    (state.opened ? opened(now, state) : "") +
    writing(state) +
    presets(state) +
    `<figcaption>${escape(state.caption)}</figcaption>` +
    `<p class="spoken" aria-live="polite">${spoken}</p></figure>`;
}

const still = (state) => view(state);

const TRAITS = ["network", "text", "step", "unit", "part", "holds", "more", "temperature", "seed", "opened",
  "caption", "presets"];

function render({ model, el }) {
  const { read, set, leave } = connect(model, TRAITS, draw, () => draw({ spoken: spell(seen(read())) }));
  const seen = watcher();
  let looks = {};

  function draw(change) {
    looks = { ...looks, ...change };
    show(el, view(read(), looks, seen));
  }
  const place = (hold) => hold.replace(/=.*?(?=@|$)/, "");
  const hold = (wanted) => set({ holds: [...model.get("holds").filter((old) => place(old) !== place(wanted)), wanted] });

  el.addEventListener("input", ({ target }) => {
    const { key } = target.dataset;
    if (key === "level") {
      const { unit, part } = seen(read());
      draw({ level: Number(target.value) });
      const holds = model.get("holds").map((old) => {
        const { step, ...mine } = holding(old);
        return mine.part === part && mine.unit === unit + 1 ? old.replace(/=[^@]*/, `=${target.value}`) : old;
      });
      if (String(holds) !== String(model.get("holds"))) set({ holds });
    } else if (key !== "text") set({ [key]: Number(target.value) });
    else if (known(target.value, model.get("network"))) set({ text: target.value, step: MOST });
  });
  el.addEventListener("click", (event) => {
    const of = (what) => event.target.closest(`[data-${what}]`)?.dataset[what];
    if (of("preset")) set(model.get("presets")[of("preset")].set);
    if (of("part")) set({ part: of("part") });
    if (of("hold")) hold(of("hold"));
    if (of("loose")) set({ holds: model.get("holds").filter((old) => old !== of("loose")) });
    if (of("act") === "open") set({ opened: !model.get("opened") });
    if (of("act") === "seed") set({ seed: model.get("seed") + 1 });
    for (const key of ["step", "unit"]) if (of(key)) set({ [key]: Number(of(key)) });
    const line = event.target.closest("[data-line]")?.getBoundingClientRect();
    if (line) set({ step: 1 + Math.floor((seen(read()).steps.length * (event.clientX - line.left)) / line.width) });
  });

  draw();
  return leave;
}

export default { render, still };
