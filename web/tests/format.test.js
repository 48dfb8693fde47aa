import assert from "node:assert/strict";
import { test } from "node:test";
import { address, mailbox, many, sender, size, subject } from "../js/format.js";
import { pathOf, routeOf } from "../js/route.js";

test("sizes are short", () => {
  const sizes = [0, 1, 999, 1000, 1500, 12_345, 5_000_000, 7e15].map(size);
  assert.deepEqual(sizes, ["0 B", "1 B", "999 B", "1.0 KB", "1.5 KB", "12 KB", "5.0 MB", "7000000 GB"]);
});

test("one is not many", () => {
  assert.deepEqual([0, 1, 2].map((n) => many(n, "mail")), ["0 mails", "1 mail", "2 mails"]);
});

test("a mailbox has its name before its address", () => {
  assert.equal(mailbox({ name: "Ann", address: "a@b" }), "Ann <a@b>");
  assert.equal(mailbox({ name: "", address: "a@b" }), "a@b");
});

test("a sender is the header's, else the envelope's, else nobody", () => {
  const envelope = { mail_from: "e@x", rcpt_to: [] };
  assert.equal(sender({ from: [{ name: "Ann", address: "a@b" }], envelope }), "Ann");
  assert.equal(sender({ from: [{ name: "", address: "a@b" }], envelope }), "a@b");
  assert.equal(sender({ from: [], envelope }), "e@x");
  assert.equal(sender({ from: [], envelope: { mail_from: "", rcpt_to: [] } }), "<>");
});

test("no subject is said to be none", () => {
  assert.equal(subject({ subject: "" }), "(no subject)");
});

test("a listener's host and port are told apart", () => {
  assert.deepEqual(address({ url: "smtp://127.0.0.1:1025" }), { host: "127.0.0.1", port: "1025" });
  assert.deepEqual(address({ url: "smtps://[::1]:465" }), { host: "[::1]", port: "465" });
  assert.equal(address({ url: "lmtp+unix:/run/lmtp" }), null);
});

test("a path leads to its route and back", () => {
  const home = { view: "messages", id: null, inbox: null, query: "", tab: null, since: null, until: null };
  assert.deepEqual(routeOf("/"), home);
  assert.deepEqual(routeOf("/latest"), { ...home, id: "latest" });
  assert.deepEqual(routeOf(pathOf({ id: "a/b c" })), { ...home, id: "a/b c" });
  assert.deepEqual(routeOf("/m/%E0%A4%A"), { ...home, id: "%E0%A4%A" });
  assert.deepEqual(routeOf("/m/a/b"), home);
});
