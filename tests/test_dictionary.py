"""Our cuts are jieba's, word for word."""

import json
from collections.abc import Iterator
from pathlib import Path

import jieba
import numpy as np
import pytest

from corpus import PACKAGED, fold, load_corpus
from index.bulk import cut_all
from index.dictionary import Dictionary
from index.trie import Trie

ROOT = Path(__file__).parent.parent
ODD = [
    "",
    " ",
    "a1 b2\r\n\t。",
    "C919大飞机-3.5%",
    "𠮷野家",
    "丂七",
    "龘靐" * 3,
    "的" * 150,
    "ＡＢＣ認證",
    "x\u3000y",
    "\x00认证",
]


def texts() -> Iterator[str]:
    """Every line of the project's documents, word lists, questions and pages."""
    for pattern in ("corpus/**/*.txt", "tests/**/*.txt", "service/**/*.txt", "**/README.md"):
        for path in ROOT.glob(pattern):
            if not any(part.startswith(".") for part in path.relative_to(ROOT).parts):
                yield from path.read_text(encoding="utf-8").splitlines()
    for path in ROOT.glob("*/questions/*.jsonl"):
        yield from (json.loads(line)["question"] for line in path.read_text(encoding="utf-8").splitlines())
    yield from ODD


@pytest.fixture(scope="module")
def theirs() -> jieba.Tokenizer:
    """jieba with the words of the packaged dictionary; it reads no cache from the temporary folder."""
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for word in load_corpus(PACKAGED).words:
        tokenizer.add_word(fold(word))
    return tokenizer


@pytest.fixture(scope="module")
def ours() -> Dictionary:
    dictionary = Dictionary()
    for word in load_corpus(PACKAGED).words:
        dictionary.add(fold(word))
    return dictionary


def test_every_line_of_the_project_is_cut_as_jieba_cuts_it(theirs: jieba.Tokenizer, ours: Dictionary) -> None:
    lines = [*dict.fromkeys(texts())]
    assert len(lines) > 3000
    for line in {*lines, *map(fold, lines)}:
        assert list(ours.cut(line)) == list(theirs.cut(line, HMM=False))
        assert list(ours.cut_for_search(line)) == list(theirs.cut_for_search(line, HMM=False))


def test_texts_cut_at_once_are_cut_as_each_by_itself(ours: Dictionary) -> None:
    lines = [fold(line) for line in dict.fromkeys(texts())]
    for several in (lines, ODD, ["a" * 3 + "-" * 300, "认证"], [""], []):
        cut = cut_all(several, ours)
        assert len(set(cut.words)) == len(cut.words)
        words = iter([cut.words[token] for token in cut.tokens.tolist()])
        for line, count in zip(several, cut.counts.tolist(), strict=True):
            expected = [one for one in ours.cut_for_search(line) if any(map(str.isalnum, one))]
            assert [next(words) for _ in range(count)] == expected


def test_words_of_our_own_count_when_texts_are_cut_at_once() -> None:
    dictionary = Dictionary()
    assert {*cut_all(["云泽平台"], dictionary).words} == {"云", "泽", "平台"}
    dictionary.add("云泽平台")
    assert {*cut_all(["云泽平台"], dictionary).words} == {"平台", "云泽平台"}


def test_every_word_is_as_frequent_as_jieba_says(theirs: jieba.Tokenizer, ours: Dictionary) -> None:
    assert all(ours.count(word) == count for word, count in theirs.FREQ.items())
    assert ours.count("龘靐") is None
    assert ours.frequency("认证") == theirs.FREQ["认证"] / theirs.total


def test_what_is_kept_in_a_folder_is_used_and_made_anew_where_it_is_damaged(tmp_path: Path) -> None:
    assert [*Dictionary(tmp_path).cut("推行垃圾分类")] == ["推行", "垃圾", "分类"]
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    for damaged in (whole[:-1], whole[:-1] + bytes([whole[-1] ^ 1]), b"", b"\xff" * 100):
        file.unlink()  # a file that is mapped is replaced, never changed
        file.write_bytes(damaged)
        assert [*Dictionary(tmp_path).cut("推行垃圾分类")] == ["推行", "垃圾", "分类"]
        assert file.read_bytes()[-1000:] == whole[-1000:]


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert [*Dictionary(tmp_path / "file").cut("垃圾分类")] == ["垃圾", "分类"]


def test_a_trie_holds_words_and_what_begins_them() -> None:
    trie = Trie(Trie.arrays_of({"认": 3, "认证认可": 7, "𠮷": 1}))
    assert [trie.get(word) for word in ("认", "认证", "认证认可", "𠮷", "证", "认可", "")] == [
        3,
        0,
        7,
        1,
        None,
        None,
        0,
    ]
    assert trie.prefixes([*map(ord, "国认证认可")], 1) == [(2, 3), (5, 7)]
    assert trie.prefixes([*map(ord, "国")], 1) == []
    found = trie.everywhere(np.array([*map(ord, "国认证认可认")], dtype=np.uint32))
    assert [(places.tolist(), length, numbers.tolist()) for places, length, numbers in found] == [
        ([1, 3, 5], 1, [3, 3, 3]),
        ([1], 4, [7]),
    ]
