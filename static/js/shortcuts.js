// The keys of the office. What a page offers stands in the page: data-key presses a button or goes into a field, data-go is a
// page behind "G". Single letters can be switched off; then only Esc is left.
import { closeOne } from "./confirm.js";
import { inField, listen } from "./keyboard.js";
import { move, tick } from "./rows.js";

const GO_MS = 1500;
const LETTERS = "letters";
let going = -Infinity;

export function start() {
  listen({ pressed, scanned, filled });
  document.addEventListener("keydown", (event) => event.key === "Escape" && leave(event));
  document.addEventListener("beforetoggle", (event) => event.target.id === "keys" && event.newState === "open" && fill(), { capture: true });
  const box = document.getElementById("letters");
  box?.addEventListener("change", () => letters(box.checked));
  letters(stored() !== "off");
}

function pressed(key) {
  if (document.documentElement.dataset.letters === "off") return;
  const letter = key.toUpperCase();
  if (performance.now() - going < GO_MS) {
    going = -Infinity;
    return document.querySelector(`[data-go="${CSS.escape(letter)}"]`)?.click();
  }
  if (letter === "G") going = performance.now();
  else if (letter === "J") move(1);
  else if (letter === "K") move(-1);
  else if (letter === "X") tick();
  else if (key === "?") document.getElementById("keys")?.togglePopover();
  else press(letter);
}

function press(letter) {
  const target = document.querySelector(`[data-key="${CSS.escape(letter)}"]`);
  if (!target) return;
  target.focus();
  if (inField(target)) target.select?.();
  else target.click();
}

/** A scan that met no field looks itself up. */
function scanned(code) {
  const field = document.querySelector(".find input");
  if (!field) return;
  field.value = code;
  field.form.requestSubmit();
}

/** A scan into a form's field goes on to the next empty one; where none is left, its Enter sends the form as usual. */
function filled(field) {
  if (!field.form?.matches(".fields")) return false;
  const parts = [...field.form.elements];
  const next = parts.slice(parts.indexOf(field) + 1).find(isEmpty);
  next?.focus();
  return Boolean(next);
}

function isEmpty(part) {
  return part.matches("input:not([type=hidden]), textarea") && inField(part) && !part.value && !part.readOnly;
}

function leave(event) {
  if (document.querySelector(":popover-open")) return;
  if (closeOne()) return;
  if (inField(event.target)) return event.target.blur();
  document.querySelector("[data-back]")?.click();
}

function letters(on) {
  document.documentElement.dataset.letters = on ? "on" : "off";
  const box = document.getElementById("letters");
  if (box) box.checked = on;
  try {
    localStorage.setItem(LETTERS, on ? "on" : "off");
  } catch {
    // A browser that keeps nothing still obeys for this page.
  }
}

function stored() {
  try {
    return localStorage.getItem(LETTERS);
  } catch {
    return null;
  }
}

/** The list behind "?" also names what this page's own buttons are called. */
function fill() {
  const list = document.getElementById("keys-list");
  list.querySelectorAll(".own").forEach((part) => part.remove());
  for (const button of document.querySelectorAll("[data-key][data-does]")) {
    const term = Object.assign(document.createElement("dt"), { className: "own" });
    term.append(Object.assign(document.createElement("kbd"), { textContent: button.dataset.key }));
    list.append(term, Object.assign(document.createElement("dd"), { className: "own", textContent: button.dataset.does }));
  }
}
