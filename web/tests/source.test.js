import assert from "node:assert/strict";
import { test } from "node:test";
import { readable } from "../js/compare.js";
import { highlighted } from "../js/highlight.js";
import { hops } from "../js/trace.js";
import { chance } from "./made.js";

/** Milliseconds of the processor in which even hostile text is read; slow patterns take minutes. */
const QUICK = 5_000;

/** @param {() => unknown} work @param {string} what */
function quick(work, what) {
  const begin = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(begin);
  assert.ok((user + system) / 1000 < QUICK, what);
}

test("the words of the HTML are those that one reads", () => {
  const source = "<head><title>No</title></head><style>.a{}</style><p>Hello <b>W</b>orld &amp; caf&eacute; &#x41;BC</p><!-- not --><script>no()</script>";
  const words = readable(source).match(/[\p{L}]+/gu);
  assert.deepEqual(words, ["Hello", "World", "café", "ABC"]);
});

test("addresses of links and words for pictures are read", () => {
  assert.match(readable('<a class=x href="https://a.test/go">Go</a>'), /https:\/\/a\.test\/go\s+Go/);
  assert.match(readable("<img src=x alt='A logo'>"), /A logo/);
});

const HOSTILE = ["<", "<a ", "<a href", '<a href="', "<a href='x'", "<!--", "<style", "<img alt=", "&", "&a", "<p a/", "<p a=b", "=", "</", "<p \t", "('", "a/a/", '<p a="', "(", "from ", " \t", "&#", "<b<"];

test("no text makes the reading of it slow", () => {
  for (const piece of HOSTILE) {
    const text = piece.repeat(200_000 / piece.length);
    for (const source of [text, `<p ${text}`, `<a ${text}`, `${text}>`]) {
      quick(() => readable(source), `readable ${source.slice(0, 20)}`);
      quick(() => highlighted(source.slice(0, 100_000)), `highlighted ${source.slice(0, 20)}`);
    }
    quick(() => hops([{ name: "Received", value: `${text}; ${text}` }]), `hops ${piece}`);
  }
});

test("the pieces of a highlighted source are the source", () => {
  const next = chance(17);
  const parts = ["<p", "<a", ">", "/>", " href", "=", '"', "'", "x", " ", "\n", "<!--", "-->", "<!doctype", "&amp;", "&", "</p>", "/", "<", "é"];
  for (let round = 0; round < 3000; round += 1) {
    const source = Array.from({ length: next(14) }, () => parts[next(parts.length)]).join("");
    assert.equal(highlighted(source).map(({ text }) => text).join(""), source);
  }
});

test("tags, names, values, comments and entities are told apart", () => {
  const kinds = highlighted(`<a href="x" b=c d>t&amp;</a><!-- n -->`).filter(({ text }) => text.trim()).map(({ kind, text }) => [kind, text]);
  assert.deepEqual(kinds, [
    ["tag", "<a"], ["name", "href"], ["", "="], ["value", '"x"'], ["name", "b"], ["", "="], ["value", "c"], ["name", "d"],
    ["tag", ">"], ["", "t"], ["entity", "&amp;"], ["tag", "</a"], ["tag", ">"], ["comment", "<!-- n -->"],
  ]);
});

test("the hops are told from the first to the last, with the time between", () => {
  const headers = [
    { name: "Received", value: "from relay.test by mx.test with ESMTPS id 7; Tue, 24 Nov 2026 10:00:05 +0000 (UTC)" },
    { name: "Subject", value: "x" },
    { name: "received", value: "from app.test (1.2.3.4)\r\n by relay.test with SMTP; Tue, 24 Nov 2026 10:00:00 +0000" },
  ];
  assert.deepEqual(hops(headers), [
    { from: "app.test", by: "relay.test", protocol: "SMTP", wait: null },
    { from: "relay.test", by: "mx.test", protocol: "ESMTPS", wait: 5000 },
  ]);
});

test("a hop without a date or a name is still a hop", () => {
  assert.deepEqual(hops([{ name: "Received", value: "nonsense" }]), [{ from: "", by: "", protocol: "", wait: null }]);
  assert.deepEqual(hops([]), []);
});
