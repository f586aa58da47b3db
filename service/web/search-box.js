// <yaodian-search>: a search box over numbered documents. One module without dependencies, from Chromium 86 on.
//
//   <script type="module" src="http://service/search-box.js"></script>
//   <yaodian-search document="cnca-2017"></yaodian-search>
//
// Attributes: endpoint, document, placeholder, question, suggestions, theme, lang, shortcut, no-history.
// Events: yaodian-select (cancellable; detail {url, item}), yaodian-answer (detail {reply}).
// What comes from data becomes text nodes and <mark>, never HTML.

const HOME = new URL(".", import.meta.url).href.slice(0, -1); // the service that this module came from
const DEBOUNCE = 100; // milliseconds from the last key to the search
const SLOW = 300; // milliseconds after which waiting is shown
const TIMEOUT = 15000; // milliseconds after which waiting ends
const RECENT = 6; // questions kept on this device
const BESIDE = 140; // pixels of a field that the hint, the button and the margins take
const QUESTION_LENGTH = 500; // characters that the service accepts

const WORDS = {
  hans: {
    placeholder: "搜索或提问，例如：哪些任务涉及……", label: "搜索或提问", ask: "提问", clear: "清空", panel: "结果",
    recent: "最近的提问", forget: "清除记录", forgetOne: "按 Delete 键从记录中删除", tryThese: "可以这样问", results: "条目", cited: "答案",
    related: "相近的条目（不在答案之内）", nothing: "字面上没有找到，按回车提问。", partial: "这里列出前{n}项，共{all}项", gone: "已从记录中删除", more: "另有{n}项，写得再具体些",
    found: "找到{n}项", answered: "答案共{n}项", loading: "正在查找……", declined: "没有答案", head: "文件开头", heading: "标题",
    retry: "重试", offline: "没有网络连接。", unreachable: "连不上问答服务。", slow: "问答服务没有及时回应。",
    wrong: "问答服务回应有误。", endpoint: "问答服务的地址写得不对，请告诉维护这个网页的人。", refused: "这个网页还没有获准使用问答服务，请告诉维护的人。",
    keys: "↑↓ 选择　Enter 提问或打开　Esc 关闭", lead: "牵头", rows: "名称|项数|条目", chat: "在问答页继续", table: "在问答页打开这张表",
  },
  hant: {
    placeholder: "搜尋或提問，例如：哪些任務涉及……", label: "搜尋或提問", ask: "提問", clear: "清空", panel: "結果",
    recent: "最近的提問", forget: "清除記錄", forgetOne: "按 Delete 鍵從記錄中刪除", tryThese: "可以這樣問", results: "條目", cited: "答案",
    related: "相近的條目（不在答案之內）", nothing: "字面上沒有找到，按 Enter 提問。", partial: "這裏列出前{n}項，共{all}項", gone: "已從記錄中刪除", more: "另有{n}項，寫得再具體些",
    found: "找到{n}項", answered: "答案共{n}項", loading: "正在查找……", declined: "沒有答案", head: "文件開頭", heading: "標題",
    retry: "重試", offline: "沒有網路連線。", unreachable: "連不上問答服務。", slow: "問答服務沒有及時回應。",
    wrong: "問答服務回應有誤。", endpoint: "問答服務的地址寫得不對，請告訴維護這個網頁的人。", refused: "這個網頁還沒有獲准使用問答服務，請告訴維護的人。",
    keys: "↑↓ 選擇　Enter 提問或開啟　Esc 關閉", lead: "牽頭", rows: "名稱|項數|條目", chat: "在問答頁繼續", table: "在問答頁開啟這張表",
  },
};

const DARK = `color-scheme: dark; --ink: var(--yaodian-ink, #e6e8eb); --soft: var(--yaodian-soft, #a9b1bc);
  --paper: var(--yaodian-paper, #1b1e23); --raised: var(--yaodian-raised, #2b3038); --line: var(--yaodian-line, #47505c);
  --accent: var(--yaodian-accent, #8cc0f7); --mark: var(--yaodian-mark, #665312); --bad: #ff9d8f;`;
const SHEET = new CSSStyleSheet();
SHEET.replaceSync(`
:host { display: block; min-width: 0; }
:host([hidden]) { display: none; }
.box { all: initial; color-scheme: light; --ink: var(--yaodian-ink, #1d2129); --soft: var(--yaodian-soft, #565e6a);
  --paper: var(--yaodian-paper, #fff); --raised: var(--yaodian-raised, #eef1f5); --line: var(--yaodian-line, #8d96a3);
  --accent: var(--yaodian-accent, #0b57a4); --mark: var(--yaodian-mark, #ffe9a8); --bad: #b3261e;
  --radius: var(--yaodian-radius, 8px);
  display: block; position: relative; box-sizing: border-box; color: var(--ink); text-align: start;
  --fonts: system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; font: var(--yaodian-font, 16px/1.6 var(--fonts)); }
.box[lang=zh-Hant] { --fonts: system-ui, "PingFang TC", "Microsoft JhengHei", "Noto Sans CJK TC", sans-serif; }
.box.dark { ${DARK} }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
button { font: inherit; color: inherit; cursor: pointer; border: 0; background: none; padding: 0 10px; min-height: 32px; border-radius: 6px; }
button:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.field { display: flex; align-items: center; gap: 4px; padding: 3px; border: 1px solid var(--line); border-radius: var(--radius);
  background: var(--paper); position: relative; overflow: hidden; cursor: text; }
.field:focus-within { outline: 2px solid var(--accent); outline-offset: -1px; }
input { all: unset; box-sizing: border-box; flex: 1; width: 0; min-width: 0; padding: 5px 9px; color: var(--ink); font: inherit; cursor: text; }
input::placeholder { color: var(--soft); opacity: 1; }
kbd { font: 12px/1.5 system-ui, sans-serif; color: var(--soft); border: 1px solid var(--line); border-radius: 4px; padding: 0 5px; margin-right: 4px; white-space: nowrap; pointer-events: none; }
.field:focus-within kbd, .cramped kbd { display: none; }
.ask { background: var(--accent); color: var(--paper); min-height: 34px; white-space: nowrap; }
.clear { color: var(--soft); }
.waiting .field::after { content: ""; position: absolute; left: 0; bottom: 0; height: 2px; width: 40%; background: var(--accent); animation: wait 1s linear infinite; }
@keyframes wait { from { left: -40%; } to { left: 100%; } }
.panel { all: unset; box-sizing: border-box; display: block; position: absolute; z-index: 2147483647; left: 0; right: 0; top: 100%; margin-top: 6px; overflow: auto;
  max-height: min(70vh, 560px); overscroll-behavior: contain; scroll-padding-bottom: 44px; background: var(--paper); color: var(--ink);
  border: 1px solid var(--line); border-radius: var(--radius); box-shadow: 0 8px 28px rgba(0, 0, 0, .22); }
.panel:focus-visible { outline: 2px solid var(--accent); }
.panel.top { position: fixed; right: auto; margin: 0; }
.said { padding: 10px 14px 4px; white-space: pre-line; overflow-wrap: anywhere; }
.said.bad { color: var(--bad); }
.said.soft { color: var(--soft); }
table { border-collapse: collapse; margin: 4px 14px 8px; font-size: .9em; }
th, td { text-align: start; padding: 2px 16px 2px 0; border-bottom: 1px solid var(--line); font-weight: inherit; vertical-align: top; }
thead { color: var(--soft); }
.list { padding: 4px; }
.heading { padding: 6px 10px 2px; font-size: .8em; color: var(--soft); }
.option { display: block; padding: 6px 10px; border-radius: 6px; color: inherit; text-decoration: none; cursor: pointer; overflow-wrap: anywhere; }
.option:hover { background: var(--raised); }
.option[aria-selected=true] { background: var(--raised); box-shadow: inset 3px 0 var(--accent); }
.where { display: flex; gap: 8px; align-items: baseline; font-size: .8em; color: var(--soft); }
.where b { color: var(--accent); white-space: nowrap; }
.where span { flex: 0 1 auto; min-width: 3em; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.where .title { flex-shrink: .3; }
.text { display: block; font-size: .94em; }
.clamped { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
mark { background: var(--mark); color: inherit; border-radius: 2px; }
.row { display: flex; gap: 8px; align-items: center; }
.row .text { flex: 1; }
.whole { color: var(--accent); }
.drop { color: var(--soft); padding: 0 6px; }
.foot { display: flex; gap: 8px; align-items: center; justify-content: space-between; position: sticky; bottom: 0; z-index: 1; min-height: 34px; padding: 2px 14px; background: var(--paper); border-top: 1px solid var(--line); font-size: .8em; color: var(--soft); }
.foot a { color: var(--accent); }
.foot button { color: var(--accent); padding: 0 4px; }
.action { color: var(--accent); margin: 0 4px 8px; }
.quiet { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 480px) { .keys, kbd { display: none; } }
@media (prefers-reduced-motion: reduce) { .waiting .field::after { animation: none; width: 100%; } }
@media (forced-colors: active) { .option[aria-selected=true] { outline: 2px solid Highlight; outline-offset: -2px; } .ask { border: 1px solid ButtonText; } mark { text-decoration: underline; } }
@media print { .panel { display: none; } }
`);

/** An element with these attributes and children (strings become text nodes). A function as attribute listens. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** The text's characters [from, to) as strings and <mark> or another; offsets count characters, not UTF-16 units. */
export function marked(text, spans, from = 0, to = Infinity, name = "mark") {
  const characters = Array.from(text).slice(0, to);
  const parts = [];
  let at = from;
  for (const [start, end] of spans) {
    const first = Math.max(start, at);
    const last = Math.min(end, characters.length);
    if (first >= last) continue;
    parts.push(characters.slice(at, first).join(""), element(name, {}, characters.slice(first, last).join("")));
    at = last;
  }
  parts.push(characters.slice(at).join(""));
  return parts.filter((part) => part !== "");
}

/** Where to begin a text so that its first highlight is within `length` characters: at its own or a clause's begin. */
export function clauseStart(text, spans, length) {
  const characters = Array.from(text);
  if (!spans.length || spans[0][1] <= length) return 0;
  const first = spans[0][0];
  const begins = (at, marks) => at === 0 || marks.includes(characters[at - 1]);
  const near = Array.from({ length: Math.floor(length / 2) }, (_, back) => first - back).filter((at) => at >= 0);
  const sentence = near.find((at) => begins(at, "。；;！？\n"));
  return sentence ?? near.reverse().find((at) => begins(at, "，,、：:")) ?? first;
}

/** What an answer says beside the items that are shown with it. */
export const spoken = ({ statements }) => statements.filter(({ kind }) => !SHOWN.has(kind)).map(({ kind, text }) => (kind === "which_document" ? text.split("\n")[0] : text)).join("\n");

// statements that a list or a table shows
const SHOWN = new Set("item more row row_of_documents row_each file_row listed_row group of_document of_others example new gone changed same".split(" "));

/** A sentence to be read out: without the colon that a list follows. */
export const sentence = (text) => text.split("\n")[0].replace(/[：:]$/, "");

/** Whether a key belongs to an input method: Safari ends a composition before the key, so only 229 tells. */
export const composing = (event) => event.isComposing || event.keyCode === 229;

/** Questions kept on this device, newest first; where storage is refused there are none. */
class Recent {
  constructor(key) { this.key = `yaodian-recent:${key}`; }
  get all() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.key) || "[]");
      return Array.isArray(kept) ? kept.filter((one) => typeof one === "string").slice(0, RECENT) : [];
    } catch { return []; }
  }
  set all(questions) {
    try { localStorage.setItem(this.key, JSON.stringify(questions.slice(0, RECENT))); } catch { /* refused or full */ }
  }
  add(question) { this.all = [question, ...this.all.filter((one) => one !== question)]; }
  remove(question) { this.all = this.all.filter((one) => one !== question); }
}

class Trouble extends Error {} // its message is for the reader

const ELSEWHERE = { target: "_blank", rel: "noopener" };

const boxes = new Set(); // those on the page

/** In the order of the page: the first takes a shortcut that several have. */
function ordered() {
  return [...boxes].sort((one, other) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
}

document.addEventListener("keydown", (event) => {
  if (composing(event) || !event.key || event.defaultPrevented || event.altKey || event.shiftKey) return;
  const from = event.composedPath()[0];
  const editing = from instanceof Element && (from.isContentEditable || from.matches("input, textarea, select"));
  const combined = MAC ? event.metaKey : event.ctrlKey;
  const pressed = (one) => {
    const key = one.replace("ctrl+", "");
    return event.key.toLowerCase() === key && (one === key ? !editing && !event.ctrlKey && !event.metaKey : combined);
  };
  const taken = ordered().some((box) => box.shortcuts.some(pressed) && box.takeFocus());
  if (taken) event.preventDefault();
});

class YaodianSearch extends HTMLElement {
  static get observedAttributes() { return ["endpoint", "document", "placeholder", "question", "lang", "shortcut", "theme"]; }

  #entries = new Map(); // option -> what choosing it does
  #active = null; // the option that the arrow keys are at
  #request = null; // AbortController of the request under way
  #reached = false; // the service has told this page something
  #timer = 0;
  #shown = null; // the text that the panel's results are for
  #again = null; // repeats what failed, while that is shown
  #composed = ""; // the text before a composition: one that is cancelled leaves it
  #documents = null; // promise of what the service says of its documents
  #several = false; // of them are searched
  #frame = 0;
  #usedEscape = false; // its release is not the host's either
  #listeners = null;

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [SHEET];
    this.#build(root);
  }

  // ---- the host's side

  connectedCallback() {
    boxes.add(this);
    if (Object.prototype.hasOwnProperty.call(this, "value")) { // set before this element was known
      const { value } = this;
      delete this.value;
      this.value = value;
    }
    this.#listeners = new AbortController();
    const listen = (target, type, listener, options = {}) => {
      target.addEventListener(type, listener, options);
      this.#listeners.signal.addEventListener("abort", () => target.removeEventListener(type, listener, options));
    };
    listen(document, "pointerdown", (event) => { if (!event.composedPath().includes(this)) this.close(); }, true);
    listen(matchMedia("(prefers-color-scheme: dark)"), "change", () => this.#colour());
    listen(window, "online", () => { if (this.#again) this.#again(); });
    this.#label();
    this.#colour();
  }

  disconnectedCallback() {
    boxes.delete(this);
    this.#listeners.abort();
    this.close();
    ordered().forEach((box) => box.#hint());
  }

  attributeChangedCallback(name, before, after) {
    this.close(); // what it shows may be of before
    if (name === "question") this.value = after || "";
    if (name === "endpoint" || name === "document") {
      this.#documents = null;
      this.#several = false;
    }
    if (!this.isConnected) return;
    this.#label();
    this.#colour();
  }

  get value() { return this.input.value; }
  set value(text) {
    this.input.value = text;
    this.clear.hidden = !text;
  }
  get isOpen() { return !this.panel.hidden; }
  focus(options) { this.input.focus(options); }

  /** Whether a shortcut could bring the caret here: not into a box that is hidden or inert. */
  takeFocus() {
    if (!this.getClientRects().length) return false;
    this.focus();
    if (this.shadowRoot.activeElement !== this.input) return false;
    this.input.select();
    this.#begin();
    return true;
  }

  /** Closes the panel; what is typed stays. */
  close() {
    this.#stop();
    this.alert.textContent = "";
    if (!this.isOpen) return;
    if (this.panel.hidePopover && this.panel.matches(":popover-open")) this.panel.hidePopover();
    this.panel.hidden = true;
    this.#shown = null;
    this.#activate(null);
    this.input.setAttribute("aria-expanded", "false");
  }

  // ---- building

  #build(root) {
    this.input = element("input", {
      type: "text", part: "input", role: "combobox", maxlength: QUESTION_LENGTH, autocomplete: "off", autocapitalize: "off",
      autocorrect: "off", spellcheck: "false", enterkeyhint: "search", inputmode: "search",
      "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-controls": "list", "aria-expanded": "false",
      input: (event) => this.#onInput(event),
      compositionstart: () => {
        this.#composed = this.#timer ? null : this.value; // what waits to be searched is searched after it
        this.#wake();
      },
      compositionend: () => { if (this.value !== this.#composed) this.#onInput(null); }, keydown: (event) => this.#onKey(event),
      click: () => { this.focus(); if (!this.isOpen && !this.#request) this.#begin(); },
    });
    this.hint = element("kbd", { "aria-hidden": "true" });
    this.clear = element("button", { type: "button", class: "clear", part: "clear", hidden: true, click: () => { this.value = ""; this.focus(); this.#begin(); } }, "✕");
    this.askButton = element("button", { type: "button", class: "ask", part: "button", click: () => { this.focus(); this.ask(this.value); } });
    // beside the input, on the hint of the key: as in it
    this.field = element("div", { class: "field", part: "field", click: (event) => { if (event.target === this.field) this.input.click(); } }, this.input, this.hint, this.clear, this.askButton);
    this.said = element("div", { class: "said", part: "answer", hidden: true });
    this.extra = element("div", {});
    this.list = element("div", { class: "list", part: "list", id: "list", role: "listbox", click: (event) => this.#onClick(event), mousedown: (event) => event.preventDefault() });
    this.keys = element("span", { class: "keys" });
    this.forget = element("button", { type: "button", click: () => { this.recent.all = []; this.focus(); this.#begin(); } });
    this.chat = element("a", ELSEWHERE);
    this.foot = element("div", { class: "foot", part: "foot" }, this.keys, this.chat, this.forget);
    this.panel = element("div", { class: "panel", part: "panel", role: "group", hidden: true }, this.said, this.extra, this.list, this.foot);
    if (this.panel.showPopover) this.panel.popover = "manual";
    this.status = element("div", { class: "quiet", role: "status", "aria-live": "polite" });
    this.alert = element("div", { class: "quiet", role: "alert", "aria-live": "assertive" });
    this.box = element("div", { class: "box", part: "box", role: "search" }, this.field, this.panel, this.status, this.alert);
    root.append(this.box);
    new ResizeObserver(() => this.#fit()).observe(this.field);
    root.addEventListener("focusout", (event) => { if (event.relatedTarget && !root.contains(event.relatedTarget)) this.close(); });
    root.addEventListener("keydown", (event) => this.#onEscape(event));
    // keys typed here are not the host's hot-keys; combinations with Ctrl or Cmd are
    for (const type of ["keydown", "keypress", "keyup"]) {
      root.addEventListener(type, (event) => {
        const combined = (event.ctrlKey && !event.altKey) || event.metaKey;
        const unused = event.key === "Escape" && !composing(event) && !this.#usedEscape;
        if (!combined && !unused && event.key !== "Tab" && !/^F\d/.test(event.key)) event.stopPropagation();
        if (type === "keyup" && event.key === "Escape") this.#usedEscape = false;
      });
    }
  }

  #label() {
    const words = this.words;
    this.box.lang = this.script === "hant" ? "zh-Hant" : "zh-Hans";
    this.input.placeholder = this.getAttribute("placeholder") || words.placeholder;
    const name = this.getAttribute("placeholder") || words.label;
    this.input.setAttribute("aria-label", name);
    this.box.setAttribute("aria-label", name);
    this.clear.setAttribute("aria-label", words.clear);
    this.askButton.textContent = words.ask;
    this.forget.textContent = words.forget;
    this.panel.setAttribute("aria-label", words.panel);
    this.list.setAttribute("aria-label", words.panel);
    this.#fit();
    this.chat.textContent = words.chat;
    ordered().forEach((box) => box.#hint());
  }

  /** Shows the key that leads here, in the one box that it leads to. */
  #hint() {
    const [shortcut] = ordered()[0] === this ? this.shortcuts : [];
    this.hint.hidden = !shortcut;
    this.hint.textContent = shortcut === "ctrl+k" ? (MAC ? "⌘ K" : "Ctrl K") : shortcut || "";
  }

  /** Without the key's hint where that would cut off what the empty field says. */
  #fit() {
    const said = this.input.placeholder.length * parseFloat(getComputedStyle(this.input).fontSize);
    this.field.classList.toggle("cramped", this.field.clientWidth < said + BESIDE);
  }

  /** Dark where `theme` says so; by itself, where the page around is. */
  #colour() {
    const theme = this.getAttribute("theme");
    this.box.classList.toggle("dark", theme === "dark" || (theme !== "light" && isOnDark(this)));
  }

  /** hans or hant: as the `lang` attribute says, else as the page or the browser. */
  get script() {
    const named = (this.getAttribute("lang") || "auto").toLowerCase();
    const page = this.parentElement && this.parentElement.closest("[lang]");
    const lang = named !== "auto" ? named : (page && /^zh-./i.test(page.lang) ? page.lang : navigator.language).toLowerCase();
    return /hant|-tw|-hk|-mo/.test(lang) ? "hant" : "hans";
  }
  get words() { return WORDS[this.script]; }
  get recent() { return new Recent(`${this.getAttribute("endpoint") || HOME} ${this.getAttribute("document") || ""}`); }
  get documents() { return (this.getAttribute("document") || "").split(/[\s,]+/).filter(Boolean); }
  get shortcuts() {
    const named = this.hasAttribute("shortcut") ? this.getAttribute("shortcut") : "ctrl+k /";
    return named.toLowerCase().split(/\s+/).filter((one) => one && one !== "none");
  }

  // ---- keys and typing

  #onInput(event) {
    this.clear.hidden = !this.value;
    // Android composes Latin words too; there, wait only for letters or Bopomofo that are not yet Han
    if (event && event.isComposing && !(ANDROID && !/^(?=.*[a-z\u3105-\u312f\u31a0-\u31bf])\P{Script=Han}*$/iu.test(event.data || ""))) return;
    this.#wake();
    this.#timer = setTimeout(() => this.#begin(), DEBOUNCE);
  }

  #onKey(event) {
    if (composing(event)) return;
    const options = [...this.#entries.keys()];
    const at = options.indexOf(this.#active);
    const move = (option) => {
      event.preventDefault();
      this.#activate(option);
    };
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!this.isOpen) {
        event.preventDefault();
        this.#begin();
      } else if (!options.length) {
        event.preventDefault();
        this.panel.scrollBy({ top: event.key === "ArrowDown" ? 60 : -60 }); // a table
      } else {
        const step = event.key === "ArrowDown" ? 1 : -1;
        // past either end the caret is back in the input
        move(options[at === -1 && step === -1 ? options.length - 1 : at + step] || null);
      }
    } else if (event.key === "Home" && this.#active) move(options[0]);
    else if (event.key === "End" && this.#active) move(options[options.length - 1]);
    else if ((event.key === "Delete" || event.key === "Backspace") && this.#active && this.#entries.get(this.#active).recent) {
      event.preventDefault();
      this.#forgetOne(this.#entries.get(this.#active).question);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!this.#active) this.ask(this.value);
      else if (this.#active.href && (event.ctrlKey || event.metaKey)) window.open(this.#active.href, "_blank", "noopener");
      else this.#active.click();
    } else if (/^Page(Up|Down)$/.test(event.key) && this.isOpen) {
      event.preventDefault();
      this.panel.scrollBy({ top: (event.key === "PageDown" ? 0.9 : -0.9) * this.panel.clientHeight });
    }
  }

  /** Closes, from wherever in the box; then clears. */
  #onEscape(event) {
    const busy = this.isOpen || this.#request || this.#timer;
    if (composing(event) || event.key !== "Escape" || (!busy && !this.value)) return;
    event.preventDefault();
    this.#usedEscape = true;
    this.focus();
    if (busy) this.close();
    else this.value = "";
  }

  #onClick(event) {
    const option = event.target.closest("[role=option]");
    const entry = option && this.#entries.get(option);
    if (!entry) return;
    if (event.target.closest(".drop")) return this.#forgetOne(entry.question);
    if (entry.question) {
      this.value = entry.question;
      this.focus();
      return this.ask(entry.question);
    }
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a new tab or window: the browser's own
    const chosen = new CustomEvent("yaodian-select", { detail: entry, bubbles: true, composed: true, cancelable: true });
    if (!this.dispatchEvent(chosen)) event.preventDefault();
    this.close();
  }

  #activate(option) {
    if (this.#active) this.#active.setAttribute("aria-selected", "false");
    this.#active = option;
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  #forgetOne(question) {
    this.recent.remove(question);
    this.focus();
    this.#begin();
    this.#announce(this.words.gone);
  }

  // ---- the service

  /** Searches what is typed; without anything typed, offers recent questions and suggestions. */
  async #begin() {
    const text = this.value.trim();
    if (!text) return this.#offer();
    if (this.isOpen && text === this.#shown) return this.#stop();
    const query = new URLSearchParams({ q: text });
    for (const id of this.documents) query.append("documents", id);
    await this.#attempt(text, (signal) => this.#fetch(`/api/search?${query}`, { signal }), (reply) => this.#showHits(text, reply));
  }

  /** Asks a question and shows its answer. */
  async ask(question) {
    const asked = question.trim();
    if (!asked) return this.#begin();
    const named = this.getAttribute("lang") || "auto";
    const body = { question: asked, script: named === "auto" ? "auto" : this.script };
    if (this.documents.length) body.documents = this.documents;
    const post = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
    await this.#attempt(asked, (signal) => this.#fetch("/api/ask", { ...post, signal }), (reply) => {
      if (!this.hasAttribute("no-history") && !reply.declined) this.recent.add(asked);
      this.#showAnswer(reply);
      this.dispatchEvent(new CustomEvent("yaodian-answer", { detail: { reply }, bubbles: true, composed: true }));
    });
  }

  /** Does `work`, dropping what is under way; `show` gets what it gives, unless something newer has begun. */
  async #attempt(text, work, show) {
    this.#stop();
    const request = (this.#request = new AbortController());
    let late = false;
    const slow = setTimeout(() => this.#wait(), SLOW);
    const ended = setTimeout(() => { late = true; request.abort(); }, TIMEOUT);
    try {
      const reply = await work(request.signal);
      if (this.documents.length !== 1) await Promise.race([this.#about().catch(() => {}), pause(SLOW)]); // are there several
      if (request !== this.#request) return;
      show(reply);
      this.#shown = text;
    } catch (error) {
      if (request !== this.#request) return;
      const { slow: words, wrong } = this.words;
      this.#fail(late ? words : error instanceof Trouble ? error.message : wrong, () => this.#attempt(text, work, show));
    } finally {
      clearTimeout(slow);
      clearTimeout(ended);
      if (request === this.#request) {
        this.#request = null;
        this.box.classList.remove("waiting");
      }
    }
  }

  /** Drops what is under way or waits to be. */
  #stop() {
    this.#wake();
    this.#again = null;
    const request = this.#request;
    this.#request = null;
    if (request) request.abort();
    this.box.classList.remove("waiting");
  }

  #wake() {
    clearTimeout(this.#timer);
    this.#timer = 0;
  }

  get #endpoint() {
    let url;
    try { url = new URL(this.getAttribute("endpoint") || HOME, document.baseURI); } catch { /* told below */ }
    if (!url || !/^https?:$/.test(url.protocol)) {
      console.warn("yaodian-search：endpoint 应为 http:// 或 https:// 开头的地址。");
      throw new Trouble(this.words.endpoint);
    }
    return url.href.replace(/\/$/, "");
  }

  /** The reply to a request. Throws Trouble, or AbortError where it was dropped. */
  async #fetch(path, options) {
    const words = this.words;
    const response = await fetch(this.#endpoint + path, options).catch(async (error) => {
      throw error.name === "AbortError" ? error : new Trouble(navigator.onLine === false ? words.offline : await this.#unreached(options));
    });
    this.#reached = true;
    const reply = await response.json().catch((error) => { if (error.name === "AbortError") throw error; });
    if (!response.ok || !reply) throw new Trouble((reply && reply.detail) || words.wrong);
    return reply;
  }

  /** Why nothing came. A service that is there, and has told this page nothing yet, does not allow its site. */
  async #unreached({ signal }) {
    const { unreachable, refused } = this.words;
    const own = new URL(this.#endpoint).origin === location.origin;
    if (own || this.#reached || !(await fetch(`${this.#endpoint}/livez`, { mode: "no-cors", signal }).catch(() => null))) return unreachable;
    console.warn(`yaodian-search：启动问答服务时要写明这个网站：yaodian serve --allow-origin ${location.origin === "null" ? "*" : location.origin}`);
    return refused;
  }

  /** What the service says of the newest of the documents searched; asked once. */
  async #about() {
    if (!this.#documents) {
      const given = new AbortController();
      const ended = setTimeout(() => given.abort(), TIMEOUT);
      const query = new URLSearchParams({ limit: 1 });
      for (const id of this.documents) query.append("documents", id);
      const asked = (this.#documents = this.#fetch(`/api/documents?${query}`, { signal: given.signal }).finally(() => clearTimeout(ended)));
      asked.catch(() => { if (this.#documents === asked) this.#documents = null; });
    }
    const { documents, total } = await this.#documents;
    this.#several = total > 1;
    return documents;
  }

  async #suggestions() {
    const wanted = this.#about();
    if (!this.hasAttribute("suggestions")) return wanted.then((documents) => (documents.length ? documents[0].suggestions : []));
    wanted.catch(() => {}); // typing will tell
    return this.getAttribute("suggestions").split("|").map((one) => one.trim()).filter(Boolean);
  }

  // ---- what the panel shows

  /** Recent questions at once, and suggestions when they come. */
  async #offer() {
    this.#stop();
    const request = (this.#request = new AbortController());
    const recent = this.hasAttribute("no-history") ? [] : this.recent.all;
    const show = (suggestions) => {
      const fresh = suggestions.filter((one) => !recent.includes(one));
      if (!recent.length && !fresh.length) return this.close();
      const at = [...this.#entries.keys()].indexOf(this.#active);
      this.#render({
        groups: [[this.words.recent, recent.map((one) => this.#questionOption(one, true))], [this.words.tryThese, fresh.map((one) => this.#questionOption(one))]],
        forgettable: recent.length > 0,
      });
      if (this.#shown === "" && at >= 0) this.#activate([...this.#entries.keys()][at] || null);
      this.#shown = "";
      this.alert.textContent = "";
    };
    if (recent.length) show([]);
    const suggestions = await this.#suggestions().catch(() => []); // typing tells that the service cannot be reached
    if (request !== this.#request) return;
    this.#request = null;
    if (this.shadowRoot.activeElement === this.input) show(suggestions);
  }

  #showHits(text, { total, hits }) {
    const words = this.words;
    const said = total ? null : words.nothing;
    const ask = element("button", { type: "button", class: "action", click: () => { this.focus(); this.ask(text); } }, `${words.ask}：${text}`);
    const more = total > hits.length ? words.more.replace("{n}", total - hits.length) : words.keys;
    this.#render({ said, soft: true, extra: total ? [] : [ask], groups: [[words.results, hits.map((hit) => this.#itemOption(hit))]], keys: more });
    this.#announce(total ? words.found.replace("{n}", total) : words.nothing);
  }

  #showAnswer(reply) {
    const words = this.words;
    const said = spoken(reply);
    const quoted = reply.items.length ? [] : reply.citations.map((citation) => this.#citationOption(citation));
    const near = reply.reason === "out_of_scope" ? [] : reply.related;
    const choices = (reply.choices || []).map(({ question }) => question);
    const next = choices.length ? choices : reply.declined ? reply.follow_ups : []; // what may have been meant
    const tabular = reply.layout === "table" || (reply.table && reply.table.length) || (reply.changes && reply.changes.length);
    const whole = tabular ? [this.#link(this.#chatOf(reply.plan.question), { item: null }, [], [words.table], { class: "option whole", ...ELSEWHERE })] : [];
    const groups = [
      ["", whole],
      [words.cited, [...reply.items.map((item) => this.#itemOption(item)), ...quoted]],
      [words.tryThese, next.map((question) => this.#questionOption(question))],
      [words.related, near.map((item) => this.#itemOption(item))],
    ];
    const listed = reply.statements.some(({ kind }) => kind === "listed"); // which files there are: said whole
    const table = reply.table && reply.table.length && !listed ? [this.#table(reply)] : [];
    const lines = listed ? reply.answer : reply.table ? said.split("\n")[0] : said;
    const all = Math.max(reply.items.length, reply.table ? 0 : reply.count || 0);
    const keys = all > reply.items.length ? words.partial.replace("{n}", reply.items.length).replace("{all}", all) : words.keys;
    this.#render({ said: lines, soft: reply.declined, extra: table, groups, keys, question: reply.plan.question });
    const count = all ? words.answered.replace("{n}", all) : "";
    this.#announce([reply.declined ? words.declined : "", sentence(said), count].filter(Boolean).join("。"));
  }

  #table({ table: rows, documents }) {
    const titles = new Map(documents.map(({ id, short_title: title }) => [id, title]));
    const cells = (name, texts) => element("tr", {}, ...texts.map((text) => element(name, {}, String(text))));
    return element("table", { part: "table" }, element("thead", {}, cells("th", this.words.rows.split("|"))), element("tbody", {}, ...rows.map((row) => cells("td", [row.name, row.count, idsOf(row, titles)]))));
  }

  #wait() {
    this.box.classList.add("waiting");
    if (!this.isOpen) this.#render({ said: this.words.loading, soft: true });
    this.#announce(this.words.loading);
  }

  #fail(why, again) {
    const retry = element("button", { type: "button", class: "action", part: "retry", click: () => { this.focus(); again(); } }, this.words.retry);
    this.#render({ said: why, bad: true, extra: [retry] });
    this.#shown = null;
    this.#again = again;
    this.alert.textContent = why;
  }

  #announce(text) {
    this.alert.textContent = "";
    this.status.textContent = text;
  }

  /** Fills the panel: a sentence, what stands below it, groups of options [title, [[option, entry]]]. */
  #render({ said = null, soft = false, bad = false, extra = [], groups = [], forgettable = false, keys = this.words.keys, question = "" }) {
    const kept = this.#active && destination(this.#active, this.#entries.get(this.#active));
    this.#activate(null);
    this.#entries.clear();
    this.said.hidden = !said;
    this.said.className = `said${bad ? " bad" : soft ? " soft" : ""}`;
    this.said.textContent = said || "";
    this.extra.replaceChildren(...extra);
    const filled = groups.filter(([, options]) => options.length);
    this.list.replaceChildren(...filled.map(([title, options], index) => {
      const id = `group-${index}`;
      for (const [option, entry] of options) {
        option.id = `option-${this.#entries.size}`;
        this.#entries.set(option, entry);
      }
      const shown = options.map(([option]) => option);
      if (!title) return element("div", {}, ...shown);
      return element("div", { role: "group", "aria-labelledby": id }, element("div", { id, class: "heading", role: "presentation" }, title), ...shown);
    }));
    this.list.hidden = !filled.length;
    this.keys.textContent = keys;
    this.forget.hidden = !forgettable;
    this.chat.hidden = !question;
    if (question) this.chat.href = this.#address(this.#chatOf(question));
    this.foot.hidden = bad;
    this.panel.scrollTop = 0;
    this.#open();
    // hits that come while the arrow keys are among those before
    const same = kept && [...this.#entries].find(([option, entry]) => destination(option, entry) === kept);
    if (same) this.#activate(same[0]);
  }

  #open() {
    if (!this.isConnected) return;
    this.panel.hidden = false;
    if (this.panel.showPopover) {
      this.panel.classList.add("top");
      if (!this.panel.matches(":popover-open")) this.panel.showPopover();
    }
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.#follow();
  }

  /** Keeps the panel at its field, whatever moves it. */
  #follow() {
    cancelAnimationFrame(this.#frame);
    if (!this.isOpen || !this.panel.classList.contains("top")) return;
    this.#place();
    this.#frame = requestAnimationFrame(() => this.#follow());
  }

  /** In the top layer the panel is placed by hand: below the field, above where there is more room. */
  #place() {
    const field = this.field.getBoundingClientRect();
    const page = document.documentElement.clientWidth;
    const seen = window.visualViewport || { offsetTop: 0, height: window.innerHeight }; // less than the window while a keyboard is shown
    const width = Math.min(Math.max(field.width, 340), page - 16);
    const below = seen.offsetTop + seen.height - field.bottom - 14;
    const above = field.top - seen.offsetTop - 14;
    const upward = below < 220 && above > below;
    const style = this.panel.style;
    style.setProperty("width", `${width}px`);
    style.setProperty("left", `${Math.max(8, Math.min(field.left, page - width - 8))}px`);
    style.setProperty("max-height", `${Math.max(120, Math.min(upward ? above : below, 560))}px`);
    style.setProperty("top", `${upward ? field.top - 6 - this.panel.offsetHeight : field.bottom + 6}px`);
  }

  // ---- options

  #itemOption(item) {
    const room = Math.floor(Math.max(340, this.field.clientWidth) / 8); // characters of two lines
    const from = clauseStart(item.text, item.highlights, room);
    const cut = from > 0 ? ["…"] : [];
    const lead = item.lead.length ? element("span", {}, `${this.words.lead}：${item.lead.join("、")}`) : "";
    const place = item.section_title ? element("span", {}, item.section_title) : "";
    return this.#link(item.url, { item }, [element("b", {}, item.label), this.#titleOf(item), lead, place], [...cut, ...marked(item.text, item.highlights, from, from + 2 * room)]);
  }

  #citationOption(citation) {
    const label = citation.url.endsWith("#head") ? this.words.head : citation.number === null ? this.words.heading : String(citation.number);
    return this.#link(citation.url, { item: null }, [element("b", {}, label), this.#titleOf(citation)], marked(citation.quote.trim(), [], 0, 300));
  }

  /** Of which document it is, where several are searched. */
  #titleOf({ document_title: title }) {
    return this.#several && title ? element("span", { class: "title" }, `《${title}》`) : "";
  }

  #link(path, detail, where, text, more = {}) {
    const url = this.#address(path);
    const option = element("a", { class: "option", part: "option", role: "option", "aria-selected": "false", tabindex: "-1", href: url, ...more },
      ...(where.length ? [element("span", { class: "where" }, ...where)] : []), element("span", { class: "text clamped" }, ...text));
    return [option, { url, ...detail }];
  }

  /** The question on the chat page, about the same document. */
  #chatOf(question) {
    const of = this.documents.length === 1 ? { document: this.documents[0] } : {};
    return `/?${new URLSearchParams({ q: question, ...of })}`;
  }

  /** The address of a path of the service; one of another kind is no address to open. */
  #address(path) {
    if (!path.startsWith("/")) throw new Trouble(this.words.wrong);
    return new URL(this.#endpoint + path).href;
  }

  #questionOption(question, recent = false) {
    const drop = recent ? [element("span", { class: "drop", "aria-hidden": "true", title: this.words.forgetOne }, "✕")] : [];
    const option = element("div", { class: "option row", part: "option", role: "option", "aria-selected": "false" }, element("span", { class: "text" }, question), ...drop);
    if (recent) option.setAttribute("aria-description", this.words.forgetOne);
    return [option, { question, recent }];
  }
}

/** 4、7, or where the answer is of several documents: 《甲》4、7；《乙》3. A row of a document has its title as its name. */
function idsOf({ ids, items, document: own }, titles) {
  if (own || titles.size < 2) return ids.join("、");
  const of = new Map();
  for (const { document: id, id: number } of items) of.set(id, [...(of.get(id) || []), number]);
  return [...of].map(([id, numbers]) => `《${titles.get(id) || id}》${numbers.join("、")}`).join("；");
}

/** What choosing an option leads to: the question it asks, or the place in the document. */
const destination = (option, entry) => entry.question || option.href;

const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

/** Whether what lies behind an element is dark: the first background that covers, else the page's own canvas. */
function isOnDark(element) {
  for (let node = element; node; node = node.parentElement || node.getRootNode().host) {
    const colour = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/.exec(getComputedStyle(node).backgroundColor);
    if (colour && Number(colour[4] ?? 1) > 0.5) return 0.299 * colour[1] + 0.587 * colour[2] + 0.114 * colour[3] < 128;
  }
  return matchMedia("(prefers-color-scheme: dark)").matches && /dark/.test(getComputedStyle(document.documentElement).colorScheme);
}

const MAC = /Mac|iPhone|iPad/.test(navigator.platform);
const ANDROID = /Android/.test(navigator.userAgent);

if (!customElements.get("yaodian-search")) customElements.define("yaodian-search", YaodianSearch);
