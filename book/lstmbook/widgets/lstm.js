// The LSTM cell in JavaScript, shared by the living figures. Names and shapes are the course's:
// a vector is an array of n (or m) numbers, a matrix an array of n rows.

export const sigmoid = (x) => 1 / (1 + Math.exp(-x));

// Number by number: the sum and the product of two vectors.
const add = (a, b) => a.map((a_k, k) => a_k + b[k]);
const multiply = (a, b) => a.map((a_k, k) => a_k * b[k]);

// W·z + b
export const affine = (W, z, b) => W.map((row, k) => row.reduce((sum, w, j) => sum + w * z[j], b[k]));

// The four layers' outputs from [h_prev, x].
export function layers(x, h_prev, params) {
  const z = [...h_prev, ...x];
  const { W_f, b_f, W_i, b_i, W_c, b_c, W_o, b_o } = params;
  return {
    f: affine(W_f, z, b_f).map(sigmoid),
    i: affine(W_i, z, b_i).map(sigmoid),
    c_tilde: affine(W_c, z, b_c).map(Math.tanh),
    o: affine(W_o, z, b_o).map(sigmoid),
  };
}

// From the layers' outputs to the two states, with every value on the way.
export function states({ c_prev, f, i, c_tilde, o }) {
  const kept = multiply(f, c_prev);
  const added = multiply(i, c_tilde);
  const c = add(kept, added);
  const tanh_c = c.map(Math.tanh);
  const h = multiply(o, tanh_c);
  return { kept, added, c, tanh_c, h };
}

// One step of the cell: all values of layers and states.
export function cell(x, h_prev, c_prev, params) {
  const gates = { c_prev, ...layers(x, h_prev, params) };
  return { ...gates, ...states(gates) };
}

// A whole sequence from h0 and c0: what `cell` gives at every step, and what each step read.
export function forward(xs, h0, c0, params) {
  let [h_prev, c_prev] = [h0, c0];
  return xs.map((x) => {
    const step = { x, h_prev, ...cell(x, h_prev, c_prev, params) };
    [h_prev, c_prev] = [step.h, step.c];
    return step;
  });
}

// Slopes of the two squashing functions at a point, from their value y there.
export const sigmoidSlope = (y) => y * (1 - y);
export const tanhSlope = (y) => 1 - y * y;

// What is left of a gradient after 0, 1, … T steps back along a cell state whose forget gate stays at f.
export const highway = (f, T) => Array.from({ length: T + 1 }, (_, k) => f ** k);

// After how many steps half of it is left.
export const halfLife = (f) => (f === 1 ? Infinity : Math.log(0.5) / Math.log(f));

// The same as `highway` in an RNN with one unit, h_t = tanh(w h_{t−1} + x_t), that has read a 1 and then zeros.
export function rnnRoad(w, T) {
  let [h, left] = [Math.tanh(1), 1];
  return Array.from({ length: T + 1 }, (_, k) => {
    if (k === 0) return left;
    h = Math.tanh(w * h);
    return (left *= w * tanhSlope(h));
  });
}

// Wᵀ·dz: what comes back through W·z to z.
export const affineBack = (W, dz) => W[0].map((_, j) => dz.reduce((sum, dz_k, k) => sum + W[k][j] * dz_k, 0));

// The way back through one step, given what `forward` says of it: the slope of the loss in every value of the step.
// `dh` is the slope in h from everywhere outside, `dc_next` that in c from the next step alone.
export function cellBackward(dh, dc_next, { c_prev, f, i, c_tilde, o, tanh_c }, params) {
  const dtanh_c = multiply(dh, o);
  const dc = add(dc_next, multiply(dtanh_c, tanh_c.map(tanhSlope))); // both roads
  const d = {
    h: dh, o: multiply(dh, tanh_c), tanh_c: dtanh_c, c: dc,
    kept: dc, f: multiply(dc, c_prev), c_prev: multiply(dc, f),
    added: dc, i: multiply(dc, c_tilde), c_tilde: multiply(dc, i),
  };
  const dz = { // before the squashing
    f: multiply(d.f, f.map(sigmoidSlope)),
    i: multiply(d.i, i.map(sigmoidSlope)),
    c: multiply(d.c_tilde, c_tilde.map(tanhSlope)),
    o: multiply(d.o, o.map(sigmoidSlope)),
  };
  const d_hx = Object.entries(dz).map(([k, dz_k]) => affineBack(params[`W_${k}`], dz_k)).reduce(add);
  const n = o.length;
  return { ...d, dz, h_prev: d_hx.slice(0, n), x: d_hx.slice(n) };
}

// Back through time: `cellBackward` from the last step to the first, in the order of `steps`, with what the next step
// handed to each. `dhs` are the slopes in each h from outside the sequence, `dc` the one in the last c.
export function backward(dhs, steps, params, dc = dhs[0].map(() => 0)) {
  let dh = dhs[0].map(() => 0); // nothing reads the last h but the loss
  return dhs.map((_, k) => dhs.length - 1 - k).map((t) => {
    const back = { ...cellBackward(add(dhs[t], dh), dc, steps[t], params), dh_next: dh, dc_next: dc };
    [dh, dc] = [back.h_prev, back.c_prev];
    return back;
  }).reverse();
}

// A gradient, shortened in its own direction if it is longer than `max_norm`, and its norm before.
export function clipped(gradient, max_norm) {
  const norm = Math.hypot(...gradient);
  const scale = norm > max_norm ? max_norm / norm : 1;
  return { norm, gradient: gradient.map((slope) => scale * slope) };
}
