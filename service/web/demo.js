// The demo page: copies the snippet, and takes over what the third box selects.

document.getElementById("copy").addEventListener("click", async (event) => {
  const snippet = document.getElementById("snippet");
  getSelection().selectAllChildren(snippet);
  const copied = navigator.clipboard ? await navigator.clipboard.writeText(snippet.textContent).then(() => true, () => false) : document.execCommand("copy");
  event.target.textContent = copied ? "已复制" : "已选中，请按 Ctrl+C";
  setTimeout(() => { event.target.textContent = "复制代码"; }, 2500);
});
document.getElementById("routed").addEventListener("yaodian-select", (event) => {
  event.preventDefault();
  const { item, url } = event.detail;
  document.getElementById("chosen").textContent = item ? `选中${item.label}：${item.text}` : `选中 ${url}`;
});
