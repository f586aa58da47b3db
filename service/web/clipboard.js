// To the clipboard; an intranet page without https has no navigator.clipboard.

import { element } from "../search-box.js";

const REFUSED = "浏览器不让复制，请选中后手动复制。";

/** `html` is what office programs paste, `text` what all else does. */
export async function copy(text, html = null) {
  if (html && navigator.clipboard && window.ClipboardItem) {
    const kinds = { "text/html": new Blob([html], { type: "text/html" }), "text/plain": new Blob([text], { type: "text/plain" }) };
    try {
      return await navigator.clipboard.write([new ClipboardItem(kinds)]);
    } catch { /* as older browsers do it */ }
  }
  if (!html && navigator.clipboard) return navigator.clipboard.writeText(text);
  if (!byEvent(text, html)) throw new Error(REFUSED);
}

/** As pages did before: what is copied is put in its place. */
function byEvent(text, html) {
  const put = (event) => {
    event.preventDefault();
    event.clipboardData.setData("text/plain", text);
    if (html) event.clipboardData.setData("text/html", html);
  };
  const before = document.activeElement;
  const area = element("textarea", { class: "quiet", "aria-hidden": "true" }); // only what is selected can be copied
  area.value = text;
  document.body.append(area);
  area.select();
  document.addEventListener("copy", put, { capture: true });
  const done = document.execCommand("copy");
  document.removeEventListener("copy", put, { capture: true });
  area.remove();
  if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  return done;
}
