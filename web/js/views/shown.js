// @ts-check
/** Text that a stranger wrote, among ours: it turns nothing round, and hides nothing. Pure. */
import { html } from "../../vendor/lit-html/lit-html.js";
import { shown } from "../shown.js";

/** @param {string} text */
export const strange = (text) => html`<bdi>${shown(text).map(({ name, text: piece }) => (name ? html`<span class="unseen-char" title="A character that is not seen">${name}</span>` : piece))}</bdi>`;
