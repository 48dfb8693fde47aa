import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, boundsOf, curlOf, filtered, groupsOf, membersOf, typeOf } from "../js/docs/openapi.js";
import { FIRST_DOCS, reduceDocs } from "../js/slices/docs.js";

const QUERY = [
  { name: "limit", in: "query", required: false, schema: { type: "integer", minimum: 1, maximum: 1000, default: 50, description: "Rows at most" } },
  { name: "q", in: "query", schema: { type: "string", maxLength: 4000 } },
];
const DOCUMENT = {
  paths: {
    "/api/messages": {
      get: { operationId: "list_messages", summary: "Messages", parameters: QUERY, responses: { 200: { description: "OK", content: { "application/json": { schema: { $ref: "#/components/schemas/Part" } } } } } },
      post: { operationId: "post", parameters: [], requestBody: { required: true, content: { "message/rfc822": {} } }, responses: {} },
    },
    "/api/messages/{id}": { get: { operationId: "get_message", parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }], responses: {} } },
    "/api/info": { get: { operationId: "info", parameters: [], responses: {} } },
    "/livez": { get: { operationId: "livez", parameters: [], responses: {} } },
  },
  components: {
    schemas: {
      Part: {
        required: ["number"],
        properties: {
          number: { type: "string" },
          children: { type: "array", items: { $ref: "#/components/schemas/Part" } },
          owner: { anyOf: [{ $ref: "#/components/schemas/Owner" }, { type: "null" }] },
        },
      },
      Owner: { required: [], properties: { name: { type: "string", description: "Who" } } },
    },
  },
};
const GROUPS = groupsOf(DOCUMENT);
const [LIST, POST, ONE] = GROUPS[0].operations;

test("operations are grouped by the first word of their path, and what is alone is put together", () => {
  assert.deepEqual(GROUPS.map(({ title, operations }) => [title, operations.map(({ id }) => id)]), [
    ["Messages", ["list_messages", "post", "get_message"]],
    ["Server", ["info", "livez"]],
  ]);
});

test("a filter looks for each of its words", () => {
  assert.deepEqual(filtered(GROUPS, "GET messages").flatMap(({ operations }) => operations.map(({ id }) => id)), ["list_messages", "get_message"]);
  assert.deepEqual(filtered(GROUPS, "nothing"), []);
  assert.deepEqual(filtered(GROUPS, ""), GROUPS);
});

test("types are told in words", () => {
  /** @type {[object, string][]} */
  const rows = [
    [{ type: "string", format: "date-time" }, "string (date-time)"],
    [{ $ref: "#/components/schemas/Part" }, "Part"],
    [{ type: "array", items: { type: "string" } }, "list of string"],
    [{ anyOf: [{ type: "integer" }, { type: "null" }] }, "integer | null"],
    [{ enum: ["a", 1] }, '"a" | 1'],
    [{ type: "object", additionalProperties: { type: "integer" } }, "object of integer"],
    [{}, "any"],
  ];
  for (const [schema, told] of rows) assert.equal(typeOf(schema), told);
});

test("bounds and the default are told", () => {
  assert.equal(boundsOf(QUERY[0].schema), "1 to 1000, default 50");
  assert.equal(boundsOf({ anyOf: [{ type: "string", maxLength: 4000 }, { type: "null" }] }), "0 to 4,000 characters");
  assert.equal(LIST.parameters[0].text, "Rows at most");
});

test("references are followed, but none into itself", () => {
  const rows = membersOf({ $ref: "#/components/schemas/Part" }, DOCUMENT);
  assert.deepEqual(rows.map(({ name, depth, required }) => [name, depth, required]), [["number", 0, true], ["children", 0, false], ["owner", 0, false], ["name", 1, false]]);
});

test("a schema without end is cut", () => {
  /** @type {Record<string, object>} */
  const schemas = {};
  for (let at = 0; at < 30; at += 1) schemas[`S${at}`] = { properties: Object.fromEntries(Array.from({ length: 8 }, (_, n) => [`m${n}`, { $ref: `#/components/schemas/S${(at + n + 1) % 30}` }])) };
  assert.equal(membersOf({ $ref: "#/components/schemas/S0" }, { components: { schemas } }).length, 200);
});

test("an address has its parameters, and only those that are filled", () => {
  assert.equal(addressOf(LIST, { limit: "2", q: "" }), "/api/messages?limit=2");
  assert.equal(addressOf(ONE, { id: "a/b" }), "/api/messages/a%2Fb");
  assert.equal(addressOf(ONE, {}), "/api/messages/latest");
});

test("a command has the address of the server, the method and the body", () => {
  assert.equal(curlOf(LIST, { q: "it's" }, "http://h/mail"), "curl 'http://h/mail/api/messages?q=it%27s'");
  assert.match(curlOf(POST, {}, "http://h"), /^curl -X POST 'http:\/\/h\/api\/messages' \\\n {2}-H 'Content-Type: message\/rfc822' \\\n {2}--data-binary @message.eml$/);
});

test("what is open, filled in and answered is kept by operation", () => {
  let state = reduceDocs(FIRST_DOCS, { type: "docs.open", id: "a", open: true });
  state = reduceDocs(state, { type: "docs.value", id: "a", name: "q", value: "x" });
  state = reduceDocs(state, { type: "docs.value", id: "a", name: "limit", value: "1" });
  assert.deepEqual([[...state.open], state.values], [["a"], { a: { q: "x", limit: "1" } }]);
  assert.deepEqual([...reduceDocs(state, { type: "docs.open", id: "a", open: false }).open], []);
});
