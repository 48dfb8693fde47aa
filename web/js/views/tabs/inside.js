// @ts-check
/** What the sender did wrong. Pure. */

/** @import { Finding } from "../../types.js" */
/** @import { Tab } from "../../slices/message.js" */
/** @import { TabView } from "../tabs.js" */
/** @import { Page } from "../../page.js" */
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { many } from "../../format.js";
import { stepsOf } from "../../slices/message.js";
import { moreView } from "../more.js";
import { strange } from "../shown.js";

/** Findings of a step. */
const SHOWN = 100;

/** The severities, the worst first, with their colours and what they mean. @type {[Finding["severity"], string, string][]} */
const SEVERITIES = [
  ["error", "bad", "Real servers refuse this."],
  ["warning", "warn", "Some servers refuse this, or do something else with it."],
  ["notice", "info", "Against the rules, and mostly forgiven."],
  ["info", "", "Not wrong, but worth knowing."],
];

/** @type {TabView} */
export const findingsTab = {
  title: "Findings",
  count: (message) => message.findings.length,
  view: ({ findings }, state, page) => {
    if (!findings.length) return html`<div class="hint"><p>Nothing to find fault with: neither in the dialogue nor in the message.</p></div>`;
    const shown = findings.slice(0, stepsOf(state.message, "findings") * SHOWN);
    return html`<div class="scrolls" tabindex="0" role="region" aria-label="Findings">
      ${SEVERITIES.map(([severity, tone, meaning]) => groupView(shown.filter((one) => one.severity === severity), severity, tone, meaning, page))}
      ${moreView(page, "findings", findings.length - shown.length)}
    </div>`;
  },
};

/** @param {Finding[]} findings @param {Finding["severity"]} severity @param {string} tone @param {string} meaning @param {Page} page */
const groupView = (findings, severity, tone, meaning, page) =>
  findings.length
    ? html`<section class="severity"><h3><span class=${`chip ${tone}`}>${many(findings.length, severity)}</span> <span class="muted">${meaning}</span></h3>
        <ul class="findings">${findings.map((finding) => toldView(finding, placeView(finding, page)))}</ul></section>`
    : nothing;

/** @param {Finding} finding */
export const findingView = (finding) => toldView(finding, html`<span class=${`chip ${SEVERITIES.find(([name]) => name === finding.severity)?.[1]}`}>${finding.severity}</span>`);

/** @param {Finding} finding @param {unknown} beside */
const toldView = (finding, beside) => html`<li>
  <div class="line">
    <strong class="grow">${finding.message}</strong>
    ${finding.count > 1 ? html`<span class="chip">${finding.count} times</span>` : nothing}
    ${beside}
  </div>
  ${finding.evidence ? html`<pre class="evidence">${strange(finding.evidence)}</pre>` : nothing}
  <p class="muted">${finding.hint ? html`${finding.hint} · ` : nothing}${rulesOf(finding.rfc).map(ruleView)} · <code>${finding.id}</code></p>
</li>`;

/** Where in the message or the dialogue it is. @param {Finding} finding @param {Page} page */
function placeView({ stage, offset, evidence }, page) {
  const field = /^([A-Za-z][\w-]+):/.exec(evidence)?.[1];
  /** @type {[Tab, string]} */
  const [tab, name] = stage !== "content" ? ["session", "In the dialogue"] : field ? ["headers", field] : ["raw", "In the source"];
  if (stage === "content" && !field && (offset ?? null) === null) return nothing;
  return html`<button type="button" class="button quiet" @click=${() => page.attempt(() => {
    if (tab === "headers") page.message.put("headerFilter", field);
    return page.message.show(tab);
  })}>${name}</button>`;
}

/** The rules that are named: `5321 §4.5.3.1.9, 3207 §4`. @param {string} text */
const rulesOf = (text) => text.split(/,\s*/).filter(Boolean);

/** @param {string} rule @param {number} index */
function ruleView(rule, index) {
  const match = /^(\d{3,5})(?:\s*§\s*([\w.]+))?/.exec(rule);
  if (!match) return html`${index ? ", " : ""}${rule}`;
  const [, number, section] = match;
  return html`${index ? ", " : ""}<a href=${`https://www.rfc-editor.org/rfc/rfc${number}${section ? `#section-${section}` : ""}`} target="_blank" rel="noopener noreferrer">RFC ${number}${section ? `, section ${section}` : ""}</a>`;
}
