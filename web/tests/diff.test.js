import assert from "node:assert/strict";
import { test } from "node:test";
import { difference, lines, words } from "../js/diff.js";

const marked = (a, b, split = words) => difference(split(a), split(b)).changes.map(({ side, text }) => (side ? `${side}[${text}]` : text)).join("");

test("the same texts have no difference", () => {
  assert.deepEqual(difference(words("a b c"), words("a  b\nc")), { changes: [{ side: "", text: "a  b\nc" }], cut: false });
  assert.deepEqual(difference([], []).changes, []);
});

test("a word that is added, left out or changed is told", () => {
  assert.equal(marked("a b c", "a x b c"), "a b[x ]b c");
  assert.equal(marked("a b c", "a c"), "a a[b ]c");
  assert.equal(marked("a b c", "a x c"), "a a[b ]b[x ]c");
  assert.equal(marked("", "x y"), "b[x y]");
  assert.equal(marked("x y", ""), "a[x y]");
});

test("both texts can be read from the pieces", () => {
  let seed = 7;
  const next = () => (seed = (seed * 1103515245 + 12345) % 2147483648) >> 16;
  for (let run = 0; run < 200; run += 1) {
    const make = () => Array.from({ length: next() % 12 }, () => "abcd"[next() % 4]);
    const [a, b] = [make(), make()];
    const { changes } = difference(a, b);
    const read = (side) => changes.filter((one) => one.side === "" || one.side === side).map(({ text }) => text).join("");
    assert.equal(read("a"), a.join(""));
    assert.equal(read("b"), b.join(""));
  }
});

test("lines are compared as well as words", () => {
  assert.equal(marked("one\ntwo\nthree", "one\n2\nthree", lines), "one\na[two\n]b[2\n]three");
});

test("texts without end are compared as far as the bound, and quickly", () => {
  const a = Array.from({ length: 50_000 }, (_, index) => `a${index} `);
  const b = Array.from({ length: 50_000 }, (_, index) => `b${index} `);
  const begin = performance.now();
  const { changes, cut } = difference(a, b);
  assert.ok(performance.now() - begin < 1_000);
  assert.ok(cut);
  assert.deepEqual(changes.map(({ side }) => side), ["a", "b"]);
});
