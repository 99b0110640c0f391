// "why?" opens what was weighed, in place. Without this the link jumps to it and the address opens it.
export function start() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-opens]");
    if (!link) return;
    event.preventDefault();
    const answer = document.getElementById(link.dataset.opens);
    link.setAttribute("aria-expanded", String(answer.classList.toggle("open")));
  });
}

export function dress() {
  for (const link of document.querySelectorAll("[data-opens]:not([role])")) prepare(link);
}

function prepare(link) {
  link.setAttribute("role", "button");
  link.setAttribute("aria-expanded", "false");
  link.setAttribute("aria-controls", link.dataset.opens);
}
