// @ts-check
/** The dry run: a moment that never was, and what the rules would make of it. Pure. */

/** @import { Moment, Trial } from "../../slices/faults.js" */
/** @import { State } from "../../state.js" */
/** @import { Page } from "../../page.js" */
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { titleOf } from "./line.js";
import { valueIn } from "../tool.js";

/** What is told first, and what only some rules ask for. @type {[keyof Moment, string, string][]} */
const FIRST = [["mail_from", "from", "text"], ["rcpt", "to", "text"], ["inbox", "inbox", "text"]];

/** @type {[keyof Moment, string, string][]} */
const MORE = [
  ["helo", "client's name", "text"], ["ip", "its address", "text"], ["auth", "login", "text"], ["listener", "listener", "text"],
  ["size", "octets", "number"], ["session_nth", "session no.", "number"], ["message_nth", "message no.", "number"],
];

/** @param {State} state @param {Page} page */
export function trialView({ faults, app }, page) {
  const { moment, trial, trialProblem, editing, vocabulary } = faults;
  const field = (/** @type {[keyof Moment, string, string]} */ [key, label, kind]) => html`<label><span class="muted">${label}</span><input class="field" name=${key} type=${kind} .value=${String(moment[key])} autocomplete="off" spellcheck="false"
    aria-invalid=${trialProblem?.field === key ? "true" : "false"} @input=${(/** @type {Event} */ event) => page.faults.trial.set({ [key]: valueIn(event) })} /></label>`;
  return html`<section class="card trial" aria-labelledby="trial-title">
    <h2 id="trial-title">Dry run</h2>
    <p class="muted">Which rule would act? ${editing === null ? "" : "The rule in the form takes part. "}Nothing is counted.</p>
    <form @submit=${(/** @type {Event} */ event) => { event.preventDefault(); page.attempt(() => page.faults.trial.run()); }}>
      <label><span class="muted">at</span><select class="field" name="stage" @change=${(/** @type {Event} */ event) => page.faults.trial.set({ stage: valueIn(event) })}>
        ${vocabulary?.stages.map(({ name }) => html`<option value=${name} ?selected=${name === moment.stage}>${titleOf(name)}</option>`)}</select></label>
      ${FIRST.map(field)}
      ${moment.stage === "message"
        ? html`<label><span class="muted">header</span><textarea class="field" name="headers" rows="2" spellcheck="false" .value=${moment.headers} @input=${(/** @type {Event} */ event) => page.faults.trial.set({ headers: valueIn(event) })}></textarea></label>
            <label><span class="muted">text</span><textarea class="field" name="text" rows="2" .value=${moment.text} @input=${(/** @type {Event} */ event) => page.faults.trial.set({ text: valueIn(event) })}></textarea></label>`
        : nothing}
      <details class="fold"><summary>More about the moment</summary><div class="fields-of">${MORE.map(field)}
        <label><span class="muted">encrypted</span><input type="checkbox" name="tls" .checked=${moment.tls} @change=${() => page.faults.trial.set({ tls: !moment.tls })} /></label></div></details>
      <button class="button">Try</button>
    </form>
    <div role="status">${trialProblem ? html`<p class="wrong">${trialProblem.detail}</p>` : trial ? resultView(trial, app.faults.paused) : nothing}</div>
  </section>`;
}

/** @param {Trial} trial @param {boolean} paused */
function resultView({ stage, before, after, verdicts }, paused) {
  const acting = verdicts.filter(({ acts }) => acts);
  return html`<p class="verdict">${acting.length
      ? html`At ${titleOf(stage)} ${acting.map(({ rule }, at) => html`${at ? " and " : ""}<strong>${rule}</strong>`)} would act:`
      : html`At ${titleOf(stage)} no rule would act:`}</p>
    <p class="mono result">${after}</p>
    ${acting.length ? html`<p class="muted mono">instead of ${before}</p>` : nothing}
    ${paused && acting.length ? html`<p class="muted">But the rules pause now.</p>` : nothing}
    <ul class="verdicts">${verdicts.filter(({ acts }) => !acts).map(({ rule, reason }) => html`<li><strong>${rule}</strong> <span class="muted">would not: ${reason}</span></li>`)}</ul>`;
}
