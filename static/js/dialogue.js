// The floor's page: a scan, a key or a number goes to the warehouse, and the screen that comes back is shown and heard.
import * as bench from "./bench.js";
import * as comfort from "./comfort.js";
import * as keypad from "./keypad.js";
import { ask, isAway } from "./network.js";
import { Came, line } from "./scans.js";
import { close, isOpen, open, refresh, say, show, worded } from "./screen.js";
import { sound, start as unlock } from "./tones.js";
import { listen } from "./wedge.js";

const SLOW_MS = 400;
const BADGE = /^(\][A-Za-z][0-9A-Za-z])?WXU/i;
const COMMAND = /^(WXC|CMD:)/i;
const KEYPAD = /^(WXC|CMD:)QTY$/i;
const PHOTO = /^(WXC|CMD:)PHOTO$/i;
/** What may wait on the tablet: it confirms what is in hand. Claims, shorts and undo need the warehouse. */
const CONFIRMS = new Set(["yes", "no", "qty"]);
const CONFIRMING_CODE = /^(WXC|CMD:)(YES|NO|Q\d+)$/i;

const body = document.body;
const words = JSON.parse(body.dataset.words);
let badge = "";
let missed = [];
let slow = 0;
let told = "";

const scans = line({
  person: body.dataset.person,
  url: body.dataset.scans,
  token: body.dataset.csrf,
  answered,
  changed,
  stopped,
});

const ear = document.querySelector("[data-ear]");
listen({ field: ear, settings: JSON.parse(body.dataset.scanner || "{}"), heard, pressed: bench.key });
bench.start({ busy: () => scans.length > 0, shown: refresh, refused: () => refuse(words.ask) });
keypad.start((quantity) => press("qty", { quantity }));
comfort.start();
unlock();
document.addEventListener("click", tapped);
document.addEventListener("submit", practised);
document.addEventListener("keydown", keyed);
addEventListener("network", back);
addEventListener("pageshow", () => scans.go());
changed();
if (ear.value) ear.dispatchEvent(new Event("input")); // somebody quick scanned before this script was there

function heard({ code, symbology }) {
  close();
  if (BADGE.test(code)) return change(code);
  if (KEYPAD.test(code)) return type();
  if (PHOTO.test(code) && bench.isBench()) return bench.takePhoto();
  const mayWait = mayKeep() && (!COMMAND.test(code) || CONFIRMING_CODE.test(code));
  send(symbology ? { code, symbology } : { code }, mayWait);
}

function press(order, more = {}) {
  close();
  if (order === "photo") return bench.takePhoto();
  send({ order, ...more }, mayKeep() && CONFIRMS.has(order));
}

function send(said, mayWait) {
  if (!mayWait && isAway()) return refuse(words.ask);
  if (!mayWait && scans.isStuck()) return refuse(words.first);
  if (isAway() || scans.isStuck()) sound("kept");
  wait();
  scans.add(said);
}

function tapped(event) {
  const key = event.target.closest("[data-order], [data-open], [data-close], [data-scan]");
  if (!key) return;
  const { order, quantity, process, open: panel, scan } = key.dataset;
  if (scan) return heard({ code: scan, symbology: "" });
  if (panel === "pad") return type();
  if (panel) return isOpen(panel) ? close() : open(panel);
  if (!order) return close();
  press(order, { ...(quantity && { quantity: Number(quantity) }), ...(process && { process }) });
}

function type() {
  keypad.clear();
  open("pad");
}

/** Another badge: the door changes who works here, once everything before it has arrived. */
function change(code) {
  if (isAway()) return refuse(words.badge);
  badge = code;
  knock();
}

function knock() {
  if (!badge || scans.length) return;
  const form = document.querySelector("form[data-badge]");
  form.elements.code.value = badge;
  form.requestSubmit();
}

function practised(event) {
  const form = event.target.closest("[data-practice]");
  if (!form) return;
  event.preventDefault();
  const code = form.elements.code.value.trim();
  form.reset();
  if (code) heard({ code, symbology: "" });
}

async function answered(scan, came, answer) {
  quick();
  if (scans.length) wait();
  told = "";
  if (came === Came.NO) return refuse(words.unread);
  if (came === Came.BUG) return refuse(worded(words.aside, { code: scan.said.code ?? scan.said.order }));
  sessionStorage.removeItem("binwave-anew");
  if (answer.leaves) return document.querySelector("[data-out]").requestSubmit();
  const isBad = ["wrong", "stopped"].includes(answer.tone);
  if (scan.tries && isBad) missed.push(answer.say);
  show(answer.html);
  comfort.dress();
  if (missed.length && !scans.length) report();
  else sound(answer.tone);
  if (!scans.length) knock();
}

/** Scans that waited and were not taken: the screen shows where things stand, the bar says what was missed. */
function report() {
  if (missed.length > 1) say(worded(words.missed, { n: missed.length, say: missed.at(-1) }), "bad");
  missed = [];
  sound("wrong");
}

/** The network is back: what waits goes out. */
function back(event) {
  changed();
  if (!event.detail.away) scans.go();
}

function stopped(came) {
  if (came === Came.STALE && !sessionStorage.getItem("binwave-anew")) {
    sessionStorage.setItem("binwave-anew", "yes");
    return location.reload();
  }
  location.assign(body.dataset.door); // the session is over: what waits stays here and goes out when this person is back
}

function refuse(sentence) {
  quick();
  say(sentence, "bad");
  sound("wrong");
}

function changed() {
  const count = scans.length;
  const isWaiting = count > 0 && (isAway() || scans.isStuck());
  body.toggleAttribute("data-waits", isWaiting);
  document.querySelector("[data-waiting]").hidden = !isWaiting;
  document.querySelector("[data-waiting-words]").textContent = worded(words.waiting, { n: count });
  if (!isWaiting) return (told = "");
  quick();
  ask().then(tell);
}

/** Say once what the line waits for: the network, or the answer to a scan of which nobody knows whether it arrived. */
function tell() {
  const count = scans.length;
  if (!count || !(isAway() || scans.isUnsure())) return;
  const away = worded(count === 1 ? words.away_one : words.away, { n: count });
  const sentence = isAway() ? away : words.unsure;
  if (sentence !== told) say(sentence, "warn");
  told = sentence;
}

/** More than 0.4 seconds without an answer: say that we are at it. */
function wait() {
  clearTimeout(slow);
  slow = setTimeout(() => (document.querySelector("[data-slow]").hidden = false), SLOW_MS);
}

function quick() {
  clearTimeout(slow);
  document.querySelector("[data-slow]").hidden = true;
}

/** What confirms goods in hand may wait for the network; packing needs the warehouse for every box. */
function mayKeep() {
  return body.dataset.process !== "" && !bench.isBench();
}

function keyed(event) {
  if (event.target.matches?.("input:not([data-ear])")) return;
  if (event.key === "Escape") return isOpen() ? close() : bench.key("Escape");
  if (event.key === "F2" && bench.key("F2")) event.preventDefault();
}
