// @ts-check
/** The rules by which the server fails on purpose: the dialogue with the rules on it, and an editor. */

/** @import { Form } from "../slices/faults.js" */
/** @import { Fault } from "../types.js" */
/** @import { State } from "../state.js" */
/** @import { Page } from "../page.js" */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { clock, many } from "../format.js";
import { curlOf, pythonOf, tomlOf } from "../rules.js";
import { ruleOf } from "../slices/faults.js";
import { icon } from "./icons.js";
import { href } from "./shell.js";

/** The stages of a session, in the order of the dialogue, as people call them. @type {[string, string][]} */
const STAGES = [
  ["connect", "Connect"], ["greeting", "Greeting"], ["helo", "EHLO"], ["starttls", "STARTTLS"], ["tls", "Handshake"],
  ["auth", "AUTH"], ["mail", "MAIL"], ["rcpt", "RCPT"], ["data", "DATA"], ["content", "Content"], ["message", "End"], ["quit", "QUIT"],
];

/** Stages beside the way of a message. @type {[string, string][]} */
const OTHERS = [["bdat", "BDAT"], ["rset", "RSET"], ["noop", "NOOP"], ["vrfy", "VRFY"], ["help", "HELP"]];

const CONDITIONS = ["rcpt", "mail_from", "subject", "auth", "helo", "ip", "listener", "tls", "size_over", "session_nth", "message_nth"];

/** Actions by the words that begin them, with what they do. @type {[string, string][]} */
const ACTIONS = [
  ["451 4.7.1 Try again later", "answer: not now"], ["550 5.1.1 No such user", "answer: never"], ["delay 2s", "wait first"],
  ["stall", "say nothing"], ["close", "close the connection"], ["reset", "reset the connection"], ["trickle 0.1s", "answer letter by letter"],
  ["keep", "store it all the same"], ["discard", "say 250, store nothing"], ["duplicate", "store it twice"],
];

/** Ways of counting apart. */
const PER = ["", "rcpt", "mail_from", "triplet", "auth", "ip", "inbox", "session"];

/** @param {State} state @param {Page} page */
export function faultsView(state, page) {
  const { faults } = state.app.faults;
  const { stage, editing } = state.faults;
  const shown = stage === null ? faults : faults.filter(({ rule }) => [rule.on].flat().includes(stage));
  const act = (/** @type {() => unknown} */ work) => () => page.attempt(work);
  return html`<div class="page faults">
    <div class="line"><h1 class="grow">Faults</h1>
      ${faults.length ? html`<button type="button" class="button bad" @click=${act(() => page.faults.clear())}>Delete all rules</button>` : nothing}
      <button type="button" class="button main" @click=${() => page.faults.begin(null)}>${icon("plus")}New rule</button>
    </div>
    <p class="muted">What the server shall get wrong. Click a stage of the dialogue to see its rules and to add one there.</p>
    ${lineView(faults, stage, page)}
    ${editing === null ? nothing : formView(state, page)}
    ${shown.length ? html`<ol class="rules">${shown.map((fault) => ruleView(fault, page))}</ol>` : emptyView(stage, page)}
    ${hitsView(state)}
    ${presetsView(state, page)}
  </div>`;
}

/** The stages in a row, each with its rules and hits. @param {Fault[]} faults @param {string | null} open @param {Page} page */
const lineView = (faults, open, page) => html`<ol class="stages scrolls" aria-label="Stages of a session">
  ${STAGES.map(([stage, title]) => {
    const here = faults.filter(({ rule }) => [rule.on].flat().includes(stage));
    const hits = here.reduce((sum, { acted }) => sum + acted, 0);
    return html`<li><button type="button" class=${here.some(({ active }) => active) ? "stage-of on" : "stage-of"} aria-pressed=${stage === open ? "true" : "false"}
      @click=${() => page.dispatch({ type: "faults.stage", stage })}>
      <span class="knob">${here.length || ""}</span><span>${title}</span><span class="muted">${hits ? many(hits, "hit") : ""}</span>
    </button></li>`;
  })}
</ol>`;

/** @param {string | null} stage @param {Page} page */
const emptyView = (stage, page) => html`<div class="hint">
  <h2>${stage === null ? "No fault rules" : "No rules at this stage"}</h2>
  <p>Every message is accepted${stage === null ? "" : " here"}.</p>
  <button type="button" class="button" @click=${() => page.faults.begin(stage)}>Make a rule</button>
</div>`;

/** @param {Fault} fault @param {Page} page */
function ruleView(fault, page) {
  const act = (/** @type {() => unknown} */ work) => () => page.attempt(work);
  const state = fault.active ? "active" : fault.enabled ? "spent" : "off";
  return html`<li class=${fault.active ? "rule" : "rule idle"}>
    <label class="switch"><input type="checkbox" .checked=${fault.enabled} @change=${(/** @type {Event} */ event) =>
      page.attempt(() => page.faults.enable(fault, /** @type {HTMLInputElement} */ (event.target).checked))} /><span class="unseen">${fault.name} is on</span></label>
    <div class="grow">
      <div class="line"><strong>${fault.name}</strong><span class=${`chip ${fault.active ? "warn" : ""}`}>${state}</span>
        <span class="muted">${many(fault.acted, "hit")} of ${fault.matched.toLocaleString()} matched</span></div>
      <code>${fault.line}</code>
    </div>
    <div class="line tools-of">
      ${tool("up", "Ask it earlier", act(() => page.faults.move(fault, -1)))} ${tool("down", "Ask it later", act(() => page.faults.move(fault, 1)))}
      ${tool("edit", "Edit", () => page.faults.edit(fault))}
      ${copyView(fault.rule, page)} ${tool("trash", "Delete", act(() => page.faults.remove(fault)))}
    </div>
  </li>`;
}

/** @param {import("./icons.js").Icon} name @param {string} title @param {() => unknown} work */
const tool = (name, title, work) => html`<button type="button" class="button icon quiet" aria-label=${title} title=${title} @click=${work}>${icon(name)}</button>`;

/** @param {Record<string, unknown>} rule @param {Page} page */
const copyView = (rule, page) => html`<details class="menu"><summary class="button icon quiet" aria-label="Copy as" title="Copy as">${icon("copy")}</summary>
  <ul>${/** @type {[string, (rule: Record<string, unknown>) => string][]} */ ([["TOML", tomlOf], ["Python", pythonOf], ["curl", (one) => curlOf(one, location.origin)]]).map(
    ([title, write]) => html`<li><button type="button" class="button quiet" @click=${() => page.attempt(() => page.copy(write(rule), `${title} copied`))}>${title}</button></li>`,
  )}</ul></details>`;

/** A rule as a sentence, its words as fields. @param {State} state @param {Page} page */
function formView({ faults, app }, page) {
  const { form, editing, problem } = faults;
  const set = (/** @type {Partial<Form>} */ change) => page.dispatch({ type: "faults.form", set: change });
  return html`<form class="sentence" aria-label=${editing ? `Rule ${editing}` : "New rule"} @submit=${(/** @type {Event} */ event) => {
    event.preventDefault();
    page.attempt(() => page.faults.save());
  }}>
    <p>At ${choose("stage", "on", form.on, [...STAGES, ...OTHERS], set)}
      ${form.when.map((pair, index) => conditionView(pair, index, form, set))}
      <button type="button" class="button quiet" @click=${() => set({ when: [...form.when, ["rcpt", ""]] })}>${icon("plus")}condition</button>
      ${app.inboxes.length > 1 ? html`in inbox ${text("inbox", "inbox", form.inbox, set, "any")}` : nothing},
    </p>
    <p><label>do <textarea class="field" name="do" rows=${Math.max(form.do.split("\n").length, 1)} spellcheck="false" aria-label="What to do, one action a line" .value=${form.do}
      @input=${(/** @type {Event} */ event) => set({ do: /** @type {HTMLTextAreaElement} */ (event.target).value })}></textarea></label>
      <select class="field" aria-label="Add an action" @change=${(/** @type {Event} */ event) => addAction(/** @type {HTMLSelectElement} */ (event.target), form, set)}>
        <option value="">add…</option>${ACTIONS.map(([word, meaning]) => html`<option value=${word}>${word} – ${meaning}</option>`)}
      </select></p>
    <p>${text("times", "times", form.times, set, "always")} times, after ${text("passed first", "after", form.after, set, "0")} that pass,
      every ${text("every nth", "every", form.every, set, "1")}, with a chance of ${text("chance", "chance", form.chance, set, "1")} (seed ${text("seed", "seed", form.seed, set, "none")}),
      counted ${choose("per", "per", form.per, PER.map((one) => [one, one ? `per ${one}` : "in all"]), set)}, for ${text("expires", "expires", form.expires, set, "ever")}.</p>
    ${problem ? html`<p class="note bad" role="alert">${problem.detail}</p>` : nothing}
    <div class="line"><label>Name ${text("name", "name", form.name, set, "of its own")}</label><span class="grow"></span>
      ${copyView(ruleOf(form), page)}
      <button type="button" class="button" @click=${() => page.dispatch({ type: "faults.done" })}>Cancel</button>
      <button class="button main">${editing ? "Change the rule" : "Add the rule"}</button></div>
  </form>`;
}

/** @param {string} label @param {keyof Form} key @param {string} value @param {(change: Partial<Form>) => void} set @param {string} placeholder */
const text = (label, key, value, set, placeholder) => html`<input class="field word" aria-label=${label} name=${key} placeholder=${placeholder} .value=${value} autocomplete="off"
  @input=${(/** @type {Event} */ event) => set({ [key]: /** @type {HTMLInputElement} */ (event.target).value })} />`;

/** @param {string} label @param {keyof Form} key @param {string} value @param {[string, string][]} options @param {(change: Partial<Form>) => void} set */
const choose = (label, key, value, options, set) => html`<select class="field" aria-label=${label} name=${key} @change=${(/** @type {Event} */ event) =>
  set({ [key]: /** @type {HTMLSelectElement} */ (event.target).value })}>
  ${options.map(([word, title]) => html`<option value=${word} ?selected=${word === value}>${title}</option>`)}</select>`;

/** @param {[string, string]} pair @param {number} index @param {Form} form @param {(change: Partial<Form>) => void} set */
function conditionView([name, value], index, form, set) {
  const change = (/** @type {[string, string] | null} */ pair) => set({ when: form.when.flatMap((one, at) => (at === index ? (pair ? [pair] : []) : [one])) });
  const names = CONDITIONS.includes(name) ? CONDITIONS : [name, ...CONDITIONS];
  return html`<span class="condition">${index ? "and" : "when"}
    <select class="field" aria-label="Condition" @change=${(/** @type {Event} */ event) => change([/** @type {HTMLSelectElement} */ (event.target).value, value])}>
      ${names.map((one) => html`<option value=${one} ?selected=${one === name}>${one}</option>`)}</select>
    is <input class="field" aria-label=${`Value of ${name}`} placeholder="*@example.com" .value=${value} @input=${(/** @type {Event} */ event) => change([name, /** @type {HTMLInputElement} */ (event.target).value])} />
    <button type="button" class="button icon quiet" aria-label="Remove the condition" @click=${() => change(null)}>${icon("close")}</button></span>`;
}

/** @param {HTMLSelectElement} select @param {Form} form @param {(change: Partial<Form>) => void} set */
function addAction(select, form, set) {
  if (!select.value) return;
  set({ do: [form.do.trim(), select.value].filter(Boolean).join("\n") });
  select.value = "";
}

/** @param {State} state */
const hitsView = ({ faults }) => faults.hits.length
  ? html`<details class="fold"><summary>Newest hits</summary><div class="scrolls"><table class="table"><tbody>
      ${faults.hits.map(({ at, rule, stage, before, after, session }) => html`<tr><td class="muted">${clock(at)}</td><th scope="row">${rule}</th><td>${stage}</td>
        <td><code>${after}</code> <span class="muted">instead of ${before}</span></td><td><a href=${href({ view: "sessions", id: session })}>session</a></td></tr>`)}
    </tbody></table></div></details>`
  : nothing;

/** @param {State} state @param {Page} page */
const presetsView = ({ faults }, page) => html`<details class="fold"><summary>Presets: what real servers do</summary>
  <ul class="presets">${faults.presets.filter(({ on }) => faults.stage === null || on.includes(faults.stage)).map(
    ({ name, on, providers }) => html`<li><button type="button" class="button" title=${`at ${on.join(", ")}`} @click=${() => page.attempt(() => page.faults.add(name))}>${name}</button>
      ${providers.length > 1 ? html`<span class="muted">as ${providers.join(", ")}</span>` : nothing}</li>`,
  )}</ul></details>`;
