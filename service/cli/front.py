"""What `yaodian serve` is told of those who ask: from where, under which names, how often."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from service.base_path import checked_base_path
from service.certificates import check_certificate
from service.front import Front
from service.hosts import checked_host
from service.limits import Limit, checked_limit
from service.origins import checked_origin
from service.proxies import checked_proxy

AllowOriginOption = Annotated[
    list[str] | None,
    typer.Option(
        envvar="YAODIAN_ALLOW_ORIGIN",
        help="哪些网站的网页可以调用接口，如 http://oa.example.cn（可写多次；环境变量里以空格分隔；* 为任何网站）",
        show_default="只有本服务的网页",
    ),
]
AllowHostOption = Annotated[
    list[str] | None,
    typer.Option(
        envvar="YAODIAN_ALLOW_HOST",
        help="除本机名与 IP 地址外，还以哪些主机名应答，如反向代理的 oa.example.cn（可写多次；环境变量里以空格分隔；* 为任何名称）",
        show_default="localhost、本机名、IP 地址",
    ),
]
TrustedProxyOption = Annotated[
    list[str] | None,
    typer.Option(
        envvar="YAODIAN_TRUSTED_PROXY",
        metavar="地址",
        help="哪些反向代理说的 X-Forwarded-For 与 -Proto 可信：IP 地址或网段（可写多次；环境变量里以空格分隔）",
        show_default="都不信",
    ),
]
BasePathOption = Annotated[
    str,
    typer.Option(
        envvar="YAODIAN_BASE_PATH",
        metavar="路径",
        help="服务在反向代理的哪个路径下，如 /yaodian（代理去不去掉它都可以）",
        show_default="/",
    ),
]
TlsCertOption = Annotated[
    Path | None,
    typer.Option(envvar="YAODIAN_TLS_CERT", help="用 HTTPS：PEM 的证书链", show_default="不加密"),
]
TlsKeyOption = Annotated[
    Path | None,
    typer.Option(envvar="YAODIAN_TLS_KEY", help="证书的私钥，没有口令的", show_default="在 --tls-cert 里"),
]
LimitOption = Annotated[
    str,
    typer.Option(
        envvar="YAODIAN_LIMIT",
        metavar="次数/时间",
        help="一个密钥、或一个地址至多问多少次，如 20/second;600/minute；off 为不限。本机不限；--workers 时各进程各记各的，实际至多是几倍（见 --limit-store）",
    ),
]
LimitStoreOption = Annotated[
    str | None,
    typer.Option(
        envvar="YAODIAN_LIMIT_STORE",
        metavar="redis://主机:6379/0",
        help="次数记在 Redis 里，几个进程、几台机器合在一起记（pip install 'yaodian[redis]'）",
        show_default="各进程记在内存里",
    ),
]
T = TypeVar("T")


def front_of(
    origins: Sequence[str] | None,
    hosts: Sequence[str] | None,
    proxies: Sequence[str] | None,
    base_path: str,
    tls: tuple[Path | None, Path | None],
    limit: str,
    limit_store: str | None,
) -> Front:
    """As the options say; what is written wrongly ends the command."""
    return Front(
        tuple(_checked("--allow-origin", checked_origin, one) for one in origins or ()),
        tuple(_checked("--allow-host", checked_host, one) for one in hosts or ()),
        tuple(_checked("--trusted-proxy", checked_proxy, one) for one in proxies or ()),
        _checked("--base-path", checked_base_path, base_path),
        *_certificate(*tls),
        _limit(limit, limit_store),
    )


def _certificate(certificate: Path | None, key: Path | None) -> tuple[Path | None, Path | None]:
    if certificate is None and key is not None:
        raise typer.BadParameter("要与 --tls-cert 同用。", param_hint="--tls-key")
    if certificate is None:
        return None, None
    key = key or certificate
    _checked("--tls-cert", lambda _: check_certificate(certificate, key), "")
    return certificate, key


def _limit(text: str, store: str | None) -> Limit | None:
    limit = _checked("--limit", checked_limit, text)
    return _checked("--limit-store", limit.kept_in, store) if limit and store else limit


def _checked(option: str, check: Callable[[str], T], text: str) -> T:
    try:
        return check(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=option) from error
