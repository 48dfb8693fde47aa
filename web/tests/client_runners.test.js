import assert from "node:assert/strict";
import { test } from "node:test";

import { Client, Inbox, TooManyMessages, mail, matchers, pasteOtp, registerCypress } from "../client/mailtrap.js";

const INBOX = { name: "t-1", address: "t-1@inbox.example.com", cursor: "10", smtp: null, url: "http://h/i/t-1" };
const MESSAGE = {
  id: "01M", seq: 12, received_at: "2026-05-04T03:02:01Z", size: 9, subject: "Hi", from: [], to: [], cc: [], date: null,
  envelope: { mail_from: "a@a.test", rcpt_to: ["b@b.test"] }, headers: [], text: "text", html: "<p>", links: [],
  codes: [{ value: "481516", score: 0.9, context: "" }], attachments: [],
}; // prettier-ignore
const won = (over = {}) => ({ ok: true, reason: null, cursor: "9", messages: [], attempts: [], ...over });
const lost = (reason) => ({ ...won(), ok: false, reason, story: `the story of ${reason}` });

/** A made-up server: what it is to answer by the beginning of `METHOD path`. */
function server(answers) {
  const asked = [];
  const answer = (method, url, body) => {
    const { pathname, searchParams } = new URL(url);
    asked.push({ call: `${method} ${pathname}`, query: searchParams, body });
    const [, found] = Object.entries(answers).find(([start]) => `${method} ${pathname}`.startsWith(start)) ?? [];
    return found ?? {};
  };
  const fetch = async (url, init) => new Response(JSON.stringify(answer(init.method, url, init.body && JSON.parse(init.body))));
  return { asked, answer, fetch };
}

// As test.extend of Playwright does it: fixtures are set up in the order they need each other, and torn down backwards.
async function run(fixtures, info, body) {
  const [makeServer, { scope }] = fixtures.mailServer;
  assert.equal(scope, "worker");
  assert.match(makeServer.toString(), /^async \(\{\s*\}, use/);
  assert.match(fixtures.inbox.toString(), /^async \(\{ mailServer \}, use, info\)/);
  await makeServer({}, (mailServer) => fixtures.inbox({ mailServer }, (inbox) => body({ mailServer, inbox }), info));
}

const info = (over = {}) => ({
  parallelIndex: 3, title: "Signs up, with a code (html)", testId: "a30a6eba6312f6b87ea5-f8b8c9", retry: 0, status: "passed", expectedStatus: "passed",
  attached: {}, async attach(name, options) { this.attached[name] = options; }, ...over,
}); // prettier-ignore

test("a test of Playwright has an inbox of its own, which goes with it", async () => {
  const { asked, fetch } = server({ "POST /api/inboxes": INBOX });
  await run(mail({ url: "http://h", fetch, listen: true }), info({ retry: 1 }), ({ mailServer, inbox }) => {
    assert.ok(mailServer instanceof Client);
    assert.equal(inbox.address, "t-1@inbox.example.com");
  });
  assert.deepEqual(asked.map(({ call }) => call), ["GET /readyz", "POST /api/inboxes", "DELETE /api/inboxes/t-1"]);
  assert.deepEqual(asked[1].body, { name: "signs-up-with-a-code-html-3-87ea5f8b8c9-r1", listen: true });
});

test("what came is attached to the report of a test that failed, and the inbox stays", async () => {
  const { asked, fetch } = server({ "POST /api/inboxes": INBOX, "GET /api/wait": won({ messages: [MESSAGE] }), "GET /api/messages/01M/raw": "octets" });
  const failed = info({ status: "timedOut" });
  await run(mail({ url: "http://h", fetch }), failed, () => {});
  assert.deepEqual(Object.keys(failed.attached), ["mail.txt", "mail-1.eml", "mail-1.html"]);
  assert.match(failed.attached["mail.txt"].body, /t-1: 1 message\(s\)\n2026-05-04T03:02:01.000Z {2}a@a.test {2}b@b.test {2}Hi/);
  assert.ok(Buffer.isBuffer(failed.attached["mail-1.eml"].body));
  assert.ok(!asked.some(({ call }) => call.startsWith("DELETE")));
});

// expect.extend as in Vitest and Jest.
async function expectation(matcher, isNot, received, ...given) {
  const { pass, message } = await matcher.call({ isNot }, received, ...given);
  if (pass === isNot) throw new Error(message());
}

test("a matcher waits for mail and has the server's story", async () => {
  const inbox = (answer) => new Inbox(new Client({ url: "http://h", fetch: server({ "GET /api/wait": answer }).fetch }), INBOX);
  const { toHaveReceived } = matchers;
  await expectation(toHaveReceived, false, inbox(won({ messages: [MESSAGE] })), { subject: "Hi" });
  await assert.rejects(expectation(toHaveReceived, false, inbox(lost("no-message")), { subject: "Hi" }), /the story of no-message/);
  await expectation(toHaveReceived, true, inbox(won()), { subject: "Hi" });
  await assert.rejects(expectation(toHaveReceived, true, inbox(lost("unexpected-message")), {}), /the story of unexpected-message/);
});

test("a matcher asks with its options, and a typo is no failed match", async () => {
  const { asked, fetch } = server({ "GET /api/wait": won({ messages: [MESSAGE] }) });
  const inbox = new Inbox(new Client({ url: "http://h", fetch }), INBOX);
  await matchers.toHaveReceived.call({ isNot: true }, inbox, { subject: "Hi" }, { within: 20 });
  await matchers.toHaveReceived.call({}, inbox, { subject: "Hi" }, { timeout: 30 });
  assert.deepEqual([asked[0].query.get("none"), asked[0].query.get("within"), asked[1].query.get("timeout")], ["1", "20ms", "30ms"]);
  await assert.rejects(matchers.toHaveReceived.call({}, inbox, { subjcet: "Hi" }), TypeError);
});

// cy: commands are chains of callbacks, and cy.request gives status and body.
function cypress(answers, settings = {}) {
  const { asked, answer } = server(answers);
  const chain = (promise) => ({ then: (next) => chain(promise.then((value) => settle(next(value)))), promise });
  const settle = (value) => (value?.promise ? value.promise : value);
  const requests = [];
  const cy = {
    request(options) {
      requests.push(options);
      const told = answer(options.method, options.url, options.body && JSON.parse(options.body));
      return chain(Promise.resolve(told.status ? told : { status: 200, body: told }));
    },
  };
  const Cypress = { Commands: { add: (name, command) => (cy[name] = command) }, ...settings };
  return { asked, requests, cy, Cypress };
}

test("Cypress gets commands that ask by cy.request", async () => {
  const { asked, requests, cy, Cypress } = cypress(
    { "POST /api/inboxes": INBOX, "GET /api/wait": won({ messages: [MESSAGE], attempts: [{ recipients: [], reply: "250 Ok" }] }), "POST /api/faults": { name: "r" } },
    { expose: (name) => (name === "MAILTRAP_URL" ? "http://mail:8025" : undefined) },
  );
  registerCypress(Cypress, cy, { token: "t" });
  const inbox = await cy.inbox("gw1").promise;
  const message = await cy.mailWait(inbox, { subject: /hi/i }, { timeout: 5000, latest: true }).promise;
  assert.deepEqual([inbox.address, message.code(), inbox.cursor], [INBOX.address, "481516", "10~12"]);
  const [request] = requests.slice(-1);
  assert.ok(request.url.startsWith("http://mail:8025/api/wait?subject=%2Fhi%2F&inbox=t-1"));
  assert.deepEqual([request.failOnStatusCode, request.headers.Authorization], [false, "Bearer t"]);
  assert.ok(request.timeout > 5000);
  assert.equal(asked.at(-1).query.get("latest"), "1");
  assert.equal((await cy.mailWaitAll(inbox, 1, {}).promise).length, 1);
  assert.equal(asked.at(-1).query.get("count"), "1");
  assert.equal((await cy.mailAttempts(inbox, 1, {}, { atLeast: true }).promise)[0].code, 250);
  assert.equal(asked.at(-1).query.get("at_least"), "1");
  await cy.mailNone(inbox, {}, { within: 40 }).promise;
  assert.equal(asked.at(-1).query.get("within"), "40ms");
  await cy.mailFault(inbox, { reply: 550, times: 1 }).promise;
  assert.deepEqual(asked.at(-1).body, { on: "rcpt", do: ["550"], when: {}, inbox: "t-1", times: 1 });
});

test("Cypress is told the server's story, and how the server refuses", async () => {
  const { cy, Cypress } = cypress(
    { "POST /api/inboxes": INBOX, "GET /api/wait": lost("too-many-messages"), "POST /api/faults": { status: 400, body: '{"detail": "no such stage"}' } },
    { env: () => "http://old:8025" },
  );
  registerCypress(Cypress, cy);
  const inbox = await cy.inbox().promise;
  await assert.rejects(cy.mailWait(inbox, {}).promise, TooManyMessages);
  await assert.rejects(cy.mailFault(inbox, { stage: "x" }).promise, /no such stage/);
});

// A page in little: a field, the clipboard, and what the browser would write.
async function paste(code, taken) {
  const log = [];
  const field = {
    focus: () => log.push("focus"),
    dispatchEvent: (event) => {
      log.push([event.type, event.clipboardData.text, event.bubbles]);
      return !taken;
    },
  };
  const names = {
    DataTransfer: class { setData(kind, text) { this.text = text; } },
    ClipboardEvent: class { constructor(type, init) { Object.assign(this, { type }, init); } },
    document: { execCommand: (...given) => log.push(given) },
  }; // prettier-ignore
  Object.assign(globalThis, names);
  await pasteOtp({ evaluate: async (run, given) => run(field, given) }, code);
  for (const name of Object.keys(names)) delete globalThis[name];
  return log;
}

test("a code is pasted by one event; where nobody takes it, it is written", async () => {
  assert.deepEqual(await paste("481516", true), ["focus", ["paste", "481516", true]]);
  assert.deepEqual(await paste("481516", false), ["focus", ["paste", "481516", true], ["insertText", false, "481516"]]);
});
