// @ts-check
/** What one prefers, kept in this browser. */

/** @import { Settings } from "./slices/app.js" */
import { SETTINGS } from "./slices/app.js";
import { isCoarse } from "./pointer.js";

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
    return { ...SETTINGS, ...known };
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
