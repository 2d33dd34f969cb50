// On paper: light colours, and every answer open. What was on the screen comes back afterwards.

let restore = () => {};

addEventListener("beforeprint", () => {
  const { dataset } = document.documentElement;
  const { theme } = dataset;
  const closed = [...document.querySelectorAll("details.sd-dropdown:not([open])")];
  dataset.theme = "light";
  for (const answer of closed) answer.open = true;
  restore = () => {
    dataset.theme = theme;
    for (const answer of closed) answer.open = false;
  };
});
addEventListener("afterprint", () => restore());
