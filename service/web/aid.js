// A reading aid: in 简, items written in Traditional are shown in Simplified; the quotes are one click away.

import { element } from "/search-box.js";

/** What `show` gives of the reply; converted where the service sent it so, with a note that tells and takes it back. */
export function readable(reply, show, words) {
  const converted = inHans(reply);
  if (!converted) return show(reply);
  let shown = null; // what is now shown of the reply
  const said = element("span", {});
  const button = element("button", { type: "button", class: "plain", click: () => turn(shown === converted ? reply : converted) });
  const note = element("p", { class: "converted" }, said, button);
  return turn(converted);

  /** The note stays where it is, and the focus on it. */
  function turn(next) {
    shown = next;
    said.textContent = shown === converted ? words.converted : words.verbatim;
    button.textContent = shown === converted ? words.toVerbatim : words.toConverted;
    const nodes = show(shown);
    const at = nodes.findIndex((node) => node.matches(".said")) + 1;
    if (note.parentElement) place(note, nodes, at);
    return [...nodes.slice(0, at), note, ...nodes.slice(at)];
  }
}

/** Puts what is shown anew around the note. */
function place(note, nodes, at) {
  const turn = note.parentElement;
  const last = turn === turn.parentElement.lastElementChild;
  for (const node of [...turn.children]) if (node !== note && !node.matches(".asked, .scope, .provenance, .helped")) node.remove();
  note.before(...nodes.slice(0, at));
  note.after(...nodes.slice(at).filter((node) => last || !node.matches(".next"))); // only the last answer is gone on from
}

/** The reply with its items and rows in Simplified; null where nothing is written otherwise. */
function inHans(reply) {
  const found = [...reply.items, ...reply.related].some(({ hans }) => hans) || (reply.table || []).some((row) => row.name_hans) || (reply.changes || []).some(({ before, after }) => (before && before.hans) || (after && after.hans));
  if (!found) return null;
  const item = (one) => one && (one.hans ? { ...one, ...one.hans, verbatim: one } : one);
  return {
    ...reply,
    plan: planInHans(reply),
    items: reply.items.map(item),
    related: reply.related.map(item),
    table: reply.table && reply.table.map((row) => ({ ...row, name: row.name_hans || row.name })),
    changes: (reply.changes || []).map((change) => ({ ...change, before: item(change.before), after: item(change.after) })),
  };
}

/** The plan with the departments asked about as they are shown. */
function planInHans({ plan, items, related }) {
  const shown = new Map();
  for (const { hans, ...item } of [...items, ...related].filter((one) => one.hans)) {
    for (const role of ["lead", "support", "collective"]) item[role].forEach((name, at) => shown.set(name, hans[role][at]));
  }
  const named = (names) => names.map((name) => shown.get(name) || name);
  return { ...plan, lead: named(plan.lead), support: named(plan.support), any: named(plan.any) };
}
