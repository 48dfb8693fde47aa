import assert from "node:assert/strict";
import { test } from "node:test";
import { HOME, pathOf, routeOf } from "../js/route.js";
import { chance } from "./made.js";

/** @param {string} address */
const of = (address) => {
  const { pathname, search } = new URL(address, "http://h/");
  return routeOf(pathname, search);
};

test("every view has its address", () => {
  for (const view of ["attempts", "sessions", "faults", "insights", "connect", "settings", "docs"]) {
    assert.equal(of(`/${view}`).view, view);
    assert.equal(pathOf({ view }), `/${view}`);
  }
  assert.equal(pathOf({}), "/");
});

test("what is open has its address", () => {
  assert.deepEqual(of("/m/abc"), { ...HOME, id: "abc" });
  assert.deepEqual(of("/a/abc"), { ...HOME, view: "attempts", id: "abc" });
  assert.deepEqual(of("/s/abc"), { ...HOME, view: "sessions", id: "abc" });
  assert.deepEqual(of("/i/box?q=is:unread"), { ...HOME, inbox: "box", query: "is:unread" });
  assert.deepEqual(of("/m/abc?inbox=box&q=x&tab=raw"), { ...HOME, id: "abc", inbox: "box", query: "x", tab: "raw" });
  assert.deepEqual(of("/latest?inbox=box"), { ...HOME, id: "latest", inbox: "box" });
});

test("what is no address shows the messages", () => {
  for (const path of ["/nothing", "/m", "/m/", "/m/a/b", "/attempts/a/b", "/i/", "//", "/../..", "/M/abc"]) {
    assert.equal(routeOf(path).view, "messages", path);
    assert.equal(routeOf(path).id, null, path);
  }
});

test("a route is the same after its address", () => {
  const next = chance(5);
  const signs = ["a", "B", "7", "-", "_", ".", "~", "/", "?", "#", "%", "&", "=", "+", " ", '"', "'", "<", "\\", "é", "ж", "中", "🙂", "%2F", "\u202e"];
  const word = () => `x${Array.from({ length: next(8) }, () => signs[next(signs.length)]).join("")}`;
  const maybe = () => (next(2) ? word() : null);
  for (let round = 0; round < 2000; round += 1) {
    const view = ["messages", "attempts", "sessions", "faults", "insights", "connect", "settings", "docs"][next(8)];
    const id = ["messages", "attempts", "sessions", "faults"].includes(view ?? "") ? maybe() : null;
    const route = { ...HOME, view, id, inbox: maybe(), query: maybe() ?? "", tab: maybe() };
    assert.deepEqual(of(pathOf(route)), route, pathOf(route));
  }
});
