"""How often one client may ask: the bearer of a key, or else an address. Who is over the limit is told when to come back."""

import asyncio
import logging
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from inspect import isawaitable
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING, Any

from service.access import ANYBODY
from service.over import ASKER, Over
from service.problems import ASGIApp, Message, Receive, Send, problem

if TYPE_CHECKING:
    from limits import RateLimitItem

OFF = "off"
DEFAULT = "1200/minute"  # twenty a second, without end: nobody types, and no page asks, as fast
# what costs next to nothing, and what looks after the service
FREE = ("/web/", "/static-offline-docs/", "/search-box.js", "/openapi.json", "/livez", "/readyz", "/metrics")
NETWORK = 64  # bits of an IPv6 address that are one client's: it chooses the others as it likes
STORE_SECONDS = 0.5  # for a store elsewhere to answer; everybody is let in when it does not,
PAUSE = 5.0  # and for so many seconds it is not asked again
PUT_BACK = 1.0  # seconds by which the clock goes back when somebody sets it, and not by itself
AGAIN = 60.0  # seconds from one word in the log about the same to the next
MEMORY = "memory://"
STORES = ("redis://", "rediss://", "redis+unix://")
SPANS = {"second": "秒", "minute": "分钟", "hour": "小时", "day": "天", "month": "月", "year": "年"}

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limit:
    """As the operator wrote it, checked. In memory each process counts for itself; in a store elsewhere all count
    together."""

    items: tuple["RateLimitItem", ...]
    store: str = MEMORY

    def __str__(self) -> str:
        return "、".join(map(_said, self.items))

    def kept_in(self, store: str) -> "Limit":
        """redis://host:6379/0. Raises ValueError."""
        if not store.startswith(STORES):
            raise ValueError(f"应为 {' '.join(STORES)} 之一起头的地址，实为“{_place(store)}”。")
        try:
            import redis  # noqa: F401
        except ImportError as error:
            raise ValueError("还没有装 Redis 的库：pip install 'yaodian[redis]'") from error
        return replace(self, store=store)


def checked_limit(text: str) -> Limit | None:
    """1200/minute, 20/second;600/minute; None for off. Raises ValueError."""
    if text.strip().lower() == OFF:
        return None
    from limits import parse_many

    try:
        items = tuple(parse_many(text))
    except ValueError:
        items = ()
    if not items or any(item.amount < 1 or item.GRANULARITY.name not in SPANS for item in items):
        raise ValueError(f"应为“次数/时间”，如 {DEFAULT} 或 20/second;600/minute，或者 {OFF}，实为“{text}”。")
    return Limit(items)


class Limits:
    """Within the gate, which knows who asks. This machine itself has no limit."""

    def __init__(self, app: ASGIApp, limit: Limit, over: Over) -> None:
        """Those refused are put down as `over` the limit."""
        self._app, self._limit, self._over = app, limit, over
        self._strategy = _strategy(limit.store)
        self._told: dict[str, float] = {}  # when it was last said of whom
        self._resumed = 0.0  # from when the store is asked again
        self._latest = 0.0  # what the clock said last

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope["path"].startswith(FREE) and (client := client_of(scope)):
            seconds = await self._seconds(client)
            if seconds:
                detail = f"问得太快：至多{self._limit}，请稍候再试。"
                if asker := scope.get("state", {}).get(ASKER):
                    self._over.put_off(asker, seconds, detail)
                return await problem(429, detail, {"Retry-After": str(seconds)})(scope, receive, send)
        return await self._app(scope, receive, send)

    async def _seconds(self, client: str) -> int:
        """Until it may ask again; 0 if it may now, and counted."""
        if time.monotonic() < self._resumed:
            return 0
        self._begin_anew_where_the_clock_was_put_back()
        try:
            for item in self._limit.items:
                if not await _done(self._strategy.hit(item, client)):
                    self._say(
                        client,
                        "%s 超过了限度（%s），请求被拒绝。如果它是反向代理，写明：--trusted-proxy 地址",
                        client,
                        self._limit,
                    )
                    reset: float = (await _done(self._strategy.get_window_stats(item, client))).reset_time
                    return max(1, math.ceil(reset - time.time()))
        except Exception as error:  # whatever the store's client raises: to count is not worth an answer
            self._resumed = time.monotonic() + PAUSE
            self._say("", "记次数的 %s 用不了（%s），暂不限次数。", _place(self._limit.store), type(error).__name__)
        return 0

    def _begin_anew_where_the_clock_was_put_back(self) -> None:
        """What is kept in memory would else last until the clock is again where it was, and nobody be let in."""
        now, before = time.time(), self._latest
        self._latest = now
        if now < before - PUT_BACK and self._limit.store == MEMORY:
            self._strategy.storage.reset()

    def _say(self, about: str, said: str, *values: object) -> None:
        now = time.monotonic()
        if now - self._told.get(about, -AGAIN) >= AGAIN:
            self._told = {one: when for one, when in self._told.items() if now - when < AGAIN} | {about: now}
            _log.warning(said, *values)


def client_of(scope: Message) -> str:
    """密钥 张三, 地址 10.1.2.3; empty for this machine."""
    caller = scope.get("state", {}).get("caller", ANYBODY)
    if caller.key:
        return f"密钥 {caller.name}"
    client: Sequence[Any] | None = scope.get("client")
    host = str(client[0]) if client else ""
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return ""  # a socket of this machine
    if isinstance(address, IPv6Address):
        address = address.ipv4_mapped or address
    if address.is_loopback:
        return ""
    if isinstance(address, IPv6Address):
        first = int(address) >> (128 - NETWORK) << (128 - NETWORK)
        return f"地址 {IPv6Address(first)}/{NETWORK}"
    return f"地址 {address}"


def _said(item: "RateLimitItem") -> str:
    many = item.multiples if item.multiples > 1 else ""
    return f"每{many}{SPANS[item.GRANULARITY.name]}{item.amount}次"


def _strategy(store: str) -> Any:
    """In memory the plain one: the other looks through all clients at each request."""
    if store == MEMORY:
        from limits.storage import storage_from_string
        from limits.strategies import FixedWindowRateLimiter

        return FixedWindowRateLimiter(storage_from_string(store))
    from limits.aio.strategies import FixedWindowRateLimiter as Elsewhere
    from limits.storage import storage_from_string

    made: Any = storage_from_string(f"async+{store}", implementation="redispy")
    return Elsewhere(made)


async def _done(given: Any) -> Any:
    if not isawaitable(given):
        return given
    async with asyncio.timeout(STORE_SECONDS):
        return await given


def _place(store: str) -> str:
    """Without the password that may be in it."""
    scheme, _, rest = store.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"
