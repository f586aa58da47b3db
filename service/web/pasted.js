// A table to be pasted: as HTML as wide as the page, with lines around its cells, and as text. Office programs know these
// attributes, and a strict policy lets no style be set.

import { element } from "../search-box.js";

/** `widths` are as they are to each other; without them the program finds its own. */
export function pasted(heads, rows, widths = null) {
  const sum = (widths || []).reduce((before, width) => before + width, 0);
  const share = (at) => (widths ? `${Math.round((100 * widths[at]) / sum)}%` : null);
  const lines = rows.map((row) => row.map(cellOf));
  const head = element("tr", {}, ...heads.map((text, at) => element("th", { width: share(at) }, text)));
  const body = lines.map((line) => element("tr", {}, ...line.map((text) => element("td", { valign: "top" }, text))));
  const table = element("table", { width: widths ? "100%" : null, border: "1", cellspacing: "0", cellpadding: "4" }, element("thead", {}, head), element("tbody", {}, ...body));
  return { html: new XMLSerializer().serializeToString(table), text: [heads, ...lines].map((line) => line.join("\t")).join("\n") };
}

/** One line, and nothing that a worksheet would calculate. */
function cellOf(text) {
  const line = text.replace(/\s*[\n\t]\s*/g, " ").trim();
  return /^[=+@-]/.test(line) ? `'${line}` : line;
}
