// A small shop: people sign up and confirm their address, log in by a code, and get receipts from a queue.
import { createServer } from "node:http";
import nodemailer from "nodemailer";

const FROM = '"The shop" <no-reply@shop.example.com>';

/** The app; `smtp` is what nodemailer takes. */
export async function openShop(smtp) {
  const transport = nodemailer.createTransport({ ...smtp, secure: false });
  const state = { codes: new Map(), confirmed: new Set(), queue: [] };
  const server = createServer((request, response) => answer(request, response).catch((error) => response.writeHead(500).end(`${error}`)));
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${server.address().port}`;

  async function answer(request, response) {
    const { pathname } = new URL(request.url, url);
    const email = new URLSearchParams(await body(request)).get("email");
    const page = (html, status = 200) => response.writeHead(status, { "Content-Type": "text/html; charset=utf-8" }).end(html);
    if (pathname === "/signup" && request.method === "GET") return page(FORM);
    if (pathname === "/signup") {
      await sendConfirmation(email);
      return page(BOXES);
    }
    if (pathname.startsWith("/confirm/")) {
      state.confirmed.add(pathname.split("/").pop());
      return page("<h1>Thank you</h1>");
    }
    if (pathname === "/login") return page(await sendCode(email));
    return page("<h1>Not here</h1>", 404);
  }

  async function sendConfirmation(email) {
    const token = Buffer.from(email).toString("base64url");
    const link = `${url}/confirm/${token}`;
    const code = newCode(email);
    await transport.sendMail({
      from: FROM,
      to: email,
      subject: "Confirm your email",
      text: `Your code is ${code}. Or follow ${link}`,
      html: `<p>Your code is <b>${code}</b>.</p><p><a href="${link}">Confirm</a> or <a href="${url}/help">ask for help</a></p>`,
    });
  }

  async function sendCode(email) {
    const code = newCode(email);
    await transport.sendMail({ from: FROM, to: email, subject: "Your login code", text: `Your login code is ${code}` });
    return "sent";
  }

  function newCode(email) {
    const before = state.codes.get(email);
    let code = before;
    while (code === before) code = `${Math.floor(100_000 + Math.random() * 900_000)}`;
    state.codes.set(email, code);
    return code;
  }

  return {
    url,
    state,
    sendReceipt: (email) => state.queue.push({ from: FROM, to: email, subject: "Your receipt", text: "Thank you for 12 €", attachments: [{ filename: "receipt-1.pdf", content: "%PDF-1.4" }] }),
    /** Tries all that waits, so many times: what is refused for now waits on, what is refused for good is given up. */
    async runQueue(times) {
      for (let round = 0; round < times; round++) {
        for (const mail of state.queue.splice(0)) {
          try {
            await transport.sendMail(mail);
          } catch (error) {
            if (error.responseCode < 500) state.queue.push(mail);
          }
        }
      }
    },
    close: () => new Promise((closed) => server.close(closed).closeAllConnections()),
  };
}

async function body(request) {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

const FORM = `<!doctype html><form method="post"><label>Email <input name="email"></label><button>Sign up</button></form>`;

// Six boxes that move on as one types, and take a code that is pasted into the first.
const BOXES = `<!doctype html><p id="code"></p>
${"<input maxlength=1 size=1>".repeat(6)}
<script>
  const boxes = [...document.querySelectorAll("input")];
  boxes[0].addEventListener("paste", (event) => {
    event.preventDefault();
    const code = event.clipboardData.getData("text");
    boxes.forEach((box, at) => (box.value = code[at] ?? ""));
    document.getElementById("code").textContent = boxes.map((box) => box.value).join("");
  });
</script>`;
