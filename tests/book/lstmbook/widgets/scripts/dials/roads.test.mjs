// Roads, gates and clipped gradients against the reference and automatic differentiation.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { clippings } from "../../../../../../book/lstmbook/widgets/clipping.js";
import { biasFor, memory } from "../../../../../../book/lstmbook/widgets/forget_bias.js";
import { halfLife } from "../../../../../../book/lstmbook/widgets/lstm.js";
import { roads } from "../../../../../../book/lstmbook/widgets/road.js";

const vectors = JSON.parse(readFileSync(process.env.VECTORS, "utf8"));

function close(got, expected, what) {
  assert.equal(got.length, expected.length, what);
  got.forEach((value, k) => {
    const off = Math.abs(value - expected[k]);
    assert.ok(off <= 1e-12 && off <= 1e-9 * Math.abs(expected[k]) + 1e-300, `${what}[${k}]: ${value}, not ${expected[k]}`);
  });
}

test("the cell state's road is the reference's highway", () => {
  for (const [f, expected] of vectors.roads) close(roads({ f, w: 1, T: expected.length - 1 }).cell, expected, f);
});

test("the RNN's road is the derivative of its state", () => {
  for (const [w, expected] of vectors.rnn) close(roads({ f: 1, w, T: expected.length - 1 }).rnn, expected, w);
  assert.deepEqual(roads({ f: 1, w: 2, T: 3 }).straight, [1, 2, 4, 8]);
});

test("after a half-life half is left", () => {
  for (const f of [0.01, 0.5, 0.731, 0.999]) assert.ok(Math.abs(f ** halfLife(f) - 0.5) < 1e-12);
  assert.equal(halfLife(1), Infinity);
  assert.ok(halfLife(0) === 0);
});

test("a bias makes a gate, and the bias for a distance has that half-life", () => {
  const [biases, gates] = vectors.gates;
  close(biases.map((b_f) => memory({ b_f, lag: 10 }).f), gates, "gates");
  for (const lag of vectors.lags) {
    const { half, there, left } = memory({ b_f: biasFor(lag), lag });
    assert.ok(Math.abs(half - lag) < 1e-9 * lag && Math.abs(there - 0.5) < 1e-9 && Math.abs(left[lag] - there) < 1e-12);
  }
});

test("a gradient is clipped as in the reference", () => {
  for (const [[g_W, g_b], max_norm, norm, clipped] of vectors.clippings) {
    const got = clippings({ g_W, g_b, max_norm });
    close([got.norm], [norm], "norm");
    close(got.gradient, clipped, "clipped");
    assert.ok(got.each.every((slope, k) => Math.abs(slope) <= max_norm && Math.abs(slope) <= Math.abs([g_W, g_b][k])));
  }
});
