// Items as cards, by the document that they are of.

import { clauseStart, element, marked } from "../search-box.js";
import { asking } from "./asking.js";
import { rolesOf, soughtBy } from "./roles.js";
import { BASE } from "./service.js";
import { dateOf, titleOf } from "./titles.js";
import { inArticles } from "./words.js";

const OTHERS = 50; // documents without a card that are listed
export const several = document.querySelector("[data-several]") !== null; // documents are loaded

export const pageOf = (id) => `${BASE}/documents/${encodeURIComponent(id)}`;

/** [{id, count, unit, items}]: the reply's documents in its order, each with its own count; else as the items come. */
export function groupsOf(reply) {
  const found = new Map((reply.documents || []).map(({ id, count, unit }) => [id, { id, count, unit, items: [] }]));
  for (const item of reply.items) {
    if (!found.has(item.document)) found.set(item.document, { id: item.document, count: null, items: [] });
    found.get(item.document).items.push(item);
  }
  return [...found.values()].map((group) => ({ ...group, count: group.count === null ? group.items.length : group.count }));
}

/** The first `most` items, those of each document below its title; of one document alone the list by itself. */
export function setAsCards(reply, words, { cut, most }) {
  const sought = soughtBy(reply);
  const firsts = new Set(reply.items.slice(0, most));
  if (!several) return [listOf([...firsts], words, { cut, sought })];
  const groups = groupsOf(reply);
  const shown = groups.filter(({ items }) => items.some((item) => firsts.has(item)));
  const others = groups.filter(({ items, count }) => !items.length && count);
  const lists = shown.map((group) => {
    const only = groups.length > 1 ? [onlyOf(group.id, reply, words)] : [];
    const list = listOf(group.items.filter((item) => firsts.has(item)), words, { cut, sought });
    return element("section", { class: "group", "data-group": group.id }, element("div", { class: "group-head" }, ...headOf(group, words), ...only), list);
  });
  return [...lists, ...(shown.length === groups.length - others.length ? othersOf(others, reply, words) : [])];
}

/** `placed` tell where they stand: in short cards only where the one before stands elsewhere. */
export function listOf(items, words, { cut, sought, titled = false, placed = true }) {
  const cards = items.map((item, at) => cardOf(item, words, { cut, sought, titled, placed: placed && !(cut && at > 0 && sameSection(items[at - 1], item)) }));
  return element("ol", { class: cut ? "cards many" : "cards" }, ...cards);
}

const sameSection = (one, other) => one.document === other.document && one.section_title === other.section_title;

/** A document's title, date and own count. */
export function headOf({ id, count, unit, items }, every, name = "h3") {
  const words = unit === "条" ? inArticles(every) : every;
  const counted = items.length && count > items.length ? words.shownOf.replace("{n}", count).replace("{shown}", items.length) : words.items.replace("{n}", count);
  const date = dateOf(id);
  return [
    element(name, {}, element("a", { href: pageOf(id) }, titleOf(id, words))),
    element("p", { class: "facts" }, ...(date ? [element("span", {}, date)] : []), element("span", { class: "own" }, counted)),
  ];
}

/** Asks the same of this document alone. */
function onlyOf(id, reply, words) {
  return asking(element("button", { type: "button", class: "plain", "aria-label": `${words.only}：《${titleOf(id, words)}》` }, words.only), reply.plan.question, [id]);
}

function othersOf(groups, reply, words) {
  if (!groups.length) return [];
  const lines = groups.slice(0, OTHERS).map((group) => element("li", {}, element("div", { class: "group-head" }, ...headOf(group, words, "span"), onlyOf(group.id, reply, words))));
  const more = groups.length > OTHERS ? [element("li", {}, "…")] : [];
  return [element("details", { class: "others" }, element("summary", {}, words.others.replace("{n}", groups.length)), element("ul", {}, ...lines, ...more))];
}

/** `cut`: by its deciding clause; `sought` departments are marked; `placed`: tells its part; `titled`: stands
 * outside of its document's group. */
export function cardOf(item, words, { cut = false, sought, placed = true, titled = false } = {}) {
  const from = cut ? clauseStart(item.text, item.highlights, 80) : 0;
  const text = element("p", { class: cut ? "text cut" : "text" }, from ? "…" : "", ...marked(item.text, item.highlights, from));
  const title = titled && several ? `《${titleOf(item.document, words)}》` : "";
  const place = placed ? title + (item.section_title || "") : "";
  const where = element("p", { class: "where" }, element("a", { href: item.url }, item.label), element("span", {}, place));
  return element("li", { class: "card" }, where, text, ...rolesOf(item, words, sought));
}
