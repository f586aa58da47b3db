// What became of each item from one document to another: before and after side by side, differing words marked.

import { element, marked } from "../search-box.js";
import { pageOf } from "./cards.js";
import { dateOf, titleOf } from "./titles.js";

/** The changes by their kinds, and buttons that show one kind alone. */
export function changesOf({ changes, plan }, every) {
  const own = plan.comparison === "unlike" ? { ...every, ...every.unlike } : every;
  const kinds = [...new Set(changes.map(({ kind }) => kind))];
  const titles = { before: headOf("before", changes, own), after: headOf("after", changes, own) };
  const words = { ...own, kinds: Object.fromEntries(Object.entries(own.kinds).map(([kind, said]) => [kind, said.replace(/\{(before|after)\}/, (_, side) => titles[side].said)])) };
  const bodies = new Map(kinds.map((kind) => [kind, bodyOf(kind, changes.filter((one) => one.kind === kind), titles, words)]));
  const heads = ["before", "after"].map((side) => element("th", { scope: "col", role: "columnheader" }, ...titles[side].head));
  const table = element("table", { class: "changes", role: "table" },
    element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...heads)), ...bodies.values());
  return [...(kinds.length > 1 ? [filterOf(bodies, changes, words)] : []), table];
}

/** The document of a side. */
function headOf(side, changes, words) {
  const found = changes.find((one) => one[side]);
  if (!found) return { said: "", head: [words[side].replace("《{title}》", "—")] };
  const { document: id } = found[side];
  const [before, after] = words[side].split("《{title}》");
  const date = dateOf(id);
  return {
    said: words[side].replace("{title}", titleOf(id, words)),
    head: [before, element("a", { href: pageOf(id) }, `《${titleOf(id, words)}》`), after, ...(date ? [element("span", { class: "date" }, date)] : [])],
  };
}

function bodyOf(kind, changes, titles, words) {
  const heading = element("tr", { role: "row", class: "of" }, element("th", { scope: "rowgroup", role: "rowheader", colspan: 2 }, `${words.kinds[kind]} `, element("span", { class: "own" }, words.items.replace("{n}", changes.length))));
  const rows = changes.map((change) => element("tr", { role: "row" }, ...["before", "after"].map((side) => cellOf(change, side, titles[side].said, words))));
  return element("tbody", { role: "rowgroup", class: kind }, heading, ...rows);
}

/** `title` is shown beside the cell where the columns stand below each other. */
function cellOf(change, side, title, words) {
  const item = change[side];
  if (!item) return element("td", { role: "cell", class: "none" }, words.nothingThere);
  const name = side === "before" ? "del" : "ins";
  const spans = change.kind === "changed" ? (change.spans || {})[side === "before" ? "removed" : "added"] || [] : [];
  const text = element("p", { class: "text" }, ...marked(item.text, spans, 0, Infinity, name));
  const where = element("p", { class: "where" }, element("a", { href: item.url }, item.label), element("span", { class: "side" }, title));
  return element("td", { role: "cell" }, where, text, ...fieldsOf(change, side, name, words));
}

/** 牵头：甲、乙, what differs marked. */
function fieldsOf(change, side, name, words) {
  if (!change.before || !change.after) return [];
  const other = side === "before" ? change.after : change.before;
  return (change.fields || []).map((field) => {
    const own = valuesOf(change[side], field);
    const theirs = valuesOf(other, field);
    const said = own.map((value, at) => element("span", {}, at ? "、" : "", theirs.includes(value) ? value : element(name, {}, value)));
    return element("p", { class: "field" }, `${words.fields[field]}：`, ...(said.length ? said : [words.unstated]));
  });
}

const valuesOf = (item, field) => (field === "due" ? [item.due].filter(Boolean).map(({ text }) => text) : item[field]);

function filterOf(bodies, changes, words) {
  const chips = [null, ...bodies.keys()].map((kind) => element("button", { type: "button", class: "chip", "aria-pressed": String(kind === null), click: () => show(kind) },
    `${kind ? words.kinds[kind] : words.every} `, element("span", { class: "count" }, String(kind ? changes.filter((one) => one.kind === kind).length : changes.length))));
  const show = (shown) => {
    for (const [at, kind] of [null, ...bodies.keys()].entries()) {
      chips[at].setAttribute("aria-pressed", String(kind === shown));
      if (kind) bodies.get(kind).hidden = shown !== null && kind !== shown;
    }
  };
  return element("div", { class: "chips kinds", role: "group" }, ...chips);
}
