// An HTML file in, what axe-core finds in Chromium out, as one JSON line a setting: width, scheme, overflow, violations.
// node axe.mjs FILE CHROMIUM
import fs from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const [file, chromium] = process.argv.slice(2);
const source = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const settings = [320, 375, 800].flatMap((width) => ["light", "dark"].map((scheme) => [width, scheme]));
const browser = await puppeteer.launch({
  executablePath: chromium,
  headless: true,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"],
  timeout: 600_000, // a busy machine takes its time; tests end after twenty minutes
  protocolTimeout: 600_000,
});
for (const [width, scheme] of settings) {
  const page = await browser.newPage();
  page.setDefaultTimeout(600_000);
  await page.setBypassCSP(true); // the page allows no script; ours is not its own
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.goto(pathToFileURL(file).href);
  await page.evaluate(source);
  const found = await page.evaluate(async () => {
    const result = await axe.run(document, { resultTypes: ["violations"] });
    const violations = result.violations.map((one) => [one.id, one.impact, one.nodes.length, one.nodes[0].html]);
    return { overflow: document.documentElement.scrollWidth - innerWidth, violations };
  });
  console.log(JSON.stringify({ width, scheme, ...found }));
  await page.close();
}
await browser.close();
