// What has been read to its end, remembered in this browser alone: a mark in the contents, and where to go on.

const KEY = "read";
const read = new Set(JSON.parse(localStorage.getItem(KEY) ?? "[]"));
const links = [...document.querySelectorAll("nav.bd-links li > a")].filter((link) => /\/(chapters|exercises)\//.test(link.href));
const page = (link) => new URL(link.href).pathname.replace(/^.*\/(?=(chapters|exercises)\/)/, "");
const goOn = document.querySelector(".go-on"); // on the start page, which says there where one begins
const begin = goOn?.innerHTML;

function show() {
  for (const link of links) {
    const done = read.has(page(link));
    link.classList.toggle("read", done);
    if (done && !link.querySelector(".sr-only")) link.insertAdjacentHTML("beforeend", '<span class="sr-only"> (read)</span>');
    if (!done) link.querySelector(".sr-only")?.remove();
  }
  if (!goOn) return;
  const unread = links.filter((link) => !read.has(page(link)));
  const last = links.findLastIndex((link) => read.has(page(link)));
  const next = unread.find((link) => links.indexOf(link) > last) ?? unread[0];
  const where = next ? `Go on with <a href="${next.href}">${next.textContent.trim()}</a>` : "You have read it all";
  goOn.innerHTML = read.size ? `${where}. <button type="button">Begin anew</button>` : begin;
  goOn.querySelector("button")?.addEventListener("click", () => keep(() => read.clear()));
}

function keep(change) {
  change();
  localStorage.setItem(KEY, JSON.stringify([...read]));
  show();
}

const here = links.find((link) => link.pathname === location.pathname);
const end = document.querySelector(".prev-next-area");
if (here && end) {
  new IntersectionObserver(([seen], observer) => {
    if (!seen.isIntersecting) return;
    observer.disconnect();
    keep(() => read.add(page(here)));
  }).observe(end);
}
show();
