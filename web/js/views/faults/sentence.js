// @ts-check
/** A rule as a sentence, its words as fields. Pure. */

/** @import { Form } from "../../form.js" */
/** @import { Vocabulary, Word } from "../../slices/faults.js" */
/** @import { State } from "../../state.js" */
/** @import { Page } from "../../page.js" */
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { ruleOf, withAt } from "../../form.js";
import { icon } from "../icons.js";
import { removeView, valueIn } from "../tool.js";
import { actionView, firstRest, repliesView } from "./actions.js";
import { titleOf } from "./line.js";
import { closes, closesAfter, copiesView, watchOutside } from "./rules.js";

/** Conditions as a sentence has them; others by their names. @type {Record<string, string>} */
const CONDITIONS = {
  mail_from: "the sender is", rcpt: "the recipient is", auth: "the login is", helo: "the client calls itself", ip: "it comes from",
  listener: "on the listener", tls: "it is encrypted:", size_over: "it is larger than", session_nth: "it is session no.",
  message_nth: "it is message no.", query: "a search finds it:", subject: "the subject is",
};

/** Amounts as a sentence has them: before the field, and behind it. @type {Record<string, [string, string]>} */
const AMOUNTS = {
  times: ["", "times"], after: ["letting the first", "pass"], every: ["only every", "th time"], chance: ["with a chance of", ""], seed: ["by the seed", ""],
  rate: ["only beyond", ""], wait: ["only until", "after the first"], per: ["counted for each", ""], expires: ["for", ""],
};

/**
 * What a part of the sentence needs.
 * @typedef {{
 *   form: Form, words: Vocabulary, wrong: string | null, detail: string, set: (change: Partial<Form>, focus?: string) => void,
 * }} Part `wrong` is the key of the rule with a mistake
 */

/** @param {State} state @param {Page} page */
export function sentenceView({ faults, app }, page) {
  const { form, editing, problem, vocabulary } = faults;
  if (!vocabulary) return html`<p class="more" role="status">Loading…</p>`;
  const key = problem ? (problem.status === 409 ? "name" : (problem.field ?? "")) : null;
  const detail = (problem?.detail ?? "").replace(/^(on|when|do): /, "");
  const part = { form, words: vocabulary, wrong: key, detail, set: (/** @type {Partial<Form>} */ change, /** @type {string} */ focus = "") => page.faults.set(change, focus) };
  return html`<form class="sentence" id="sentence" aria-label=${editing ? `Rule ${editing}` : "New rule"} @submit=${(/** @type {Event} */ event) => {
    event.preventDefault();
    page.attempt(() => page.faults.save());
  }} @keydown=${(/** @type {KeyboardEvent} */ event) => steer(event, page)}>
    ${clause("When", ["on", "when"], whenView(part), key, detail)}
    ${clause("then", ["do", "mismatch"], doView(part), key, detail)}
    ${clause("How often", vocabulary.amounts.map(({ name }) => name), amountsView(part), key, detail)}
    ${clause("Where", ["inbox"], whereView(part, app.inboxes.map(({ name }) => name)), key, detail)}
    ${problem && !placed(key, vocabulary) ? html`<p class="wrong" role="alert">${detail}</p>` : nothing}
    <footer class="line">
      <label class="line">Name <input class="field" name="name" placeholder="of its own" .value=${form.name} autocomplete="off" spellcheck="false" maxlength="64" aria-invalid=${key === "name" ? "true" : "false"}
        @input=${(/** @type {Event} */ event) => part.set({ name: /** @type {HTMLInputElement} */ (event.target).value })} /></label>
      ${key === "name" ? html`<span class="wrong" role="alert">${detail}</span>` : nothing}
      <span class="grow"></span>
      <details class="menu" @toggle=${watchOutside} @keydown=${closes} @click=${closesAfter}><summary class="button quiet">${icon("copy")}Copy</summary><ul>${copiesView(ruleOf(form), page)}</ul></details>
      <button type="button" class="button" @click=${() => page.faults.cancel()}>Cancel</button>
      <button class="button main">${editing ? "Change the rule" : "Add the rule"}</button>
    </footer>
    ${repliesView()}
    ${editing ? html`<p class="muted small">Its counters begin anew when it is changed.</p>` : nothing}
  </form>`;
}

/** Escape leaves the form, Ctrl+Enter sends it. @param {KeyboardEvent} event @param {Page} page */
function steer(event, page) {
  if (event.key === "Escape") page.faults.cancel();
  else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) page.attempt(() => page.faults.save());
  else return;
  event.stopPropagation();
  event.preventDefault();
}

/** Whether a mistake is told beside its words. @param {string | null} key @param {Vocabulary} words */
const placed = (key, words) => ["on", "when", "do", "mismatch", "inbox", "name", ...words.amounts.map(({ name }) => name)].includes(key ?? "");

/** A part of the sentence, and what is wrong with it. @param {string} lead @param {string[]} keys @param {unknown} words @param {string | null} wrong @param {string} detail */
const clause = (lead, keys, words, wrong, detail) => html`<div class="clause" role="group" aria-label=${lead}>
  <span class="lead">${lead}</span>
  <div class="words">${words}</div>
  ${wrong !== null && keys.includes(wrong) ? html`<p class="wrong" role="alert">${detail}</p>` : nothing}
</div>`;

/** @param {Part} part */
function whenView(part) {
  const { form, words, set, wrong } = part;
  const stages = words.stages.map(({ name, help }) => ({ name, title: `${titleOf(name)} – ${help}`, short: titleOf(name) }));
  return html`${form.on.map((stage, at) => html`<span class="term">${at ? "or" : ""}
      <select class="field word-of" aria-label="Stage" aria-invalid=${wrong === "on" ? "true" : "false"} @change=${(/** @type {Event} */ event) => set({ on: withAt(form.on, at, valueIn(event)) })}>
        ${stages.map(({ name, title, short }) => html`<option value=${name} title=${title} ?selected=${name === stage}>${short}</option>`)}</select>
      ${form.on.length > 1 ? removeView("this stage", () => set({ on: withAt(form.on, at, null) })) : nothing}</span>`)}
    ${adder("stage", "or at another stage", stages.filter(({ name }) => !form.on.includes(name)).map(({ name, title }) => [name, title, false]), (name) => set({ on: [...form.on, name] }))}
    ${form.when.map((_, at) => conditionView(part, at))}
    ${adder("condition", "another condition", offers(words.conditions, form.on, form.when.map(([name]) => name)), (name) => addCondition(part, name))}`;
}

/** Words that one can add: those that cannot stand at the stages are told, and cannot be chosen. @param {Word[]} words @param {string[]} on @param {string[]} taken @returns {[string, string, boolean][]} */
const offers = (words, on, taken = []) => words.filter(({ name }) => !taken.includes(name)).map(({ name, help, stages }) => {
  const apart = on.filter((stage) => !stages.includes(stage));
  return [name, apart.length ? `${name} – not known at ${apart.map(titleOf).join(", ")}` : `${name} – ${help}`, apart.length > 0];
});

/** @param {Part} part @param {string} name */
function addCondition({ form, words, set }, name) {
  const key = name === "header.NAME" ? "header.X-Campaign" : name;
  const value = words.conditions.find((one) => one.name === name)?.takes === "switch" ? "true" : "";
  set({ when: [...form.when, [key, value]] }, `#when-${form.when.length}`);
}

/** @param {Part} part @param {number} at */
function conditionView({ form, words, wrong, detail, set }, at) {
  const [name, value] = form.when[at] ?? ["", ""];
  const header = name.startsWith("header.");
  const word = words.conditions.find((one) => one.name === (header ? "header.NAME" : name));
  const change = (/** @type {[string, string] | null} */ pair) => set({ when: withAt(form.when, at, pair) });
  const invalid = wrong === "when" && detail.includes(`${name}: `) ? "true" : "false";
  const label = CONDITIONS[name] ?? `${name} is`;
  return html`<span class="term"><span>and ${header ? "the header" : label}</span>
    ${header ? html`<input class="field narrow" aria-label="Name of the header" .value=${name.slice(7)} spellcheck="false" @input=${(/** @type {Event} */ event) => change([`header.${valueIn(event).trim()}`, value])} /> is` : nothing}
    ${word?.takes === "switch"
      ? html`<select class="field" id=${`when-${at}`} aria-label=${label} aria-invalid=${invalid} @change=${(/** @type {Event} */ event) => change([name, valueIn(event)])}>
          ${["true", "false"].map((one) => html`<option value=${one} ?selected=${one === value}>${one === "true" ? "yes" : "no"}</option>`)}</select>`
      : html`<input class=${`field ${word?.takes === "count" || word?.takes === "size" ? "number" : word?.takes === "search" ? "wide" : ""}`} id=${`when-${at}`} aria-label=${header ? "Its value" : label} placeholder=${word?.example ?? ""} inputmode=${word?.takes === "count" ? "numeric" : nothing}
          .value=${value} spellcheck="false" autocomplete="off" aria-invalid=${invalid} title=${HELP[word?.takes ?? ""] ?? nothing} @input=${(/** @type {Event} */ event) => change([name, valueIn(event)])} />`}
    ${removeView("this condition", () => change(null))}</span>`;
}

/** @type {Record<string, string>} */
const HELP = {
  pattern: "* stands for anything, ? for one character; /…/ is a regular expression",
  network: "an address, a network such as 10.0.0.0/8, * or /…/",
  size: "octets, or such as 10KB, 1MB",
  search: "a search, as in the list of messages",
  duration: "such as 500ms, 2s, 10m",
};

/** @param {Part} part */
function doView(part) {
  const { form, words, set } = part;
  return html`${form.do.map((act, at) => actionView(part, act, at))}
    ${adder("action", form.do.length ? "and then" : "do", offers(words.actions, form.on), (word) => set({ do: [...form.do, { word, rest: firstRest(words, word) }] }, `#do-${form.do.length} .rest`))}
    ${form.mismatch || part.wrong === "mismatch" || form.do.some(({ word, rest }) => word === "reply" && /^(\d)\d\d (?!\1)[245]\.\d/.test(rest))
      ? html`<label class="term"><input type="checkbox" .checked=${form.mismatch} @change=${() => set({ mismatch: !form.mismatch })} />the two codes may contradict each other</label>`
      : nothing}`;
}

/** @param {Part} part */
function amountsView({ form, words, wrong, set }) {
  const left = words.amounts.filter(({ name }) => !form.amounts.some(([one]) => one === name));
  return html`${form.amounts.length ? nothing : html`<span class="muted">every time</span>`}
    ${form.amounts.map(([name, value], at) => {
      const word = words.amounts.find((one) => one.name === name);
      const [before, behind] = AMOUNTS[name] ?? [name, ""];
      const change = (/** @type {[string, string] | null} */ pair) => set({ amounts: withAt(form.amounts, at, pair) });
      const invalid = wrong === name ? "true" : "false";
      return html`<span class="term">${before}
        ${word?.values.length
          ? html`<select class="field" id=${`amount-${name}`} aria-label=${name} aria-invalid=${invalid} @change=${(/** @type {Event} */ event) => change([name, valueIn(event)])}>${word.values.map((one) => html`<option value=${one} ?selected=${one === value}>${one}</option>`)}</select>`
          : html`<input class="field number" id=${`amount-${name}`} aria-label=${`${name}: ${word?.help ?? ""}`} title=${word?.help ?? nothing} placeholder=${word?.example ?? ""} .value=${value} autocomplete="off" aria-invalid=${invalid} @input=${(/** @type {Event} */ event) => change([name, valueIn(event)])} />`}
        ${behind} ${removeView(name, () => change(null))}</span>`;
    })}
    ${adder("limit", "a limit", left.map(({ name, help }) => [name, `${name} – ${help}`, false]), (name) => set({ amounts: [...form.amounts, [name, words.amounts.find((one) => one.name === name)?.example ?? ""]] }, `#amount-${name}`))}`;
}

/** @param {Part} part @param {string[]} inboxes */
const whereView = ({ form, wrong, set }, inboxes) => html`<label class="term">in the inbox
    <input class="field" name="inbox" list="inbox-names" placeholder="every one" .value=${form.inbox} autocomplete="off" spellcheck="false" aria-invalid=${wrong === "inbox" ? "true" : "false"}
      @input=${(/** @type {Event} */ event) => set({ inbox: valueIn(event) })} /></label>
  <datalist id="inbox-names">${inboxes.map((name) => html`<option value=${name}></option>`)}</datalist>
  <label class="term"><input type="checkbox" .checked=${form.continue} @change=${() => set({ continue: !form.continue })} />the next rule may act as well</label>
  <label class="term"><input type="checkbox" .checked=${form.enabled} @change=${() => set({ enabled: !form.enabled })} />it is on</label>`;

/** A menu of what can be added: [value, title, whether it cannot be]. @param {string} what @param {string} title @param {[string, string, boolean][]} options @param {(value: string) => void} add */
const adder = (what, title, options, add) => options.length
  ? html`<select class="field adder" aria-label=${`Add: ${what}`} @change=${(/** @type {Event} */ event) => {
      const select = /** @type {HTMLSelectElement} */ (event.target);
      const { value } = select;
      select.selectedIndex = 0;
      if (value) add(value);
    }}><option value="">+ ${title}</option>${options.map(([value, text, off]) => html`<option value=${value} ?disabled=${off}>${text}</option>`)}</select>`
  : nothing;
