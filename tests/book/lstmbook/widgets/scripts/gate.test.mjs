// One gate against the reference, and its picture.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import figure, { gate } from "../../../../../book/lstmbook/widgets/gate.js";

const vectors = JSON.parse(readFileSync(process.env.VECTORS, "utf8"));
const close = (got, expected) => got.forEach((value, k) => {
  assert.ok(Math.abs(value - expected[k]) <= 1e-12 * Math.max(1, Math.abs(expected[k])), `${got}, not ${expected}`);
});

test("sums, gates and what they let through are the reference's", () => {
  for (const { x, h_prev, c_prev, params, expected } of vectors.cells) {
    for (const [name, filtered] of [["f", c_prev], ["i", expected.c_tilde], ["o", expected.c.map(Math.tanh)]]) {
      const values = gate({ h_prev, x, W: params[`W_${name}`], b: params[`b_${name}`], filtered });
      close(values.gate, expected[name]);
      close(values.result, expected[name].map((value, k) => value * filtered[k]));
      assert.ok(values.terms.every((terms) => terms.length === h_prev.length + x.length + 1));
      if (name === "o") close(values.result, expected.h);
    }
  }
});

test("the bars of a unit begin at zero, follow one another and end at its sum", () => {
  const state = { gate: "forget", h_prev: [1], x: [2], W: [[-1, 2]], b: [-0.5], filtered: [4], unit: 1, presets: [] };
  const markup = figure.still(state);
  const bars = [...markup.matchAll(/<rect x="([\d.]+)" y="\d+" width="([\d.]+)"/g)].slice(0, 3);
  const spans = bars.map(([, x, width]) => [Number(x), Number(x) + Number(width)]);
  const one = (spans[1][1] - spans[1][0]) / 4; // how long 1 is: the second bar goes from -1 to 3
  const zero = spans[0][1];
  const expected = [[-1, 0], [-1, 3], [2.5, 3]].map((ends) => ends.map((z) => zero + z * one));
  spans.forEach((span, k) => span.forEach((end, j) => assert.ok(Math.abs(end - expected[k][j]) < 0.2)));
  for (const text of ["h₁: −1 × 1", "x₁: 2 × 2", "b: −0.5", "σ(2.5)", "≈ 0.9241"]) {
    assert.ok(markup.includes(`>${text}<`), text);
  }
});
