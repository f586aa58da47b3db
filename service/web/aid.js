// A reading aid: in 简, what is written in Traditional is shown in Simplified; the document's own words are one click away.

import { element, spoken } from "../search-box.js";

/** What `show` gives of the reply; converted where the service sent it so, with a note that tells and takes it back. */
export function readable(reply, show, words) {
  const converted = inHans(reply);
  if (!converted) return show(reply, words);
  const told = spoken(converted) !== spoken(reply); // what is said quotes the document
  let nodes = [];
  const { note, turn } = noteOf(words, (on) => {
    nodes = on ? show(converted, { ...words, inHans: true }) : show(reply, words);
    if (note.parentElement) place(note, nodes, placeIn(nodes));
  });
  turn(true);
  return [...nodes.slice(0, placeIn(nodes)), note, ...nodes.slice(placeIn(nodes))];

  /** Before what is converted: the note stays where it is, and the focus on it. */
  function placeIn(shown) {
    const said = shown.findIndex((node) => node.matches(".said"));
    return told ? Math.max(0, said) : said + 1;
  }
}

/** A note that says what script is shown, and turns it. */
function noteOf(words, show) {
  let on = false;
  const said = element("span", {});
  const button = element("button", { type: "button", class: "plain", click: () => turn(!on) });
  const note = element("p", { class: "converted" }, said, button);
  const turn = (next) => {
    on = next;
    said.textContent = on ? words.converted : words.verbatim;
    button.textContent = on ? words.toVerbatim : words.toConverted;
    show(on);
  };
  return { note, turn };
}

/** Puts what is shown anew around the note. */
function place(note, nodes, at) {
  const turn = note.parentElement;
  const last = turn === turn.parentElement.lastElementChild;
  for (const node of [...turn.children]) if (node !== note && !node.matches(".asked, .scope, .provenance, .helped")) node.remove();
  note.before(...nodes.slice(0, at));
  note.after(...nodes.slice(at).filter((node) => last || !node.matches(".next"))); // only the last answer is gone on from
}

/** The reply with what it shows of documents in Simplified, as it came in `verbatim`; null where nothing is written
 * otherwise. */
function inHans(reply) {
  const item = (one) => one && (one.hans ? { ...one, ...one.hans, verbatim: one } : one);
  const converted = {
    ...reply,
    verbatim: reply,
    plan: planInHans(reply),
    statements: reply.statements.map((one) => (one.hans ? { ...one, text: one.hans } : one)),
    items: reply.items.map(item),
    related: reply.related.map(item),
    table: reply.table && reply.table.map((row) => ({ ...row, name: row.name_hans || row.name })),
    changes: (reply.changes || []).map((change) => ({ ...change, before: item(change.before), after: item(change.after) })),
  };
  const found = [...converted.items, ...converted.related].some((one) => one.verbatim) || (reply.table || []).some((row) => row.name_hans)
    || converted.changes.some(({ before, after }) => (before && before.verbatim) || (after && after.verbatim)) || spoken(converted) !== spoken(reply) || reply.choices.some((one) => one.title_hans);
  return found ? converted : null;
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

/** The same of what the page itself says of documents, before anything is asked; gives what to call where 简 is chosen or
 * no longer is. */
export function pageAid(words) {
  const welcome = document.getElementById("welcome");
  for (const node of document.querySelectorAll("[data-hans]")) node.dataset.verbatim = node.textContent;
  const { note, turn } = noteOf(words, (on) => convert(welcome, on));
  note.className = "aid-note";
  note.hidden = true;
  welcome.querySelector(".documents").before(note);
  return (on) => {
    convert(document, on);
    turn(on);
    note.hidden = !on || !welcome.querySelector("[data-hans]");
  };
}

function convert(within, on) {
  for (const node of within.querySelectorAll("[data-hans]")) node.textContent = on ? node.dataset.hans : node.dataset.verbatim;
}
