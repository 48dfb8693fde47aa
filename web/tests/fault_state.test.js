import assert from "node:assert/strict";
import { test } from "node:test";
import { BLANK } from "../js/form.js";
import { FIRST_FAULTS, MOMENT, isChanged, momentOf, offered, providersOf, reduceFaults } from "../js/slices/faults.js";

const PRESETS = [
  { name: "greylist", on: ["rcpt"], providers: ["postgrey", "gmail"], tests: "tries again", rules: [{ do: "451 Greylisted" }], parameters: {} },
  { name: "spam", on: ["message"], providers: ["gmail"], tests: "does not retry", rules: [{ do: "550 Spam" }], parameters: {} },
];
const faults = (...pairs) => ({ faults: pairs.map(([name, acted]) => ({ name, acted })), active: 0, hits: 0, paused: false });
const reduced = (...events) => events.reduce(reduceFaults, FIRST_FAULTS);

test("a rule that acts once more has risen, one that is new has not", () => {
  const seen = reduced({ type: "faults", faults: faults(["a", 1]) }, { type: "faults", faults: faults(["a", 2], ["b", 5]) });
  assert.deepEqual([...seen.rose], ["a"]);
  assert.deepEqual([...reduceFaults(seen, { type: "faults", faults: faults(["a", 2], ["b", 5]) }).rose], []);
});

test("the keys are about no rule that is gone", () => {
  const active = { type: "faults.active", name: "a" };
  assert.equal(reduced({ type: "faults", faults: faults(["a", 0]) }, active, { type: "faults", faults: faults(["b", 0]) }).active, null);
});

test("a form that was changed says so, and a mistake goes when one writes on", () => {
  const opened = reduced({ type: "faults.edit", name: "a", form: BLANK }, { type: "faults.problem", problem: { status: 400, detail: "no" } });
  assert.equal(isChanged(opened), false);
  const written = reduceFaults(opened, { type: "faults.form", set: { name: "b" } });
  assert.deepEqual([isChanged(written), written.problem], [true, null]);
});

test("a stage that is chosen twice is chosen no longer", () => {
  const once = reduced({ type: "faults.stage", stage: "rcpt" });
  assert.equal(once.stage, "rcpt");
  assert.equal(reduceFaults(once, { type: "faults.stage", stage: "rcpt" }).stage, null);
});

test("presets are found by words, provider and stage", () => {
  const names = (more) => offered({ ...FIRST_FAULTS, presets: PRESETS, ...more }).map(({ name }) => name);
  assert.deepEqual(names({}), ["greylist", "spam"]);
  assert.deepEqual(names({ wanted: "GREY again" }), ["greylist"]);
  assert.deepEqual(names({ provider: "postgrey" }), ["greylist"]);
  assert.deepEqual(names({ stage: "message" }), ["spam"]);
  assert.deepEqual(providersOf(PRESETS), [["gmail", 2], ["postgrey", 1]]);
});

test("a moment leaves out what is not known", () => {
  const told = momentOf({ ...MOMENT, rcpt: "a@b.test, c@b.test", helo: " ", size: "10", session_nth: "", headers: "Subject: a: b\n\nX-Foo:1" });
  assert.deepEqual(told.rcpt, ["a@b.test", "c@b.test"]);
  assert.deepEqual(told.headers, { Subject: "a: b", "X-Foo": "1" });
  assert.deepEqual([told.size, "helo" in told, "session_nth" in told, told.message_nth], [10, false, false, 1]);
});
