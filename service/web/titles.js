// What documents are called: as the page, replies and lists have said it; what is not known yet is asked for.

import { listed } from "./service.js";

const MOST = 100; // asked for at once
const known = new Map(); // id -> {title, date}; the date is null where there is none, undefined where it was not said
export const facts = new Map(); // id -> what the service said of the document in a list

for (const one of document.querySelectorAll("[data-document][data-title]")) learn(one.dataset.document, one.dataset.title);

export function learn(id, title, date) {
  known.set(id, { title, date: date === undefined && known.has(id) ? known.get(id).date : date });
}

export const titleOf = (id) => (known.has(id) ? known.get(id).title : id);
export const dateOf = (id) => (known.has(id) ? known.get(id).date : undefined);

/** Learns the titles of all documents that a reply speaks of; one that cannot be had is called by its id. */
export async function learnFrom(reply) {
  // the reply's are told apart among those asked, the lists' among all
  for (const one of reply.documents || []) learn(one.id, known.has(one.id) ? titleOf(one.id) : one.short_title || one.title, one.date);
  for (const item of reply.items) if (item.document_title && !known.has(item.document)) learn(item.document, item.document_title);
  const missing = [...new Set(spokenOf(reply))].filter((id) => id && (!known.has(id) || known.get(id).date === undefined));
  for (let at = 0; at < missing.length; at += MOST) {
    const { documents } = await listed({ documents: missing.slice(at, at + MOST) }).catch(() => ({ documents: [] }));
    for (const one of documents) {
      learn(one.id, one.short_title, one.date);
      facts.set(one.id, one);
    }
  }
}

function spokenOf(reply) {
  const rows = reply.table || [];
  const changes = (reply.changes || []).flatMap(({ before, after }) => [before, after].filter(Boolean));
  return [...reply.items, ...reply.related, ...reply.citations, ...rows, ...rows.flatMap((row) => [...(row.each || []), ...(row.items || [])]), ...changes].map((one) => one.document);
}
