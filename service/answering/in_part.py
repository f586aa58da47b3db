"""Topics that stand nowhere as a whole, found by what of them stands: the most of their words, in one document beside
others the word that the others say more of."""

from collections.abc import Iterator, Sequence
from functools import partial, reduce

import numpy as np

from corpus import fold
from index import Hits, Index
from service.answering.core import SHARE, SHORTEST, core_of
from service.answering.found import Documents, Found
from service.answering.in_lists import in_lists
from service.answering.standing import count_as_word
from service.understanding import lexicon

FEW = 5  # items that something tells apart, however few there are
COMMON = 0.3  # of all: a word that stands in more of them tells none apart
JOINED = 4  # characters at most that are one word together


def by_head(topic: str, index: Index, documents: Documents) -> Found | None:
    """人员培训 -> 培训, the word of two that the other says more of, where it tells items apart."""
    if len(index.segmenter.content_words(topic)) != 2:  # 保安培训许可证 is a name
        return None
    word = next((word for word in reversed(index.segmenter.cut(topic)) if any(map(str.isalnum, word))), "")
    most = telling(index, documents)
    if len(word) < SHORTEST or word in lexicon().class_of or not 0 < index.count(word, documents) <= most:
        return None
    hits = index.search(word, documents)
    return Found(topic, topic, (hits.where(hits.phrase),), hits.where(~hits.phrase), stretches=(word,))


def by_core(topic: str, index: Index, documents: Documents) -> Found | None:
    """The items in which all stretches of the topic stand that stand somewhere and tell items apart."""
    count, content = partial(index.count, documents=documents), index.segmenter.content_words(topic)
    stretches = core_of(
        fold(topic),
        _joined(index.segmenter.cut(topic), content),
        {word: _count(word, index, documents) for word in content if word not in lexicon().class_of},
        count,
        telling(index, documents),
    )
    if not stretches:
        return None
    searched = {stretch: index.search(stretch, documents) for stretch in stretches}
    saying = {stretch: _saying(hits, stretch, index, documents) for stretch, hits in searched.items()}
    for some in _subsets(stretches):
        rows = reduce(np.intersect1d, [np.concatenate([hits.rows for hits in saying[stretch]]) for stretch in some])
        if len(rows):
            break
    else:
        return None
    parts = tuple(hits.where(np.isin(hits.rows, rows)) for stretch in some for hits in saying[stretch])
    first = searched[some[0]]
    others = first.where(~np.isin(first.rows, rows))
    return Found(topic, topic, parts, others, stretches=some)


def _count(word: str, index: Index, documents: Documents) -> int:
    """In how many items it stands, in lists where nowhere else."""
    stands = count_as_word(word, index, documents)
    return stands or sum(map(len, in_lists([word], index, documents)))


def _saying(hits: Hits, stretch: str, index: Index, documents: Documents) -> list[Hits]:
    """Where it stands as a whole, or in a list: 施工单位 in 施工、监理单位."""
    whole = hits.where(hits.phrase)
    return [whole, *(one.where(~np.isin(one.rows, whole.rows)) for one in in_lists([stretch], index, documents))]


def telling(index: Index, documents: Documents) -> int:
    """In so many items at most stands what tells them apart."""
    return int(max(FEW, COMMON * index.size(documents)))


def _joined(words: Sequence[str], content: Sequence[str]) -> list[str]:
    """拒, 不, 改正 -> 拒不, 改正: characters that are one content word together."""
    joined: list[str] = []
    at = 0
    while at < len(words):
        ends = range(min(len(words), at + JOINED), at, -1)
        end = next((end for end in ends if "".join(words[at:end]) in content), at + 1)
        joined.append("".join(words[at:end]))
        at = end
    return joined


def _subsets(stretches: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """All of them, and all but one, the shortest first, where the others say most: 罚款额度为|1万元以上5万元以下."""
    yield stretches
    least = SHARE * sum(map(len, stretches))
    for left_out in sorted(range(len(stretches)), key=lambda at: len(stretches[at])) if len(stretches) > 1 else ():
        others = tuple(one for at, one in enumerate(stretches) if at != left_out)
        if sum(map(len, others)) > least:
            yield others
