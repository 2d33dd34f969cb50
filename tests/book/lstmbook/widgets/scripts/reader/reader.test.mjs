// Trained networks in the page against the reference, untouched and held: test_reader.py makes the vectors.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import reader, { drawn, holding, known, lawful, random, reading, softmax, unpack }
  from "../../../../../../book/lstmbook/widgets/reader.js";

const { readings, packed, languages } = JSON.parse(readFileSync(process.env.VECTORS, "utf8"));
const unpacked = ({ params, ...network }) =>
  ({ ...network, params: Object.fromEntries(Object.entries(params).map(([key, value]) => [key, unpack(value)])) });

function close(got, expected, what) {
  assert.equal(got.length, expected.length, what);
  got.forEach((value, k) => {
    const near = 1e-12 * Math.max(1, Math.abs(expected[k]));
    assert.ok(Math.abs(value - expected[k]) <= near, `${what}[${k}]: ${value}, not ${expected[k]}`);
  });
}

test("weights are unpacked to the very numbers that Python has", () => {
  for (const { value, expected } of packed) assert.deepEqual(unpack(value), expected);
});

test("every step of every network is the reference's, whatever is held", () => {
  assert.ok(readings.length > 0);
  for (const { network, text, holds, expected } of readings) {
    const steps = reading(unpacked(network), text, holds.map(holding));
    assert.equal(steps.length, text.length);
    for (const [key, values] of Object.entries(expected)) {
      steps.forEach((step, t) => close(step[key], values[t], `${text} ${holds}: ${key} at step ${t + 1}`));
    }
  }
});

test("what may come next is what the experiments ask for", () => {
  for (const { network, text, may } of languages) {
    assert.deepEqual(lawful(network, [...text]).map((ways) => ways.sort().join("")), may);
  }
  const [{ network }] = languages;
  assert.deepEqual(lawful(network, [..."aba"]), [["a", "b"], ["E"], undefined]);
  assert.deepEqual(lawful({ alphabet: "xy" }, ["x"]), [undefined]);
});

test("what the network does not know is made to fit or falls away", () => {
  assert.equal(known("btX ?7é", { alphabet: "BTPSXVE" }), "BTX");
  assert.equal(known("A Cat⏎!", { alphabet: "act \n" }), "a cat\n");
  assert.equal(known("a".repeat(999), { alphabet: "a" }).length, 400);
});

test("a held value is read from a few letters", () => {
  assert.deepEqual(holding("c_tilde12=-1.5@7"), { part: "c_tilde", unit: 12, value: -1.5, step: 7 });
  assert.deepEqual(holding("h3=0"), { part: "h", unit: 3, value: 0, step: 0 });
});

test("symbols are drawn by their probabilities; a low temperature takes the likeliest", () => {
  const ys = [0, 1, 3, -2];
  const draw = random(7);
  const counts = [0, 0, 0, 0];
  for (let k = 0; k < 20000; k++) counts[drawn(ys, 1, draw())] += 1;
  softmax(ys).forEach((p, k) => assert.ok(Math.abs(counts[k] / 20000 - p) < 0.01, `${counts}`));
  for (let k = 0; k < 1000; k++) assert.equal(drawn(ys, 0.1, draw()), 2);
  assert.equal(drawn([0, 0], 1, 1), 0); // beyond the last share
});

test("the seed decides what is written, and writing on is reading what was written", () => {
  const network = unpacked(readings.find(({ network }) => network.grammar).network);
  const write = (seed) =>
    reading(network, "BT", [], { more: 30, temperature: 1, seed }).map(({ symbol }) => symbol).join("");
  assert.equal(write(1), write(1));
  assert.equal(write(1).length, 32);
  assert.notEqual(write(1), write(2));
  const steps = reading(network, "BT", [], { more: 30, temperature: 1, seed: 1 });
  reading(network, write(1), []).forEach((step, t) => close(step.h, steps[t].h, "h"));
});

const state = (given) => ({
  text: given.text, step: 400, unit: 1, part: "c", holds: [], more: 0, temperature: 1, seed: 1, opened: false,
  presets: [], caption: "", ...given,
});

test("the step in numbers adds up, whichever unit it is", () => {
  for (const { network, text, holds } of readings) {
    for (const unit of [1, 2]) {
      const markup = reader.still(state({ network, text, holds, unit, opened: true }));
      const tables = [...markup.matchAll(/<caption>(.*?)<\/tbody>/g)].slice(-5).map(([, table]) =>
        [...table.matchAll(/class="number">([^<]*)</g)].map(([, number]) => Number(number.replace("−", "-"))));
      assert.equal(tables.length, 5);
      for (const table of tables) {
        const sum = table.slice(0, -1).reduce((a, b) => a + b);
        assert.ok(Math.abs(sum - table[table.length - 1]) < 0.006, `${table}`);
      }
    }
  }
});

test("a caption and a text with markup stay text", () => {
  const { network } = readings[0];
  const markup = reader.still(state({ network, text: "a<b>b", caption: '<img src="x">' }));
  assert.ok(!markup.includes("<img") && !markup.includes('value="a<'));
});

test("beside what is held stands what it was untouched", () => {
  const { network, text } = readings.find(({ network }) => network.letters);
  const untouched = reader.still(state({ network, text }));
  const held = reader.still(state({ network, text, holds: ["h2=0"] }));
  assert.ok(!untouched.includes("ghost") && !untouched.includes("; untouched"));
  assert.ok(held.includes('class="ghost"') && held.includes("; untouched, right at") && held.includes("let go"));
  assert.ok(!reader.still(state({ network, text, holds: ["h99=0"] })).includes("ghost")); // there is no such unit
});
