// @ts-check
/**
 * mailtrap for tests in JavaScript: inboxes, waits, faults; fixtures for Playwright, commands for Cypress, matchers for
 * Vitest and Jest. One file without dependencies, for Node 18 and later and for browsers. Times are milliseconds.
 *
 * @import * as T from "./mailtrap.d.ts"
 */

/** What the server lets one request wait; a longer wait is asked for again. */
const LONGEST = 60_000;
/** Beyond the promised time after which the server counts as gone. */
const MARGIN = 15_000;
const TIMEOUT = 10_000;
/** How long transactions that are under way may take to end. */
const SETTLING = 5_000;
/** Exceptions that a cursor may have. */
const EXCEPTIONS = 500;
/** What Node has: `process`, `Buffer`; and what is not everywhere yet. @type {any} */
const { process, Buffer, Symbol: { asyncDispose: DISPOSE = Symbol.for("asyncDispose") } } = globalThis;

const CRITERIA = [
  "rcpt", "to", "from", "mail_from", "cc", "bcc", "reply_to", "subject", "body", "text", "html", "header",
  "message_id", "has", "is", "filename", "link", "code", "list", "tag", "in", "auth", "helo", "ip", "session",
  "listener", "reply", "fault", "finding", "query",
]; // prettier-ignore

/** The server refused, or answered what it should not. */
export class MailtrapError extends Error {
  /** @param {string} text @param {number} [status] */
  constructor(text, status) {
    super(text);
    this.name = new.target.name;
    this.status = status;
  }
}

/** Nothing answers, or not in time. */
export class MailtrapUnavailable extends MailtrapError {}

/** Mail is not as it was expected; the text is the server's whole story. */
export class MailAssertionError extends Error {
  /** @param {string} text @param {string} reason @param {unknown} [body] */
  constructor(text, reason, body) {
    super(text);
    this.name = new.target.name;
    this.reason = reason;
    // Not enumerable: else Node prints all of it behind the story.
    Object.defineProperty(this, "body", { value: body });
  }
}
export class NoMessage extends MailAssertionError {}
export class TooManyMessages extends MailAssertionError {}
export class UnexpectedMessage extends MailAssertionError {}
export class NoSuchLink extends MailAssertionError {}
export class NoSuchCode extends MailAssertionError {}
export class NoSuchAttachment extends MailAssertionError {}

/** @type {[string, typeof MailAssertionError][]} */
const FAILURES = [["no-", NoMessage], ["too-many-", TooManyMessages], ["not-quiet", TooManyMessages], ["unexpected-", UnexpectedMessage]];

/** A server. Without a URL it is `MAILTRAP_URL`, else the one on this machine. */
export class Client {
  #headers;
  #fetch;

  /** @param {string | T.ClientOptions} [url] @param {T.ClientOptions} [options] */
  constructor(url, options = {}) {
    const given = typeof url === "object" ? url : { ...options, url };
    const parsed = new URL(given.url || env("MAILTRAP_URL") || "http://127.0.0.1:8025");
    const password = given.password ?? (decodeURIComponent(parsed.password) || env("MAILTRAP_HTTP_PASSWORD"));
    this.#headers = authorization(given.token ?? env("MAILTRAP_TOKEN"), password);
    this.#fetch = given.fetch ?? ((/** @type {string} */ at, /** @type {RequestInit} */ init) => fetch(at, init));
    this.timeout = given.timeout ?? TIMEOUT;
    this.url = `${parsed.origin}${parsed.pathname.replace(/\/$/, "")}`;
  }

  /** Opens an inbox, a fresh one or one by name. @param {string | T.InboxOptions} [name] @param {T.InboxOptions} [options] */
  async inbox(name, options = {}) {
    return new Inbox(this, await this.ask(opening(name, options)));
  }

  /** @param {string} id */
  async message(id) {
    return new Message(this, await this.ask({ path: `/api/messages/${encodeURIComponent(id)}` }));
  }

  /** What a search finds, newest first. @param {string} query @param {{limit?: number}} [options] */
  async search(query, { limit = 50 } = {}) {
    const { messages } = await this.ask({ path: "/api/messages", query: [["q", query], ["limit", `${limit}`]] });
    return Promise.all(messages.map((/** @type {T.MessageData} */ row) => this.message(row.id)));
  }

  info() {
    return this.ask({ path: "/api/info" });
  }

  /** All fault rules. @returns {Promise<T.FaultData[]>} */
  async faults() {
    return (await this.ask({ path: "/api/faults" })).faults;
  }

  /** Has expectations judged; fails with the stories of those that are not met. @param {T.Expectation[]} expectations @param {T.ExpectOptions} [options] */
  async expect(expectations, options = {}) {
    const body = { ...options, expectations: expectations.map(expectation) };
    const told = await this.ask({ method: "POST", path: "/api/expect", body, patience: 10 * LONGEST });
    const failed = told.results.filter((/** @type {T.Expected} */ one) => !one.ok);
    const story = failed.map((/** @type {T.Expected} */ one) => one.story).join("\n\n");
    if (failed.length) throw new MailAssertionError(story, failed[0].reason, told);
    return told;
  }

  /** Waits until the server is ready. @param {number} [timeout] */
  async ready(timeout = 30_000) {
    for (const until = Date.now() + timeout; ; await new Promise((done) => setTimeout(done, 50))) {
      try {
        return void (await this.octets("/readyz"));
      } catch (error) {
        if (Date.now() >= until) throw error;
      }
    }
  }

  /** The JSON that answers a call. @param {T.Call} call @param {AbortSignal} [signal] @returns {Promise<any>} */
  async ask(call, signal) {
    const response = await this.#send(call, signal);
    return reading(this.url, response.status, await response.text());
  }

  /** What is at a path, as it is. @param {string} path */
  async octets(path) {
    const response = await this.#send({ path });
    if (response.status >= 400) reading(this.url, response.status, await response.text());
    return new Uint8Array(await response.arrayBuffer());
  }

  /** @param {T.Call} call @param {AbortSignal} [signal] @returns {Promise<Response>} */
  async #send(call, signal) {
    const ending = new AbortController();
    const end = () => ending.abort();
    const patience = setTimeout(end, call.patience ?? MARGIN);
    signal?.addEventListener("abort", end);
    try {
      signal?.throwIfAborted();
      return await this.#fetch(address(this.url, call), { ...request(call, this.#headers), signal: ending.signal });
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      throw new MailtrapUnavailable(`cannot reach ${this.url}: ${cause(error)}; start it with \`mailtrap serve\`, or set MAILTRAP_URL`);
    } finally {
      clearTimeout(patience);
      signal?.removeEventListener("abort", end);
    }
  }
}

/** A place for mail that meets no other. What was given once is not given again: `cursor` remembers. */
export class Inbox {
  #opened;

  /** @param {Client} client @param {T.InboxData} data */
  constructor(client, data) {
    this.client = client;
    this.name = data.name;
    this.address = data.address;
    this.smtp = data.smtp;
    this.url = data.url;
    this.cursor = this.#opened = data.cursor;
  }

  /** Another address of this inbox. @param {string} [label] */
  newAddress(label = Math.random().toString(36).slice(2, 10)) {
    const at = this.address.lastIndexOf("@");
    return `${this.address.slice(0, at)}.${label}${this.address.slice(at)}`;
  }

  /** The one message that matches. Mail that came before the call counts too. @param {T.Match} [match] @param {T.WaitOptions} [options] */
  async wait(match, options = {}) {
    const [message] = await this.#messages(match, options.latest ? [["latest", "1"]] : [], options);
    return /** @type {Message} */ (message);
  }

  /** So many messages, the oldest first. @param {number} count @param {T.Match} [match] @param {T.WaitAllOptions} [options] */
  waitAll(count, match, options = {}) {
    return this.#messages(match, [[options.atLeast ? "at_least" : "count", `${count}`]], options);
  }

  /** No message that matches: by when all that is under way has ended, or `within` so long. @param {T.Match} [match] @param {T.NoneOptions} [options] */
  async expectNone(match, { within, drain, signal } = {}) {
    const query = [["none", "1"], ...duration("within", within), ...(drain ? [["drain", "1"]] : [])];
    await this.#wait(match, query, { timeout: LONGEST, signal }, within);
  }

  /** Does something and gives the one message that came of it. @param {T.Match} match @param {() => unknown} action @param {T.WaitOptions} [options] */
  async expecting(match, action, options = {}) {
    const { cursor } = await this.client.ask(new Wait(this, {}, [["none", "1"], ["drain", "0"]], { after: "now", timeout: 0 }).next());
    await action();
    return this.wait(match, { after: cursor, ...options });
  }

  /** All messages since it was opened, those that were given too. @param {T.Match} [match] */
  async messages(match) {
    const told = await this.#all(match, [["detail", "1"]]);
    return told.messages.map((/** @type {T.MessageData} */ one) => new Message(this.client, one));
  }

  /** What was tried since it was opened, refused or not, the oldest first. @param {T.Match} [match] @returns {Promise<T.Attempt[]>} */
  async attempts(match) {
    // An attempt is stored when its transaction has ended: a moment after the reply that the app saw.
    await this.client.ask(new Wait(this, { session: "none" }, [["none", "1"], ["drain", "1"]], { timeout: SETTLING }).next());
    return (await this.#all(match, [["of", "attempts"]])).attempts.map(attempt);
  }

  /** The same, as soon as there are so many. @param {number} count @param {T.Match} [match] @param {T.WaitAllOptions} [options] @returns {Promise<T.Attempt[]>} */
  async waitAttempts(count, match, options = {}) {
    const query = [["of", "attempts"], [options.atLeast ? "at_least" : "count", `${count}`]];
    const told = await this.#wait(match, query, { after: this.#opened, ...options });
    return told.attempts.map(attempt);
  }

  /** The SMTP sessions that touched it, newest first. @returns {Promise<T.SessionData[]>} */
  async sessions() {
    return (await this.client.ask({ path: "/api/sessions", query: [["inbox", this.name], ["limit", "1000"]] })).sessions;
  }

  /** Has its mail fail; with an action only while that runs. @param {T.FaultOptions} [options] @param {() => unknown} [action] */
  async fault(options = {}, action) {
    const fault = new Fault(this.client, await this.client.ask(rule(this.name, options)));
    if (!action) return fault;
    try {
      await action();
    } finally {
      await fault.remove();
    }
    return fault;
  }

  /** Deletes its messages. */
  async clear() {
    await this.client.ask({ method: "DELETE", path: "/api/messages", query: [["inbox", this.name]] });
  }

  /** Removes it, and all in it. */
  async close() {
    await this.client.ask({ method: "DELETE", path: `/api/inboxes/${encodeURIComponent(this.name)}` });
  }

  /** @param {T.Match | undefined} match @param {string[][]} query @param {T.WaitOptions} options */
  async #messages(match, query, options) {
    const wanted = [...query, ["detail", "1"], ...duration("quiet", options.quiet)];
    const told = await this.#wait(match, wanted, options, options.quiet);
    return /** @type {Message[]} */ (told.messages.map((/** @type {T.MessageData} */ one) => new Message(this.client, one)));
  }

  /** @param {T.Match | undefined} match @param {string[][]} query @param {T.WaitOptions} options @param {number} [longer] */
  async #wait(match, query, options, longer = 0) {
    const wait = new Wait(this, match, query, { timeout: this.client.timeout, ...options }, longer);
    for (;;) {
      const answer = wait.take(await this.client.ask(wait.next(), options.signal));
      if (answer) return answer;
    }
  }

  /** @param {T.Match | undefined} match @param {string[][]} query */
  async #all(match, query) {
    const options = { after: this.#opened, timeout: 0 };
    const told = await this.client.ask(new Wait(this, match, [["at_least", "1"], ...query], options).next());
    return told.ok ? told : { messages: [], attempts: [] };
  }
}

/** A wait, whoever sends its requests: what to ask next, and what an answer means. */
class Wait {
  #inbox;
  #query;
  #after;
  #timeout;
  #longer;
  /** @type {number | undefined} */
  #until;
  #last = true;

  /** @param {Inbox} inbox @param {T.Match | undefined} match @param {string[][]} query @param {T.WaitOptions} options */
  constructor(inbox, match, query, options, longer = 0) {
    this.#inbox = inbox;
    this.#query = [...criteria(match), ["inbox", inbox.name], ...query, ["on_timeout", "empty"]];
    this.#after = options.after ?? inbox.cursor;
    this.#timeout = options.timeout ?? TIMEOUT;
    this.#longer = longer;
  }

  /** @returns {T.Call} */
  next() {
    const now = Date.now();
    this.#until ??= now + this.#timeout;
    const left = Math.max(this.#until - now, 0);
    const piece = Math.min(left, LONGEST);
    this.#last = left <= LONGEST;
    const query = [...this.#query, ["after", this.#after], ...duration("timeout", piece)];
    return { path: "/api/wait", query, patience: piece + this.#longer + MARGIN };
  }

  /** The answer, or nothing where it has to be asked again; throws what failed. @param {any} answer */
  take(answer) {
    if (answer.ok) {
      const given = answer.messages.map((/** @type {T.MessageData} */ one) => one.seq);
      this.#inbox.cursor = plus(this.#inbox.cursor, given);
      return answer;
    }
    if (this.#last || !answer.reason.startsWith("no-")) throw failure(answer);
    this.#after = answer.cursor;
    return undefined;
  }
}

/** A message with all that is in it. */
export class Message {
  #client;

  /** @param {Client} client @param {T.MessageData} data */
  constructor(client, data) {
    this.#client = client;
    this.data = data;
    this.id = data.id;
    this.seq = data.seq;
    this.subject = data.subject;
    this.sender = data.from[0] ?? { name: "", address: data.envelope.mail_from };
    this.from = data.from;
    this.to = data.to;
    this.cc = data.cc;
    this.envelope = { mailFrom: data.envelope.mail_from, rcptTo: data.envelope.rcpt_to };
    this.headers = data.headers;
    this.text = data.text ?? "";
    this.html = data.html ?? "";
    this.links = data.links;
    this.codes = data.codes;
    this.attachments = data.attachments.map((one) => attachment(client, one));
    this.receivedAt = new Date(data.received_at);
    this.date = data.date ? new Date(data.date) : null;
    this.size = data.size;
    this.url = `${client.url}/m/${data.id}`;
  }

  /** The first header field with this name. @param {string} name */
  header(name) {
    return this.headers.find((one) => one.name.toLowerCase() === name.toLowerCase())?.value;
  }

  /** The one link that is meant: by a part of its address, by its text. @param {string | RegExp | T.LinkFilter} [wanted] @returns {string} */
  link(wanted = {}) {
    const filter = typeof wanted === "string" ? { contains: wanted } : isRegExp(wanted) ? { pattern: wanted } : wanted;
    const meant = this.links.filter((one) => isMeant(one, filter));
    const followed = meant.filter((one) => one.kind === "link");
    const hrefs = (followed.length || !Object.keys(filter).length ? followed : meant).map((one) => one.href);
    const told = this.links.map((one) => `${one.href}${one.text && ` (${one.text})`}`);
    return only("link", hrefs, told, NoSuchLink, this, filter);
  }

  /** The one-time code in it, of those that are as a whole like this. @param {string | RegExp} [pattern] @returns {string} */
  code(pattern = "") {
    const whole = new RegExp(`^(?:${isRegExp(pattern) ? pattern.source : pattern || ".*"})$`, isRegExp(pattern) ? pattern.flags : "");
    const fitting = this.codes.filter((one) => whole.test(one.value));
    const best = fitting.filter((one) => one.score === fitting[0]?.score).map((one) => one.value);
    return only("code", best, this.codes.map((one) => `${one.value} (${one.context})`), NoSuchCode, this, pattern ? { pattern } : {});
  }

  /** The one attachment with this name; `*` stands for anything. @param {string} [name] @param {{contentType?: string}} [filter] */
  attachment(name = "*", { contentType } = {}) {
    const fitting = this.attachments.filter((one) => glob(name).test(one.filename) && (!contentType || one.contentType === contentType));
    const wanted = { ...(name === "*" ? {} : { name }), ...(contentType ? { contentType } : {}) };
    const told = this.attachments.map((one) => `${one.filename} (${one.contentType})`);
    const which = only("attachment", fitting.map((_, at) => `${at}`), told, NoSuchAttachment, this, wanted);
    return /** @type {T.Attachment} */ (fitting[Number(which)]);
  }

  /** Its octets, exactly as they were sent. */
  raw() {
    return this.#client.octets(`/api/messages/${encodeURIComponent(this.id)}/raw`);
  }

  /** Shows it in a page of Playwright. @param {T.PageLike} page */
  async open(page) {
    await page.goto(`${this.#client.url}/api/messages/${encodeURIComponent(this.id)}/${this.html ? "html" : "text"}`);
  }
}

/** A fault rule that was set. */
export class Fault {
  #client;

  /** @param {Client} client @param {T.FaultData} data */
  constructor(client, data) {
    this.#client = client;
    this.name = data.name;
  }

  get #path() {
    return `/api/faults/${encodeURIComponent(this.name)}`;
  }

  /** How often it acted. @returns {Promise<number>} */
  async hits() {
    return (await this.#client.ask({ path: this.#path })).acted;
  }

  /** Removes it; one that is gone already is no error. */
  async remove() {
    await this.#client.ask({ method: "DELETE", path: this.#path }).catch((error) => {
      if (error.status !== 404) throw error;
    });
  }

  /** For `await using`. */
  async [DISPOSE]() {
    await this.remove();
  }
}

// ---- Playwright

/**
 * Fixtures for `test.extend(mail())`: `mailServer` for each worker, a fresh `inbox` for each test. After a failure the
 * mail is attached to the report and the inbox is kept.
 * @param {T.MailOptions} [options]
 * @returns {T.MailFixtures}
 */
export function mail(options = {}) {
  return {
    mailServer: [
      // Playwright reads the names in the first argument's braces.
      async ({}, use) => {
        const client = new Client(options);
        await client.ready();
        await use(client);
      },
      { scope: "worker" },
    ],
    inbox: async ({ mailServer }, use, info) => {
      const words = info.title.toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 30).replace(/^-|-$/g, "");
      const name = `${words || "t"}-${info.parallelIndex}-${info.testId.slice(-12).replace(/\W/g, "")}${info.retry ? `-r${info.retry}` : ""}`;
      const inbox = await mailServer.inbox(name, { listen: options.listen });
      await use(inbox);
      if (info.status === info.expectedStatus) await inbox.close();
      else await attach(inbox, info);
    },
  };
}

/**
 * Puts a code in as a person pastes it: one paste event, which forms with a box for each digit know. Where nobody
 * takes it, the code is written into the field.
 * @param {T.LocatorLike} locator
 * @param {string} code
 */
export async function pasteOtp(locator, code) {
  await locator.evaluate((/** @type {HTMLElement} */ field, /** @type {string} */ text) => {
    field.focus();
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    const paste = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    if (field.dispatchEvent(paste)) document.execCommand("insertText", false, text);
  }, code);
}

/** @param {T.Inbox} inbox @param {T.TestInfoLike} info */
async function attach(inbox, info) {
  const messages = await inbox.messages();
  const rows = messages.map((one) => [one.receivedAt.toISOString(), one.sender.address, one.envelope.rcptTo.join(", "), one.subject, one.url]);
  const body = [`${inbox.url}: ${messages.length} message(s)`, ...rows.map((row) => row.join("  "))].join("\n");
  await info.attach("mail.txt", { body, contentType: "text/plain" });
  for (const [at, message] of messages.slice(0, 20).entries()) {
    await info.attach(`mail-${at + 1}.eml`, { body: Buffer.from(await message.raw()), contentType: "message/rfc822" });
    if (message.html) await info.attach(`mail-${at + 1}.html`, { body: message.html, contentType: "text/html" });
  }
}

// ---- Vitest, Jest

/** For `expect.extend(matchers)`. @type {T.Matchers} */
export const matchers = {
  async toHaveReceived(inbox, match, options = {}) {
    try {
      await (this.isNot ? inbox.expectNone(match, options) : inbox.wait(match, options));
    } catch (error) {
      if (!(error instanceof MailAssertionError)) throw error;
      return { pass: !!this.isNot, message: () => error.message };
    }
    return { pass: !this.isNot, message: () => "the mail is as it was expected" };
  },
};

// ---- Cypress

/**
 * Adds `cy.inbox`, `cy.mailWait`, `cy.mailWaitAll`, `cy.mailNone`, `cy.mailAttempts` and `cy.mailFault`, which ask by
 * `cy.request`: no plugin, no task. The server is `MAILTRAP_URL` of Cypress (`expose` or `env`), or that of the options.
 * @param {T.CypressLike} Cypress
 * @param {T.CyLike} cy
 * @param {T.ClientOptions} [options]
 */
export function registerCypress(Cypress, cy, options = {}) {
  const named = options.url ?? Cypress.expose?.("MAILTRAP_URL") ?? Cypress.env?.("MAILTRAP_URL");
  const client = new Client({ ...options, url: named || undefined });
  const headers = authorization(options.token, options.password);
  const ask = (/** @type {T.Call} */ call) => {
    const sent = { ...request(call, headers), url: address(client.url, call), timeout: call.patience ?? MARGIN };
    return cy
      .request({ ...sent, failOnStatusCode: false, log: false })
      .then((/** @type {{status: number, body: unknown}} */ told) => reading(client.url, told.status, told.body));
  };
  /** @param {Wait} wait @returns {T.Chainable} */
  const until = (wait) => ask(wait.next()).then((/** @type {unknown} */ answer) => wait.take(answer) ?? until(wait));
  /** @type {(inbox: Inbox, match: T.Match | undefined, query: string[][], options?: T.WaitAllOptions & T.NoneOptions) => T.Chainable} */
  const wait = (inbox, match, query, given = {}) => {
    const spans = [...duration("quiet", given.quiet), ...duration("within", given.within)];
    const longer = (given.quiet ?? 0) + (given.within ?? 0);
    return until(new Wait(inbox, match, [...query, ...spans], { timeout: client.timeout, ...given }, longer));
  };
  const messages = (/** @type {any} */ answer) => answer.messages.map((/** @type {T.MessageData} */ one) => new Message(client, one));
  const amount = (/** @type {number} */ count, /** @type {T.WaitAllOptions} */ { atLeast } = {}) => [[atLeast ? "at_least" : "count", `${count}`]];

  /** @type {Record<string, (...given: any[]) => T.Chainable>} */
  const commands = {
    inbox: (name, given) => ask(opening(name, given)).then((/** @type {T.InboxData} */ data) => new Inbox(client, data)),
    mailWait: (inbox, match, given) =>
      wait(inbox, match, [["detail", "1"], ...(given?.latest ? [["latest", "1"]] : [])], given).then((/** @type {any} */ answer) => messages(answer)[0]),
    mailWaitAll: (inbox, count, match, given) => wait(inbox, match, [["detail", "1"], ...amount(count, given)], given).then(messages),
    mailNone: (inbox, match, given) => wait(inbox, match, [["none", "1"]], { timeout: LONGEST, ...given }),
    mailAttempts: (inbox, count, match, given) =>
      wait(inbox, match, [["of", "attempts"], ...amount(count, given)], given).then((/** @type {any} */ answer) => answer.attempts.map(attempt)),
    mailFault: (inbox, given) => ask(rule(inbox.name, given ?? {})),
  };
  for (const [name, command] of Object.entries(commands)) Cypress.Commands.add(name, command);
}

// ---- Requests and answers

/** @param {string | T.InboxOptions} [name] @param {T.InboxOptions} [options] @returns {T.Call} */
function opening(name, options = {}) {
  const { ttl, ...body } = typeof name === "object" ? name : { ...options, name };
  return { method: "POST", path: "/api/inboxes", body: ttl === undefined ? body : { ...body, ttl: `${ttl}ms` } };
}

/** A fault rule for an inbox. @param {string} inbox @param {T.FaultOptions} options @returns {T.Call} */
function rule(inbox, { stage = "rcpt", reply, delay, drop, rcpt, mailFrom, when, ...more }) {
  const answer = reply ?? (drop ? undefined : delay ? "reply" : 451);
  const acts = [delay && `delay ${delay}ms`, answer && `${answer}`, drop && "close"].filter(Boolean);
  const about = { ...(rcpt && { rcpt }), ...(mailFrom && { mail_from: mailFrom }), ...when };
  return { method: "POST", path: "/api/faults", body: { on: stage, do: acts, when: about, inbox, ...more } };
}

/** @param {T.Expectation} one */
function expectation({ match, atLeast, ...rest }) {
  /** @type {Record<string, string[]>} */
  const table = {};
  for (const [name, value] of criteria(match)) (table[name] ??= []).push(value);
  return { match: table, ...(atLeast && { at_least: atLeast }), ...rest };
}

/** @param {string} url @param {T.Call} call */
function address(url, { path, query }) {
  return `${url}${path}${query ? `?${new URLSearchParams(query)}` : ""}`;
}

/** @param {T.Call} call @param {Record<string, string>} headers */
function request({ method = "GET", body }, headers) {
  if (body === undefined) return { method, headers };
  return { method, headers: { ...headers, "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

/** @param {string | undefined} token @param {string | undefined} password @returns {Record<string, string>} */
function authorization(token, password) {
  const value = token ? `Bearer ${token}` : password && `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(`:${password}`)))}`;
  return { Accept: "application/json", ...(value && { Authorization: value }) };
}

/** The JSON of an answer; throws what it refuses. @param {string} url @param {number} status @param {unknown} body @returns {any} */
function reading(url, status, body) {
  let told = body;
  try {
    if (typeof body === "string" && body) told = JSON.parse(body);
  } catch {
    if (status < 400) throw new MailtrapError(`${url} answers, but not as mailtrap does (no JSON)`, status);
  }
  if (status < 400) return told;
  const { detail = `the server answers ${status}` } = /** @type {{detail?: string}} */ (typeof told === "object" ? told ?? {} : {});
  const Kind = status >= 500 ? MailtrapUnavailable : MailtrapError;
  throw new Kind(status === 401 ? `${detail} (set MAILTRAP_HTTP_PASSWORD or MAILTRAP_TOKEN)` : detail, status);
}

/** What is thrown for a wait that failed. @param {any} answer */
function failure(answer) {
  const [, Kind = MailAssertionError] = FAILURES.find(([start]) => answer.reason.startsWith(start)) ?? [];
  return new Kind(answer.story, answer.reason, answer);
}

/** A cursor that has these as well. @param {string} cursor @param {number[]} seqs */
function plus(cursor, seqs) {
  const [base = 0, ...given] = cursor.split("~").map(Number);
  const all = [...new Set([...given, ...seqs])].filter((seq) => seq > base).sort((one, other) => one - other);
  return all.length > EXCEPTIONS ? `${all.at(-1)}` : [base, ...all].join("~");
}

/** Criteria as the server's parameters. @param {T.Match} [match] @returns {[string, string][]} */
function criteria(match = {}) {
  return Object.entries(match).flatMap(([name, value]) => {
    const known = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    if (!CRITERIA.includes(known)) throw new TypeError(`there is no criterion ${name}; ${suggestion(known)}`);
    return values(known, value).map((one) => /** @type {[string, string]} */ ([known, one]));
  });
}

/** @param {string} name @param {unknown} value @returns {string[]} */
function values(name, value) {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((one) => values(name, one));
  if (isRegExp(value)) return [`/${value.source}/`];
  if (name === "header" && typeof value === "object" && value) {
    return Object.entries(value).flatMap(([field, one]) => values(field, one).map((text) => `${field}: ${text}`));
  }
  if (typeof value !== "string" && typeof value !== "number") throw new TypeError(`${name}: a string, a RegExp or an array of them is expected, not ${value}`);
  return [`${value}`];
}

/** @param {string} name */
function suggestion(name) {
  const letters = (/** @type {string} */ text) => [...text].sort().join("");
  const close = CRITERIA.find((one) => letters(one) === letters(name) || one.startsWith(name) || name.startsWith(one));
  return close ? `did you mean ${close}?` : `there are: ${CRITERIA.join(", ")}`;
}

/** Whatever realm it is from. @param {unknown} value @returns {value is RegExp} */
function isRegExp(value) {
  return Object.prototype.toString.call(value) === "[object RegExp]";
}

/** @param {string} name @param {number} [milliseconds] @returns {string[][]} */
function duration(name, milliseconds) {
  return milliseconds === undefined ? [] : [[name, `${milliseconds}ms`]];
}

/** @param {any} row @returns {T.Attempt} */
function attempt(row) {
  const refused = row.recipients.find((/** @type {any} */ one) => !one.accepted);
  const reply = refused?.reply ?? row.recipients.find((/** @type {any} */ one) => one.final)?.final ?? row.reply ?? "";
  return { ...row, reply, code: Number.parseInt(reply, 10) || 0 };
}

/** The path below a server's URL that a link of its answers leads to. @param {string} url @param {string} path */
function below(url, path) {
  const prefix = new URL(url).pathname.replace(/\/$/, "");
  return path.startsWith(`${prefix}/api/`) ? path.slice(prefix.length) : path;
}

/** @param {Client} client @param {T.AttachmentData} data @returns {T.Attachment} */
function attachment(client, data) {
  const path = below(client.url, data.url);
  const bytes = () => client.octets(path);
  const told = { number: data.number, filename: data.filename ?? "", contentType: data.content_type, size: data.size, url: `${client.url}${path}` };
  return { ...told, bytes, text: async () => new TextDecoder().decode(await bytes()) };
}

/** @param {T.Link} link @param {T.LinkFilter} filter */
function isMeant(link, { contains, text, pattern }) {
  const isText = text === undefined || (isRegExp(text) ? text.test(link.text) : link.text.toLowerCase().includes(text.toLowerCase()));
  return isText && (!contains || link.href.includes(contains)) && (!pattern || new RegExp(pattern).test(link.href));
}

/** @param {string} pattern */
function glob(pattern) {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "is");
}

/**
 * The only one; throws where there is none, or more than one.
 * @param {string} what @param {string[]} found @param {string[]} there @param {typeof MailAssertionError} Kind
 * @param {Message} message @param {object} wanted
 */
function only(what, found, there, Kind, message, wanted) {
  const different = [...new Set(found)];
  if (different.length === 1) return /** @type {string} */ (different[0]);
  const told = Object.entries(wanted).map(([name, value]) => `${name} ${value}`).join(", ");
  const count = different.length ? `${different.length} ${what}s` : `no ${what}`;
  const has = there.length ? `it has:\n  ${there.join("\n  ")}` : `it has no ${what} at all`;
  const text = `the message "${message.subject}" has ${count}${told && ` with ${told}`}; ${has}\n\n${message.url}`;
  throw new Kind(text, different.length ? `many-${what}s` : `no-${what}`);
}

/** @param {any} error */
function cause(error) {
  return error.name === "AbortError" ? "no answer in time" : (error.cause?.message || error.cause?.code || error.message);
}

/** @param {string} name @returns {string | undefined} */
function env(name) {
  return process?.env?.[name];
}
