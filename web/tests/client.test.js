import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import * as mailtrap from "../client/mailtrap.js";

const { Client, Inbox, Message } = mailtrap;

const INBOX = { name: "t-1", address: "t-1@inbox.example.com", cursor: "10", smtp: null, url: "http://h/i/t-1" };
const MESSAGE = {
  id: "01M",
  seq: 12,
  received_at: "2026-05-04T03:02:01Z",
  size: 9,
  subject: "Hi",
  from: [{ name: "Ann", address: "ann@a.test" }],
  to: [],
  cc: [],
  date: null,
  envelope: { mail_from: "a@a.test", rcpt_to: ["b@b.test"] },
  headers: [
    { name: "X-Foo", value: "1" },
    { name: "x-foo", value: "2" },
  ],
  text: "text",
  html: null,
  links: [
    { href: "http://a.test/reset/1", text: "Reset it", source: "html", kind: "link", query: {} },
    { href: "http://a.test/reset/1", text: "", source: "text", kind: "link", query: {} },
    { href: "http://a.test/help", text: "Help", source: "html", kind: "link", query: {} },
    { href: "http://a.test/x.gif", text: "", source: "html", kind: "image", query: {} },
  ],
  codes: [
    { value: "481516", source: "text", context: "code 481516", score: 0.9, reasons: [] },
    { value: "2342", source: "text", context: "2342", score: 0.5, reasons: [] },
  ],
  attachments: [
    { number: "2", filename: "inv-1.pdf", content_type: "application/pdf", size: 1, url: "/api/messages/01M/attachments/2" },
    { number: "3", filename: null, content_type: "text/plain", size: 1, url: "/api/messages/01M/attachments/3" },
  ],
};
const won = (over = {}) => ({ ok: true, reason: null, cursor: "9", messages: [], attempts: [], ...over });
const lost = (reason = "no-message", cursor = "10") => ({ ...won(), ok: false, reason, cursor, story: `the story of ${reason}` });

/** A client before a made-up server: answers are used up, the last one stays. */
function stub(...answers) {
  const asked = [];
  const fetch = async (url, init) => {
    const { pathname, searchParams } = new URL(url);
    asked.push({ method: init.method, path: pathname, query: searchParams, headers: init.headers, body: init.body && JSON.parse(init.body) });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer instanceof Error) throw answer;
    return answer instanceof Response ? answer : new Response(JSON.stringify(answer));
  };
  const client = new Client("http://h", { fetch });
  return { asked, client, inbox: new Inbox(client, INBOX) };
}

const pairs = (query, ...names) => [...query].filter(([name]) => !names.length || names.includes(name));

test("the server is that of the environment, else the one on this machine", () => {
  process.env.MAILTRAP_URL = "http://mail:1/base/";
  assert.equal(new Client().url, "http://mail:1/base");
  delete process.env.MAILTRAP_URL;
  assert.equal(new Client().url, "http://127.0.0.1:8025");
});

test("secrets go with every request", async () => {
  for (const [options, expected] of [
    [{ token: "t" }, "Bearer t"],
    [{ password: "ü" }, "Basic OsO8"],
    [{ url: "http://x:p@h" }, "Basic OnA="],
    [{}, undefined],
  ]) {
    let seen;
    const fetch = async (_, { headers }) => new Response(JSON.stringify((seen = headers)));
    await new Client({ url: "http://h", ...options, fetch }).info();
    assert.equal(seen.Authorization, expected);
  }
});

test("criteria are told as the server has them", async () => {
  const { inbox, asked } = stub(won({ messages: [MESSAGE] }));
  await inbox.wait({
    subject: [/a\/b/i, "c"], mailFrom: "*@a.test", code: 481516, header: { "X-Foo": ["1", /2/], "X-Bar": "x" }, query: undefined,
  }); // prettier-ignore
  assert.deepEqual(pairs(asked[0].query), [
    ["subject", "/a\\/b/"],
    ["subject", "c"],
    ["mail_from", "*@a.test"],
    ["code", "481516"],
    ["header", "X-Foo: 1"],
    ["header", "X-Foo: /2/"],
    ["header", "X-Bar: x"],
    ["inbox", "t-1"],
    ["detail", "1"],
    ["on_timeout", "empty"],
    ["after", "10"],
    ["timeout", "10000ms"],
  ]);
});

test("a mistake in a criterion is told with the right one, and nothing is asked", async () => {
  const { inbox, asked } = stub(won());
  await assert.rejects(inbox.wait({ subjcet: "x" }), { name: "TypeError", message: "there is no criterion subjcet; did you mean subject?" });
  await assert.rejects(inbox.wait({ foo: "x" }), /there are: rcpt, to, from/);
  await assert.rejects(inbox.wait({ subject: null }), /subject: a string, a RegExp or an array of them is expected/);
  assert.equal(asked.length, 0);
});

test("what was given is not asked for again, in whatever order it came", async () => {
  const { inbox, asked } = stub(won({ messages: [{ ...MESSAGE, seq: 15 }] }), won({ messages: [{ ...MESSAGE, seq: 12 }] }), won());
  await Promise.all([inbox.wait(), inbox.wait()]);
  assert.equal(inbox.cursor, "10~12~15");
  await inbox.expectNone();
  assert.equal(asked[2].query.get("after"), "10~12~15");
});

test("a cursor with too many exceptions moves up", async () => {
  const messages = Array.from({ length: 501 }, (_, at) => ({ ...MESSAGE, seq: 20 + 2 * at }));
  const { inbox } = stub(won({ messages }));
  await inbox.waitAll(501);
  assert.equal(inbox.cursor, "1020");
});

test("how many, how long and the rest is asked", async () => {
  const { inbox, asked } = stub(won({ messages: [MESSAGE] }));
  await inbox.wait({}, { latest: true, quiet: 50, timeout: 200, after: "now" });
  await inbox.waitAll(3, {}, { atLeast: true });
  await inbox.waitAll(3);
  await inbox.expectNone({}, { within: 30, drain: true });
  assert.deepEqual(pairs(asked[0].query, "latest", "quiet", "timeout", "after"), [["latest", "1"], ["quiet", "50ms"], ["after", "now"], ["timeout", "200ms"]]);
  assert.deepEqual(pairs(asked[1].query, "at_least", "count"), [["at_least", "3"]]);
  assert.deepEqual(pairs(asked[2].query, "at_least", "count"), [["count", "3"]]);
  assert.deepEqual(pairs(asked[3].query, "none", "within", "drain"), [["none", "1"], ["within", "30ms"], ["drain", "1"]]);
});

test("a failure is an error of its kind with the server's story and all it said", async () => {
  for (const [reason, Kind] of [
    ["no-message", mailtrap.NoMessage],
    ["no-attempt", mailtrap.NoMessage],
    ["too-many-messages", mailtrap.TooManyMessages],
    ["not-quiet", mailtrap.TooManyMessages],
    ["unexpected-message", mailtrap.UnexpectedMessage],
    ["out-of-order", mailtrap.MailAssertionError],
  ]) {
    const { inbox } = stub(lost(reason));
    const error = await inbox.wait().catch((error) => error);
    assert.equal(error.constructor, Kind);
    assert.ok(error instanceof mailtrap.MailAssertionError);
    assert.deepEqual([error.message, error.reason, error.body], [`the story of ${reason}`, reason, lost(reason)]);
    assert.equal(inbox.cursor, "10");
  }
});

test("a wait longer than a request may be is asked again from its cursor", async () => {
  const { inbox, asked } = stub(lost("no-message", "11"), won({ messages: [MESSAGE] }));
  await inbox.wait({}, { timeout: 90_000, after: "now" });
  assert.deepEqual(asked.map(({ query }) => query.get("after")), ["now", "11"]);
  assert.equal(asked[0].query.get("timeout"), "60000ms");
});

test("too many end a long wait at once", async () => {
  const { inbox, asked } = stub(lost("too-many-messages"));
  await assert.rejects(inbox.wait({}, { timeout: 90_000 }), mailtrap.TooManyMessages);
  assert.equal(asked.length, 1);
});

test("what comes of an action is told apart from what was there", async () => {
  const { inbox, asked } = stub(won({ cursor: "77" }), won({ messages: [{ ...MESSAGE, seq: 78 }] }));
  let asking = 0;
  const message = await inbox.expecting({ subject: "Hi" }, () => (asking = asked.length));
  assert.deepEqual([message.seq, asking, inbox.cursor], [78, 1, "10~78"]);
  assert.deepEqual(asked.map(({ query }) => query.get("after")), ["now", "77"]);
});

test("attempts have the code of the reply that decided", async () => {
  const row = (over) => ({ seq: 1, reply: "250 Ok", recipients: [], ...over });
  const attempts = [
    row({ recipients: [{ accepted: true, reply: "250 a", final: null }, { accepted: false, reply: "451 no", final: null }] }),
    row({ recipients: [{ accepted: true, reply: "250 a", final: "552 full" }] }),
    row({}),
    row({ reply: null }),
  ]; // prettier-ignore
  const { inbox, asked } = stub(won(), won({ attempts }));
  assert.deepEqual((await inbox.attempts({ rcpt: "a@b.test" })).map((one) => one.code), [451, 552, 250, 0]);
  assert.deepEqual((await inbox.waitAttempts(4)).length, 4);
  assert.deepEqual(pairs(asked[0].query, "none", "drain", "session"), [["session", "none"], ["none", "1"], ["drain", "1"]]);
  assert.deepEqual(pairs(asked[1].query, "of", "at_least", "timeout", "after"), [["at_least", "1"], ["of", "attempts"], ["after", "10"], ["timeout", "0ms"]]);
  assert.equal(inbox.cursor, "10");
});

test("where there is nothing yet there are no messages and no attempts", async () => {
  const { inbox } = stub(lost());
  assert.deepEqual([await inbox.messages(), await inbox.attempts()], [[], []]);
});

test("a fault is a rule of the inbox", async () => {
  const { inbox, asked } = stub({ name: "rcpt-451", acted: 2 });
  const rules = [
    [{}, { on: "rcpt", do: ["451"], when: {}, inbox: "t-1" }],
    [{ reply: "550 5.1.1 No", times: 2, rcpt: "*@a.test", mailFrom: "x" }, { on: "rcpt", do: ["550 5.1.1 No"], when: { rcpt: "*@a.test", mail_from: "x" }, inbox: "t-1", times: 2 }],
    [{ stage: "data", delay: 1500 }, { on: "data", do: ["delay 1500ms", "reply"], when: {}, inbox: "t-1" }],
    [{ drop: true, when: { subject: "x" } }, { on: "rcpt", do: ["close"], when: { subject: "x" }, inbox: "t-1" }],
    [{ drop: true, reply: 421, delay: 10 }, { on: "rcpt", do: ["delay 10ms", "421", "close"], when: {}, inbox: "t-1" }],
  ];
  for (const [options, rule] of rules) {
    await inbox.fault(options);
    assert.deepEqual(asked.pop().body, rule);
  }
  const fault = await inbox.fault();
  assert.equal(await fault.hits(), 2);
});

test("a fault with an action ends with it, whatever happens", async () => {
  const { inbox, asked } = stub({ name: "r 1", acted: 0 });
  await assert.rejects(inbox.fault({}, () => Promise.reject(new Error("the app broke"))), /the app broke/);
  assert.deepEqual(asked.map(({ method, path }) => `${method} ${path}`), ["POST /api/faults", "DELETE /api/faults/r%201"]);
});

test("removing what is gone is no error", async () => {
  const { client } = stub(new Response('{"detail": "gone"}', { status: 404 }));
  await new mailtrap.Fault(client, { name: "x" }).remove();
});

test("inboxes are opened by name, or with a name that is made up", async () => {
  const { client, asked } = stub(INBOX);
  await client.inbox();
  await client.inbox("gw1", { listen: true, ttl: 90_000 });
  await client.inbox({ prefix: "shop" });
  assert.deepEqual(asked.map(({ body }) => body), [{}, { name: "gw1", listen: true, ttl: "90000ms" }, { prefix: "shop" }]);
});

test("an inbox has more addresses", () => {
  const { inbox } = stub();
  assert.equal(inbox.newAddress("bob"), "t-1.bob@inbox.example.com");
  assert.match(inbox.newAddress(), /^t-1\.[a-z0-9]{4,8}@inbox\.example\.com$/);
});

test("expectations are told with criteria as waits have them", async () => {
  const { client, asked } = stub({ ok: true, cursor: "1", results: [] });
  await client.expect([{ match: { mailFrom: /x/, subject: "a" }, atLeast: 2, order: true }], { inbox: "t-1" });
  assert.deepEqual(asked[0].body, { inbox: "t-1", expectations: [{ match: { mail_from: ["/x/"], subject: ["a"] }, at_least: 2, order: true }] });
});

test("expectations that are not met fail with all their stories", async () => {
  const results = [{ ok: false, reason: "no-message", story: "a" }, { ok: true }, { ok: false, reason: "x", story: "b" }];
  const { client } = stub({ ok: false, cursor: "1", results });
  await assert.rejects(client.expect([]), { name: "MailAssertionError", message: "a\n\nb", reason: "no-message" });
});

test("a refusal has the server's words and its status", async () => {
  const refused = (status, body) => stub(new Response(body, { status })).client.info();
  await assert.rejects(refused(400, '{"detail": "has: there is no such"}'), { name: "MailtrapError", message: "has: there is no such", status: 400 });
  await assert.rejects(refused(401, '{"detail": "No."}'), /MAILTRAP_HTTP_PASSWORD/);
  await assert.rejects(refused(503, "busy"), { name: "MailtrapUnavailable", message: "the server answers 503" });
  await assert.rejects(refused(200, "<html>"), /not as mailtrap does/);
});

test("a server that is not there is told with its address and the way out", async () => {
  const { client } = stub(Object.assign(new TypeError("fetch failed"), { cause: { message: "connect ECONNREFUSED" } }));
  await assert.rejects(client.info(), { name: "MailtrapUnavailable", message: /^cannot reach http:\/\/h: connect ECONNREFUSED; start it/ });
  await assert.rejects(client.ready(0), mailtrap.MailtrapUnavailable);
});

test("a wait can be given up", async () => {
  const fetch = (_, { signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  const inbox = new Inbox(new Client({ url: "http://h", fetch }), INBOX);
  const ending = new AbortController();
  const waiting = inbox.wait({}, { signal: ending.signal });
  ending.abort(new Error("enough"));
  await assert.rejects(waiting, /enough/);
  await assert.rejects(inbox.wait({}, { signal: ending.signal }), /enough/);
});

test("a message is all there at once", () => {
  const message = new Message(stub().client, MESSAGE);
  assert.deepEqual([message.text, message.html, message.header("X-FOO"), message.header("no")], ["text", "", "1", undefined]);
  assert.deepEqual(message.envelope, { mailFrom: "a@a.test", rcptTo: ["b@b.test"] });
  assert.deepEqual([message.url, message.sender.address, message.receivedAt.getTime()], ["http://h/m/01M", "ann@a.test", 1777863721000]);
});

test("the link that is meant is found, once", () => {
  const message = new Message(stub().client, MESSAGE);
  for (const wanted of ["/reset/", /reset\/\d/, { text: "reset" }, { text: /^Reset/ }, { pattern: "reset" }, { contains: "reset", text: "it" }]) {
    assert.equal(message.link(wanted), "http://a.test/reset/1");
  }
  assert.equal(message.link(".gif"), "http://a.test/x.gif");
});

test("links that are not there, or too many, are told", () => {
  const message = new Message(stub().client, MESSAGE);
  assert.throws(() => message.link("/confirm/"), { name: "NoSuchLink", reason: "no-link", message: /"Hi" has no link with contains \/confirm\/; it has:\n {2}http:\/\/a\.test\/reset\/1 \(Reset it\)\n/ });
  assert.throws(() => message.link(), { reason: "many-links", message: /has 2 links; it has:/ });
  assert.throws(() => new Message(stub().client, { ...MESSAGE, links: [] }).link(), /has no link; it has no link at all/);
});

test("the code is the best one, of those that fit", () => {
  const message = new Message(stub().client, MESSAGE);
  assert.deepEqual([message.code(), message.code(/\d{4}/), message.code("2.*")], ["481516", "2342", "2342"]);
  assert.throws(() => message.code(/\d{5}/), { name: "NoSuchCode", message: /no code with pattern \/\\d\{5\}\/; it has:\n {2}481516 \(code 481516\)/ });
  const equal = MESSAGE.codes.map((one) => ({ ...one, score: 0.9 }));
  assert.throws(() => new Message(stub().client, { ...MESSAGE, codes: equal }).code(), { reason: "many-codes" });
});

test("attachments are found by name and type", async () => {
  const { client, asked } = stub(new Response("octets"));
  const message = new Message(client, MESSAGE);
  assert.equal(message.attachment("INV-*.pdf").number, "2");
  assert.equal(message.attachment("*", { contentType: "text/plain" }).number, "3");
  assert.equal(await message.attachment("inv-1.pdf").text(), "octets");
  assert.equal(asked[0].path, "/api/messages/01M/attachments/2");
  assert.throws(() => message.attachment("inv?1.pdf"), { name: "NoSuchAttachment" });
  assert.throws(() => message.attachment(), { reason: "many-attachments" });
});

test("the types tell what is there", async () => {
  const types = readFileSync(new URL("../client/mailtrap.d.ts", import.meta.url), "utf8");
  const told = [...types.matchAll(/^export (?:class|function|const) (\w+)/gm)].map(([, name]) => name);
  assert.deepEqual(told.sort(), Object.keys(mailtrap).sort());
  const instances = { Client: stub().client, Inbox: stub().inbox, Message: new Message(stub().client, MESSAGE), Fault: new mailtrap.Fault(stub().client, { name: "r" }) };
  for (const [name, instance] of Object.entries(instances)) {
    const [, body] = new RegExp(`^export class ${name} .*{\\n([^]*?)^}`, "m").exec(types);
    const members = [...body.matchAll(/^ {2}(\w+)[?(:]/gm)].map(([, member]) => member);
    const own = [...Object.keys(instance), ...Object.getOwnPropertyNames(Object.getPrototypeOf(instance))];
    assert.deepEqual(members.sort(), [...new Set(own)].sort(), name);
  }
});

test("the criteria are those of the types", async () => {
  const types = readFileSync(new URL("../client/mailtrap.d.ts", import.meta.url), "utf8");
  const [, body] = /^export interface Match {\n([^]*?)^}/m.exec(types);
  const { inbox, asked } = stub(won());
  const names = [...body.matchAll(/^ {2}(\w+)\?/gm)].map(([, name]) => name);
  await inbox.expectNone(Object.fromEntries(names.map((name) => [name, "x"])));
  assert.equal(pairs(asked[0].query).filter(([, value]) => value === "x").length, names.length);
});
