// What an eye would notice and a status code does not: text cut off or outside the screen, things lying on each other,
// targets too small for a finger. Gives sentences; none means the page is fine.
async (least) => {
  const found = [];
  const shown = (part) => part.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !part.closest("[inert]");
  const style = (part) => getComputedStyle(part);
  const name = (part) => {
    const words = (part.getAttribute("aria-label") ?? part.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 40);
    return `<${part.localName}${part.className?.baseVal ?? part.className ? "." + String(part.className?.baseVal ?? part.className).trim().replace(/\s+/g, ".") : ""}> “${words}”`;
  };
  const hiddenForEyes = (part) => [part, ...ancestors(part)].some((up) => up.matches(".skip, .visually-hidden") || (style(up).position === "absolute" && up.clientWidth <= 1));
  const scrolls = (part, axis) => /auto|scroll/.test(style(part)[`overflow${axis}`]);
  const ancestors = function* (part) { for (let up = part.parentElement; up; up = up.parentElement) yield up; };
  const inScroller = (part) => [...ancestors(part)].some((up) => up !== document.documentElement && up !== document.body && (scrolls(up, "X") && up.scrollWidth > up.clientWidth));

  if (document.documentElement.scrollWidth > innerWidth) found.push(`the page is ${document.documentElement.scrollWidth} px wide on a screen of ${innerWidth}`);
  if (document.body.classList.contains("floor") && document.documentElement.scrollHeight > innerHeight) found.push(`the floor page is ${document.documentElement.scrollHeight} px high on a screen of ${innerHeight}`);

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const part = node.parentElement;
    if (!node.data.trim() || ["SCRIPT", "STYLE", "OPTION", "TITLE", "title", "TEMPLATE"].includes(part.tagName) || !shown(part) || hiddenForEyes(part)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (!box.width || !box.height) continue;
      if (!inScroller(part) && (box.left < -0.5 || box.right > innerWidth + 0.5)) { found.push(`${name(part)} leaves the screen`); break; }
      const cutter = [...ancestors(node)].find((up) => {
        if (up === document.documentElement || up === document.body || up.namespaceURI.endsWith("svg")) return false;
        const look = style(up);
        const edge = up.getBoundingClientRect();
        const x = /hidden|clip/.test(look.overflowX) && (box.left < edge.left - 1 || box.right > edge.right + 1);
        const y = /hidden|clip/.test(look.overflowY) && (box.top < edge.top - 2 || box.bottom > edge.bottom + 2);
        return x || y;
      });
      if (cutter && !(cutter.matches(".cut, .name") && (cutter.title || cutter.ariaLabel))) { found.push(`${name(part)} is cut off by ${name(cutter)}`); break; }
    }
  }

  for (const field of document.querySelectorAll("input, select, button, textarea")) {
    if (!shown(field)) continue;
    const words = field.localName === "select" ? field.selectedOptions[0]?.text : field.value || field.placeholder;
    if (!words || ["checkbox", "radio", "file", "hidden", "date", "datetime-local", "time", "range", "color", "password"].includes(field.type) || field.localName === "textarea" || field.localName === "button") continue;
    const pen = document.createElement("canvas").getContext("2d");
    const look = style(field);
    pen.font = look.font;
    const room = field.clientWidth - parseFloat(look.paddingLeft) - parseFloat(look.paddingRight);
    if ((field.localName === "select" || !field.value) && pen.measureText(words).width > room + 1) found.push(`“${words}” does not fit into ${name(field)}: ${Math.round(room)} px`);
  }

  const acts = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button]")]
    .filter((part) => shown(part) && !hiddenForEyes(part) && !part.disabled);
  const boxes = new Map(acts.map((part) => [part, (part.matches("label .check, label input") ? part.closest("label") : part)]).map(([part, of]) => [part, of.getBoundingClientRect()]));
  const related = (a, b) => a.contains(b) || b.contains(a) || (a.closest("label") && a.closest("label") === b.closest("label"));
  const apart = 1.5;
  const rects = new Map(acts.map((part) => [part, [...part.getClientRects()]]));
  const stays = (part) => [part, ...ancestors(part)].some((up) => ["fixed", "sticky"].includes(style(up).position));
  for (let i = 0; i < acts.length; i++) for (let j = i + 1; j < acts.length; j++) {
    for (const a of rects.get(acts[i])) for (const b of rects.get(acts[j])) {
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide <= apart || high <= apart || related(acts[i], acts[j])) continue;
      if (!stays(acts[i]) && !stays(acts[j]) && !inScroller(acts[i]) && !inScroller(acts[j])) found.push(`${name(acts[i])} and ${name(acts[j])} lie on each other`);
    }
  }

  for (const part of acts) {
    const box = boxes.get(part);
    const small = Math.min(box.width, box.height) < least - 0.5;
    if (!small) continue;
    if (least > 24) { found.push(`${name(part)} is ${Math.round(box.width)} × ${Math.round(box.height)} px, less than ${least}`); continue; }
    // As WCAG 2.5.8 has it: a link in a sentence, or one with room around it, may be smaller.
    if (part.localName === "a" && style(part).display === "inline" && part.parentElement.textContent.trim() !== part.textContent.trim()) continue;
    const middle = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
    const crowd = acts.find((other) => {
      if (related(part, other)) return false;
      const it = boxes.get(other);
      const dx = Math.max(it.left - middle.x, 0, middle.x - it.right);
      const dy = Math.max(it.top - middle.y, 0, middle.y - it.bottom);
      return Math.hypot(dx, dy) < least / 2;
    });
    if (crowd) found.push(`${name(part)} is ${Math.round(box.width)} × ${Math.round(box.height)} px and close to ${name(crowd)}`);
  }

  const before = [scrollX, scrollY];
  for (const part of acts) {
    part.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    const box = part.getClientRects()[0];
    if (!box) continue;
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    if (!top) { found.push(`${name(part)} cannot be reached`); continue; }
    if (top !== part && !part.contains(top) && !top.contains(part) && !top.closest("label")?.contains(part)) found.push(`${name(part)} is covered by ${name(top)}`);
  }
  scrollTo(...before);
  for (const frame of document.querySelectorAll("*")) if (frame.scrollLeft && frame !== document.documentElement) frame.scrollLeft = 0;
  return [...new Set(found)];
};
