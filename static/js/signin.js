// The floor's sign-in: a scan anywhere fills the hidden field and sends it. Without this script the field has the focus,
// and the scanner's Enter sends the form by itself.
import { listen } from "./wedge.js";

const YEAR_S = 31_536_000;
const form = document.querySelector("form[data-scan]");
const field = form?.querySelector("[data-ear]");

if (form) {
  listen({ field, settings: JSON.parse(form.dataset.scanner || "{}"), heard: send });
}

function send({ code, symbology }) {
  if (form.dataset.busy) return;
  field.value = symbology + code;
  form.requestSubmit();
}

for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", () => {
    document.cookie = `lang=${button.dataset.language}; path=/; max-age=${YEAR_S}; samesite=lax`;
    location.reload();
  });
}
