// @ts-check
/** What one prefers, kept in this browser. */

/** @import { Settings } from "./slices/app.js" */
import { SETTINGS } from "./slices/app.js";
import { keptSearches } from "./slices/search.js";

const KEY = "mailtrap.settings";

/** @returns {Settings} */
export function loadSettings() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    /** @type {Record<string, unknown>} */
    const known = {};
    for (const [name, first] of Object.entries(SETTINGS)) {
      if (typeof kept[name] === typeof first && Array.isArray(kept[name]) === Array.isArray(first)) known[name] = kept[name];
    }
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

/** Let the document look as it is liked. @param {Settings} settings */
export function wear({ theme, dense, side, middle }) {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  root.style.setProperty("--row", dense ? "40px" : "56px");
  root.style.setProperty("--side", `${side}px`);
  root.style.setProperty("--middle", `${middle}px`);
}
