// Buttons that print the page.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-prints]")) print();
});
for (const button of document.querySelectorAll("[data-prints]")) button.hidden = false;
