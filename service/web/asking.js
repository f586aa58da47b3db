// How what is shown asks: a button says so to the page, which listens.

/** Makes the button ask: of these documents, or where none are named of those that are chosen. */
export function asking(button, question, documents) {
  button.addEventListener("click", () => {
    button.dispatchEvent(new CustomEvent("ask", { bubbles: true, detail: { question, documents } }));
  });
  return button;
}
