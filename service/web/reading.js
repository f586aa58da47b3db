// How a question was read: the sentence, in which each condition can be taken away.

import { element } from "../search-box.js";
import { asking } from "./asking.js";

/** What was asked, and in brackets the whole question that it was taken for. */
export const askedAs = ({ plan }, { question }) => (question === plan.question ? question : `${question}（${plan.question}）`);

/** 理解为：…; empty where there is nothing to say. */
export const readAs = ({ reading }, words) => (reading ? `${words.read}：${reading}` : "");

export function readingOf({ reading, conditions }, words) {
  if (!reading) return [];
  const { parts, rest } = withConditions(reading, conditions.filter(({ without }) => without), words);
  const beside = rest.map((condition) => element("li", {}, chipOf(condition, words))); // said in other words
  return [
    element("p", { class: "read-as" }, `${words.read}：`, ...parts),
    ...(beside.length ? [element("ul", { class: "chips conditions" }, ...beside)] : []),
  ];
}

/** The sentence in parts, where a condition stands its chip; `rest` are those that it does not say. */
function withConditions(reading, conditions, words) {
  const places = [];
  for (const condition of conditions) {
    let at = reading.indexOf(condition.said);
    while (at >= 0 && places.some((one) => at < one.at + one.condition.said.length && one.at < at + condition.said.length)) at = reading.indexOf(condition.said, at + 1);
    if (at >= 0) places.push({ at, condition });
  }
  places.sort((one, other) => one.at - other.at);
  const parts = [];
  let from = 0;
  for (const { at, condition } of places) {
    parts.push(reading.slice(from, at), chipOf(condition, words));
    from = at + condition.said.length;
  }
  const said = new Set(places.map(({ condition }) => condition));
  return { parts: [...parts, reading.slice(from)].filter((part) => part !== ""), rest: conditions.filter((condition) => !said.has(condition)) };
}

/** Asks what remains without the condition. */
function chipOf({ said, without }, words) {
  const label = words.without.replace("{said}", said);
  return asking(element("button", { type: "button", class: "chip condition", "aria-label": label, title: label }, said), without);
}
