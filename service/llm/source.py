"""What an item says, as what a sentence may be made of: where its clauses begin and end, and what of them may be left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from service.llm.tokens import COMMA, JOINT, PART, STOP, Tokens, is_number, tokens
from service.llm.words import any_of, in_tokens, words

REACH = 200  # tokens left out in one place, at most
VERB = 2  # characters of most verbs: after so many of a clause what it is done to begins
_CONDITION = re.compile(rf"^{any_of('condition')}|{any_of('conditionend')}$")
_SETTING = re.compile(rf"^{any_of('setting')}.*{any_of('besideend')}$|{any_of('settingend')}$")
_EXCEPTION = re.compile(rf"^{any_of('exception')}|^除")
_BESIDE = re.compile(rf"^{any_of('besidebegin')}.*{any_of('besideend')}$")
_MODAL = re.compile(any_of("modal"))
_OPERATOR = re.compile(any_of("operator"))
_MARKER = re.compile(
    r"(?m)^\s*(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、](?!\d))"
)  # （一）, 1. of a list inside


@dataclass(frozen=True)
class Source:
    """The text in tokens."""

    said: Tokens

    @classmethod
    def of(cls, text: str) -> "Source":
        return cls(tokens(_MARKER.sub("", text)))

    def __len__(self) -> int:
        return len(self.said)

    @cached_property
    def _clauses(self) -> list[tuple[int, int]]:
        """[start, end) of each, without the mark that ends it."""
        marks = [at for at, token in enumerate(self.said) if token in (COMMA, PART, STOP, ":")]
        return list(zip([0, *(at + 1 for at in marks)], [*marks, len(self.said)], strict=True))

    @cached_property
    def _bound(self) -> frozenset[int]:
        """Ends of clauses that what follows cannot do without: conditions, and what a colon introduces, unless a list
        of lines that nothing denies."""
        bound, conditional, listed = set(), False, False
        for start, end in self._clauses:
            text, mark = "".join(self.said[start:end]), self.said[end : end + 1]
            conditional |= bool(_CONDITION.search(text))
            lines = self.said[end + 1 : end + 2] == (PART,) and not (conditional or _weighs(self.said[start:end]))
            listed = (mark == (":",) and not lines) or (listed and mark != (STOP,))
            if listed or (mark == (COMMA,) and (conditional or _SETTING.search(text))):
                bound.add(end)
            conditional &= mark == (COMMA,)
        return frozenset(bound)

    @cached_property
    def ends(self) -> frozenset[int]:
        """Where a statement may end: before a mark, unless what follows depends on it or takes something of it back."""
        after = {start - 1: "".join(self.said[start:end]) for start, end in self._clauses}
        whole = {
            end
            for _, end in self._clauses
            if (end not in self._bound or self.said[end : end + 1] != (COMMA,))
            and not _EXCEPTION.search(after.get(end, ""))
        }
        counted = {at for at, token in enumerate(self.said) if token == JOINT and is_number(self.said[max(0, at - 2)])}
        return frozenset(whole | counted)  # 改造40个、加装120部

    @cached_property
    def starts(self) -> frozenset[int]:
        """Where a statement may begin: after a mark, and after with whom or by what it is done."""
        free = {start for start, _ in self._clauses if start - 1 not in self._bound}
        return frozenset(
            free | {place for start, end in self._clauses if start in free for place in self._besides(start, end)}
        )

    def _besides(self, start: int, end: int) -> Iterator[int]:
        for at in range(start + 2, min(end, start + REACH)):
            if _BESIDE.match("".join(self.said[start:at])) and not _weighs(self.said[start:at]):
                yield at

    def adverb(self, at: int) -> int:
        """How many tokens from here are one."""
        return next((len(word) for word in in_tokens("adverb") if self.said[at : at + len(word)] == word), 0)

    @cached_property
    def _weighed(self) -> list[int]:
        """Of each token where its clause ends, or -1 - that where something before it in the clause denies."""
        ends: list[int] = []
        for start, end in self._clauses:
            found = _OPERATOR.search("".join(self.said[start:end]))
            before = list(accumulate(map(len, self.said[start:end]), initial=0))
            ends += [-1 - end if found and found.end() <= length else end for length in before]
        return ends

    def left_out(self, at: int, begun: int) -> tuple[int, ...]:
        """To where may be gone on from here, `begun` tokens after a clause began, without a change of what is said."""
        key = at, begun == VERB or (begun == 1 and self.said[at - 1] in words("before"))
        if key not in self._known:
            self._known[key] = tuple(self._left_out(*key))
        return self._known[key]

    @cached_property
    def _known(self) -> dict[tuple[int, bool], tuple[int, ...]]:
        return {}

    def _left_out(self, at: int, after_verb: bool) -> Iterator[int]:
        end = self._weighed[at]
        denied, end = end < 0, min(end if end >= 0 else -1 - end, at + REACH)
        if at < end and self.said[at] == JOINT:  # A、B、C等 -> A等
            yield from (to for to in range(at + 1, end) if self.said[to] in (JOINT, "等"))
        if denied:
            return  # what is denied of some is not denied of all
        if adverb := self.adverb(at):
            yield at + adverb
        if after_verb:  # 开展A和B -> 开展B; 营造C的D -> 营造D
            for to in range(at + 2, end):
                left = self.said[at:to]
                if _weighs(left) or _MODAL.search("".join(left)):
                    break
                if left[-1] == JOINT or (left[-1] == "的" and not any(is_number(one) and one != "1" for one in left)):
                    yield to


def _weighs(said: Tokens) -> bool:
    """Something of it denies or restricts."""
    return _OPERATOR.search("".join(said)) is not None
