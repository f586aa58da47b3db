// What documents are called: as the page, replies and lists have said it; what is not known yet is asked for.
// Where documents are read in Simplified so are their titles; what says where something is from keeps them.

import { listed } from "./service.js";

const MOST = 100; // asked for at once
const known = new Map(); // id -> {title, hans, date}; the date is null where there is none, undefined where it was not said
export const facts = new Map(); // id -> what the service said of the document in a list

for (const { dataset } of document.querySelectorAll("[data-document][data-title]")) learn(dataset.document, dataset.title, dataset.titleHans);

/** `hans`: in Simplified, where it is written otherwise. */
export function learn(id, title, hans, date) {
  known.set(id, { title, hans, date: date === undefined && known.has(id) ? known.get(id).date : date });
}

/** As a list to choose from tells it. */
export function learnListed({ id, short_title: title, hans, date }) {
  learn(id, title, hans && hans.short_title, date);
}

/** `inHans`: as it is read in Simplified. */
export function titleOf(id, { inHans = false } = {}) {
  const { title = id, hans = null } = known.get(id) || {};
  return (inHans && hans) || title;
}
export const dateOf = (id) => (known.has(id) ? known.get(id).date : undefined);

/** Learns the titles of all documents that a reply speaks of; one that cannot be had is called by its id. */
export async function learnFrom(reply) {
  // the reply's are told apart among those asked, the lists' among all
  for (const one of reply.documents || []) {
    if (known.has(one.id)) known.get(one.id).date = one.date;
    else learn(one.id, one.short_title || one.title, one.short_title_hans, one.date);
  }
  for (const item of reply.items) if (item.document_title && !known.has(item.document)) learn(item.document, item.document_title);
  const missing = [...new Set(spokenOf(reply))].filter((id) => id && (!known.has(id) || known.get(id).date === undefined));
  for (let at = 0; at < missing.length; at += MOST) {
    const { documents } = await listed({ documents: missing.slice(at, at + MOST) }).catch(() => ({ documents: [] }));
    for (const one of documents) {
      learnListed(one);
      facts.set(one.id, one);
    }
  }
}

function spokenOf(reply) {
  const rows = reply.table || [];
  const changes = (reply.changes || []).flatMap(({ before, after }) => [before, after].filter(Boolean));
  return [...reply.items, ...reply.related, ...reply.citations, ...rows, ...rows.flatMap((row) => [...(row.each || []), ...(row.items || [])]), ...changes].map((one) => one.document);
}
