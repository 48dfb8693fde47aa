// @ts-check
/** The envelope beside the header: who got a message, and whom it names. Pure. */

/** @import { Row } from "./types.js" */

/**
 * Where the two differ: `hidden` got it though no field names them (Bcc), `absent` are named and did
 * not get it here, `sender` where the reverse-path is not that of From.
 * @param {Pick<Row, "envelope" | "from" | "to" | "cc">} message
 */
export function differences({ envelope, from, to, cc }) {
  const named = new Map([...to, ...cc].map(({ address }) => [address.toLowerCase(), address]));
  const got = new Set(envelope.rcpt_to.map((address) => address.toLowerCase()));
  const writer = from[0]?.address.toLowerCase() ?? "";
  return {
    hidden: envelope.rcpt_to.filter((address) => !named.has(address.toLowerCase())),
    absent: [...named].filter(([small]) => small && !got.has(small)).map(([, address]) => address),
    sender: envelope.mail_from.toLowerCase() !== writer,
  };
}
