// "3 min ago" while that is news; the exact moment stays in the tooltip and comes back after half a day.
// "in 18 min" as soon as that is near; before, the time on the clock.
const AGAIN_MS = 20_000;
const NEWS_S = 12 * 3600;
const SOON_S = 90 * 60;
const STEPS = [["hour", 3600], ["minute", 60], ["second", 1]];

export function start() {
  setInterval(dress, AGAIN_MS);
}

export function dress() {
  const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto", style: "short" });
  for (const moment of document.querySelectorAll("time[data-ago]")) {
    moment.dataset.written ??= moment.textContent;
    const past_s = (Date.now() - Date.parse(moment.dateTime)) / 1000;
    moment.textContent = past_s >= 0 && past_s < NEWS_S ? ago(words, past_s) : moment.dataset.written;
  }
  for (const moment of document.querySelectorAll("time[data-until]")) {
    moment.dataset.written ??= moment.textContent;
    const left_s = (Date.parse(moment.dateTime) - Date.now()) / 1000;
    moment.textContent = left_s >= 0 && left_s < SOON_S ? until(words, left_s) : moment.dataset.written;
  }
}

function until(words, left_s) {
  return left_s < 60 ? words.format(Math.floor(left_s), "second") : words.format(Math.floor(left_s / 60), "minute");
}

function ago(words, past_s) {
  const [unit, size_s] = STEPS.find(([, size]) => past_s >= size) ?? STEPS.at(-1);
  return words.format(-Math.floor(past_s / size_s), unit);
}
