"""Texts that make patterns and trees work hardest: repeated words in questions of 500 characters, repeated marks in
documents of 50,000, and twenty earlier questions.

seed 20; n: 180 questions, 40 documents; with YAODIAN_FAULTS=long every word of asking, alone and after two departments, and
600 documents. Limits: 60 times what an ordinary question of this length takes, 12 times an ordinary document, 25 times one
earlier question; what hangs is stopped at the limit.
"""

import os
import random
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from corpus import CorpusError, load_corpus
from index import Index, Segmenter
from service import Assistant
from service.entries import reading_reply
from service.pages import document_page
from service.understanding.lexicon import lexicon
from service.wire import Wire
from tests.conftest import CharacterEncoder
from tests.test_properties import calls_of, no_longer_than

LONG = os.environ.get("YAODIAN_FAULTS") == "long"
QUESTION, DOCUMENT = 500, 50_000  # characters
ORDINARY = "法律部牵头的任务里，哪些涉及品牌、电商与绿色产品，又由国际部协作，要在年底之前完成，并且写明了时限？"
MARKS = """
    一、 （一） （1） ① 第一条 第一章 第一条之一 1.2.3 （牵头部门:甲局） 责任单位：甲局、乙局 按职责分工负责 甲局牵头， 各市、县政府 2025年6月底前完成
    附件 附件1 关于 的通知 国发〔2025〕1号 二○二五年 （ ） 〔 “ 《 》 、 ， ： ； 。 | # * [a](b) 等 和 第 年 月 1 甲
""".split()
QUICK = (
    ["（1）", "\u202e", "”"],
    ["一、甲", "（一）乙", "1.丙", "（1）丁"],
    ["一、"],
    ["第一条之一", "甲"],
    ["甲局牵头，"],
    ["（"],
    ["2025年6月底前完成"],
    ["[a](b)"],
    ["、"],
)


def took(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def departments(assistant: Assistant) -> list[str]:
    return sorted({name for one in assistant.documents for item in one.items for name in (*item.lead, *item.support)})


def test_no_repeated_word_takes_long(assistant: Assistant) -> None:
    names, classes = departments(assistant), lexicon().classes.values()
    words = [word for own in classes for word in (own if LONG else own[:1])]
    asked = [*names, *words, *(f"{name}{word}" for name in names[: 1 if LONG else 0] for word in words)]
    ordinary = (ORDINARY * 20)[:QUESTION]
    assistant.ask(ordinary)
    limit = 60 * max(took(partial(assistant.ask, ordinary[at:])) for at in (1, 2, 3))
    for one in asked if LONG else [*asked, *(f"{names[0]}{word}" for word in words[::2])]:
        with no_longer_than(max(limit, 10.0)):
            assert took(partial(assistant.ask, (one * QUESTION)[:QUESTION])) < max(limit, 1.0), one


def test_earlier_questions_cost_as_much_as_they_are_many(assistant: Assistant) -> None:
    earlier = [f"第{number}项讲什么，" + ORDINARY * 7 for number in range(1, 21)]
    for asked in ("它由谁牵头", "其中国际部的", "那法律部不是"):
        one = max(calls_of(partial(assistant.ask, asked, [f"{each[:-2]}甲{asked}"])) for each in earlier[:4])
        assert calls_of(partial(assistant.ask, asked, [f"{each[:-2]}乙{asked}" for each in earlier])) < 25 * one, asked


def forms(marks: list[str]) -> dict[str, str]:
    """Documents of them: in one line, a line each, in an item, in the title, in items."""
    one = "".join(marks)
    many = one * (DOCUMENT // len(one) + 1)
    numbered = "".join(f"{at}、{one * 40}\n" for at in range(1, DOCUMENT // (len(one) * 40 + 3) + 2))
    every = {
        "a line each": f"通知\n{many[:DOCUMENT].replace(one, chr(10).join(marks) + chr(10))}",
        "in items": f"通知\n{numbered}",
        "in an item": f"通知\n一、甲任务{many[:DOCUMENT]}\n二、乙任务。\n",
        "in one line": f"通知\n{many[:DOCUMENT]}\n",
        "in the title": f"{many[:DOCUMENT]}\n一、甲任务。\n",
    }
    return every if LONG else dict(list(every.items())[:2])


def whole(folder: Path, text: str, segmenter: Segmenter) -> None:
    """Read, indexed, asked and shown."""
    (folder / "a.txt").write_text(text, encoding="utf-8")
    try:
        index = Index.build(load_corpus(folder), segmenter, CharacterEncoder())
    except CorpusError:  # nothing in it can be cited
        return
    assistant, wire = Assistant(index), Wire(index.corpus)
    for question in ("甲局牵头哪些任务", "第1项讲什么", "按部门分组列出所有任务", "第二部分讲什么"):
        assistant.ask(question)
    document_page(index.corpus.documents[0], wire.listing)
    reading_reply(index.corpus.documents[0])
    wire.suggestions("a")


def documents() -> list[list[str]]:
    draw = random.Random(20)
    some = [draw.choices(MARKS, k=draw.randint(2, 5)) for _ in range(80 if LONG else 12)]
    return [*([[one] for one in MARKS] if LONG else QUICK), *some]


@pytest.fixture(scope="module")
def limit(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter) -> float:
    line = "{}、推进数据平台的建设，各单位要认真组织实施，2025年6月底前完成。(牵头部门:甲局)\n"
    text = "通知\n" + "".join(line.format(number) for number in range(1, 2000))
    return 12 * took(partial(whole, tmp_path_factory.mktemp("ordinary"), text[:DOCUMENT], segmenter))


@pytest.mark.parametrize("marks", documents(), ids=" ".join)
def test_no_repeated_mark_takes_long(marks: list[str], limit: float, tmp_path: Path, segmenter: Segmenter) -> None:
    for form, text in forms(marks).items():
        with no_longer_than(max(4 * limit, 30.0)):
            assert took(partial(whole, tmp_path, text, segmenter)) < limit, form
