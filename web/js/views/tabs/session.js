// @ts-check
/** The dialogue in which a message came. Pure. */

/** @import { Line, Session } from "../../types.js" */
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { duration, many } from "../../format.js";
import { href } from "../shell.js";
import { icon } from "../icons.js";

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
      ${lines.slice(0, SHOWN).map((line, index) => lineView(line, lines[index - 1]))}
      ${lines.length > SHOWN ? html`<li class="more">${many(lines.length - SHOWN, "more line")}</li>` : nothing}
    </ol>`;
}

const SIDES = { C: "client", S: "server", "*": "aside" };

/** @param {Line} line @param {Line | undefined} before */
function lineView(line, before) {
  const waited = line.at - (before?.at ?? 0);
  const reply = line.side === "S" ? /^([2-5])\d\d/.exec(line.text)?.[1] : undefined;
  return html`<li class=${`${SIDES[line.side]} ${reply ? `r${reply}` : ""}`}>
    <span class="at" title=${`${line.at.toFixed(1)} ms since the session began`}>${waited >= 0.1 ? `+${duration(waited)}` : ""}</span>
    <span class="speaker" aria-label=${SIDES[line.side]}>${line.side}</span>
    <span class="said">${line.text}</span>
  </li>`;
}
