// The scanner check: three printed codes are scanned; what came instead of what is printed tells how the scanner types.
import { listen } from "./wedge.js";

const form = document.querySelector("form[data-codes]");
const codes = JSON.parse(form.dataset.codes);
const heard = [];

listen({ field: form.querySelector("[data-ear]"), heard: take });

function take(scan) {
  const step = document.querySelector(`[data-step="${heard.length}"]`);
  if (!step) return;
  const wanted = codes[heard.length];
  const same = (text) => text.toLowerCase() === wanted.toLowerCase();
  const isIt = same(bare(scan.byPlace)) || same(bare(scan.byKey)) || scan.byKey.length === wanted.length;
  document.querySelector("[data-other]").hidden = isIt;
  if (!isIt) return;
  heard.push(scan);
  step.dataset.done = "yes";
  step.querySelector("[data-came]").textContent = scan.byKey;
  if (heard.length === codes.length) conclude();
}

function conclude() {
  const byPlace = heard.every(({ byPlace }, n) => bare(byPlace).toLowerCase() === codes[n].toLowerCase());
  const byKey = heard.every(({ byKey }, n) => bare(byKey).toLowerCase() === codes[n].toLowerCase());
  const text = bare(heard[1][byPlace ? "byPlace" : "byKey"]);
  fill("layout", byPlace ? "us" : byKey ? "own" : "other");
  fill("case", letters(text, codes[1]));
  fill("suffix", heard[0].ended.toLowerCase());
  fill("gap", Math.round(Math.max(...heard.map(({ gap }) => gap))));
  document.querySelector("[data-found]").hidden = false;
  document.querySelector("[data-keep]").disabled = !(byPlace || byKey);
  document.querySelector("[data-unreadable]").hidden = byPlace || byKey;
}

function letters(text, printed) {
  if (text === printed) return "kept";
  if (text === printed.toUpperCase()) return "upper";
  if (text === printed.toLowerCase()) return "lower";
  return "swapped";
}

const bare = (text) => text.replace(/^\][A-Za-z][0-9A-Za-z]/, "");

function fill(name, value) {
  form.elements[name].value = value;
  document.querySelector(`[data-shows="${name}"]`).textContent = form.elements[name].dataset[value] ?? value;
}
