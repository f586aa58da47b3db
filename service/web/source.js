// The source beside the answer: a citation opens its item in a panel on wide screens, in a sheet on others.
// The address says what is open, so that Back closes it; with Ctrl or the middle button a citation is a link as ever.

import { composing, element } from "../search-box.js";
import { lookAt, lookAway } from "./address.js";
import { pageOf } from "./cards.js";
import { passageOf } from "./passage.js";
import { BASE, jsonOf, request } from "./service.js";
import { titleOf } from "./titles.js";
import { WORDS } from "./words.js";

const AROUND = 2; // items shown before and after
const HASH = "#source=";
const WIDE = matchMedia("(min-width: 75rem)"); // the answer stays as wide as it was

export class Source {
  #turns;
  #script; // "auto", "hans" or "hant": what is chosen now
  #replies = new WeakMap(); // of each turn
  #opener = null; // has the focus again when the panel closes
  #item = null; // what is shown, as the service gave it
  #reading = null; // AbortController of the item that is being fetched

  /** Listens to the citations in `turns`; `script` gives the one that is chosen. */
  constructor(turns, script) {
    this.#turns = turns;
    this.#script = script;
    this.#build();
    if (!this.panel.show) return; // too old a browser: citations are links
    turns.addEventListener("click", (event) => this.#clicked(event));
    window.addEventListener("popstate", () => this.follow());
    WIDE.addEventListener("change", () => { if (this.isOpen) this.#raise(); });
    document.addEventListener("keydown", (event) => {
      const typing = event.target instanceof Element && event.target.matches("input, select, textarea");
      if (event.key !== "Escape" || composing(event) || event.defaultPrevented || typing || !this.isOpen) return;
      event.preventDefault();
      lookAway();
    });
  }

  get isOpen() { return this.panel.open; }

  /** The turn's citations are of this reply. */
  cites(turn, reply) {
    this.#replies.set(turn, reply);
  }

  /** Shows what the address says, or nothing. */
  follow() {
    const place = placeIn(location.hash);
    if (place) this.#show(place);
    else this.#close();
  }

  #build() {
    this.title = element("h2", { tabindex: "-1" });
    this.content = element("div", { class: "passage", tabindex: "0" });
    this.status = element("p", { class: "quiet", role: "status" });
    this.shut = element("button", { type: "button", class: "plain shut", click: () => lookAway() }, "×");
    [this.before, this.after] = [-1, 1].map((step) => element("button", { type: "button", class: "plain", click: () => this.#move(step) }));
    [this.whole, this.original] = [{}, { download: true }].map((more) => element("a", { class: "plain", ...more }));
    this.panel = element("dialog", { class: "beside" },
      element("div", { class: "sheet" },
        element("div", { class: "beside-head" }, this.title, this.shut), this.content,
        element("p", { class: "tools beside-foot" }, this.before, this.after, this.whole, this.original), this.status));
    this.panel.addEventListener("cancel", (event) => {
      event.preventDefault();
      lookAway();
    });
    this.panel.addEventListener("click", (event) => { if (event.target === this.panel) lookAway(); }); // beside the sheet
    document.body.append(this.panel);
  }

  #clicked(event) {
    const link = event.target.closest("a[href]");
    const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    const place = link && plain && !event.defaultPrevented ? placeOf(link) : null;
    if (!place) return;
    event.preventDefault();
    this.#opener = link;
    this.#look(place);
  }

  #look(place) {
    lookAt(hashOf(place));
    return this.#show(place);
  }

  async #move(step) {
    const next = this.#item && (step < 0 ? this.#item.before[this.#item.before.length - 1] : this.#item.after[0]);
    if (!next) return;
    await this.#look({ document: next.document, id: next.id });
    this.status.textContent = next.label;
  }

  async #show(place) {
    if (this.#reading) this.#reading.abort();
    const own = (this.#reading = new AbortController());
    const words = this.#words();
    this.#name(place, words);
    if (!this.isOpen) this.#raise();
    try {
      const item = await request(addressOf(place, words === WORDS.hant ? "hant" : this.#script()), {}, jsonOf, own);
      if (own !== this.#reading) return;
      this.#fill(item, words);
    } catch (error) {
      if (own !== this.#reading) return;
      this.#item = null;
      const again = element("button", { type: "button", class: "chip", click: () => this.#show(place) }, words.again);
      this.content.replaceChildren(element("p", { class: "failed", role: "alert" }, error.message), element("p", {}, again));
    }
  }

  #name(place, words) {
    const { beside } = words;
    const page = pageOf(place.document);
    this.panel.setAttribute("aria-label", beside.name);
    this.content.setAttribute("aria-label", beside.name);
    this.title.textContent = `《${titleOf(place.document)}》`;
    this.shut.setAttribute("aria-label", beside.close);
    [this.before.textContent, this.after.textContent] = [beside.before, beside.after];
    [this.whole.textContent, this.original.textContent] = [beside.whole, beside.original];
    this.whole.href = `${page}#item-${encodeURIComponent(place.id)}`;
    this.original.href = `${page}/original`;
  }

  #fill(item, words) {
    this.#item = item;
    const cited = this.#cited(item);
    this.title.textContent = `《${item.document_title}》`;
    this.content.replaceChildren(...passageOf(item, cited ? cited.highlights : [], words));
    this.before.setAttribute("aria-disabled", String(!item.before.length)); // a disabled button would lose the focus
    this.after.setAttribute("aria-disabled", String(!item.after.length));
    this.content.scrollTop = Math.max(0, this.content.querySelector(".cited").offsetTop - this.content.offsetTop - 96);
    for (const link of this.#turns.querySelectorAll("a[aria-current]")) link.removeAttribute("aria-current");
    for (const link of this.#turns.querySelectorAll("a[href]")) if (link.getAttribute("href") === item.url) link.setAttribute("aria-current", "true");
  }

  /** The item as the answer cites it: that of the turn it was opened from, else the last that does. */
  #cited({ document: id, id: item }) {
    const own = this.#opener && this.#opener.closest(".turn");
    const turns = [own, ...[...this.#turns.children].reverse()];
    const replies = turns.map((turn) => turn && this.#replies.get(turn)).filter(Boolean);
    return replies.flatMap((reply) => [...reply.items, ...reply.related]).find((one) => one.document === id && one.id === item);
  }

  #words() {
    const turn = (this.#opener && this.#opener.closest(".turn")) || this.#turns.lastElementChild;
    const reply = turn && this.#replies.get(turn);
    return WORDS[reply ? reply.script : this.#script()] || WORDS.hans;
  }

  #raise() {
    if (this.isOpen) this.panel.close();
    this.panel.style.setProperty("--bar", WIDE.matches ? `${document.querySelector(".bar").offsetHeight}px` : "0px");
    if (WIDE.matches) this.panel.show();
    else this.panel.showModal();
    document.body.classList.toggle("is-beside", WIDE.matches);
    this.title.focus({ preventScroll: true });
  }

  #close() {
    if (this.#reading) this.#reading.abort();
    this.#reading = null;
    if (!this.isOpen) return;
    this.panel.close();
    document.body.classList.remove("is-beside");
    for (const link of this.#turns.querySelectorAll("a[aria-current]")) link.removeAttribute("aria-current");
    const back = this.#opener && this.#opener.isConnected ? this.#opener : document.getElementById("question");
    back.focus({ preventScroll: true });
    this.#opener = null;
  }
}

const hashOf = ({ document: id, id: item }) => `${HASH}${encodeURIComponent(id)}/${encodeURIComponent(item)}`;

const addressOf = ({ document: id, id: item }, script) => `/api/documents/${encodeURIComponent(id)}/items/${encodeURIComponent(item)}?around=${AROUND}&script=${script}`;

/** {document, id} that the address says is looked at; null where it says nothing of the kind. */
function placeIn(hash) {
  const found = /^#source=([^/]+)\/([^/]+)$/.exec(hash);
  return found && decoded(found[1], found[2]);
}

/** {document, id} of a link to an item. */
function placeOf(link) {
  const page = link.origin === location.origin && /^\/documents\/([^/]+)$/.exec(link.pathname.slice(BASE.length));
  const item = /^#item-(.+)$/.exec(link.hash);
  return page && item ? decoded(page[1], item[1]) : null;
}

function decoded(id, item) {
  try {
    return { document: decodeURIComponent(id), id: decodeURIComponent(item) };
  } catch {
    return null;
  }
}
