// A key for one act: a version 7 UUID (RFC 9562). Made by hand, because browsers offer `randomUUID` on https only.
export function freshKey() {
  const raw = crypto.getRandomValues(new Uint8Array(16));
  const now = Date.now();
  for (let n = 0; n < 6; n++) raw[n] = Math.floor(now / 2 ** (8 * (5 - n))) % 256;
  raw[6] = (raw[6] & 0x0f) | 0x70;
  raw[8] = (raw[8] & 0x3f) | 0x80;
  const hex = [...raw].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
