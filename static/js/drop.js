// Files: drop one on the frame, and see how far it is. The answer's page takes the place of this one's content.
import { hold, release } from "./guard.js";
import { ask } from "./network.js";

export function start() {
  for (const kind of ["dragenter", "dragover"]) document.addEventListener(kind, over);
  for (const kind of ["dragleave", "drop"]) document.addEventListener(kind, out);
  document.addEventListener("drop", take);
  document.addEventListener("submit", (event) => {
    const file = event.target.querySelector(".drop input[type=file]");
    if (!file || event.defaultPrevented || event.target.dataset.busy) return;
    event.preventDefault();
    send(event.target, event.submitter);
  }, { capture: true });
}

const frame = (event) => event.target.closest?.(".drop");

function over(event) {
  if (!frame(event)) return;
  event.preventDefault();
  frame(event).classList.add("over");
}

function out(event) {
  frame(event)?.classList.remove("over");
}

function take(event) {
  const input = frame(event)?.querySelector("input[type=file]");
  if (!input || !event.dataTransfer.files.length) return;
  event.preventDefault();
  input.files = event.dataTransfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function send(form, pressed) {
  const body = new FormData(form, pressed);
  const wire = new XMLHttpRequest();
  wire.open("POST", form.action);
  wire.setRequestHeader("Accept", "text/html");
  wire.upload.addEventListener("progress", (event) => show(form, event.loaded / event.total));
  wire.addEventListener("load", () => arrived(form, wire));
  wire.addEventListener("error", () => lost(form));
  wire.addEventListener("timeout", () => lost(form));
  hold(form, pressed);
  show(form, 0);
  wire.send(body);
}

function show(form, part) {
  const sent = form.querySelector(".sent");
  const words = sent.querySelector("[role=status]");
  sent.hidden = false;
  sent.querySelector("progress").value = Math.round(part * 100);
  words.textContent = part < 1 ? words.dataset.sending : words.dataset.reading;
}

function arrived(form, wire) {
  const type = wire.getResponseHeader("content-type") ?? "";
  if (!type.startsWith("text/html")) return location.assign(wire.responseURL);
  const page = new DOMParser().parseFromString(wire.responseText, "text/html");
  const main = page.querySelector("main");
  if (!main) return location.assign(wire.responseURL);
  document.title = page.title;
  history.pushState(null, "", wire.responseURL);
  document.querySelector("main").replaceWith(main);
  scrollTo(0, 0);
  main.focus({ preventScroll: true });
  document.dispatchEvent(new Event("arrived"));
}

function lost(form) {
  release(form);
  const words = form.querySelector(".sent [role=status]");
  words.textContent = words.dataset.lost;
  ask();
}

addEventListener("popstate", () => location.reload());
