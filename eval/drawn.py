"""Questions drawn from the items of any documents, by kind: what is asked, and the words that are searched for.

The same texts and the same seed give the same questions.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

SEED = 2017
SAMPLE = 2000  # items whose words are counted
TRIES = 100  # places looked at for a phrase

# written so that nothing of the kind stands in official documents
_THINGS = (
    "火星探测 红烧排骨 钢琴独奏 足球比赛 外星飞船 吉他和弦 蛋炒饭 流行歌手 恐龙化石 星座运势 魔术揭秘 科幻小说".split()
)
_ASKED = ("怎么样", "好不好看", "哪里最有名", "今天有吗", "谁最厉害", "要花多长时间")
_STRANGE = "魑鑫淼犇焱骉赑"  # in place of a right character


@dataclass(frozen=True, slots=True)
class Drawn:
    """`literal` is the phrase whose places are sought, where the kind is of phrases."""

    kind: str
    question: str
    search: str
    literal: str | None = None


def draw(texts: Sequence[str], count: int, seed: int = SEED) -> list[Drawn]:
    """`count` of each kind, no two the same; fewer where the texts have no more to ask for. Kinds one after another."""
    random_ = random.Random(seed)
    often, seldom = _words(texts, random_)
    makers: dict[str, Callable[[], Iterator[Drawn]]] = {
        "字面少": lambda: (Drawn("字面少", f"哪些条款涉及{p}", p, p) for p in _phrases(texts, random_, 6, 8)),
        "字面多": lambda: (Drawn("字面多", f"哪些条款涉及{w}", w, w) for w in often),
        "几个词": lambda: (
            Drawn("几个词", f"哪些条款涉及{a}和{b}", f"{a} {b}")
            for a, b in zip(seldom[::2], seldom[1::2], strict=False)
        ),
        "编号": lambda: (Drawn("编号", f"第{n}条讲什么", f"第{n}条") for n in range(1, 1000)),
        "数目": lambda: (Drawn("数目", f"涉及{w}的有多少条", w) for w in often),
        "写错": lambda: (
            Drawn("写错", f"哪些条款涉及{w}", w) for w in map(_misspelt(random_), _phrases(texts, random_, 5, 7))
        ),
        "不相干": lambda: (Drawn("不相干", f"{a}{b}", f"{a}{b}") for b in _ASKED for a in _THINGS),
    }
    return [one for maker in makers.values() for one in _some(maker(), count)]


def _some(drawn: Iterator[Drawn], count: int) -> list[Drawn]:
    found: dict[str, Drawn] = {}
    for one in drawn:
        if len(found) == count:
            break
        found.setdefault(one.question, one)
    return list(found.values())


def _phrases(texts: Sequence[str], random_: random.Random, shortest: int, longest: int) -> Iterator[str]:
    """Characters that follow each other in some text, no punctuation among them."""
    for _ in range(TRIES * TRIES):
        text, length = random_.choice(texts), random_.randint(shortest, longest)
        at = random_.randrange(max(1, len(text) - length))
        phrase = text[at : at + length]
        if len(phrase) == length and re.fullmatch(r"[一-鿿]+", phrase):
            yield phrase


def _misspelt(random_: random.Random) -> Callable[[str], str]:
    return lambda phrase: phrase[:2] + random_.choice(_STRANGE) + phrase[3:]


def _words(texts: Sequence[str], random_: random.Random) -> tuple[list[str], list[str]]:
    """Pairs of characters by how many items have them, the most first; and some that few have, in any order."""
    chosen = random_.sample(list(texts), min(SAMPLE, len(texts)))
    pairs = Counter(pair for text in chosen for pair in sorted(set(re.findall(r"(?=([一-鿿]{2}))", text))))
    order = sorted(pairs, key=lambda pair: (-pairs[pair], pair))
    seldom = order[len(order) // 10 : len(order) // 3]
    random_.shuffle(seldom)
    return order, seldom
