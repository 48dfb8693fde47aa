// @ts-check
/** What header fields are for, in a line each, and what those of authentication say. Pure. */

/** What one wonders about; the names are in small letters. @type {Record<string, string>} */
const MEANINGS = {
  "authentication-results": "What a server that took the mail found out about its sender (RFC 8601).",
  "arc-authentication-results": "What a forwarder found out before it changed the mail (RFC 8617).",
  "arc-message-signature": "A forwarder's signature of the message (RFC 8617).",
  "arc-seal": "A forwarder's signature of the chain of ARC fields (RFC 8617).",
  "auto-submitted": "Written by a program: auto-replies must stay silent (RFC 3834).",
  "bcc": "Blind copies. In a mail that was sent this field should not be: everybody can read it.",
  "content-transfer-encoding": "How the octets of the body became characters (RFC 2045).",
  "content-type": "The kind of the body and its character set (RFC 2045).",
  "date": "When the author says that it was written.",
  "dkim-signature": "The signature of a domain over header and body (RFC 6376).",
  "feedback-id": "What Gmail counts complaints by.",
  "in-reply-to": "The message that this one answers.",
  "list-id": "The list that it came through (RFC 2919).",
  "list-unsubscribe": "Where one leaves the list (RFC 2369); big receivers ask for it.",
  "list-unsubscribe-post": "One POST is enough to leave, without a page (RFC 8058).",
  "message-id": "The name of this message in the whole world.",
  "mime-version": "The body is told as MIME (RFC 2045).",
  "precedence": "An old way to say that it is bulk; auto-replies stay silent.",
  "received": "A server that passed it on (RFC 5321, section 4.4); the newest on top.",
  "references": "The messages of the thread before this one.",
  "reply-to": "Where answers go, in place of From.",
  "return-path": "The envelope's sender, as the last server saw it; bounces go there.",
  "sender": "Who sent it for the author in From.",
  "x-mailer": "The program that wrote it.",
};

/** @param {string} name */
export const meaningOf = (name) => {
  const small = name.toLowerCase();
  return Object.hasOwn(MEANINGS, small) ? (MEANINGS[small] ?? "") : "";
};

/** @typedef {{ method: string, result: string, tone: "good" | "bad" | "warn" | "" }} Verdict */

/** @type {Record<string, Verdict["tone"]>} */
const TONES = { pass: "good", bestguesspass: "good", fail: "bad", permerror: "bad", softfail: "warn", temperror: "warn", policy: "warn", neutral: "", none: "" };

/** What Authentication-Results says of each method. @param {string} value @returns {Verdict[]} */
export function verdicts(value) {
  const bare = value.slice(0, 8_192).replace(/\([^()]*\)/g, " ");
  return [...bare.matchAll(/(?:^|;)\s*([a-z][\w-]*)\s*=\s*(\w+)/gi)].slice(0, 20).map(([, method = "", result = ""]) => {
    const small = result.toLowerCase();
    return { method: method.toLowerCase(), result: small, tone: Object.hasOwn(TONES, small) ? (TONES[small] ?? "") : "" };
  });
}

/** The tags of a DKIM or ARC signature that people ask for. @type {[string, string][]} */
const TAGS = [["d", "domain"], ["s", "selector"], ["a", "algorithm"], ["cv", "chain"], ["h", "signed fields"]];

/** @param {string} value @returns {{ name: string, value: string }[]} */
export function signature(value) {
  const tags = new Map([...value.slice(0, 8_192).matchAll(/(?:^|;)\s*(\w+)\s*=\s*([^;]*)/g)].map(([, tag, text = ""]) => [tag, text.replace(/\s+/g, " ").trim()]));
  return TAGS.flatMap(([tag, name]) => (tags.get(tag) ? [{ name, value: tags.get(tag) ?? "" }] : []));
}
