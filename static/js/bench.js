// A bench: keys of the keyboard, a screen that looks again by itself while a label is bought or a box stands on the scale,
// the camera, and the scale of a practice house.
import { freshKey } from "./fresh_key.js";

const LOOK_MS = 1000;
const body = document.body;

/** `busy()` tells whether scans are under way; `shown(html)` draws what is new; `refused()` says that it did not work. */
export function start({ busy, shown, refused }) {
  setInterval(() => body.dataset.looks && !document.hidden && !busy() && look(busy, shown), LOOK_MS);
  document.addEventListener("click", (event) => {
    const scale = event.target.closest("[data-scale]");
    if (scale) send(scale.dataset.scale, new FormData()).then((done) => (done ? look(busy, shown) : refused()));
  });
  document.addEventListener("change", (event) => {
    const camera = event.target.closest("[data-photo]");
    if (camera?.files.length) photo(camera, () => look(busy, shown), refused);
  });
}

/** Whether the screen is a bench's: there keys of the keyboard count, and scans need the warehouse. */
export function isBench() {
  return body.classList.contains("packing");
}

/** A finger pressed a key: press what has that key on the screen. Tells whether there was something. */
export function key(name) {
  if (!isBench() || document.querySelector("main").inert) return false;
  const wanted = name.length === 1 ? name.toUpperCase() : name;
  const part = document.querySelector(`[data-key="${CSS.escape(wanted)}"]:not([disabled])`);
  part?.click();
  return Boolean(part);
}

/** Let the tablet take a photo; what comes of it is sent by itself. */
export function takePhoto() {
  document.querySelector("[data-photo]")?.click();
}

async function photo(camera, done, refused) {
  const form = new FormData();
  form.append("file", camera.files[0]);
  const isKept = await send(camera.dataset.photo, form);
  camera.value = "";
  return isKept ? done() : refused();
}

async function send(url, form) {
  form.append("_key", freshKey());
  const answer = await fetch(url, { method: "POST", body: form, headers: { "X-CSRFToken": body.dataset.csrf }, redirect: "manual" }).catch(() => null);
  return answer?.ok ?? false;
}

async function look(busy, shown) {
  const answer = await fetch(body.dataset.turn, { redirect: "manual" }).catch(() => null);
  if (!answer?.ok) return;
  const told = await answer.json();
  if (!busy()) shown(told.html);
}
