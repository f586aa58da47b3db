// The page's address: the question, and after # what is looked at beside its answer.

import { BASE } from "./service.js";

let asked = location.pathname + location.search;
history.scrollRestoration = "manual"; // looking away moves nothing

/** The address at which the question is asked of these documents. */
export function addressOf(question, documents = []) {
  const query = [...(question ? [["q", question]] : []), ...documents.map((id) => ["document", id])];
  return `${BASE}/${query.length ? "?" : ""}${query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&")}`;
}

/** The address of what was asked last; what is looked at stays. */
export function standAt(address) {
  asked = address;
  history.replaceState(history.state, "", asked + location.hash);
}

/** Looks at something: Back looks away again, however often what is looked at changes in between. */
export function lookAt(hash) {
  if (location.hash) history.replaceState(history.state, "", asked + hash);
  else history.pushState({ ...history.state, looking: true }, "", asked + hash);
}

export function lookAway() {
  if (history.state && history.state.looking) return history.back();
  history.replaceState(history.state, "", asked);
  window.dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
}

// an entry may be older than the question asked last
window.addEventListener("popstate", () => history.replaceState(history.state, "", asked + location.hash));
