// What the figures share, and the cell's picture as markup.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { align, escape, format, strands } from "../../../../../book/lstmbook/widgets/figure.js";
import figure from "../../../../../book/lstmbook/widgets/cell.js";

const { inputs, expected } = JSON.parse(readFileSync(process.env.VECTORS, "utf8")).documents;
const state = { ...inputs, presets: [], own: {} };

test("a number has four decimals, no zero too many, a true minus sign and no minus zero", () => {
  assert.deepEqual([2.5, 3, 0.99261, -0.35, -1e-9, 0].map(format), ["2.5", "3", "0.9926", "−0.35", "0", "0"]);
});

test("aligned numbers are equally wide after the point", () => {
  const blanks = (text) => text.replace("\u2008", ".").split(".")[1];
  for (const value of [3, 2.5, 0.9926, -12.25]) assert.equal(blanks(align(value, 4)).length, 4);
});

test("markup in a button's label stays text", () => {
  const label = '<img src="x" onerror="alert(1)"> & more';
  assert.doesNotMatch(escape(label), /[<>"]/);
  const markup = figure.still({ ...state, presets: [{ label, set: {}, note: label }] });
  assert.ok(!markup.includes("<img"));
});

test("strands run side by side around a corner", () => {
  const [first, middle, last] = strands([[0, 0], [10, 0], [10, 10]], 3);
  assert.equal(middle, "M0 0H9.1q0.9 0 0.9 0.9V10");
  assert.equal(first, "M0 -0.4H9.1q1.3 0 1.3 1.3V10"); // to the left of the way: outside of a turn to the right
  assert.equal(last, "M0 0.4H9.1q0.5 0 0.5 0.5V10");
});

test("the picture shows every value of the cell", () => {
  const markup = figure.still(state);
  for (const [name, key] of [["kept", "kept"], ["added", "added"], ["new cell state", "c"], ["hidden state", "h"]]) {
    const said = `aria-label="${name}: ${expected[key].map(format).join(", ")}"`;
    assert.ok(markup.includes(said), said);
  }
  assert.equal(markup.match(/type="range"/g).length, 15);
});

test("a memory beyond the usual scale widens it", () => {
  const markup = figure.still({ ...state, c_prev: [20, -5, 6] });
  assert.match(markup, /min="-20" max="20"/);
});

test("with a student's own function the wires carry what it gave, and what differs is marked", () => {
  const gates = Object.fromEntries(["c_prev", "f", "i", "c_tilde", "o"].map((key) => [key, inputs[key]]));
  const step = { ...gates, c: expected.c, h: expected.h };
  const shown = (own) => figure.still({ ...state, own: { name: "mine", problem: "", ...own } });
  assert.match(shown({ steps: [step] }), /<code>mine<\/code> computes every number here, and .* agrees/);

  const swapped = shown({ steps: [{ ...step, f: inputs.i, i: inputs.f }] });
  assert.deepEqual([...swapped.matchAll(/ wrong" data-block="(\w+)"/g)].map(([, key]) => key), ["f", "i", "c"]);
  assert.match(swapped, /mine<\/code> gives another forget gate, input gate, new cell state than/);

  const raised = shown({ steps: [], problem: "raised <b>" });
  assert.match(raised, /mine<\/code> raised &#60;b&#62;/);
  assert.match(raised, /aria-label="hidden state: \?, \?, \?"/);
  assert.doesNotMatch(raised, /NaN/);
});
