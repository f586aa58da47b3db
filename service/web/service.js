// What the pages ask of the service; what goes wrong is an Error whose message is for the reader.

const TIMEOUT = 15000; // milliseconds after which waiting ends
const WRONG = "服务回应有误，请稍后再试。";

/** The path of the service's address: empty, or /yaodian where it is below one. */
export const BASE = new URL("..", import.meta.url).pathname.slice(0, -1);

/** JSON of the service, its addresses as those of this page. */
export const jsonOf = async (response) => JSON.parse(await response.text(), (name, value) => (name === "url" && value ? BASE + value : value));

/** What `read` gives of the response, which is waited for as long as `patience` says, in milliseconds. */
export async function request(path, options, read, controller = new AbortController(), patience = TIMEOUT) {
  let late = false;
  const timer = setTimeout(() => { late = true; controller.abort(); }, patience);
  const dropped = (otherwise) => {
    if (!controller.signal.aborted) return new Error(otherwise);
    return new Error(late ? "服务没有及时回应，请稍后再试。" : "没有等到答案，先问了别的。");
  };
  try {
    const response = await fetch(BASE + path, { ...options, signal: controller.signal }).catch(() => {
      throw dropped(navigator.onLine ? "连不上服务，请稍后再试。" : "没有网络连接。");
    });
    if (response.status === 421) throw await misnamed(response);
    if (!response.ok) throw new Error((await response.json().catch(() => ({}))).detail || WRONG);
    return await read(response).catch(() => { throw dropped(WRONG); });
  } finally {
    clearTimeout(timer);
  }
}

/** The service does not answer under this page's host; how to let it, is for who runs it. */
async function misnamed(response) {
  console.warn((await response.json().catch(() => ({}))).detail);
  return new Error("服务不以这个网址应答，请告诉维护的人。");
}

export function post(path, body, read, controller, patience) {
  const options = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  return request(path, options, read, controller, patience);
}

/** Documents as a list to choose from: {documents, total}. `wanted`: q, limit, documents. */
export function listed({ documents = [], ...wanted }, controller) {
  const query = new URLSearchParams({ fields: "brief", ...wanted });
  for (const id of documents) query.append("documents", id);
  return request(`/api/documents?${query}`, {}, jsonOf, controller);
}
