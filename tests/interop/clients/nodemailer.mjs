// Sends with nodemailer. Standard input is JSON: {options, mails}; raw mail is base64.
import { readFileSync } from "node:fs";
import nodemailer from "nodemailer";

const { options, mails } = JSON.parse(readFileSync(0, "utf8"));
const transport = nodemailer.createTransport(options);
const infos = await Promise.all(
  mails.map(({ raw, ...mail }) =>
    transport.sendMail(raw ? { ...mail, raw: Buffer.from(raw, "base64") } : mail),
  ),
);
transport.close();
console.log(JSON.stringify(infos.map(({ response, accepted }) => ({ response, accepted }))));
