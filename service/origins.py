"""Which other sites' pages may call the API: cross-origin resource sharing for /api/ alone, never with credentials."""

import re
from collections.abc import Sequence
from ipaddress import ip_address
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
    try:
        parts = urlsplit(text)
        host, port = _host(parts.hostname or ""), parts.port
    except ValueError:
        parts, host, port = urlsplit(""), "", None
    beside = parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc or port == 0
    if parts.scheme not in ("http", "https") or not host or beside:
        raise ValueError(f"应为“http://主机”或“https://主机:端口”（不带路径），实为“{text}”。")
    own = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{host}" + (f":{port}" if port and port != own else "")


def _host(name: str) -> str:
    """A host's name as it travels: 政务.cn -> xn--zfr164b.cn. Raises ValueError."""
    if ":" in name:
        return f"[{ip_address(name)}]"
    written = name.encode("idna").decode("ascii")
    if not re.fullmatch(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", written):
        raise ValueError(name)
    return written
