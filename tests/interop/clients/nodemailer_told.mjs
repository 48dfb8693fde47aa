// Sends one message with nodemailer and tells what became of it. Standard input is JSON:
// {options, mail}.
import { readFileSync } from "node:fs";
import nodemailer from "nodemailer";

const { options, mail } = JSON.parse(readFileSync(0, "utf8"));
const transport = nodemailer.createTransport(options);
try {
  const { rejected, rejectedErrors = [] } = await transport.sendMail(mail);
  const codes = rejectedErrors.map(({ responseCode }) => responseCode);
  console.log(rejected.map((address, nth) => `${address} ${codes[nth]}`).join("\n"));
} catch ({ code, responseCode }) {
  console.log(`${code} ${responseCode ?? ""}`);
}
transport.close();
