"""What is measured: the product in this process, or a running service, both by the replies that clients see."""

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal, Protocol
from urllib.parse import quote

import httpx

from corpus import Corpus
from eval.cases import name_of
from index import POOL, Hit, Index, Progress, Segmenter, load_calibration, load_encoder, load_reranker
from service import RELATED, AskReply, AskRequest, Assistant, DocumentReply, Wire

PAGE = 1000  # items a reply holds at most; larger sets are fetched page by page
SEARCHED = 100  # hits that /api/search gives at most
NAMED_WEIGHTS = {"fused": None, "words": 1.0, "meaning": 0.0}
TIMEOUT_S = 60.0


Documents = Sequence[str] | None  # ids of those that are asked; None for all


class UnmeasurableError(Exception):
    """A system that cannot be measured; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """An item as a ranking gives it. The evidence is None where a service does not tell."""

    item: str  # document#id
    score: float
    meaning: float | None = None  # cosine
    coverage: float | None = None  # share of the content words that stand in it
    member: bool | None = None  # its literal evidence makes it part of an answer
    open: bool = False  # words decide nothing here: its meaning may make it part of one


class System(Protocol):
    """Something that answers and ranks."""

    @property
    def documents(self) -> Sequence[DocumentReply]: ...
    def ask(self, question: str, history: Sequence[str], documents: Documents = None) -> AskReply: ...
    def rank(self, query: str, documents: Documents = None) -> list[Ranked]: ...
    def evidence(self, question: str, documents: Documents = None) -> list[Ranked]: ...
    def describe(self) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Config:
    """How the product is set for a run, from a name: fused, words, meaning or a weight of words such as 0.6; then,
    if need be, @ and a sentence-transformers model by folder or name."""

    name: str
    words_weight: float | None  # None: as calibrated
    encoder: str | None
    alone: Literal["words", "meaning"] | None = None  # rank by this alone, wherever the query stands literally

    @classmethod
    def named(cls, name: str) -> "Config":
        weight, _, encoder = name.partition("@")
        try:
            words = NAMED_WEIGHTS[weight] if weight in NAMED_WEIGHTS else float(weight)
        except ValueError:
            words = -1.0
        if words is not None and not 0 <= words <= 1:
            raise UnmeasurableError(
                f"未知的配置“{name}”；应为 {'、'.join(NAMED_WEIGHTS)} 或词的权重（0 至 1），其后可接 @模型文件夹"
            )
        return cls(name, words, encoder or None, weight if weight in ("words", "meaning") else None)  # type: ignore[arg-type]


class Local:
    """The product in this process, with an index built for the run."""

    def __init__(self, index: Index, config: Config) -> None:
        weight = index.calibration.words_weight if config.words_weight is None else config.words_weight
        self.index, self.config = index.calibrated(replace(index.calibration, words_weight=weight)), config
        self._assistant = Assistant(self.index)
        self._wire = Wire(self._assistant.index.corpus)
        self.documents = [
            DocumentReply.model_validate(self._wire.document(document)) for document in self._assistant.documents
        ]

    def ask(self, question: str, history: Sequence[str], documents: Documents = None) -> AskReply:
        request = _request(question, history, documents)
        began = time.perf_counter()
        answer = self._assistant.ask(question, history, documents)
        reply = AskReply.model_validate(self._wire.ask(request, answer, self._assistant.version, began))
        while len(reply.items) < len(answer.items):
            page = request.model_copy(update={"offset": len(reply.items)})
            rest = AskReply.model_validate(self._wire.ask(page, answer, self._assistant.version, began))
            reply.items.extend(rest.items)
        return reply

    def rank(self, query: str, documents: Documents = None) -> list[Ranked]:
        """Best first, as search orders them; or by words or meaning alone, those that it finds nothing in left out:
        they stand in reading order, which is no ranking."""
        hits: Sequence[Hit] = self.index.search(query, documents)
        if self.config.alone == "words":
            hits = sorted((hit for hit in hits if hit.words > 0), key=lambda hit: -hit.words)
        elif self.config.alone == "meaning":
            hits = sorted((hit for hit in hits if hit.meaning != 0), key=lambda hit: -hit.meaning)
        found = (hit for hit in hits if hit.words > 0 or hit.meaning != 0 or hit.phrase or hit.coverage > 0)
        return [_ranked(hit) for hit in found]

    def evidence(self, question: str, documents: Documents = None) -> list[Ranked]:
        """What answering the question looks at: the hits of its topic, or of each alternative that it lists."""
        plan = self._assistant.ask(question, (), documents).plan
        asked = [one for one in self._assistant.documents if documents is None or one.id in documents]
        found: dict[str, Ranked] = {}
        topics = self._assistant.topics_found(plan, asked)
        for topic in (one for about, some in topics.items() if not about.not_ for one in some):
            literal = bool(topic.members) and not topic.by_meaning
            for hit in (*topic.members, *topic.others):
                member = literal and hit in topic.members
                one = replace(_ranked(hit), member=member, open=not literal and not plan.asks_fact)
                seen = found.get(one.item, one)
                best = max(seen, one, key=lambda either: either.score)
                found[one.item] = replace(best, member=seen.member or one.member, open=seen.open or one.open)
        return sorted(found.values(), key=lambda one: (not one.member, -one.score))

    def describe(self) -> dict[str, Any]:
        return {
            "version": self._assistant.version,
            "fingerprint": self.index.fingerprint,
            "encoder": self.index.encoder.identity,
            **({"reranker": self.index.reranker.identity} if self.index.reranker else {}),
            "constants": {**asdict(self.index.calibration), "POOL": POOL, "RELATED": RELATED},
        }


class Remote:
    """A running service, over HTTP like any client. It ranks what has evidence, at most SEARCHED items."""

    def __init__(self, url: str) -> None:
        self._client = httpx.Client(base_url=url, timeout=TIMEOUT_S)
        self._url = url
        try:
            ids = [document["id"] for document in self._get("/api/documents")["documents"]]
            self.documents = [
                DocumentReply.model_validate(self._get(f"/api/documents/{quote(id, safe='')}")) for id in ids
            ]
        except (httpx.HTTPError, httpx.InvalidURL, KeyError, ValueError) as error:
            raise UnmeasurableError(f"{url}：应为运行中的要点问答服务（yaodian serve），实为：{error}") from error

    def ask(self, question: str, history: Sequence[str], documents: Documents = None) -> AskReply:
        request = _request(question, history, documents)
        reply = self._ask(request)
        while reply.items and reply.table is None and len(reply.items) < (reply.count or 0):
            page = self._ask(request.model_copy(update={"offset": len(reply.items)}))
            if not page.items:
                break
            reply.items.extend(page.items)
        return reply

    def rank(self, query: str, documents: Documents = None) -> list[Ranked]:
        asked = {} if documents is None else {"documents": list(documents)}
        hits = self._get("/api/search", q=query, limit=SEARCHED, **asked)["hits"]
        return [Ranked(f"{hit['document']}#{hit['id']}", hit["score"]) for hit in hits]

    def evidence(self, question: str, documents: Documents = None) -> list[Ranked]:
        """None: a service does not tell."""
        return []

    def describe(self) -> dict[str, Any]:
        return {"url": self._url}

    def _ask(self, request: AskRequest) -> AskReply:
        reply = self._client.post("/api/ask", json=request.model_dump())
        reply.raise_for_status()
        return AskReply.model_validate(reply.json())

    def _get(self, path: str, **query: Any) -> Any:
        reply = self._client.get(path, params=query)
        reply.raise_for_status()
        return reply.json()


def _request(question: str, history: Sequence[str], documents: Documents) -> AskRequest:
    asked = None if documents is None else list(documents)
    return AskRequest(question=question, history=list(history), documents=asked, limit=PAGE)


def build_index(
    corpus: Corpus,
    encoder: str | None,
    on_progress: Progress | None = None,
    data: Path | None = None,
    reranker: str | None = None,
) -> Index:
    """An index in memory, with the constants kept in `data` for its encoder: an evaluation leaves the served one
    alone. Raises EncoderError, UnmeasurableError."""
    segmenter = Segmenter(corpus.words)
    index = Index.build(corpus, segmenter, load_encoder(encoder, segmenter), on_progress)
    index = index.reranked_by(load_reranker(reranker) if reranker else None)
    try:
        kept = load_calibration(data, index.encoder.identity) if data else None
    except ValueError as error:
        raise UnmeasurableError(str(error)) from error
    return index.calibrated(kept) if kept else index


def _ranked(hit: Hit) -> Ranked:
    return Ranked(name_of(hit.item), hit.score, hit.meaning, hit.coverage)
