import assert from "node:assert/strict";
import { test } from "node:test";
import { FIRST_LIST, changed, indexOf, lengthOf, neighbour, newestOf, reduceList, rowAt, span } from "../js/slices/list.js";
import { chance, page, row, rows } from "./made.js";

/** @param {...object} events @returns {any} */
const after = (...events) => events.reduce(reduceList, FIRST_LIST);

const asked = (inbox = null, query = "") => ({ type: "list.asked", inbox, query });
const loaded = (messages, rest = {}, offset = 0) => ({ type: "list.loaded", inbox: null, query: "", anchor: null, offset, list: page(messages, rest) });
const came = (seq, rest) => ({ type: "mail.added", row: row(seq, rest) });
const scrolled = (top) => ({ type: "list.scrolled", top, height: 500 });
const ids = (list) => Array.from({ length: lengthOf(list) }, (_, index) => rowAt(list, index)?.id ?? "-");

test("a list is what was loaded, newest first", () => {
  const list = after(asked(), loaded(rows(3, 2, 1)));
  assert.deepEqual(ids(list), ["m3", "m2", "m1"]);
  assert.equal(list.anchor, 3);
  assert.ok(list.loaded);
});

test("an answer for another list is thrown away", () => {
  const list = after(asked("box"), loaded(rows(1)));
  assert.equal(lengthOf(list), 0);
  assert.ok(!list.loaded);
});

test("mail on top is shown at once; further down it waits, and nothing moves", () => {
  const top = after(asked(), loaded(rows(1)), came(2));
  assert.deepEqual(ids(top), ["m2", "m1"]);
  const down = after(asked(), loaded(rows(1)), scrolled(300), came(2), came(3));
  assert.deepEqual(ids(down), ["m1"]);
  assert.deepEqual(down.waiting.map(({ id }) => id), ["m3", "m2"]);
  assert.deepEqual(ids(reduceList(down, { type: "list.showed" })), ["m3", "m2", "m1"]);
  assert.deepEqual(ids(reduceList(down, scrolled(0))), ["m3", "m2", "m1"]);
});

test("what is told twice stands once", () => {
  const list = after(asked(), loaded(rows(2, 1)), came(2), came(3), came(3), came(1));
  assert.deepEqual(ids(list), ["m3", "m2", "m1"]);
  assert.equal(list.total, 3);
});

test("while paused, mail waits on top too", () => {
  const list = after(asked(), loaded(rows(1)), { type: "list.paused", on: true }, came(2));
  assert.deepEqual(ids(list), ["m1"]);
  assert.deepEqual(ids(reduceList(list, { type: "list.paused", on: false })), ["m2", "m1"]);
});

test("so many rows wait at most; what is beyond them is missed", () => {
  let list = after(asked(), loaded(rows(1)), scrolled(300));
  for (let seq = 2; seq < 600; seq += 1) list = reduceList(list, came(seq));
  assert.equal(list.waiting.length, 500);
  assert.ok(list.missed);
});

test("under a search, mail is only said to be missed", () => {
  const start = [asked(null, "x"), { type: "list.loaded", inbox: null, query: "x", anchor: null, offset: 0, list: page(rows(1), { matches: 1 }) }];
  const list = after(...start, came(2));
  assert.deepEqual(ids(list), ["m1"]);
  assert.ok(list.missed);
  const newer = reduceList(list, { type: "list.newer", inbox: null, query: "x", list: page(rows(2)) });
  assert.deepEqual(ids(newer), ["m2", "m1"]);
  assert.ok(!newer.missed);
});

test("where nothing newer matches, nothing is missed any more", () => {
  const list = after(asked(null, "x"), { type: "list.loaded", inbox: null, query: "x", anchor: null, offset: 0, list: page(rows(1)) }, came(2));
  assert.ok(!reduceList(list, { type: "list.newer", inbox: null, query: "x", list: page([]) }).missed);
});

test("mail that comes while the list is asked for is not lost", () => {
  assert.deepEqual(ids(after(asked(), came(2), came(3), loaded(rows(2, 1)))), ["m3", "m2", "m1"]);
  assert.ok(after(asked(null, "x"), came(2)).missed);
});

test("what came later does not move the pages", () => {
  const list = after(asked(), loaded(rows(9, 8), { total: 4 }), came(10), { ...loaded(rows(7, 6), { total: 5 }, 2), anchor: 9 });
  assert.deepEqual(ids(list), ["m10", "m9", "m8", "m7", "m6"]);
  assert.equal(list.anchor, 9);
});

test("a deleted row leaves, and those below move up", () => {
  const list = after(asked(), loaded(rows(3, 2, 1)), { type: "mail.deleted", ids: ["m2"] });
  assert.deepEqual(ids(list), ["m3", "m1"]);
  assert.equal(list.total, 2);
});

test("when the active row leaves, the one below it is active; at the end, the one above", () => {
  const start = [asked(), loaded(rows(3, 2, 1)), { type: "list.active", id: "m2" }];
  assert.equal(after(...start, { type: "list.hidden", ids: ["m2"] }).active, "m1");
  assert.equal(after(...start, { type: "list.hidden", ids: ["m2", "m1"] }).active, "m3");
  assert.equal(after(...start, { type: "list.hidden", ids: ["m3", "m2", "m1"] }).active, null);
});

test("what is hidden and then deleted is counted once", () => {
  const list = after(asked(), loaded(rows(3, 2, 1)), { type: "list.hidden", ids: ["m2"] }, { type: "mail.deleted", ids: ["m2"] });
  assert.deepEqual(ids(list), ["m3", "m1"]);
  assert.equal(list.total, 2);
  assert.equal(list.hidden.size, 0);
});

test("where rows went that are not here, the list is asked for anew, and shows nothing twice", () => {
  const list = after(asked(), loaded(rows(9, 8), { total: 300 }), came(10), { type: "mail.deleted", ids: ["m4"] });
  assert.ok(!list.loaded);
  assert.deepEqual(ids(reduceList(list, loaded(rows(10, 9, 8), { total: 3 }))), ["m10", "m9", "m8"]);
});

test("a mark and a tag are seen at once, wherever the row stands", () => {
  const change = { ids: ["m1", "m2", "m3"], read: true, add_tags: ["new"], remove_tags: ["old"] };
  const start = [asked(), loaded([row(1, { tags: ["old", "kept"] })]), came(2), scrolled(100), came(3)];
  const list = after(...start, { type: "mail.updated", change });
  assert.deepEqual([rowAt(list, 0).read, rowAt(list, 1).read, list.waiting[0].read], [true, true, true]);
  assert.deepEqual(rowAt(list, 1).tags, ["kept", "new"]);
});

test("a change without a word on reading leaves it", () => {
  assert.equal(changed({ read: true, tags: [] }, { ids: [], read: null, add_tags: [], remove_tags: [] }).read, true);
});

test("an inbox that is emptied empties its own list and that of all", () => {
  const one = [asked("box"), { type: "list.loaded", inbox: "box", query: "", anchor: null, offset: 0, list: page(rows(1)) }];
  assert.equal(lengthOf(after(...one, { type: "mail.cleared", inbox: "box" })), 0);
  assert.equal(lengthOf(after(...one, { type: "mail.cleared", inbox: null })), 0);
  assert.equal(lengthOf(after(...one, { type: "mail.cleared", inbox: "other" })), 1);
  assert.deepEqual(ids(after(...one, { type: "mail.cleared", inbox: "box" }, came(2))), ["m2"]);
});

test("a range goes from the pivot either way", () => {
  const list = after(asked(), loaded(rows(5, 4, 3, 2, 1)), { type: "list.active", id: "m3" });
  assert.deepEqual(span(list, "m1"), ["m3", "m2", "m1"]);
  assert.deepEqual(span(list, "m5"), ["m5", "m4", "m3"]);
  assert.deepEqual(span(list, "m3"), ["m3"]);
});

test("one moves by steps, and not over the ends", () => {
  const list = after(asked(), loaded(rows(3, 2, 1)));
  assert.equal(neighbour(list, 1), "m3");
  const at = { ...list, active: "m2" };
  assert.deepEqual([neighbour(at, 1), neighbour(at, -1), neighbour(at, 9), neighbour(at, -9)], ["m1", "m3", "m1", "m3"]);
  assert.equal(neighbour(FIRST_LIST, 1), null);
});

test("all means all that is here, and a new choice ends it", () => {
  const list = after(asked(), loaded(rows(2, 1)), { type: "list.pickedAll" });
  assert.deepEqual([...list.picked], ["m2", "m1"]);
  assert.ok(list.pickedAll);
  assert.ok(!reduceList(list, { type: "list.picked", ids: ["m1"] }).pickedAll);
});

test("a failure is shown, and a good answer takes it away", () => {
  const list = after(asked(), { type: "list.failed", problem: { status: 400, detail: "no", field: "q" } });
  assert.equal(list.problem.field, "q");
  assert.equal(reduceList(list, loaded([])).problem, null);
});

test("whatever comes in whatever order, no row stands twice and places agree", () => {
  for (let seed = 1; seed <= 60; seed += 1) {
    const next = chance(seed);
    let list = after(asked(), loaded(rows(5, 4, 3, 2, 1)));
    let seq = 5;
    for (let step = 0; step < 40; step += 1) {
      const some = `m${1 + next(seq)}`;
      const events = [
        () => came((seq += 1)), () => came(1 + next(seq)), () => scrolled(next(2) * 300), () => ({ type: "mail.deleted", ids: [some] }),
        () => ({ type: "list.hidden", ids: [some] }), () => ({ type: "list.active", id: some }), () => ({ type: "list.paused", on: next(2) === 1 }),
        () => ({ type: "list.picked", ids: [some] }), () => ({ type: "list.showed" }),
      ];
      list = reduceList(list, events[next(events.length)]());
      if (!list.loaded) list = reduceList(list, loaded(list.fresh.length ? rows(5) : rows(4, 3), {}));
      const shown = ids(list).filter((id) => id !== "-");
      assert.equal(new Set(shown).size, shown.length, `seed ${seed}: ${shown}`);
      shown.forEach((id) => assert.equal(rowAt(list, indexOf(list, id)).id, id));
      assert.ok(newestOf(list) >= Math.max(0, ...list.fresh.map((one) => one.seq)));
    }
  }
});
