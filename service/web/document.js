// The document page: says which item the address is of, and departments filter the items. Without it the page reads as well.

const filter = document.querySelector(".filter");
const items = Array.from(document.querySelectorAll(".item"), (node) => ({
  node, lead: JSON.parse(node.dataset.lead), support: JSON.parse(node.dataset.support),
}));
const headings = Array.from(document.querySelectorAll(".source h2:not(.title), .source h3, .source h4, .source h5, .source h6, .source hr.part"));
const rank = (heading) => Number(heading.tagName.replace("HR", "H1")[1]); // where a part begins, no heading of the one before holds

// on a narrow screen the text comes first
const narrow = matchMedia("(max-width: 63.99rem)");
const side = document.querySelector(".side"); // none where there is neither a heading nor a department
const fold = () => { side.open = !narrow.matches; };
if (side) {
  narrow.addEventListener("change", fold);
  fold();
}

// a link may be older than the document: what it names may be gone
const title = document.title;
window.addEventListener("hashchange", () => name(location.hash));
name(location.hash);

function name(hash) {
  const id = decoded(hash.slice(1));
  const target = document.getElementById(id);
  const label = target && target.matches(".item") ? target.dataset.label : "";
  document.title = label ? `${label} · ${title}` : title;
  const absent = document.getElementById("absent");
  absent.hidden = !hash || target !== null;
  absent.textContent = absent.hidden ? "" : "链接里指的那一条不在这份文件里：文件可能已经更换。下面是现在的全文。";
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

if (filter) {
  const chips = Array.from(filter.querySelectorAll("[data-department]"));
  filter.hidden = false;
  filter.addEventListener("change", () => show(pressed()));
  for (const chip of chips) {
    chip.addEventListener("click", () => show(chip === pressed() ? null : chip));
  }
  // a link to an item that the filter hides shows everything again
  window.addEventListener("hashchange", () => reveal(location.hash));
  document.addEventListener("click", (event) => {
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    if (link && link.hash && link.pathname === location.pathname) reveal(link.hash);
  });
  show(null);

  function pressed() {
    return chips.find((chip) => chip.getAttribute("aria-pressed") === "true") || null;
  }

  function holds(item, department, role) {
    return (role !== "support" && item.lead.includes(department)) || (role !== "lead" && item.support.includes(department));
  }

  function show(chosen) {
    const role = filter.querySelector("[name=role]:checked").value;
    const word = { any: "参与", lead: "牵头", support: "协作" }[role];
    const shown = items.filter((item) => !chosen || holds(item, chosen.dataset.department, role));
    for (const chip of chips) {
      chip.setAttribute("aria-pressed", String(chip === chosen));
      const count = items.filter((item) => holds(item, chip.dataset.department, role)).length;
      chip.querySelector(".count").textContent = count;
      chip.disabled = !count && chip !== chosen;
    }
    for (const item of items) item.node.hidden = !shown.includes(item);
    const filled = new Set(shown.flatMap((item) => above(item.node)));
    for (const heading of headings) heading.hidden = chosen !== null && !filled.has(heading);
    for (const one of document.querySelectorAll("table.rows")) one.hidden = chosen !== null && !one.querySelector(".item:not([hidden])");
    const [first] = shown;
    if (chosen && first && first.node.getBoundingClientRect().top < 0) first.node.scrollIntoView({ block: "start" });
    document.getElementById("filtered").textContent = chosen ? `${chosen.dataset.department}${word}的${shown.length}项；再按一次显示全部` : "";
  }

  /** The headings that an item stands under, the innermost first. */
  function above(node) {
    const before = headings.filter((heading) => heading.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING).reverse();
    const found = [];
    for (const heading of before) if (!found.length || rank(heading) < rank(found[found.length - 1])) found.push(heading);
    return found;
  }

  function reveal(hash) {
    const target = document.getElementById(hash.slice(1));
    if (!target || !target.hidden) return;
    show(null);
    target.scrollIntoView({ block: "center" });
  }
}
