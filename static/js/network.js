// Whether the warehouse answers. The browser's own word ("offline") is only a reason to ask: a server on
// this machine answers without any network.
const PATIENCE_MS = 4000;
const AGAIN_MS = 5000;
let away = false;
let asking = 0;

export const isAway = () => away;

export function start() {
  addEventListener("offline", ask);
  addEventListener("online", ask);
  if (!navigator.onLine) ask();
}

/** Ask once; tell the page; keep asking while there is no answer. Resolves to whether it answered. */
export async function ask() {
  clearTimeout(asking);
  const answered = await answers();
  tell(!answered);
  if (!answered) asking = setTimeout(ask, AGAIN_MS);
  return answered;
}

async function answers() {
  try {
    await fetch("/livez", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
    return true;
  } catch {
    return false;
  }
}

function tell(isAwayNow) {
  const isNews = away !== isAwayNow;
  away = isAwayNow;
  if (isNews) dispatchEvent(new CustomEvent("network", { detail: { away } }));
  const note = document.getElementById("away");
  if (note) note.hidden = !away;
  for (const word of document.querySelectorAll(".net-off")) word.hidden = !away;
  for (const word of document.querySelectorAll(".net-on")) word.hidden = away;
}
