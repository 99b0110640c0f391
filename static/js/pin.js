// The keypad under a PIN. Six digits send themselves; after a minute of nothing the tablet asks for a badge again.
const LENGTH = 6;
const PATIENCE_MS = 60_000;
const form = document.querySelector("form[data-pin]");
const field = form.querySelector("input[name=pin]");
let waiting = 0;

document.querySelector("[data-pad]").hidden = false;
document.addEventListener("click", (event) => {
  const key = event.target.closest("[data-digit], [data-erase]");
  if (!key) return;
  field.value = key.dataset.digit ? (field.value + key.dataset.digit).slice(0, LENGTH) : field.value.slice(0, -1);
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
field.addEventListener("input", go);
go(); // somebody quick may have typed before this script was there

function go() {
  wait();
  if (field.value.length === LENGTH && !form.dataset.busy) form.requestSubmit();
}

function wait() {
  clearTimeout(waiting);
  waiting = setTimeout(() => location.assign(form.dataset.leave), PATIENCE_MS);
}
