// Who leads an item, who supports it, until when: each apart, the departments asked about marked.

import { element } from "../search-box.js";

/** The departments that a question asked about. */
export const soughtBy = ({ plan }) => new Set(plan.department_rule === "none" ? [] : [...plan.lead, ...plan.support, ...plan.any]);

/** Those of the departments that support an item which it names. */
const namedIn = ({ support, collective }) => support.filter((name) => !collective.includes(name));

/** The departments that the item names, then the document's own words for all, which are no names. */
export function supportOf(item, words) {
  return item.collective.length ? [...namedIn(item), ...wordsForAll(item, words)] : namedIn(item);
}

const wordsForAll = (item, words) => (item.collective_words.length ? item.collective_words : [words.collective]);

export function rolesOf(item, words, sought = new Set()) {
  const lines = [
    lineOf(item.responsible ? words.responsible : words.lead, item.lead.map((name) => nameOf(name, sought, words, "department lead"))),
    lineOf(words.support, [...namedIn(item).map((name) => nameOf(name, sought, words)), ...allOf(item, words, sought)]),
    lineOf(words.leaders, (item.leaders || []).map((name) => element("span", { class: "department" }, name))),
    lineOf(words.due, item.due ? [element("span", { class: "department due" }, item.due.text)] : []),
  ];
  const shown = lines.filter(Boolean);
  return shown.length ? [element("div", { class: "roles" }, ...shown)] : [];
}

const lineOf = (label, names) => (names.length ? element("div", {}, element("span", { class: "role" }, label), ...names) : null);

function nameOf(name, sought, words, kind = "department") {
  if (!sought.has(name)) return element("span", { class: kind }, name);
  return element("span", { class: `${kind} sought` }, name, element("span", { class: "quiet" }, words.sought));
}

/** 各部室、下属单位 as the document writes it; the departments that it stands for when it is opened. */
function allOf(item, words, sought) {
  if (!item.collective.length) return [];
  const asked = item.collective.filter((name) => sought.has(name));
  const within = asked.length ? words.within.replace("{names}", asked.join("、")) : "";
  const summary = element("summary", { class: asked.length ? "department sought" : "department" }, wordsForAll(item, words).join("、") + within);
  const names = element("span", { class: "names" }, `${words.standsFor}：${item.collective.join("、")}`);
  return [element("details", { class: "for-all" }, summary, names)];
}
