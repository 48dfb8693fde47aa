// @ts-check
/**
 * The description of the API as it is drawn. Pure.
 *
 * @typedef {Record<string, any>} Schema
 * @typedef {{ name: string, place: "path" | "query", required: boolean, type: string, bounds: string, text: string }} Parameter
 * @typedef {{ depth: number, name: string, type: string, required: boolean, bounds: string, text: string }} Member
 * @typedef {{ status: string, text: string, media: string, schema: Schema | null }} Answer
 * @typedef {{
 *   id: string, method: string, path: string, summary: string, text: string, parameters: Parameter[],
 *   body: { media: string, required: boolean, schema: Schema | null } | null, answers: Answer[],
 * }} Operation
 * @typedef {{ title: string, operations: Operation[] }} Group
 */
import { grouped } from "../format.js";

/** Levels of a schema that are drawn; below it is named only. */
const DEEPEST = 4;

/** Members of a schema that are drawn. */
const MEMBERS = 200;

const METHODS = ["get", "post", "put", "patch", "delete"];

/**
 * The operations, grouped by the first word of their path; what is alone is put together.
 * @param {Schema} document
 * @returns {Group[]}
 */
export function groupsOf(document) {
  /** @type {Map<string, Operation[]>} */
  const groups = new Map();
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    const word = /^\/api\/([a-z_]+)/.exec(path)?.[1] ?? "";
    const found = METHODS.filter((method) => item[method]).map((method) => operationOf(path, method, item[method]));
    groups.set(word, [...(groups.get(word) ?? []), ...found]);
  }
  const several = [...groups].filter(([word, operations]) => word && operations.length > 1);
  const rest = [...groups].filter(([word, operations]) => !word || operations.length === 1).flatMap(([, operations]) => operations);
  return [...several.map(([word, operations]) => ({ title: word[0]?.toUpperCase() + word.slice(1), operations })), ...(rest.length ? [{ title: "Server", operations: rest }] : [])];
}

/** @param {string} path @param {string} method @param {Schema} told @returns {Operation} */
function operationOf(path, method, told) {
  const [media, content] = Object.entries(told.requestBody?.content ?? {})[0] ?? [];
  return {
    id: told.operationId ?? `${method} ${path}`,
    method: method.toUpperCase(),
    path,
    summary: told.summary ?? "",
    text: told.description ?? "",
    parameters: (told.parameters ?? []).map(parameterOf),
    body: media ? { media, required: told.requestBody.required ?? false, schema: content.schema ?? null } : null,
    answers: Object.entries(told.responses ?? {}).map(([status, answer]) => {
      const [kind, body] = Object.entries(answer.content ?? {})[0] ?? [];
      return { status, text: answer.description ?? "", media: kind ?? "", schema: body?.schema ?? null };
    }),
  };
}

/** @param {Schema} told @returns {Parameter} */
const parameterOf = ({ name, in: place, required, schema, description }) => ({
  name,
  place,
  required: required ?? false,
  type: typeOf(schema ?? {}),
  bounds: boundsOf(schema ?? {}),
  text: description ?? schema?.description ?? "",
});

/** The groups with what a filter leaves: its words are looked for in method, path and summary. @param {Group[]} groups @param {string} filter */
export function filtered(groups, filter) {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  /** @param {Operation} one */
  const fits = ({ method, path, summary, id }) => words.every((word) => `${method} ${path} ${summary} ${id}`.toLowerCase().includes(word));
  return groups.map(({ title, operations }) => ({ title, operations: operations.filter(fits) })).filter(({ operations }) => operations.length);
}

/** The name that a reference ends with. @param {string} ref */
const named = (ref) => ref.slice(ref.lastIndexOf("/") + 1);

/** The alternatives of a schema, without null. @param {Schema} schema @returns {Schema[]} */
const choices = (schema) => (schema.anyOf ?? schema.oneOf ?? [schema]).filter((/** @type {Schema} */ one) => one.type !== "null");

/** A type in a word: `string`, `integer`, `Message`, `list of Part`, `"a" | "b"`, with null where it may be. @param {Schema} schema @returns {string} */
export function typeOf(schema) {
  const all = schema.anyOf ?? schema.oneOf;
  if (all) return [...new Set(all.map(typeOf))].join(" | ");
  if (schema.$ref) return named(schema.$ref);
  if (schema.enum) return schema.enum.map((/** @type {unknown} */ one) => JSON.stringify(one)).join(" | ");
  if (schema.type === "array") return schema.items ? `list of ${typeOf(schema.items)}` : "list";
  if (schema.additionalProperties && !schema.properties) return `object of ${typeOf(schema.additionalProperties === true ? {} : schema.additionalProperties)}`;
  return schema.format ? `${schema.type} (${schema.format})` : (schema.type ?? "any");
}

/** What a value may be, beside its type. @param {Schema} schema */
export function boundsOf(schema) {
  const [one = {}] = choices(schema);
  const told = [];
  if (one.minimum !== undefined || one.maximum !== undefined) told.push(`${one.minimum ?? "…"} to ${one.maximum ?? "…"}`);
  if (one.maxLength !== undefined) told.push(`${one.minLength ?? 0} to ${grouped(one.maxLength)} characters`);
  if (one.maxItems !== undefined) told.push(`at most ${grouped(one.maxItems)}`);
  if (schema.default !== undefined && schema.default !== null) told.push(`default ${JSON.stringify(schema.default)}`);
  return told.join(", ");
}

/**
 * A schema as rows, references followed: each but once on the way down, and not below the deepest level.
 * @param {Schema | null} schema
 * @param {Schema} document
 * @returns {Member[]}
 */
export function membersOf(schema, document) {
  /** @type {Member[]} */
  const rows = [];
  if (schema) walk(schema, document, 0, [], rows);
  return rows.slice(0, MEMBERS);
}

/** @param {Schema} schema @param {Schema} document @param {number} depth @param {string[]} above @param {Member[]} rows */
function walk(schema, document, depth, above, rows) {
  if (depth >= DEEPEST || rows.length > MEMBERS) return;
  for (const one of choices(schema)) {
    const inner = one.type === "array" ? (one.items ?? {}) : one;
    for (const choice of choices(inner)) {
      const name = choice.$ref ? named(choice.$ref) : "";
      if (name && above.includes(name)) continue;
      const meant = name ? (document.components?.schemas?.[name] ?? {}) : choice;
      for (const [member, told] of Object.entries(meant.properties ?? {})) {
        rows.push({ depth, name: member, type: typeOf(told), required: (meant.required ?? []).includes(member), bounds: boundsOf(told), text: told.description ?? "" });
        walk(told, document, depth + 1, [...above, name], rows);
      }
    }
  }
}

/** The path of a request: parameters filled in, the empty ones left out of the query. @param {Operation} operation @param {Record<string, string>} values */
export function addressOf({ path, parameters }, values) {
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(values[name] || "latest"));
  const query = new URLSearchParams(parameters.filter(({ name, place }) => place === "query" && values[name]).map(({ name }) => [name, values[name] ?? ""]));
  return query.size ? `${filled}?${query}` : filled;
}

/** The same as a command. @param {Operation} operation @param {Record<string, string>} values @param {string} url that of the server */
export function curlOf(operation, values, url) {
  const { method, body } = operation;
  const words = [`curl${method === "GET" ? "" : ` -X ${method}`} '${(url + addressOf(operation, values)).replaceAll("'", "%27")}'`];
  if (body) {
    const json = body.media === "application/json";
    words.push(`-H 'Content-Type: ${body.media}'`, json ? `-d '{}'` : "--data-binary @message.eml");
  }
  return words.join(" \\\n  ");
}
