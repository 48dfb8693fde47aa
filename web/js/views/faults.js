// @ts-check
/** The rules by which the server fails on purpose: the dialogue with the rules on it, and an editor. */

/** @import { Fault } from "../types.js" */
/** @import { State } from "../state.js" */
/** @import { Page } from "../page.js" */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { many, clock } from "../format.js";
import { galleryView } from "./faults/gallery.js";
import { lineView, titleOf } from "./faults/line.js";
import { rulesView } from "./faults/rules.js";
import { sentenceView } from "./faults/sentence.js";
import { trialView } from "./faults/trial.js";
import { icon } from "./icons.js";
import { href } from "./shell.js";

/** Hits that are listed. */
const SHOWN = 30;

/** @param {State} state @param {Page} page */
export function faultsView(state, page) {
  const { faults, hits, paused } = state.app.faults;
  const { stage, editing, vocabulary } = state.faults;
  const act = (/** @type {() => unknown} */ work) => () => page.attempt(work);
  return html`<div class=${paused ? "page faults paused" : "page faults"}>
    <div class="line">
      <h1 class="grow">Faults</h1>
      ${hits ? html`<button type="button" class="button" @click=${act(() => page.faults.reset())}>Reset counters</button>` : nothing}
      ${faults.length
        ? html`<button type="button" class="button" aria-pressed=${paused ? "true" : "false"} @click=${act(() => page.faults.pause(!paused))}>${icon(paused ? "play" : "pause")}${paused ? "Resume all" : "Pause all"}</button>
            <button type="button" class="button bad" @click=${act(() => page.faults.clear())}>Delete all</button>`
        : nothing}
      <button type="button" class="button main" id="new-rule" @click=${() => page.faults.begin()}>${icon("plus")}New rule</button>
    </div>
    ${lineView(faults, stage, editing === null ? focused(faults, state.faults.active) : state.faults.form.on, state.faults.rose, vocabulary, page)}
    <div class="bench">
      <div class="work">
        ${editing === null ? nothing : sentenceView(state, page)}
        ${listView(faults, stage, state, page)}
      </div>
      <aside class="beside">${vocabulary ? trialView(state, page) : nothing} ${hitsView(state)}</aside>
    </div>
    ${galleryView(state, page)}
  </div>`;
}

/** The stages on which the rule acts that the keys are about. @param {Fault[]} faults @param {string | null} active */
const focused = (faults, active) => [faults.find(({ name }) => name === active)?.rule.on ?? []].flat();

/** @param {Fault[]} faults @param {string | null} stage @param {State} state @param {Page} page */
function listView(faults, stage, state, page) {
  const { listed } = page.faults;
  const head = stage === null ? nothing : html`<div class="line stage-head">
    <h2 class="grow">${titleOf(stage)}: ${many(listed.length, "rule")}</h2>
    <button type="button" class="button" @click=${() => page.faults.begin(stage)}>${icon("plus")}Add one here</button>
    <button type="button" class="button quiet" @click=${() => page.dispatch({ type: "faults.stage", stage: null })}>Show all ${faults.length}</button>
  </div>`;
  if (listed.length) return html`${head} ${rulesView(listed, state, page)}`;
  if (state.faults.editing !== null) return head;
  return html`${head}<div class="hint plot">
    <h2>${stage === null ? "Nothing fails" : `Nothing fails at ${titleOf(stage)}`}</h2>
    <p>${stage === null ? "Every message is accepted. Click a stage above to break it, or take a failure of a real server below." : "Choose another stage, or make a rule here."}</p>
    <button type="button" class="button" @click=${() => page.faults.begin(stage)}>Make a rule</button>
  </div>`;
}

/** @param {State} state */
const hitsView = ({ faults }) => html`<section class="card" aria-labelledby="hits-title">
  <h2 id="hits-title">Newest hits</h2>
  ${faults.hits.length
    ? html`<ol class="hits">${faults.hits.slice(0, SHOWN).map(({ at, rule, stage, before, after, session }) => html`<li>
        <div class="line"><time class="muted" datetime=${at}>${clock(at)}</time><strong class="cut grow">${rule}</strong><span class="muted">${titleOf(stage)}</span>
          <a href=${href({ view: "sessions", id: session })}>session</a></div>
        <p class="mono">${after}</p><p class="mono muted">instead of ${before}</p>
      </li>`)}</ol>`
    : html`<p class="muted">No rule has acted yet.</p>`}
</section>`;
