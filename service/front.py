"""What stands between those who ask and those who answer: from where, under which names, how often."""

from dataclasses import dataclass, field

from service.limits import Limit
from service.over import Over


@dataclass(frozen=True, slots=True)
class Front:
    origins: tuple[str, ...] = ()  # other sites whose pages may call the API
    hosts: tuple[str, ...] = ()  # names of the service besides this machine's
    proxies: tuple[str, ...] = ()  # addresses that are believed whom they pass on
    limit: Limit | None = None  # of one client
    over: Over = field(default_factory=Over)


ALONE = Front()
