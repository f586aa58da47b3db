// The chat page: sends a question with the earlier ones and shows the answer with its items. Builds text nodes only.

import { composing, element, sentence } from "/search-box.js";
import { standAt } from "/web/address.js";
import { answerOf } from "/web/answer.js";
import { asking } from "/web/asking.js";
import { Chooser } from "/web/chooser.js";
import { post, request } from "/web/service.js";
import { Source } from "/web/source.js";
import { learnFrom, titleOf } from "/web/titles.js";
import { addressOf, tell } from "/web/tools.js";
import { WORDS } from "/web/words.js";

const SLOW = 400; // milliseconds after which waiting is shown

const form = document.getElementById("ask");
const input = document.getElementById("question");
const turns = document.getElementById("turns");
const scripts = Array.from(document.querySelectorAll("[name=script]"));
const offered = document.getElementById("examples");
const history = []; // questions of this page, oldest first; nothing else is kept
const button = document.getElementById("chooser"); // where there are several documents
const chooser = button && new Chooser(button, chosen);
const source = new Source(turns, script);
const given = new URLSearchParams(location.search);
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
for (const compare of document.querySelectorAll(".compare")) asking(compare, compare.dataset.question, []);
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
    const last = turns.lastElementChild;
    if (!last || !("answered" in last.dataset) || pending) return;
    ask(history.pop(), last); // said again, in the script that was chosen
  });
}
const first = (given.get("q") || "").slice(0, 500);
if (document.getElementById("absent")) input.value = first; // it was for a document that is not here: not asked of others unseen
else ask(first);
source.follow();

/** Asks, and shows the answer in a turn of its own; where it comes, it takes the place of `replaced`. */
async function ask(typed, replaced = null) {
  const question = typed.trim();
  if (!question) return;
  if (pending) pending.abort();
  const id = replaced ? replaced.dataset.of || null : chooser && chooser.chosen;
  const documents = id ? { documents: [id] } : {};
  const body = { question, history: history.slice(-20), script: script(), ...documents };
  for (const done of document.querySelectorAll("#welcome, #absent")) done.hidden = true;
  for (const stale of turns.querySelectorAll(".next")) stale.remove();
  const waiting = element("p", { class: "notice waiting", hidden: true }, "正在查找……");
  const scope = id ? [element("p", { class: "scope" }, `只问《${titleOf(id)}》`)] : [];
  const turn = element("article", { class: "turn", "data-of": id }, element("h2", { class: "asked" }, question), ...scope, waiting);
  turns.append(turn);
  turn.scrollIntoView({ block: "start" });
  if (input.value.trim() === question) input.value = ""; // what else is being written stays
  const own = (pending = new AbortController());
  const slow = setTimeout(() => { waiting.hidden = false; }, SLOW);
  try {
    const reply = await post("/api/ask", body, (response) => response.json(), own);
    if (chooser) await learnFrom(reply);
    turn.append(...answerOf(reply, body, WORDS[reply.script], examples()));
    source.cites(turn, reply);
    turn.dataset.answered = "";
    if (replaced) replaced.remove();
    history.push(question);
    document.title = `${reply.plan.question} · 要点问答`;
    standAt(addressOf(reply.plan.question, id ? [id] : []));
    const said = reply.plan.intent === "lookup" && reply.items.length ? reply.items.map((item) => item.label).join("、") : sentence(reply.answer);
    tell("status", [reply.declined ? WORDS[reply.script].none : "", said].filter(Boolean).join("。"));
  } catch (error) {
    if (replaced) history.push(question); // its answer still stands
    const again = element("button", { type: "button", class: "chip", click: () => { turn.remove(); ask(question); } }, "重试");
    const why = error instanceof TypeError ? "服务回应有误，请稍后再试。" : error.message; // a reply of another shape
    turn.append(element("p", { class: "said failed" }, why), element("p", {}, again));
    tell("alert", why);
  } finally {
    clearTimeout(slow);
    waiting.remove();
    if (pending === own) pending = null;
    // on a touch screen the keyboard would cover the answer
    if (document.activeElement === document.body && !matchMedia("(pointer: coarse)").matches) input.focus({ preventScroll: true });
  }
}

/** Another document is asked from now on: the address says so, and what may be asked of it is offered. */
async function chosen(id) {
  standAt(addressOf("", id ? [id] : []));
  document.title = id ? `《${titleOf(id)}》 · 要点问答` : "要点问答";
  tell("status", id ? `只问《${titleOf(id)}》` : "问全部文件");
  const absent = document.getElementById("absent");
  if (absent) absent.remove();
  const query = new URLSearchParams({ limit: 1, ...(id ? { documents: id } : {}) });
  const { documents } = await request(`/api/documents?${query}`, {}, (response) => response.json()).catch(() => ({ documents: [] }));
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

/** What this browser keeps under a name; storage may be refused. */
function kept(name, value) {
  try {
    if (value !== undefined) localStorage.setItem(name, value);
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}
