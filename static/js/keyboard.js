// Fingers or scanner? A scanner types faster than fingers and ends in Enter, so a key counts as pressed by a finger only
// when nothing follows it at once. The times are those of the keys, not of our hearing them: a busy page hears late.
const GAP_MS = 80;
const SCAN_KEYS = 3;

/** Tell `pressed(key)` for each key of a finger outside fields, `scanned(code)` for each scan there, and ask
 *  `filled(field)` when a scan into a field ends: where it answers true, the Enter has done its work. */
export function listen({ pressed, scanned, filled }) {
  let run = [];
  let told = 0;
  let last = 0;
  let settle = 0;

  const tell = () => {
    if (run.length < SCAN_KEYS) run.slice(told).forEach(pressed);
    told = run.length;
  };
  const begin = () => {
    run = [];
    told = 0;
  };
  const end = (event) => {
    const code = run.join("");
    clearTimeout(settle);
    begin();
    if (inField(event.target) && !filled(event.target)) return;
    event.preventDefault();
    event.stopPropagation();
    if (!inField(event.target)) scanned(code);
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const fast = event.timeStamp - last < GAP_MS;
    if (event.key === "Enter" || event.key === "Tab") return fast && run.length >= SCAN_KEYS ? end(event) : begin();
    if (event.key.length !== 1) return;
    const free = !inField(event.target);
    if (event.key === " " && free && !fast) return;
    if (!fast) begin();
    run.push(event.key);
    last = event.timeStamp;
    clearTimeout(settle);
    if (!free) return;
    settle = setTimeout(tell, GAP_MS + 10);
    if (["/", "'"].includes(event.key) || (fast && event.key === " ")) event.preventDefault();
  }, { capture: true });
}

export function inField(part) {
  if (!(part instanceof Element)) return false;
  if (part.closest("select, textarea, [contenteditable]")) return true;
  return part instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit", "file"].includes(part.type);
}
