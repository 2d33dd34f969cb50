/* Living figures on a page without a kernel.

The page holds the state of its widgets as JSON (from myst-nb) and, where a figure stands, a still picture of it in an
element with `data-model` (from _ext/figures.py). This script gives each figure its own ES module and a small model in
the place of Jupyter's. In _config.yml, under `sphinx: config:`
    extensions: [..., myst_nb, ..., figures]
    nb_ipywidgets_js: {figures.js: {type: module}}

Text drives a figure through a link that names an element of the page and the values to set. The figure is the first
one in or after that element; without scripts, the link leads there:
    <a href="#the-whole-cell" data-figure-set='{"f": [0, 0, 0]}'>shut the forget gate</a>
*/

const states = {};
for (const { text } of document.querySelectorAll('script[type="application/vnd.jupyter.widget-state+json"]')) {
  Object.assign(states, JSON.parse(text).state);
}

// What a figure uses of a Jupyter model.
function createModel(state) {
  const values = { ...state };
  const callbacks = {};
  return {
    get: (key) => values[key],
    set(key, value) {
      if (!(key in values)) throw new Error(`a figure has no trait ${key}; it has ${Object.keys(values).join(", ")}`);
      values[key] = value;
      callbacks[`change:${key}`]?.forEach((callback) => callback());
    },
    save_changes() {},
    on: (event, callback) => (callbacks[event] ??= new Set()).add(callback),
    off: (event, callback) => callbacks[event]?.delete(callback),
  };
}

const models = new Map(); // by id: a figure that is shown twice has one model

// Gives a figure its model and its module, once. What is too long for the page is fetched from the site's own files.
async function enliven(el) {
  const { state, files = {} } = states[el.dataset.model];
  for (const [key, file] of Object.entries(files)) {
    if (key in state) continue;
    const answer = await fetch(file);
    if (!answer.ok) throw new Error(`${file} did not come (${answer.status}): the figure that needs it stands still`);
    state[key] ??= await answer.json();
  }
  const model = models.get(el.dataset.model) ?? createModel(state);
  models.set(el.dataset.model, model);
  const url = URL.createObjectURL(new Blob([state._esm], { type: "text/javascript" }));
  const { default: figure } = await import(url);
  URL.revokeObjectURL(url);
  figure.render({ model, el });
  el.dataset.live = "";
  return model;
}

// A figure with files of its own comes alive when the reader comes near it, or a link sets it.
const waiting = new Map();
const wake = (el) => {
  const live = waiting.get(el) ?? enliven(el);
  waiting.set(el, live);
  return live;
};
const near = new IntersectionObserver((seen) => {
  for (const { target, isIntersecting } of seen) if (isIntersecting) wake(target);
}, { rootMargin: "100%" });
for (const el of document.querySelectorAll("[data-model]")) {
  if (states[el.dataset.model].files) near.observe(el);
  else await wake(el);
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-figure-set]");
  if (!link) return;
  const place = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  const figure = [...document.querySelectorAll("[data-model]")].find(
    (el) => place && (el === place || place.compareDocumentPosition(el) & Node.DOCUMENT_POSITION_FOLLOWING),
  );
  if (!figure) throw new Error(`a link sets the figure at ${link.hash}, but the page has none there`);
  const { top, bottom } = figure.getBoundingClientRect();
  if (top < innerHeight / 2 && bottom > innerHeight / 2) event.preventDefault(); // in view: no need to go there
  const model = await wake(figure);
  for (const [key, value] of Object.entries(JSON.parse(link.dataset.figureSet))) model.set(key, value);
  model.save_changes();
});
