// Where the cell's parts stand for n units, in em: blocks' corners, wires and the dashed lines from the layers'
// input through points, operations' signs, arrow tips [hue, x, y, turn] and words at points.
import { PARTS, short, strands } from "./figure.js";

const blockHeight = (n) => 2 + 2 * n;

export function wideDrawing(n) {
  const height = blockHeight(n);
  const [low, lowest] = [height + 3, 2 * height + 6];
  const [tanh, times, rail] = [low - 1.5, lowest - 1.5, lowest + height + 1.1];
  const [belt, out] = [height / 2, lowest + height / 2];
  const [forget, add, reveal, end] = [12.6, 26.4, 50.3, 55.8];
  return {
    kind: "wide",
    size: [57, rail + 0.5],
    blocks: {
      c_prev: [0, 0], kept: [14.6, 0], c: [28.4, 0],
      f: [7.3, low], added: [21.5, low], o: [33, low], tanh_c: [45.4, low],
      i: [14.4, lowest], c_tilde: [27.8, lowest], h: [45.4, lowest],
    },
    belt: [[0, belt], [end, belt]],
    wires: [
      ["c_prev", [[10.6, belt], [forget, belt]]],
      ["f", [[forget, low], [forget, belt]]],
      ["kept", [[forget, belt], [add, belt]]],
      ["i", [[19.7, lowest], [19.7, times], [add, times]]],
      ["c_tilde", [[33.1, lowest], [33.1, times], [add, times]]],
      ["added", [[add, times], [add, belt]]],
      ["c", [[add, belt], [end, belt]]],
      ["c", [[46, belt], [reveal, belt], [reveal, tanh]]],
      ["tanh_c", [[reveal, tanh], [reveal, times]]],
      ["o", [[42.4, low + height], [42.4, times], [reveal, times]]],
      ["h", [[reveal, times], [reveal, out], [end, out]]],
    ],
    signs: [["×", forget, belt], ["+", add, belt], ["×", add, times], ["tanh", reveal, tanh], ["×", reveal, times]],
    tips: [["memory", end, belt, 0], ["output", end, out, 0]],
    rails: [
      ["σ", [9.4, rail], [9.4, low + height]],
      ["σ", [19.7, rail], [19.7, lowest + height]],
      ["tanh", [33.1, rail], [33.1, lowest + height]],
      ["σ", [4.8, rail], [40.4, rail], [40.4, low + height]],
    ],
    words: [["[hₜ₋₁, xₜ]", 0, rail + 0.3]],
  };
}

export function narrowDrawing(n) {
  const height = blockHeight(n);
  const second = height + 1;
  const [third, fourth, fifth] = [1, 2, 3].map((k) => second + k * (height + 2.8));
  const [times, plus, tanh] = [third - 1.4, fourth - 1.4, fifth - 1.4];
  const [first, out, end] = [height / 2, fifth + height / 2, fifth + height + 0.5];
  const [left, right] = [6.6, 17.4];
  const before = [[4, first], [0.7, first], [0.7, times], [left, times]];
  const after = [[left, fourth + first], [0.7, fourth + first], [0.7, end]];
  return {
    kind: "narrow",
    size: [24, end + 1.4],
    blocks: {
      c_prev: [1.6, 0], c_tilde: [12.4, 0], f: [1.6, second], i: [12.4, second],
      kept: [1.6, third], added: [13, third], c: [1.6, fourth], o: [12.4, fourth],
      tanh_c: [1.6, fifth], h: [13, fifth],
    },
    belt: [...before, ...after],
    wires: [
      ["c_prev", before],
      ["f", [[left, second + height], [left, times]]],
      ["kept", [[left, times], [left, plus]]],
      ["i", [[right, second + height], [right, times]]],
      ["c_tilde", [[20, first], [23.3, first], [23.3, times], [right, times]]],
      ["added", [[right, times], [right, plus], [left, plus]]],
      ["c", [[left, plus], ...after]],
      ["c", [[left, fourth + height], [left, tanh]]],
      ["tanh_c", [[left, tanh], [left, out], [12, out]]],
      ["o", [[right, fourth + height], [right, tanh], [12, tanh], [12, out]]],
      ["h", [[12, out], [22.8, out]]],
    ],
    signs: [["×", left, times], ["+", left, plus], ["×", right, times], ["tanh", left, tanh], ["×", 12, out]],
    tips: [["memory", 0.7, end, 90], ["output", 22.8, out, 0]],
  };
}

// Markup of one drawing; `share` says, for a wire's key and a unit, how wide a strand is: from 0 to 1.
export function svg({ kind, size, belt, wires, signs, tips, rails = [], words = [] }, n, share) {
  const turned = (turn) => (turn ? ` rotate(${turn})` : "");
  const move = (x, y, turn) => `transform="translate(${short(x)} ${short(y)})${turned(turn)}"`;
  const strand = (key) => (d, k) =>
    `<path d="${d}" style="stroke-width:${(0.05 + 0.33 * Math.min(1, share(key, k))).toFixed(2)}"/>`;
  const wire = ([key, points]) => `<g class="strand of-${PARTS[key].hue}">` +
    `${strands(points, n).map(strand(key)).join("")}</g>`;
  const word = ([text, x, y]) => `<text class="word" x="${short(x)}" y="${short(y)}">${text}</text>`;
  const layer = ([name, ...points]) => {
    const [x, y] = points[points.length - 1];
    return `<path class="layer" d="${strands(points, 1)}"/>${word([name, x + 0.4, y + 0.9])}`;
  };
  const sign = ([text, ...place]) => `<g class="sign" ${move(...place)}>${
    text === "tanh" ? '<rect x="-1.5" y="-.85" width="3" height="1.7" rx=".85"/>' : '<circle r="1"/>'
  }<text>${text}</text></g>`;
  return `<svg class="${kind}" viewBox="0 0 ${size.map(short).join(" ")}" aria-hidden="true">` +
    `<g class="belt of-memory"><path d="${strands(belt, 1)}"/><path class="ribs" d="${strands(belt, 1)}"/></g>` +
    rails.map(layer).join("") +
    words.map(word).join("") +
    wires.map(wire).join("") +
    tips.map(([hue, ...place]) => `<path class="tip of-${hue}" ${move(...place)} d="M0-.9L1.2 0L0 .9z"/>`).join("") +
    signs.map(sign).join("") +
    "</svg>";
}
