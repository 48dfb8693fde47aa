import assert from "node:assert/strict";
import { test } from "node:test";
import { ago, differs, duration } from "../js/format.js";
import { row } from "./made.js";

const NOW = Date.parse("2026-01-10T12:00:00Z");
const before = (seconds) => ago(new Date(NOW - seconds * 1000).toISOString(), NOW);

test("how long ago is told by the largest unit", () => {
  assert.deepEqual([0, 4, 5, 59, 60, 3599, 3600, 86_399, 86_400, 6.5 * 86_400].map(before), ["now", "now", "5 s", "59 s", "1 min", "59 min", "1 h", "23 h", "1 d", "6 d"]);
  assert.match(before(8 * 86_400), /2026/);
});

test("a clock that goes ahead is not told", () => {
  assert.equal(before(-90), "now");
});

test("milliseconds are told in three figures", () => {
  assert.deepEqual([0, 0.25, 9.94, 12.4, 999, 1000, 1540, 12_400].map(duration), ["0.0 ms", "0.3 ms", "9.9 ms", "12 ms", "999 ms", "1.0 s", "1.5 s", "12 s"]);
});

test("the envelope differs where it names one whom the header does not", () => {
  assert.ok(!differs(row(1)));
  assert.ok(!differs(row(1, { to: [], cc: [{ name: "", address: "BOB@b.test" }] })));
  assert.ok(differs(row(1, { envelope: { mail_from: "", rcpt_to: ["bob@b.test", "hidden@c.test"] } })));
});
