// What an office page adds for comfort. Every page also works without it. A part starts once and dresses what it finds;
// content that arrives later (the answer to a dropped file) is dressed the same way.
import * as confirm from "./confirm.js";
import * as drop from "./drop.js";
import * as guard from "./guard.js";
import * as live from "./live.js";
import * as network from "./network.js";
import * as rows from "./rows.js";
import * as shortcuts from "./shortcuts.js";
import * as theme from "./theme.js";
import * as times from "./times.js";
import * as why from "./why.js";

const parts = [theme, network, live, guard, drop, confirm, why, rows, shortcuts, times];
const dress = () => parts.forEach((part) => part.dress?.());

for (const part of parts) part.start?.();
dress();
document.addEventListener("arrived", dress);
document.querySelector(".side [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
