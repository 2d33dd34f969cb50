// The sequence player: its words, its cell, what is left of each word, and what it shows of a student's own function.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { forward } from "../../../../../book/lstmbook/widgets/lstm.js";
import player, { features, leftOver, split } from "../../../../../book/lstmbook/widgets/player.js";

const vectors = JSON.parse(readFileSync(process.env.VECTORS, "utf8"));
const readings = vectors.readings;

const close = (a, b) => assert.ok(Math.abs(a - b) <= 1e-12, `${a}, not ${b}`);
const numbers = (markup, key) => {
  const [, body] = markup.match(new RegExp(`data-block="${key}">(.*?)</tbody>`));
  return [...body.matchAll(/<td class="number"[^>]*>([^<]*)</g)].map(([, text]) => text.replace("−", "-"));
};

test("words and their features are Python's", () => {
  for (const { sentence, words, xs } of readings) {
    assert.deepEqual(split(sentence), words);
    assert.deepEqual(features(words), xs);
  }
});

test("the present word's numbers are the reference's", () => {
  for (const { state, expected } of readings) {
    const markup = player.still(state);
    const t = Math.min(state.step, expected.c.length) - 1;
    for (const [key, values] of Object.entries(expected)) {
      numbers(markup, key).forEach((text, unit) => {
        assert.ok(Math.abs(Number(text) - values[t][unit]) <= 0.0051, `${key}: ${text}, not ${values[t][unit]}`);
      });
      assert.equal(numbers(markup, key).length, values[t].length);
    }
  }
});

test("what is left of all steps is the cell state, for any cell that starts from zeros", () => {
  for (const { xs, params } of vectors.sequences) {
    const zeros = params.b_f.map(() => 0);
    const steps = forward(xs, zeros, zeros, params);
    zeros.forEach((_, unit) => {
      const left = leftOver(steps, unit);
      steps.forEach(({ c }, t) => close(left.slice(0, t + 1).reduce((sum, row) => sum + row[t], 0), c[unit]));
      assert.ok(left.every((row, k) => row.every((value, t) => (value === undefined) === t < k)));
    });
  }
});

test("a student's numbers are shown as they are, and what differs is marked where it arises", () => {
  const { state, expected } = readings[0];
  const steps = expected.c.map((c, t) => ({
    c_prev: expected.c[t - 1] ?? c.map(() => 0),
    ...Object.fromEntries(Object.entries(expected).map(([key, values]) => [key, values[t]])),
  }));
  const shown = (own) => player.still({ ...state, step: 12, own: { name: "mine", problem: "", ...own } });
  assert.match(shown({ steps }), /<code>mine<\/code> computes every number here/);
  assert.doesNotMatch(shown({ steps }), /class="[^"]*wrong/);

  const slip = steps.with(1, { ...steps[1], c: steps[1].c.with(0, 7) });
  const markup = shown({ steps: slip });
  assert.match(markup, /mine<\/code> gives another new cell state, hidden state at step 2, “likes”, than/);
  assert.match(markup, />7\.00</);

  const stopped = shown({ steps: steps.slice(0, 2), problem: "raised <Error>" });
  assert.match(stopped, /mine<\/code> raised &#60;Error&#62;/);
  assert.match(shown({ steps: [{ ...steps[0], f: null, h: [null, 1, 1] }] }), />\?</);
  assert.match(shown({ steps: [], problem: "raised" }), /trouble/);
});

test("a sentence is text", () => {
  const markup = player.still({ ...readings[0].state, sentence: '<img src="x"> & <b>"' });
  assert.doesNotMatch(markup, /<img|<b>"/);
});
