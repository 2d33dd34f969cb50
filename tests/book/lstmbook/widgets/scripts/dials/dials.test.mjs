// Numbers as the sliders' figures write them, and what all three pictures share.
import assert from "node:assert/strict";
import test from "node:test";
import clipping from "../../../../../../book/lstmbook/widgets/clipping.js";
import { rough, steps, ticks } from "../../../../../../book/lstmbook/widgets/dials.js";
import bias from "../../../../../../book/lstmbook/widgets/forget_bias.js";
import road from "../../../../../../book/lstmbook/widgets/road.js";

test("rough numbers have two digits, or as many as are asked for", () => {
  const expected = { 0: "0", 1: "1", 0.3679: "0.37", 0.00123: "0.0012", 103.2: "103", 8.26e-5: "8.3·10⁻⁵", "4.1e17": "4.1·10¹⁷" };
  for (const [value, text] of Object.entries(expected)) assert.equal(rough(Number(value)), text);
  assert.equal(rough(0.73106, 3), "0.731");
  assert.equal(rough(-1.26), "−1.3");
  assert.equal(rough(Infinity), "∞");
  assert.equal(steps(2.213), "2.2 steps");
  assert.equal(steps(Infinity), "no number of steps");
});

test("an axis has few ticks, and zero is one of them", () => {
  for (let end = 1; end <= 100; end++) {
    const all = ticks(end);
    assert.ok(all[0] === 0 && all.at(-1) <= end && all.length <= 7 && all.length >= 2, `${end}: ${all}`);
  }
});

const corners = {
  road: [road, { f: [0, 0.5, 1], w: [0, 1, 2], T: [1, 30, 100] }],
  bias: [bias, { b_f: [-2, 0, 8], lag: [1, 100] }],
  clipping: [clipping, { g_W: [-5, 0, 5], g_b: [-5, 0, 5], max_norm: [0, 2.5, 5] }],
};
const combine = ([[key, values], ...rest]) =>
  values.flatMap((value) => (rest.length ? combine(rest) : [{}]).map((others) => ({ [key]: value, ...others })));

for (const [name, [figure, traits]] of Object.entries(corners)) {
  test(`${name}: a picture for every corner of the sliders`, () => {
    for (const state of combine(Object.entries(traits))) {
      const markup = figure.still({ ...state, presets: [] });
      assert.ok(!/NaN|undefined|Infinity/.test(markup), `${JSON.stringify(state)}: ${markup}`);
      for (const [key, value] of Object.entries(state)) {
        assert.ok(markup.includes(`data-block="${key}"`) && markup.includes(`value="${value}"`), key);
      }
    }
  });
}
