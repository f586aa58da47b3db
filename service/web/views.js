// A set of items as cards, as a table, by department, by section: the choice is remembered.

import { element } from "../search-box.js";
import { setAsCards } from "./cards.js";
import { setInGroups } from "./groups.js";
import { ItemTable } from "./item-table.js";
import { kept } from "./kept.js";

const VIEW = "yaodian-view";
const FIRST = { cards: 10, table: 20 }; // shown at first
const MORE = 50; // and with each 再看
const MANY = 8; // cards from which each is cut to its deciding clause, until all are unfolded
const shown = new WeakMap(); // element -> its view
let made = 0; // views of this page

export class SetView {
  #cut; // cards show their deciding clause
  #most; // items shown, where not all are
  #table = null;
  #paper = false; // it is being printed

  constructor(reply, words) {
    this.reply = reply;
    this.words = words;
    this.kinds = kindsOf(reply);
    const remembered = kept(VIEW);
    this.kind = [reply.layout, remembered, "cards"].find((kind) => this.kinds.includes(kind));
    this.#cut = reply.items.length > MANY;
    this.area = element("div", { class: "set" });
    this.tools = element("span", { class: "view-tools" });
    const bar = element("div", { class: "view-bar" }, ...(this.kinds.length > 1 ? [this.#choice()] : []), this.tools);
    this.element = element("div", { class: "set-view" }, bar, this.area);
    shown.set(this.element, this);
    this.#show(this.kind);
  }

  /** The set for a file, as it is looked at. */
  request() {
    if (this.kind === "table") return this.#table.request;
    return this.kind === "cards" ? {} : { by: this.kind };
  }

  #choice() {
    made += 1;
    const choices = this.kinds.map((kind) => {
      const choice = element("input", { type: "radio", name: `view-${made}`, value: kind, change: () => {
        kept(VIEW, kind);
        this.#show(kind);
      } });
      choice.checked = kind === this.kind;
      return element("label", {}, choice, element("span", {}, this.words.views[kind]));
    });
    return element("fieldset", { class: "scripts views" }, element("legend", { class: "quiet" }, this.words.view), ...choices);
  }

  #show(kind) {
    this.kind = kind;
    const { length } = this.reply.items;
    const first = FIRST[kind] || FIRST.cards;
    this.#most = length <= first + 2 ? length : first;
    if (kind === "table") this.#table = this.#table || new ItemTable(this.reply, this.words);
    this.tools.replaceChildren(...this.#toolsOf(kind));
    this.#draw();
  }

  #toolsOf(kind) {
    if (kind === "table") return this.#table.tools();
    if (kind !== "cards" || this.reply.items.length <= MANY) return [];
    const { words } = this;
    const unfold = element("button", { type: "button", class: "plain", click: () => {
      this.#cut = !this.#cut;
      unfold.textContent = this.#cut ? words.unfold : words.fold;
      this.#draw();
    } }, this.#cut ? words.unfold : words.fold);
    return [unfold];
  }

  #draw() {
    this.area.replaceChildren(...this.#parts());
  }

  #parts() {
    const { reply, words } = this;
    if (this.kind === "table") {
      this.#table.draw(this.#seen, { paper: this.#paper });
      return [this.#table.element, ...this.#restOf()];
    }
    if (this.kind === "cards") return [...setAsCards(reply, words, { cut: this.#cut, most: this.#seen }), ...this.#restOf()];
    return setInGroups(this.kind, reply, words, FIRST.cards);
  }

  /** What is not shown yet comes by a click, and the first of it has the focus. */
  #restOf() {
    const rest = this.reply.items.length - this.#seen;
    if (rest <= 0) return [];
    const next = Math.min(rest, MORE);
    const label = next < rest ? this.words.moreOf.replace("{rest}", rest) : this.words.more;
    const more = element("button", { type: "button", class: "chip more", click: () => {
      const at = this.#most;
      this.#most += next;
      this.#draw();
      const links = this.area.querySelectorAll(".where a, tbody th a");
      if (links[at]) links[at].focus({ preventScroll: true });
    } }, label.replace("{n}", next));
    return [element("p", { class: "more-line" }, more)];
  }

  /** On paper nothing is folded away; afterwards the set is as it was. */
  print(paper) {
    this.#paper = paper;
    this.#draw();
    if (paper) for (const group of this.area.querySelectorAll(".in-group")) group.open = true;
  }

  get #seen() { return this.#paper ? this.reply.items.length : this.#most; }
}

for (const [moment, paper] of [["beforeprint", true], ["afterprint", false]]) {
  addEventListener(moment, () => { for (const node of document.querySelectorAll(".set-view")) shown.get(node).print(paper); });
}

/** The views that this set has. */
function kindsOf({ items, layout }) {
  if (items.length < 2) return [layout === "table" ? "table" : "cards"];
  const led = items.some(({ lead }) => lead.length);
  const titles = new Set(items.map(({ document: id, section_title: title }) => `${id} ${title || ""}`));
  const parts = items.some(({ section_title: title }) => title) && titles.size > 1;
  return ["cards", "table", ...(led ? ["department"] : []), ...(parts ? ["section"] : [])];
}
