// A board keeps itself up to date: what carries data-live is fetched again every so many seconds and put in the place of
// the old. Nothing is touched while somebody types or has something open; two misses in a row are told.
const MISSES = 2;

export function start() {
  const board = document.querySelector("[data-live]");
  if (board) setInterval(look, board.dataset.live * 1000);
}

let missed = 0;

async function look() {
  const old = document.querySelector("[data-live]");
  if (document.hidden || !old || old.matches(":focus-within") || document.querySelector("dialog[open]")) return;
  const fresh = await read().catch(() => null);
  missed = fresh ? 0 : missed + 1;
  if (fresh && fresh.innerHTML !== old.innerHTML) {
    old.replaceWith(fresh);
    document.dispatchEvent(new Event("arrived"));
  }
  if (missed >= MISSES) document.querySelector("[data-live] [data-stale]")?.removeAttribute("hidden");
}

async function read() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" }, redirect: "error" });
  if (!answer.ok) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector("[data-live]");
}
