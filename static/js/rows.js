// Tables by hand: J and K go from row to row (the row's link takes the focus, so Enter opens it), X ticks its box.
const watch = new ResizeObserver((seen) => seen.forEach(({ target }) => reach(target)));

export function dress() {
  for (const frame of document.querySelectorAll(".scroll-x")) watch.observe(frame);
}

/** Only a table that has more than fits needs a stop of its own for the Tab key. */
function reach(frame) {
  if (frame.scrollWidth > frame.clientWidth) frame.setAttribute("tabindex", "0");
  else frame.removeAttribute("tabindex");
}

export function move(step) {
  const links = [...document.querySelectorAll("[data-rows] tbody tr")].map(opener).filter(Boolean);
  if (!links.length) return;
  const here = links.findIndex((link) => link === document.activeElement || row(link) === row(document.activeElement));
  const next = here < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(Math.max(here + step, 0), links.length - 1);
  links[next].focus();
  links[next].scrollIntoView({ block: "nearest" });
}

export function tick() {
  row(document.activeElement)?.querySelector("input[type=checkbox]")?.click();
}

const row = (part) => part?.closest?.("[data-rows] tbody tr") ?? undefined;
const opener = (line) => line.querySelector("[data-open]") ?? line.querySelector("a[href]");
