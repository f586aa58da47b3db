"""Under which names the service answers, and who may show its pages in a frame.

A page of another site can let its own name point at this machine and would then be taken for ours by the browser: such
requests carry that name. An address in numbers cannot be made to point elsewhere.
"""

import socket
from collections.abc import Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.problems import told

FRAMES = "frame-ancestors 'self'"
# of pages that bring none of their own: the description of the API, whose page starts itself by a line of script
POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    f"connect-src 'self'; base-uri 'none'; form-action 'self'; {FRAMES}"
)


class AllowHosts:
    """Answers 421 to a name that is neither this machine's nor allowed. Every page gets a policy, by which the other
    sites that may call the API may show it in a frame; nothing is taken for what it is not said to be."""

    def __init__(self, app: ASGIApp, hosts: Sequence[str] = (), origins: Sequence[str] = ()) -> None:
        self._app = app
        self._frames = "frame-ancestors *" if "*" in origins else " ".join([FRAMES, *origins])
        self._any = "*" in hosts
        self._names = {"localhost", socket.gethostname().lower(), *hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("Referrer-Policy", "same-origin")
                if headers.get("content-type", "").startswith("text/html"):
                    policy = headers.get("content-security-policy", POLICY)
                    headers["Content-Security-Policy"] = policy.replace(FRAMES, self._frames)
            await send(message)

        given = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        if not self._any and not all(map(self._known, given)):
            detail = "这个服务不以这个主机名应答。要用它，启动时写明：yaodian serve --allow-host 主机名"
            await told(Request(scope), 421, detail)(scope, receive, guarded)
            return
        await self._app(scope, receive, guarded)

    def _known(self, host: str) -> bool:
        try:
            name = (urlsplit(f"//{host}").hostname or "").removesuffix(".")
        except ValueError:
            return False
        return name in self._names or name.endswith(".localhost") or _is_address(name)


def checked_host(text: str) -> str:
    """A host's name as requests carry it, or * for any. Raises ValueError."""
    if text == "*":
        return text
    name = text.lower().removesuffix(".")
    try:
        written = name.encode("idna").decode("ascii")
        usable = bool(written) and urlsplit(f"//{written}").hostname == written
    except ValueError:
        usable = False
    if not usable:
        raise ValueError(f"应为主机名（不带协议、端口与路径），如 oa.example.cn，实为“{text}”。")
    return written


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
