// @ts-check
/** What one prefers. */

/** @import { Theme } from "../slices/app.js" */
/** @import { State } from "../state.js" */
/** @import { Page } from "../page.js" */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { live } from "../../vendor/lit-html/directives/live.js";
import { permission } from "../effects/notices.js";
import { SETTINGS } from "../slices/app.js";

/** @type {[Theme, string][]} */
const THEMES = [
  ["system", "As the system"],
  ["light", "Light"],
  ["dark", "Dark"],
  ["contrast", "High contrast"],
];

/** What the browser says of notifications, where that is not simply yes or no. @type {Partial<Record<ReturnType<typeof permission>, string>>} */
const NOTICES = {
  denied: "This browser does not allow them for this address. The sign beside the address, at its left, leads to what is allowed here.",
  missing: "This browser has none here: they need HTTPS, or an address of this machine such as localhost.",
};

/** @param {State} state @param {Page} page */
export function settingsView({ app }, page) {
  const { settings, info } = app;
  const allowed = permission();
  return html`<div class="page settings">
    <h1>Settings</h1>
    <p class="muted">They are kept in this browser.</p>
    ${choices("Theme", THEMES, settings.theme, (theme) => page.set({ theme }))}
    ${choices("List", [[false, "Two lines a message"], [true, "Dense"]], settings.dense, (dense) => page.set({ dense }))}
    ${choices("Times in lists", [[false, "How long ago"], [true, "Time of day"]], settings.absolute, (absolute) => page.set({ absolute }))}
    ${choices("What mail loads from other servers", [[false, "Ask each time"], [true, "Load it"]], settings.remote, (remote) => page.set({ remote }))}
    ${choice("Single keys", "J, K, X and the like; Ctrl+K and Escape always work", settings.keys, (keys) => page.set({ keys }))}
    ${choice("Notifications", "Of the desktop, for mail that comes while the page is not seen", settings.notify && allowed === "granted", (notify) => page.attempt(() => page.allowNotices(notify)), allowed === "missing")}
    ${NOTICES[allowed] ? html`<p class="note warn" role="status">${NOTICES[allowed]}</p>` : nothing}
    ${choice("Sound", "A short tone for new mail; otherwise the page makes none", settings.sound, (sound) => page.set({ sound }))}
    <div><button type="button" class="button" @click=${() => reset(page)}>Put all back</button></div>
    <p class="muted">mailtrap ${info?.version ?? ""}</p>
  </div>`;
}

/** Everything as it is at first, but for the searches that were kept. @param {Page} page */
function reset(page) {
  const { recent, saved, ...first } = SETTINGS;
  page.set(first);
  page.toast("The settings are as at first");
}

/**
 * @template V
 * @param {string} title
 * @param {[V, string][]} values
 * @param {V} value
 * @param {(value: V) => unknown} set
 */
const choices = (title, values, value, set) => html`<fieldset>
  <legend>${title}</legend>
  <div class="group">${values.map(([one, name]) => html`<button type="button" class="button" aria-pressed=${value === one ? "true" : "false"} @click=${() => set(one)}>${name}</button>`)}</div>
</fieldset>`;

/** @param {string} title @param {string} help @param {boolean} on @param {(on: boolean) => unknown} set @param {boolean} [never] */
const choice = (title, help, on, set, never = false) => html`<label class="choice">
  <input type="checkbox" .checked=${live(on)} ?disabled=${never} @change=${(/** @type {Event} */ event) => set(/** @type {HTMLInputElement} */ (event.target).checked)} />
  <span><strong>${title}</strong><br /><span class="muted">${help}</span></span>
</label>`;
