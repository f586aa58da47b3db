"""The certificate of a service that encrypts, and its key."""

import ssl
from pathlib import Path


def check_certificate(certificate: Path, key: Path) -> None:
    """Raises ValueError unless they are a pair that can be used."""
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, password="")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise ValueError(
            f"应为 PEM 的证书链与它的、没有口令的私钥；{certificate} 与 {key} 用不了（{reason}）。"
        ) from error
