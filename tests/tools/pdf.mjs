// A PDF in, what pdf.js makes of its outline, links and tags out, as one JSON line.
// node pdf.mjs FILE
import fs from "node:fs";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

const pdf = await getDocument({ data: new Uint8Array(fs.readFileSync(process.argv[2])), verbosity: 0 }).promise;
const led = async (dest) => {
  const explicit = typeof dest === "string" ? await pdf.getDestination(dest) : dest;
  if (!Array.isArray(explicit)) return false;
  const page = typeof explicit[0] === "object" ? await pdf.getPageIndex(explicit[0]) : explicit[0];
  return Number.isInteger(page) && page >= 0 && page < pdf.numPages;
};
const made = { pages: pdf.numPages, outline: 0, inner: 0, outer: 0, unresolved: [], figures: 0, withoutWords: 0 };
const outline = [...((await pdf.getOutline()) ?? [])];
while (outline.length) {
  const entry = outline.shift();
  made.outline += 1;
  if (!(await led(entry.dest))) made.unresolved.push(entry.title);
  outline.push(...entry.items);
}
const walk = (node) => {
  if (node.role === "Figure") {
    made.figures += 1;
    if (!node.alt) made.withoutWords += 1;
  }
  (node.children ?? []).forEach(walk);
};
for (let number = 1; number <= pdf.numPages; number += 1) {
  const page = await pdf.getPage(number);
  for (const link of (await page.getAnnotations()).filter((one) => one.subtype === "Link")) {
    if (link.url ?? link.unsafeUrl) made.outer += 1;
    else if (await led(link.dest)) made.inner += 1;
    else made.unresolved.push(JSON.stringify(link.dest));
  }
  const tree = await page.getStructTree();
  if (tree) walk(tree);
}
console.log(JSON.stringify(made));
