import assert from "node:assert/strict";
import { test } from "node:test";
import { chainOf, recipientsOf, spanOf, storyOf } from "../js/chain.js";

const BEGIN = Date.parse("2026-01-01T00:00:00Z");
let seq = 0;

/** An attempt so many seconds after the begin, with the reply to each recipient. */
function attempt(seconds, replies, mail_from = "app@a.test") {
  const entries = Object.entries(typeof replies === "string" ? { "bob@b.test": replies } : replies);
  const taken = entries.some(([, reply]) => reply[0] === "2");
  seq += 1;
  return {
    id: `a${seq}`, seq, mail_from, started_at: new Date(BEGIN + seconds * 1000).toISOString(),
    recipients: entries.map(([address, reply]) => ({ address, reply, accepted: reply[0] === "2" })),
    verdict: taken ? "accepted" : "refused", reply: taken ? "250 Ok" : entries[0][1], rules: [], inboxes: [], message: null,
  };
}

const told = (open, all) => chainOf(open, all).map(({ attempt: { id } }) => id);

test("tries up to the one that is taken are of one message, and the next is another", () => {
  const all = [attempt(0, "451 Later"), attempt(60, "451 Later"), attempt(180, "250 Ok"), attempt(200, "250 Ok"), attempt(300, "451 Later")];
  const first = all.slice(0, 3).map(({ id }) => id);
  for (const open of all.slice(0, 3)) assert.deepEqual(told(open, all), first);
  assert.deepEqual(told(all[3], all), [all[3].id]);
  assert.deepEqual(told(all[4], all), [all[4].id]);
});

test("another sender, or other recipients, make another message", () => {
  const open = attempt(0, "451 Later");
  const all = [open, attempt(1, "451 Later", "else@a.test"), attempt(2, { "ann@b.test": "451 Later" }), attempt(3, "250 Ok")];
  assert.deepEqual(told(open, all), [open.id, all[3].id]);
});

test("only those that are left are tried again", () => {
  const all = [attempt(0, { "a@b.test": "250 Ok", "c@b.test": "451 Later" }), attempt(9, { "C@b.test": "250 Ok" }), attempt(12, { "a@b.test": "250 Ok" })];
  const chain = chainOf(all[0], all);
  assert.deepEqual(chain.map(({ attempt: { id } }) => id), [all[0].id, all[1].id]);
  assert.deepEqual(recipientsOf(chain), ["a@b.test", "C@b.test"]);
  assert.deepEqual(chain[1].replies, new Map([["c@b.test", "250 Ok"]]));
  assert.deepEqual(chain.map(({ gap }) => gap), [null, 9000]);
});

test("who tries again after a refusal for good does so soon, or it is another message", () => {
  const soon = [attempt(0, "550 No"), attempt(60, "550 No")];
  assert.equal(told(soon[0], soon).length, 2);
  const late = [attempt(0, "550 No"), attempt(7200, "550 No")];
  assert.equal(told(late[0], late).length, 1);
});

test("a client that left first is tried again too", () => {
  const all = [{ ...attempt(0, "250 Ok"), verdict: "aborted" }, attempt(5, "250 Ok")];
  const chain = chainOf(all[1], all);
  assert.deepEqual(chain.map(({ replies }) => replies.get("bob@b.test")), [null, "250 Ok"]);
});

test("the sentence tells how often, how fast and what came of it", () => {
  const story = (times, replies) => {
    const all = times.map((seconds, at) => attempt(seconds, replies[at] ?? replies.at(-1)));
    return storyOf(chainOf(all[0], all));
  };
  assert.equal(story([0], ["451"]), "");
  assert.equal(story([0, 240, 720], ["451", "451", "250"]), "3 tries in 12 min; the gaps double; then taken.");
  assert.equal(story([0, 60, 120, 180], ["451"]), "4 tries in 3 min; evenly, every 1 min; not taken so far.");
  assert.equal(story([0, 0.1, 0.3], ["451"]), "3 tries in 300 ms; without a pause; not taken so far.");
  assert.equal(story([0, 10, 40, 200], ["451"]), "4 tries in 3.3 min; the gaps grow; not taken so far.");
  assert.equal(story([0, 100, 110], ["451"]), "3 tries in 1.8 min; the gaps shrink; not taken so far.");
  assert.equal(story([0, 30], ["550"]), "2 tries in 30 s; tried again though it was refused for good; refused for good.");
});

test("a span is told by its largest unit", () => {
  assert.deepEqual([12, 1500, 90_000, 3_600_000, 90_000_000].map(spanOf), ["12 ms", "1.5 s", "1.5 min", "1 h", "1 d"]);
});
