// @ts-check
/** What lies on top: the help, the palette, a question for one line of text. */

/** @import { Command } from "../commands.js" */
/** @import { State } from "../state.js" */
/** @import { Page } from "../page.js" */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { COMMANDS } from "../commands.js";
import { capsOf } from "../keys.js";
import { icon } from "./icons.js";
import { menuView } from "./menu.js";

/** @type {Command["group"][]} */
const GROUPS = ["Go to", "List", "Message", "Faults", "Page"];

/** @param {State} state @param {Page} page */
export const dialogsView = (state, page) => html`${helpView(state, page)}${paletteView(state, page)}${menuView(state, page)}${promptView(page)}`;

/** Open and close the dialogs as the state has it. @param {State} state */
export function showDialogs({ app }) {
  for (const name of ["help", "palette", "menu"]) {
    const dialog = document.getElementById(name);
    if (!(dialog instanceof HTMLDialogElement)) continue;
    if (app.dialog === name && !dialog.open) dialog.showModal();
    if (app.dialog !== name && dialog.open) dialog.close();
  }
}

/** @param {State} state @param {Page} page */
const helpView = ({ app }, page) => html`<dialog id="help" class="help" aria-labelledby="help-title" @close=${() => page.dialog(null)}>
  ${app.dialog === "help"
    ? html`<header class="line"><h2 id="help-title" class="grow">Keys</h2>
          <button type="button" class="button icon quiet" aria-label="Close" @click=${() => page.dialog(null)}>${icon("close")}</button>
        </header>
        <div class="columns">
          ${GROUPS.map((group) => html`<section><h3>${group}</h3><dl>${COMMANDS.filter((one) => one.group === group && one.keys.length).map(keyView)}</dl></section>`)}
        </div>`
    : nothing}
</dialog>`;

/** @param {Command} command */
const keyView = ({ title, keys }) => html`<div><dt>${title}</dt><dd>${keys.slice(0, 2).map(capsView)}</dd></div>`;

/** @param {string} keys */
const capsView = (keys) => html`<span class="caps">${capsOf(keys).map((caps) => caps.map((cap) => html`<kbd>${cap}</kbd>`))}</span>`;

/** The commands that can be run now and whose title has these letters in their order. @param {State} state */
export function offered(state) {
  const wanted = state.app.filter.toLowerCase().replaceAll(" ", "");
  return COMMANDS.filter((one) => one.id !== "palette" && !one.id.startsWith("tab-") && (one.when?.(state) ?? true) && contains(one.title.toLowerCase(), wanted));
}

/** @param {string} text @param {string} letters */
function contains(text, letters) {
  let at = 0;
  for (const letter of letters) {
    at = text.indexOf(letter, at) + 1;
    if (!at) return false;
  }
  return true;
}

/** @param {State} state @param {Page} page */
function paletteView(state, page) {
  const open = state.app.dialog === "palette";
  const commands = open ? offered(state) : [];
  const chosen = commands[state.app.chosen];
  return html`<dialog id="palette" class="palette" aria-label="Commands" @close=${() => page.dialog(null)}>
    ${open
      ? html`<input
            class="field" type="text" autofocus placeholder="What to do?" aria-label="Command" role="combobox" aria-expanded="true"
            aria-controls="palette-list" aria-activedescendant=${chosen ? `palette-${chosen.id}` : nothing} autocomplete="off" spellcheck="false"
            @input=${(/** @type {Event} */ event) => page.dispatch({ type: "palette", filter: /** @type {HTMLInputElement} */ (event.target).value })}
            @keydown=${(/** @type {KeyboardEvent} */ event) => steer(event, commands, page)}
          />
          <ul id="palette-list" role="listbox" aria-label="Commands">
            ${commands.map((one, index) => html`<li
              id=${`palette-${one.id}`} role="option" aria-selected=${index === state.app.chosen ? "true" : "false"}
              @click=${() => choose(one, page)}
            ><span class="grow">${one.title}</span><span class="muted">${one.group}</span>${one.keys[0] ? capsView(one.keys[0]) : nothing}</li>`)}
          </ul>
          ${commands.length ? nothing : html`<p class="more">Nothing is called so.</p>`}`
      : nothing}
  </dialog>`;
}

/** @param {KeyboardEvent} event @param {Command[]} commands @param {Page} page */
function steer(event, commands, page) {
  if (event.isComposing) return;
  const { chosen, filter } = page.state.app;
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  const command = commands[chosen];
  if (step && commands.length) page.dispatch({ type: "palette", filter, chosen: (chosen + step + commands.length) % commands.length });
  else if (event.key === "Enter" && command) choose(command, page);
  else return;
  event.preventDefault();
  page.store.flush();
  document.querySelector("#palette [aria-selected=true]")?.scrollIntoView({ block: "nearest" });
}

/** @param {Command} command @param {Page} page */
function choose(command, page) {
  page.dialog(null);
  page.store.flush();
  page.attempt(() => command.run(page));
}

/** Asks for one line of text, and tells the page how to. @param {Page} page */
function promptView(page) {
  page.prompt = ask;
  return html`<dialog id="prompt" class="prompt" aria-labelledby="prompt-title">
    <form method="dialog">
      <h2 id="prompt-title"></h2>
      <label><span id="prompt-label" class="muted"></span><input id="prompt-text" class="field" type="text" maxlength="100" autocomplete="off" /></label>
      <div class="line"><span class="grow"></span><button class="button" value="" formnovalidate>Cancel</button><button class="button main" value="ok">OK</button></div>
    </form>
  </dialog>`;
}

/** @param {string} title @param {string} label @param {string} [first] what stands there already @returns {Promise<string | null>} */
function ask(title, label, first = "") {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("prompt"));
  const text = /** @type {HTMLInputElement} */ (document.getElementById("prompt-text"));
  /** @type {HTMLElement} */ (document.getElementById("prompt-title")).textContent = title;
  /** @type {HTMLElement} */ (document.getElementById("prompt-label")).textContent = label;
  text.value = first;
  dialog.returnValue = "";
  dialog.showModal();
  text.select();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "ok" && text.value.trim() ? text.value.trim() : null), { once: true });
    // The Enter key means OK, not the first button of the form.
    text.onkeydown = (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      dialog.close("ok");
    };
  });
}
