"""What the service writes to standard error: sentences for a person, or a JSON object a line, with each request."""

import logging
import sys
from contextvars import ContextVar
from typing import Literal

Format = Literal["text", "json"]
FIELDS = "{levelname}{name}{message}"  # of each line, besides the time and what a request brings

request_id: ContextVar[str] = ContextVar("request_id", default="")  # of the request under way


def write_logs(format: Format) -> None:
    """From now on. As text requests are not among them."""
    if format == "text":
        logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
        return
    from pythonjsonlogger.json import JsonFormatter

    names = {"levelname": "level", "name": "logger"}
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        JsonFormatter(FIELDS, style="{", rename_fields=names, timestamp="time", json_ensure_ascii=False)
    )
    handler.addFilter(_numbered)
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    logging.getLogger("yaodian").setLevel(logging.INFO)


def _numbered(record: logging.LogRecord) -> bool:
    """With the id of the request during which it is written."""
    if id := request_id.get():
        record.request_id = id
    return True
