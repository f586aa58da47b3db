"""The service below a path of a proxy's address: http://oa.example.cn/yaodian/.

Whether the proxy keeps the path or strips it, all below here is asked as if there were none; what is written for others
begins with it.
"""

import re
from collections.abc import MutableMapping
from contextvars import ContextVar
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

TAKEN = ("api", "web", "v1", "mcp", "documents", "library", "demo", "docs", "livez", "readyz", "metrics")  # by our own

base_path: ContextVar[str] = ContextVar("base_path", default="")  # of the request under way


def checked_base_path(text: str) -> str:
    """/yaodian; / is none. Raises ValueError."""
    path = text.rstrip("/")
    if path and not re.fullmatch(r"(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+", path):
        raise ValueError(f"应为以 / 起头的路径，如 /yaodian，实为“{text}”。")
    if path.split("/")[1:2] and path.split("/")[1] in TAKEN:
        raise ValueError(f"“{path}”是服务自己的地址，请换一个，如 /yaodian。")
    return path


class BasePath:
    """Outermost: takes it away, if the proxy did not."""

    def __init__(self, app: ASGIApp, base: str) -> None:
        self._app, self._base = app, base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            base_path.set(self._base)
            path = scope["path"]
            if path == self._base or path.startswith(f"{self._base}/"):
                scope = {**scope, "path": path.removeprefix(self._base) or "/"}
        await self._app(scope, receive, send)


def rooted(scope: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """As the framework wants it: the path with the base, and which that is."""
    base = base_path.get()
    return {**scope, "path": base + scope["path"], "root_path": base} if base else scope


def path_of(scope: Any) -> str:
    """The path without the base, inside and outside of what is rooted."""
    base = base_path.get()
    path = str(scope["path"])
    return path.removeprefix(base) if scope.get("app_root_path", scope.get("root_path")) == base else path
