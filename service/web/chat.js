// The chat page: sends a question with the earlier ones and shows the answer with its items. Builds text nodes only.

import { clauseStart, composing, element, marked, spoken } from "/search-box.js";

const MANY = 8; // items of a set from which each is shown by its deciding clause, until all are unfolded
const SLOW = 400; // milliseconds after which waiting is shown

const form = document.getElementById("ask");
const input = document.getElementById("question");
const turns = document.getElementById("turns");
const titles = new Map(Array.from(document.querySelectorAll("[data-document]"), (link) => [link.dataset.document, link.textContent]));
const history = []; // questions of this page, oldest first; nothing else is kept

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask(input.value.trim());
});
input.addEventListener("keydown", (event) => {
  if (composing(event) && event.key === "Enter") event.preventDefault(); // it ends a composition
});
for (const example of document.querySelectorAll(".example")) {
  example.addEventListener("click", () => ask(example.textContent));
}
const prefilled = new URLSearchParams(location.search).get("q");
if (prefilled) ask(prefilled.slice(0, 500));

async function ask(question) {
  if (!question || form.hasAttribute("aria-busy")) return;
  const script = form.ownerDocument.querySelector("[name=script]:checked").value;
  const request = { question, history: history.slice(-20), script };
  document.getElementById("welcome").hidden = true;
  for (const stale of turns.querySelectorAll(".next")) stale.remove();
  const turn = element("article", { class: "turn" }, element("h2", { class: "asked" }, question));
  const waiting = element("p", { class: "notice waiting", hidden: true }, "正在查找……");
  turn.append(waiting);
  turns.append(turn);
  input.value = "";
  form.setAttribute("aria-busy", "true");
  const slow = setTimeout(() => { waiting.hidden = false; }, SLOW);
  turn.scrollIntoView({ block: "start" });
  try {
    const reply = await post("/api/ask", request).then((response) => response.json());
    turn.append(...answerOf(reply, request));
    history.push(question);
    window.history.replaceState(null, "", `?q=${encodeURIComponent(reply.plan.question)}`);
    tell("status", reply.declined ? `没有答案。${reply.answer}` : reply.answer.split("\n")[0]);
  } catch (error) {
    const again = element("button", { type: "button", class: "chip", click: () => { turn.remove(); ask(question); } }, "重试");
    turn.append(element("p", { class: "said failed" }, error.message), element("p", {}, again));
    tell("alert", error.message);
  } finally {
    clearTimeout(slow);
    waiting.remove();
    form.removeAttribute("aria-busy");
    input.focus({ preventScroll: true });
    turn.scrollIntoView({ block: "start" });
  }
}

/** The response, or an Error whose message is for the reader. */
async function post(path, body) {
  let response;
  try {
    response = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  } catch {
    throw new Error(navigator.onLine ? "连不上服务，请稍后再试。" : "没有网络连接。");
  }
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new Error(problem.detail || "服务回应有误，请稍后再试。");
  }
  return response;
}

function answerOf(reply, request) {
  const table = reply.table && reply.table.length;
  const said = table ? reply.answer.split("\n")[0] : spoken(reply);
  const parts = said ? [element("p", { class: reply.declined ? "said declined" : "said" }, said)] : [];
  if (table) parts.push(tableOf(reply));
  if (reply.items.length) parts.push(...setOf(reply));
  else if (!table && !reply.declined) parts.push(sourcesOf(reply));
  const tools = reply.declined ? element("p", { class: "tools" }) : toolsOf(reply, request);
  if ("feedback" in turns.dataset) tools.append(verdictsOf(request));
  if (tools.childElementCount) parts.push(tools);
  if (reply.related.length) {
    const summary = element("summary", {}, `相近的${reply.related.length}项（不在答案之内）`);
    parts.push(element("details", { class: "related" }, summary, element("ol", { class: "cards" }, ...reply.related.map((item) => cardOf(item)))));
  }
  if (reply.follow_ups.length) parts.push(nextOf(reply.follow_ups));
  return parts;
}

/** The items of the answer: many are cut to their clauses, and unfolded together; of a field they stand folded. */
function setOf(reply) {
  const many = reply.items.length > MANY;
  const cards = (cut) => reply.items.map((item, at) => cardOf(item, cut, many && at > 0 && reply.items[at - 1].section_title === item.section_title));
  const list = element("ol", { class: many ? "cards many" : "cards" }, ...cards(many));
  if (reply.plan.intent === "field" || (reply.table && reply.table.length)) {
    return [element("details", {}, element("summary", {}, `所说的${reply.items.length}项`), list)];
  }
  const rest = reply.count !== null && reply.count > reply.items.length ? [element("p", { class: "notice" }, `这里显示前${reply.items.length}项，下载的文件里是全部${reply.count}项。`)] : [];
  if (!many) return [list, ...rest];
  const unfold = element("button", { type: "button", class: "plain", "aria-pressed": "false", click: () => {
    const open = unfold.getAttribute("aria-pressed") !== "true";
    unfold.setAttribute("aria-pressed", String(open));
    unfold.textContent = open ? "收起" : "展开全文";
    list.replaceChildren(...cards(!open));
  } }, "展开全文");
  return [element("p", { class: "tools" }, unfold), list, ...rest];
}

/** `cut`: by its deciding clause; `sameSection` as the card before. */
function cardOf(item, cut = false, sameSection = false) {
  const from = cut ? clauseStart(item.text, item.highlights, 80) : 0;
  const text = element("p", { class: cut ? "text cut" : "text" }, from ? "…" : "", ...marked(item.text, item.highlights, from));
  const where = element("p", { class: "where" }, element("a", { href: item.url }, item.label), element("span", {}, placeOf(item, sameSection)));
  const named = item.support.filter((name) => !item.collective.includes(name));
  const departments = [
    ...item.lead.map((name) => element("span", { class: "department lead" }, `${name} 牵头`)),
    ...named.map((name) => element("span", { class: "department" }, name)),
    ...(item.collective.length ? [element("span", { class: "department" }, "全部其他部门（统称）")] : []),
  ];
  return element("li", { class: "card" }, where, text, ...(departments.length ? [element("p", { class: "departments-line", "aria-label": "部门" }, ...departments)] : []));
}

function placeOf(item, sameSection) {
  const title = titles.size > 1 ? `《${titles.get(item.document)}》` : "";
  return sameSection ? "" : title + (item.section_title || "");
}

function tableOf(reply) {
  const heads = ["名称", "项数", "条目"].map((text) => element("th", { scope: "col" }, text));
  const only = titles.size === 1 ? `/documents/${encodeURIComponent([...titles.keys()][0])}` : null; // whose ids they are
  const of = (id) => (only ? element("a", { href: `${only}#item-${id}` }, id) : id);
  const rows = reply.table.map((row) => element("tr", {}, element("th", { scope: "row" }, row.name), element("td", {}, String(row.count)), element("td", {}, ...row.ids.flatMap((id, at) => (at ? ["、", of(id)] : [of(id)])))));
  return element("div", { class: "scroll" }, element("table", {}, element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...rows)));
}

/** Links to where an answer without items is quoted from. */
function sourcesOf(reply) {
  const urls = [...new Map(reply.citations.map((citation) => [citation.url, citation])).values()];
  return element("p", { class: "where" }, ...urls.slice(0, 4).flatMap((citation, at) => [at ? "　" : "", element("a", { href: citation.url }, `见《${titles.get(citation.document)}》原文`)]));
}

function toolsOf(reply, request) {
  const link = `${location.origin}/?q=${encodeURIComponent(reply.plan.question)}`;
  const button = (label, done, work) => {
    const made = element("button", { type: "button", class: "plain", click: async () => {
      try {
        await work();
        made.textContent = done;
        tell("status", done);
        setTimeout(() => { made.textContent = label; }, 2000);
      } catch (error) {
        tell("alert", error.message);
        made.textContent = "没有成功";
      }
    } }, label);
    return made;
  };
  const cited = [...new Set(reply.citations.map((citation) => `——《${titles.get(citation.document)}》`))];
  return element("p", { class: "tools" },
    button("复制", "已复制", () => copy([reply.plan.question, reply.answer, ...cited].join("\n"))),
    button("复制链接", "已复制", () => copy(link)),
    button("下载 .xlsx", "已下载", () => download(request, "xlsx")),
    button("下载文本", "已下载", () => download(request, "text")));
}

async function download(request, format) {
  const blob = await post("/api/export", { ...request, format }).then((response) => response.blob());
  const url = URL.createObjectURL(blob);
  const name = Array.from(request.question.replace(/[\\/:*?"<>|\s\p{C}]+/gu, " ").trim()).slice(0, 40).join("") || "答案";
  element("a", { href: url, download: `${name}.${format === "xlsx" ? "xlsx" : "txt"}` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/** To the clipboard; an intranet page without https has no navigator.clipboard. */
async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = element("textarea", { class: "quiet", "aria-hidden": "true" });
  area.value = text;
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  if (!copied) throw new Error("浏览器不让复制，请选中后手动复制。");
}

function verdictsOf({ question, history: earlier }) {
  const line = element("span", { class: "verdicts" }, element("span", { class: "notice" }, "这个答案"));
  for (const [label, verdict] of [["漏了", "incomplete"], ["不对", "wrong"]]) {
    line.append(element("button", { type: "button", class: "plain", click: async () => {
      try {
        await post("/api/feedback", { question, history: earlier, verdict });
        line.replaceChildren(element("span", { class: "notice" }, "已记下这个问题，谢谢。"));
        tell("status", "已记下这个问题，谢谢。");
      } catch (error) {
        tell("alert", error.message);
      }
    } }, label));
  }
  return line;
}

function nextOf(questions) {
  const chips = questions.map((question) => element("li", {}, element("button", { type: "button", class: "chip", click: () => ask(question) }, question)));
  return element("ul", { class: "chips next", "aria-label": "接着问" }, ...chips);
}

function tell(id, text) {
  document.getElementById(id).textContent = text;
}
