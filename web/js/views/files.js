// @ts-check
/** The attachments of a message, below it and always in sight. Pure. */

/** @import { Message } from "../slices/message.js" */
/** @import { Page } from "../page.js" */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { base } from "../base.js";
import { size } from "../format.js";
import { isImage } from "../parts.js";
import { icon } from "./icons.js";
import { strange } from "./shown.js";

/** Files that are drawn; the Parts tab has all. */
const SHOWN = 30;

/** @param {Message} message @param {Page} page */
export const filesView = ({ attachments }, page) =>
  attachments.length
    ? html`<ul class="files scrolls" aria-label="Attachments" tabindex="0">
        ${attachments.slice(0, SHOWN).map(fileView)}
        ${attachments.length > SHOWN ? html`<li><button type="button" class="button" @click=${() => page.attempt(() => page.message.show("parts"))}>${attachments.length - SHOWN} more</button></li>` : nothing}
      </ul>`
    : nothing;

/** @param {import("../types.js").Attachment} file */
const fileView = (file) => html`<li><a class="file" href=${base(file.url)} download title=${`${file.filename ?? ""} ${file.content_type}`.trim()}>
  ${isImage(file.content_type) ? html`<img alt="" loading="lazy" src=${base(file.url)} />` : html`<span class="kind">${kindOf(file)}</span>`}
  <span class="what"><span class="cut">${strange(file.filename ?? `part ${file.number}`)}</span><span class="muted">${size(file.size)}</span></span>${icon("download")}
</a></li>`;

/** Three or four letters that say what it is. @param {import("../types.js").Attachment} file */
const kindOf = ({ filename, content_type }) => (/\.([A-Za-z0-9]{1,4})$/.exec(filename ?? "")?.[1] ?? content_type.split("/")[1]?.slice(0, 4) ?? "file").toUpperCase();
