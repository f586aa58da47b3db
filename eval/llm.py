"""What a language model adds, and what the gate stops: by asking as a client does, once without it and once with it."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from eval.cases import Case
from index import Index
from service import Assistant, Helping, Llm, ModelRequest, Replier

MOST = 20  # items of a set that is put into sentences
READ = ("paraphrase", "unanswerable")  # kinds of questions that the grammar leaves
PHRASED = ("topic", "department")


@dataclass
class LlmFigures:
    """Counts of questions and of sentences."""

    model: str
    paraphrases: int = 0
    plain_right: int = 0  # answered with just the labelled set, without the model
    read: int = 0  # of the others: answered as the model reads them
    read_right: int = 0  # with just the labelled set
    read_near: int = 0  # with some of it
    unanswerable: int = 0
    misread: int = 0  # of these: answered all the same
    sets: int = 0  # put into sentences
    shown: int = 0
    sentences: int = 0
    dropped: dict[str, int] = field(default_factory=dict)  # why -> how many
    faults: dict[str, int] = field(default_factory=dict)  # what the model did -> how often

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def lines(self) -> list[tuple[str, str]]:
        """For a table: what, and how many."""
        stopped = sum(self.dropped.values())
        return [
            ("换说法的问题：不用模型就全对", f"{self.plain_right} / {self.paraphrases}"),
            ("　其余的，照模型的理解有了答案", f"{self.read}"),
            ("　　其中集合全对、部分对", f"{self.read_right}、{self.read_near}"),
            ("答不了的问题：照模型的理解答了（应为 0）", f"{self.misread} / {self.unanswerable}"),
            ("表述的集合：显示的", f"{self.shown} / {self.sets}"),
            ("　句子：没有通过核对的", f"{stopped} / {self.sentences}"),
            *((f"　　{why}", str(count)) for why, count in self.dropped.items()),
            *((f"出错：{what}", str(count)) for what, count in self.faults.items()),
        ]


def measure(llm: Llm, index: Index, cases: Sequence[Case], step: Callable[[], None]) -> LlmFigures:
    return asyncio.run(_measured(llm, index, asked_of(cases), step))


def asked_of(cases: Sequence[Case]) -> list[Case]:
    return [case for case in cases if case.kind in READ + PHRASED and not case.history]


async def _measured(llm: Llm, index: Index, cases: Sequence[Case], step: Callable[[], None]) -> LlmFigures:
    helping, replier = Helping.of(llm), Replier(Assistant(index), None)
    figures, faults = LlmFigures(llm.model), Counter[str]()
    for case in cases:
        documents = list(case.documents) if case.documents else None
        answer = replier.assistant.ask(case.question, (), documents)
        found = {f"{match.item.document}#{match.item.id}" for match in answer.items}
        right = found == set(case.items or ())
        phrase = case.kind in PHRASED and right and 0 < len(found) <= MOST
        if case.kind in READ or phrase:
            request = ModelRequest(question=case.question, documents=documents, limit=1000, phrase=phrase)
            reply = await helping.reply(request, replier)
            if reply["fault"]:
                faults[reply["fault"]] += 1
            if case.kind in READ:
                _count_reading(figures, case, right=right, answer=reply["answer"])
        step()
    await helping.client.close()
    counts = helping.counts
    figures.sets, figures.shown, figures.sentences = counts["phrase"], counts["phrased"], counts["sentences"]
    figures.dropped = {
        why.removeprefix("dropped: "): n for why, n in sorted(counts.items()) if why.startswith("dropped")
    }
    figures.faults = dict(faults.most_common())
    return figures


def _count_reading(figures: LlmFigures, case: Case, *, right: bool, answer: Mapping[str, Any] | None) -> None:
    if case.kind == "unanswerable":
        figures.unanswerable += 1
        figures.misread += answer is not None
        return
    figures.paraphrases += 1
    figures.plain_right += right
    if answer is None:
        return
    named, wanted = {f"{item['document']}#{item['id']}" for item in answer["items"]}, set(case.items or ())
    figures.read += 1
    figures.read_right += named == wanted
    figures.read_near += named != wanted and bool(named & wanted)
