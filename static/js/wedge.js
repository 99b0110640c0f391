// What a scanner types, on the pages of the floor. A scanner is a keyboard that is faster than fingers and ends in Enter, Tab
// or silence. Keys are read by their place on the keyboard (as a US keyboard, which is how scanners speak unless told
// otherwise), so that a tablet set to French or German still hears the right letters. Text that comes without keys
// (a camera or radio scanner of Android) is taken from the hidden field. Each scan is told once, whichever way it came.
const GAP_MS = 100;
const SILENCE_MS = 50;
const FAST_MS = 35;
const LEAST = 4;
const LONGEST = 4096;
const ENDS = new Set(["Enter", "NumpadEnter", "Tab"]);
const GS = "\x1d";
const AIM = /^\][A-Za-z][0-9A-Za-z]/;

const DIGITS = { plain: "1234567890", shifted: "!@#$%^&*()" };
const SIGNS = {
  Space: "  ", Minus: "-_", Equal: "=+", BracketLeft: "[{", BracketRight: "]}", Backslash: "\\|", IntlBackslash: "\\|",
  Semicolon: ";:", Quote: "'\"", Backquote: "`~", Comma: ",<", Period: ".>", Slash: "/?",
  NumpadAdd: "++", NumpadSubtract: "--", NumpadMultiply: "**", NumpadDivide: "//", NumpadDecimal: "..",
};

/**
 * Tell `heard({ code, symbology, byKey, byPlace, ended, gap })` for every scan. `field` is the hidden field that keeps the
 * focus; `settings` is what the scanner check found out: { layout: "us" | "own", gap, suffix, case }. `pressed(key)`, where
 * it is given, is told of a single key of a finger: one that nothing follows.
 */
export function listen({ heard, field, settings = {}, pressed: finger }) {
  const gapMs = Math.max(GAP_MS, Math.min(250, 3 * (settings.gap ?? 0)));
  let keys = [];
  let waiting = 0;

  const begin = () => {
    clearTimeout(waiting);
    keys = [];
    if (field) field.value = "";
  };

  const tell = (ended, text) => {
    const byKey = text ?? keys.map((key) => key.byKey).join("");
    const byPlace = text ?? keys.map((key) => key.byPlace).join("");
    const gap = widest(keys);
    begin();
    const raw = restored(settings.layout === "own" ? byKey : byPlace, settings);
    const { code, symbology } = split(raw);
    if (code) heard({ code, symbology, byKey, byPlace, ended, gap });
  };

  const late = (event) => event.timeStamp - keys.at(-1).at > gapMs;

  const alone = () => {
    const key = keys.length === 1 ? keys[0].byKey : "";
    begin();
    if (key) finger(key);
  };

  const silent = () => {
    if (finger && keys.length === 1) {
      waiting = setTimeout(alone, gapMs - SILENCE_MS);
      return;
    }
    // A scanner that is known to end in Enter has not ended: on a slow radio its keys come in bursts.
    if (["enter", "tab"].includes(settings.suffix)) return;
    if (keys.length >= LEAST && widest(keys) < FAST_MS) tell("silence");
  };

  const pressed = (event) => {
    if (event.ctrlKey && event.code === "BracketRight") return take(event, GS, GS);
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || busyElsewhere(event.target, field)) return;
    if (event.key === "F8") return take(event, GS, GS);
    if (event.key === " " && !keys.length) return; // it presses the button that has the focus
    if (ENDS.has(event.code) || ENDS.has(event.key)) {
      if (keys.length && late(event)) begin();
      if (!keys.length) return finger && event.key === "Enter" && [field, document.body].includes(event.target) ? finger("Enter") : undefined;
      stop(event);
      const isOne = keys.length >= LEAST || event.target === field || (keys.length > 1 && widest(keys) < FAST_MS);
      return isOne ? tell(event.key) : begin();
    }
    if (event.key.length === 1) take(event, event.key, place(event));
  };

  const take = (event, byKey, byPlace) => {
    stop(event);
    if (keys.length && late(event)) begin();
    if (keys.length < LONGEST) keys.push({ byKey, byPlace: byPlace ?? byKey, at: event.timeStamp });
    clearTimeout(waiting);
    waiting = setTimeout(silent, SILENCE_MS);
  };

  const poured = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => field.value && tell("text", field.value.replace(/[\r\n\t]+$/, "")), SILENCE_MS);
  };

  const refocus = () => setTimeout(() => document.activeElement === document.body && field.focus({ preventScroll: true }), 0);

  document.addEventListener("keydown", pressed, { capture: true });
  field?.addEventListener("input", poured);
  field?.addEventListener("blur", refocus);
  field?.focus({ preventScroll: true });
  document.body.dataset.listens = "yes"; // whoever plays a scanner can wait for it
  return () => {
    document.removeEventListener("keydown", pressed, { capture: true });
    field?.removeEventListener("input", poured);
    field?.removeEventListener("blur", refocus);
  };
}

/** Take off the scanner's AIM identifier and keep it as a hint. */
export function split(raw) {
  const text = raw.replaceAll("{GS}", GS).trim();
  const found = AIM.exec(text);
  return found ? { code: text.slice(3), symbology: found[0] } : { code: text, symbology: "" };
}

/** The sign that a US keyboard has at the place of this key; null where it has none. */
export function place(event) {
  const { code, shiftKey } = event;
  const caps = event.getModifierState?.("CapsLock") ?? false;
  if (/^Key[A-Z]$/.test(code)) return shiftKey !== caps ? code[3] : code[3].toLowerCase();
  if (/^Numpad\d$/.test(code)) return code[6];
  if (/^Digit\d$/.test(code)) {
    const n = DIGITS.plain.indexOf(code[5]);
    return shiftKey ? DIGITS.shifted[n] : DIGITS.plain[n];
  }
  return SIGNS[code]?.[shiftKey ? 1 : 0] ?? null;
}

/** Undo what the check found the scanner does to letters. */
function restored(text, { case: sent }) {
  if (sent !== "swapped") return text;
  return [...text].map((sign) => (sign === sign.toUpperCase() ? sign.toLowerCase() : sign.toUpperCase())).join("");
}

function widest(keys) {
  return keys.slice(1).reduce((most, key, n) => Math.max(most, key.at - keys[n].at), 0);
}

/** Somebody types into a field of their own: that is no scan. */
function busyElsewhere(part, field) {
  if (part === field || !(part instanceof Element)) return false;
  if (part.closest("select, textarea, [contenteditable]")) return true;
  return part instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit", "file"].includes(part.type);
}

function stop(event) {
  event.preventDefault();
  event.stopPropagation();
}
