// Large keys, left hand, sound, contrast: how this tablet is set. A cookie remembers it, so that the next page comes so at once.
const YEAR_S = 31_536_000;

export function start() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-comfort]");
    if (!button) return;
    const { comfort: name, value } = button.dataset;
    const isOn = part(name).dataset[name] === value;
    document.cookie = `${name}=${isOn ? "" : value}; path=/; max-age=${isOn ? 0 : YEAR_S}; samesite=lax`;
    if (isOn) delete part(name).dataset[name];
    else part(name).dataset[name] = value;
    dress();
  });
  dress();
}

export function dress() {
  for (const button of document.querySelectorAll("[data-comfort]")) {
    const { comfort: name, value } = button.dataset;
    button.setAttribute("aria-pressed", String(part(name).dataset[name] === value));
  }
}

const part = (name) => (name === "contrast" ? document.documentElement : document.body);
