// What a table of items may have as columns, what is in them, and how they sort.

import { pasted } from "./pasted.js";
import { supportOf } from "./roles.js";
import { titleOf } from "./titles.js";

/** Those with something in them, in order: {key, head, text} and `sort` where it can be sorted by. */
export function columnsOf(items, words) {
  const place = new Map();
  for (const item of items) if (!place.has(item.document)) place.set(item.document, place.size);
  const every = [
    { key: "label", text: ({ label }) => label, sort: (item) => [place.get(item.document), item.start] },
    { key: "text", text: ({ text }) => text },
    { key: "lead", text: ({ lead }) => lead.join("、"), sort: ({ lead }) => [lead.join("、")] },
    { key: "support", text: (item) => supportOf(item, words).join("、"), sort: ({ support }) => [support.join("、")] },
    { key: "due", text: ({ due }) => (due ? due.text : ""), sort: ({ due }) => [due ? `${due.by || "9999-12-31"} ${due.text}` : ""] },
    ...(place.size > 1 ? [{ key: "document", text: (item) => `《${titleOf(item.document, words)}》` }] : []),
  ];
  const led = items.filter(({ lead }) => lead.length);
  const names = { ...words.column, ...(led.every(({ responsible }) => responsible) ? { lead: words.responsible } : {}) }; // the text says of none that it leads
  return every.filter(({ text }) => items.some((item) => text(item))).map((column) => ({ ...column, head: names[column.key] }));
}

/** As the file is sorted, by what the document writes: what has nothing comes last, both ways; what is alike stays in its
 * order. */
export function sortedBy(items, { sort }, descending) {
  const keyed = items.map((item) => ({ item, key: sort(item.verbatim || item) }));
  const having = keyed.filter(({ key }) => key.some((one) => one !== ""));
  const without = keyed.filter(({ key }) => !key.some((one) => one !== ""));
  having.sort((one, other) => (descending ? -1 : 1) * compared(one.key, other.key));
  return [...having, ...without].map(({ item }) => item);
}

function compared(one, other) {
  const at = one.findIndex((value, index) => value !== other[index]);
  if (at < 0) return 0;
  return one[at] < other[at] ? -1 : 1;
}

const WIDTHS = { label: 10, text: 50, lead: 16, support: 22, due: 16, document: 20 }; // as they are to each other

/** The rows as they are shown, to be pasted. */
export const pastedItems = (items, columns) => pasted(
  columns.map(({ head }) => head), items.map((item) => columns.map(({ text }) => text(item))), columns.map(({ key }) => WIDTHS[key]));
