"""The words of asking, class by class: `lexicon.txt`. Python knows the classes, never the words."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus import fold

FILE = Path(__file__).parent / "lexicon.txt"

# Of these even one character may be cut out of what the segmenter takes for a word (几项, 牵头部门), if all of it is
# words of asking; other single characters stay in their word: 对外 is not 对 + 外.
SPLIT = frozenset(
    "howmany measure num have not notof adv de be by does what which section concern all both unit each this then countnoun table times in issue with polite".split()
)
# And of these after a longer word, or a measure: 全部列, 几件事, but not 查处.
SPLIT_AFTER = frozenset(("show", "item"))
# Of these a question asks as for a fact: what an item near in meaning does not give.
FACTS = ("fact", "price", "validity", "reach", "howto", "funds")
# Words that a topic may hold at its edges: left where nothing took them. All other words of asking fall away.
CONTENT = frozenset(
    "lead support join joint does num soft doc section lightnoun divide lightverb main most least above rank named unit measure limit"
    " compare group overall issue structure object comply date heading make all whole show body related countnoun counted"
    " newest mention alone others find add change export summary table sure export next prior meaning otheryear".split()
) | frozenset(FACTS)
# What must not be lost in silence where nothing took it and it is no part of the topic.
WEIGHTY = frozenset(
    "not notof unrelated except only alone joint most least named rank above atleast lead support join otheryear title compare due told newest earliest latest".split()
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    classes: dict[str, tuple[str, ...]]  # class -> its words, folded
    class_of: dict[str, str]  # word -> its class
    longest: int

    def words(self, *names: str) -> list[str]:
        """The words of these classes, longest first."""
        return sorted((word for name in names for word in self.classes[name]), key=lambda word: (-len(word), word))


def read_lexicon(text: str) -> Lexicon:
    """Lines `class: words`; `·` in a word stands for a space, and `^` before it says that it is an
    ending of words and no word. A word in two classes is an error: ValueError; an ending may be of several."""
    classes: dict[str, tuple[str, ...]] = {}
    class_of: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        name, _, words = line.partition(":")
        if not line.strip() or line.startswith("#"):
            continue
        if not words.strip() or not re.fullmatch(r"[a-z]+", name):
            raise ValueError(f"{FILE.name}：第{number}行：应为“类名: 词 词 …”，实为：{line}")
        for word in (fold(word.replace("·", " ")) for word in words.split()):
            if word in class_of and not word.startswith("^"):
                raise ValueError(f"{FILE.name}：第{number}行：“{word}”已在 {class_of[word]} 类；每个词只写一次。")
            class_of[word] = name
            classes[name] = (*classes.get(name, ()), word)
    return Lexicon(classes, class_of, max(map(len, class_of)))


@cache
def endings(name: str) -> tuple[str, ...]:
    """The endings and single characters of a class that are no words by themselves."""
    return tuple(word.removeprefix("^") for word in lexicon().classes[name])


def counts_copies(measure: str) -> bool:
    """份, 几份: of documents, not of items."""
    return measure.endswith(endings("copy"))


@cache
def lexicon() -> Lexicon:
    return read_lexicon(FILE.read_text(encoding="utf-8"))
