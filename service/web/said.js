// What is said, with the items it names as links.

import { element } from "../search-box.js";

const MOST = 200; // items that are looked for
const WITHIN = /[0-9０-９章节節条條款件分）)]$/; // before a label that is the end of a longer one: 附件2第3项

/** The text as strings and links: 第31项 where one item of the answer is called so. */
export function linked(text, items) {
  const named = new Map();
  for (const item of items.slice(0, MOST)) named.set(item.label, named.has(item.label) ? null : item);
  const labels = [...named.keys()].filter((label) => named.get(label)).sort((one, other) => other.length - one.length);
  const parts = [];
  let [from, at] = [0, 0];
  while (at < text.length) {
    const label = labels.find((one) => text.startsWith(one, at));
    if (!label || WITHIN.test(text.slice(from, at))) {
      at += 1;
      continue;
    }
    parts.push(text.slice(from, at), element("a", { href: named.get(label).url }, label));
    at += label.length;
    from = at;
  }
  parts.push(text.slice(from));
  return parts.filter((part) => part !== "");
}
