// @ts-check
/** The dialogue of SMTP as a line of stages, with the rules and their hits on it. Pure. */

/** @import { Vocabulary } from "../../slices/faults.js" */
/** @import { Fault } from "../../types.js" */
/** @import { Page } from "../../page.js" */
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { keyed } from "../../../vendor/lit-html/directives/keyed.js";
import { many } from "../../format.js";

/** Stages on the way of a message, in the order of the dialogue, as people call them. @type {[string, string][]} */
const WAY = [
  ["connect", "Connect"], ["greeting", "Greeting"], ["helo", "EHLO"], ["starttls", "STARTTLS"], ["tls", "Handshake"], ["auth", "AUTH"],
  ["mail", "MAIL"], ["rcpt", "RCPT"], ["data", "DATA"], ["content", "Content"], ["message", "End"], ["quit", "QUIT"],
];

/** Stages beside it. @type {[string, string][]} */
const BESIDE = [["bdat", "BDAT"], ["rset", "RSET"], ["noop", "NOOP"], ["vrfy", "VRFY"], ["help", "HELP"], ["unknown", "Unknown"]];

const TITLES = new Map([...WAY, ...BESIDE]);

/** How a stage is called. @param {string} stage */
export const titleOf = (stage) => TITLES.get(stage) ?? stage;

/**
 * @param {Fault[]} faults
 * @param {string | null} open the stage whose rules are listed
 * @param {string[]} meant the stages of the rule that is looked at
 * @param {ReadonlySet<string>} rose rules that have acted just now
 * @param {Vocabulary | null} vocabulary
 * @param {Page} page
 */
export function lineView(faults, open, meant, rose, vocabulary, page) {
  const helps = new Map(vocabulary?.stages.map(({ name, help }) => [name, help]));
  const stageView = (/** @type {[string, string]} */ [stage, title]) => {
    const here = faults.filter(({ rule }) => [rule.on].flat().includes(stage));
    const hits = here.reduce((sum, { acted }) => sum + acted, 0);
    const hot = here.some(({ name }) => rose.has(name));
    const marks = { on: here.some(({ active }) => active), meant: meant.includes(stage) };
    const classes = Object.entries(marks).filter(([, on]) => on).map(([name]) => name);
    const told = here.length ? `${many(here.length, "rule")}, ${many(hits, "hit")}` : "no rules";
    return html`<li><button type="button" class=${["stage-of", ...classes].join(" ")} aria-pressed=${stage === open ? "true" : "false"}
      aria-label=${`${title}: ${told}`} title=${helps.get(stage) ?? nothing} @click=${() => page.faults.choose(stage)}>
      <span class="knob">${here.length || ""}</span><span class="name">${title}</span>
      ${keyed(hits, html`<span class=${hot ? "count flash" : "count"}>${hits ? many(hits, "hit") : ""}</span>`)}
    </button></li>`;
  };
  return html`<section class="dialogue-line" aria-label="Stages of a session">
    <ol class="stages">${WAY.map(stageView)}</ol>
    <div class="others"><span class="muted">beside it</span><ul>${BESIDE.map(stageView)}</ul></div>
  </section>`;
}
