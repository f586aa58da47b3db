"""Which other sites' pages may call the API: cross-origin resource sharing for /api/ alone, never with credentials."""

from collections.abc import Sequence
from typing import cast
from urllib.parse import urlsplit

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send


class AllowOrigins:
    """Answers for /api/ as `origins` allow; other paths are left alone."""

    def __init__(self, app: ASGIApp, origins: Sequence[str]) -> None:
        self._app = app
        self._shared = CORSMiddleware(
            app, allow_origins=origins, allow_methods=("GET", "POST"), allow_headers=("Content-Type",), max_age=86400
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        shared = scope["type"] == "http" and cast(str, scope["path"]).startswith("/api/")
        await (self._shared if shared else self._app)(scope, receive, send)


def checked_origin(text: str) -> str:
    """An origin as browsers send it: scheme, host and, if not the scheme's own, port; or * for any. Raises ValueError."""
    if text == "*":
        return text
    parts = urlsplit(text)
    try:
        own = {"http": 80, "https": 443}.get(parts.scheme) == parts.port
    except ValueError:
        parts, own = urlsplit(""), False
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError(f"应为“http://主机”或“https://主机:端口”（不带路径），实为“{text}”。")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}" + (f":{parts.port}" if parts.port and not own else "")
