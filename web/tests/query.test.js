import assert from "node:assert/strict";
import { test } from "node:test";
import { cut, hitsOf } from "../js/query/hits.js";
import { accepted, suggestionsOf } from "../js/query/suggest.js";
import { terms, without } from "../js/query/terms.js";
import { pieces, saidBy, written } from "../js/query/tokens.js";

const operator = (name, takes, values = [], more = {}) => ({ name, aliases: [], takes, example: `${name}:x`, help: `help of ${name}`, closed: false, values, ...more });
const words = (...values) => values.map((value) => ({ value, help: `help of ${value}` }));
const OPERATORS = [
  operator("from", "address or name"),
  operator("to", "address or name"),
  operator("subject", "text"),
  operator("header", "name, or name=value"),
  operator("has", "word", words("attachment", "code"), { closed: true }),
  operator("is", "word", words("read", "unread"), { closed: true }),
  operator("tag", "tag", [], { aliases: ["label"] }),
  operator("finding", "finding", words("F-BARE-LF", "F-NO-QUIT")),
];
const NAMES = new Set(OPERATORS.flatMap(({ name, aliases }) => [name, ...aliases]));
const SOURCES = {
  operators: OPERATORS, tags: ["two words", "plain"], inboxes: ["default"], rules: [], listeners: [],
  senders: ["ann@a.test", "bob@b.test"], recipients: ["carol@c.test"], recent: [], saved: [],
};
const kinds = (query) => pieces(query, NAMES).filter(({ kind }) => kind !== "space").map(({ kind, text }) => `${kind} ${text}`);

test("a search is read as the server reads it", () => {
  assert.deepEqual(kinds('-from:ann subject:"a \\" b" x'), ["NOT -", "operator from:", "word ann", "operator subject:", 'phrase "a \\" b"', "word x"]);
  assert.deepEqual(kinds("a OR b | c AND NOT d"), ["word a", "OR OR", "word b", "OR |", "word c", "AND AND", "NOT NOT", "word d"]);
  assert.deepEqual(kinds("subject:(a {b c}) /x y/i"), ["operator subject:", "( (", "word a", "{ {", "word b", "word c", "} }", ") )", "regex /x y/i"]);
  assert.deepEqual(kinds("http://x/ 12:30 Re: mailto:a form:x"), ["word http://x/", "word 12:30", "word Re:", "word mailto:a", "operator form:", "word x"]);
  assert.deepEqual(kinds("subject:=x from:-y header.X-A:OR"), ["operator subject:=", "word x", "operator from:", "word -y", "operator header.X-A:", "word OR"]);
});

const numbers = (seed) => () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
const SIGNS = ['"', "\\", "/", "(", ")", "{", "}", " ", "  ", "-", "!", "from:", "header:", "is:", "X=", ":=", "OR", "NOT", "AND", "|", "a", "é", "e\u0301", "😀", "\n", "*", ":", "ß", "\ud800"];

test("whatever is written, its pieces are it again, and nothing throws", () => {
  const next = numbers(7);
  for (let round = 0; round < 3000; round += 1) {
    const query = Array.from({ length: Math.floor(next() * 14) }, () => SIGNS[Math.floor(next() * SIGNS.length)]).join("");
    const all = pieces(query, NAMES);
    assert.equal(all.map(({ text }) => text).join(""), query);
    assert.ok(all.every(({ text, place }) => text && query.startsWith(text, place)));
    for (const { text, place } of terms(query, NAMES)) assert.ok(text && query.startsWith(text, place), query);
    const { body } = hitsOf(query, NAMES);
    assert.equal(cut(query, body).map(({ text }) => text).join(""), query);
    const offered = suggestionsOf(query, Math.floor(next() * (query.length + 1)), SOURCES, NAMES, next() < 0.5);
    for (const item of offered.items) assert.ok(accepted(query, offered, item).caret <= accepted(query, offered, item).text.length);
  }
});

test("a value that is written reads as it was", () => {
  for (const value of ["plain", "two words", 'a "b" c', "back\\slash", "/x/", "=x", "a*", "(x)", "", "-x", "OR"]) {
    const [, piece, ...more] = pieces(`tag:${written(value)}`, NAMES);
    assert.deepEqual([saidBy(piece), more], [value, []]);
  }
});

test("the terms are what must all hold", () => {
  const texts = (query) => terms(query, NAMES).map(({ text }) => text);
  assert.deepEqual(texts("a b OR c AND -d NOT e (f g) OR h"), ["a", "b OR c", "-d", "NOT e", "(f g) OR h"]);
  assert.deepEqual(texts('subject:(a b) from:"x y" header:X-A="v w" {a b}'), ["subject:(a b)", 'from:"x y"', 'header:X-A="v w"', "{a b}"]);
  assert.deepEqual(terms("a -b", NAMES).map(({ not }) => not), [false, true]);
  assert.equal(without(terms("a AND b OR c  d", NAMES), 1), "a d");
  assert.equal(without(terms("a", NAMES), 0), "");
});

const hit = (query, where, text) => cut(text, hitsOf(query, NAMES)[where]).filter((piece) => piece.hit).map((piece) => piece.text);

test("what is looked for is marked, what is not wanted is not", () => {
  assert.deepEqual(hit("pay -bill", "body", "Payment of the bill"), ["Pay"]);
  assert.deepEqual(hit("-(a b) c", "body", "a b c"), ["c"]);
  assert.deepEqual(hit("-(a -b)", "body", "a b"), ["b"]);
  assert.deepEqual(hit('"two words"', "body", "Two\r\n words"), ["Two\r\n words"]);
  assert.deepEqual(hit("/a+/", "body", "aaa"), []);
});

test("an operator marks only where it looks", () => {
  assert.deepEqual(hit("subject:(red apple)", "subject", "a red Apple"), ["red", "Apple"]);
  assert.deepEqual(hit("subject:red", "body", "red"), []);
  assert.deepEqual(hit("from:<ann@a.test>", "from", "ANN@a.test"), ["ANN@a.test"]);
  assert.deepEqual(hit("rcpt:*@b.test", "to", "bob@b.test"), ["@b.test"]);
  assert.deepEqual(hit("is:unread", "body", "unread"), []);
});

test("hits are found in any case and spelling of a letter, accents are not left out", () => {
  assert.deepEqual(hit("STRASSE", "body", "Straße STRASSE"), ["Straße", "STRASSE"]);
  assert.deepEqual(hit("caf\u00e9", "body", "Cafe\u0301 cafe"), ["Cafe\u0301"]);
  assert.deepEqual(hit("istanbul", "body", "\u0130STANBUL \u0131stanbul"), ["\u0130STANBUL", "\u0131stanbul"]);
  assert.deepEqual(hit("invoice", "body", "in\u00advoice"), ["in\u00advoice"]);
  assert.deepEqual(hit("a.b", "body", "axb a.b"), ["a.b"]);
  assert.deepEqual(hit("привет", "body", "ПРИВЕТ"), ["ПРИВЕТ"]);
});

test("many hits and long texts take no time", () => {
  const text = "a ".repeat(250_000);
  const begun = performance.now();
  assert.ok(cut(text, hitsOf("a", NAMES).body).length <= 2002);
  cut(text, hitsOf(`"${"a ".repeat(140)}b"`, NAMES).body);
  assert.ok(performance.now() - begun < 5_000);
  assert.deepEqual(hit("x".repeat(301), "body", "x".repeat(301)), []);
});

const offered = (text, asked = false, sources = SOURCES) => suggestionsOf(text, text.length, sources, NAMES, asked).items.map(({ insert }) => insert);

test("a word offers operators, then values that begin so", () => {
  assert.deepEqual(offered("fr"), ["from:"]);
  assert.deepEqual(offered("-(la"), ["tag:"]);
  assert.deepEqual(offered("unr"), ["is:unread"]);
  assert.deepEqual(offered("x tw"), ['tag:"two words"']);
  assert.deepEqual(offered("an"), ["from:ann@a.test"]);
  assert.deepEqual(offered("invoice"), []);
  assert.deepEqual(offered("invoice "), []);
  assert.ok(offered("invoice ", true).includes("subject:"));
});

test("an operator offers its values, the ones that begin so first", () => {
  assert.deepEqual(offered("is:"), ["read", "unread"]);
  assert.deepEqual(offered("is:r"), ["read", "unread"]);
  assert.deepEqual(offered("is:read"), ["unread"]);
  assert.deepEqual(offered("label:"), ['"two words"', "plain"]);
  assert.deepEqual(offered("from:b"), ["bob@b.test"]);
  assert.deepEqual(offered("to:"), ["carol@c.test"]);
  assert.deepEqual(offered("finding:quit"), ["F-NO-QUIT"]);
  assert.deepEqual(offered('tag:"two'), ['"two words"']);
});

test("an empty field offers what was searched before, never more than eight", () => {
  const sources = { ...SOURCES, recent: Array.from({ length: 10 }, (_, n) => `r${n}`), saved: [{ name: "mine", query: "is:read" }] };
  const items = suggestionsOf("  ", 2, sources, NAMES).items;
  assert.deepEqual(items.map(({ kind }) => kind), ["recent", "recent", "recent", "recent", "saved", "example", "example", "example"]);
  assert.equal(accepted("  ", { from: 0, to: 2, items }, items[4]).text, "is:read ");
});

test("what is taken stands in the place of what was begun", () => {
  const take = (text, caret, nth = 0) => {
    const all = suggestionsOf(text, caret, SOURCES, NAMES);
    const done = accepted(text, all, all.items[nth]);
    return `${done.text.slice(0, done.caret)}^${done.text.slice(done.caret)}`;
  };
  assert.equal(take("fr", 2), "from:^");
  assert.equal(take("a fr b", 4), "a from:^ b");
  assert.equal(take("is:un b", 5), "is:unread ^b");
  assert.equal(take("(is:un)", 6), "(is:unread^)");
  assert.equal(take("tag:tw", 6), 'tag:"two words" ^');
});
