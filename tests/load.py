"""A client that asks all the time while documents change, and what it must never see."""

import http.client
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

PACE = 1 / 200  # seconds from one question to the next


@dataclass
class Load(threading.Thread):
    """Asks until told to stop; keeps what was wrong, and every quote under the version of the index that it names."""

    address: str
    questions: tuple[str, ...]
    headers: dict[str, str] = field(default_factory=dict)
    pace: float = PACE
    asked: int = 0
    wrong: list[str] = field(default_factory=list)
    quotes: dict[str, set[tuple[str, int, int, str]]] = field(default_factory=dict)
    took: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)
        self._ended = threading.Event()

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=30)
        began = time.monotonic()
        while not self._ended.is_set():
            question = self.questions[self.asked % len(self.questions)]
            try:
                self._ask(connection, question)
            except (OSError, http.client.HTTPException, ValueError) as error:
                self.wrong.append(f"{question}：{error!r}")
                connection.close()
            self.asked += 1
            self._ended.wait(max(0.0, began + self.asked * self.pace - time.monotonic()))

    def _ask(self, connection: http.client.HTTPConnection, question: str) -> None:
        began = time.perf_counter()
        body = json.dumps({"question": question}).encode()
        connection.request("POST", "/api/ask", body, {"Content-Type": "application/json", **self.headers})
        reply = connection.getresponse()
        said: dict[str, Any] = json.loads(reply.read())
        self.took.append(time.perf_counter() - began)
        if reply.status != 200:
            self.wrong.append(f"{question}：{reply.status} {said}")
            return
        kept = self.quotes.setdefault(said["index_version"], set())
        kept |= {(one["document"], one["start"], one["end"], one["quote"]) for one in said["citations"]}

    def end(self) -> None:
        self._ended.set()
        self.join()

    def check(self, texts: dict[str, dict[str, str]]) -> None:
        """`texts` are those of the documents of each version that was served."""
        assert self.wrong == []
        assert set(self.quotes) <= set(texts)
        for version, quotes in self.quotes.items():
            for document, start, end, said in quotes:
                assert texts[version][document][start:end] == said, (version, document)


def served_texts(get: Callable[[str], Any], version: str) -> dict[str, dict[str, str]]:
    """What is served now, under the version that an answer has just named."""
    ids = [one["id"] for one in get("/api/documents")["documents"]]
    return {version: {id: get(f"/api/documents/{quote(id)}")["text"] for id in ids}}
