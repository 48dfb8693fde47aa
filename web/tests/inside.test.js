import assert from "node:assert/strict";
import { test } from "node:test";
import { calendar } from "../js/calendar.js";
import { contentLines } from "../js/contentlines.js";
import { dump } from "../js/hex.js";
import { nameOf, shown } from "../js/shown.js";
import { card } from "../js/vcard.js";

const INVITATION = [
  "BEGIN:VCALENDAR", "METHOD:REQUEST", "BEGIN:VTIMEZONE", "DTSTART:19700101T000000", "END:VTIMEZONE", "BEGIN:VEVENT",
  "SUMMARY:Lunch\\, with\\nAnn", "DTSTART;TZID=Europe/Berlin:20261124T120000", "DTEND:20261124T120000Z", "LOCATION:The", "  pub",
  'ORGANIZER;CN="Smith, Bob":mailto:bob@b.test', "ATTENDEE;CN=Ann;PARTSTAT=ACCEPTED:MAILTO:ann@a.test", "ATTENDEE:mailto:carl@c.test",
  "BEGIN:VALARM", "DESCRIPTION:wake up", "END:VALARM", "RRULE:FREQ=WEEKLY", "END:VEVENT", "END:VCALENDAR",
].join("\r\n");

test("an invitation tells who meets when and where", () => {
  const { method, entries } = calendar(INVITATION);
  assert.equal(method, "REQUEST");
  assert.deepEqual(entries, [{
    kind: "Event", summary: "Lunch, with\nAnn", start: "2026-11-24 12:00 Europe/Berlin", end: "2026-11-24 12:00 UTC", where: "The pub",
    text: "", rule: "FREQ=WEEKLY", status: "", organiser: { name: "Smith, Bob", address: "bob@b.test", status: "" },
    people: [{ name: "Ann", address: "ann@a.test", status: "accepted" }, { name: "", address: "carl@c.test", status: "" }],
  }]);
});

test("a calendar that is none is empty, and one without end is bounded", () => {
  assert.deepEqual(calendar("hello\n:\n;=:x\nEND:VEVENT\nSUMMARY:x"), { method: "", entries: [] });
  assert.equal(calendar("BEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\n".repeat(10_000)).entries.length, 20);
  assert.equal(calendar(`BEGIN:VEVENT\n${"ATTENDEE:mailto:a@b\n".repeat(1_500)}END:VEVENT`).entries[0].people.length, 100);
  assert.deepEqual(calendar("BEGIN:VEVENT\n__PROTO__:x\nCONSTRUCTOR:y\nEND:VEVENT").entries[0].summary, "");
});

test("a long line of parameters is read in no time", () => {
  const begin = performance.now();
  contentLines(`ATTENDEE${";X=a,b,c".repeat(30_000)}`);
  contentLines(`ATTENDEE;X=${",".repeat(200_000)}`);
  assert.ok(performance.now() - begin < 500);
});

test("a card tells name, mail and telephone", () => {
  assert.deepEqual(card("BEGIN:VCARD\nFN:Ann B\nitem1.EMAIL;TYPE=work:ann@a.test\nORG:A;B\nX-ODD:1\nEND:VCARD"), [
    { name: "Name", value: "Ann B" }, { name: "Mail", value: "ann@a.test" }, { name: "Organisation", value: "A B" },
  ]);
});

test("octets are shown by place, value and letter", () => {
  const [first, second] = dump(new TextEncoder().encode("Hello, world!\r\n\u00e9"));
  assert.equal(first, "000000  48 65 6c 6c 6f 2c 20 77  6f 72 6c 64 21 0d 0a c3   Hello, world!···");
  assert.equal(second?.trimEnd(), "000010  a9                                                 ·");
  assert.deepEqual(dump(new Uint8Array()), []);
});

test("what turns or hides text is named, and nothing else", () => {
  const named = (text) => shown(text).map((one) => (one.name ? `<${one.name}>` : one.text)).join("");
  assert.equal(named("invoice\u202Efdp.exe"), "invoice<RLO>fdp.exe");
  assert.equal(named("pay\u200Bpal\u2066x\u2069"), "pay<ZWSP>pal<LRI>x<PDI>");
  assert.equal(named("a\u0000b\tc\r\nd"), "a<U+0000>b\tc\r\nd");
  assert.equal(named("👩\u200D💻 नि\u200Dष"), "👩\u200D💻 नि\u200Dष");
  assert.equal(nameOf("\u202E"), "RLO");
  assert.ok(shown("\u202Ex".repeat(100_000)).length <= 202);
});
