"""Departments that are named without the end of their name, before what they do: 财政负责哪几项."""

import re
from collections.abc import Iterator
from functools import cache

from service.kept import kept
from service.understanding.lexicon import endings, lexicon
from service.understanding.vocabulary import Vocabulary

SHORTEST = 2  # letters of a stem
_PLACES = range(2, 5)  # letters of a place
_BRANCH = re.compile(r"[省市县区](?:分行|支行|分局|分公司|分院|分中心)$")


def stems_in(folded: str, vocabulary: Vocabulary) -> Iterator[tuple[int, int, str]]:
    """[start, end) of each, from where a phrase begins to the word for the role; and the department, where it is one
    alone. What stands with that word in a text says what it says there."""
    for match in _before_role().finditer(folded):
        end, said = match.end("stem"), match["stem"]
        for stem in (said, said.rsplit(maxsplit=1)[-1]):
            source = _stems(vocabulary).get("".join(stem.split()))
            if source and not vocabulary.stands(stem + match["role"]):
                yield end - len(stem), end, source
                break


@kept()
def _stems(vocabulary: Vocabulary) -> dict[str, str]:
    """财政 -> 财政部, 人行 and 温州人行 -> 人行温州市分行; none that is another name, too."""
    stems: dict[str, set[str]] = {}
    for name, source in vocabulary.departments.items():
        for stem in _stems_of(name):
            if len(stem) >= SHORTEST:
                stems.setdefault(stem, set()).add(source)
    known = vocabulary.departments
    return {one: several.pop() for one, several in stems.items() if len(several) == 1 and one not in known}


def _stems_of(name: str) -> Iterator[str]:
    yield from (name.removesuffix(end) for end in endings("ending") if name.endswith(end))
    if branch := _BRANCH.search(name):
        for length in _PLACES:
            whole, place = name[: branch.start() - length], name[max(0, branch.start() - length) : branch.start()]
            if len(whole) >= SHORTEST:
                yield from (whole, place + whole)


@cache
def _before_role() -> re.Pattern[str]:
    words = [word for word in lexicon().words("lead") if not word.isascii()]
    longer = [word for word in lexicon().class_of if word not in words and word.startswith(tuple(words))]  # 负责人
    leads, others, inside = (
        "|".join(map(re.escape, some))
        for some in (words, longer, [word for word in lexicon().words("in") if not word.isascii()])
    )
    return re.compile(
        rf"(?:^|[\0\s,、;:。]|{inside})(?P<stem>[^\W\d_](?:\s?[^\W\d_]){{1,9}}?)(?!{others})(?P<role>{leads})"
    )
