import assert from "node:assert/strict";
import { test } from "node:test";
import { groupsFor, painted, snippetOf } from "../js/connect/snippets.js";
import { endpoint, hostPort, listenersOf, targetOf } from "../js/connect/target.js";
import { isBare } from "../js/slices/connect.js";
import { FIRST, reduce } from "../js/state.js";

const SMTP = { name: "smtp", url: "smtp://127.0.0.1:1025", protocol: "smtp", tls: "none", auth: "optional" };
const LMTP = { ...SMTP, name: "lmtp", url: "lmtp://127.0.0.1:24", protocol: "lmtp" };
const URL = "http://localhost:8025/mail";
const INBOX = { name: "gw3", address: "gw3@inbox.example.com", opened: true, listener: null };

/** @param {object} change @param {object | null} [inbox] @param {string} [host] */
const target = (change, inbox = null, host = "mail.test") => targetOf({ ...SMTP, ...change }, inbox, host, URL);

test("the host is the listener's, or that of the page where it listens on every interface", () => {
  assert.equal(target({}).host, "127.0.0.1");
  assert.equal(target({ url: "smtp://0.0.0.0:1025" }).host, "mail.test");
  assert.equal(target({ url: "smtp://[::]:1025" }).host, "mail.test");
  assert.equal(target({ url: "smtp://[::]:1025" }, null, "[::1]").host, "::1");
  assert.equal(hostPort(target({ url: "smtp://[::1]:1025" })), "[::1]:1025");
});

test("nobody logs in who need not", () => {
  assert.equal(target({}).user, "");
  assert.equal(target({ auth: "required" }).user, "app");
  assert.equal(target({ auth: "required" }).password, "any");
});

test("an inbox that was opened is reached by its login, any by its address", () => {
  assert.equal(target({}, INBOX).user, "gw3");
  assert.equal(target({}, { ...INBOX, opened: false }).user, "");
  assert.equal(target({}, { ...INBOX, opened: false }).to, "gw3@inbox.example.com");
  assert.equal(target({ auth: "off" }, INBOX).user, "");
});

test("an inbox with a port of its own needs no login there", () => {
  const { port, user, tls } = target({ tls: "starttls" }, { ...INBOX, listener: "smtp://127.0.0.1:40001" });
  assert.deepEqual([port, user, tls], [40001, "", "none"]);
});

test("sockets of the file system are left out, and the second address of a listener", () => {
  assert.equal(endpoint("lmtp+unix:/run/lmtp"), null);
  const listeners = [SMTP, { ...SMTP, url: "smtp://[::1]:1025" }, { ...LMTP, url: "lmtp+unix:/run/lmtp" }];
  assert.deepEqual(listenersOf({ name: "", version: "", listeners }).map(({ url }) => url), [SMTP.url]);
  assert.deepEqual(listenersOf(null), []);
});

const FIXED = new Set(["compose", "github", "pytest"]);

for (const tls of ["none", "starttls", "implicit"]) {
  for (const auth of ["optional", "required"]) {
    test(`every snippet tells the port, and the login where one is needed: tls ${tls}, auth ${auth}`, () => {
      const wanted = target({ url: "smtp://127.0.0.1:2626", tls, auth });
      for (const [, all] of groupsFor(wanted)) {
        for (const { id, code } of all) {
          const text = code(wanted);
          assert.doesNotMatch(text, /undefined|\[object|false\n|NaN/, id);
          if (FIXED.has(id)) continue;
          if (id !== "send") assert.match(text, /2626/, id);
          if (auth === "required" && !["send", "postfix"].includes(id)) assert.match(text, /\bapp\b/, id);
        }
      }
    });
  }
}

test("the ids of snippets are their own", () => {
  const ids = groupsFor(target({})).flatMap(([, all]) => all.map(({ id }) => id));
  assert.equal(new Set(ids).size, ids.length);
});

test("for LMTP there is only what speaks it", () => {
  const wanted = targetOf(LMTP, null, "h", URL);
  const all = groupsFor(wanted).flatMap(([, some]) => some);
  assert.deepEqual(all.map(({ id }) => id), ["smtplib", "swaks", "postfix"]);
  assert.match(snippetOf(groupsFor(wanted), "django")?.code(wanted) ?? "", /smtplib\.LMTP\("127\.0\.0\.1", 24\)/);
});

test("Django has both styles", () => {
  const groups = groupsFor(target({}));
  const told = (/** @type {string} */ id) => snippetOf(groups, id)?.code(target({ tls: "starttls" })) ?? "";
  assert.match(told("django"), /MAILERS = \{[^]*"use_tls": True/);
  assert.match(told("django-6.0"), /EMAIL_HOST = [^]*EMAIL_USE_TLS = True/);
});

test("colours leave the code as it is", () => {
  const code = "a = \"x # no\"  # yes\nb = 'y' // z\n";
  for (const file of ["a.py", "a.js", "shell"]) assert.equal(painted(code, file).map(({ text }) => text).join(""), code);
  assert.deepEqual(painted(code, "a.py").filter(({ kind }) => kind === "comment").map(({ text }) => text), ["# yes"]);
  assert.deepEqual(painted("see http://x // y", "a.js").filter(({ kind }) => kind).map(({ text }) => text), ["// y"]);
});

test("it is bare where there is no mail, no search and nothing open", () => {
  const loaded = { ...FIRST, list: { ...FIRST.list, loaded: true } };
  assert.equal(isBare(FIRST), false);
  assert.equal(isBare(loaded), true);
  assert.equal(isBare({ ...loaded, list: { ...loaded.list, total: 1 } }), false);
  assert.equal(isBare({ ...loaded, app: { ...loaded.app, route: { ...loaded.app.route, id: "x" } } }), false);
});

test("a dialogue that was fetched takes the place of its row, and adds none", () => {
  const session = { id: "s1", messages: 0 };
  const state = { ...FIRST, log: { ...FIRST.log, sessions: { ...FIRST.log.sessions, rows: [session] } } };
  const told = reduce(state, { type: "session.told", session: { ...session, transcript: [] } });
  assert.deepEqual(told.log.sessions.rows, [{ ...session, transcript: [] }]);
  assert.deepEqual(reduce(FIRST, { type: "session.told", session }).log.sessions.rows, []);
});
