// @ts-check
/** What one prefers, kept in this browser. */

/** @import { Settings } from "./slices/app.js" */
import { SETTINGS } from "./slices/app.js";
import { isCoarse } from "./pointer.js";
import { keptSearches } from "./slices/search.js";

const KEY = "mailtrap.settings";

/** What the items of a list must be: another version of the page, or a hand, may have written them. @type {Record<string, (one: any) => boolean>} */
const ITEMS = {
  recent: (one) => typeof one === "string",
  saved: (one) => typeof one?.name === "string" && typeof one.query === "string",
};

const THEMES = ["system", "light", "dark", "contrast"];

/** @returns {Settings} */
export function loadSettings() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    /** @type {Record<string, unknown>} */
    const known = {};
    for (const [name, first] of Object.entries(SETTINGS)) {
      const value = kept[name];
      if (typeof value !== typeof first || Array.isArray(value) !== Array.isArray(first)) continue;
      known[name] = Array.isArray(value) ? value.filter(ITEMS[name] ?? (() => true)) : value;
    }
    if (!THEMES.includes(String(known.theme))) delete known.theme;
    return { ...SETTINGS, ...known, ...keptSearches(kept.recent, kept.saved) };
  } catch {
    return SETTINGS;
  }
}

/** @param {Settings} settings */
export function saveSettings(settings) {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // A browser that keeps nothing: then they hold until the page is left.
  }
}

/** Pixels of a row: a dense one is a line, where no finger has to hit it. @param {Settings} settings */
export const rowOf = ({ dense }) => (dense ? (isCoarse() ? 44 : 36) : 56);

/** Let the document look as it is liked. @param {Settings} settings */
export function wear(settings) {
  const { theme, dense, side, middle } = settings;
  const root = document.documentElement;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  root.toggleAttribute("data-dense", dense);
  root.style.setProperty("--row", `${rowOf(settings)}px`);
  root.style.setProperty("--side", `${side}px`);
  root.style.setProperty("--middle", `${middle}px`);
}
