// @ts-check
/** What a row shows at its right: chips, signs, its size; and what one can do with it. Pure. */

/** @import { ListState } from "../slices/list.js" */
/** @import { Row } from "../types.js" */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { size } from "../format.js";
import { refusedOf } from "../glances.js";
import { icon } from "./icons.js";

/** Tags that are shown; the others are told by their number. */
const TAGS = 2;

// They are no buttons: an option of a listbox has no controls in it. Their keys are in the table.
/** @param {Row} row @param {ListState} list */
export function marksView(row, list) {
  const glance = list.glances.get(row.id);
  const refused = glance ? refusedOf(glance) : null;
  const inbox = inboxOf(row, list.inbox);
  const more = row.tags.slice(TAGS);
  return html`
    ${refused ? html`<span class="chip bad" title=${refused.all}>${refused.code}</span>` : nothing}
    ${inbox ? html`<span class="chip cut" title=${`Inbox ${inbox}`}>${icon("inbox", "inbox")}${inbox}</span>` : nothing}
    ${row.tags.slice(0, TAGS).map((tag) => html`<span class="chip cut">${tag}</span>`)}
    ${more.length ? html`<span class="chip" title=${more.join(", ")}>+${more.length}</span>` : nothing}
    ${glance?.code ? html`<span class="chip code accent" data-act="copy" title="Copy the code">${glance.code}</span>` : nothing}
    ${row.tls ? html`<span class="sign" title=${`came over ${row.tls}`}>${icon("lock", `came over ${row.tls}`)}</span>` : nothing}
    ${row.has_attachment ? html`<span class="sign" title="has attachments">${icon("clip", "has attachments")}</span>` : nothing}
    <span class="size">${size(row.size)}</span>`;
}

/** What the pointer can do with a row, shown while it is over it. @param {Row} row */
export const actsView = ({ read }) => html`<span class="acts" aria-hidden="true">
  <span data-act="read" title=${read ? "Mark unread" : "Mark read"}>${icon(read ? "unread" : "read")}</span>
  <span data-act="delete" title="Delete">${icon("trash")}</span>
</span>`;

/** The inbox that a row belongs to beside the one that is shown: a test has one of its own. @param {Row} row @param {string | null} shown */
const inboxOf = ({ inboxes = [] }, shown) => inboxes.find((name) => name !== "default" && name !== shown);
