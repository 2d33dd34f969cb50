// The picture of the way back as markup: what is reached shows its slope, and what the next move reaches a question mark.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import figure from "../../../../../book/lstmbook/widgets/backward.js";

const { xs, h0, c0, params } = JSON.parse(readFileSync(process.env.VECTORS, "utf8")).sequences[1];
const T = xs.length;
const state = {
  words: Array.from({ length: T }, (_, k) => `word ${k}`), xs, h0, c0, params, dh: [1, -1, 0.5], dc: [0, 0, 0],
  loss_at: T, forget_bias: 1, at: 0, unit: 1,
};
const still = (change) => figure.still({ ...state, ...change });
const slopes = (markup, name) => markup.match(new RegExp(`aria-label="${name}: slopes ([^;]*);`))[1];
const handed = (markup) => [...markup.matchAll(/class="wire[^>]*><i[^>]*><\/i><b class="number">([^<]*)</g)].map(([, text]) => text);

test("at first nothing has come back, and the hidden state is next", () => {
  const markup = still({ at: 0 });
  assert.equal(markup.match(/<b class="number">\?</g).length, 3);
  assert.equal(slopes(markup, "hidden state"), "?");
  assert.deepEqual(handed(markup), Array(2 * T).fill(""));
});

test("the first move brings the loss's own slope", () => {
  assert.equal(slopes(still({ at: 1 }), "hidden state"), "1, −1, 0.5");
  assert.equal(slopes(still({ at: 1, loss_at: 1 }), "hidden state"), "0, 0, 0");
  assert.equal(slopes(still({ at: 1, loss_at: 0 }), "hidden state"), "1, −1, 0.5");
});

test("six moves lead through a step, and then the next one hands over", () => {
  const markup = still({ at: 6 });
  assert.ok(!markup.includes('<b class="number">?<'));
  assert.equal(handed(markup).filter(Boolean).length, 2);
  const [c, h] = handed(markup).slice(-2);
  const line = (name, at) => still({ at }).match(new RegExp(`<code>${name}.*?</code><br>= (.*?) = <b`))[1];
  assert.equal(line("dh ", 7), `0 + ${h}`.replace(/ (−.*)$/, " ($1)"));
  assert.ok(line("dc ", 9).endsWith(c.replace(/^−.*$/, "($&)")));
  assert.equal(handed(still({ at: 6 * T })).filter(Boolean).length, 2 * T);
});

test("a step before the loss is blamed, one after it is not", () => {
  const words = handed(still({ at: 6 * T, loss_at: 2 })).map((text) => text !== "0");
  assert.deepEqual(words, Array.from({ length: 2 * T }, (_, k) => k < 4));
});

test("markup in a word stays text", () => {
  const words = ["<img src=x onerror=alert(1)>", ...state.words.slice(1)];
  assert.ok(!still({ words, at: 6 * T }).includes("<img"));
});
