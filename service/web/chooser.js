// Which document is asked: a button that opens a list to search in. Nothing is asked of the service until it opens.

import { composing, element } from "../search-box.js";
import { listed } from "./service.js";
import { learnListed, titleOf } from "./titles.js";

const SHOWN = 50; // documents listed at once
const DEBOUNCE = 120; // milliseconds from the last key to the search
const ALL = "全部文件";

export class Chooser {
  #button;
  #changed; // called when another is chosen
  #reads; // gives {inHans}: whether titles are read in Simplified
  #active = -1; // the option that the arrow keys are at
  #ids = []; // of the options, null for all
  #request = null; // AbortController of the search under way
  #timer = 0;
  #eager = false; // Enter was pressed before what was typed has been found

  /** `button` names what is asked; the list opens above it. */
  constructor(button, changed, reads) {
    this.#button = button;
    this.#changed = changed;
    this.#reads = reads;
    this.chosen = button.dataset.document || null;
    this.#build();
    button.addEventListener("click", () => (this.isOpen ? this.close() : this.open()));
    button.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
      event.preventDefault();
      this.open();
    });
    document.addEventListener("pointerdown", (event) => {
      if (this.isOpen && !this.panel.contains(event.target) && !button.contains(event.target)) this.close();
    });
  }

  get isOpen() { return !this.panel.hidden; }

  /** null: all of them. */
  choose(id) {
    const other = id !== this.chosen;
    this.chosen = id;
    this.name();
    this.#button.classList.toggle("one", id !== null);
    if (other) this.#changed(id);
  }

  /** Says on the button what is chosen. */
  name() {
    this.#button.querySelector(".name").textContent = this.chosen ? `《${titleOf(this.chosen, this.#reads())}》` : ALL;
  }

  open() {
    this.panel.hidden = false;
    this.#button.setAttribute("aria-expanded", "true");
    this.input.value = "";
    this.input.focus();
    this.#search();
  }

  close() {
    this.#stop();
    this.panel.hidden = true;
    this.#button.setAttribute("aria-expanded", "false");
  }

  #build() {
    this.input = element("input", {
      type: "text", id: "find", role: "combobox", maxlength: 100, autocomplete: "off", spellcheck: "false", enterkeyhint: "done",
      "aria-label": "找文件", "aria-autocomplete": "list", "aria-controls": "found", "aria-expanded": "true", placeholder: "标题、年份、文号或印发机关",
      input: (event) => { if (!event.isComposing) this.#later(); },
      compositionend: () => this.#later(),
      keydown: (event) => this.#onKey(event),
    });
    this.list = element("ul", { id: "found", role: "listbox", "aria-label": "文件", mousedown: (event) => event.preventDefault(), click: (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.#take([...this.list.children].indexOf(option));
    } });
    this.said = element("p", { class: "notice", role: "status" });
    this.panel = element("div", { class: "picker", id: "picker", role: "dialog", "aria-label": "选择文件", hidden: true }, this.input, this.list, this.said);
    this.panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || composing(event)) return;
      event.preventDefault();
      event.stopPropagation();
      this.close();
      this.#button.focus();
    });
    this.panel.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !this.panel.contains(event.relatedTarget) && event.relatedTarget !== this.#button) this.close();
    });
    this.#button.setAttribute("aria-controls", "picker");
    this.#button.after(this.panel);
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#eager = false;
    if (this.#request) this.#request.abort();
    this.#request = null;
  }

  #later() {
    this.#stop();
    this.#timer = setTimeout(() => this.#search(), DEBOUNCE);
  }

  async #search() {
    this.#stop();
    const own = (this.#request = new AbortController());
    const query = this.input.value.trim();
    try {
      const reply = await listed({ q: query, limit: SHOWN }, own);
      if (own !== this.#request) return;
      this.#request = null;
      this.#show(reply, query);
    } catch (error) {
      if (own !== this.#request) return;
      this.#request = null;
      this.said.textContent = error.message;
    }
  }

  #show({ documents, total }, query) {
    documents.forEach(learnListed);
    const read = documents.map((one) => (this.#reads().inHans && one.hans ? { ...one, ...one.hans, converted: true } : one));
    this.#ids = [null, ...documents.map(({ id }) => id)];
    this.list.replaceChildren(this.#option(0, ALL, ""), ...read.map((one, at) => this.#option(at + 1, one.title, [one.issuer, one.date, `${one.items}${one.unit}`].filter(Boolean).join("　"))));
    this.list.scrollTop = 0;
    this.#activate(query ? (documents.length ? 1 : -1) : Math.max(0, this.#ids.indexOf(this.chosen)));
    if (!total) this.said.textContent = "没有这样的文件；少写几个字再找。";
    else {
      const counted = `${query ? "找到" : "共"}${total}份`;
      const some = total > documents.length ? `${counted}，这里是最新的${documents.length}份；写几个字再找` : counted;
      this.said.textContent = read.some(({ converted }) => converted) ? `${some}。标题写的是繁体，这里转为简体供阅读` : some;
    }
    if (this.#eager && total) this.#take(this.#active);
    this.#eager = false;
  }

  #option(at, title, facts) {
    const chosen = this.#ids[at] === this.chosen;
    return element("li", { role: "option", id: `found-${at}`, "aria-selected": "false" },
      element("span", { class: "title" }, title, chosen ? element("span", { class: "now" }, "（现在问的）") : ""), element("span", { class: "facts" }, facts));
  }

  #activate(at) {
    const options = [...this.list.children];
    if (options[this.#active]) options[this.#active].setAttribute("aria-selected", "false");
    this.#active = options[at] ? at : -1;
    if (this.#active < 0) return this.input.removeAttribute("aria-activedescendant");
    options[at].setAttribute("aria-selected", "true");
    options[at].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", options[at].id);
  }

  #take(at) {
    if (at < 0) return;
    this.close();
    this.choose(this.#ids[at]);
    this.#button.dispatchEvent(new Event("chosen", { bubbles: true }));
  }

  #onKey(event) {
    if (composing(event)) return;
    const last = this.list.children.length - 1;
    const move = { ArrowDown: this.#active >= last ? 0 : this.#active + 1, ArrowUp: this.#active <= 0 ? last : this.#active - 1, PageDown: Math.min(last, this.#active + 8), PageUp: Math.max(0, this.#active - 8) }[event.key];
    if (move !== undefined) {
      event.preventDefault();
      this.#activate(move);
    } else if (event.key === "Enter") {
      event.preventDefault(); // it is no question
      if (this.#timer) this.#search();
      if (this.#request) this.#eager = true;
      else this.#take(this.#active);
    }
  }
}
