// @ts-check
/** What real servers do, to be had with one click: presets by what they test, and whole profiles. Pure. */

/** @import { Preset, Profile } from "../../slices/faults.js" */
/** @import { State } from "../../state.js" */
/** @import { Page } from "../../page.js" */
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { repeat } from "../../../vendor/lit-html/directives/repeat.js";
import { grouped, many, size } from "../../format.js";
import { formOf } from "../../form.js";
import { offered, providersOf } from "../../slices/faults.js";
import { icon } from "../icons.js";
import { titleOf } from "./line.js";
import { valueIn } from "../tool.js";

/** Providers offered as a choice; the others are found by searching. */
const LISTED = 8;

/** @param {State} state @param {Page} page */
export function galleryView({ faults }, page) {
  const { presets, provider, wanted, stage, profiles } = faults;
  if (!presets.length) return nothing;
  const shown = offered(faults);
  const pick = (/** @type {string} */ one) => () => page.dispatch({ type: "faults.gallery", provider: one === provider ? "" : one });
  return html`<section class="gallery" aria-labelledby="gallery-title">
    <div class="line"><h2 id="gallery-title">What real servers do</h2><span class="muted grow">${many(shown.length, "preset")}${stage === null ? "" : ` at ${titleOf(stage)}`}</span>
      <input class="field" type="search" aria-label="Find a preset" placeholder="Find a preset" .value=${wanted} @input=${(/** @type {Event} */ event) => page.dispatch({ type: "faults.gallery", wanted: valueIn(event) })} /></div>
    <div class="line wraps" role="group" aria-label="As which server">
      ${providersOf(presets).slice(0, LISTED).map(([one, count]) => html`<button type="button" class="button quiet" aria-pressed=${one === provider ? "true" : "false"} @click=${pick(one)}>${one}<span class="muted">${count}</span></button>`)}
    </div>
    <ul class="presets">${repeat(shown, ({ name }) => name, (preset) => presetView(preset, provider || faults.chosen[preset.name] || "", page))}</ul>
    ${shown.length ? nothing : html`<p class="more">No preset is like that.</p>`}
    ${profilesView(profiles, page)}
  </section>`;
}

/** @param {Preset} preset @param {string} provider @param {Page} page */
function presetView(preset, provider, page) {
  const { name, on, providers, tests, rules } = preset;
  const at = Math.max(providers.indexOf(provider), 0);
  const rule = rules[at] ?? {};
  return html`<li class="card preset">
    <div class="line"><strong class="cut grow">${name.replaceAll("-", " ")}</strong><span class="chip" title=${on.map(titleOf).join(", ")}>${titleOf(on[0] ?? "")}${on.length > 1 ? ` +${on.length - 1}` : ""}</span></div>
    <p class="muted">A good app ${tests}.</p>
    <code title=${[rule.do].flat().join("\n")}>${[rule.do].flat().map(plain).join(" ; ")}</code>
    <div class="line foot">
      ${providers.length > 1
        ? html`<label class="as">as <select class="field" aria-label=${`${name}: as which server`} @change=${(/** @type {Event} */ event) => page.dispatch({ type: "faults.gallery", provider: "", chosen: { [name]: valueIn(event) } })}>
            ${providers.map((one, index) => html`<option value=${one} ?selected=${index === at}>${one}</option>`)}</select></label>`
        : html`<span class="muted">${providers.length ? `as ${providers[0]}` : ""}</span>`}
      <span class="grow"></span>
      <button type="button" class="button icon quiet" aria-label=${`Edit ${name} before it is added`} title="Edit before it is added" @click=${() => page.faults.write("", formOf(page.faults.fresh(rule)))}>${icon("edit")}</button>
      <button type="button" class="button" aria-label=${`Add ${name}`} @click=${() => page.attempt(() => page.faults.add(rule))}>${icon("plus")}Add</button>
    </div>
  </li>`;
}

/** An action without the quotes and line ends that a rule needs. @param {unknown} action */
const plain = (action) => String(action).replaceAll("\\n", " ").replaceAll(/(^|\s)"|"$/g, "$1");

/** @param {Profile[]} profiles @param {Page} page */
const profilesView = (profiles, page) => html`<h2>Speak as they do</h2>
  <p class="muted">A profile has the whole server greet, advertise, limit and word its replies as another. Nothing fails by it. It is chosen at the start.</p>
  <ul class="profiles">${profiles.map(({ name, banner, size: octets, recipients }) => {
    const command = `mailtrap serve --profile ${name}`;
    return html`<li class="line"><strong>${name}</strong><code class="cut grow" title=${banner}>${banner}</code><span class="muted">${size(octets)}, ${grouped(recipients)} recipients</span>
      <button type="button" class="button quiet" aria-label=${`Copy ${command}`} title=${command} @click=${() => page.attempt(() => page.copy(command, "Command copied"))}>${icon("copy")}Copy the command</button></li>`;
  })}</ul>`;
