// @ts-check
/** The bar that says on every view that mail fails on purpose. Pure. */

/** @import { State } from "../state.js" */
/** @import { Page } from "../page.js" */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { many } from "../format.js";
import { icon } from "./icons.js";
import { href } from "./shell.js";

/** Rules that are named. */
const NAMED = 3;

/** It stands at the foot, so that nothing moves under the pointer when it comes and goes. @param {State} state @param {Page} page */
export function alarmView({ app }, page) {
  const { faults, active, hits, paused } = app.faults;
  const meant = faults.filter((one) => one.active);
  if (!meant.length) return nothing;
  const names = meant.slice(0, NAMED).map(({ name }) => name);
  const others = meant.length - names.length;
  return html`<aside class=${paused ? "alarm paused" : "alarm"} aria-label="Fault rules">
    ${icon("faults")}
    <a href=${href({ view: "faults" })}>${paused ? `Fault rules pause: ${many(meant.length, "rule")}` : `${many(active, "fault rule")} ${active === 1 ? "is" : "are"} active`}</a>
    <span class="names cut grow">${names.join(", ")}${others ? ` and ${others} more` : ""}</span>
    <span class="hits-in">${many(hits, "hit")}</span>
    <button type="button" class="button quiet" @click=${() => page.attempt(() => page.faults.pause(!paused))}>${icon(paused ? "play" : "pause")}${paused ? "Resume" : "Pause all"}</button>
  </aside>`;
}
