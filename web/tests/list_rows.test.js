// The list of messages: its reducer, its pages, its glances, the panes around it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { noticeOf } from "../js/effects/notices.js";
import { ago, exact } from "../js/format.js";
import { KEPT, lacking, refusedOf, withGlances } from "../js/glances.js";
import { KEPT as ROWS, NONE, missing, offsetOf, shifted, withRows, without } from "../js/pages.js";
import { FIRST_LIST, WAITING, idsBetween, indexOf, isOverrun, lengthOf, neighbour, newestOf, reduceList, rowAt, span } from "../js/slices/list.js";
import { inSight, scaleOf, seen, slotOf, toShow, trackOf } from "../js/window.js";

const row = (/** @type {number} */ seq, more = {}) => ({ id: `m${seq}`, seq, subject: `s${seq}`, from: [], to: [], cc: [], tags: [], read: false, envelope: { mail_from: "a@b", rcpt_to: [] }, ...more });
const rows = (/** @type {number} */ from, /** @type {number} */ to) => Array.from({ length: from - to + 1 }, (_, at) => row(from - at));
const page = (/** @type {any[]} */ messages, total = messages.length) => ({ messages, total, unread: total, cursor: 1_000_000 });

/** The list after these events. */
const after = (/** @type {any[]} */ ...events) => events.reduce(reduceList, { ...FIRST_LIST, height: 560 });
const asked = { type: "list.asked", inbox: null, query: "" };
const loaded = (/** @type {any} */ list, more = {}) => ({ type: "list.loaded", inbox: null, query: "", anchor: null, offset: 0, list, ...more });
const added = (/** @type {number} */ seq) => ({ type: "mail.added", row: row(seq) });
const ids = (/** @type {any} */ list) => idsBetween(list, 0, lengthOf(list));

test("mail that comes stands on top", () => {
  const list = after(asked, loaded(page(rows(2, 1))), added(3));
  assert.deepEqual(ids(list), ["m3", "m2", "m1"]);
  assert.equal(list.total, 3);
});

test("mail that came while the list was on its way is not lost, nor there twice", () => {
  const list = after(asked, added(3), added(4), loaded(page(rows(3, 1))));
  assert.deepEqual(ids(list), ["m4", "m3", "m2", "m1"]);
});

for (const [why, event] of Object.entries({
  paused: { type: "list.paused", on: true },
  "scrolled down": { type: "list.scrolled", top: 100, height: 560 },
  "held by the pointer": { type: "list.held", on: true },
})) {
  test(`new mail waits while the list is ${why}`, () => {
    const list = after(asked, loaded(page(rows(2, 1))), event, added(3));
    assert.deepEqual(ids(list), ["m2", "m1"]);
    assert.equal(list.waiting.length, 1);
    assert.deepEqual(ids(reduceList(list, { type: "list.showed" })), ["m3", "m2", "m1"]);
  });
}

test("what was held comes in when the pointer leaves", () => {
  const list = after(asked, loaded(page(rows(1, 1))), { type: "list.held", on: true }, added(2), { type: "list.held", on: false });
  assert.deepEqual(ids(list), ["m2", "m1"]);
});

test("when too many wait the list is asked for anew, since what lies between is not known", () => {
  let list = after(asked, loaded(page(rows(1, 1))), { type: "list.paused", on: true });
  for (let seq = 2; seq < WAITING + 10; seq += 1) list = reduceList(list, added(seq));
  assert.ok(isOverrun(list));
  assert.equal(list.waiting.length, WAITING);
  const anew = reduceList(list, { type: "list.showed" });
  assert.deepEqual([anew.loaded, anew.anchor, anew.waiting.length], [false, null, 0]);
});

test("a long stream of mail keeps no more rows than fit, each in its place", () => {
  let list = after(asked, loaded(page(rows(100, 1))));
  for (let seq = 101; seq <= 7_000; seq += 1) list = reduceList(list, added(seq));
  assert.equal(lengthOf(list), 7_000);
  assert.ok(list.fresh.length + list.pages.rows.size <= ROWS + 600);
  for (const index of [0, 1, 499, 500, 501, 3_000]) assert.equal(rowAt(list, index)?.seq, 7_000 - index);
});

test("a page that was asked for under another anchor is not taken", () => {
  const list = after(asked, loaded(page(rows(200, 101), 200)), loaded(page(rows(50, 1), 200), { anchor: 7, offset: 100 }));
  assert.equal(rowAt(list, 100), undefined);
});

test("a stale list shows its rows until the new ones are here", () => {
  const list = after(asked, loaded(page(rows(3, 1))), { type: "list.stale" });
  assert.deepEqual(ids(list), ["m3", "m2", "m1"]);
  assert.deepEqual(ids(reduceList(list, loaded(page(rows(9, 8))))), ["m9", "m8"]);
});

test("the newest seq is that of what waits, else of what is shown", () => {
  const list = after(asked, loaded(page(rows(2, 1))), { type: "list.paused", on: true });
  assert.equal(newestOf(list), 2);
  assert.equal(newestOf(reduceList(list, added(5))), 5);
});

test("a span goes from the pivot to the row in both directions; without a pivot it is the row", () => {
  const list = after(asked, loaded(page(rows(5, 1))), { type: "list.active", id: "m4" });
  assert.deepEqual(span(list, "m2"), ["m4", "m3", "m2"]);
  assert.deepEqual(span(list, "m5"), ["m5", "m4"]);
  assert.deepEqual(span({ ...list, pivot: "gone" }, "m2"), ["m2"]);
});

test("where rows go, those below move up and the next one becomes the active one", () => {
  const list = after(asked, loaded(page(rows(5, 1))), { type: "list.active", id: "m3" }, { type: "mail.deleted", ids: ["m3", "m2"] });
  assert.deepEqual(ids(list), ["m5", "m4", "m1"]);
  assert.equal(list.active, "m1");
  assert.equal(list.total, 3);
});

test("steps end at the ends", () => {
  const list = after(asked, loaded(page(rows(3, 1))));
  assert.equal(neighbour(list, 1), "m3");
  const at = reduceList(list, { type: "list.active", id: "m1" });
  assert.deepEqual([neighbour(at, 1), neighbour(at, -1), neighbour(at, -9)], ["m1", "m2", "m3"]);
});

test("glances stay from one list to the next", () => {
  const glance = { id: "m1", snippet: "Hello", code: null, links: 0, refused: [] };
  const list = after(asked, { type: "list.glances", asked: ["m1", "m2"], glances: [glance] }, { ...asked, inbox: "a" });
  assert.deepEqual([...list.glances], [["m1", glance], ["m2", null]]);
});

test("glances are bounded, and what is known to be nothing is not asked for again", () => {
  const many = Array.from({ length: KEPT + 5 }, (_, at) => `m${at}`);
  const known = withGlances(new Map(), many, []);
  assert.equal(known.size, KEPT);
  assert.deepEqual(lacking(known, ["m0", `m${KEPT}`, "new"]), ["m0", "new"]);
});

test("a refusal shows its code, and in full who was refused", () => {
  const refused = [{ recipient: "b@b.test", reply: "550 5.1.1 No" }, { recipient: null, reply: "451 Later" }];
  assert.deepEqual(refusedOf({ id: "m", snippet: "", code: null, links: 0, refused }), { code: "550", all: "b@b.test: 550 5.1.1 No\n451 Later" });
  assert.equal(refusedOf({ id: "m", snippet: "", code: null, links: 0, refused: [] }), null);
});

test("pages know what lacks, move, lose rows and forget far ones", () => {
  const pages = withRows(NONE, 100, rows(100, 1), 1_000);
  assert.equal(missing(pages, 100, 200), null);
  assert.equal(missing(pages, 150, 250), 200);
  assert.equal(offsetOf(shifted(pages, 7), "m100"), 107);
  const { pages: fewer, lost } = without(pages, new Set(["m100", "elsewhere"]));
  assert.deepEqual([offsetOf(fewer, "m99"), fewer.total, lost], [100, 998, 1]);
  let full = NONE;
  for (let at = 0; at <= ROWS; at += 100) full = withRows(full, at, rows(100_000 - at, 100_000 - at - 99), 100_000);
  assert.equal(full.rows.size, ROWS);
  assert.ok(full.rows.has(ROWS) && !full.rows.has(0));
});

test("only the rows in sight are drawn, and a long list has a short track", () => {
  const sizes = { total: 1_000_000, row: 56, height: 560 };
  assert.deepEqual(inSight(sizes, 560), [10, 20]);
  const { first, last } = seen(sizes, 560);
  assert.ok(first < 10 && last > 20 && last - first < 40);
  const slots = Array.from({ length: last - first }, (_, at) => slotOf(sizes, first + at - 7));
  assert.equal(new Set(slots).size, last - first);
  const end = (trackOf(sizes) - 560) * scaleOf(sizes);
  assert.ok(Math.abs(end - (1_000_000 * 56 - 560)) < 1);
  assert.equal(toShow(sizes, 0, 10), 56);
  assert.equal(toShow(sizes, 100, 0), 0);
  assert.equal(toShow(sizes, 0, 3), 0);
  assert.equal(indexOf(FIRST_LIST, "m"), -1);
});

test("an age is told by its largest unit, a moment by its time of day", () => {
  const now = Date.parse("2026-11-24T12:00:00Z");
  const told = [1, 59, 61, 3_700, 90_000].map((seconds) => ago(new Date(now - seconds * 1000).toISOString(), now));
  assert.deepEqual(told, ["now", "59 s", "1 min", "1 h", "1 d"]);
  assert.match(exact("2026-11-24T12:00:00Z", now), /^\d\d:\d\d:\d\d$/);
  assert.match(exact("2026-11-20T12:00:00Z", now), /20.*\d\d:\d\d:\d\d$/);
});

test("a notification names one mail, and of many the first", () => {
  assert.deepEqual(noticeOf([row(1)], 1), { title: "s1", body: "a@b" });
  assert.deepEqual(noticeOf(rows(3, 1), 37), { title: "37 new messages", body: "s3\ns2\ns1\nand 34 more" });
});
