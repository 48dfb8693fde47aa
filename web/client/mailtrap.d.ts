/** mailtrap for tests in JavaScript. Times are milliseconds. */

export interface ClientOptions {
  /** The server; else `MAILTRAP_URL`, else `http://127.0.0.1:8025`. */
  url?: string;
  token?: string;
  password?: string;
  /** How long a wait lasts where it says nothing itself: 10 000. */
  timeout?: number;
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

export interface InboxOptions {
  name?: string;
  /** How the name that is made up begins. */
  prefix?: string;
  /** A port of its own: all that comes there is in it. */
  listen?: boolean;
  /** It goes, and all in it, after so long. */
  ttl?: number;
  match?: Record<string, unknown>;
  max_messages?: number;
}

type Text = string | RegExp | (string | RegExp)[];

/**
 * Which mail is meant; all that is given must hold. Addresses and names are compared whole, with `*` as a glob, texts
 * are looked for as a part, a RegExp anywhere; never with regard to case.
 */
export interface Match {
  rcpt?: Text;
  to?: Text;
  from?: Text;
  mailFrom?: Text;
  cc?: Text;
  bcc?: Text;
  replyTo?: Text;
  subject?: Text;
  body?: Text;
  text?: Text;
  html?: Text;
  header?: Text | Record<string, Text>;
  messageId?: Text;
  has?: Text;
  is?: Text;
  filename?: Text;
  link?: Text;
  code?: Text | number;
  list?: Text;
  tag?: Text;
  in?: Text;
  auth?: Text;
  helo?: Text;
  ip?: Text;
  session?: Text;
  listener?: Text;
  reply?: Text | number;
  fault?: Text;
  finding?: Text;
  query?: string | string[];
}

export interface WaitOptions {
  timeout?: number;
  /** One or more; the newest is given. */
  latest?: boolean;
  /** Afterwards no more of it for so long. */
  quiet?: number;
  /** A cursor, `now` or `start`; else that of the inbox. */
  after?: string;
  signal?: AbortSignal;
}

export interface WaitAllOptions extends WaitOptions {
  atLeast?: boolean;
}

export interface NoneOptions {
  /** None for so long; else only until all that is under way has ended. */
  within?: number;
  drain?: boolean;
  signal?: AbortSignal;
}

export interface FaultOptions {
  /** `rcpt` where nothing is said. */
  stage?: string | string[];
  /** A code, or a whole line such as `451 4.7.1 Try later`. */
  reply?: string | number;
  times?: number;
  rcpt?: string;
  mailFrom?: string;
  /** The reply comes so much later. */
  delay?: number;
  /** The connection is closed. */
  drop?: boolean;
  name?: string;
  when?: Record<string, string | number | boolean>;
  after?: number;
  every?: number;
  chance?: number;
  seed?: number;
  rate?: string;
  per?: string;
  expires?: string;
}

export interface Expectation {
  name?: string;
  match?: Match;
  count?: number;
  atLeast?: number;
  none?: boolean;
  /** Such as `2s`. */
  within?: string;
  quiet?: string;
  drain?: boolean;
  subject?: string;
  links?: string[];
  attachments?: string[];
  header?: Record<string, string | string[]>;
  order?: boolean;
  unique?: "message-id" | "content";
  attempts?: { codes?: number[]; gaps?: { min?: string; max?: string }; nothing_after_5xx?: boolean };
}

export interface ExpectOptions {
  inbox?: string;
  after?: string;
  within?: string;
}

export interface Expected {
  name: string;
  ok: boolean;
  reason: string | null;
  story: string;
}

export interface Address {
  name: string;
  address: string;
}

export interface Link {
  href: string;
  text: string;
  source: "html" | "text" | "header";
  kind: "link" | "image" | "unsubscribe" | "other";
  query: Record<string, string[]>;
}

export interface Code {
  value: string;
  source: string;
  context: string;
  score: number;
  reasons: string[];
}

export interface LinkFilter {
  /** Part of the address. */
  contains?: string;
  /** Part of the words that are shown. */
  text?: string | RegExp;
  pattern?: string | RegExp;
}

export interface Attachment {
  number: string;
  filename: string;
  contentType: string;
  size: number;
  url: string;
  bytes(): Promise<Uint8Array>;
  text(): Promise<string>;
}

/** One transaction tried; `code` is that of the reply that decided, 0 where the client left before it. */
export interface Attempt {
  id: string;
  seq: number;
  code: number;
  reply: string;
  verdict: string;
  stage: string;
  mail_from: string;
  recipients: { address: string; reply: string; accepted: boolean; final: string | null }[];
  session: string;
  started_at: string;
  ended_at: string;
  message: string | null;
  rules: string[];
}

export interface Smtp {
  host: string;
  port: number;
  username: string;
  password: string;
  url: string;
  security: "none" | "starttls" | "implicit";
}

export class MailtrapError extends Error {
  constructor(text: string, status?: number);
  status?: number;
}
export class MailtrapUnavailable extends MailtrapError {}

export class MailAssertionError extends Error {
  constructor(text: string, reason: string, body?: unknown);
  reason: string;
  /** All that the server said. */
  body: unknown;
}
export class NoMessage extends MailAssertionError {}
export class TooManyMessages extends MailAssertionError {}
export class UnexpectedMessage extends MailAssertionError {}
export class NoSuchLink extends MailAssertionError {}
export class NoSuchCode extends MailAssertionError {}
export class NoSuchAttachment extends MailAssertionError {}

export class Client {
  constructor(url?: string | ClientOptions, options?: ClientOptions);
  url: string;
  timeout: number;
  /** Opens an inbox: a fresh one, or one by name. */
  inbox(name?: string | InboxOptions, options?: InboxOptions): Promise<Inbox>;
  message(id: string): Promise<Message>;
  search(query: string, options?: { limit?: number }): Promise<Message[]>;
  info(): Promise<Record<string, unknown>>;
  faults(): Promise<FaultData[]>;
  /** Fails with the stories of what is not met. */
  expect(expectations: Expectation[], options?: ExpectOptions): Promise<{ ok: boolean; cursor: string; results: Expected[] }>;
  ready(timeout?: number): Promise<void>;
  /** The JSON that answers a call. */
  ask(call: Call, signal?: AbortSignal): Promise<any>;
  octets(path: string): Promise<Uint8Array>;
}

export class Inbox {
  constructor(client: Client, data: InboxData);
  client: Client;
  name: string;
  address: string;
  smtp: Smtp | null;
  url: string;
  /** What was given already is not given again. */
  cursor: string;
  newAddress(label?: string): string;
  /** The one message that matches: two are a failure too. Mail that came before the call counts. */
  wait(match?: Match, options?: WaitOptions): Promise<Message>;
  waitAll(count: number, match?: Match, options?: WaitAllOptions): Promise<Message[]>;
  expectNone(match?: Match, options?: NoneOptions): Promise<void>;
  /** Does something, and gives the one message that came of it. */
  expecting(match: Match, action: () => unknown, options?: WaitOptions): Promise<Message>;
  messages(match?: Match): Promise<Message[]>;
  attempts(match?: Match): Promise<Attempt[]>;
  waitAttempts(count: number, match?: Match, options?: WaitAllOptions): Promise<Attempt[]>;
  sessions(): Promise<SessionData[]>;
  /** Has its mail fail; with an action only while that runs. */
  fault(options?: FaultOptions, action?: () => unknown): Promise<Fault>;
  clear(): Promise<void>;
  close(): Promise<void>;
}

export class Message {
  constructor(client: Client, data: MessageData);
  data: MessageData;
  id: string;
  seq: number;
  subject: string;
  sender: Address;
  from: Address[];
  to: Address[];
  cc: Address[];
  envelope: { mailFrom: string; rcptTo: string[] };
  headers: { name: string; value: string }[];
  text: string;
  html: string;
  links: Link[];
  codes: Code[];
  attachments: Attachment[];
  receivedAt: Date;
  date: Date | null;
  size: number;
  url: string;
  header(name: string): string | undefined;
  /** The one link that is meant: by a part of its address, by its text. */
  link(wanted?: string | RegExp | LinkFilter): string;
  /** The best code, of those that are as a whole like this. */
  code(pattern?: string | RegExp): string;
  attachment(name?: string, filter?: { contentType?: string }): Attachment;
  raw(): Promise<Uint8Array>;
  open(page: PageLike): Promise<void>;
}

export class Fault {
  constructor(client: Client, data: FaultData);
  name: string;
  hits(): Promise<number>;
  remove(): Promise<void>;
}

export interface MailOptions extends ClientOptions {
  /** A port of its own for each test's inbox. */
  listen?: boolean;
}

/** In TypeScript: `test.extend<MailTest, MailWorker>(mail())`. */
export interface MailTest {
  inbox: Inbox;
}
export interface MailWorker {
  mailServer: Client;
}
export interface MailFixtures {
  mailServer: [(args: {}, use: (client: Client) => Promise<void>) => Promise<void>, { scope: "worker" }];
  inbox: (args: { mailServer: Client }, use: (inbox: Inbox) => Promise<void>, info: TestInfoLike) => Promise<void>;
}
export function mail(options?: MailOptions): MailFixtures;

/** Puts a code in as a person pastes it: also into forms with a box for each digit. */
export function pasteOtp(locator: LocatorLike, code: string): Promise<void>;

/** For `expect.extend(matchers)`. */
export const matchers: Matchers;
export type Matchers = {
  toHaveReceived(
    this: { isNot?: boolean },
    inbox: Inbox,
    match?: Match,
    options?: WaitOptions & NoneOptions,
  ): Promise<{ pass: boolean; message: () => string }>;
};

/** Adds `cy.inbox`, `cy.mailWait`, `cy.mailWaitAll`, `cy.mailNone`, `cy.mailAttempts` and `cy.mailFault`. */
export function registerCypress(Cypress: CypressLike, cy: CyLike, options?: ClientOptions): void;

// What is needed of others, so that none of them has to be installed.

export interface PageLike {
  goto(url: string): Promise<unknown>;
}
export interface LocatorLike {
  evaluate(run: (field: any, code: string) => unknown, code: string): Promise<unknown>;
}
export interface TestInfoLike {
  parallelIndex: number;
  testId: string;
  title: string;
  retry: number;
  status?: string;
  expectedStatus: string;
  attach(name: string, options: { body: any; contentType: string }): Promise<void>;
}
export interface CypressLike {
  Commands: { add(name: any, command: any): void };
  expose?(name: string): any;
  env?(name: string): any;
}
export interface CyLike {
  request(options: any): Chainable;
}
export interface Chainable {
  then(next: (value: any) => any): Chainable;
}

// The server's JSON, as far as it is used here.

export interface Call {
  path: string;
  method?: string;
  query?: string[][];
  body?: unknown;
  patience?: number;
}
export interface InboxData {
  name: string;
  address: string;
  cursor: string;
  smtp: Smtp | null;
  url: string;
}
export interface FaultData {
  name: string;
  acted: number;
  [more: string]: unknown;
}
export interface SessionData {
  id: string;
  peer: string;
  helo: string | null;
  [more: string]: unknown;
}
export interface AttachmentData {
  number: string;
  filename: string | null;
  content_type: string;
  size: number;
  url: string;
}
export interface MessageData {
  id: string;
  seq: number;
  received_at: string;
  size: number;
  subject: string;
  from: Address[];
  to: Address[];
  cc: Address[];
  date: string | null;
  envelope: { mail_from: string; rcpt_to: string[] };
  headers: { name: string; value: string }[];
  text: string | null;
  html: string | null;
  links: Link[];
  codes: Code[];
  attachments: AttachmentData[];
  [more: string]: unknown;
}
