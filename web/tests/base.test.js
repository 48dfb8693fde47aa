import assert from "node:assert/strict";
import { test } from "node:test";

/** The module, as it is where the page's script has this address. @param {string} src @param {string} baseURI */
async function at(src, baseURI) {
  globalThis.document = /** @type {any} */ ({ baseURI, querySelector: () => ({ getAttribute: () => src }) });
  return import(`../js/base.js?${encodeURIComponent(src + baseURI)}`);
}

test("at the root, addresses are as they are", async () => {
  const { base, within } = await at("/js/main.js", "http://h/m/x");
  assert.equal(base("/api/info"), "/api/info");
  assert.equal(within("/m/x"), "/m/x");
});

test("under a path of its own, it goes before, and comes off", async () => {
  for (const [src, baseURI] of [["/mail/js/main.js", "http://h/mail/m/x"], ["./js/main.js", "http://h/mail/"]]) {
    const { base, within } = await at(src ?? "", baseURI ?? "");
    assert.equal(base("/api/info"), "/mail/api/info");
    assert.equal(within("/mail/m/x"), "/m/x");
    assert.equal(within("/mail/"), "/");
    assert.equal(within("/mailbox/x"), "/mailbox/x");
  }
});

test("what goes before comes off again", async () => {
  const { base, within } = await at("/a/b/js/main.js", "http://h/a/b/");
  for (const path of ["/", "/m/x", "/i/a%2Fb"]) assert.equal(within(base(path)), path);
});
