import { test as base } from "@playwright/test";
import assert from "node:assert/strict";
import { mail, pasteOtp } from "./mailtrap.mjs";
import { openShop } from "./shop.mjs";

const test = base.extend({
  ...mail(),
  shop: async ({ inbox }, use) => {
    const shop = await openShop({ host: inbox.smtp.host, port: inbox.smtp.port });
    await use(shop);
    await shop.close();
  },
});

test("sign up", async ({ page, inbox, shop }) => {
  await page.goto(`${shop.url}/signup`);
  await page.getByLabel("Email").fill(inbox.address);
  const [m] = await Promise.all([inbox.wait({ subject: /confirm/i }), page.getByRole("button", { name: "Sign up" }).click()]);
  await pasteOtp(page.getByRole("textbox").first(), m.code()); // works for split inputs
  assert.equal(await page.locator("#code").textContent(), m.code());
  await page.goto(m.link({ text: "Confirm" }));
  assert.equal(await page.getByRole("heading").textContent(), "Thank you");
  await m.open(page);
  assert.match(await page.getByText("Your code is").textContent(), new RegExp(m.code()));
});

test("a code can be pasted into a plain field too", async ({ page, shop }) => {
  await page.goto(`${shop.url}/signup`);
  await pasteOtp(page.getByRole("textbox"), "481516");
  assert.equal(await page.getByRole("textbox").inputValue(), "481516");
});
