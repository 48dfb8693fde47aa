// @ts-check
/** All places at once, where the side bar has no room for them: a sheet on a phone and a laptop. */

/** @import { State } from "../state.js" */
/** @import { Page } from "../page.js" */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { icon } from "./icons.js";
import { footView, listsView, placesView } from "./shell.js";

/** @param {State} state @param {Page} page */
export const menuView = (state, page) => html`<dialog
  id="menu" class="menu-sheet" aria-label="All views" @close=${() => page.dialog(null)}
  @click=${(/** @type {MouseEvent} */ event) => leave(event, page)}
>
  ${state.app.dialog === "menu"
    ? html`<nav class="side" aria-label="All views">
        <header class="line"><h2 class="grow">Views</h2>
          <button type="button" class="button icon quiet" aria-label="Close" @click=${() => page.dialog(null)}>${icon("close")}</button>
        </header>
        ${placesView(state)} ${listsView(state, page)}
        <div class="foot">${footView(state.app, page)}</div>
      </nav>`
    : nothing}
</dialog>`;

/** A place that was chosen, or a click beside the sheet, closes it. @param {MouseEvent} event @param {Page} page */
function leave(event, page) {
  const { target, currentTarget } = event;
  if (target === currentTarget || (target instanceof Element && target.closest("a"))) page.dialog(null);
}
