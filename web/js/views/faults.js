// @ts-check
/** The rules by which the server fails on purpose, and the banner that warns of them. Pure. */

/** @import { Fault, Faults } from "../state.js" */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { many } from "../format.js";

/** @param {Faults} faults */
export function faultsBanner({ active, hits }) {
  if (!active) return nothing;
  const are = active === 1 ? "is" : "are";
  return html`<p class="banner"><a href="/faults">${many(active, "fault rule")} ${are} active: ${many(hits, "hit")}</a></p>`;
}

/** @param {Faults} faults */
export function faultsView({ faults }) {
  if (!faults.length) return html`<div class="panes empty">${noneView()}</div>`;
  return html`<main class="faults">
    <table>
      <caption>Fault rules, in the order in which they are asked</caption>
      <thead>
        <tr><th scope="col">Name</th><th scope="col">Rule</th><th scope="col">State</th><th scope="col">Matched</th><th scope="col">Hits</th></tr>
      </thead>
      <tbody>${faults.map(rowView)}</tbody>
    </table>
  </main>`;
}

/** @param {Fault} fault */
const rowView = (fault) => html`<tr class=${fault.active ? "" : "idle"}>
  <th scope="row">${fault.name}</th>
  <td><code>${fault.line}</code></td>
  <td>${fault.active ? "active" : fault.enabled ? "spent" : "off"}</td>
  <td>${fault.matched.toLocaleString()}</td>
  <td>${fault.acted.toLocaleString()}</td>
</tr>`;

const noneView = () => html`<section class="hint">
  <h2>No fault rules</h2>
  <p>Have the server fail on purpose: <code>mailtrap fault add 'rcpt 451 4.7.1 Try later times=2'</code></p>
</section>`;
