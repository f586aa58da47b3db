"""One way to ask Milvus: a client of this process's own, and what goes wrong said in a sentence."""

import logging
import os
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

from index.engine import EngineError, GenerationError
from index.milvus.address import Address

CONNECTING = 10.0  # seconds
ASKING = 10.0  # seconds that a question may take
FILLING = 3600.0  # and what a whole collection takes: flushing, indexing, loading

UNREACHABLE = 2  # pymilvus's own code: no connection, or none any more
T = TypeVar("T")


class Link:
    """May be used from several threads; after a fork each process connects for itself."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self._client: Any = None
        self._process = 0
        self._connecting = Lock()

    def ask(self, call: Callable[[Any], T]) -> T:
        """What `call` gets from the client. Raises EngineError; GenerationError where Milvus answered, but with one."""
        client = self.client()
        import grpc
        from pymilvus import MilvusException

        try:
            return call(client)
        except MilvusException as error:
            if error.code == UNREACHABLE:
                self.close()  # what is asked next connects anew
                raise self._unreachable(error.message) from error
            raise GenerationError(f"{self.address.text} 没有照办：{_first(error.message)}。") from error
        except (grpc.RpcError, ValueError) as error:  # a ValueError where the channel is closed
            self.close()
            raise self._unreachable(str(error)) from error

    def client(self) -> Any:
        with self._connecting:
            if self._client is None or self._process != os.getpid():
                self._client, self._process = self._connected(), os.getpid()
            return self._client

    def close(self) -> None:
        """What is asked next connects anew: before a fork."""
        with self._connecting:
            if self._client is not None:
                self._client.close()
            self._client = None

    def _connected(self) -> Any:
        os.environ.setdefault("GRPC_VERBOSITY", "NONE")  # it writes of its connections on stderr
        try:
            from pymilvus import MilvusClient, MilvusException

            if self.address.is_file:
                import milvus_lite  # noqa: F401
        except ModuleNotFoundError as error:
            wanted = "milvus-lite" if self.address.is_file and error.name == "milvus_lite" else "yaodian[milvus]"
            raise EngineError(f"--store 要用 {error.name}，这里没有安装：pip install '{wanted}'") from error
        for library in (
            "pymilvus",
            "milvus_lite",
            "grpc._server",
        ):  # they log, with a traceback, what they raise as well
            logging.getLogger(library).setLevel(logging.CRITICAL + 1)
        address = self.address
        try:
            return MilvusClient(address.uri, token=address.token, timeout=CONNECTING, dedicated=True)
        except MilvusException as error:
            raise self._unreachable(error.message) from error

    def _unreachable(self, message: str) -> EngineError:
        address, found = self.address, _first(message)
        if address.is_file:
            return EngineError(
                f"打不开 {address.text}（{found}）。应为 milvus-lite 的文件夹，一次只能由一个进程用，所在的文件夹须已存在。"
                f"若没有别的进程在用它，它已损坏：删去后重建：yaodian index --store {address.text}"
            )
        host = address.uri.removeprefix("http://").rpartition(":")[0]
        return EngineError(
            f"连不上 {address.text}（{found}）。应有 Milvus 在那里运行；检查：curl -f http://{host}:9091/healthz"
        )


def _first(message: str) -> str:
    """Its first line, not too long."""
    return (message.splitlines() or [""])[0][:200]
