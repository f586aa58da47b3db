// The library's page: who may, drags files in, looks at what was read, corrects, publishes, replaces, withdraws, restores.

import { composing, element } from "../search-box.js";
import { changesOf, readingOf, stateOf, versionsOf } from "./library-reading.js";
import { BASE } from "./service.js";

const KEY = "yaodian-key"; // of sessionStorage: gone with the window
const LOOK = 500; // milliseconds between two looks at how far the work is
const FIELDS = ["title", "issuer", "date", "item", "attachments", "departments"];
const STEPS = { locked: "等到可以写", begun: "读文件", changed: "建立索引", built: "写入文档库", committed: "换上新的索引", pointed: "等各个进程换上" };

const at = (id) => document.getElementById(id);
const facts = at("facts");
let entries = [];
let role = "";
let opened = null; // what the server said of the document that is looked at
let working = false;

at("key-form").addEventListener("submit", (event) => {
  event.preventDefault();
  sessionStorage.setItem(KEY, at("key").value.trim());
  at("key").value = "";
  enter(true);
});
at("leave").addEventListener("click", async () => {
  sessionStorage.removeItem(KEY);
  await fetch(`${BASE}/api/session`, { method: "DELETE" }).catch(() => null);
  location.reload();
});
at("pick").addEventListener("change", () => {
  if (at("pick").files.length) take(at("pick").files[0]);
  at("pick").value = "";
});
at("filter").addEventListener("input", list);
at("filter").addEventListener("keydown", (event) => {
  if (!composing(event) && event.key === "Escape") { at("filter").value = ""; list(); }
});
for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    at("drop").classList.toggle("over", kind === "dragenter" || kind === "dragover");
    if (kind === "drop" && event.dataTransfer.files.length) take(event.dataTransfer.files[0]);
  });
}
facts.addEventListener("submit", (event) => {
  event.preventDefault();
  correct();
});
if (sessionStorage.getItem(KEY)) enter(false);

/** A request with the key; what is refused is said, and null. */
async function call(method, path, body = null) {
  const headers = { "X-API-Key": sessionStorage.getItem(KEY) || "" };
  if (body) headers["Content-Type"] = "application/json";
  try {
    const reply = await fetch(BASE + path, { method, headers, body: body && JSON.stringify(body) });
    const said = reply.status === 204 ? {} : await reply.json();
    if (reply.ok) return said;
    complain(said.detail || "没有做成。");
  } catch { complain("没有连上服务，请再试一次。"); }
  return null;
}

function complain(said) {
  at("alert").textContent = said;
  at("status").textContent = "";
}

function say(said) {
  at("status").textContent = said;
  at("alert").textContent = "";
}

async function enter(typed) {
  say("");
  if (typed && !(await call("POST", "/api/session"))) return sessionStorage.removeItem(KEY); // pages are read with it, too
  if (!(await refresh())) return undefined;
  at("key-form").hidden = true;
  at("desk").hidden = false;
  at("who").hidden = false;
  return undefined;
}

async function refresh() {
  const said = await call("GET", "/api/library");
  if (!said) return false;
  ({ documents: entries, role } = said);
  at("who").firstElementChild.textContent = `${said.name}（${said.role}）`;
  at("group-field").hidden = role !== "admin";
  list();
  return true;
}

function list() {
  const sought = at("filter").value.trim().toLowerCase();
  const names = (entry) => [entry.id, entry.title, entry.group, (entry.draft || entry.published).name].join("\n").toLowerCase();
  const shown = entries.filter((entry) => names(entry).includes(sought));
  at("none").hidden = shown.length > 0;
  at("none").textContent = entries.length ? "没有这样的文件。" : "还没有文件。";
  at("entries").replaceChildren(...shown.map((entry) => element("li", {},
    element("button", { type: "button", class: "entry", "aria-current": opened?.document.id === entry.id ? "true" : null, click: () => open(entry.id) },
      element("span", { class: "entry-title" }, entry.title || (entry.draft || entry.published).name),
      element("span", { class: "notice" }, [entry.id, stateOf(entry), entry.group && `组：${entry.group}`].filter(Boolean).join(" · "))))));
}

/** A file: the draft of the document of its name, or of the one whose `id` is given. */
function take(file, id = null) {
  const name = file.name.normalize("NFC");
  const target = id || name.replace(/\.[^.]{1,10}$/, "").trim() || "文件";
  if (working) return;
  const query = new URLSearchParams({ publish: "false", name });
  const request = new XMLHttpRequest();
  const bar = begin(`正在传送 ${name}`, target);
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable && event.loaded < event.total) [bar.max, bar.value] = [event.total, event.loaded];
    else { bar.removeAttribute("value"); doing("正在读"); }
  });
  request.addEventListener("loadend", async () => {
    end();
    let said = null;
    try { said = JSON.parse(request.responseText); } catch { /* nothing came back */ }
    if (request.status !== 200) return complain((said && said.detail) || "没有传完，请再试一次。");
    say(`已读成草稿：${said.read.title}`);
    await refresh();
    return show(said);
  });
  request.open("PUT", `${BASE}/api/documents/${encodeURIComponent(target)}?${query}`);
  request.setRequestHeader("X-API-Key", sessionStorage.getItem(KEY) || "");
  request.send(file);
}

async function open(id) {
  say("");
  const said = await call("GET", `${address(id)}/draft`);
  if (said) show(said);
}

const address = (id) => `/api/documents/${encodeURIComponent(id)}`;

function show(said) {
  opened = said;
  const { document: entry, read } = said;
  const settled = (entry.draft || entry.published).settled;
  at("opened").hidden = false;
  at("opened-title").textContent = read.title;
  at("opened-state").textContent = [`编号 ${entry.id}`, stateOf(entry), (entry.draft || entry.published).name, entry.group && `组：${entry.group}`].filter(Boolean).join(" · ");
  for (const name of FIELDS) {
    const value = settled[name] ?? (name === "attachments" || name === "departments" || name === "item" ? "" : read[name] ?? "");
    fill(name, Array.isArray(value) ? value.join("\n") : value);
  }
  fill("group", entry.group);
  at("actions").replaceChildren(...actionsOf(entry));
  at("changes").replaceChildren(...changesOf(said));
  at("read").replaceChildren(...readingOf(read));
  at("versions").replaceChildren(...versionsOf(entry, (number) => change("POST", `/restore?version=${number}`, "已恢复")));
  list();
  at("opened").focus({ preventScroll: true });
  at("opened").scrollIntoView({ block: "start" });
}

function fill(name, value) {
  const field = facts.elements.namedItem(name);
  field.value = value;
  field.dataset.shown = field.value;
}

function actionsOf(entry) {
  const replace = element("input", { type: "file", class: "quiet", change: (event) => take(event.target.files[0], entry.id) });
  const made = [];
  const button = (text, kind, done) => made.push(element("button", { type: "button", class: kind, click: done }, text));
  if (entry.draft) {
    button(entry.published && entry.state === "published" ? "发布，替换现在的" : "发布", "primary", () => change("POST", "/publish", "已发布"));
    button("放弃草稿", "chip", () => change("DELETE", "/draft", "已放弃草稿"));
  }
  if (entry.state === "withdrawn") button("恢复", entry.draft ? "chip" : "primary", () => change("POST", "/restore", "已恢复"));
  made.push(element("label", { class: "chip pick" }, "换一份文件", replace));
  if (entry.state === "published") {
    button("撤回", "chip", () => change("DELETE", "", "已撤回，问不到了"));
    made.push(element("a", { class: "chip", href: `${BASE}/documents/${encodeURIComponent(entry.id)}` }, "看原文"));
  }
  return made;
}

/** Fields that were typed in anew; those emptied are as they are read. */
async function correct() {
  const given = {};
  for (const field of facts.querySelectorAll("input, select, textarea")) {
    if (field.value === field.dataset.shown) continue;
    const lines = field.value.split("\n").map((line) => line.trim()).filter(Boolean);
    given[field.name] = field.tagName === "TEXTAREA" ? lines : field.value.trim();
  }
  if (!Object.keys(given).length) return say("没有改动。");
  begin("正在重新读", opened.document.id);
  const said = await call("PATCH", address(opened.document.id), given);
  end();
  if (!said) return undefined;
  await refresh();
  show(said);
  return say("已更正");
}

async function change(method, path, done) {
  const { id } = opened.document;
  if (working) return;
  begin("正在做", id);
  const said = await call(method, address(id) + path);
  end();
  if (!said) return;
  await refresh();
  if (entries.some((entry) => entry.id === id)) await open(id);
  else { at("opened").hidden = true; opened = null; }
  say(done);
}

/** Shows that something is done to the document, and how far it is. */
function begin(what, id) {
  const bar = at("work").lastElementChild;
  working = true;
  say("");
  bar.removeAttribute("value");
  doing(what);
  at("work").hidden = false;
  for (const button of at("actions").querySelectorAll("button")) button.disabled = true;
  look(id);
  return bar;
}

async function look(id) {
  while (working) {
    await new Promise((resolve) => { setTimeout(resolve, LOOK); });
    if (!working) return;
    const headers = { "X-API-Key": sessionStorage.getItem(KEY) || "" };
    const reply = await fetch(`${BASE}/api/library/progress?${new URLSearchParams({ document: id })}`, { headers }).catch(() => null);
    const now = reply && reply.ok ? (await reply.json()).working : null;
    if (!now || !working || !now.step) continue;
    doing(`${STEPS[now.step] || "正在做"}${now.total ? `：${now.done} / ${now.total}` : ""}（${Math.round(now.seconds)} 秒）`);
  }
}

function doing(what) {
  at("work").firstElementChild.textContent = what;
}

function end() {
  working = false;
  at("work").hidden = true;
  for (const button of at("actions").querySelectorAll("button")) button.disabled = false;
}
