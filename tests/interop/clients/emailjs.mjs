// Sends with emailjs. Standard input is JSON: {options, mail}.
import { readFileSync } from "node:fs";
import { SMTPClient } from "emailjs";

const { options, mail } = JSON.parse(readFileSync(0, "utf8"));
const client = new SMTPClient(options);
await client.sendAsync(mail);
client.smtp.close();
