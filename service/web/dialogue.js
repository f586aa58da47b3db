// A whole conversation as text: each turn as it is copied by itself, with when it was asked and of which version.

import { element } from "../search-box.js";
import { addressOf } from "./address.js";
import { copy } from "./clipboard.js";
import { madeOf, sourcesOf } from "./provenance.js";
import { linked } from "./said.js";
import { toldOf } from "./told.js";
import { WORDS } from "./words.js";

/** Copies the turns [{reply, request, at}], as text and as HTML. */
export async function copyAll(turns) {
  const parts = await Promise.all(turns.map(partOf));
  const shown = element("div", {}, ...parts.map(shownOf));
  await copy(parts.map(textOf).join("\n\n"), new XMLSerializer().serializeToString(shown));
}

async function partOf({ reply, request, at }) {
  const words = WORDS[reply.script];
  return {
    told: toldOf(reply, request, words, await sourcesOf(reply, words)),
    items: reply.items,
    made: madeOf(reply, at, words),
    address: location.origin + addressOf(reply.plan.question, request.documents),
  };
}

const textOf = ({ told, made, address }) => [...told, made, address].join("\n");

function shownOf({ told: [asked, ...lines], items, made, address }) {
  const line = (...said) => element("p", {}, ...said);
  const part = element("section", {}, element("h2", {}, asked), ...lines.map((text) => line(...linked(text, items))), line(made, " ", element("a", { href: address }, address)));
  for (const link of part.querySelectorAll("a")) link.setAttribute("href", link.href); // read elsewhere: with the host
  return part;
}
