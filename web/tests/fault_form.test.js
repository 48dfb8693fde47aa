import assert from "node:assert/strict";
import { test } from "node:test";
import { BLANK, actOf, blankAt, cutOf, formOf, reportOf, ruleOf, textOf, withAt } from "../js/form.js";

const RULES = [
  { on: "rcpt", name: "a", do: "451 4.7.1 Later" },
  { on: ["helo", "mail"], name: "b", do: ["delay 2s", "reply", "close"] },
  { on: "message", name: "c", when: { subject: "*x*", "header.x-foo": "*", tls: true, size_over: 10, session_nth: 2 }, do: "bounce delayed after 2s 451 4.4.1 No answer" },
  { on: "rcpt", name: "d", when: { rcpt: "*@b.test" }, do: "550 4.2.2 No", times: 2, after: 1, every: 3, chance: 0.5, seed: 7, rate: "20/1m", wait: "5s", per: "rcpt", expires: "10m", inbox: "gw3", enabled: false, continue: true, mismatch: true },
  { on: "data", name: "e", do: "cut 1000 then close" },
  { on: "rcpt", name: "f", do: '550 5.1.1 "One\\nTwo"' },
];

test("a rule stays the same through its form", () => {
  for (const rule of RULES) assert.deepEqual(ruleOf(formOf(rule)), rule);
});

test("what is empty is left out", () => {
  const form = { ...BLANK, when: [["rcpt", " "], ["ip", "10.0.0.1"]], amounts: [["times", ""], ["per", "ip"]] };
  assert.deepEqual(ruleOf(form), { on: "rcpt", when: { ip: "10.0.0.1" }, do: "451 4.7.1 Try again later", per: "ip" });
});

test("a stage that stands twice is told once", () => {
  assert.equal(ruleOf({ ...BLANK, on: ["mail", "mail"] }).on, "mail");
});

test("what is no number goes to the server as it was written", () => {
  const form = { ...BLANK, when: [["message_nth", "one"]], amounts: [["times", "twice"]] };
  const rule = ruleOf(form);
  assert.deepEqual([rule.times, rule.when], ["twice", { message_nth: "one" }]);
});

test("an action is a word and what follows it", () => {
  assert.deepEqual(actOf("451 4.7.1 Later"), { word: "reply", rest: "451 4.7.1 Later" });
  assert.deepEqual(actOf("reply"), { word: "reply", rest: "" });
  assert.deepEqual(actOf("delay 2s"), { word: "delay", rest: "2s" });
  for (const text of ["451 Later", "reply", "delay 2s", "close", 'raw "a b\\r\\n"']) assert.equal(textOf(actOf(text)), text);
});

test("cut and bounce have parts", () => {
  assert.deepEqual(cutOf("1000 then close"), ["1000", "close"]);
  assert.deepEqual(cutOf("10"), ["10", "reset"]);
  assert.deepEqual(reportOf("delayed after 2s", ["failed", "delayed"]), ["delayed", "after 2s"]);
  assert.deepEqual(reportOf("after 2s 550", ["failed", "delayed"]), ["failed", "after 2s 550"]);
});

test("a new rule at a stage can be done there", () => {
  assert.deepEqual(blankAt("tls").do, [{ word: "tls", rest: "handshake-fail" }]);
  assert.deepEqual(blankAt("noop").on, ["noop"]);
});

test("one of several is changed, or goes", () => {
  assert.deepEqual(withAt(["a", "b"], 1, "c"), ["a", "c"]);
  assert.deepEqual(withAt(["a", "b"], 0, null), ["b"]);
});
