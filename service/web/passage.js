// An item in its place: the headings above it, the items around it, the cited words marked.

import { element, marked } from "../search-box.js";
import { rolesOf } from "./roles.js";
import { titleOf } from "./titles.js";

/** `highlights` are offsets in the item's text. */
export function passageOf(item, highlights, words) {
  const parts = [];
  let above = [];
  for (const one of [...item.before, item, ...item.after]) {
    const fresh = one.path.filter((heading, at) => heading !== above[at]);
    if (fresh.length) parts.push(element("p", { class: "path" }, fresh.join("　")));
    above = one.path;
    parts.push(one === item ? citedOf(item, highlights, words) : aroundOf(one));
  }
  return parts;
}

const labelOf = (item) => element("span", { class: "label" }, item.label);

const aroundOf = (item) => element("div", { class: "around" }, labelOf(item), element("p", { class: "text" }, item.text));

function citedOf(item, highlights, words) {
  const text = element("p", { class: "text" }, ...marked(item.text, highlights));
  return element("div", { class: "cited", "aria-current": "true" }, labelOf(item), text, ...aidOf(item, highlights, words), ...rolesOf({ ...item, ...item.hans }, words));
}

/** The same in Simplified, where that was chosen, and what it stands under. */
function aidOf({ hans, text, document: id }, highlights, words) {
  if (!hans || hans.text === text) return [];
  const place = [`《${titleOf(id, { inHans: true })}》`, ...hans.path].join("　");
  return [
    element("p", { class: "aid-name" }, words.aid), element("p", { class: "aid-place" }, place),
    element("p", { class: "text aid" }, ...marked(hans.text, highlights)),
  ];
}
