// A set by department or by section: a group opens to its items.

import { element } from "../search-box.js";
import { listOf, several } from "./cards.js";
import { soughtBy } from "./roles.js";
import { titleOf } from "./titles.js";
import { wordsFor } from "./words.js";

/** [{name, items}]: by who leads, most first, and last what nobody leads; by the outermost headings as they come. */
export function groupsBy(kind, { items }, words) {
  const found = new Map();
  for (const item of items) {
    for (const name of namesOf(kind, item, words)) found.set(name, [...(found.get(name) || []), item]);
  }
  const groups = [...found].map(([name, own]) => ({ name: name || words.unstated, unnamed: !name, items: own }));
  if (kind === "department") groups.sort((one, other) => one.unnamed - other.unnamed || other.items.length - one.items.length);
  return groups;
}

function namesOf(kind, item, words) {
  if (kind === "department") return item.lead.length ? item.lead : [""];
  const title = several && item.section_title ? `《${titleOf(item.document, words)}》` : "";
  return [title + (item.section_title || "")];
}

/** Open from the first on until `most` items are seen; the cards of a group are made when it opens. */
export function setInGroups(kind, reply, words, most) {
  const sought = soughtBy(reply);
  let seen = 0;
  return groupsBy(kind, reply, words).map(({ name, items }) => {
    const fill = () => { if (!list.childElementCount) list.append(listOf(items, words, { cut: true, sought, titled: several && kind === "department", placed: kind !== "section" })); };
    const list = element("div", {});
    const count = element("span", { class: "own" }, wordsFor(items, words).items.replace("{n}", items.length));
    const group = element("details", { class: "in-group", toggle: () => group.open && fill() }, element("summary", {}, element("span", { class: "name" }, name), " ", count), list);
    group.open = seen + items.length <= most;
    if (group.open) fill();
    seen += items.length;
    return group;
  });
}
