// @ts-check
/** A message as the beginning of a test: in each language a wait that finds just this kind of mail. Pure. */

/**
 * @typedef {{ server: string, rcpt: string, subject: string, code: string, link: string }} Told
 * `server` is the address of this page; `link` is part of an address, `code` a code that the mail has.
 * @typedef {{ id: string, title: string, text: (told: Told) => string }} Copy
 */

/** @import { Message } from "./slices/message.js" */

/** What a copy needs of a message. @param {Message} message @param {string} server @returns {Told} */
export function toldOf(message, server) {
  const [best, second] = message.codes;
  return {
    server,
    rcpt: message.envelope.rcpt_to[0] ?? message.to[0]?.address ?? "",
    subject: message.subject,
    code: best && best.score > (second?.score ?? 0) ? best.value : "",
    link: folderOf(message.links.filter(({ kind, source }) => kind === "link" && source !== "header").map(({ href }) => href)),
  };
}

/** What stays of an address from one mail to the next, its first folder, where just one link has it. @param {string[]} hrefs */
function folderOf(hrefs) {
  const folders = hrefs.map((href) => /^\/[\w.~-]+\/?/.exec(URL.canParse(href) ? new URL(href).pathname : "")?.[0] ?? "");
  return folders.find((folder) => folder && new Set(hrefs.filter((href) => href.includes(folder))).size === 1) ?? "";
}

/** A string of Python or JavaScript; what one would not see is escaped. @param {string} text */
const quoted = (text) =>
  JSON.stringify(text).replace(/[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** A word for a shell. @param {string} text */
const word = (text) => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** Text that the server takes as text, and not as a pattern between slashes or with stars. @param {string} subject */
const part = (subject) => (/^\/.*\/\w*$/s.test(subject) ? subject.slice(1) : subject);

/** @param {(string | false | undefined)[]} lines */
const joined = (lines) => `${lines.filter((line) => line !== "" && line !== false).join("\n")}\n`;

/** @type {Copy[]} */
export const COPIES = [
  {
    id: "pytest",
    title: "pytest",
    text: ({ subject, code, link }) =>
      joined([
        "def test_mail(mailtrap_inbox):",
        `    with mailtrap_inbox.expecting(${subject && `subject=${quoted(part(subject))}`}) as mail:`,
        "        send_mail(to=mailtrap_inbox.address)  # what your app does",
        "    message = mail.message",
        subject && `    assert message.subject == ${quoted(subject)}`,
        link && `    assert message.link(${quoted(link)})`,
        code && "    assert message.code()",
      ]),
  },
  {
    id: "python",
    title: "Python",
    text: ({ server, rcpt, subject }) =>
      joined([
        "from mailtrap.client import Client",
        "",
        `client = Client(${quoted(server)})`,
        `found = client.search(${quoted(query(rcpt, subject))})`,
        `assert found, "no such mail"`,
        "message = found[0]",
        `assert message.subject == ${quoted(subject)}`,
      ]),
  },
  {
    id: "curl",
    title: "curl",
    text: ({ server, rcpt, subject }) =>
      joined([
        "curl -sSfG \\",
        rcpt && `  --data-urlencode ${word(`rcpt=${rcpt}`)} \\`,
        subject && `  --data-urlencode ${word(`subject=${part(subject)}`)} \\`,
        "  -d latest=1 -d timeout=10s \\",
        `  ${word(`${server}/api/wait`)}`,
      ]),
  },
  {
    id: "playwright",
    title: "Playwright",
    text: ({ server, subject, code, link }) =>
      joined([
        `// curl -so tests/mailtrap.mjs ${server}/client.js`,
        `import { expect, test as base } from "@playwright/test";`,
        `import { mail } from "./mailtrap.mjs";`,
        "",
        `const test = base.extend(mail({ url: ${quoted(server)} }));`,
        `test("mail", async ({ page, inbox }) => {`,
        "  const [m] = await Promise.all([",
        `    inbox.wait({ subject: ${quoted(part(subject))} }),`,
        `    page.getByRole("button", { name: "Send" }).click(), // what your app does`,
        "  ]);",
        `  expect(m.subject).toBe(${quoted(subject)});`,
        code && "  expect(m.code()).toBeTruthy();",
        link && `  await page.goto(m.link(${quoted(link)}));`,
        "});",
      ]),
  },
  {
    id: "javascript",
    title: "JavaScript",
    text: ({ server, subject, link, code }) =>
      joined([
        `// curl -so mailtrap.mjs ${server}/client.js`,
        `import assert from "node:assert/strict";`,
        `import { Client } from "./mailtrap.mjs";`,
        "",
        `const inbox = await new Client({ url: ${quoted(server)} }).inbox();`,
        `const mail = await inbox.expecting({ subject: ${quoted(part(subject))} }, () => sendMail(inbox.address));`,
        `assert.equal(mail.subject, ${quoted(subject)});`,
        link && `assert.ok(mail.link(${quoted(link)}));`,
        code && "assert.ok(mail.code());",
      ]),
  },
  {
    id: "wait",
    title: "mailtrap wait",
    text: ({ server, rcpt, subject, code }) =>
      joined([
        ["mailtrap wait", `--url ${word(server)}`, rcpt && `--rcpt ${word(rcpt)}`, subject && `--subject ${word(part(subject))}`, "--latest", code ? "--print code" : "--print id"]
          .filter(Boolean)
          .join(" "),
      ]),
  },
];

/** @param {string} rcpt @param {string} subject */
const query = (rcpt, subject) => [rcpt && `rcpt:${rcpt}`, subject && `subject:="${subject.replace(/["\\]/g, "\\$&")}"`].filter(Boolean).join(" ");
