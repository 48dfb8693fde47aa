// @ts-check
/**
 * The tries of one message: which attempts belong together, and what they tell of a program. Pure.
 *
 * What was refused before its content came has no Message-ID, so tries are known by their envelope:
 * the same reverse-path to the same recipients (or those that are left), soon enough after a try that
 * failed. A try that was taken ends the chain: what comes after it is another message.
 *
 * @import { Attempt } from "./types.js"
 *
 * @typedef {{ attempt: Attempt, gap: number | null, replies: Map<string, string | null> }} Try
 * `gap` is in milliseconds since the try before; `replies` by lower-case recipient: what decided, null
 * where the client left first
 */
import { classOf } from "./narrow.js";

/** Milliseconds after a passing failure in which another try is one of the same message. */
const PATIENCE = 5 * 86_400_000;

/** The same after a refusal for good: who tries again then does so soon, by mistake. */
const STUBBORN = 3_600_000;

/**
 * The tries of the message of `open`, the first one first; itself among them.
 * @param {Attempt} open
 * @param {Attempt[]} attempts others of the same reverse-path, in any order
 * @returns {Try[]}
 */
export function chainOf(open, attempts) {
  const near = attempts.filter((one) => one.id !== open.id && one.mail_from === open.mail_from);
  const sorted = [...near, open].sort((a, b) => Date.parse(a.started_at) - Date.parse(b.started_at) || a.seq - b.seq);
  const at = sorted.indexOf(open);
  const chain = [open];
  for (const before of sorted.slice(0, at).toReversed()) {
    const [first = open] = chain;
    if (shares(before, first) && follows(before, first)) chain.unshift(before);
    else if (shares(before, first)) break;
  }
  for (const after of sorted.slice(at + 1)) {
    const last = chain.at(-1) ?? open;
    if (shares(last, after) && follows(last, after)) chain.push(after);
    else if (shares(last, after)) break;
  }
  return chain.map((attempt, index) => ({ attempt, gap: gapOf(chain[index - 1], attempt), replies: repliesOf(attempt) }));
}

/** Whether one of its recipients was tried before. @param {Attempt} before @param {Attempt} after */
function shares(before, after) {
  const named = new Set(before.recipients.map(({ address }) => address.toLowerCase()));
  if (!named.size && !after.recipients.length) return true;
  return after.recipients.some(({ address }) => named.has(address.toLowerCase()));
}

/** Whether a try may be the next one of the same message. @param {Attempt} before @param {Attempt} after */
function follows(before, after) {
  const gap = Date.parse(after.started_at) - Date.parse(before.started_at);
  const failed = [...repliesOf(before).entries()].filter(([, reply]) => reply?.[0] !== "2");
  if (!failed.length && before.recipients.length) return false;
  const left = new Set(failed.map(([address]) => address));
  if (left.size && !after.recipients.some(({ address }) => left.has(address.toLowerCase()))) return false;
  return gap <= (failed.length && failed.every(([, reply]) => reply?.[0] === "5") ? STUBBORN : PATIENCE);
}

/** @param {Attempt} attempt @returns {Map<string, string | null>} */
function repliesOf({ recipients, reply, verdict }) {
  const decided = verdict === "aborted" ? null : reply;
  return new Map(recipients.map((one) => [one.address.toLowerCase(), one.accepted ? (one.final ?? decided) : one.reply]));
}

/** @param {Attempt | undefined} before @param {Attempt} attempt */
const gapOf = (before, attempt) => (before ? Date.parse(attempt.started_at) - Date.parse(before.started_at) : null);

/** Recipients of any try, in the order in which they were named. @param {Try[]} tries */
export const recipientsOf = (tries) => [...new Map(tries.flatMap(({ attempt }) => attempt.recipients.map(({ address }) => [address.toLowerCase(), address]))).values()];

/** A span of time, as one says it. @param {number} ms */
export function spanOf(ms) {
  for (const [unit, name] of /** @type {[number, string][]} */ ([[86_400_000, "d"], [3_600_000, "h"], [60_000, "min"], [1000, "s"]])) {
    if (ms >= unit) return `${ms / unit < 10 && ms % unit >= unit / 10 ? (ms / unit).toFixed(1) : Math.round(ms / unit)} ${name}`;
  }
  return `${Math.round(ms)} ms`;
}

/** What the tries tell of the program, in a sentence; empty where there was one only. @param {Try[]} tries */
export function storyOf(tries) {
  const [first] = tries;
  const last = tries.at(-1);
  if (!first || !last || tries.length < 2) return "";
  const span = spanOf(Date.parse(last.attempt.started_at) - Date.parse(first.attempt.started_at));
  const gaps = tries.map(({ gap }) => gap).filter((gap) => gap !== null);
  const parts = [`${tries.length} tries in ${span}`, pace(gaps), ...stubborn(tries), outcome(last.attempt)];
  return `${parts.filter(Boolean).join("; ")}.`;
}

/** How the gaps go on. @param {number[]} gaps */
function pace(gaps) {
  if (gaps.every((gap) => gap < 1000)) return "without a pause";
  if (gaps.length < 2) return "";
  const ratios = gaps.slice(1).map((gap, at) => gap / Math.max(gaps[at] ?? 1, 1));
  if (ratios.every((ratio) => ratio > 0.8 && ratio < 1.25)) return `evenly, every ${spanOf(gaps.reduce((a, b) => a + b) / gaps.length)}`;
  if (ratios.every((ratio) => ratio > 1.6 && ratio < 2.5)) return "the gaps double";
  if (ratios.every((ratio) => ratio >= 1)) return "the gaps grow";
  if (ratios.every((ratio) => ratio <= 1)) return "the gaps shrink";
  return "";
}

/** @param {Try[]} tries */
function stubborn(tries) {
  const again = tries.slice(0, -1).some(({ attempt }) => classOf(attempt) === "5");
  return again ? ["tried again though it was refused for good"] : [];
}

/** @param {Attempt} last */
const outcome = (last) => ({ 2: "then taken", 4: "not taken so far", 5: "refused for good", aborted: "the client left" })[classOf(last)];
