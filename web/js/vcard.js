// @ts-check
/** Cards: what a vCard says of a person (RFC 6350). Pure. */
import { contentLines, plain } from "./contentlines.js";

/** Facts that are told of one file. */
const FACTS = 60;

/** The properties that are told, and what people call them. @type {Record<string, string>} */
const NAMES = { FN: "Name", ORG: "Organisation", TITLE: "Title", EMAIL: "Mail", TEL: "Telephone", ADR: "Address", URL: "Web", BDAY: "Birthday", NOTE: "Note" };

/** @param {string} text @returns {{ name: string, value: string }[]} */
export const card = (text) =>
  contentLines(text)
    .filter(({ name }) => Object.hasOwn(NAMES, name))
    .slice(0, FACTS)
    .map(({ name, value }) => ({ name: NAMES[name] ?? name, value: plain(value.replace(/(?<!\\);/g, " ").trim()) }));
