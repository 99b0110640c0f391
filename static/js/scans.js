// Scans on their way to the warehouse: one at a time, in the order in which they were made, none dropped. Each has a key of
// its own, so that one that is sent twice happens once. Nobody here can tell whether one without an answer arrived: it is sent
// again with its key until the warehouse answers. What waits is kept on the tablet under its person's number, and goes out
// when that person is here again.
import { freshKey } from "./fresh_key.js";

const PATIENCE_MS = 10_000;
const FIRST_MS = 400;
const LONGEST_MS = 15_000;
const TRIES_OF_A_BUG = 3;

/** What came of sending one scan. */
export const Came = Object.freeze({ ANSWER: "answer", LATER: "later", BUSY: "busy", BUG: "bug", NO: "no", DOOR: "door", STALE: "stale" });

/**
 * `answered(scan, came, answer)` is told once for every scan that left the queue; `changed()` whenever something joins,
 * leaves or has to wait. Returns `{ add, go, length, isStuck, isUnsure }`: stuck while something in it was sent or had to
 * wait before, unsure while what was sent last has no answer.
 */
export function line({ person, url, token, answered, changed, stopped }) {
  const place = `binwave-scans-${person}`;
  let waiting = load(place);
  let isSending = false;
  let pause = 0;
  let again = 0;

  const isStuck = () => waiting.some((scan) => scan.tries > 0);
  const isUnsure = () => waiting.length > 0 && pause > 0;

  const keep = () => {
    store(place, waiting);
    changed();
  };

  const add = (said) => {
    const seq = next(`binwave-seq`);
    waiting.push({ key: freshKey(), tries: waiting.length && isStuck() ? 1 : 0, bugs: 0, said: { ...said, device_seq: seq, occurred_at: new Date().toISOString() } });
    keep();
    go();
  };

  const go = async () => {
    if (isSending) return;
    clearTimeout(again);
    isSending = true;
    while (waiting.length && (await one(waiting[0])));
    isSending = false;
  };

  /** Send the first in line; returns whether the next one may go. */
  const one = async (scan) => {
    const { came, answer } = await send(scan, url, token);
    if (came === Came.DOOR || came === Came.STALE) {
      stopped(came);
      return false;
    }
    const isGivenUp = came === Came.BUG && ++scan.bugs >= TRIES_OF_A_BUG;
    if ([Came.LATER, Came.BUSY, Came.BUG].includes(came) && !isGivenUp) return later(scan);
    pause = 0;
    waiting = waiting.filter((other) => other !== scan);
    keep();
    await answered(scan, isGivenUp ? Came.BUG : came, answer);
    return true;
  };

  const later = (scan) => {
    scan.tries += 1;
    keep();
    pause = Math.min(LONGEST_MS, Math.max(FIRST_MS, 2 * pause));
    again = setTimeout(go, pause * (0.75 + Math.random() / 2));
    return false;
  };

  return {
    add,
    go,
    get length() {
      return waiting.length;
    },
    isStuck,
    isUnsure,
  };
}

async function send(scan, url, token) {
  const body = { ...scan.said, sent_at: new Date().toISOString(), was_waiting: scan.tries > 0 };
  try {
    const response = await fetch(url, {
      method: "POST",
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: { "Content-Type": "application/json", "X-CSRFToken": token, "Idempotency-Key": scan.key },
      body: JSON.stringify(body),
    });
    return await read(response);
  } catch {
    return { came: Came.LATER, answer: null };
  }
}

async function read(response) {
  if (response.ok) return { came: Came.ANSWER, answer: await response.json() };
  if (response.type === "opaqueredirect" || response.status === 401) return { came: Came.DOOR, answer: null };
  if (response.status === 403) return { came: Came.STALE, answer: null };
  if (response.status === 500) return { came: Came.BUG, answer: null };
  const passes = response.status > 500 || response.headers.has("Retry-After");
  return { came: passes ? Came.BUSY : Came.NO, answer: null };
}

function load(place) {
  try {
    return JSON.parse(localStorage.getItem(place) ?? "[]");
  } catch {
    return [];
  }
}

function store(place, waiting) {
  try {
    if (waiting.length) localStorage.setItem(place, JSON.stringify(waiting));
    else localStorage.removeItem(place);
  } catch {
    // A browser without room or without leave to store: the line lives as long as the page.
  }
}

function next(place) {
  const seq = Number(load(place)) || 0;
  try {
    localStorage.setItem(place, String(seq + 1));
  } catch {
    return Date.now();
  }
  return seq + 1;
}
