// What the figures share, and the cell's picture as markup.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { align, escape, format, strands } from "../../../book/lstmbook/widgets/figure.js";
import figure from "../../../book/lstmbook/widgets/cell.js";

const { inputs, expected } = JSON.parse(readFileSync(process.env.VECTORS, "utf8")).documents;

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
  const markup = figure.still({ ...inputs, presets: [{ label, set: {}, note: label }] });
  assert.ok(!markup.includes("<img"));
});

test("strands run side by side around a corner", () => {
  const [first, middle, last] = strands([[0, 0], [10, 0], [10, 10]], 3);
  assert.equal(middle, "M0 0H9.1q0.9 0 0.9 0.9V10");
  assert.equal(first, "M0 -0.4H9.1q1.3 0 1.3 1.3V10"); // to the left of the way: outside of a turn to the right
  assert.equal(last, "M0 0.4H9.1q0.5 0 0.5 0.5V10");
});

test("the picture shows every value of the cell", () => {
  const markup = figure.still({ ...inputs, presets: [] });
  for (const [name, key] of [["kept", "kept"], ["added", "added"], ["new cell state", "c"], ["hidden state", "h"]]) {
    const said = `aria-label="${name}: ${expected[key].map(format).join(", ")}"`;
    assert.ok(markup.includes(said), said);
  }
  assert.equal(markup.match(/type="range"/g).length, 15);
});

test("a memory beyond the usual scale widens it", () => {
  const markup = figure.still({ ...inputs, c_prev: [20, -5, 6], presets: [] });
  assert.match(markup, /min="-20" max="20"/);
});
