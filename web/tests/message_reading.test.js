import assert from "node:assert/strict";
import { test } from "node:test";
import { compared, readable } from "../js/compare.js";
import { differences } from "../js/envelope.js";
import { meaningOf, signature, verdicts } from "../js/fields.js";
import { highlighted, inLines } from "../js/highlight.js";
import { isSafe, purposesOf, repeated, warningsOf } from "../js/links.js";
import { count, flat, htmlSize, isImage, lookOf } from "../js/parts.js";
import { passages } from "../js/reading.js";
import { relatedTo } from "../js/related.js";
import { FIRST_MESSAGE, reduceMessage, stepsOf } from "../js/slices/message.js";
import { pathOf, routeOf } from "../js/route.js";

const link = (given) => ({ href: "https://a.test/x", text: "Go", source: "html", kind: "link", query: {}, one_click: false, ...given });
const warned = (given, twice = new Set()) => warningsOf(link(given), twice).map(({ text }) => text);

test("only what neither runs nor reads files can be followed", () => {
  const hrefs = ["https://a.test", "http://a.test", "mailto:a@b", "javascript:alert(1)", "JaVaScRiPt:1", "java\tscript:1", "data:text/html,x", "file:///etc", "blob:x", "x", "", "//a.test"];
  assert.deepEqual(hrefs.filter(isSafe), ["https://a.test", "http://a.test", "mailto:a@b"]);
});

test("a link that lies is told before one that is only odd", () => {
  assert.deepEqual(warned({ text: "https://bank.test/login", href: "https://evil.test/" }), ["text names another host"]);
  assert.deepEqual(warned({ text: "bank.test", href: "http://evil.test/" }), ["text names another host", "http"]);
  assert.deepEqual(warned({ href: "https://bank.test@evil.test/" }), ["hides its host behind a name"]);
  assert.deepEqual(warned({ href: "javascript:alert(1)" })[0], "javascript: runs nowhere");
  assert.deepEqual(warned({ href: "https://xn--bnk-5na.test/" }), ["foreign letters in the host"]);
  assert.deepEqual(warned({ text: "www.a.test", href: "https://a.test/" }), []);
  assert.deepEqual(warned({ text: "Version 2.0 of it", href: "https://a.test/" }), []);
});

test("a link that works only here, or says nothing, is told", () => {
  assert.deepEqual(warned({ href: "http://localhost:3000/" }), ["local host", "http"]);
  for (const host of ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "printer.local"]) assert.deepEqual(warned({ href: `https://${host}/` }), ["local host"], host);
  assert.deepEqual(warned({ href: "https://172.32.0.1/" }), []);
  assert.deepEqual(warned({ text: " " }), ["no text"]);
  assert.deepEqual(warned({ text: "", source: "text" }), []);
  const links = [link(), link(), link({ href: "https://b.test" }), link({ href: "https://b.test", source: "text" })];
  assert.deepEqual([...repeated(links)], ["https://a.test/x"]);
});

test("what a link is for is told", () => {
  assert.deepEqual(purposesOf(link()), ["action"]);
  assert.deepEqual(purposesOf(link({ kind: "image", href: "https://tracker.a.test/p.gif" })), ["image", "tracking"]);
  assert.deepEqual(purposesOf(link({ kind: "unsubscribe", one_click: true })), ["unsubscribe", "one click"]);
  assert.deepEqual(purposesOf(link({ query: { utm_source: ["x"] } })), ["action", "tracking"]);
  assert.deepEqual(purposesOf(link({ kind: "other", href: "tel:123" })), ["tel"]);
});

test("text and HTML that say the same do not differ, whatever their signs", () => {
  const html = "<html><head><title>x</title><style>p{}</style></head><p>Hello <b>Ann</b>,</p><ul><li>one &amp; two</li></ul>";
  assert.equal(compared("hello Ann\n\n* one & two\n", html).words, 0);
  assert.equal(compared("Hello Ann, five", "<p>Hello Ann, ten").words, 2);
  assert.equal(readable("<p>a</p><p>b<br>c</p>").trim(), "a\nb\nc");
});

test("who got it unnamed, and who was named in vain, is told", () => {
  const box = (address) => ({ name: "", address });
  const envelope = { mail_from: "A@a.test", rcpt_to: ["BOB@b.test", "hidden@c.test"] };
  assert.deepEqual(differences({ envelope, from: [box("a@A.test")], to: [box("bob@b.test")], cc: [box("carl@c.test")] }), { hidden: ["hidden@c.test"], absent: ["carl@c.test"], sender: false });
});

test("fields are explained, and those of authentication taken apart", () => {
  assert.match(meaningOf("List-ID"), /RFC 2919/);
  assert.deepEqual([meaningOf("X-Foo"), meaningOf("constructor")], ["", ""]);
  assert.deepEqual(verdicts("mx.test; spf=pass (a; b=c) smtp.mailfrom=a; dkim=FAIL reason=x; x=odd"), [
    { method: "spf", result: "pass", tone: "good" }, { method: "dkim", result: "fail", tone: "bad" }, { method: "x", result: "odd", tone: "" },
  ]);
  assert.deepEqual(signature("v=1; a=rsa-sha256; d=a.test;\r\n s=one; b=x"), [{ name: "domain", value: "a.test" }, { name: "selector", value: "one" }, { name: "algorithm", value: "rsa-sha256" }]);
});

test("coloured lines are the text again, as far as the bound", () => {
  const source = '<p class="a\nb">x &amp; y</p>\r\n<!-- c\nd -->\n\nend';
  const lines = inLines(highlighted(source), 100);
  assert.equal(lines.map((line) => line.map(({ text }) => text).join("")).join("\n"), source.replaceAll("\r", ""));
  assert.equal(inLines([{ kind: "", text: "\n".repeat(1e5) }], 7).length, 7);
});

const part = (given) => ({ number: "1", content_type: "text/plain", charset: null, encoding: "", disposition: "", filename: null, size: 5, content_id: null, url: "/x", children: [], ...given });

test("a tree of parts is a list, bounded in depth and length", () => {
  const leaf = part({ number: "1.1", content_type: "text/html", size: 9 });
  const root = part({ content_type: "multipart/mixed", children: [part({ children: [leaf] }), part({ number: "2" })] });
  assert.deepEqual(flat(root, 9).map(({ part: { number }, depth }) => [number, depth]), [["1", 0], ["1", 1], ["1.1", 2], ["2", 1]]);
  assert.deepEqual([count(root), flat(root, 2).length, htmlSize(root), htmlSize(part())], [4, 2, 9, 0]);
  let deep = part();
  for (let level = 0; level < 20_000; level += 1) deep = part({ children: [deep] });
  assert.equal(count(deep), 20_001);
  assert.equal(flat(deep, 20_001).at(-1)?.depth, 8);
});

test("a part is shown as what it is, and no SVG as an image", () => {
  const looks = ["image/png", "image/svg+xml", "text/calendar", "text/vcard", "text/csv", "application/json", "application/pdf", "TEXT/HTML"];
  assert.deepEqual(looks.map((content_type) => lookOf(part({ content_type }))), ["image", "text", "calendar", "card", "text", "text", "hex", "text"]);
  assert.equal(isImage("image/svg+xml"), false);
});

test("quotations stand apart, and addresses can be followed", () => {
  const [own, quote, deeper] = passages("See https://a.test/x?y=1, or a.b@c.test.\n> who?\n> me\n>> you");
  assert.deepEqual(own?.pieces.filter(({ href }) => href), [{ text: "https://a.test/x?y=1", href: "https://a.test/x?y=1" }, { text: "a.b@c.test", href: "mailto:a.b@c.test" }]);
  assert.deepEqual([quote?.depth, deeper?.depth], [1, 2]);
  assert.equal(passages("> a\nb\n".repeat(50_000)).length, 2_000);
  assert.ok(passages("javascript:alert(1) data:x file:///y").every(({ pieces }) => pieces.every(({ href }) => !href)));
});

test("what belongs to a message is found by searches that no subject can break", () => {
  const message = { headers: [{ name: "References", value: "<root@a.test> <two@a.test>" }], envelope: { mail_from: "", rcpt_to: ['a"b@c.test'] }, subject: 'say "x"', message_id: "<three@a.test>" };
  assert.deepEqual(relatedTo(message), [
    { title: "Same thread", query: 'message-id:"root@a.test" OR header:References="root@a.test" OR header:In-Reply-To="root@a.test"' },
    { title: "Same recipient", query: 'rcpt:"ab@c.test"' },
  ]);
  assert.deepEqual(relatedTo({ headers: [], envelope: { mail_from: "", rcpt_to: [] }, subject: "hi", message_id: "" }), [{ title: "Same subject", query: 'subject:="hi"' }]);
});

test("what one opened in a message goes with it, how one looks at messages stays", () => {
  const message = { id: "a", html: "<p>", text: null, tags: [], read: true };
  const step = (state, event) => reduceMessage(state, event);
  let state = [{ type: "message.asked", id: "a" }, { type: "message.loaded", message }, { type: "message.part", id: "a", name: "more:links", value: 3 },
    { type: "message.set", set: { width: 375, height: 667, dark: true, images: false, remote: true } }, { type: "message.other", other: { id: "b" } }].reduce(step, FIRST_MESSAGE);
  assert.equal(stepsOf(state, "links"), 3);
  assert.equal(state.other?.id, "b");
  state = step(state, { type: "message.asked", id: "c" });
  assert.deepEqual([stepsOf(state, "links"), state.other, state.remote], [1, null, false]);
  assert.deepEqual([state.width, state.height, state.dark, state.images], [375, 667, true, false]);
});

test("two messages that are compared have an address", () => {
  assert.equal(pathOf({ id: "a", with: "b" }), "/m/a?with=b");
  assert.equal(routeOf("/m/a", "?with=b").with, "b");
  assert.equal(pathOf({ with: "b" }), "/");
});
