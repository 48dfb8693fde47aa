// @ts-check
/** One row of the attempts, of the sessions. Pure. */

/** @import { State } from "../../state.js" */
/** @import { Attempt, Session } from "../../types.js" */
/** @import { Page } from "../../page.js" */
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { ROW } from "../../effects/log.js";
import { ago, fullTime, many } from "../../format.js";
import { classOf, decidedOf } from "../../narrow.js";
import { reasonOf } from "../../reasons.js";
import { icon } from "../icons.js";

/** The colour of a reply by its class. @type {Record<string, string>} */
export const TONES = { 2: "good", 3: "good", 4: "warn", 5: "bad", aborted: "" };

/**
 * @param {{ id: string, started_at: string }} row
 * @param {number} index
 * @param {number} total
 * @param {string | null} open
 * @param {string | null} active
 * @param {Page} page
 * @param {{ sign: unknown, who: unknown, what: unknown, marks: unknown }} told
 */
function rowView({ id, started_at }, index, total, open, active, page, { sign, who, what, marks }) {
  const classes = ["row", id === open ? "open" : "", id === active ? "active" : ""].filter(Boolean).join(" ");
  return html`<div class=${classes} id=${`row-${id}`} role="option" aria-selected=${id === open ? "true" : "false"} aria-setsize=${total} aria-posinset=${index + 1}
    .style=${`transform: translateY(${index * ROW}px)`} @click=${() => page.log.show(id)}>
    <span class="sign">${sign}</span><span class="who">${who}</span><time class="when" datetime=${started_at} title=${fullTime(started_at)}>${ago(started_at)}</time>
    <span class="what cut muted">${what}</span><span class="marks">${marks}</span>
  </div>`;
}

/** @param {Attempt} attempt @param {number} index @param {number} total @param {State} state @param {Page} page */
export function attemptRow(attempt, index, total, { app, log }, page) {
  const kind = classOf(attempt);
  const refused = attempt.recipients.filter(({ accepted }) => !accepted);
  const reply = decidedOf(attempt);
  const [first] = attempt.recipients;
  const others = attempt.recipients.length - 1;
  return rowView(attempt, index, total, app.route.id, log.attempts.active, page, {
    sign: html`<span class=${`chip ${TONES[kind]}`}>${reply?.slice(0, 3) ?? "left"}</span>`,
    who: html`<span class="from cut">${attempt.mail_from || "<>"}</span><span class="to cut" title=${attempt.recipients.map(({ address }) => address).join(", ")}>→ ${first?.address ?? "nobody"}${others > 0 ? ` +${others}` : ""}</span>`,
    what: reply === null ? `left after ${attempt.stage}` : reply.slice(4) || `at ${attempt.stage}`,
    marks: html`${kind === "2" && refused.length ? html`<span class="chip bad" title=${refused.map(({ address }) => address).join(", ")}>${refused.length} refused</span>` : nothing}
      ${attempt.rules.slice(0, 1).map((rule) => html`<span class="chip warn" title=${`Fault rules acted: ${attempt.rules.join(", ")}`}>${rule}</span>`)}`,
  });
}

/** @param {Session} session @param {number} index @param {number} total @param {State} state @param {Page} page */
export function sessionRow(session, index, total, { app, log }, page) {
  const { ended_at, messages, helo, peer, protocol, tls, auth, listener } = session;
  return rowView(session, index, total, app.route.id, log.sessions.active, page, {
    sign: html`<span class=${`chip ${ended_at === null ? "info" : messages ? "good" : "warn"}`} title=${ended_at === null ? "still open" : many(messages, "message")}>${ended_at === null ? "open" : messages}</span>`,
    who: html`<span class="from cut">${helo ?? "no greeting"}</span><span class="to cut">${peer}</span>`,
    what: reasonOf(session) ?? `${protocol} at ${listener}, ${many(messages, "message")}`,
    marks: html`${tls ? html`<span title=${`${tls.version}, ${tls.cipher}`}>${icon("lock", tls.version)}</span>` : nothing}${auth ? html`<span title=${`${auth.mechanism}: ${auth.identity}`}>${icon("key", `logged in as ${auth.identity}`)}</span>` : nothing}`,
  });
}
