// Search results quote pages as plain text: each formula once, in a line, and nothing that is drawn
// or folded; the title stands above.

const SIGNS = { msub: ["_"], msup: ["^"], msubsup: ["_", "^"], mfrac: ["/"] };
const LEFT_OUT = "h1, svg, [data-model], details.hide, .eqno, .katex-html, annotation";

function flatten(formula) {
  for (const [name, signs] of Object.entries(SIGNS)) {
    for (const element of formula.getElementsByTagName(name)) {
      const parts = [...element.children];
      const several = parts.filter((part) => part.localName === "mrow" && part.children.length > 1);
      for (const part of several) part.replaceChildren("(", ...part.childNodes, ")");
      signs.forEach((sign, k) => parts[k].after(sign));
    }
  }
  for (const root of formula.getElementsByTagName("msqrt")) root.replaceChildren("√(", ...root.childNodes, ")");
}

const { htmlToText } = Search;
Search.htmlToText = (html, anchor) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  page.querySelectorAll("math").forEach(flatten);
  page.querySelectorAll("dt").forEach((term) => term.after(": "));
  page.querySelectorAll(LEFT_OUT).forEach((element) => element.remove());
  return htmlToText(page.documentElement.outerHTML, anchor);
};
