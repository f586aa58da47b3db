// To the clipboard: as text, and as what word processors take.

import { element } from "/search-box.js";

/** `html` may be left out. An intranet page without https has no navigator.clipboard. */
export async function copy(text, html = null) {
  const kinds = { "text/plain": text, ...(html === null ? {} : { "text/html": html }) };
  if (navigator.clipboard && html === null) return navigator.clipboard.writeText(text);
  if (navigator.clipboard && window.ClipboardItem) {
    const blobs = Object.entries(kinds).map(([type, content]) => [type, new Blob([content], { type })]);
    return navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
  }
  const area = element("textarea", { class: "quiet", "aria-hidden": "true" });
  area.value = text;
  const own = (event) => {
    event.preventDefault();
    for (const [type, content] of Object.entries(kinds)) event.clipboardData.setData(type, content);
  };
  const focused = document.activeElement;
  document.body.append(area);
  document.addEventListener("copy", own);
  area.select();
  const copied = document.execCommand("copy");
  document.removeEventListener("copy", own);
  area.remove();
  if (focused) focused.focus({ preventScroll: true });
  if (!copied) throw new Error("浏览器不让复制，请选中后手动复制。");
}
