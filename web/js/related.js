// @ts-check
/** Searches that find what belongs to a message. Pure. */

/** @import { Message } from "./slices/message.js" */

/** What a search could not say as a text in quotes. */
const ODD = /["\\\u0000-\u001f]/g;

/** @param {string} text */
const quoted = (text) => `"${text.replace(ODD, "")}"`;

/**
 * @param {Pick<Message, "headers" | "envelope" | "subject" | "message_id">} message
 * @returns {{ title: string, query: string }[]}
 */
export function relatedTo({ headers, envelope, subject, message_id }) {
  const field = (/** @type {string} */ wanted) => headers.find(({ name }) => name.toLowerCase() === wanted)?.value ?? "";
  const first = /[^\s<>]{3,300}/.exec(field("references"))?.[0] ?? /[^\s<>]{3,300}/.exec(field("in-reply-to"))?.[0] ?? message_id.replace(/^<|>$/g, "");
  const rcpt = envelope.rcpt_to[0];
  const found = [];
  if (first) found.push({ title: "Same thread", query: ["message-id:", "header:References=", "header:In-Reply-To="].map((operator) => operator + quoted(first)).join(" OR ") });
  if (rcpt) found.push({ title: "Same recipient", query: `rcpt:${quoted(rcpt)}` });
  if (subject && subject.search(ODD) < 0) found.push({ title: "Same subject", query: `subject:=${quoted(subject)}` });
  return found;
}
