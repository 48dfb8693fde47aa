// @ts-check
/** The links of a message: where each leads, what it is for, what may be wrong with it. Pure. */

/** @import { Link } from "../../types.js" */
/** @import { TabView } from "../tabs.js" */
/** @import { Page } from "../../page.js" */
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { guard } from "../../../vendor/lit-html/directives/guard.js";
import { isSafe, purposesOf, repeated, warningsOf } from "../../links.js";
import { stepsOf } from "../../slices/message.js";
import { icon } from "../icons.js";
import { moreView } from "../more.js";
import { strange } from "../shown.js";

/** Links of a step, values of a query, characters of an address. */
const SHOWN = 100;
const VALUES = 30;
const LONG = 2_000;

/** @type {Record<string, string>} */
const TONES = { action: "accent", unsubscribe: "info", "one click": "good", tracking: "warn" };

/** @type {TabView} */
export const linksTab = {
  title: "Links",
  count: ({ links }) => links.length,
  view: ({ links }, state, page) => {
    if (!links.length) return html`<div class="hint"><p>There are no links in this message.</p></div>`;
    const most = stepsOf(state.message, "links") * SHOWN;
    return html`<div class="scrolls" tabindex="0" role="region" aria-label="Links of the message">
      ${guard([links, most], () => {
        const twice = repeated(links);
        return html`<ul class="links">${links.slice(0, most).map((link) => linkView(link, twice, page))}</ul>`;
      })}
      ${moreView(page, "links", links.length - most, "links left")}
    </div>`;
  },
};

/** @param {Link} link @param {ReadonlySet<string>} twice @param {Page} page */
function linkView(link, twice, page) {
  const query = Object.entries(link.query ?? {});
  return html`<li>
    <div class="line wraps">
      <strong class="cut">${strange(link.text.slice(0, LONG) || (link.kind === "image" ? "image" : "no text"))}</strong>
      ${purposesOf(link).map((purpose) => html`<span class=${`chip ${TONES[purpose] ?? ""}`}>${purpose}</span>`)}
      <span class="chip">${link.source}</span>
      ${warningsOf(link, twice).map(({ text, tone }) => html`<span class=${`chip ${tone}`}>${text}</span>`)}
    </div>
    <div class="line">
      <span class="mono address grow">${hrefView(link.href)}</span>
      ${isSafe(link.href) ? html`<a class="button icon quiet" href=${link.href} target="_blank" rel="noopener noreferrer" aria-label="Open in a tab of its own" title="Open in a tab of its own">${icon("external")}</a>` : nothing}
      <button type="button" class="button icon quiet" aria-label="Copy the link" title="Copy the link" @click=${() => page.attempt(() => page.copy(link.href, "Link copied"))}>${icon("copy")}</button>
    </div>
    ${query.length ? html`<dl class="query">${query.slice(0, VALUES).map(([name, values]) => html`<dt>${strange(name.slice(0, LONG))}</dt><dd>${strange(values.join(", ").slice(0, LONG))}</dd>`)}</dl>` : nothing}
    ${query.length > VALUES ? html`<p class="muted">and ${query.length - VALUES} values more</p>` : nothing}
  </li>`;
}

/** An address with its host in bold: that is what one has to look at. @param {string} href */
function hrefView(href) {
  const host = URL.canParse(href) ? new URL(href).host : "";
  const at = host ? href.toLowerCase().indexOf(host) : -1;
  if (at < 0) return strange(href.slice(0, LONG));
  return html`${strange(href.slice(0, at))}<strong>${strange(href.slice(at, at + host.length))}</strong>${strange(href.slice(at + host.length, LONG))}${href.length > LONG ? "…" : ""}`;
}
