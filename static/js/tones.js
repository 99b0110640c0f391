// What a scan sounds and feels like. Tones are made, not played from files; the first key or tap lets the browser sound them.
const HIGH = 1320;
const TONES = {
  good: [[HIGH, 70]],
  line: [[880, 80], [HIGH, 110]],
  task: [[880, 90], [1100, 90], [HIGH, 160]],
  attention: [[660, 110], [0, 70], [660, 110]],
  wrong: [[180, 450, "square"]],
  stopped: [[180, 450, "square"]],
  kept: [[330, 40]],
};
const LOUD = { kept: 0.05, wrong: 0.25, stopped: 0.25 };
const SHAKES = { wrong: [180, 80, 180], stopped: [180, 80, 180], attention: [80] };
const FLASH_MS = 300;
let context = null;

export function start() {
  const wake = () => {
    context ??= "AudioContext" in window ? new AudioContext() : null;
    if (context?.state === "suspended") context.resume().catch(() => {});
  };
  const soon = () => setTimeout(wake, 0); // making it takes longer than a scanner's keys wait
  for (const kind of ["keydown", "pointerdown"]) document.addEventListener(kind, soon, { capture: true });
}

/** Sound, shake and flash as this tone does; "quiet" does nothing. */
export function sound(tone) {
  document.body.dataset.sounded = tone;
  if (tone === "wrong" || tone === "stopped") flash();
  if (SHAKES[tone]) navigator.vibrate?.(SHAKES[tone]);
  if (document.body.dataset.sound !== "off") play(tone);
}

function play(tone) {
  if (context?.state !== "running") return;
  let at = context.currentTime;
  for (const [hertz, ms, shape] of TONES[tone] ?? []) {
    if (hertz) beep(at, hertz, ms / 1000, shape ?? "sine", LOUD[tone] ?? 0.2);
    at += ms / 1000;
  }
}

function beep(at, hertz, seconds, shape, loud) {
  const voice = new OscillatorNode(context, { type: shape, frequency: hertz });
  const volume = new GainNode(context, { gain: loud });
  volume.gain.setTargetAtTime(0, at + seconds * 0.85, seconds * 0.05);
  voice.connect(volume).connect(context.destination);
  voice.start(at);
  voice.stop(at + seconds);
}

function flash() {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const light = document.querySelector("[data-flash]");
  light.hidden = false;
  setTimeout(() => (light.hidden = true), FLASH_MS);
}
