// What a table of items may have as columns, what is in them, and how they sort.

import { element } from "../search-box.js";
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
    ...(place.size > 1 ? [{ key: "document", text: (item) => `《${titleOf(item.document)}》` }] : []),
  ];
  return every.filter(({ text }) => items.some((item) => text(item))).map((column) => ({ ...column, head: words.column[column.key] }));
}

/** The item as its document writes it, also where it is shown in Simplified. */
const verbatim = (item) => item.verbatim || item;

/** As the file is sorted: what has nothing comes last, both ways; what is alike stays in its order. */
export function sortedBy(items, { sort }, descending) {
  const keyed = items.map((item) => ({ item, key: sort(verbatim(item)) }));
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

/** The rows as a table to be pasted: with lines around its cells, as office programs take it. */
export function pasted(items, columns) {
  const heads = element("tr", {}, ...columns.map(({ head }) => element("th", {}, head)));
  const own = items.map(verbatim);
  const rows = own.map((item) => element("tr", {}, ...columns.map(({ text }) => element("td", {}, cellOf(text(item))))));
  const table = element("table", { border: "1", cellspacing: "0", cellpadding: "4" }, element("thead", {}, heads), element("tbody", {}, ...rows));
  const lines = [columns.map(({ head }) => head), ...own.map((item) => columns.map(({ text }) => cellOf(text(item))))];
  return { html: new XMLSerializer().serializeToString(table), text: lines.map((line) => line.join("\t")).join("\n") };
}

/** One line, and nothing that a worksheet would calculate. */
function cellOf(text) {
  const line = text.replace(/\s*[\n\t]\s*/g, " ").trim();
  return /^[=+@-]/.test(line) ? `'${line}` : line;
}
