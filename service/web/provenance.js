// What an answer is from: documents with their issuer and date, the version of the index, and when it was asked.

import { element } from "../search-box.js";
import { listed } from "./service.js";
import { facts, titleOf } from "./titles.js";

const MOST = 20; // documents that are named

/** What is printed below the answer, filled when it is known. */
export function provenanceOf(reply, at, words) {
  const line = element("p", { class: "provenance" }, madeOf(reply, at, words));
  sourcesOf(reply, words).then((sources) => line.prepend(...sources.map((source) => element("span", {}, source))));
  return line;
}

/** 《标题》　印发单位　日期, of each document that the answer is from. */
export async function sourcesOf(reply, words) {
  const ids = [...new Set([...(reply.documents || []).map(({ id }) => id), ...reply.citations.map((one) => one.document)])];
  const named = ids.slice(0, MOST);
  const missing = named.filter((id) => !facts.has(id));
  if (missing.length) {
    const { documents } = await listed({ documents: missing }).catch(() => ({ documents: [] })); // called by its title alone
    for (const one of documents) facts.set(one.id, one);
  }
  const said = named.map((id) => {
    const { title = titleOf(id), issuer, number, date } = facts.get(id) || {};
    return [`《${title}》`, issuer, number, date].filter(Boolean).join("　");
  });
  return ids.length > MOST ? [...said, words.sources.replace("{n}", ids.length)] : said;
}

/** When it was asked, and of which version. */
export function madeOf({ index_version: version }, at, words) {
  return words.made.replace("{version}", version).replace("{time}", timeOf(at));
}

/** 2025-03-01 09:05, where the reader is. */
export function timeOf(at) {
  const when = new Date(at);
  const two = (number) => String(number).padStart(2, "0");
  return `${when.getFullYear()}-${two(when.getMonth() + 1)}-${two(when.getDate())} ${two(when.getHours())}:${two(when.getMinutes())}`;
}
