import assert from "node:assert/strict";
import { test } from "node:test";
import { BLANK, FIRST_FAULTS, formOf, reduceFaults, ruleOf } from "../js/slices/faults.js";
import { curlOf, pythonOf, tomlOf } from "../js/rules.js";

/** @param {...object} events @returns {any} */
const after = (...events) => events.reduce(reduceFaults, FIRST_FAULTS);

test("a stage that is chosen twice is chosen no more", () => {
  const rcpt = { type: "faults.stage", stage: "rcpt" };
  assert.equal(after(rcpt).stage, "rcpt");
  assert.equal(after(rcpt, rcpt).stage, null);
  assert.equal(after(rcpt, { type: "faults.stage", stage: "data" }).stage, "data");
});

test("a mistake stays until the form is done or another is begun", () => {
  const start = [{ type: "faults.edit", name: "a", form: BLANK }, { type: "faults.problem", problem: { status: 400, detail: "no" } }];
  assert.equal(after(...start).problem.detail, "no");
  assert.equal(after(...start, { type: "faults.form", set: { times: "2" } }).form.times, "2");
  assert.equal(after(...start, { type: "faults.done" }).problem, null);
  assert.equal(after(...start, { type: "faults.done" }).editing, null);
  assert.equal(after(...start, { type: "faults.edit", name: "b", form: BLANK }).problem, null);
});

test("what is left empty is no part of a rule", () => {
  assert.deepEqual(ruleOf({ ...BLANK, when: [["rcpt", ""], ["", "x"]] }), { on: "rcpt", do: "451 4.7.1 Try again later" });
});

test("numbers are numbers; what is none is sent as it is, so that the server says what is wrong", () => {
  const rule = ruleOf({ ...BLANK, times: "2", chance: "0.5", every: "two" });
  assert.deepEqual([rule.times, rule.chance, rule.every], [2, 0.5, "two"]);
});

test("a rule in a form and out again is the same rule", () => {
  const rules = [
    { on: "rcpt", do: "451 4.7.1 Later" },
    { on: "data", do: ["delay 2s", "close"], times: 2, name: "two", per: "rcpt" },
    { on: "message", do: "550 5.7.1 No", when: { rcpt: "*@a.test", tls: "true" }, chance: 0.5, seed: 7, expires: "10m", inbox: "box" },
  ];
  for (const rule of rules) assert.deepEqual(ruleOf(formOf(rule)), rule);
});

test("a rule is written for a file, for Python, for a shell", () => {
  const rule = { on: "rcpt", do: ["451 4.7.1 Don't", "close"], when: { rcpt: "*@a.test", "header.X-A": 'a"b' }, times: 2, continue: true };
  assert.equal(
    tomlOf(rule),
    '[[fault]]\non = "rcpt"\ndo = ["451 4.7.1 Don\'t", "close"]\nwhen = { rcpt = "*@a.test", "header.X-A" = "a\\"b" }\ntimes = 2\ncontinue = true\n',
  );
  assert.match(curlOf(rule, "http://h:1"), /^curl -X POST http:\/\/h:1\/api\/faults .*Don'\\''t/);
  const python = pythonOf({ on: "rcpt", do: "close", times: 2 });
  assert.match(python, /^with inbox\.fault\(stage="rcpt", do="close", times=2\):\n/);
});
