// What can be done with an answer: copy it, save it, say that it is wrong.

import { element } from "../search-box.js";
import { addressOf } from "./address.js";
import { copy } from "./clipboard.js";
import { post } from "./service.js";
import { titleOf } from "./titles.js";
import { toldOf } from "./told.js";
import { toolOf } from "./tool.js";
import { verdictsOf } from "./verdicts.js";

/** Of a declined answer, only say that it is wrong. `viewed` tells how the set is looked at: so is the file. */
export function toolsOf(reply, request, words, viewed = () => ({})) {
  const tools = element("p", { class: "tools" });
  if (!reply.declined) {
    const cited = [...new Set(reply.citations.map((citation) => `《${titleOf(citation.document)}》`))];
    tools.append(
      toolOf(words.copy, words.copied, () => copy(toldOf(reply, request, words, cited).join("\n"))),
      toolOf(words.link, words.copied, () => copy(location.origin + addressOf(reply.plan.question, request.documents))),
      toolOf(words.xlsx, words.saved, () => download({ ...request, ...viewed() }, "xlsx")),
      toolOf(words.text, words.saved, () => download({ ...request, ...viewed() }, "text")));
  }
  tools.append(verdictsOf(reply, request, words));
  return tools;
}

async function download(request, format) {
  const blob = await post("/api/export", { ...request, format }, (response) => response.blob());
  const url = URL.createObjectURL(blob);
  const name = Array.from(request.question.replace(/[\\/:*?"<>|\s\p{C}]+/gu, " ").trim()).slice(0, 40).join("") || "答案";
  element("a", { href: url, download: `${name}.${format === "xlsx" ? "xlsx" : "txt"}` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
