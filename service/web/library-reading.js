// What the library's page shows of a document: how it was read, what a draft changes, its versions. Builds text nodes only.

import { element, marked } from "../search-box.js";

const STATES = { published: "已发布", withdrawn: "已撤回", draft: "草稿" };
const KINDS = { new: "新增", gone: "没有了", changed: "改了" };
const FIELDS = { lead: "牵头部门", support: "协作部门", due: "时限" };
const MANY = 300; // lines of a tree that are shown at once
const OPENING = 60; // characters of an item shown in it

/** 已发布第2版，另有草稿 */
export function stateOf(entry) {
  const number = entry.published ? `第${entry.published.number}版` : "";
  return STATES[entry.state] + (entry.state === "draft" ? "" : number) + (entry.draft && entry.state !== "draft" ? "，另有草稿" : "");
}

/** What becomes of each item where the draft is published. */
export function changesOf({ document: entry, changes }) {
  if (!entry.draft || !entry.published || entry.state !== "published") return [];
  const counts = Object.entries(KINDS).map(([kind, said]) => `${said}${changes.filter((one) => one.kind === kind).length}项`);
  return [
    element("h3", {}, "与现在的相比"),
    element("p", { class: "notice" }, changes.length ? counts.join("，") : "各项都相同"),
    element("ul", { class: "cards changes" }, ...changes.map(changeCard)),
  ];
}

function changeCard({ kind, before, after, fields }) {
  const side = (name, item, said) => item && element(name, { "aria-label": said }, ...marked(item.text, kind === "changed" ? item.stretches : []));
  const changed = fields.map((name) => FIELDS[name] || name);
  return element("li", { class: `card change ${kind}` },
    element("p", { class: "where" }, element("strong", {}, KINDS[kind]), ` ${[before && before.label, after && after.label].filter((label, at, all) => label && label !== all[at - 1]).join(" → ")}`,
      changed.length ? `（${changed.join("、")}）` : ""),
    ...[side("del", before, "原来"), side("ins", after, "现在")].filter(Boolean).map((node) => element("p", {}, node)));
}

/** The outline as a tree with each warning at its place, departments and deadlines. */
export function readingOf(read) {
  const whole = read.warnings.filter((one) => !one.line);
  const warnings = read.warnings.filter((one) => one.line).sort((one, other) => one.line - other.line);
  const rows = [];
  let next = 0;
  read.tree.forEach((node, at) => {
    rows.push(treeRow(node));
    const until = read.tree[at + 1]?.line ?? Infinity;
    while (next < warnings.length && warnings[next].line < until) rows.push(warningRow(warnings[next++]));
  });
  rows.push(...warnings.slice(next).map(warningRow));
  const first = rows.slice(0, MANY);
  const tree = element("ol", { class: "tree", tabindex: "0", "aria-label": "层次与条目" }, ...first);
  const more = element("button", { type: "button", class: "plain", hidden: rows.length <= MANY, click: () => { tree.append(...rows.slice(MANY)); more.remove(); } }, `余下的${rows.length - MANY}行`);
  return [
    element("h3", {}, "读成了什么"),
    element("p", { class: "notice" }, [`${read.items}个条目`, `${read.departments.length}个部门`, `${read.deadlines.length}处时限`, read.warnings.length ? `${read.warnings.length}处存疑` : "没有存疑", read.number].filter(Boolean).join(" · ")),
    element("ul", { class: "warnings", hidden: !whole.length }, ...whole.map(warningRow)),
    tree, more,
    ...folded(`部门（${read.departments.length}）`, read.departments.map((one) => `${one.name}：牵头或负责${one.lead}，协作${one.support}`)),
    ...folded(`时限（${read.deadlines.length}）`, read.deadlines.map((one) => `${one.label}：${one.text}${one.by ? ` → ${one.by}` : ""}`)),
  ];
}

function treeRow({ kind, id, label, title, level }) {
  const text = title.split("\n")[0];
  const opening = Array.from(text).slice(0, OPENING).join("");
  return element("li", { class: `${kind} level-${Math.min(level, 5)}` },
    kind === "item" ? element("span", { class: "id" }, `[${id}] `) : kind === "part" ? `${label}　` : "",
    opening + (opening.length < text.length ? "…" : ""));
}

function warningRow({ line, expected, found, assumed }) {
  const where = line ? `第${line}行：` : "";
  return element("li", { class: "warning" }, `存疑　${where}${expected ? `应为${expected}，实为${found}；` : ""}${assumed}`);
}

function folded(title, lines) {
  if (!lines.length) return [];
  return [element("details", {}, element("summary", {}, title), element("ul", {}, ...lines.map((line) => element("li", {}, line))))];
}

/** Each version that was published, with a way back to it. */
export function versionsOf(entry, restore) {
  if (entry.versions.length < 2 && entry.state !== "withdrawn") return [];
  const rows = entry.versions.filter((one) => !entry.draft || one.number !== entry.draft.number).reverse().map((one) => element("li", {},
    `第${one.number}版　${one.name}　${one.by}　${new Date(one.at).toLocaleString("zh-CN")} `,
    one.number !== entry.published?.number && element("button", { type: "button", class: "plain", click: () => restore(one.number) }, "恢复这一版") || ""));
  return [element("h3", {}, "各版"), element("ul", { class: "versions" }, ...rows)];
}
