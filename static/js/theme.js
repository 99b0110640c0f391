// Light, dark, or as the device says. A cookie remembers it, so that the server sends the page in the right theme at once.
const YEAR_S = 31_536_000;

export function start() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-look]");
    if (button) choose(button.dataset.look === "other" ? other() : button.dataset.look);
  });
}

export function dress() {
  for (const group of document.querySelectorAll(".theme")) group.hidden = false;
  show();
}

function choose(look) {
  const device = look === "device";
  document.cookie = `look=${device ? "" : look}; path=/; max-age=${device ? 0 : YEAR_S}; samesite=lax`;
  if (device) delete document.documentElement.dataset.bsTheme;
  else document.documentElement.dataset.bsTheme = look;
  show();
}

function other() {
  return document.documentElement.dataset.bsTheme === "light" ? "dark" : "light";
}

function show() {
  const look = document.documentElement.dataset.bsTheme ?? "device";
  for (const button of document.querySelectorAll(".theme [data-look]")) {
    button.setAttribute("aria-pressed", String(button.dataset.look === look));
  }
}
