"""A service in this process, on a socket of its own, as `yaodian serve` puts it there."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from service.connections import connections
from service.hosts import AllowHosts
from service.load import Load
from service.over import Over


@contextmanager
def running(app: FastAPI) -> Iterator[str]:
    """Its address."""
    app.add_middleware(AllowHosts)
    server = uvicorn.Server(
        uvicorn.Config(app, port=0, log_level="error", http=connections(Load(), Over(), lambda status: None), ws="none")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()
