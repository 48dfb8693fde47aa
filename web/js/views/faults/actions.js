// @ts-check
/** One action of a rule: its word, and the control for what follows it. Pure. */

/** @import { Act } from "../../form.js" */
/** @import { Vocabulary, Word } from "../../slices/faults.js" */
/** @import { Part } from "./sentence.js" */
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { cutOf, reportOf, withAt } from "../../form.js";
import { removeView, valueIn } from "../tool.js";

/** Replies that are often wanted. */
const REPLIES = [
  "421 4.3.2 Service not available", "450 4.2.1 Mailbox busy", "451 4.7.1 Try again later", "452 4.2.2 Mailbox full",
  "530 5.7.0 Authentication required", "535 5.7.8 Authentication failed", "550 5.1.1 No such user", "550 5.7.1 Refused by policy", "552 5.3.4 Message too big", "554 5.7.1 Taken for spam", "250 2.0.0 Ok",
];

/** @type {Record<string, string>} */
const HELP = {
  reply: "a code, an enhanced code, a text; left empty: the reply that would have been sent anyway",
  duration: "such as 500ms, 2s, 10m",
  speed: "octets a second, such as 1KB/s",
  keywords: "words of EHLO with commas between them, such as STARTTLS,SIZE",
  lines: 'lines of EHLO, each in quotes, such as "SIZE 1000" "X-FEATURE"',
  octets: 'in quotes, with \\r, \\n, \\xff for what cannot be written',
  report: "after 2s, skew -2h, and the reply that it reports, such as 550 5.1.1 User unknown",
  count: "how often",
};

/** They are offered in each field for a reply. */
export const repliesView = () => html`<datalist id="reply-texts">${REPLIES.map((one) => html`<option value=${one}></option>`)}</datalist>`;

/** What one begins with after a word. @param {Vocabulary} words @param {string} name */
export function firstRest(words, name) {
  const word = words.actions.find((one) => one.name === name);
  return word?.takes === "nothing" ? "" : (word?.example ?? "");
}

/** @param {Part} part @param {Act} act @param {number} at */
export function actionView(part, act, at) {
  const { form, words, wrong, set } = part;
  const change = (/** @type {Act | null} */ one) => set({ do: withAt(form.do, at, one) });
  const word = words.actions.find(({ name }) => name === act.word);
  const invalid = wrong === "do" || wrong === "mismatch" ? "true" : "false";
  return html`<span class=${`term action ${word?.takes ?? ""}`} id=${`do-${at}`}>${at ? "then" : ""}
    <select class="field word-of" aria-label="What to do" aria-invalid=${word ? "false" : "true"} @change=${(/** @type {Event} */ event) => {
      const name = valueIn(event);
      change({ word: name, rest: firstRest(words, name) });
    }}>${word ? nothing : html`<option value=${act.word} selected>${act.word}</option>`}
      ${words.actions.map((one) => optionView(one, act.word, form.on))}</select>
    ${word ? controlView(word, act, invalid, words, (rest) => change({ word: act.word, rest })) : nothing}
    ${form.do.length > 1 ? removeView("this action", () => change(null)) : nothing}</span>`;
}

/** @param {Word} word @param {string} chosen @param {string[]} on */
function optionView({ name, help, stages }, chosen, on) {
  const apart = on.some((stage) => !stages.includes(stage));
  const title = name === help ? name : `${name === "reply" ? "answer" : name} – ${name === "reply" ? "with a reply" : help}`;
  return html`<option value=${name} ?selected=${name === chosen} ?disabled=${apart && name !== chosen}>${name === chosen ? (name === "reply" ? "answer" : name) : title}</option>`;
}

/** @param {Word} word @param {Act} act @param {string} invalid @param {Vocabulary} words @param {(rest: string) => void} change */
function controlView(word, act, invalid, words, change) {
  const input = (/** @type {string} */ value, /** @type {string} */ kind, /** @type {(value: string) => void} */ set, label = word.help) => html`<input class=${`field rest ${kind}`}
    aria-label=${label} title=${HELP[word.takes] ?? nothing} placeholder=${word.example} .value=${value} aria-invalid=${invalid} spellcheck="false" autocomplete="off"
    list=${word.takes === "reply" ? "reply-texts" : nothing} @input=${(/** @type {Event} */ event) => set(valueIn(event))} />`;
  const select = (/** @type {string} */ value, /** @type {string[]} */ values, /** @type {(value: string) => void} */ set, label = word.help) => html`<select class="field rest" aria-label=${label} aria-invalid=${invalid}
    @change=${(/** @type {Event} */ event) => set(valueIn(event))}>${values.map((one) => html`<option value=${one} ?selected=${one === value}>${one}</option>`)}</select>`;
  switch (word.takes) {
    case "nothing":
      return nothing;
    case "choice":
      return select(act.rest, word.values, change);
    case "cut": {
      const [octets, end] = cutOf(act.rest);
      return html`after ${input(octets, "number", (value) => change(`${value} then ${end}`), "Octets of content")} octets, and ${select(end, word.values, (value) => change(`${octets} then ${value}`), "How it ends")}`;
    }
    case "report": {
      const [kind, rest] = reportOf(act.rest, word.values);
      const [first] = word.values;
      return html`${select(kind, word.values, (value) => change(`${value === first ? "" : value} ${rest}`.trim()), "Kind of report")} ${input(rest, "wide", (value) => change(`${kind === first ? "" : kind} ${value}`.trim()), "The report")}`;
    }
    case "reply":
      return html`${input(act.rest, "wide", change)}
        ${act.rest.includes("{") || !act.rest ? html`<span class="muted small">${act.rest ? `filled in: ${words.fills.map((one) => `{${one}}`).join(" ")}` : "the usual reply"}</span>` : nothing}`;
    default:
      return input(act.rest, ["duration", "speed", "count"].includes(word.takes) ? "number" : "wide", change);
  }
}
