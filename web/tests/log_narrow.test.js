import assert from "node:assert/strict";
import { test } from "node:test";
import { classOf, countsOf, decidedOf, isMeant, isNamed, isOf, kindsOf, narrowOf, queryOf } from "../js/narrow.js";

const recipient = (reply, address = "bob@b.test") => ({ address, reply, accepted: reply[0] === "2" });
const attempt = (verdict, reply, recipients = [recipient("250 Ok")], rules = []) => ({ id: "a", mail_from: "app@a.test", verdict, reply, recipients, rules });
const session = (more = {}) => ({ id: "s", helo: "app.test", peer: "127.0.0.1:5", listener: "smtp", auth: null, tls: null, messages: 0, ended_at: "2026-01-01T00:00:00Z", ...more });

test("a query stays the same through what it narrows to", () => {
  for (const query of ["", "reply:4", "is:empty", "fault:greylist", "reply:aborted fault:reserved:451 ann b.test"]) assert.equal(queryOf(narrowOf(query)), query);
});

test("what is no word of the language is text", () => {
  assert.deepEqual(narrowOf("reply:9 is:x fault: bob"), { reply: null, is: null, rule: null, text: "reply:9 is:x fault: bob" });
});

test("the class is that of the reply that decided", () => {
  assert.equal(classOf(attempt("accepted", "250 Ok", [recipient("550 No"), recipient("250 Ok")])), "2");
  assert.equal(classOf(attempt("refused", "452 Full")), "4");
  assert.equal(classOf(attempt("refused", null, [recipient("550 No")])), "5");
  assert.equal(classOf(attempt("refused", "250 Ok", [recipient("451 Later")])), "4");
  assert.equal(classOf(attempt("aborted", "250 2.1.0 Ok")), "aborted");
});

test("the reply that decided is told, none where the client left", () => {
  assert.equal(decidedOf(attempt("refused", "250 Ok", [recipient("451 Later")])), "451 Later");
  assert.equal(decidedOf(attempt("accepted", "250 Queued")), "250 Queued");
  assert.equal(decidedOf(attempt("aborted", "250 2.1.0 Ok")), null);
});

test("attempts are narrowed by rule and by words of addresses and replies", () => {
  const one = attempt("refused", "451 Greylisted", undefined, ["grey"]);
  for (const query of ["", "fault:grey", "BOB", "app greylisted", "reply:5"]) assert.ok(isMeant(one, narrowOf(query)), query);
  for (const query of ["fault:gray", "carol", "bob carol"]) assert.ok(!isMeant(one, narrowOf(query)), query);
});

test("sessions are narrowed by their kind and by words of their names", () => {
  const faulty = new Set(["f"]);
  const all = [session(), session({ messages: 2 }), session({ ended_at: null }), session({ id: "f", tls: { version: "TLSv1.3", cipher: "x" } })];
  assert.deepEqual([...kindsOf(all, faulty)], [["open", 1], ["delivered", 1], ["empty", 2], ["fault", 1], ["tls", 1]]);
  assert.ok(isOf(all[0], null, faulty));
  assert.ok(isNamed(all[0], narrowOf("APP 127")));
  assert.ok(!isNamed(all[0], narrowOf("other")));
});

test("values are counted", () => {
  assert.deepEqual([...countsOf(["a", "b", "a"], (one) => one)], [["a", 2], ["b", 1]]);
});
