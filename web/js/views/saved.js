// @ts-check
/** A saved search in the side bar: to go to, to rename, to delete. Pure. */

/** @import { Route } from "../route.js" */
/** @import { Saved } from "../slices/search.js" */
/** @import { Page } from "../page.js" */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { base } from "../base.js";
import { pathOf } from "../route.js";
import { icon } from "./icons.js";

/** @param {Saved} one @param {Route} route @param {Page} page */
export const savedView = (one, route, page) => html`<li class="saved">
  <a class="place" href=${base(pathOf({ query: one.query }))} title=${one.query}
    aria-current=${route.view === "messages" && route.query === one.query ? "page" : nothing}>
    ${icon("star")}<span class="label cut">${one.name}</span>
  </a>
  <span class="acts">
    <button type="button" class="button icon quiet" aria-label=${`Rename ${one.name}`} title="Rename" @click=${() => page.attempt(() => page.search.save(one))}>${icon("edit")}</button>
    <button type="button" class="button icon quiet" aria-label=${`Delete ${one.name}`} title="Delete" @click=${() => page.search.unsave(one.query)}>${icon("close")}</button>
  </span>
</li>`;
