// The squashing functions and their slopes against the reference and automatic differentiation; their picture.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { format } from "../../../../../book/lstmbook/widgets/figure.js";
import figure, { squash } from "../../../../../book/lstmbook/widgets/squashing.js";

const vectors = JSON.parse(readFileSync(process.env.VECTORS, "utf8")).squashing;
const still = (z) => figure.still({ z, presets: [] });

test("values and slopes are those of the reference", () => {
  vectors.z.forEach((z, k) => {
    squash(z).forEach((got, curve) => {
      const expected = [vectors.sigmoid, vectors.tanh][curve].map((values) => values[k]);
      got.forEach((value, j) => assert.ok(Math.abs(value - expected[j]) <= 1e-12, `${z}: ${got}, not ${expected}`));
    });
  });
});

test("the picture shows all four numbers and speaks them", () => {
  const [[sigma, sigmaSlope], [tanh, tanhSlope]] = squash(-1.5).map((pair) => pair.map(format));
  const markup = still(-1.5);
  for (const number of ["−1.5", sigma, sigmaSlope, tanh, tanhSlope]) assert.ok(markup.includes(`>${number}</b>`));
  const said = `sigmoid is ${sigma}, its slope ${sigmaSlope}; tanh is ${tanh}, its slope ${tanhSlope}`;
  assert.ok(markup.includes(`aria-valuetext="−1.5: ${said}"`));
});

test("the stroke on a curve is as steep as the curve", () => {
  const strokes = [...still(0).matchAll(/class="tangent" d="M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)"/g)];
  const [sigma, tanh] = strokes.map(([, ...ends]) => ends.map(Number)).map(([x0, y0, x1, y1]) => (y0 - y1) / (x1 - x0));
  assert.ok(Math.abs(tanh / sigma - 4) < 0.05);
});

test("a dot lies on its curve", () => {
  const dots = [...still(2).matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, x, y]) => `${x} ${y}`);
  assert.equal(dots.length, 4);
  const curves = [...still(2).matchAll(/class="curve" d="M([^"]*)"/g)].map(([, points]) => points.split("L"));
  const plain = (point) => point.split(" ").map(Number).join(" ");
  dots.forEach((dot) => assert.ok(curves.some((points) => points.map(plain).includes(plain(dot))), dot));
});
