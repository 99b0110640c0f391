// The floor's screen: the server draws it whole, and what is new is taken over part by part, so that what listens goes on
// listening. Panels (problems, keypad, me) lie over the reading; whatever is scanned closes them.
export function show(html) {
  take(html);
  close();
}

/** Take over what changed by itself. What is open stays open, unless the work went on to another step. */
export function refresh(html) {
  const { step } = document.body.dataset;
  take(html);
  if (document.body.dataset.step !== step) close();
}

function take(html) {
  const drawn = new DOMParser().parseFromString(html, "text/html");
  document.title = drawn.title;
  for (const part of document.querySelectorAll("[data-part]")) {
    const other = drawn.querySelector(`[data-part="${part.dataset.part}"]`);
    if (!other) continue;
    part.className = other.className;
    if (part.innerHTML !== other.innerHTML) part.replaceChildren(...other.childNodes);
  }
  const { body } = drawn;
  document.body.classList.toggle("packing", body.classList.contains("packing"));
  document.body.dataset.process = body.dataset.process ?? "";
  document.body.dataset.step = body.dataset.step ?? "";
  document.body.dataset.looks = body.dataset.looks ?? "";
}

/** Say something on the message bar that the tablet knows by itself; the next answer takes its place. */
export function say(words, tone) {
  const bar = document.querySelector("[data-part=say]");
  bar.className = `say ${tone}`;
  const text = document.createElement("span");
  text.textContent = words;
  bar.replaceChildren(text);
}

export function open(name) {
  close();
  const panel = document.querySelector(`[data-over="${name}"]`);
  panel.hidden = false;
  document.querySelector("main").inert = true;
  panel.querySelector("button")?.focus({ preventScroll: true });
}

/** Whether this panel is open, or any. */
export function isOpen(name) {
  const which = name ? `="${name}"` : "";
  return document.querySelector(`[data-over${which}]:not([hidden])`) !== null;
}

export function close() {
  for (const panel of document.querySelectorAll("[data-over]")) panel.hidden = true;
  document.querySelector("main").inert = false;
  if (!document.activeElement || document.activeElement === document.body) document.querySelector("[data-ear]")?.focus({ preventScroll: true });
}

/** Put words with their values together, as the server does. */
export function worded(text, values) {
  return text.replace(/%\((\w+)\)s/g, (_all, name) => values[name] ?? "");
}
