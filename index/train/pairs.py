"""Laws -> pairs of texts that mean nearly the same: the examples the encoder learns from."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.tokens import Segmenter
from index.train.lines import read_lines

Ids = npt.NDArray[np.int32]  # (words,) rows of the vocabulary
Rows = npt.NDArray[np.int64]  # (words,) the same, of words that may stand for one
Pair = tuple[Ids, Ids]

SUBSTITUTED = 0.4  # of the words of a pseudo question that have neighbours
UNKNOWN = "[UNK]"  # row 0: a zero vector
TRIES = 1000  # draws for one pair
MIN_COUNT = 5  # a word seen less often in the laws has nothing to learn from
MOST_WORDS = 85_000  # 256 numbers of 8 bits each and the vocabulary's own file stay below 25 MB
RARE = 5e-8  # of all words: rarer ones in jieba's dictionary are left out

_SENTENCE = re.compile(r"[^。；;！？\n]+")

# The grammar of asking, so that the encoder learns to give its words little weight.
TEMPLATES = """
    {} {}的内容 {}有哪些规定 {}怎么办 {}方面有什么工作 {}由哪个部门负责 {}需要什么条件 {}是什么意思
    关于{}的要求是什么 与{}有关的任务有哪些 涉及{}的事项都列出来 对{}有什么措施 介绍一下{}的情况
    请问{}是怎么规定的 想了解一下{} 帮我查一下{} 我想知道{} 有没有提到{} 什么情况下{} 如何{} 为什么要{} 能不能{}
    哪些任务涉及{} 哪些条款涉及{} 哪几项工作跟{}相关 谁负责{}
""".split()
COLLOQUIAL = """
    {}行不行 {}可以吗 会不会{} {}要不要紧 这{}怎么办 {}了没有 {}谁来管 {}归谁管 {}有没有人管 {}的事 {}的东西 那些{}的
    我想{} 我们{}要怎么做 {}以后怎么办 {}是不是还要 听说{} 说的是{}的有哪些 跟{}沾边的 把{}的都找出来 {}能不能行 {}用不用
    {}这件事 {}这几个 {}还有没有 让{} 给{} 就{}吧 {}着呢 {}来着 {}得怎么样 不{}了
""".split()


@dataclass(frozen=True, slots=True)
class Article:
    heading: Ids
    sentences: list[Ids]


@dataclass(frozen=True, slots=True)
class Laws:
    """Articles, in the file's order, as rows of `vocabulary`; how often each word is used, of all words: in the laws, and there or in
    jieba's dictionary, whichever is more."""

    vocabulary: list[str]
    shares: npt.NDArray[np.float64]
    commonness: npt.NDArray[np.float64]
    articles: list[Article]
    templates: list[tuple[Ids, Ids]]  # of asking: the words before and after the gap
    colloquial: list[tuple[Ids, Ids]]  # the same, as people speak


def read_articles(path: Path) -> Iterator[tuple[str, str]]:
    """(title and heading, text) of each line of a JSON-lines file, plain or .xz."""
    for article in read_lines(path):
        yield f"{article['title']} {article['heading']}", article["text"]


def sentences_of(text: str) -> list[str]:
    return _SENTENCE.findall(text)


def read_laws(path: Path, segmenter: Segmenter, glossed: Iterable[str] = ()) -> Laws:
    """`glossed` are words with a meaning of their own: the most used of them join the vocabulary up to MOST_WORDS."""
    cut = [
        (segmenter.search_words(heading), [segmenter.search_words(s) for s in sentences_of(text)])
        for heading, text in read_articles(path)
    ]
    counts = Counter(word for heading, sentences in cut for words in (heading, *sentences) for word in words)
    templates, colloquial = (
        [[segmenter.search_words(side) for side in template.split("{}")] for template in asked]
        for asked in (TEMPLATES, COLLOQUIAL)
    )
    asking = {word for sides in (*templates, *colloquial) for side in sides for word in side}
    known = sorted(word for word in counts.keys() | asking if counts[word] >= MIN_COUNT or word in asking)
    more = sorted(
        (word for word in {*glossed} - {*known} if segmenter.frequency(word) >= RARE),
        key=lambda word: (-segmenter.frequency(word), word),
    )
    vocabulary = [UNKNOWN, *known, *more[: max(0, MOST_WORDS - len(known) - 1)]]
    rows = {word: row for row, word in enumerate(vocabulary)}

    def ids(words: list[str]) -> Ids:
        return np.array([rows[word] for word in words if word in rows], dtype=np.int32)

    articles = [Article(ids(heading), [ids(sentence) for sentence in sentences]) for heading, sentences in cut]
    total = counts.total()
    general = np.array([segmenter.frequency(word) for word in vocabulary])
    shares = np.array([counts[word] / total for word in vocabulary])
    shares = np.where(shares > 0, shares, general)
    return Laws(
        vocabulary,
        shares,
        np.maximum(shares, general),
        articles,
        [(ids(before), ids(after)) for before, after in templates],
        [(ids(before), ids(after)) for before, after in colloquial],
    )


class PairSampler:
    """Draws training pairs: sentence and rest, heading and article, pseudo question and article. In the questions a
    word that has `neighbours`, rows of words that mean nearly the same, is replaced by one of them in SUBSTITUTED of
    all cases."""

    def __init__(
        self,
        laws: Laws,
        articles: list[Article],
        seed: int,
        neighbours: Mapping[int, Rows] | None = None,
        colloquial: bool = True,
    ) -> None:
        self._articles = [article for article in articles if article.sentences]
        self._neighbours = neighbours or {}
        self._templates = [*laws.templates, *(laws.colloquial if colloquial else ())]
        self.random = np.random.default_rng(seed)
        self._idf = -np.log(np.maximum(laws.shares, laws.shares[laws.shares > 0].min()))

    def batch(self, size: int) -> tuple[list[Ids], list[Ids]]:
        """The left and the right texts of `size` pairs. Raises ValueError where the articles give none."""
        lefts: list[Ids] = []
        rights: list[Ids] = []
        for _ in range(TRIES * size if self._articles else 0):
            article = self._articles[self.random.integers(len(self._articles))]
            left, right = self._draw(article)
            if len(left) and len(right):
                lefts.append(left)
                rights.append(right)
            if len(lefts) == size:
                return lefts, rights
        raise ValueError(
            f"法条里找不出可学的文本对：应有几句话、其中的词至少出现{MIN_COUNT}次，共有{len(self._articles)}条"
        )

    def _draw(self, article: Article) -> Pair:
        kind = self.random.random()
        if kind < 0.35 and len(article.sentences) > 1:
            return self.sentence_and_rest(article)
        if kind < 0.5 and len(article.heading):
            return article.heading, np.concatenate(article.sentences)
        return self.question_and_article(article)

    def sentence_and_rest(self, article: Article) -> Pair:
        chosen = int(self.random.integers(len(article.sentences)))
        rest = [sentence for i, sentence in enumerate(article.sentences) if i != chosen]
        return article.sentences[chosen], np.concatenate(rest)

    def question_and_article(self, article: Article) -> Pair:
        """One to five of the article's words, the rarer the likelier, in a template of asking; in 60 % of
        cases the article loses those words, so that only their neighbours in meaning can answer."""
        words = np.concatenate(article.sentences)
        candidates = np.unique(words)
        if not len(candidates):
            return candidates, words
        size = min(int(self.random.integers(1, 6)), len(candidates))
        # the largest of log(likelihood) + Gumbel noise are a draw without replacement
        drawn = np.log(self._idf[candidates]) + self.random.gumbel(size=len(candidates))
        asked = candidates[np.argpartition(-drawn, size - 1)[:size]]
        before, after = self._templates[self.random.integers(len(self._templates))]
        if self.random.random() < 0.6:
            words = words[~np.isin(words, asked)]
        return np.concatenate([before, self._substituted(asked), after]), words

    def _substituted(self, asked: Ids) -> Ids:
        return np.array(
            [
                self.random.choice(self._neighbours[row])
                if row in self._neighbours and self.random.random() < SUBSTITUTED
                else row
                for row in asked.tolist()
            ],
            dtype=np.int32,
        )
