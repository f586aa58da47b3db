// What a language model adds to an answer that stands without it: shown below, when it has come and was checked.

import { element } from "../search-box.js";
import { jsonOf, post } from "./service.js";
import { tell } from "./tool.js";

const PATIENCE = 70000; // milliseconds: a model may take a minute
const UNREAD = ["out_of_scope", "no_match"];
const WANTED = ["summary", "compared"]; // statements of questions that want the items put into sentences

/** Asks the model where the question wants it, else offers to; `show` gives the nodes of an answer, `read` is told of
 * one that the model's reading found. */
export function help(turn, reply, request, words, { show, read }) {
  const wanted = UNREAD.includes(reply.reason) || reply.statements.some(({ kind }) => WANTED.includes(kind));
  const part = element("section", { class: "helped", "aria-label": words.helped.name });
  if (wanted) fill(false);
  else if (reply.items.length) part.append(element("p", { class: "tools" }, element("button", { type: "button", class: "plain", click: () => fill(true) }, words.helped.ask)));
  else return;
  turn.querySelector(".next, .provenance").before(part);

  async function fill(phrase) {
    part.replaceChildren(element("p", { class: "notice" }, words.helped.waiting));
    const nodes = await post("/api/model", { ...request, phrase }, jsonOf, undefined, PATIENCE).then(shown, (error) => [quiet(error.message)]);
    if (!turn.isConnected) return;
    part.replaceChildren(...nodes);
    if (!nodes.length) part.remove();
    else if (turn === turn.parentElement.lastElementChild) tell("status", words.helped.done);
  }

  function shown({ model, answer, phrased, fault }) {
    const nodes = [];
    if (answer) {
      nodes.push(...show(answer).filter((node) => !node.matches(".next")));
      read(answer);
    }
    if (phrased) nodes.push(...phrasedOf(phrased, model, words));
    if (fault) nodes.push(quiet(`${words.helped.fault}${fault}`));
    return nodes;
  }
}

const quiet = (text) => element("p", { class: "notice" }, text);

/** Each sentence with the items that it rests on; why there are none. */
function phrasedOf({ sentences, dropped, shown }, model, words) {
  if (!shown) return [quiet(words.helped.refused)];
  const lines = sentences.map(({ text, items }) => element("p", {}, text, ...items.map((item) => element("a", { class: "basis", href: item.url }, `〔${item.label}〕`))));
  const note = words.helped.by.replace("{model}", model) + (dropped ? words.helped.dropped.replace("{n}", dropped) : "");
  return [element("blockquote", { class: "phrased" }, ...lines, element("footer", {}, note))];
}
