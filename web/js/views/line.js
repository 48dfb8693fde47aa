// @ts-check
/** A line of an SMTP dialogue: who said what, and how long after the line before. Pure. */

/** @import { Line } from "../types.js" */
import { html } from "../../vendor/lit-html/lit-html.js";
import { duration } from "../format.js";

const SIDES = { C: "client", S: "server", "*": "aside" };

/** Milliseconds between a line and the one before. @param {Line} line @param {Line | undefined} before */
export const waitedFor = ({ at }, before) => at - (before?.at ?? 0);

/** How that is told: nothing where it is too short to matter. @param {number} ms */
export const stepOf = (ms) => (ms >= 0.1 ? `+${duration(ms)}` : "");

/** A line behind what tells its time. @param {Line} line @param {unknown} times */
export function lineView({ side, text }, times) {
  const reply = side === "S" ? /^([2-5])\d\d/.exec(text)?.[1] : undefined;
  return html`<li class=${`${SIDES[side]} ${reply ? `r${reply}` : ""}`}>
    ${times}
    <span class="speaker" aria-label=${SIDES[side]}>${side}</span>
    <span class="said">${text}</span>
  </li>`;
}
