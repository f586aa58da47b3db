// A button that does something, and what it says when it is done.

import { element } from "../search-box.js";

export function tell(id, text) {
  document.getElementById(id).textContent = text;
}

/** A button that does its work, then says for a while that it is done, or why not. */
export function toolOf(label, done, work) {
  const button = element("button", { type: "button", class: "plain", click: async () => {
    const said = await work().then(() => done, (error) => error.message);
    tell(said === done ? "status" : "alert", said);
    button.textContent = said;
    setTimeout(() => { button.textContent = label; }, 2500);
  } }, label);
  return button;
}
