// @ts-check
/** What is in a message: its parts, its links, what its sender did wrong. Pure. */

/** @import { Finding, Link, Part } from "../../types.js" */
/** @import { TabView } from "../tabs.js" */
/** @import { Page } from "../../page.js" */
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { base } from "../../base.js";
import { size } from "../../format.js";
import { warningsOf } from "../../links.js";
import { icon } from "../icons.js";

/** Rows that are drawn of a long table. */
const SHOWN = 1_000;

/** @type {TabView} */
export const partsTab = {
  title: "Parts",
  view: ({ parts, defects }) => html`<div class="scrolls padded" tabindex="0">
    <ul class="tree">${partView(parts)}</ul>
    ${defects.length ? html`<h3>Malformed</h3><ul class="plain">${defects.map(({ where, text }) => html`<li><code>${where || "message"}</code> ${text}</li>`)}</ul>` : nothing}
  </div>`,
};

/** @param {Part} part @returns {unknown} */
const partView = (part) => html`<li>
  <span class="part">
    <code class="muted">${part.number || "·"}</code> <strong>${part.content_type}</strong>
    ${part.filename ? html`<span class="cut">${part.filename}</span>` : nothing}
    ${[part.charset, part.encoding, part.disposition].filter(Boolean).map((fact) => html`<span class="chip">${fact}</span>`)}
    ${part.content_id ? html`<span class="chip" title="Content-ID">cid:${part.content_id}</span>` : nothing}
    <span class="muted">${size(part.size)}</span>
    ${part.url ? html`<a class="button icon quiet" href=${base(part.url)} download aria-label=${`Download part ${part.number}`}>${icon("download")}</a>` : nothing}
  </span>
  ${part.url && part.content_type.startsWith("image/") ? html`<img class="thumb" loading="lazy" alt=${part.filename ?? ""} src=${base(part.url)} />` : nothing}
  ${part.children.length ? html`<ul>${part.children.map(partView)}</ul>` : nothing}
</li>`;

/** @type {TabView} */
export const linksTab = {
  title: "Links",
  view: (_message, state, page) => {
    const told = /** @type {{ links: Link[] } | undefined} */ (state.message.parts.links);
    if (!told) return html`<p class="more" role="status">Loading…</p>`;
    if (!told.links.length) return html`<div class="hint"><p>There are no links in this message.</p></div>`;
    const twice = new Set(told.links.map(({ href }) => href).filter((href, index, all) => all.indexOf(href) !== index));
    return html`<ul class="links scrolls" tabindex="0">${told.links.slice(0, SHOWN).map((link) => linkView(link, twice, page))}</ul>`;
  },
};

/** @param {Link} link @param {ReadonlySet<string>} twice @param {Page} page */
function linkView(link, twice, page) {
  const query = Object.entries(link.query ?? {});
  return html`<li>
    <div class="line">
      <strong class="cut grow">${link.text || "(no text)"}</strong>
      ${link.kind === "link" ? nothing : html`<span class="chip">${link.kind}</span>`}
      <span class="chip">${link.source}</span>
      ${warningsOf(link, twice).map((warning) => html`<span class="chip warn">${warning}</span>`)}
      <button type="button" class="button icon quiet" aria-label="Copy the link" title="Copy the link" @click=${() => page.attempt(() => page.copy(link.href, "Link copied"))}>${icon("copy")}</button>
    </div>
    <a class="mono" href=${link.href} target="_blank" rel="noopener noreferrer">${link.href}</a>
    ${query.length ? html`<dl class="query">${query.map(([name, values]) => html`<dt>${name}</dt><dd>${values.join(", ")}</dd>`)}</dl>` : nothing}
  </li>`;
}

/** @type {Record<Finding["severity"], string>} */
const TONES = { error: "bad", warning: "warn", notice: "info", info: "" };

/** @type {TabView} */
export const findingsTab = {
  title: "Findings",
  count: (message) => message.findings.length,
  view: ({ findings }) =>
    findings.length
      ? html`<ul class="findings scrolls" tabindex="0">${findings.slice(0, SHOWN).map(findingView)}</ul>`
      : html`<div class="hint"><p>Nothing to find fault with: neither in the dialogue nor in the message.</p></div>`,
};

/** @param {Finding} finding */
export const findingView = (finding) => html`<li>
  <div class="line">
    <span class=${`chip ${TONES[finding.severity]}`}>${finding.severity}</span>
    <strong class="grow">${finding.message}</strong>
    ${finding.count > 1 ? html`<span class="chip">${finding.count} times</span>` : nothing}
    <code class="muted">${finding.id}</code>
  </div>
  ${finding.evidence ? html`<pre class="evidence">${finding.evidence}</pre>` : nothing}
  <p>${finding.hint} <span class="muted">${finding.rfc}</span></p>
</li>`;
