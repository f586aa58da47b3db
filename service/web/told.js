// An answer as text to be pasted: what was asked, how it was read, what was answered and what it is from.

import { askedAs, readAs } from "./reading.js";
import { excerptOf } from "./sentences.js";
import { titleOf } from "./titles.js";

const OF_ITEM = ["item", "fields", "place", "unplaced", "due", "reason"]; // kinds of statements that are of one item
const OF_CHANGE = ["new", "gone", "changed", "same"];

/** Its lines, the question first. What the page shows in a list stands in them whole: nothing is said to be elsewhere. */
export function toldOf(reply, request, words, sources) {
  return [askedAs(reply, request), readAs(reply, words), ...answered(reply, words), ...sources.map((source) => `——${source}`)].filter(Boolean);
}

function answered(reply, words) {
  const { statements, items, count } = reply;
  const all = [...items, ...(reply.changes || []).flatMap(({ before, after }) => [before, after].filter(Boolean))];
  const own = new Map(all.map((item) => [keyOf(item), item]));
  const lines = statements.flatMap((statement) => {
    if (statement.kind === "of_others") return []; // they follow
    if (statement.kind === "more") return restOf(reply, words);
    return lineOf(statement, own).split("\n");
  });
  return count > items.length && items.length ? [...lines, words.shownOf.replace("{n}", count).replace("{shown}", items.length)] : lines;
}

/** As it is said; what is quoted of an item with …… where it is cut. */
function lineOf({ kind, text, items }, own) {
  if (kind !== "item" && !OF_CHANGE.includes(kind)) return text;
  const found = /^(.*?)“(.*)”(〔[^〔〕]+〕.*)$/s.exec(text);
  const quoted = items.map((item) => own.get(keyOf(item))).filter(Boolean);
  const item = quoted[quoted.length - 1]; // of a change the later text
  return found && item ? `${found[1]}“${excerptOf(item.text, item.highlights)}”${found[3]}` : text;
}

/** What the lines before did not reach: items, changes, or rows of a table. */
function restOf({ statements, items, changes, table }, words) {
  const said = (kinds) => statements.filter(({ kind }) => kinds.includes(kind));
  if (changes && changes.length) {
    return changes.slice(said(OF_CHANGE).length).map(({ kind, before, after }) => `${words.kinds[kind]}：${quoteOf(after || before, false)}`);
  }
  if (table && table.length) return table.slice(said(["row", "row_of_documents", "row_each", "file_row", "listed_row", "group"]).length).map(({ name, count }) => `${name}：${count}`);
  const named = new Set(said(OF_ITEM).flatMap((statement) => statement.items).map(keyOf));
  const titled = new Set(items.map((item) => item.document)).size > 1;
  return items.filter((item) => !named.has(keyOf(item))).map((item) => quoteOf(item, titled));
}

const quoteOf = (item, titled) => `“${excerptOf(item.text, item.highlights)}”〔${titled ? `《${titleOf(item.document)}》` : ""}${item.label}〕`;

const keyOf = ({ document: of, id }) => `${of} ${id}`;
