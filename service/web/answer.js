// An answer as it is shown: how the question was read, what is said, the items or their table, what to ask next.

import { element, spoken } from "/search-box.js";
import { asking } from "/web/asking.js";
import { cardOf, groupsOf, pageOf, setAsCards, setAsTable, several } from "/web/cards.js";
import { changesOf } from "/web/changes.js";
import { linked } from "/web/said.js";
import { post } from "/web/service.js";
import { titleOf } from "/web/titles.js";
import { toolsOf } from "/web/tools.js";

const MANY = 8; // items of a set from which each is shown by its deciding clause, until all are unfolded
const IDS = 50; // items that a row of a table links to

/** `examples` are what to ask next where nothing else is offered. */
export function answerOf(reply, request, words, examples) {
  const table = reply.table && reply.table.length;
  const changes = reply.changes && reply.changes.length;
  const said = spoken(reply);
  const tools = toolsOf(reply, request, words);
  const parts = readingOf(reply, words);
  if (said) parts.push(element("p", { class: reply.declined ? "said declined" : "said" }, ...linked(said, reply.items)));
  if (reply.choices && reply.choices.length) parts.push(choicesOf(reply.choices, words));
  if (table) parts.push(tableOf(reply, request, words));
  if (changes) parts.push(...changesOf(reply, words), ...restOf(reply, words));
  else if (reply.items.length) parts.push(...setOf(reply, words, tools));
  else if (!table && !reply.declined && reply.citations.length) parts.push(sourcesOf(reply, words));
  if (tools.childElementCount && !parts.includes(tools)) parts.push(tools);
  if (reply.grade === "perhaps") parts.push(nearestOf(reply, request, words));
  else if (reply.related.length && reply.reason !== "out_of_scope") {
    const summary = element("summary", {}, words.related.replace("{n}", reply.related.length));
    const cards = reply.related.map((item) => cardOf(item, words, { titled: true }));
    parts.push(element("details", { class: "related" }, summary, element("ol", { class: "cards" }, ...cards)));
  }
  const next = reply.follow_ups.length ? reply.follow_ups : examples.filter((one) => one !== request.question).slice(0, 4);
  if (!(reply.choices && reply.choices.length)) parts.push(nextOf(next, words));
  return parts;
}

/** The items of the answer: many are cut to their clauses, and unfolded together; of a field they stand folded. */
function setOf(reply, words, tools) {
  const count = reply.items.length;
  const many = count > MANY;
  const list = element("div", { class: "set" }, ...setAsCards(reply, words, many));
  if (reply.plan.intent === "field" || (reply.table && reply.table.length)) {
    return [element("details", {}, element("summary", {}, words.spoken.replace("{n}", count)), list)];
  }
  const rest = [...restOf(reply, words), ...betweenOf(reply, words)];
  if (reply.layout === "table") return [setAsTable(reply, words), ...rest];
  if (!many) return [list, ...rest];
  const unfold = element("button", { type: "button", class: "plain", click: () => {
    const open = unfold.textContent === words.unfold;
    unfold.textContent = open ? words.fold : words.unfold;
    list.replaceChildren(...setAsCards(reply, words, !open));
  } }, words.unfold);
  tools.prepend(unfold); // above a long list, where they are seen
  return [tools, list, ...rest];
}

function restOf(reply, words) {
  const count = reply.items.length;
  return reply.count > count ? [element("p", { class: "notice" }, words.first.replace("{n}", count).replace("{all}", reply.count))] : [];
}

/** Where the answer is of two documents, what is different between them. */
function betweenOf(reply, words) {
  const groups = several ? groupsOf(reply) : [];
  if (groups.length !== 2) return [];
  const question = `${groups.map(({ id }) => `《${titleOf(id)}》`).join("和")}有什么不同`;
  return [element("p", { class: "tools" }, asking(element("button", { type: "button", class: "plain" }, words.between), question, []))];
}

/** How the question was read, and its conditions, each to be taken away. */
function readingOf({ reading, conditions }, words) {
  if (!reading) return [];
  const removable = conditions.filter(({ without }) => without);
  const chips = removable.map(({ said, without }) => element("li", {}, asking(element("button", { type: "button", class: "chip condition", "aria-label": words.without.replace("{said}", said) }, `${said} ×`), without)));
  return [element("p", { class: "read-as" }, `${words.read}：${reading}`), ...(chips.length ? [element("ul", { class: "chips conditions" }, ...chips)] : [])];
}

/** The documents of which one may have been meant, each with the question that asks it. */
function choicesOf(choices, words) {
  const lines = choices.map(({ title, question }) => element("li", {}, asking(element("button", { type: "button", class: "choice", title: question }, title ? `《${title}》` : question), question)));
  return element("ul", { class: "choices", "aria-label": words.which }, ...lines);
}

/** The nearest items where nothing stands literally, open; 是这一项吗 makes one of them the turn before. */
function nearestOf(reply, request, words) {
  const cards = reply.related.slice(0, 3).map((item, at) => {
    const card = cardOf(item, words, { titled: true });
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
  const each = [...new Set(reply.table.flatMap((row) => (row.each || []).map(({ document: id }) => id)))];
  const texts = each.length ? [words.rows[0], ...each.map((id) => `《${titleOf(id)}》`), words.total] : words.rows;
  const heads = texts.map((text) => element("th", { scope: "col" }, text));
  const rows = reply.table.map((row) => element("tr", {}, nameOf(row), ...(each.length ? countsOf(row, each) : [element("td", {}, String(row.count)), idsOf(row, reply, request)])));
  return element("div", { class: "scroll" }, element("table", each.length ? { class: "years" } : {}, element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...rows)));
}

const nameOf = (row) => element("th", { scope: "row" }, row.document ? element("a", { href: pageOf(row.document) }, `《${titleOf(row.document)}》`) : row.name);

function countsOf(row, documents) {
  const counts = new Map(row.each.map(({ document: id, count }) => [id, count]));
  return [...documents.map((id) => element("td", {}, String(counts.get(id) || 0))), element("td", {}, String(row.count))];
}

/** The items of a row as links; of several documents after the title of each. */
function idsOf(row, reply, request) {
  const only = row.document || onlyDocument(reply, request); // whose ids they are
  const items = (row.items || row.ids.map((id) => ({ id, document: only }))).slice(0, IDS);
  const titled = new Set(items.map((item) => item.document)).size > 1;
  const more = row.ids.length > items.length ? "……" : "";
  return element("td", {}, ...items.flatMap((item, at) => {
    const next = items[at + 1];
    const first = titled && (at === 0 || items[at - 1].document !== item.document);
    const comma = !next ? more : titled && next.document !== item.document ? "；" : "、";
    return [first ? `《${titleOf(item.document)}》` : "", element("span", { class: "nowrap" }, idOf(item), comma)];
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
  return element("p", { class: "where sources" }, ...cited.map((citation) => element("a", { href: citation.url }, words.source.replace("{title}", titleOf(citation.document)))));
}

function nextOf(questions, words) {
  const chips = questions.map((question) => element("li", {}, asking(element("button", { type: "button", class: "chip" }, question), question)));
  return element("ul", { class: "chips next", "aria-label": words.next }, ...chips);
}
