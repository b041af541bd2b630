// A search page, Chromium and a query in; what the page shows then out, as one JSON line. No rule of the page is lifted.
// node search.mjs FILE CHROMIUM QUERY
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const [file, chromium, query] = process.argv.slice(2);
const browser = await puppeteer.launch({
  executablePath: chromium,
  headless: true,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"],
  timeout: 600_000, // a busy machine takes its time; tests end after twenty minutes
  protocolTimeout: 600_000,
});
const page = await browser.newPage();
page.setDefaultTimeout(600_000);
const errors = [];
page.on("console", (message) => ["error", "warn"].includes(message.type()) && errors.push(message.text()));
page.on("pageerror", (error) => errors.push(String(error)));
await page.goto(pathToFileURL(file).href.replace("search.html", "index.html"));
await page.type("main input[name=q]", query);
await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
const shown = await page.evaluate(() => ({
  links: [...document.querySelectorAll("#results a")].map((one) => one.getAttribute("href")),
  marked: [...document.querySelectorAll("#results mark")].map((one) => one.textContent),
  elements: [...new Set([...document.querySelectorAll("#results *")].map((one) => one.tagName))].sort(),
}));
console.log(JSON.stringify({ ...shown, errors }));
await browser.close();
