import assert from "node:assert/strict";
import { test } from "node:test";
import { MARGIN, TRACK, scaleOf, seen, toShow, trackOf } from "../js/window.js";
import { chance } from "./made.js";

const sizes = (total, row = 56, height = 500) => ({ total, row, height });

test("a short list is its own track", () => {
  assert.equal(trackOf(sizes(10)), 560);
  assert.equal(scaleOf(sizes(3)), 1);
  assert.equal(scaleOf(sizes(1000)), 1);
});

test("a long list has a track that a browser can lay out, and its end is reached", () => {
  const million = sizes(1_000_000);
  assert.equal(trackOf(million), TRACK);
  const end = (trackOf(million) - million.height) * scaleOf(million);
  assert.ok(Math.abs(end - (1_000_000 * 56 - 500)) < 1);
  assert.equal(seen(million, end).last, 1_000_000);
});

test("nothing is drawn of an empty list", () => {
  assert.deepEqual(seen(sizes(0), 0), { first: 0, last: 0 });
});

test("what is drawn covers the window, with a margin, and no more", () => {
  const next = chance(3);
  for (let round = 0; round < 500; round += 1) {
    const one = sizes(next(2_000_000), [40, 56][next(2)], 1 + next(1500));
    const top = next(Math.max(one.total * one.row - one.height, 1));
    const { first, last } = seen(one, top);
    assert.ok(first >= 0 && last <= one.total && first <= last);
    assert.ok(first * one.row <= top || first === 0 || one.total === 0);
    assert.ok(last * one.row >= Math.min(top + one.height, one.total * one.row));
    assert.ok(last - first <= Math.ceil(one.height / one.row) + 2 * MARGIN + 1);
  }
});

test("a row that is seen does not move the list; another comes to the nearer edge", () => {
  const one = sizes(100, 50, 500);
  assert.equal(toShow(one, 1000, 25), 1000);
  assert.equal(toShow(one, 1000, 10), 500);
  assert.equal(toShow(one, 1000, 40), 40 * 50 + 50 - 500);
  for (let index = 0; index < 100; index += 1) {
    const top = toShow(one, 1234, index);
    assert.ok(index * 50 >= top && (index + 1) * 50 <= top + 500);
    assert.equal(toShow(one, top, index), top);
  }
});
