// @ts-check
/** The rules in the order in which they are asked: each with what it did, and what one can do to it. Pure. */

/** @import { Drag } from "../../slices/faults.js" */
/** @import { State } from "../../state.js" */
/** @import { Fault } from "../../types.js" */
/** @import { Page } from "../../page.js" */
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { keyed } from "../../../vendor/lit-html/directives/keyed.js";
import { repeat } from "../../../vendor/lit-html/directives/repeat.js";
import { base } from "../../base.js";
import { ago, grouped, many } from "../../format.js";
import { FORMS } from "../../rules.js";
import { icon } from "../icons.js";
import { tool } from "../tool.js";

/** @param {Fault[]} faults @param {State} state @param {Page} page */
export const rulesView = (faults, state, page) => html`<ol class="rules" id="rules" aria-label="Rules, in the order in which they are asked"
  @dragover=${(/** @type {DragEvent} */ event) => over(event, faults, page)}
  @drop=${(/** @type {DragEvent} */ event) => { event.preventDefault(); page.attempt(() => page.faults.drop()); }}>
  ${repeat(faults, ({ name }) => name, (fault) => ruleView(fault, state, page))}
</ol>`;

/** Where what is dragged would come to lie: before or behind the rule under the pointer. @param {DragEvent} event @param {Fault[]} faults @param {Page} page */
function over(event, faults, page) {
  const { drag } = page.state.faults;
  const row = event.target instanceof Element ? event.target.closest("li[data-rule]") : null;
  const fault = faults.find(({ name }) => row instanceof HTMLElement && name === row.dataset.rule);
  if (!drag || !row || !fault) return;
  event.preventDefault();
  const { top, height } = row.getBoundingClientRect();
  const place = fault.place + (event.clientY > top + height / 2 ? 1 : 0);
  if (place !== drag.place) page.dispatch({ type: "faults.drag", drag: { ...drag, place } });
}

/** @param {Fault} fault @param {Drag | null} drag */
function dropOf(fault, drag) {
  if (!drag) return "";
  if (drag.name === fault.name) return "dragged";
  return drag.place === fault.place ? "drop-before" : drag.place === fault.place + 1 ? "drop-behind" : "";
}

/** @param {Fault} fault @param {State} state @param {Page} page */
function ruleView(fault, { app, faults }, page) {
  const act = (/** @type {() => unknown} */ work) => () => page.attempt(work);
  const { name, place } = fault;
  const last = app.faults.faults.length - 1;
  const marks = [fault.active ? "" : "idle", name === faults.active ? "active" : "", name === faults.editing ? "edited" : "", dropOf(fault, faults.drag)];
  return html`<li class=${["rule", ...marks.filter(Boolean)].join(" ")} data-rule=${name} tabindex=${name === (faults.active ?? app.faults.faults[0]?.name) ? "0" : "-1"}
    aria-label=${`${place + 1}. ${name}, ${stateOf(fault, app.faults.paused)}, ${many(fault.acted, "hit")}`}
    @focus=${(/** @type {Event} */ event) => event.target === event.currentTarget && name !== faults.active && page.dispatch({ type: "faults.active", name })}>
    <span class="grip" draggable="true" title="Drag to change the order" aria-hidden="true"
      @dragstart=${(/** @type {DragEvent} */ event) => lift(event, fault, page)} @dragend=${() => page.dispatch({ type: "faults.drag", drag: null })}>${icon("grip")}</span>
    <label class="switch"><input type="checkbox" role="switch" .checked=${fault.enabled} @change=${act(() => page.faults.enable(fault))} /><span class="unseen">${name} is on</span></label>
    <div class="told">
      <div class="line"><strong class="cut">${name}</strong><span class=${`chip ${TONES[stateOf(fault, app.faults.paused)] ?? ""}`}>${stateOf(fault, app.faults.paused)}</span>
        ${keyed(fault.acted, html`<span class=${faults.rose.has(name) ? "hits-of flash" : "hits-of"} title=${`it matched ${many(fault.matched, "time")}, and acted ${many(fault.acted, "time")}`}>${many(fault.acted, "hit")}</span>`)}
        ${fault.matched > fault.acted ? html`<span class="muted cut">of ${grouped(fault.matched)} that matched</span>` : nothing}
        ${fault.expires_at && fault.active ? html`<span class="muted cut" title=${fault.expires_at}>ends ${ends(fault.expires_at)}</span>` : nothing}</div>
      <code>${fault.line}</code>
    </div>
    <div class="tools-of">
      ${tool("up", `Ask ${name} earlier`, act(() => page.faults.move(fault, place - 1)), { off: !place })}
      ${tool("down", `Ask ${name} later`, act(() => page.faults.move(fault, place + 1)), { off: place === last })}
      ${tool("edit", `Edit ${name}`, () => page.faults.edit(fault))}
      ${menuView(fault, page)}
      ${tool("trash", `Delete ${name}`, act(() => page.faults.remove(fault)))}
    </div>
  </li>`;
}

/** @param {string} moment */
const ends = (moment) => (Date.parse(moment) > Date.now() ? `in ${ago(new Date(2 * Date.now() - Date.parse(moment)).toISOString())}` : "now");

/** @type {Record<string, string>} */
const TONES = { active: "warn", spent: "info" };

/** @param {Fault} fault @param {boolean} paused */
function stateOf({ active, enabled, expires_at }, paused) {
  if (active) return paused ? "paused" : "active";
  if (!enabled) return "off";
  return expires_at && Date.parse(expires_at) <= Date.now() ? "over" : "spent";
}

/** @param {DragEvent} event @param {Fault} fault @param {Page} page */
function lift(event, fault, page) {
  const row = event.target instanceof Element ? event.target.closest("li") : null;
  if (row) event.dataTransfer?.setDragImage(row, 8, 8);
  event.dataTransfer?.setData("text/plain", fault.line);
  page.dispatch({ type: "faults.drag", drag: { name: fault.name, place: fault.place } });
}

/** @param {Fault} fault @param {Page} page */
const menuView = (fault, page) => html`<details class="menu" @toggle=${watchOutside} @keydown=${closes} @click=${closesAfter}>
  <summary class="button icon quiet" aria-label=${`More for ${fault.name}`} title="More">${icon("more")}</summary>
  <ul>
    ${copiesView(fault.rule, page)}
    <li><button type="button" class="button quiet" @click=${() => page.attempt(() => page.faults.duplicate(fault))}>${icon("plus")}Duplicate</button></li>
    <li><button type="button" class="button quiet" @click=${() => page.attempt(() => page.faults.reset(fault))}>${icon("again")}Reset counters</button></li>
  </ul></details>`;

/** @param {Record<string, unknown>} rule @param {Page} page */
export const copiesView = (rule, page) => FORMS.map(
  ([title, write]) => html`<li><button type="button" class="button quiet" @click=${() => page.attempt(() => page.copy(write(rule, location.origin + base("/api/faults")), `${title} copied`))}>${icon("copy")}Copy as ${title}</button></li>`,
);

/** A menu closes when one clicks beside it. @param {Event} event */
export function watchOutside(event) {
  const menu = /** @type {HTMLDetailsElement} */ (event.currentTarget);
  if (!menu.open) return;
  const close = (/** @type {Event} */ outside) => {
    if (menu.isConnected && outside.target instanceof Node && menu.contains(outside.target)) return;
    menu.open = false;
    document.removeEventListener("pointerdown", close, true);
    document.removeEventListener("focusin", close, true);
  };
  document.addEventListener("pointerdown", close, true);
  document.addEventListener("focusin", close, true);
}

/** @param {KeyboardEvent} event */
export function closes(event) {
  const menu = /** @type {HTMLDetailsElement} */ (event.currentTarget);
  if (event.key !== "Escape" || !menu.open) return;
  event.stopPropagation();
  menu.open = false;
  menu.querySelector("summary")?.focus();
}

/** @param {Event} event */
export function closesAfter(event) {
  const menu = /** @type {HTMLDetailsElement} */ (event.currentTarget);
  if (event.target instanceof Element && event.target.closest("li")) menu.open = false;
}
