// An HTML message in, a JSON object out: feature -> mail clients without it, by the data of caniemail.com.
// node caniemail.mjs FILE. Eight families of clients; Thunderbird is left out because the package fails on it.
import fs from "node:fs";
import { caniemail } from "caniemail";

const families = ["gmail", "outlook", "apple-mail", "yahoo", "samsung-email", "protonmail", "fastmail", "gmx"];
const html = fs.readFileSync(process.argv[2], "utf8");
const { issues } = caniemail({ clients: families.map((name) => `${name}.*`), html });
const without = {};
for (const [client, features] of issues.errors.entries()) {
  for (const title of new Set(features.map((one) => one.title))) (without[title] ??= []).push(client);
}
console.log(JSON.stringify(without));
