// The page for machines: narrow the list while typing, and open the operation that the address names.
// What an operation takes and answers is laid out once it is opened: all of them together are fifty thousand elements.
const form = document.querySelector("[data-narrows]");
const field = form.querySelector("input");
const told = form.querySelector("[role=status]");
const lines = [...document.querySelectorAll("[data-words]")];

form.hidden = false;
form.addEventListener("submit", (event) => event.preventDefault());
field.addEventListener("input", narrow);
addEventListener("hashchange", open);
addEventListener("toggle", layOut, true);
narrow();
open();

function narrow() {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const line of lines) {
    line.hidden = !words.every((word) => line.dataset.words.includes(word));
    shown += line.hidden ? 0 : 1;
  }
  for (const panel of document.querySelectorAll(".panel")) panel.hidden = !panel.querySelector("[data-words]:not([hidden])");
  told.textContent = shown ? "" : told.dataset.none;
}

function open() {
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (named?.matches("details.op")) named.open = true;
}

function layOut({ target }) {
  const kept = target.open && target.querySelector(":scope > template");
  if (kept) kept.replaceWith(kept.content);
}
