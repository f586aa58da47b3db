// The chat page: sends a question with the earlier ones, shows the answer with its items. Builds text nodes only.

const form = document.getElementById("ask");
const input = document.getElementById("question");
const turns = document.getElementById("turns");
const history = [];

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask(input.value.trim());
});
input.addEventListener("keydown", (event) => {
  const composing = event.isComposing || event.keyCode === 229; // Enter that ends a composition asks nothing
  if (composing && event.key === "Enter") event.preventDefault();
});
for (const example of document.querySelectorAll(".example")) {
  example.addEventListener("click", () => ask(example.textContent));
}
const prefilled = new URLSearchParams(location.search).get("q");
if (prefilled) ask(prefilled.slice(0, 500));

async function ask(question) {
  if (!question) return;
  input.value = "";
  document.getElementById("welcome").hidden = true;
  const turn = element("article", "turn", element("p", "asked", question));
  turns.append(turn);
  turn.scrollIntoView({ block: "start" });
  form.querySelector("button").disabled = true;
  try {
    const response = await fetch("/api/ask", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ question, history: history.slice(-20) }),
    });
    const reply = await response.json();
    if (!response.ok) throw new Error(reply.detail);
    turn.append(...answerOf(reply));
    history.push(question);
  } catch (error) {
    const detail = error instanceof TypeError ? "连不上服务，请检查网络后再试。" : error.message;
    turn.append(element("p", "said failed", detail));
    input.value = question;
  } finally {
    form.querySelector("button").disabled = false;
    input.focus();
  }
}

function answerOf(reply) {
  const cards = reply.items.length > 0 && reply.plan.intent !== "field";
  // the quoted items are shown as cards below; what else the answer says stays
  const lines = reply.answer.split("\n");
  const kept = reply.plan.intent === "lookup" ? lines.slice(0, 1) : lines.filter((line) => !line.endsWith("〕"));
  const said = cards ? kept.join("\n") : reply.answer;
  const allShown = reply.plan.intent === "lookup" && reply.items.length >= reply.plan.numbers.length;
  const parts = allShown && !reply.declined ? [] : [element("p", reply.declined ? "said declined" : "said", said)];
  if (reply.items.length) parts.push(element("ol", "cards", ...reply.items.map(cardOf)));
  if (reply.related.length) {
    const summary = element("summary", "", `相近的${reply.related.length}项（不在答案之内）`);
    parts.push(element("details", "", summary, element("ol", "cards", ...reply.related.map(cardOf))));
  }
  return parts;
}

function cardOf(item) {
  const link = element("a", "", item.label);
  link.href = item.url;
  const where = element("p", "where", link, item.section_title ? ` ${item.section_title}` : "");
  const card = element("li", "card", where, element("p", "", ...highlighted(item.text, item.highlights)));
  const named = item.support.filter((name) => !item.collective.includes(name));
  const departments = [
    item.lead.length ? `牵头：${item.lead.join("、")}` : "",
    named.length ? `协作：${named.join("、")}` : "",
    item.collective.length ? "协作：全部其他部门（统称）" : "",
  ].filter(Boolean);
  if (departments.length) card.append(element("p", "where", departments.join("　")));
  return card;
}

function highlighted(text, spans) {
  const parts = [];
  let at = 0;
  // offsets count characters, JavaScript strings count UTF-16 units
  const characters = Array.from(text);
  for (const [start, end] of spans) {
    parts.push(characters.slice(at, start).join(""), element("mark", "", characters.slice(start, end).join("")));
    at = end;
  }
  return [...parts, characters.slice(at).join("")];
}

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}
