// @ts-check
/** What one prefers. */

/** @import { Theme } from "../slices/app.js" */
/** @import { State } from "../state.js" */
/** @import { Page } from "../page.js" */
import { html } from "../../vendor/lit-html/lit-html.js";

/** @type {[Theme, string][]} */
const THEMES = [
  ["system", "As the system"],
  ["light", "Light"],
  ["dark", "Dark"],
];

/** @param {State} state @param {Page} page */
export function settingsView({ app }, page) {
  const { settings, info } = app;
  return html`<div class="page settings">
    <h1>Settings</h1>
    <p class="muted">They are kept in this browser.</p>
    <fieldset>
      <legend>Theme</legend>
      <div class="group">${THEMES.map(([theme, title]) => html`<button type="button" class="button" aria-pressed=${settings.theme === theme ? "true" : "false"} @click=${() => page.set({ theme })}>${title}</button>`)}</div>
    </fieldset>
    ${choice("Dense list", "One line a message", settings.dense, (dense) => page.set({ dense }))}
    ${choice("Single keys", "J, K, X and the like; Ctrl+K and Escape always work", settings.keys, (keys) => page.set({ keys }))}
    ${choice("Notifications", "Of the desktop, for mail that comes while the page is not seen", settings.notify, (notify) => page.attempt(() => page.allowNotices(notify)))}
    <p class="muted">mailtrap ${info?.version ?? ""}</p>
  </div>`;
}

/** @param {string} title @param {string} help @param {boolean} on @param {(on: boolean) => unknown} set */
const choice = (title, help, on, set) => html`<label class="choice">
  <input type="checkbox" .checked=${on} @change=${(/** @type {Event} */ event) => set(/** @type {HTMLInputElement} */ (event.target).checked)} />
  <span><strong>${title}</strong><br /><span class="muted">${help}</span></span>
</label>`;
