// A set as a table: its columns sort and hide, a task unfolds, the whole is copied as a table. On a narrow screen the cells of
// a row stand below each other; roles keep it a table.

import { element, marked } from "../search-box.js";
import { copy } from "./clipboard.js";
import { columnsOf, pastedItems, sortedBy } from "./columns.js";
import { kept } from "./kept.js";
import { decidingSentence } from "./sentences.js";
import { toolOf } from "./tool.js";

const HIDDEN = "yaodian-hidden-columns";

export class ItemTable {
  #sort = null; // the key of the column
  #descending = false;

  constructor(reply, words) {
    this.items = reply.items;
    this.words = words;
    this.columns = columnsOf(reply.items, words);
    this.hidden = new Set((kept(HIDDEN) || "").split(","));
    this.table = element("table", { class: "items", role: "table" });
    this.element = element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": words.views.table }, this.table);
  }

  get shown() { return this.columns.filter(({ key }) => key === "label" || !this.hidden.has(key)); }

  get sorted() {
    const column = this.columns.find(({ key }) => key === this.#sort);
    return column ? sortedBy(this.items, column, this.#descending) : this.items;
  }

  /** The same for a file. */
  get request() {
    return { columns: this.shown.map(({ key }) => key), ...(this.#sort ? { sort: this.#sort, descending: this.#descending } : {}) };
  }

  /** The first `most` rows; on `paper` nothing is cut, and no button stands in a head, which would be blank from the
   * second page on. */
  draw(most, { paper = false } = {}) {
    this.paper = paper;
    const head = element("tr", { role: "row" }, ...this.shown.map((column) => this.#headOf(column)));
    const rows = this.sorted.slice(0, most).map((item) => this.#rowOf(item));
    this.table.replaceChildren(element("thead", { role: "rowgroup" }, head), element("tbody", { role: "rowgroup" }, ...rows));
    this.most = most;
  }

  #headOf({ key, head, sort }) {
    if (!sort || this.paper) return element("th", { role: "columnheader", scope: "col", class: "unsorted" }, head);
    const now = this.#sort === key ? (this.#descending ? "descending" : "ascending") : null;
    const button = element("button", { type: "button", class: "sort", "data-sort": key, click: () => this.#sortBy(key) }, head);
    return element("th", { role: "columnheader", scope: "col", "aria-sort": now }, button);
  }

  /** Upwards, downwards, then as the answer lists them. */
  #sortBy(key) {
    if (this.#sort !== key) [this.#sort, this.#descending] = [key, false];
    else if (!this.#descending) this.#descending = true;
    else this.#sort = null;
    this.draw(this.most);
    this.table.querySelector(`[data-sort=${key}]`).focus({ preventScroll: true });
  }

  #rowOf(item) {
    return element("tr", { role: "row" }, ...this.shown.map(({ key, head, text }) => {
      if (key === "label") return element("th", { role: "rowheader", scope: "row" }, element("a", { href: item.url }, item.label));
      return key === "text" ? this.#taskOf(item) : element("td", { role: "cell", class: key, "data-head": head }, text(item));
    }));
  }

  /** The sentence that decides, and the whole by a click. */
  #taskOf(item) {
    const { words } = this;
    const [from, to] = decidingSentence(item.text, item.highlights);
    const length = Array.from(item.text).length;
    const text = element("p", { class: "text" });
    const show = (whole) => text.replaceChildren(...(whole ? marked(item.text, item.highlights, 0) : [from ? "…" : "", ...marked(item.text, item.highlights, from, to), to < length ? "…" : ""]));
    show(false);
    if (this.paper) show(true);
    if (this.paper || (!from && to === length)) return element("td", { role: "cell", class: "task" }, text);
    const toggle = () => {
      const open = button.getAttribute("aria-expanded") === "false";
      show(open);
      button.setAttribute("aria-expanded", String(open));
      button.textContent = open ? words.fold : words.whole;
    };
    const button = element("button", { type: "button", class: "plain", "aria-expanded": "false", "aria-label": `${words.whole}：${item.label}`, click: toggle }, words.whole);
    text.addEventListener("click", () => { if (String(getSelection()) === "") toggle(); });
    text.classList.add("unfolds");
    return element("td", { role: "cell", class: "task" }, text, button);
  }

  /** What stands above the table: copy it, choose its columns. */
  tools() {
    const { words } = this;
    const all = this.columns.filter(({ key }) => key !== "label");
    const boxes = all.map(({ key, head }) => {
      const box = element("input", { type: "checkbox", change: () => this.#hide(key, !box.checked) });
      box.checked = !this.hidden.has(key);
      return element("label", {}, box, head);
    });
    const chooser = element("details", { class: "columns" }, element("summary", { class: "plain" }, words.columns), element("div", { class: "boxes", role: "group", "aria-label": words.columns }, ...boxes));
    closing(chooser);
    return [
      toolOf(words.copyTable, words.inHans ? words.copiedAid : words.copied, () => {
        const { html, text } = pastedItems(this.sorted, this.shown);
        return copy(text, html);
      }),
      chooser,
    ];
  }

  #hide(key, hide) {
    if (hide) this.hidden.add(key);
    else this.hidden.delete(key);
    kept(HIDDEN, [...this.hidden].filter(Boolean).join(","));
    this.draw(this.most);
  }
}

/** What lies over the page closes by Escape, and by a press beside it. */
function closing(opened) {
  const beside = (event) => { if (!opened.contains(event.target)) opened.open = false; };
  opened.addEventListener("toggle", () => {
    if (opened.open) document.addEventListener("pointerdown", beside);
    else document.removeEventListener("pointerdown", beside);
  });
  opened.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !opened.open) return;
    opened.open = false;
    opened.firstElementChild.focus();
  });
}
