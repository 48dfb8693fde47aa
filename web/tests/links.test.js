import assert from "node:assert/strict";
import { test } from "node:test";
import { warningsOf } from "../js/links.js";

const link = (href, rest = {}) => ({ href, text: "Go", source: "html", kind: "link", query: {}, ...rest });
const warnings = (one, twice = []) => warningsOf(one, new Set(twice));

test("a good link has no warning", () => {
  assert.deepEqual(warnings(link("https://a.test/x")), []);
});

for (const [href, warning] of [
  ["http://a.test/", "http"], ["https://localhost/", "local host"], ["https://127.0.0.1:8000/", "local host"], ["https://[::1]/", "local host"],
  ["https://app.localhost/", "local host"], ["https://10.0.0.7/", "local host"], ["https://192.168.1.1/", "local host"], ["no url", "not a URL"],
]) {
  test(`${href} is warned of: ${warning}`, () => assert.ok(warnings(link(href)).includes(warning)));
}

test("a host that only begins like one of here is not of here", () => {
  assert.deepEqual(warnings(link("https://10.example.com/")), []);
  assert.deepEqual(warnings(link("https://localhost.evil.test/")), []);
});

test("a link without words, or that stands twice, is warned of", () => {
  assert.deepEqual(warnings(link("https://a.test/", { text: " " })), ["no text"]);
  assert.deepEqual(warnings(link("https://a.test/"), ["https://a.test/"]), ["repeated"]);
});

test("words that name another host are warned of", () => {
  assert.deepEqual(warnings(link("https://evil.test/", { text: "https://bank.test/" })), ["text names another host"]);
  assert.deepEqual(warnings(link("https://bank.test/in?x", { text: " https://bank.test/ " })), []);
});
