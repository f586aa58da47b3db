"""Which proxies are believed when they name the one for whom they ask."""

from ipaddress import ip_address, ip_network


def checked_proxy(text: str) -> str:
    """An address, or a network: 10.1.2.3, 10.1.2.0/24. Raises ValueError."""
    try:
        return str(ip_network(text, strict=False)) if "/" in text else str(ip_address(text))
    except ValueError as error:
        raise ValueError(f"应为反向代理的 IP 地址或网段，如 10.1.2.3 或 10.1.2.0/24，实为“{text}”。") from error
