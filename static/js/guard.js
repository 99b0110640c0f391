// One press, one send. A form that is on its way takes no second press, says "checking…" when the answer takes long,
// and keeps what was typed when the warehouse does not answer. Its key makes a repeated send count once all the same.
import { ask, isAway } from "./network.js";

const QUIET_MS = 400;
const LONG_MS = 10_000;

export function start() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.target) return;
    if (form.dataset.busy) return event.preventDefault();
    if (isAway()) {
      event.preventDefault();
      ask().then((answered) => answered && form.requestSubmit(event.submitter));
      return;
    }
    hold(form, event.submitter);
    form.longWait = setTimeout(async () => {
      await ask();
      release(form);
    }, LONG_MS);
  });
  addEventListener("pageshow", () => document.querySelectorAll("form[data-busy]").forEach(release));
}

/** Mark the form as on its way. Its buttons stay focusable and keep their place. */
export function hold(form, pressed) {
  form.dataset.busy = "yes";
  for (const button of buttons(form)) button.setAttribute("aria-disabled", "true");
  form.quietWait = setTimeout(() => (pressed ?? buttons(form).at(-1))?.after(checking()), QUIET_MS);
}

export function release(form) {
  clearTimeout(form.quietWait);
  clearTimeout(form.longWait);
  delete form.dataset.busy;
  for (const button of buttons(form)) button.removeAttribute("aria-disabled");
  form.querySelectorAll(".checking").forEach((word) => word.remove());
}

function buttons(form) {
  return [...form.elements].filter((part) => part.type === "submit");
}

function checking() {
  const word = document.createElement("span");
  word.className = "checking";
  word.setAttribute("role", "status");
  word.textContent = document.body.dataset.checking;
  return word;
}
