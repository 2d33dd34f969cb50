// The figures' LSTM against the reference: test_figures.py makes the vectors, and VECTORS names their file.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { backward, cell, cellBackward, forward, layers, sigmoid, states } from "../../../../../book/lstmbook/widgets/lstm.js";

const vectors = JSON.parse(readFileSync(process.env.VECTORS, "utf8"));

function close(got, expected, what) {
  assert.equal(got.length, expected.length, what);
  got.forEach((value, k) => {
    assert.ok(Math.abs(value - expected[k]) <= 1e-12, `${what}[${k}]: ${value}, not ${expected[k]}`);
  });
}

test("sigmoid is the reference's", () => {
  close(vectors.sigmoid.x.map(sigmoid), vectors.sigmoid.y, "sigmoid");
  assert.equal(sigmoid(-Infinity), 0);
  assert.equal(sigmoid(Infinity), 1);
});

test("layers, states and the whole cell are the reference's", () => {
  assert.ok(vectors.cells.length > 0);
  for (const { x, h_prev, c_prev, params, expected } of vectors.cells) {
    const gates = layers(x, h_prev, params);
    for (const name of ["f", "i", "c_tilde", "o"]) close(gates[name], expected[name], name);
    const { c, h } = states({ c_prev, ...gates });
    close(c, expected.c, "c");
    close(h, expected.h, "h");
    assert.deepEqual(cell(x, h_prev, c_prev, params), { c_prev, ...gates, ...states({ c_prev, ...gates }) });
  }
});

test("a sequence from any state is the reference's, step by step", () => {
  assert.ok(vectors.sequences.length > 0);
  for (const { xs, h0, c0, params, expected } of vectors.sequences) {
    const steps = forward(xs, h0, c0, params);
    assert.equal(steps.length, xs.length);
    for (const [name, values] of Object.entries(expected)) {
      steps.forEach((step, t) => close(step[name], values[t], `${name} at step ${t}`));
    }
  }
  assert.deepEqual(forward([], [0], [0], {}), []);
});

test("the documents' numbers, with every value on the way", () => {
  const { inputs, expected } = vectors.documents;
  const got = states(inputs);
  for (const name of ["kept", "added", "c", "h"]) close(got[name], expected[name], name);
  close(got.tanh_c.map((value, k) => inputs.o[k] * value), expected.h, "o ⊙ tanh c");
});

// The slopes in one step's parameters: what came back to each layer, and times what the layer read.
function gradients({ dz }, { x, h_prev }) {
  const outer = (a, b) => a.map((a_k) => b.map((b_j) => a_k * b_j));
  const layers = Object.entries(dz);
  return Object.fromEntries(layers.flatMap(([k, dz_k]) =>
    [[`W_${k}`, outer(dz_k, [...h_prev, ...x])], [`b_${k}`, dz_k]]));
}

test("one step back is the reference's", () => {
  for (const { step, dh, dc, params, expected } of vectors.back.cells) {
    const { dx, dh_prev, dc_prev, grads } = expected;
    const got = cellBackward(dh, dc, { ...step, tanh_c: step.c.map(Math.tanh) }, params);
    const ours = gradients(got, step);
    close(got.x, dx, "dx");
    close(got.h_prev, dh_prev, "dh_prev");
    close(got.c_prev, dc_prev, "dc_prev");
    assert.deepEqual(Object.keys(ours).sort(), Object.keys(grads).sort());
    for (const name of Object.keys(grads)) close(ours[name].flat(), grads[name].flat(), name);
  }
});

test("a whole sequence back is the reference's: both roads between steps, and the sum of the steps' gradients", () => {
  assert.ok(vectors.back.sequences.length > 0);
  for (const { xs, h0, c0, params, dhs, expected } of vectors.back.sequences) {
    const steps = forward(xs, h0, c0, params);
    const back = backward(dhs, steps, params);
    const grads = back.map((slopes, t) => gradients(slopes, steps[t]));
    back.forEach((step, t) => close(step.x, expected.dxs[t], `dx of step ${t}`));
    close(back[0].h_prev, expected.dh0, "dh0");
    close(back[0].c_prev, expected.dc0, "dc0");
    for (const [name, sum] of Object.entries(expected.grads)) {
      const total = grads.map((step) => step[name].flat()).reduce((a, b) => a.map((a_k, k) => a_k + b[k]));
      close(total, sum.flat(), name);
    }
  }
});
