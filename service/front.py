"""What stands between those who ask and those who answer: from where, under which names, how often."""

from dataclasses import dataclass, field
from pathlib import Path

from service.limits import Limit
from service.over import Over


@dataclass(frozen=True, slots=True)
class Front:
    origins: tuple[str, ...] = ()  # other sites whose pages may call the API
    hosts: tuple[str, ...] = ()  # names of the service besides this machine's
    proxies: tuple[str, ...] = ()  # addresses that are believed whom they pass on
    base_path: str = ""  # of the service below a proxy's address
    certificate: Path | None = None  # and its key: without one nothing is encrypted
    key: Path | None = None
    limit: Limit | None = None  # of one client
    over: Over = field(default_factory=Over)


ALONE = Front()
