"""What is left of a topic that stands nowhere: the stretches of its words that do, where they say most of it.

医保个人账户扣钱 -> 个人账户: of the words that stand in some item those that tell items apart, side by side as one.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate

MOST = 24  # words of a topic that are looked at
SHARE = 0.6  # of the letters of its content words, more than which must stand somewhere
JOINED = 0.5  # where some that say something stand side by side: 收上来的租金收入 -> 租金收入
SHORTEST = 2  # letters of a stretch


def core_of(
    topic: str, words: Sequence[str], content: Mapping[str, int], count: Callable[[str], int], most: int
) -> tuple[str, ...]:
    """`words` cut the topic whole, `content` are those of them that say something, with the number of items in which they
    stand; `count` tells it of a phrase, `most` how many tell items apart. The stretches in order; none where these say too
    little."""
    words = words[:MOST]
    ends = [0, *accumulate(map(len, words))]
    said = content.keys()
    whole = sum(len(word) for word in words if word in said)
    if sum(len(word) for word in words if content.get(word)) <= JOINED * whole:
        return ()
    kept: list[str] = []
    least = SHARE
    first = 0
    while first < len(words):
        begins = content.get(words[first]) or words[first].isdecimal()  # 2级待遇
        last = _longest(words, first, ends, topic, count) if begins else first
        while last > first and words[last - 1] not in said:  # 补贴的: it ends with what says something
            last -= 1
        stretch = topic[ends[first] : ends[last]]
        if len(stretch) >= SHORTEST and not stretch.isnumeric():
            stands = content[stretch] if stretch in content else count(stretch)
            if 0 < stands <= most:
                kept.append(stretch)
                least = JOINED if sum(word in said for word in words[first:last]) > 1 else least
        first = max(last, first + 1)
    if sum(map(len, kept)) <= least * whole:
        return ()
    return tuple(one for one in dict.fromkeys(kept) if not any(one in other for other in kept if other != one))


def _longest(words: Sequence[str], first: int, ends: Sequence[int], topic: str, count: Callable[[str], int]) -> int:
    """After which word the longest stretch from this one that stands somewhere ends."""
    last = first + 1
    while last < len(words) and count(topic[ends[first] : ends[last + 1]]):
        last += 1
    return last
