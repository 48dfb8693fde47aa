// @ts-check
/** The dialogue of this very message: its lines of the session, and the rules that acted. Pure. */

/** @import { Attempt, Session } from "../../types.js" */
/** @import { TabView } from "../tabs.js" */
/** @import { Page } from "../../page.js" */
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { duration, many } from "../../format.js";
import { href } from "../shell.js";
import { dialogueView } from "./session.js";

/** @type {TabView} */
export const sessionTab = {
  title: "Session",
  view: (_message, { message: { parts } }, page) => {
    const session = /** @type {Session | undefined} */ (parts.session);
    const attempt = /** @type {Attempt | null | undefined} */ (parts.attempt);
    if (!session || attempt === undefined) return html`<p class="more" role="status">Loading…</p>`;
    const whole = Boolean(parts.wholeSession) || !attempt?.lines;
    const lines = session.transcript ?? [];
    const own = whole || !attempt?.lines ? lines : lines.slice(attempt.lines[0], attempt.lines[1] + 1);
    return html`${attempt ? aboutView(attempt, own.length, lines.length, whole, took(own), page) : nothing} ${dialogueView({ ...session, transcript: own })}`;
  },
};

/** Milliseconds from the first line to the last. @param {{ at: number }[]} lines */
const took = (lines) => (lines.at(-1)?.at ?? 0) - (lines[0]?.at ?? 0);

/** @param {Attempt} attempt @param {number} own @param {number} all @param {boolean} whole @param {number} ms @param {Page} page */
const aboutView = ({ rules, notes, reply }, own, all, whole, ms, page) => html`<div class="note line wraps">
    <span class="grow">${whole ? `All ${many(all, "line")} of the session` : `${many(own, "line")} of ${all}: those of this message`}, ${duration(ms)}${reply ? html` · <span class=${`chip ${reply.startsWith("2") ? "good" : "bad"}`}>${reply.slice(0, 3)}</span>` : nothing}</span>
    ${rules.map((rule) => html`<a class="chip warn" href=${href({ view: "faults", id: rule })} title="This fault rule acted">${rule}</a>`)}
    ${own < all || whole ? html`<button type="button" class="button quiet" aria-pressed=${whole ? "true" : "false"} @click=${() => page.message.put("wholeSession", !whole)}>The whole session</button>` : nothing}
  </div>
  ${notes.length ? html`<ul class="note warn plain">${notes.slice(0, 20).map((note) => html`<li>${note}</li>`)}</ul>` : nothing}`;
