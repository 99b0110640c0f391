// Questions that open in place (details.confirm): the first field gets the focus, "Leave it" and Esc close.
export function start() {
  document.addEventListener("toggle", opened, { capture: true });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-closes]");
    if (button) close(button.closest("details"));
  });
}

export function dress() {
  for (const button of document.querySelectorAll("[data-closes]")) button.hidden = false;
}

function opened(event) {
  const question = event.target;
  if (!question.matches?.("details.confirm") || !question.open) return;
  for (const other of document.querySelectorAll("details.confirm[open]")) if (other !== question) other.open = false;
  question.querySelector(".ask :is(input:not([type=hidden]), select, textarea)")?.focus();
}

/** Close the question that is open, if one is; says whether one was. */
export function closeOne() {
  const open = document.querySelector("details.confirm[open]");
  if (open) close(open);
  return Boolean(open);
}

function close(question) {
  question.open = false;
  question.querySelector("summary").focus();
}
