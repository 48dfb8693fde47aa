// @ts-check
/** The cards of insights: latency, sizes, addresses, findings, repeats; a row leads to its search. Pure. */

/** @import { Insights, Latency, Party } from "../types.js" */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { duration, grouped, size } from "../format.js";
import { term, wholeTerm } from "../spans.js";
import { barsView } from "./charts/bars.js";
import { href } from "./shell.js";

/** Stages as people call them. @type {Record<string, string>} */
const STAGES = {
  greeting: "Greeting", helo: "EHLO", starttls: "STARTTLS", tls: "Handshake", auth: "AUTH",
  mail: "MAIL", rcpt: "RCPT", data: "DATA", content: "Content", quit: "QUIT",
};

/** @type {Record<string, string>} */
const TONES = { error: "bad", warning: "warn", notice: "info", info: "" };

/** @typedef {(query: string) => string} Link the address of the list with a search, in the span */

/** @param {Insights} told @param {Link} link */
export const cardsView = (told, link) => html`<div class="cards">
  ${card("Latency by stage", latencyView(told.latency))}
  ${card("Findings", findingsView(told, link))}
  ${card("Senders", partiesView("mailfrom", told.senders, link))}
  ${card("Recipients", partiesView("rcpt", told.recipients, link))}
  ${card("Sizes", sizesView(told, link))}
  ${card("Came more than once", repeatsView(told, link))}
</div>`;

/** @param {string} title @param {unknown} content */
const card = (title, content) => html`<section class="card" aria-label=${title}><h2>${title}</h2>${content}</section>`;

/** @param {Latency[]} stages */
function latencyView(stages) {
  if (!stages.length) return html`<p class="muted">No session has ended yet.</p>`;
  const most = Math.max(...stages.map(({ p95 }) => p95), 0.001);
  return html`<table class="latency numbers">
    <thead><tr><th scope="col">Stage</th><th scope="col"><span class="unseen">Median and 95 %</span></th><th scope="col">Median</th><th scope="col">95 %</th><th scope="col">Longest</th></tr></thead>
    <tbody>${stages.map(({ stage, count, median, p95, max }) => html`<tr title=${`${grouped(count)} timed`}>
      <th scope="row">${STAGES[stage] ?? stage}</th>
      <td class="track" aria-hidden="true"><span class="p95" .style=${`inline-size:${(100 * p95) / most}%`}></span><span class="median" .style=${`inline-size:${(100 * median) / most}%`}></span></td>
      <td>${brief(median)}</td><td>${brief(p95)}</td><td>${brief(max)}</td>
    </tr>`)}</tbody>
  </table>`;
}

/** Milliseconds; what is shorter than one can tell is told as that. @param {number} ms */
const brief = (ms) => (ms < 0.1 ? "< 0.1 ms" : duration(ms));

/** @param {Insights} told @param {Link} link */
const findingsView = ({ findings }, link) => barsView(
  findings.slice(0, 10).map(({ id, severity, message, messages, sessions }) => ({
    title: html`<span class=${`chip ${TONES[severity] ?? ""}`}>${severity}</span> ${message}`,
    hint: `${id}: ${grouped(messages)} messages, ${grouped(sessions)} sessions`,
    count: messages || sessions,
    aside: messages ? undefined : html`<span class="muted">sessions</span>`,
    href: messages ? link(wholeTerm("finding", id)) : href({ view: "sessions" }),
  })),
  "No rule was broken.",
);

/** @param {"mailfrom" | "rcpt"} operator @param {Party[]} parties @param {Link} link */
const partiesView = (operator, parties, link) => barsView(
  parties.map(({ address, messages }) => ({
    title: address || html`&lt;&gt; <span class="muted">the null sender</span>`,
    count: messages,
    href: link(address ? term(operator, address) : `${operator}:<>`),
    hint: address,
  })),
);

/** @param {Insights} told @param {Link} link */
const sizesView = ({ sizes }, link) => barsView(
  sizes.map(({ least, below, messages }) => ({
    title: `${size(least)} to ${size(below)}`,
    count: messages,
    href: link(`size:>=${least} size:<${below}`),
  })),
);

/** @param {Insights} told @param {Link} link */
const repeatsView = ({ repeats }, link) => barsView(
  [...repeats.filter(({ kind }) => kind === "message_id").slice(0, 5), ...repeats.filter(({ kind }) => kind === "subject")].slice(0, 10).map(({ kind, text, recipient, messages }) => ({
    title: html`${text}${recipient === null ? nothing : html` <span class="muted">to ${recipient}</span>`}`,
    hint: kind === "message_id" ? `Message-ID ${text}` : `${text}, to ${recipient}`,
    aside: kind === "message_id" ? html`<span class="chip warn">same Message-ID</span>` : undefined,
    count: messages,
    href: link(recipient === null ? wholeTerm("message-id", text) : `${wholeTerm("subject", text)} ${term("rcpt", recipient)}`),
  })),
  "No Message-ID, and no subject to the same recipient, came twice.",
);
