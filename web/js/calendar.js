// @ts-check
/** Invitations: what an iCalendar object says (RFC 5545, RFC 5546). Pure. */

/** @import { ContentLine } from "./contentlines.js" */
import { contentLines, plain } from "./contentlines.js";

/** Events and people that are told, at most. */
const EVENTS = 20;
const PEOPLE = 100;

/**
 * @typedef {{ name: string, address: string, status: string }} Person
 * @typedef {{ kind: string, summary: string, start: string, end: string, where: string, text: string, rule: string, status: string,
 *   organiser: Person | null, people: Person[] }} Entry
 */

/** @type {Record<string, string>} */
const KINDS = { VEVENT: "Event", VTODO: "Task", VJOURNAL: "Note", VFREEBUSY: "Free or busy" };

/** @param {string} text @returns {{ method: string, entries: Entry[] }} */
export function calendar(text) {
  /** @type {Entry[]} */
  const entries = [];
  let method = "";
  /** The components that are open. @type {string[]} */
  const open = [];
  for (const line of contentLines(text)) {
    const value = line.value.toUpperCase();
    if (line.name === "BEGIN") {
      open.push(value);
      if (KINDS[value] && entries.length < EVENTS) entries.push(empty(KINDS[value] ?? ""));
    } else if (line.name === "END") open.pop();
    else if (line.name === "METHOD") method = line.value;
    else if (KINDS[open.at(-1) ?? ""]) entries.splice(-1, 1, withLine(/** @type {Entry} */ (entries.at(-1)), line));
  }
  return { method, entries };
}

/** @param {string} kind @returns {Entry} */
const empty = (kind) => ({ kind, summary: "", start: "", end: "", where: "", text: "", rule: "", status: "", organiser: null, people: [] });

/** What each property says of an entry. @type {Record<string, (line: ContentLine, entry: Entry) => Partial<Entry>>} */
const SAYS = {
  SUMMARY: ({ value }) => ({ summary: plain(value) }),
  LOCATION: ({ value }) => ({ where: plain(value) }),
  DESCRIPTION: ({ value }) => ({ text: plain(value).slice(0, 2_000) }),
  STATUS: ({ value }) => ({ status: value.toLowerCase() }),
  RRULE: ({ value }) => ({ rule: value }),
  DTSTART: (line) => ({ start: moment(line) }),
  DTEND: (line) => ({ end: moment(line) }),
  DUE: (line) => ({ end: moment(line) }),
  DURATION: ({ value }, { end }) => ({ end: end || value }),
  ORGANIZER: (line) => ({ organiser: person(line) }),
  ATTENDEE: (line, { people }) => ({ people: people.length < PEOPLE ? [...people, person(line)] : people }),
};

/** @param {Entry} entry @param {ContentLine} line @returns {Entry} */
const withLine = (entry, line) => ({ ...entry, ...(Object.hasOwn(SAYS, line.name) ? SAYS[line.name]?.(line, entry) : {}) });

/** @param {ContentLine} line @returns {Person} */
const person = ({ params, value }) => ({ name: params.CN ?? "", address: value.replace(/^mailto:/i, ""), status: (params.PARTSTAT ?? "").toLowerCase() });

/** A date, or a date with its time and zone, as it is told. @param {ContentLine} line */
function moment({ params, value }) {
  const match = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/.exec(value);
  if (!match) return value;
  const [, year, month, day, hour, minute, , utc] = match;
  const zone = utc ? "UTC" : (params.TZID ?? "");
  return `${year}-${month}-${day}${hour ? ` ${hour}:${minute}${zone ? ` ${zone}` : ""}` : ""}`;
}
