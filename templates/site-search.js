// The page's own index in, the storylines and days that hold all the words out: best first, the newest of equals first.
// Words found are marked by elements of their own; text is only ever set as text.
"use strict";
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const words = (text) => plain(text).match(/[\p{L}\p{N}]+/gu) || [];
const rows = JSON.parse(document.getElementById("index").textContent);
const days = rows.flatMap(([headline, path, outlets, told]) => told.map(([day, text]) => {
  return { headline, path, outlets, day, text, head: words(headline + " " + outlets), said: words(text) };
}));
const SHOWN = 50, HEADLINE = 4, BEGINNING = 0.5, AROUND = 90;
const form = document.querySelector("main form"), results = document.getElementById("results");

function hits(list, word) {
  let sum = 0;
  for (const one of list) sum += one === word ? 1 : word.length > 2 && one.startsWith(word) ? BEGINNING : 0;
  return sum;
}

function ranked(query) {
  const asked = [...new Set(words(query))];
  if (!asked.length) return [];
  const found = asked.map((word) => days.map((one) => [hits(one.head, word), hits(one.said, word)]));
  const rarity = found.map((list) => Math.log(1 + days.length / (1 + list.filter(([a, b]) => a || b).length)));
  const points = days.map((one, place) => found.reduce((sum, list, word) => {
    const [head, said] = list[place];
    return head || said ? sum + rarity[word] * (HEADLINE * Math.min(head, 1) + said / (said + 1)) : -Infinity;
  }, 0));
  return days.map((one, place) => [one, points[place]]).filter(([, sum]) => sum > -Infinity)
    .sort(([a, x], [b, y]) => y - x || (a.day < b.day ? 1 : a.day > b.day ? -1 : 0)).map(([one]) => one);
}

function marked(element, text, asked) {
  let end = 0;
  for (const match of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    const word = plain(match[0]);
    if (!asked.some((one) => word === one || (one.length > 2 && word.startsWith(one)))) continue;
    element.append(text.slice(end, match.index));
    element.append(Object.assign(document.createElement("mark"), { textContent: match[0] }));
    end = match.index + match[0].length;
  }
  element.append(text.slice(end));
  return element;
}

function excerpt(text, asked) {
  for (const match of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    if (!asked.some((one) => plain(match[0]).startsWith(one))) continue;
    const from = text.lastIndexOf(" ", Math.max(0, match.index - AROUND)) + 1;
    const to = text.indexOf(" ", match.index + 2 * AROUND);
    return (from ? "… " : "") + text.slice(from, to < 0 ? undefined : to) + (to < 0 ? "" : " …");
  }
  const to = text.indexOf(" ", 2 * AROUND);
  return to < 0 ? text : text.slice(0, to) + " …";
}

function made(name, attributes, ...inside) {
  const element = Object.assign(document.createElement(name), attributes);
  element.append(...inside);
  return element;
}

function show(query) {
  const asked = words(query), found = ranked(query);
  const count = document.getElementById("count");
  const told = found.length ? count.dataset.found.replace("{n}", found.length) : count.dataset.none;
  count.textContent = asked.length ? told : "";
  results.replaceChildren(...found.slice(0, SHOWN).map((one) => {
    const link = marked(made("a", { href: `${one.path}#d-${one.day}` }), one.headline, asked);
    const when = made("p", { className: "small" }, `${one.day} · ${one.outlets}`);
    return made("li", {}, made("p", { className: "top" }, link), marked(made("p", {}), excerpt(one.text, asked), asked), when);
  }));
}

form.addEventListener("submit", (event) => { event.preventDefault(); show(form.elements.q.value); });
form.elements.q.value = new URLSearchParams(location.search).get("q") || "";
show(form.elements.q.value);
