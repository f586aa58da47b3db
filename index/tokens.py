"""Words of a text: fold first, then cut as jieba does, with the domain dictionary."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from pathlib import Path

from corpus import fold
from index.bulk import Cut, cut_all
from index.dictionary import Dictionary

TOKENIZER_VERSION = 1  # raise it when the words of a text change: built indexes become stale

RUN = 200  # characters: jieba's time grows with the square of an unbroken run

# Words of asking and of grammar that no item is about. They are left out of a topic's content words, unless
# nothing else is left.
_ASKING = frozenset(
    """
    的 了 和 与 及 或 以及 并 且 等 是 有 在 对 把 被 将 让 给 为 从 到 由 也 都 就 还 又 很 吗 呢 吧 啊 么 之 其 该 这 那
    此 各 个 项 条 什么 怎么 怎样 如何 怎么样 怎么办 哪些 哪个 哪 几 多少 谁 为什么 是否 能否 可以 能 会 要 想 请 请问 我
    我们 你 你们 他们 关于 有关 相关 涉及 方面 问题 情况 内容 事项 任务 工作 要求 规定 措施 条款
    """.split()
)

_RUN = re.compile(rf"[^\W_]{{{RUN}}}")


class Segmenter:
    """Cuts folded text as jieba does, with `words` added to its dictionary. `folder` keeps the dictionary in a form that
    loads at once."""

    def __init__(self, words: Iterable[str] = (), folder: Path | None = None) -> None:
        self.folder = folder
        self._dictionary = Dictionary(folder)
        for word in words:
            self._dictionary.add(fold(word))
        # the same question is cut again by each part of reading it
        self._pieces = lru_cache(maxsize=256)(lambda folded: tuple(self._dictionary.cut(folded)))

    def words(self, text: str) -> list[str]:
        """One cut of the text, punctuation left out: 推行垃圾分类 -> 推行, 垃圾, 分类."""
        return [word for word in self._dictionary.cut(_broken(text)) if _is_word(word)]

    def search_words(self, text: str) -> list[str]:
        """The same and the shorter dictionary words inside each: 小微企业 -> 企业, 小微企业."""
        return [word for word in self._dictionary.cut_for_search(_broken(text)) if _is_word(word)]

    def cut_all(self, texts: Sequence[str]) -> Cut:
        """The search words of many texts at once, which takes a sixth of the time."""
        joined = "\n".join(texts)
        folded = texts if fold(joined) == joined else [fold(text) for text in texts]
        return cut_all([_parted(text) for text in folded], self._dictionary)

    def content_words(self, text: str) -> list[str]:
        """The distinct words a text is about, in order: 垃圾的工作 -> 垃圾; but 工作 -> 工作. Characters that the
        dictionary knows no word of are one together (云泽); one alone is no word: it stands in too many others."""
        words: list[str] = []
        run = ""
        for word in [*self._dictionary.cut(_broken(text)), ""]:
            if len(word) == 1 and word.isalpha() and word not in _ASKING:
                run += word
                continue
            words += [found for found in (run, word) if len(found) > 1 and _is_word(found)]
            run = ""
        words = [*dict.fromkeys(words)]
        return [word for word in words if word not in _ASKING] or words

    def frequency(self, word: str) -> float:
        """How often jieba's dictionary says the folded word is used, of all words: 0 to 1."""
        return self._dictionary.frequency(word)

    def cut(self, text: str) -> list[str]:
        """The folded text, all of it, in pieces: words, characters of none, punctuation. For short texts: see RUN."""
        return list(self._pieces(fold(text)))

    def pieces(self, folded: str) -> list[str]:
        """The same of a text of any length, already folded."""
        ends = [0, *(match.end() for match in _RUN.finditer(folded)), len(folded)]
        return [piece for begin, end in pairwise(ends) for piece in self._dictionary.cut(folded[begin:end])]

    def boundaries(self, text: str) -> set[int]:
        """The offsets at which a word of the text begins or ends."""
        return {0, *accumulate(map(len, self.cut(text)))}


def _broken(text: str) -> str:
    return _parted(fold(text))


def _parted(folded: str) -> str:
    return _RUN.sub(r"\g<0> ", folded) if len(folded) >= RUN else folded


def _is_word(word: str) -> bool:
    return word.isalnum() or any(character.isalnum() for character in word)
