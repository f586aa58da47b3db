// An answer as it is shown: how the question was read, what is said, the items or their table, what to ask next.

import { element, spoken } from "../search-box.js";
import { asking } from "./asking.js";
import { cardOf, groupsOf, pageOf, several } from "./cards.js";
import { changesOf } from "./changes.js";
import { copy } from "./clipboard.js";
import { pasted } from "./pasted.js";
import { readingOf } from "./reading.js";
import { soughtBy } from "./roles.js";
import { linked } from "./said.js";
import { post } from "./service.js";
import { titleOf } from "./titles.js";
import { toolOf } from "./tool.js";
import { toolsOf } from "./tools.js";
import { SetView } from "./views.js";
import { wordsFor } from "./words.js";

const FIELDS = 8; // items of which the departments are said one by one; of more their cards tell
const IDS = 50; // items that a row of a table links to

/** `examples` are what to ask next where nothing else is offered. */
export function answerOf(reply, request, every, examples) {
  const words = wordsFor(reply.items.length ? reply.items : reply.related, every);
  const { table, changes } = shownOf(reply);
  const set = reply.items.length && !changes ? new SetView(reply, words) : null;
  const said = saidOf(reply, words);
  const viewed = () => ({ ...(set ? set.request() : {}), ...(request.script === "hans" && !words.inHans ? { script: "auto" } : {}) }); // the document's own words are shown
  const tools = toolsOf(reply.verbatim || reply, request, words, viewed);
  const parts = readingOf(reply, words);
  if (said) parts.push(element("p", { class: reply.declined ? "said declined" : "said" }, ...linked(said, reply.items)));
  if (reply.choices && reply.choices.length) parts.push(choicesOf(reply.choices, words));
  if (table) parts.push(...tableOf(reply, request, words));
  if (changes) parts.push(...changesOf(reply, words), ...restOf(reply, words));
  else if (set) parts.push(...setOf(reply, words, set, table));
  else if (!table && !reply.declined && reply.citations.length) parts.push(sourcesOf(reply, words));
  if (tools.childElementCount) parts.push(tools);
  if (reply.grade === "perhaps") parts.push(nearestOf(reply, request, words));
  else if (reply.related.length && reply.reason !== "out_of_scope") {
    const summary = element("summary", {}, words.related.replace("{n}", reply.related.length));
    const cards = reply.related.map((item) => cardOf(item, words, { titled: true, sought: soughtBy(reply) }));
    parts.push(element("details", { class: "related" }, summary, element("ol", { class: "cards" }, ...cards)));
  }
  const next = reply.follow_ups.length ? reply.follow_ups : examples.filter((one) => ![request.question, reply.plan.question].includes(one)).slice(0, 4);
  if (!(reply.choices && reply.choices.length)) parts.push(nextOf(next, words));
  return parts;
}

/** A table of groups is not shown: the set itself is, in them. */
function shownOf({ table, changes, layout, items }) {
  const grouped = layout && layout !== "table" && items.length > 1;
  return { table: table && table.length && !grouped, changes: changes && changes.length };
}

/** What is said; who has the role in each of many items their cards say. */
function saidOf(reply, words) {
  const fields = reply.statements.filter(({ kind }) => kind === "fields");
  if (fields.length <= FIELDS) return spoken(reply);
  const others = reply.statements.filter(({ kind }) => kind !== "fields" && kind !== "more");
  return [spoken({ statements: others }), words.fieldsBelow.replace("{n}", reply.items.length)].filter(Boolean).join("\n");
}

/** The items of the answer; what a table was counted from stands folded. */
function setOf(reply, words, set, table) {
  if (table) return [element("details", {}, element("summary", {}, words.spoken.replace("{n}", reply.items.length)), set.element)];
  return [set.element, ...restOf(reply, words), ...betweenOf(reply, words)];
}

function restOf(reply, words) {
  const count = reply.items.length;
  return reply.count > count ? [element("p", { class: "notice" }, words.first.replace("{n}", count).replace("{all}", reply.count))] : [];
}

/** Where the answer is of two documents, what is different between them. */
function betweenOf(reply, words) {
  const groups = several ? groupsOf(reply) : [];
  if (groups.length !== 2) return [];
  const question = `${groups.map(({ id }) => `《${titleOf(id, words)}》`).join("和")}有什么不同`;
  return [element("p", { class: "tools" }, asking(element("button", { type: "button", class: "plain" }, words.between), question, []))];
}

/** The documents of which one may have been meant, each with the question that asks it. */
function choicesOf(choices, words) {
  const lines = choices.map(({ title, title_hans: hans, question }) => element("li", {}, asking(element("button", { type: "button", class: "choice", title: question }, title ? `《${(words.inHans && hans) || title}》` : question), question)));
  return element("ul", { class: "choices", "aria-label": words.which }, ...lines);
}

/** The nearest items where nothing stands literally, open; 是这一项吗 makes one of them the turn before. */
function nearestOf(reply, request, words) {
  const cards = reply.related.slice(0, 3).map((item, at) => {
    const card = cardOf(item, words, { titled: true, sought: soughtBy(reply) });
    const yes = element("button", { type: "button", class: "plain", click: () => confirmed(item, request) }, words.yes);
    card.prepend(element("p", { class: "perhaps" }, words.perhaps));
    card.append(element("p", {}, asking(yes, reply.follow_ups[at])));
    return card;
  });
  return element("ol", { class: "cards nearest" }, ...cards);
}

function confirmed(item, { question, history, documents }) {
  const verdict = { question, history, documents, verdict: "meant", item: `${item.document}#${item.id}` };
  if (document.querySelector("[data-feedback]")) post("/api/feedback", verdict, (response) => response.text()).catch(() => {}); // the question goes on without it
}

/** Departments, sections or documents, with how many items and which; 各年…: how many in each document. */
function tableOf(reply, request, words) {
  const { texts, cellsOf, years = false } = columnsOf(reply, request, words);
  const heads = texts.map((text) => element("th", { scope: "col" }, text));
  const rows = reply.table.map((row) => element("tr", {}, nameOf(row, words), ...cellsOf(row)));
  const table = element("table", years ? { class: "years" } : {}, element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...rows));
  const tool = toolOf(words.copyTable, words.inHans ? words.copiedAid : words.copied, () => {
    const { html, text } = pasted(texts, rows.map((row) => [...row.cells].map((cell) => cell.textContent)));
    return copy(text, html);
  });
  return [element("div", { class: "view-bar" }, tool), element("div", { class: "scroll" }, table)];
}

/** What stands over its columns, and the cells of a row after its name. */
function columnsOf(reply, request, words) {
  if (listsFiles(reply)) {
    const files = new Map(reply.documents.map((one) => [one.id, one]));
    return { texts: words.files, cellsOf: (row) => factsOf(files.get(row.document), words) };
  }
  const each = [...new Set(reply.table.flatMap((row) => (row.each || []).map(({ document: id }) => id)))];
  if (each.length) return { texts: [words.rows[0], ...each.map((id) => `《${titleOf(id, words)}》`), words.total], cellsOf: (row) => countsOf(row, each), years: true };
  return { texts: words.rows, cellsOf: (row) => [element("td", {}, String(row.count)), idsOf(row, reply, request, words)] };
}

/** Asked which files there are: a row is one, with who issued it and when. */
const listsFiles = ({ statements }) => statements.some(({ kind }) => kind === "listed");

function factsOf({ issuer, issuer_hans: hans, number, date, count, unit }, words) {
  return [(words.inHans && hans) || issuer, number, date, `${count}${unit}`].map((said) => element("td", {}, said || ""));
}

const nameOf = (row, words) => element("th", { scope: "row" }, row.document ? element("a", { href: pageOf(row.document) }, `《${titleOf(row.document, words)}》`) : row.name);

function countsOf(row, documents) {
  const counts = new Map(row.each.map(({ document: id, count }) => [id, count]));
  return [...documents.map((id) => element("td", {}, String(counts.get(id) || 0))), element("td", {}, String(row.count))];
}

/** The items of a row as links; of several documents after the title of each. */
function idsOf(row, reply, request, words) {
  const only = row.document || onlyDocument(reply, request); // whose ids they are
  const items = (row.items || row.ids.map((id) => ({ id, document: only }))).slice(0, IDS);
  const titled = new Set(items.map((item) => item.document)).size > 1;
  const more = row.ids.length > items.length ? "……" : "";
  return element("td", {}, ...items.flatMap((item, at) => {
    const next = items[at + 1];
    const first = titled && (at === 0 || items[at - 1].document !== item.document);
    const comma = !next ? more : titled && next.document !== item.document ? "；" : "、";
    return [first ? `《${titleOf(item.document, words)}》` : "", element("span", { class: "nowrap" }, idOf(item), comma)];
  }));
}

const idOf = ({ id, document: of }) => (of ? element("a", { href: `${pageOf(of)}#item-${encodeURIComponent(id)}` }, id) : id);

/** The one document that a reply is about. */
function onlyDocument({ citations, documents = [], items }, request) {
  const ids = new Set([...citations, ...items].map((one) => one.document).concat(documents.map(({ id }) => id), request.documents || []));
  if (!several) ids.add(document.querySelector("[data-document]").dataset.document);
  return ids.size === 1 ? [...ids][0] : null;
}

/** Links to where an answer without items is quoted from. */
function sourcesOf(reply, words) {
  const cited = [...new Map(reply.citations.map((citation) => [citation.url, citation])).values()].slice(0, 4);
  return element("p", { class: "where sources" }, ...cited.map((citation) => element("a", { href: citation.url }, words.source.replace("{title}", titleOf(citation.document, words)))));
}

function nextOf(questions, words) {
  const chips = questions.map((question) => element("li", {}, asking(element("button", { type: "button", class: "chip" }, question), question)));
  return element("ul", { class: "chips next", "aria-label": words.next }, ...chips);
}
