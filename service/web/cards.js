// Items as cards and as rows, by the document that they are of.

import { clauseStart, element, marked } from "/search-box.js";
import { asking } from "/web/asking.js";
import { dateOf, titleOf } from "/web/titles.js";

const OTHERS = 50; // documents without a card that are listed
export const several = document.querySelector("[data-several]") !== null; // documents are loaded

export const pageOf = (id) => `/documents/${encodeURIComponent(id)}`;

/** [{id, count, items}]: the reply's documents in its order, each with its own count; else as the items come. */
export function groupsOf(reply) {
  const found = new Map((reply.documents || []).map(({ id, count }) => [id, { id, count, items: [] }]));
  for (const item of reply.items) {
    if (!found.has(item.document)) found.set(item.document, { id: item.document, count: null, items: [] });
    found.get(item.document).items.push(item);
  }
  return [...found.values()].map((group) => ({ ...group, count: group.count === null ? group.items.length : group.count }));
}

/** The items of each document below its title; of one document alone the list by itself. */
export function setAsCards(reply, words, cut) {
  if (!several) return [listOf(reply.items, words, cut)];
  const groups = groupsOf(reply);
  const shown = groups.filter(({ items }) => items.length);
  const others = groups.filter(({ items, count }) => !items.length && count);
  return [...shown.map((group) => groupOf(group, reply, words, cut, groups.length > 1)), ...othersOf(others, reply, words)];
}

function listOf(items, words, cut, many = cut) {
  const cards = items.map((item, at) => cardOf(item, words, { cut, sameSection: many && at > 0 && items[at - 1].section === item.section }));
  return element("ol", { class: many ? "cards many" : "cards" }, ...cards);
}

function groupOf(group, reply, words, cut, more) {
  const only = more ? [onlyOf(group.id, reply, words)] : [];
  return element("section", { class: "group", "data-group": group.id }, element("div", { class: "group-head" }, ...headOf(group, words), ...only), listOf(group.items, words, cut));
}

/** A document's title, date and own count. */
export function headOf({ id, count, items }, words, name = "h3") {
  const counted = items.length && count > items.length ? words.shownOf.replace("{n}", count).replace("{shown}", items.length) : words.items.replace("{n}", count);
  const date = dateOf(id);
  return [
    element(name, {}, element("a", { href: pageOf(id) }, titleOf(id))),
    element("p", { class: "facts" }, ...(date ? [element("span", {}, date)] : []), element("span", { class: "own" }, counted)),
  ];
}

/** Asks the same of this document alone. */
function onlyOf(id, reply, words) {
  return asking(element("button", { type: "button", class: "plain", "aria-label": `${words.only}：《${titleOf(id)}》` }, words.only), reply.plan.question, [id]);
}

function othersOf(groups, reply, words) {
  if (!groups.length) return [];
  const lines = groups.slice(0, OTHERS).map((group) => element("li", {}, element("div", { class: "group-head" }, ...headOf(group, words, "span"), onlyOf(group.id, reply, words))));
  const more = groups.length > OTHERS ? [element("li", {}, "…")] : [];
  return [element("details", { class: "others" }, element("summary", {}, words.others.replace("{n}", groups.length)), element("ul", {}, ...lines, ...more))];
}

/** `cut`: by its deciding clause; `sameSection` as the card before; `titled`: stands outside of its document's group. */
export function cardOf(item, words, { cut = false, sameSection = false, titled = false } = {}) {
  const from = cut ? clauseStart(item.text, item.highlights, 80) : 0;
  const text = element("p", { class: cut ? "text cut" : "text" }, from ? "…" : "", ...marked(item.text, item.highlights, from));
  const title = titled && several ? `《${titleOf(item.document)}》` : "";
  const place = sameSection ? "" : title + (item.section_title || "");
  const where = element("p", { class: "where" }, element("a", { href: item.url }, item.label), element("span", {}, place));
  const named = item.support.filter((name) => !item.collective.includes(name));
  const departments = [
    ...item.lead.map((name) => element("span", { class: "department lead" }, `${name} ${words.lead}`)),
    ...named.map((name) => element("span", { class: "department" }, name)),
    ...(item.collective.length ? [element("span", { class: "department" }, words.collective)] : []),
  ];
  if (item.due) departments.push(element("span", { class: "department due" }, `${words.due}：${item.due.text}`));
  const line = departments.length ? [element("p", { class: "departments-line" }, element("span", { class: "quiet" }, `${words.departments}：`), ...departments)] : [];
  return element("li", { class: "card" }, where, text, ...line);
}

/** Items as rows, below their document's title: number, text, who leads, who supports, until when. */
export function setAsTable(reply, words) {
  const heads = words.columns.map((text) => element("th", { scope: "col" }, text));
  const groups = several ? groupsOf(reply).filter(({ items }) => items.length) : [{ items: reply.items }];
  const bodies = groups.map((group) => element("tbody", {}, ...(several ? [titleRow(group, words)] : []), ...group.items.map(rowOf)));
  return element("div", { class: "scroll" }, element("table", { class: "items" }, element("thead", {}, element("tr", {}, ...heads)), ...bodies));
}

const titleRow = (group, words) => element("tr", { class: "of" }, element("th", { scope: "rowgroup", colspan: words.columns.length }, element("div", { class: "group-head" }, ...headOf(group, words, "span"))));

function rowOf(item) {
  return element("tr", {},
    element("th", { scope: "row" }, element("a", { href: item.url }, item.label)),
    element("td", { class: "text" }, ...marked(item.text, item.highlights, 0)),
    element("td", {}, item.lead.join("、")), element("td", {}, item.support.join("、")), element("td", {}, item.due ? item.due.text : ""));
}
