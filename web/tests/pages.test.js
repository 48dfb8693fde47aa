import assert from "node:assert/strict";
import { test } from "node:test";
import { KEPT, NONE, PAGE, mapped, missing, offsetOf, withRows, without } from "../js/pages.js";
import { chance } from "./made.js";

const some = (from, count) => Array.from({ length: count }, (_, index) => ({ id: `r${from + index}` }));
const told = ({ rows }) => [...rows].sort(([a], [b]) => a - b).map(([offset, { id }]) => [offset, id]);

test("rows stand at their offsets", () => {
  const pages = withRows(withRows(NONE, 0, some(0, 2), 9), 5, some(5, 2), 9);
  assert.deepEqual(told(pages), [[0, "r0"], [1, "r1"], [5, "r5"], [6, "r6"]]);
  assert.equal(offsetOf(pages, "r6"), 6);
  assert.equal(offsetOf(pages, "r3"), -1);
  assert.equal(offsetOf(pages, null), -1);
});

test("the first page that is not whole is asked for, by its beginning", () => {
  const pages = withRows(NONE, 0, some(0, PAGE), 350);
  assert.equal(missing(pages, 0, PAGE), null);
  assert.equal(missing(pages, 0, PAGE + 1), PAGE);
  assert.equal(missing(pages, 210, 260), 200);
  assert.equal(missing(pages, 340, 900), 300);
  assert.equal(missing(pages, 350, 900), null);
  assert.equal(missing(pages, -20, 10), null);
});

test("so many rows are kept, those near to what was fetched", () => {
  let pages = NONE;
  for (let offset = 0; offset < KEPT + 500; offset += PAGE) pages = withRows(pages, offset, some(offset, PAGE), 100_000);
  assert.equal(pages.rows.size, KEPT);
  assert.ok(pages.rows.has(KEPT + 499));
  assert.ok(!pages.rows.has(0));
});

test("a change goes through every row, and the ones before are not written into", () => {
  const pages = withRows(NONE, 0, some(0, 2), 2);
  assert.deepEqual(told(mapped(pages, ({ id }) => ({ id: `${id}!` }))), [[0, "r0!"], [1, "r1!"]]);
  assert.deepEqual(told(pages), [[0, "r0"], [1, "r1"]]);
});

test("what stood behind those that went moves up", () => {
  const pages = withRows(withRows(NONE, 0, some(0, 3), 12), 10, some(10, 2), 12);
  const { pages: rest, lost } = without(pages, new Set(["r1", "r10"]));
  assert.deepEqual(told(rest), [[0, "r0"], [1, "r2"], [9, "r11"]]);
  assert.deepEqual([rest.total, lost], [10, 0]);
});

test("those that went from a place unknown are told", () => {
  const { pages, lost } = without(withRows(NONE, 0, some(0, 3), 12), new Set(["r1", "r9"]));
  assert.deepEqual([pages.total, lost], [10, 1]);
});

test("whatever goes, the order stays and nothing else goes", () => {
  const next = chance(11);
  for (let round = 0; round < 100; round += 1) {
    const total = 1 + next(60);
    const pages = withRows(NONE, 0, some(0, total), total);
    const ids = new Set(Array.from({ length: next(20) }, () => `r${next(total)}`));
    const { pages: rest } = without(pages, ids);
    const expected = some(0, total).map(({ id }) => id).filter((id) => !ids.has(id));
    assert.deepEqual(told(rest), expected.map((id, offset) => [offset, id]));
  }
});
