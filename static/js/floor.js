// What a floor page adds: the theme key, the word on the network, and no double sends.
import * as guard from "./guard.js";
import * as network from "./network.js";
import * as theme from "./theme.js";

const parts = [theme, network, guard];
for (const part of parts) part.start?.();
for (const part of parts) part.dress?.();
