// Fingers or scanner? A scanner types faster than fingers and ends in Enter, so a key counts as pressed by a finger only
// when nothing follows it at once. Keys that go into a field are left alone.
const GAP_MS = 80;
const SCAN_KEYS = 3;

/** Tell `pressed(key)` for each key of a finger, `scanned(code)` for each scan that met no field. */
export function listen({ pressed, scanned }) {
  let run = [];
  let last = 0;
  let settle = 0;

  const flush = () => {
    const keys = run;
    run = [];
    if (keys.length < SCAN_KEYS) keys.forEach(pressed);
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || inField(event.target)) return;
    const fast = event.timeStamp - last < GAP_MS;
    if (event.key === "Enter" || event.key === "Tab") {
      if (fast && run.length >= SCAN_KEYS) {
        event.preventDefault();
        event.stopPropagation();
        clearTimeout(settle);
        scanned(run.join(""));
        run = [];
      }
      return;
    }
    if (event.key.length !== 1) return;
    if (event.key === " " && !run.length) return;
    if (!fast) run = [];
    run.push(event.key);
    last = event.timeStamp;
    clearTimeout(settle);
    settle = setTimeout(flush, GAP_MS + 10);
    if (event.key === "/" || event.key === "'" || (fast && event.key === " ")) event.preventDefault();
  }, { capture: true });
}

export function inField(part) {
  if (!(part instanceof Element)) return false;
  if (part.closest("select, textarea, [contenteditable]")) return true;
  return part instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit", "file"].includes(part.type);
}
