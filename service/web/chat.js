// The chat page: sends a question with the earlier ones and shows the answer with its items. Builds text nodes only.

import { clauseStart, composing, element, marked, sentence, spoken } from "/search-box.js";

const MANY = 8; // items of a set from which each is shown by its deciding clause, until all are unfolded
const SLOW = 400; // milliseconds after which waiting is shown
const TIMEOUT = 15000; // milliseconds after which waiting ends
const WORDS = {
  hans: {
    lead: "牵头", collective: "全部其他部门（统称）", departments: "部门", related: "相近的{n}项（不在答案之内）", spoken: "所说的{n}项",
    unfold: "展开全文", fold: "收起", rows: ["名称", "项数", "条目"], source: "见《{title}》原文",
    read: "理解为", without: "去掉这个条件：{said}", perhaps: "可能相关", yes: "是这一项吗？接着问它", due: "时限", columns: ["编号", "内容", "牵头", "协作", "时限"],
    first: "这里显示前{n}项，下载的文件里是全部{all}项。",
    copy: "复制", link: "复制链接", xlsx: "下载 .xlsx", text: "下载文本", copied: "已复制", saved: "已下载",
    verdict: "这个答案", incomplete: "漏了", wrong: "不对", thanks: "已记下这个问题，谢谢。", next: "接着问", none: "没有答案",
  },
  hant: {
    lead: "牽頭", collective: "全部其他部門（統稱）", departments: "部門", related: "相近的{n}項（不在答案之內）", spoken: "所說的{n}項",
    unfold: "展開全文", fold: "收起", rows: ["名稱", "項數", "條目"], source: "見《{title}》原文",
    read: "理解為", without: "去掉這個條件：{said}", perhaps: "可能相關", yes: "是這一項嗎？接著問它", due: "時限", columns: ["編號", "內容", "牽頭", "協作", "時限"],
    first: "這裏顯示前{n}項，下載的文件裏是全部{all}項。",
    copy: "複製", link: "複製鏈接", xlsx: "下載 .xlsx", text: "下載文本", copied: "已複製", saved: "已下載",
    verdict: "這個答案", incomplete: "漏了", wrong: "不對", thanks: "已記下這個問題，謝謝。", next: "接着問", none: "沒有答案",
  },
};

const form = document.getElementById("ask");
const input = document.getElementById("question");
const turns = document.getElementById("turns");
const scripts = Array.from(document.querySelectorAll("[name=script]"));
const titles = new Map(Array.from(document.querySelectorAll("[data-document]"), (link) => [link.dataset.document, link.textContent]));
const examples = Array.from(document.querySelectorAll(".example"), (example) => example.textContent);
const history = []; // questions of this page, oldest first; nothing else is kept
let asking = null; // AbortController of the question under way

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
for (const example of document.querySelectorAll(".example")) {
  example.addEventListener("click", () => ask(example.textContent));
}
for (const choice of scripts) {
  choice.checked = choice.value === (kept("yaodian-script") || "auto");
  choice.addEventListener("change", () => {
    kept("yaodian-script", choice.value);
    const last = turns.lastElementChild;
    if (!last || !("answered" in last.dataset) || asking) return;
    ask(history.pop(), last); // said again, in the script that was chosen
  });
}
ask((new URLSearchParams(location.search).get("q") || "").slice(0, 500));

/** Asks, and shows the answer in a turn of its own; where it comes, it takes the place of `replaced`. */
async function ask(typed, replaced = null) {
  const question = typed.trim();
  if (!question) return;
  if (asking) asking.abort();
  const request = { question, history: history.slice(-20), script: scripts.find((choice) => choice.checked).value };
  document.getElementById("welcome").hidden = true;
  for (const stale of turns.querySelectorAll(".next")) stale.remove();
  const waiting = element("p", { class: "notice waiting", hidden: true }, "正在查找……");
  const turn = element("article", { class: "turn" }, element("h2", { class: "asked" }, question), waiting);
  turns.append(turn);
  turn.scrollIntoView({ block: "start" });
  if (input.value.trim() === question) input.value = ""; // what else is being written stays
  const own = (asking = new AbortController());
  const slow = setTimeout(() => { waiting.hidden = false; }, SLOW);
  try {
    const reply = await post("/api/ask", request, (response) => response.json(), own);
    turn.append(...answerOf(reply, request));
    turn.dataset.answered = "";
    if (replaced) replaced.remove();
    history.push(question);
    document.title = `${reply.plan.question} · 要点问答`;
    window.history.replaceState(null, "", `?q=${encodeURIComponent(reply.plan.question)}`);
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
    if (asking === own) asking = null;
    // on a touch screen the keyboard would cover the answer
    if (document.activeElement === document.body && !matchMedia("(pointer: coarse)").matches) input.focus({ preventScroll: true });
  }
}

/** What `read` gives of the response. Throws an Error whose message is for the reader. */
async function post(path, body, read, controller = new AbortController()) {
  const wrong = "服务回应有误，请稍后再试。";
  let late = false;
  const timer = setTimeout(() => { late = true; controller.abort(); }, TIMEOUT);
  const dropped = (otherwise) => {
    if (!controller.signal.aborted) return new Error(otherwise);
    return new Error(late ? "服务没有及时回应，请稍后再试。" : "没有等到答案，先问了别的。");
  };
  try {
    const request = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal: controller.signal };
    const response = await fetch(path, request).catch(() => {
      throw dropped(navigator.onLine ? "连不上服务，请稍后再试。" : "没有网络连接。");
    });
    if (!response.ok) throw new Error((await response.json().catch(() => ({}))).detail || wrong);
    return await read(response).catch(() => { throw dropped(wrong); });
  } finally {
    clearTimeout(timer);
  }
}

function answerOf(reply, request) {
  const words = WORDS[reply.script];
  const table = reply.table && reply.table.length;
  const said = spoken(reply);
  const tools = toolsOf(reply, request, words);
  const parts = readingOf(reply, words);
  if (said) parts.push(element("p", { class: reply.declined ? "said declined" : "said" }, said));
  if (table) parts.push(tableOf(reply, words));
  if (reply.items.length) parts.push(...setOf(reply, words, tools));
  else if (!table && !reply.declined && reply.citations.length) parts.push(sourcesOf(reply, words));
  if (tools.childElementCount && !parts.includes(tools)) parts.push(tools);
  if (reply.grade === "perhaps") parts.push(nearestOf(reply, request, words));
  else if (reply.related.length && reply.reason !== "out_of_scope") {
    const summary = element("summary", {}, words.related.replace("{n}", reply.related.length));
    parts.push(element("details", { class: "related" }, summary, element("ol", { class: "cards" }, ...reply.related.map((item) => cardOf(item, words)))));
  }
  const next = reply.follow_ups.length ? reply.follow_ups : examples.filter((one) => one !== request.question).slice(0, 4);
  parts.push(nextOf(next, words));
  return parts;
}

/** The items of the answer: many are cut to their clauses, and unfolded together; of a field they stand folded. */
function setOf(reply, words, tools) {
  const count = reply.items.length;
  const many = count > MANY;
  const cards = (cut) => reply.items.map((item, at) => cardOf(item, words, cut, many && at > 0 && areNear(reply.items[at - 1], item)));
  const list = element("ol", { class: many ? "cards many" : "cards" }, ...cards(many));
  if (reply.plan.intent === "field" || (reply.table && reply.table.length)) {
    return [element("details", {}, element("summary", {}, words.spoken.replace("{n}", count)), list)];
  }
  const rest = reply.count > count ? [element("p", { class: "notice" }, words.first.replace("{n}", count).replace("{all}", reply.count))] : [];
  if (reply.layout === "table") return [itemTableOf(reply, words), ...rest];
  if (!many) return [list, ...rest];
  const unfold = element("button", { type: "button", class: "plain", click: () => {
    const open = unfold.textContent === words.unfold;
    unfold.textContent = open ? words.fold : words.unfold;
    list.replaceChildren(...cards(!open));
  } }, words.unfold);
  tools.prepend(unfold); // above a long list, where they are seen
  return [tools, list, ...rest];
}

/** How the question was read, and its conditions, each to be taken away. */
function readingOf({ reading, conditions }, words) {
  if (!reading) return [];
  const removable = conditions.filter(({ without }) => without);
  const chips = removable.map(({ said, without }) => element("li", {}, element("button", { type: "button", class: "chip condition", "aria-label": words.without.replace("{said}", said), click: () => ask(without) }, `${said} ×`)));
  return [element("p", { class: "read-as" }, `${words.read}：${reading}`), ...(chips.length ? [element("ul", { class: "chips conditions" }, ...chips)] : [])];
}

/** The nearest items where nothing stands literally, open; 是这一项吗 makes one of them the turn before. */
function nearestOf(reply, request, words) {
  const cards = reply.related.slice(0, 3).map((item, at) => {
    const card = cardOf(item, words);
    card.prepend(element("p", { class: "perhaps" }, words.perhaps));
    card.append(element("p", {}, element("button", { type: "button", class: "plain", click: () => meant(item, request, reply.follow_ups[at]) }, words.yes)));
    return card;
  });
  return element("ol", { class: "cards nearest" }, ...cards);
}

function meant(item, { question, history: earlier }, next) {
  const verdict = { question, history: earlier, verdict: "meant", item: `${item.document}#${item.id}` };
  if ("feedback" in turns.dataset) post("/api/feedback", verdict, (response) => response.text()).catch(() => {}); // the question goes on without it
  ask(next);
}

/** Items as rows: number, text, who leads, who supports, until when. */
function itemTableOf(reply, words) {
  const heads = words.columns.map((text) => element("th", { scope: "col" }, text));
  const rows = reply.items.map((item) => element("tr", {},
    element("th", { scope: "row" }, element("a", { href: item.url }, item.label)),
    element("td", { class: "text" }, ...marked(item.text, item.highlights, 0)),
    element("td", {}, item.lead.join("、")), element("td", {}, item.support.join("、")), element("td", {}, item.due ? item.due.text : "")));
  return element("div", { class: "scroll" }, element("table", { class: "items" }, element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...rows)));
}

/** `cut`: by its deciding clause; `sameSection` as the card before. */
function cardOf(item, words, cut = false, sameSection = false) {
  const from = cut ? clauseStart(item.text, item.highlights, 80) : 0;
  const text = element("p", { class: cut ? "text cut" : "text" }, from ? "…" : "", ...marked(item.text, item.highlights, from));
  const where = element("p", { class: "where" }, element("a", { href: item.url }, item.label), element("span", {}, placeOf(item, sameSection)));
  const named = item.support.filter((name) => !item.collective.includes(name));
  const departments = [
    ...item.lead.map((name) => element("span", { class: "department lead" }, `${name} ${words.lead}`)),
    ...named.map((name) => element("span", { class: "department" }, name)),
    ...(item.collective.length ? [element("span", { class: "department" }, words.collective)] : []),
  ];
  if (item.due) departments.push(element("span", { class: "department due" }, `${words.due}：${item.due.text}`));
  const line = departments.length ? [element("p", { class: "departments-line" }, element("span", { class: "quiet" }, `${words.departments}：`), ...departments)] : [];
  return element("li", { class: "card" }, where, text, ...line);
}

const areNear = (one, other) => one.document === other.document && one.section === other.section;

function placeOf(item, sameSection) {
  const title = titles.size > 1 ? `《${titles.get(item.document)}》` : "";
  return sameSection ? "" : title + (item.section_title || "");
}

function tableOf(reply, words) {
  const only = titles.size === 1 ? `/documents/${encodeURIComponent([...titles.keys()][0])}` : null; // whose ids they are
  const of = (id, comma) => element("span", { class: "nowrap" }, only ? element("a", { href: `${only}#item-${id}` }, id) : id, comma);
  const heads = words.rows.map((text) => element("th", { scope: "col" }, text));
  const rows = reply.table.map((row) => element("tr", {}, element("th", { scope: "row" }, row.name), element("td", {}, String(row.count)), element("td", {}, ...row.ids.map((id, at) => of(id, at < row.ids.length - 1 ? "、" : "")))));
  return element("div", { class: "scroll" }, element("table", {}, element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...rows)));
}

/** Links to where an answer without items is quoted from. */
function sourcesOf(reply, words) {
  const cited = [...new Map(reply.citations.map((citation) => [citation.url, citation])).values()].slice(0, 4);
  return element("p", { class: "where" }, ...cited.map((citation) => element("a", { href: citation.url }, words.source.replace("{title}", titles.get(citation.document)))));
}

/** What can be done with an answer: of a declined one, only say that it is wrong. */
function toolsOf(reply, request, words) {
  const tools = element("p", { class: "tools" });
  if (!reply.declined) {
    const link = `${location.origin}/?q=${encodeURIComponent(reply.plan.question)}`;
    const asked = request.question === reply.plan.question ? request.question : `${request.question}（${reply.plan.question}）`;
    const cited = [...new Set(reply.citations.map((citation) => `——《${titles.get(citation.document)}》`))];
    tools.append(
      toolOf(words.copy, words.copied, () => copy([asked, ...(reply.reading ? [`${words.read}：${reply.reading}`] : []), reply.answer, ...cited].join("\n"))),
      toolOf(words.link, words.copied, () => copy(link)),
      toolOf(words.xlsx, words.saved, () => download(request, "xlsx")),
      toolOf(words.text, words.saved, () => download(request, "text")));
  }
  if ("feedback" in turns.dataset) tools.append(verdictsOf(request, words));
  return tools;
}

/** A button that does its work, then says for a while that it is done, or why not. */
function toolOf(label, done, work) {
  const button = element("button", { type: "button", class: "plain", click: async () => {
    const said = await work().then(() => done, (error) => error.message);
    tell(said === done ? "status" : "alert", said);
    button.textContent = said;
    setTimeout(() => { button.textContent = label; }, 2500);
  } }, label);
  return button;
}

async function download(request, format) {
  const blob = await post("/api/export", { ...request, format }, (response) => response.blob());
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

function verdictsOf({ question, history: earlier }, words) {
  const line = element("span", { class: "verdicts", tabindex: "-1" }, element("span", { class: "notice" }, words.verdict));
  for (const verdict of ["incomplete", "wrong"]) {
    line.append(toolOf(words[verdict], words.thanks, async () => {
      await post("/api/feedback", { question, history: earlier, verdict }, (response) => response.text());
      line.replaceChildren(element("span", { class: "notice" }, words.thanks));
      line.focus();
    }));
  }
  return line;
}

function nextOf(questions, words) {
  const chips = questions.map((question) => element("li", {}, element("button", { type: "button", class: "chip", click: () => ask(question) }, question)));
  return element("ul", { class: "chips next", "aria-label": words.next }, ...chips);
}

function tell(id, text) {
  document.getElementById(id).textContent = text;
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
