// A student's own function in a figure: what the kernel computed with it (own_code.py), beside the figure's own cell.
import { escape, missing, PARTS } from "./figure.js";
import { states } from "./lstm.js";

const near = (value, other) => !missing(value) && Math.abs(value - other) <= 1e-6 * Math.max(1, Math.abs(other));

// Keys of what this figure's cell would not have computed from the same. `expected` are the four layers' values; c is
// judged by the student's own gates and candidate, h by their own c, so that one slip is marked once.
export function differing(step, expected) {
  const layers = Object.fromEntries(["f", "i", "c_tilde", "o"].map((key) => [key, step[key] ?? expected[key]]));
  const { c } = states({ ...expected, ...layers });
  const { h } = states({ ...layers, c_prev: step.c ?? c, f: layers.f.map(() => 1), i: layers.i.map(() => 0) });
  const right = { ...expected, c, h };
  return ["f", "i", "c_tilde", "c", "o", "h"].filter((key) =>
    step[key] && !step[key].every((value, k) => near(value, right[key][k])));
}

// What a cell's wires carry: what the sliders make, or what a student's own function did with them.
export function carried(state) {
  if (!state.own.name) return { values: { ...state, ...states(state) }, wrong: [] };
  const nothing = state.c_prev.map(() => NaN);
  const [step = {}] = state.own.steps;
  const own = Object.fromEntries(["f", "i", "c_tilde", "o", "c", "h"].map((key) => [key, step[key] ?? nothing]));
  const values = { ...state, ...states({ ...state, ...own }), ...own, tanh_c: own.c.map(Math.tanh) };
  return { values, wrong: differing(step, state) };
}

// What the figure says about the function; nothing if the figure computes by itself.
export function ownRemark({ name, problem }, wrong, where = "") {
  if (!name) return "";
  const other = wrong.map((key) => PARTS[key].name).join(", ");
  const text = problem || (other
    ? `gives another ${other}${where} than this figure’s cell would from the same numbers (dashed)`
    : "computes every number here, and this figure’s cell agrees with it");
  return `<p class="own${problem || other ? " trouble" : ""}" role="status"><code>${escape(name)}</code> ` +
    `${escape(text)}</p>`;
}
