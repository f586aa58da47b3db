// 漏了 and 不对: kept by the service where it keeps such questions, else copied as a report to be sent to who runs it.

import { element } from "../search-box.js";
import { addressOf } from "./address.js";
import { copy } from "./clipboard.js";
import { timeOf } from "./provenance.js";
import { post } from "./service.js";
import { titleOf } from "./titles.js";
import { toolOf } from "./tool.js";

const NAMED = 50; // items of the answer that a report names

export function verdictsOf(reply, request, words) {
  const line = element("span", { class: "verdicts", tabindex: "-1" }, element("span", { class: "notice" }, words.verdict));
  const keeps = document.querySelector("[data-feedback]") !== null;
  for (const verdict of ["incomplete", "wrong"]) {
    line.append(keeps ? toolOf(words[verdict], words.thanks, () => kept(verdict, request, line, words)) : reportOf(verdict, reply, request, words));
  }
  return line;
}

async function kept(verdict, { question, history: earlier, documents }, line, words) {
  await post("/api/feedback", { question, history: earlier, documents, verdict }, (response) => response.text());
  line.replaceChildren(element("span", { class: "notice" }, words.thanks));
  line.focus();
}

function reportOf(verdict, reply, request, words) {
  const button = toolOf(words[verdict], words.reported, () => copy(written(verdict, reply, request, words)));
  button.title = words.report;
  return button;
}

/** What whoever runs the service needs to ask the same again; the reader adds what is missing. */
function written(verdict, reply, { question, history: earlier, documents }, words) {
  const items = reply.items.slice(0, NAMED).map((item) => item.label).join("、");
  const more = reply.items.length > NAMED ? "……" : "";
  const lines = [
    [words.reports[verdict], ""],
    [words.asked, question], [words.earlier, earlier.join("／")], [words.read, reply.reading],
    [words.answered, reply.answer.split("\n")[0]], [words.listed, items + more],
    [words.of, (documents || []).map((id) => `《${titleOf(id)}》`).join("、")],
    [words.version, reply.index_version], [words.time, timeOf(Date.now())], [words.address, location.origin + addressOf(reply.plan.question, documents)],
  ];
  return lines.filter(([, value], at) => value || at === 0).map(([name, value]) => `${name}：${value}`).join("\n");
}
