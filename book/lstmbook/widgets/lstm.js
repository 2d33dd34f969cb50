// The LSTM cell in JavaScript, shared by the living figures. Names and shapes are the course's:
// a vector is an array of n (or m) numbers, a matrix an array of n rows.

export const sigmoid = (x) => 1 / (1 + Math.exp(-x));

// W·z + b
const affine = (W, z, b) => W.map((row, k) => row.reduce((sum, w, j) => sum + w * z[j], b[k]));

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
  const kept = c_prev.map((c_k, k) => f[k] * c_k);
  const added = c_tilde.map((c_k, k) => i[k] * c_k);
  const c = kept.map((kept_k, k) => kept_k + added[k]);
  const tanh_c = c.map(Math.tanh);
  const h = tanh_c.map((t_k, k) => o[k] * t_k);
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
