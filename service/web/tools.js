// What can be done with an answer: copy it, save it, say that it is wrong.

import { element } from "/search-box.js";
import { copy } from "/web/clipboard.js";
import { post } from "/web/service.js";
import { titleOf } from "/web/titles.js";

/** Of a declined answer, only say that it is wrong. `viewed` tells how the set is looked at: so is the file. */
export function toolsOf(reply, request, words, viewed = () => ({})) {
  const tools = element("p", { class: "tools" });
  if (!reply.declined) {
    const asked = request.question === reply.plan.question ? request.question : `${request.question}（${reply.plan.question}）`;
    const cited = [...new Set(reply.citations.map((citation) => `——《${titleOf(citation.document)}》`))];
    tools.append(
      toolOf(words.copy, words.copied, () => copy([asked, ...(reply.reading ? [`${words.read}：${reply.reading}`] : []), reply.answer, ...cited].join("\n"))),
      toolOf(words.link, words.copied, () => copy(location.origin + addressOf(reply.plan.question, request.documents))),
      toolOf(words.xlsx, words.saved, () => download({ ...request, ...viewed() }, "xlsx")),
      toolOf(words.text, words.saved, () => download({ ...request, ...viewed() }, "text")));
  }
  if (document.querySelector("[data-feedback]")) tools.append(verdictsOf(request, words));
  return tools;
}

/** The address at which the question is asked of these documents. */
export function addressOf(question, documents = []) {
  const query = [...(question ? [["q", question]] : []), ...documents.map((id) => ["document", id])];
  return `/${query.length ? "?" : ""}${query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&")}`;
}

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

async function download(request, format) {
  const blob = await post("/api/export", { ...request, format }, (response) => response.blob());
  const url = URL.createObjectURL(blob);
  const name = Array.from(request.question.replace(/[\\/:*?"<>|\s\p{C}]+/gu, " ").trim()).slice(0, 40).join("") || "答案";
  element("a", { href: url, download: `${name}.${format === "xlsx" ? "xlsx" : "txt"}` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

function verdictsOf({ question, history: earlier, documents }, words) {
  const line = element("span", { class: "verdicts", tabindex: "-1" }, element("span", { class: "notice" }, words.verdict));
  for (const verdict of ["incomplete", "wrong"]) {
    line.append(toolOf(words[verdict], words.thanks, async () => {
      await post("/api/feedback", { question, history: earlier, documents, verdict }, (response) => response.text());
      line.replaceChildren(element("span", { class: "notice" }, words.thanks));
      line.focus();
    }));
  }
  return line;
}
