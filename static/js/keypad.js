// The keypad for a quantity; none is a number too. It has no field, so a scanner can never type into it: a scan closes it and counts as a scan.
const LONGEST = 6;
let typed = "";

export function start(take) {
  document.addEventListener("click", (event) => {
    const key = event.target.closest("[data-digit], [data-erase], [data-enter]");
    if (!key) return;
    if (key.dataset.digit) typed = (typed + key.dataset.digit).replace(/^0+(?=\d)/, "").slice(0, LONGEST);
    else if ("erase" in key.dataset) typed = typed.slice(0, -1);
    else if (typed) take(Number(typed));
    tell();
  });
}

/** Begin anew. */
export function clear() {
  typed = "";
  tell();
}

function tell() {
  document.querySelector("[data-typed]").textContent = typed || "–";
}
