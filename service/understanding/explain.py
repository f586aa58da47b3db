"""How a question was read: its tokens, the form that took each, and what was left."""

from dataclasses import dataclass

from service.understanding.understand import read_sentence
from service.understanding.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Explained:
    tokens: tuple[tuple[str, str, str], ...]  # text, class, the form that took it: topic, 放下, 没有理解 or its name
    unread: tuple[str, ...]


def explain(question: str, vocabulary: Vocabulary) -> Explained:
    sentence, plan = read_sentence(question, vocabulary)
    tokens = tuple(
        (token.text, token.kind, by or ("unread" if token.text in plan.unread else "filler"))
        for token, by in zip(sentence.tokens, sentence.taken, strict=True)
    )
    return Explained(tokens, plan.unread)
