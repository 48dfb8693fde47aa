// Stands in for @playwright/test where that is not installed: `test.extend` with its fixtures for workers and tests, a
// `page` of the system's Chromium, on top of node:test. PLAYWRIGHT_CORE and CHROMIUM name the library and the browser.
import { randomBytes } from "node:crypto";
import { test as run } from "node:test";
import { pathToFileURL } from "node:url";

const { chromium } = (await import(pathToFileURL(process.env.PLAYWRIGHT_CORE))).default;

const page = async ({}, use) => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
  await use(await browser.newPage());
  await browser.close();
};

/** The names in the braces of a function's first argument: what it needs. */
function needs(wanted) {
  const [, names] = /^async\s*\w*\s*\(\{([^}]*)\}/.exec(wanted.toString());
  return names.split(",").map((name) => name.trim()).filter(Boolean);
}

/** Sets up the fixtures that are needed, those they need before them, and runs the body with them. */
async function within(fixtures, wanted, values, info, body) {
  const missing = wanted.find((name) => !(name in values));
  if (!missing) return body(values);
  const [setUp] = [fixtures[missing]].flat();
  return within(fixtures, needs(setUp), values, info, (ready) =>
    setUp(ready, (value) => within(fixtures, wanted, { ...ready, [missing]: value }, info, body), info),
  );
}

function extended(fixtures) {
  const test = (name, body) =>
    run(name, { timeout: 60_000 }, (context) => {
      const testId = `${randomBytes(10).toString("hex")}-${randomBytes(10).toString("hex")}`;
      const info = { title: context.name, parallelIndex: 0, testId, retry: 0, status: "passed", expectedStatus: "passed", attach: async () => {} };
      return within(fixtures, needs(body), {}, info, body);
    });
  test.extend = (more) => extended({ ...fixtures, ...more });
  return test;
}

export const test = extended({ page });
