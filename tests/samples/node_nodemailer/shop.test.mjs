import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { Client, NoMessage, NoSuchLink, TooManyMessages, UnexpectedMessage } from "./mailtrap.mjs";
import { openShop } from "./shop.mjs";

const mailtrap = new Client(); // of $MAILTRAP_URL
let shop, inbox;

before(async () => {
  const { smtp } = await mailtrap.inbox();
  shop = await openShop({ host: smtp.host, port: smtp.port });
});
after(() => shop.close());
beforeEach(async () => (inbox = await mailtrap.inbox()));
afterEach(() => inbox.close());

const post = (path, email) => fetch(`${shop.url}${path}`, { method: "POST", body: new URLSearchParams({ email }) });

test("who signs up gets a link that confirms", async () => {
  const mail = await inbox.expecting({ subject: /confirm/i }, () => post("/signup", inbox.address));
  assert.equal(mail.sender.address, "no-reply@shop.example.com");
  assert.deepEqual(mail.envelope.rcptTo, [inbox.address]);
  await fetch(mail.link("/confirm/"));
  assert.ok(shop.state.confirmed.has(Buffer.from(inbox.address).toString("base64url")));
});

test("a code that is sent again is another one", async () => {
  await post("/login", inbox.address);
  const first = (await inbox.wait({ subject: "code" })).code();
  await post("/login", inbox.address);
  const second = (await inbox.wait({ subject: "code" })).code(); // never the mail from before
  assert.match(second, /^\d{6}$/);
  assert.notEqual(second, first);
});

test("waits do not mind in which order mail comes", async () => {
  const both = Promise.all([inbox.wait({ subject: "Confirm" }), inbox.wait({ subject: "login code" })]);
  await post("/login", inbox.address);
  await post("/signup", inbox.address);
  assert.deepEqual((await both).map((mail) => mail.subject), ["Confirm your email", "Your login code"]);
});

test("the queue tries again after a greylisting", async () => {
  const fault = await inbox.fault({ stage: "rcpt", reply: "451 4.7.1 Greylisted, try again", times: 2 }, async () => {
    shop.sendReceipt(inbox.address);
    await shop.runQueue(3);
  });
  assert.match(fault.name, /^rcpt-451/);
  assert.deepEqual((await inbox.attempts()).map((attempt) => attempt.code), [451, 451, 250]);
  const [receipt] = await inbox.messages();
  assert.equal(await receipt.attachment("receipt-*.pdf").text(), "%PDF-1.4");
});

test("the queue gives up after a hard bounce", async () => {
  await inbox.fault({ stage: "rcpt", reply: "550 5.1.1 No such user" }, async () => {
    shop.sendReceipt(inbox.address);
    await shop.runQueue(3);
  });
  assert.equal((await inbox.attempts()).length, 1);
  await inbox.expectNone();
});

test("every failure tells what did come", async () => {
  await post("/login", inbox.address);
  await assert.rejects(inbox.wait({ subject: "Reset your password" }, { timeout: 100 }), (error) => {
    assert.ok(error instanceof NoMessage);
    assert.match(error.message, /^expected 1 message with subject ~ "Reset your password" in inbox t-\w+, none within/);
    assert.match(error.message, /Your login code .*subject differs/);
    return true;
  });
  await assert.rejects(inbox.expectNone({ subject: "code" }), UnexpectedMessage);
  const mail = await inbox.wait();
  assert.throws(() => mail.link(), NoSuchLink);
});

test("two where one is expected are a failure", async () => {
  await post("/login", inbox.address);
  await post("/login", inbox.newAddress());
  await assert.rejects(inbox.wait(), TooManyMessages);
  assert.equal((await inbox.waitAll(2)).length, 2);
});

test("a test knows nothing of another's mail", async () => {
  const other = await mailtrap.inbox();
  await post("/login", other.address);
  await other.wait();
  await inbox.expectNone();
  await other.close();
});
