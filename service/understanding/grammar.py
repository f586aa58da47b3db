"""The engine of the grammar: patterns over classes of words, tried one after the other, each taking what it reads.

A pattern is a regular expression whose letters are classes: `names (adv|year)* role` reads 教育局今年牵头. `UPPER` names
stand for other patterns (`MACROS`), `x:(…)` names a part. What a form has taken is a `gap` for those after it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache

from service.understanding.lexicon import FACTS, lexicon
from service.understanding.tokens import Token

FIXED = "dept ref ids sec quote title yearno num text comma pause stop space issuer due opendue month period under gap told leader".split()
MOST = 30  # times that one form may read in one question

MACROS = {
    "ROLE": "(lead|support|join)",
    "SEP": "(comma|pause|with|or|space|both|but){1,2}+",
    "NAMES": "(dept ((SEP notof? (by|have)?)? dept){0,20}+)",
    "WHO": "(who|(which|what|howmany) num? measure? de? (unit|body)|(which|what|howmany) measure? (?=ROLE))",
    "HOWMANY": "(howmany measure?|countnoun (be? howmany measure?)?)",
    "ITEM": "(item|main item|measure item)",
    "STUFF": "((text|quote|num|lightnoun|lightverb|joint|support|does|main|FACT)(text|quote|num|lightnoun|lightverb|joint|join|support|lead|does|main|soft|aspect|doc|unit|section|rank|above|measure|le|in|with|or|de|pause|all|make|manage|total|issue|asking|be){0,30})",
    "FACT": f"({'|'.join(FACTS)})",
    "SOFT": "(soft|aspect)",
    "FILL": "(adv|modal|year|yearno|issuer|all|total|main|both|polite|space)",
    "EACHUNIT": "(everyunit unit?|(each|all) measure? related? unit)",
}


def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern as a regular expression over one character per class."""
    for _ in range(4):
        pattern = re.sub(r"[A-Z]+", lambda name: MACROS[name[0]], pattern)
    pattern = re.sub(r"(\w+):\(", r"(?P<\1>", pattern)
    classes = letters()
    pattern = re.sub(r"\(\?P<\w+>|[a-z]+", lambda word: word[0] if word[0][0] == "(" else classes[word[0]], pattern)
    return re.compile(pattern.replace(" ", ""))


@cache
def letters() -> dict[str, str]:
    """A character for each class."""
    names = [*FIXED, *lexicon().classes]
    return {name: chr(0xE100 + at) for at, name in enumerate(names)}


@dataclass(frozen=True, slots=True)
class Form:
    """One way of asking. `examples` are sentences that it must read, `leaves` such as it must leave alone."""

    name: str
    pattern: str
    means: "Callable[[Found], bool | None]"
    examples: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()


@dataclass(slots=True)
class Sentence:
    """The tokens of a question and which form took each; None: not taken."""

    tokens: list[Token]
    taken: list[str | None] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.taken = [None] * len(self.tokens)
        self.kinds = [letters()[token.kind] for token in self.tokens]

    def take(self, first: int, last: int, name: str) -> None:
        """The tokens [first, last)."""
        for at in range(first, last):
            if self.taken[at] is None:
                self.taken[at] = name
                self.kinds[at] = letters()["gap"]

    def untaken(self) -> list[Token]:
        return [token for token, by in zip(self.tokens, self.taken, strict=True) if by is None]


@dataclass(frozen=True, slots=True)
class Found:
    """A form that reads some of the sentence."""

    form: Form
    match: re.Match[str]
    sentence: Sentence
    draft: object

    def __contains__(self, part: str) -> bool:
        """Whether the part was read."""
        return self.match.groupdict().get(part) is not None

    def tokens(self, part: str | int = 0) -> list[Token]:
        """The tokens of a named part, or of the whole."""
        if isinstance(part, str) and part not in self:
            return []
        return self.sentence.tokens[slice(*self.match.span(part))]

    def _matched(self, part: str | int) -> str:
        return "" if isinstance(part, str) and part not in self else str(self.match[part])

    def of(self, *kinds: str, part: str | int = 0) -> list[Token]:
        """Those of these kinds, not taken before."""
        wanted = {letters()[kind] for kind in kinds}
        return [token for token, kind in zip(self.tokens(part), self._matched(part), strict=True) if kind in wanted]


def passed(found: Found) -> bool | None:
    """Words that have no meaning of their own beside what is read: which tasks ask for …, how … is done."""
    return None


def apply_forms(forms: Sequence[Form], sentence: Sentence, draft: object) -> None:
    """Each form in turn, as often as it reads something; one that a `means` refuses is left alone."""
    kinds = "".join(sentence.kinds)
    for form in forms:
        pattern, start = pattern_of(form.pattern), 0
        for _ in range(MOST):
            match = pattern.search(kinds, start)
            if match is None:
                break
            if match.end() > match.start() and form.means(Found(form, match, sentence, draft)) is not False:
                sentence.take(*match.span(), form.name)
                kinds, start = "".join(sentence.kinds), 0
            else:
                start = match.start() + 1


@cache
def pattern_of(pattern: str) -> re.Pattern[str]:
    return compiled(pattern)
