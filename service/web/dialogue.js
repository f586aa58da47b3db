// A whole conversation as text: what was asked, how it was read, what was answered and what it is from.

import { element } from "../search-box.js";
import { addressOf } from "./address.js";
import { copy } from "./clipboard.js";
import { madeOf, sourcesOf } from "./provenance.js";
import { askedAs, readAs } from "./reading.js";
import { linked } from "./said.js";
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
    asked: askedAs(reply, request),
    read: readAs(reply, words),
    lines: reply.answer.split("\n"),
    items: reply.items,
    sources: (await sourcesOf(reply, words)).map((source) => `——${source}`),
    made: madeOf(reply, at, words),
    address: location.origin + addressOf(reply.plan.question, request.documents),
  };
}

function textOf({ asked, read, lines, sources, made, address }) {
  return [asked, read, ...lines, ...sources, made, address].filter(Boolean).join("\n");
}

function shownOf({ asked, read, lines, items, sources, made, address }) {
  const line = (...said) => element("p", {}, ...said);
  const answer = lines.map((text) => line(...linked(text, items)));
  const part = element("section", {}, element("h2", {}, asked), ...(read ? [line(read)] : []), ...answer, ...sources.map((source) => line(source)), line(made, " ", element("a", { href: address }, address)));
  for (const link of part.querySelectorAll("a")) link.setAttribute("href", link.href); // read elsewhere: with the host
  return part;
}
