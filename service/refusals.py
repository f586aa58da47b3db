"""What a connection refuses by itself, before the application: the words, the bytes, and which requests need not even be
read for it."""

import json
import re
from functools import lru_cache
from http import HTTPStatus

from service.bounded import ADDRESS, HEAD, HEADERS
from service.problems import TITLES

PROBES = ("/livez", "/readyz")  # always let in
AGAIN = 1  # seconds after which one that was refused as too many are being answered may come again

TOO_LARGE = {
    414: f"请求的地址至多 {ADDRESS // 1024} KiB。",
    431: f"请求头至多 {HEADERS} 个、共 {HEAD // 1024} KiB。",
}
SLOW = "没有在规定的时间内收到完整的请求。"
MALFORMED = "应为 HTTP/1.1 的请求，实为别的内容。"
BUSY = "正在回答的问题太多，请稍候再试。"

_WHOLE = re.compile(
    rb"(?:GET|POST) (?!(?:%s)[ ?])/[!-~]* HTTP/1\.1\r\n((?:[!#$%%&'*+.^_`|~0-9A-Za-z-]+:[^\r\n\0]*\r\n)+)\r\n"
    % "|".join(PROBES).encode()
)
_FRAMING = re.compile(
    rb"^(connection|content-length|expect|transfer-encoding|upgrade):[ \t]*([^\r]*)", re.IGNORECASE | re.MULTILINE
)


def is_whole(data: bytes) -> bool:
    """Whether this is one request to be answered in turn, from its first byte to its last, after which the next one may
    follow. False where that would take a closer look."""
    found = _WHOLE.match(data)
    if not found:
        return False
    body = None
    for name, value in _FRAMING.findall(data, *found.span(1)):
        if name.lower() == b"content-length" and value.isdigit() and body is None:
            body = int(value)
        elif (name.lower(), value.lower()) != (b"connection", b"keep-alive"):
            return False
    return len(data) == found.end() + (body or 0)


def refusal(
    status: int, detail: str, usual: bytes, *, after: int = 0, close: bool = False, bodyless: bool = False
) -> bytes:
    """The reply as it travels; `usual` are headers that every reply has, `after` the seconds to wait."""
    line, head, body = _parts(status, detail, after, close)
    return line + usual + head + (b"" if bodyless else body)


@lru_cache(maxsize=256)
def _parts(status: int, detail: str, after: int, close: bool) -> tuple[bytes, bytes, bytes]:
    content = {"type": "about:blank", "title": TITLES.get(status, "请求有误"), "status": status, "detail": detail}
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    told = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
    told += [f"retry-after: {after}"] if after else []
    told += ["connection: close"] if close else []
    kind = f"content-type: application/problem+json\r\nx-content-type-options: nosniff\r\ncontent-length: {len(body)}"
    return "\r\n".join([*told, ""]).encode(), f"{kind}\r\n\r\n".encode(), body
