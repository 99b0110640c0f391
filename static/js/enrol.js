// The code from the QR picture comes behind the #, so that it is in no log; it goes into its field and out of the address.
const field = document.querySelector("input[name=code]");
const code = location.hash.slice(1);

if (/^\d{6}$/.test(code)) {
  field.value = code;
  history.replaceState(null, "", location.pathname);
  document.querySelector("input[name=name]")?.focus();
}
