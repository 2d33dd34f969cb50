// A student's own function in a figure: what the kernel computed with it (own_code.py), beside the figure's own cell.
import { escape, PARTS } from "./figure.js";
import { states } from "./lstm.js";

// No number: not returned, of another shape, or nan.
export const missing = (value) => !Number.isFinite(value);

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

// What the figure says about the function, in its own paragraph; nothing if the figure computes by itself.
export function ownRemark({ name, problem }, wrong, where = "") {
  if (!name) return "";
  const parts = wrong.map((key) => `the ${PARTS[key].name}`);
  const list = parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${parts[parts.length - 1]}` : parts[0];
  const text = problem ? escape(problem) : parts.length ? `${where}${list} ` +
    `${parts.length > 1 ? "are" : "is"} not what the figure’s own cell makes of the same numbers; ` +
    "marked with a dashed line." : "computes every number here, and the figure’s own cell agrees with all of them.";
  return `<p class="own ${problem || parts.length ? "trouble" : ""}" role="status"><code>${escape(name)}</code> ` +
    `${problem || !parts.length ? "" : "runs; "}${text}</p>`;
}
