"""What is fixed in a question is taken out of it, one thing never inside another."""

from service.understanding.tokens import COMMAS, QUOTES, STOPS, Token
from service.understanding.vocabulary import Vocabulary

_EDGES = "\"'()[]{}<>·“”‘’「」『』《》〈〉【】#.-—~"


class Taking:
    """`rest` is the folded text, with gaps where something was taken."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.text, self.rest, self.vocabulary = text, text, vocabulary

    def taken(self, kind: str, start: int, end: int, value: object = None) -> Token:
        self.rest = self.rest[:start] + "\0" * (end - start) + self.rest[end:]
        return Token(kind, self.text[start:end], start, end, value)

    def with_marks(self, start: int, end: int) -> tuple[int, int]:
        """With the quotation marks around it."""
        quoted = QUOTES.get(self.rest[start - 1 : start]) == self.rest[end : end + 1]
        return start - quoted, end + quoted


def bare(text: str) -> str:
    """Without gaps, marks and spaces at its edges."""
    return text.strip("\0" + STOPS + COMMAS + _EDGES + " \t\r\u3000")
