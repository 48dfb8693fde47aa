// @ts-check
/** An attempt: what each recipient was answered, try after try, and which rules acted. Pure. */

/** @import { State } from "../../state.js" */
/** @import { Try } from "../../chain.js" */
/** @import { Attempt } from "../../types.js" */
/** @import { Page } from "../../page.js" */
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { recipientsOf, spanOf, storyOf } from "../../chain.js";
import { clock, fullTime, many } from "../../format.js";
import { narrowOf, queryOf } from "../../narrow.js";
import { icon } from "../icons.js";
import { href } from "../shell.js";
import { TONES } from "./rows.js";
import { transcriptView } from "./transcript.js";

/** Tries, and recipients, that are drawn. */
const SHOWN = { tries: 60, recipients: 12 };

/** @param {State} state @param {Page} page */
export function attemptView({ log, app }, page) {
  const { attempt, session, chain } = log;
  if (!attempt || attempt.id !== app.route.id) return html`<div class="hint"><p role="status">${log.gone ? "This attempt is not here any more." : "Loading…"}</p></div>`;
  const own = session?.id === attempt.session ? session : null;
  return html`<div class="reader">
    <header class="head"><div class="line">
      ${backView(page)}
      <h1 class="grow cut">${attempt.mail_from || "<>"} → ${attempt.recipients[0]?.address ?? "nobody"}${attempt.recipients.length > 1 ? ` and ${attempt.recipients.length - 1} more` : ""}</h1>
      ${attempt.message ? html`<a class="button" href=${href({ id: attempt.message })}>${icon("inbox")}Message</a>` : nothing}
      <a class="button quiet" href=${href({ view: "sessions", id: attempt.session })}>${icon("sessions")}Session</a>
    </div>
    <p class="muted">${fullTime(attempt.started_at)} · ${VERDICTS[attempt.verdict]}, reached ${attempt.stage}${attempt.inboxes.length ? ` · ${attempt.inboxes.join(", ")}` : ""}</p></header>
    <div class="padded" tabindex="0" role="region" aria-label="About the attempt">
      ${chainView(chain, attempt.id)}
      <h2>Replies</h2>
      <table class="table"><thead><tr><th scope="col">Recipient</th><th scope="col">Reply</th></tr></thead>
        <tbody>${attempt.recipients.map(({ address, reply, final }) => html`<tr><th scope="row">${address}</th><td>${replyView(reply)}${final ? replyView(final) : nothing}</td></tr>`)}
          <tr><th scope="row" class="muted">at the end</th><td>${attempt.reply ? replyView(attempt.reply) : "none: the client left"}</td></tr></tbody></table>
      ${attempt.rules.length || attempt.notes.length ? rulesView(attempt) : nothing}
      ${own ? html`<h2>Dialogue</h2>${transcriptView(own, log.lines, page)}` : nothing}
    </div>
  </div>`;
}

const VERDICTS = { accepted: "taken", refused: "refused", aborted: "given up by the client" };

/** @param {Attempt} attempt */
const rulesView = ({ rules, notes }) => html`<h2>What rules did</h2>
  <p class="line wraps">${rules.map((rule) => html`<a class="chip warn" href=${href({ view: "faults", id: rule })}>${icon("faults")}${rule}</a>
    <a class="muted" href=${href({ view: "attempts", query: queryOf({ ...narrowOf(""), rule }) })}>all its attempts</a>`)}</p>
  <ul class="plain mono">${notes.map((note) => html`<li>${note}</li>`)}</ul>`;

/** The tries of the message: a line of replies for each recipient, with the gaps between. @param {Try[]} chain @param {string} open */
function chainView(chain, open) {
  if (chain.length < 2) return nothing;
  const tries = chain.slice(-SHOWN.tries);
  const recipients = recipientsOf(chain);
  return html`<section class="tries" aria-label="Tries of this message">
    <h2>${storyOf(chain)}</h2>
    <div class="tries-scroll" tabindex="0" role="region" aria-label="Tries">
      ${recipients.slice(0, SHOWN.recipients).map((address, row) => html`<div class="chain">
        ${recipients.length > 1 ? html`<span class="cut whom" title=${address}>${address}</span>` : nothing}
        <ol>${tries.map(({ attempt, gap, replies }, at) => html`<li>
          ${at && gap !== null ? html`<span class=${row ? "gap bare" : "gap"} .style=${`--wide: ${wideOf(gap)}rem`}>${row ? "" : spanOf(gap)}</span>` : nothing}
          ${tryView(attempt, replies.get(address.toLowerCase()), open)}</li>`)}</ol>
      </div>`)}
    </div>
    ${chain.length > tries.length || recipients.length > SHOWN.recipients ? html`<p class="muted">${many(chain.length, "try").replace(/trys$/, "tries")} and ${many(recipients.length, "recipient")} in all; the last are shown.</p>` : nothing}
  </section>`;
}

/** How long a gap is drawn, in rem: by its order, so that seconds and days fit one line. @param {number} gap milliseconds */
const wideOf = (gap) => (1 + Math.min(Math.max(Math.log10(gap / 100), 0), 6) * 0.75).toFixed(2);

/** @param {Attempt} attempt @param {string | null | undefined} reply @param {string} open */
function tryView(attempt, reply, open) {
  if (reply === undefined) return html`<span class="dot-of none" title="not tried again">·</span>`;
  return html`<a class=${`chip dot-of ${TONES[reply?.[0] ?? "aborted"] ?? ""}`} href=${href({ view: "attempts", id: attempt.id })} aria-current=${attempt.id === open ? "true" : nothing}
    title=${`${clock(attempt.started_at)}: ${reply ?? "the client left"}`}>${reply?.slice(0, 3) ?? "left"}</a>`;
}

/** @param {string} reply */
const replyView = (reply) => html`<span class=${`chip ${TONES[reply[0] ?? ""] ?? ""}`}>${reply.slice(0, 3)}</span> <span class="mono">${reply.slice(4)}</span> `;

/** @param {Page} page */
export const backView = (page) => html`<button type="button" class="button icon quiet only-narrow" aria-label="Back to the list" @click=${() => page.back()}>${icon("back")}</button>`;
