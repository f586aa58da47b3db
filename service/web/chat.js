// The chat page: sends a question with the earlier ones and shows the answer with its items. Builds text nodes only.

import { composing, element, sentence } from "../search-box.js";
import { addressOf, lookAway, standAt } from "./address.js";
import { pageAid, readable } from "./aid.js";
import { answerOf } from "./answer.js";
import { asking } from "./asking.js";
import { Chooser } from "./chooser.js";
import { Conversation } from "./conversation.js";
import { copyAll } from "./dialogue.js";
import { help } from "./helped.js";
import { kept } from "./kept.js";
import { provenanceOf } from "./provenance.js";
import { jsonOf, post, request } from "./service.js";
import { Source } from "./source.js";
import { learnFrom, titleOf } from "./titles.js";
import { tell, toolOf } from "./tool.js";
import { WORDS } from "./words.js";

const SLOW = 400; // milliseconds after which waiting is shown

const form = document.getElementById("ask");
const input = document.getElementById("question");
const turns = document.getElementById("turns");
const scripts = Array.from(document.querySelectorAll("[name=script]"));
const offered = document.getElementById("examples");
const history = []; // questions of this conversation, oldest first
const button = document.getElementById("chooser"); // where there are several documents
const reads = () => ({ inHans: script() === "hans" });
const chooser = button && new Chooser(button, chosen, reads);
const aid = pageAid(WORDS.hans);
const source = new Source(turns, script);
const given = new URLSearchParams(location.search);
const first = (given.get("q") || "").slice(0, 500);
const conversation = new Conversation(Boolean(first) || given.has("document"));
const dialogue = document.getElementById("dialogue"); // what can be done with the whole of it
let pending = null; // AbortController of the question under way

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask(input.value);
});
input.addEventListener("keydown", (event) => {
  if (composing(event)) {
    if (event.key === "Enter") event.preventDefault(); // it ends a composition
  } else if (event.key === "Escape") input.value = "";
  else if (event.key === "ArrowUp" && !input.value && history.length) {
    event.preventDefault();
    input.value = history[history.length - 1];
  }
});
document.addEventListener("keydown", (event) => {
  const editing = event.target instanceof Element && event.target.matches("input[type=text]");
  if (composing(event) || event.altKey || editing) return;
  if (event.key !== "/" && !(event.key === "k" && (event.ctrlKey || event.metaKey))) return;
  event.preventDefault();
  input.focus();
});
document.addEventListener("ask", ({ detail: { question, documents } }) => {
  if (chooser && documents) chooser.choose(documents[0] || null);
  ask(question);
});
for (const example of offered.querySelectorAll(".example")) asking(example, example.textContent);
for (const offer of document.querySelectorAll("#welcome [data-question]")) asking(offer, offer.dataset.question, offer.dataset.of ? [offer.dataset.of] : []);
for (const one of document.querySelectorAll(".pick-one")) one.addEventListener("click", () => chooser.open());
for (const choose of document.querySelectorAll(".choose")) {
  choose.addEventListener("click", () => {
    chooser.choose(choose.dataset.document);
    input.focus();
  });
}
if (button) button.addEventListener("chosen", () => input.focus());
for (const choice of scripts) {
  choice.checked = choice.value === (kept("yaodian-script") || "auto");
  choice.addEventListener("change", () => {
    kept("yaodian-script", choice.value);
    read();
    const last = turns.lastElementChild;
    if (!last || !("answered" in last.dataset) || pending) return;
    ask(history.pop(), { replaced: last }); // said again, in the script that was chosen
  });
}
read();
dialogue.append(
  toolOf("复制整段对话", "已复制", () => copyAll(conversation.turns)),
  element("button", { type: "button", class: "plain", click: () => window.print() }, "打印"),
  element("button", { type: "button", class: "plain anew", click: begin }, "新的对话"));
if (conversation.kept.length) restore(conversation.kept);
else if (document.getElementById("absent")) input.value = first; // it was for a document that is not here: not asked of others unseen
else ask(first);
source.follow();

/** What the page itself says is read in the script that is chosen. */
function read() {
  aid(reads().inHans);
  if (chooser) chooser.name();
}

/** Asks again what was asked before, and comes back to where the page was. */
async function restore(kept) {
  for (const [at, turn] of kept.entries()) {
    const answered = await ask(turn.question, { before: turn, again: () => restore(kept.slice(at)) });
    if (!answered) return;
  }
  window.scrollTo(0, conversation.scrolled);
}

/** A new conversation: nothing was asked. */
function begin() {
  if (pending) pending.abort();
  conversation.clear();
  history.length = 0;
  turns.replaceChildren();
  dialogue.hidden = true;
  for (const done of document.querySelectorAll("#welcome")) done.hidden = false;
  const id = chooser && chooser.chosen;
  standAt(addressOf("", id ? [id] : []));
  if (source.isOpen) lookAway();
  document.title = "要点问答";
  tell("status", "新的对话");
  window.scrollTo(0, 0);
  input.focus();
}

/** Asks, and shows the answer in a turn of its own; where it comes, it takes the place of `replaced`. `before` is the
 * turn as it was kept, asked again; `again` retries it. Whether it was answered. */
async function ask(typed, { replaced = null, before = null, again = null } = {}) {
  const question = typed.trim();
  if (!question) return false;
  if (pending) pending.abort();
  const id = replaced ? replaced.dataset.of || null : before ? before.document : chooser && chooser.chosen;
  const documents = id ? { documents: [id] } : {};
  const body = { question, history: history.slice(-20), script: script(), ...documents };
  for (const done of document.querySelectorAll("#welcome, #absent")) done.hidden = true;
  for (const stale of turns.querySelectorAll(".next")) stale.remove();
  const waiting = element("p", { class: "notice waiting", hidden: true }, "正在查找……");
  const scope = id ? [element("p", { class: "scope" }, `只问《${titleOf(id, reads())}》`)] : [];
  const turn = element("article", { class: "turn", "data-of": id }, element("h2", { class: "asked" }, question), ...scope, waiting);
  turns.append(turn);
  dialogue.hidden = false;
  if (!before) turn.scrollIntoView({ block: "start" });
  if (input.value.trim() === question) input.value = ""; // what else is being written stays
  const own = (pending = new AbortController());
  const slow = setTimeout(() => { waiting.hidden = false; }, SLOW);
  try {
    const reply = await post("/api/ask", body, jsonOf, own);
    if (chooser) await learnFrom(reply);
    const words = WORDS[reply.script];
    const show = (shown, own) => answerOf(shown, body, own, examples());
    turn.append(...readable(reply, show, words));
    source.cites(turn, reply);
    const at = before && before.version === reply.index_version ? before.at : Date.now();
    turn.append(provenanceOf(reply, at, words));
    turn.dataset.answered = "";
    if (replaced) replaced.remove();
    history.push(question);
    const place = history.length - 1;
    if ("helped" in turns.dataset) help(turn, reply, body, words, { show: (found) => show(found, words), read });
    conversation.add({ reply, request: body, at }, replaced !== null);
    document.title = `${reply.plan.question} · 要点问答`;
    standAt(addressOf(reply.plan.question, id ? [id] : []));
    const said = reply.plan.intent === "lookup" && reply.items.length ? reply.items.map((item) => item.label).join("、") : sentence(reply.answer);
    tell("status", [reply.declined ? words.none : "", said].filter(Boolean).join("。"));
    return true;

    /** What comes after follows the question as the model read it. */
    function read(answer) {
      if (history[place] === question) history[place] = answer.plan.question;
      source.cites(turn, answer);
    }
  } catch (error) {
    if (!turn.isConnected) return false; // a new conversation was begun
    if (replaced) history.push(question); // its answer still stands
    const retry = element("button", { type: "button", class: "chip", click: () => { turn.remove(); again ? again() : ask(question); } }, "重试");
    const why = error instanceof TypeError ? "服务回应有误，请稍后再试。" : error.message; // a reply of another shape
    turn.append(element("p", { class: "said failed" }, why), element("p", {}, retry));
    tell("alert", why);
    return false;
  } finally {
    clearTimeout(slow);
    waiting.remove();
    if (pending === own) pending = null;
    const left = document.activeElement === document.body || earlier(document.activeElement, turn);
    // on a touch screen the keyboard would cover the answer
    if (left && !matchMedia("(pointer: coarse)").matches) input.focus({ preventScroll: true });
  }
}

/** What was pressed is in an answer that was gone on from. */
const earlier = (pressed, turn) => turns.contains(pressed) && !turn.contains(pressed);

/** Another document is asked from now on: the address says so, and what may be asked of it is offered. */
async function chosen(id) {
  standAt(addressOf("", id ? [id] : []));
  document.title = id ? `《${titleOf(id)}》 · 要点问答` : "要点问答";
  tell("status", id ? `只问《${titleOf(id)}》` : "问全部文件");
  const absent = document.getElementById("absent");
  if (absent) absent.remove();
  const query = new URLSearchParams({ limit: 1, ...(id ? { documents: id } : {}) });
  const { documents } = await request(`/api/documents?${query}`, {}, jsonOf).catch(() => ({ documents: [] }));
  if (!documents.length || chooser.chosen !== id) return;
  const { suggestions } = documents[0];
  offered.replaceChildren(...suggestions.map((question) => element("li", {}, asking(element("button", { type: "button", class: "chip example" }, question), question))));
  input.placeholder = `例如：${suggestions[0]}`;
}

function script() {
  return scripts.find((choice) => choice.checked).value;
}

function examples() {
  return Array.from(offered.querySelectorAll(".example"), (example) => example.textContent);
}
