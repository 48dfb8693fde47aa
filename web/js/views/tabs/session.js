// @ts-check
/** The dialogue in which a message came. Pure. */

/** @import { Line, Session } from "../../types.js" */
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { many } from "../../format.js";
import { icon } from "../icons.js";
import { lineView, stepOf, waitedFor } from "../line.js";
import { href } from "../shell.js";

/** Lines that are drawn. */
const SHOWN = 4_000;

/** @param {Session} session */
export function dialogueView(session) {
  const lines = session.transcript ?? [];
  return html`<div class="toolbar tools">
      <span class="cut grow">${session.peer} · ${session.helo ?? "no greeting"} · ${session.protocol}</span>
      ${session.tls ? html`<span class="chip good" title=${session.tls.cipher}>${icon("lock")}${session.tls.version}</span>` : nothing}
      ${session.auth ? html`<span class="chip info">${icon("key")}${session.auth.identity}</span>` : nothing}
      <span class="muted">${many(session.messages, "message")}</span>
      <a class="button quiet" href=${href({ view: "sessions", id: session.id })}>Whole session</a>
    </div>
    <ol class="dialogue scrolls" tabindex="0" aria-label="SMTP dialogue">
      ${lines.slice(0, SHOWN).map((line, index) => timedView(line, lines[index - 1]))}
      ${lines.length > SHOWN ? html`<li class="more">${many(lines.length - SHOWN, "more line")}</li>` : nothing}
    </ol>`;
}

/** @param {Line} line @param {Line | undefined} before */
const timedView = (line, before) =>
  lineView(line, html`<span class="at" title=${`${line.at.toFixed(1)} ms since the session began`}>${stepOf(waitedFor(line, before))}</span>`);
