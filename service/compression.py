"""Text is sent compressed to those who take it, and pages and scripts not at all to those who have them already."""

import gzip
import hashlib
import re
from functools import partial

from anyio.to_thread import run_sync
from starlette.datastructures import Headers, MutableHeaders

from service.problems import COMPLETIONS, ASGIApp, Message, Receive, Send
from service.remembered import Remembered

ROOM = 8_000_000  # bytes of what was made smaller and is kept
LEAST = 1400  # bytes: what fits into one packet is not made smaller
ASIDE = 256 * 1024  # bytes from which on compressing is not done on the event loop
FAST, SMALL = 1, 6  # levels of gzip: of a reply that is made once, of what is sent again and again
TEXT = ("text/", "application/json", "application/problem+json", "application/javascript", "image/svg+xml")
DOCUMENTS = "/api/documents"  # what is below it changes with the documents alone
FRESH = "no-cache"  # kept, but asked about each time: modules of two versions do not fit


class Compression:
    """Outermost, for it reads what all others write into the head. Replies that come in pieces (files to save) are
    left alone. HEAD is answered as GET is, without the body."""

    def __init__(self, app: ASGIApp) -> None:
        self._app, self._packed = app, Remembered[bytes](ROOM)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        reply = _Reply(self._packed, scope, send)
        return await self._app({**scope, "method": "GET"} if reply.head_only else scope, receive, reply.send)


class _Reply:
    """One on its way; its head is held back until the body tells what it is."""

    def __init__(self, packed: Remembered[bytes], scope: Message, send: Send) -> None:
        headers = Headers(scope=scope)
        self.head_only = scope["method"] == "HEAD"
        kept = scope["path"].startswith(DOCUMENTS) or not scope["path"].startswith(("/api/", COMPLETIONS))
        self._kept = kept and scope["method"] in ("GET", "HEAD")
        self._gzip = takes_gzip(headers.get("accept-encoding", ""))
        self._known = headers.get("if-none-match", "")
        self._packed, self._send = packed, send
        self._start: Message | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
        elif message["type"] == "http.response.body":
            await self._send_body(message)
        else:
            await self._send(message)

    async def _send_body(self, message: Message) -> None:
        body, more = message.get("body", b""), message.get("more_body", False)
        if self._start is not None:
            start, self._start = self._start, None
            if not more:
                body = await self._prepared(start, bytes(body))
            await self._send(start)
        if not self.head_only or not more:
            await self._send({**message, "body": b"" if self.head_only else body})

    async def _prepared(self, start: Message, body: bytes) -> bytes:
        """The body as it travels; its head is made to say so."""
        headers = MutableHeaders(scope=start)
        if "content-disposition" in headers or "content-encoding" in headers or start["status"] != 200:
            return body
        tag = ""
        if self._kept and headers.get("cache-control", FRESH) == FRESH:
            headers["Cache-Control"] = FRESH
            tag = hashlib.blake2b(body, digest_size=16).hexdigest()
        if headers.get("content-type", "").startswith(TEXT) and len(body) > LEAST:
            headers.add_vary_header("Accept-Encoding")
            if self._gzip:
                body = await self._compressed(body, tag)
                headers["Content-Encoding"], headers["Content-Length"] = "gzip", str(len(body))
                tag = tag and f"{tag}-gzip"  # other bytes, another name
        if tag:
            headers["ETag"] = f'"{tag}"'
            if knows(self._known, tag):
                start["status"], body = 304, b""
                for name in ("Content-Length", "Content-Type", "Content-Encoding"):
                    del headers[name]
        return body

    async def _compressed(self, body: bytes, tag: str) -> bytes:
        """What has a tag is sent again: it is made smaller once, and kept."""
        kept = self._packed.get((tag,)) if tag else None
        if kept is not None:
            return kept
        work = partial(gzip.compress, body, SMALL if tag else FAST, mtime=0)
        made = await run_sync(work) if len(body) > ASIDE else work()
        if tag:
            self._packed.keep((tag,), made)
        return made


def takes_gzip(accepted: str) -> bool:
    """gzip, deflate -> True; gzip;q=0 -> False"""
    named = {one.partition(";")[0].strip(): one.partition(";")[2] for one in accepted.lower().split(",")}
    quality = named.get("gzip", named.get("*"))
    return quality is not None and not re.fullmatch(r"\s*q\s*=\s*0(\.0*)?\s*", quality)


def knows(named: str, tag: str) -> bool:
    """Whether If-None-Match names this; a proxy on the way may have called it weak."""
    return named.strip() == "*" or f'"{tag}"' in (one.strip().removeprefix("W/") for one in named.split(","))
