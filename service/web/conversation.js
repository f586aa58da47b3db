// What was asked on this page, kept until the browser's tab is closed: questions alone, to be asked again.
// Each conversation is kept under its own name, which the page's entry in the browser's history holds.

const KEY = "yaodian-conversations";
const TURNS = 50; // of a conversation, the last ones
const CONVERSATIONS = 8; // the last ones

export class Conversation {
  #name;

  /** `asks`: the address brings something of its own to ask, which begins another conversation. */
  constructor(asks) {
    const all = read();
    const own = history.state && history.state.conversation;
    const before = own && seenBefore() ? own : asks ? null : Object.keys(all).pop();
    const { turns = [], scrolled = 0 } = all[before] || {};
    this.kept = turns; // [{question, document, at, version}], oldest first
    this.scrolled = scrolled; // where the page was
    this.turns = []; // [{reply, request, at}]
    this.#begin(before);
    window.addEventListener("pagehide", () => this.#write());
  }

  /** Answered at `at` (milliseconds); `instead` of the last, which was the same question. */
  add(turn, instead) {
    if (instead) this.turns.pop();
    this.turns.push(turn);
    this.#write();
  }

  /** Nothing was asked. */
  clear() {
    const { [this.#name]: _, ...others } = read();
    this.turns = [];
    this.#begin(null);
    write({ ...others, [this.#name]: { turns: [], scrolled: 0 } }); // the last one: none before it comes back
  }

  #begin(name) {
    this.#name = name || `at-${Date.now()}`;
    history.replaceState({ ...history.state, conversation: this.#name }, "");
  }

  #write() {
    if (!this.turns.length) return;
    const { [this.#name]: _, ...others } = read();
    const turns = this.turns.slice(-TURNS).map(({ reply, request, at }) => ({ question: request.question, document: (request.documents || [null])[0], at, version: reply.index_version }));
    const last = Object.entries(others).slice(1 - CONVERSATIONS);
    write({ ...Object.fromEntries(last), [this.#name]: { turns, scrolled: window.scrollY } });
  }
}

/** Whether the page is loaded again, or come back to. */
function seenBefore() {
  const [entry] = performance.getEntriesByType("navigation");
  return entry !== undefined && entry.type !== "navigate";
}

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) || {};
  } catch {
    return {};
  }
}

/** Storage may be full or refused: then nothing is kept. */
function write(all) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(all));
  } catch {
    // the page goes on without it
  }
}
