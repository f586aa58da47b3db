"""Each word of asking and each form has a witness: a question that is answered rightly because it stands there. The words
are listed beside this file and not read from the lexicon, so that a word that is lost is missed."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from corpus import fold, load_corpus, to_simplified
from index import Encoder, Index, Segmenter
from service import Assistant
from service.answering import Answer
from service.understanding import lexicon
from service.understanding.choosing import OF_DOCUMENTS
from service.understanding.form_changes import CHANGES, FILES
from service.understanding.form_document import DOCUMENT
from service.understanding.understand import FORMS
from tests.test_forms import TEXT
from tests.test_forms import town as town  # a fixture: a document with deadlines
from tests.test_questions import named_by, rows_of

HERE = Path(__file__).parent / "questions"
ANNEX = """三、抓民生
（一）教育优先
5.建学校。（责任领导：周芸；牵头部门：教育局）
（二）供水保障
6.修水厂，为建学校供水。（牵头部门：水务局）
附件
重点工程清单
1.修路。（牵头部门：水务局；完成时限：持续推进）
2.修桥。（牵头部门：教育局）
"""  # headings below the outermost, and an attachment
BRIDGES = """第一条 修桥应当会议审议通过。
第二条 不得在桥上停车。
第三条 违反本条例第二条规定的，处一百元罚款。
第四条 桥梁每年检测一次。
第五条 管桥人应当履行下列义务、职责、责任：
（一）巡查；
（二）收费。
管桥人享有下列权利、权限、职权、资格：
（一）看桥；
（二）请假。
管桥人应当具备下列条件、手续、功能：
（一）有证；
（二）识字。
管桥人提交下列材料、资料、事项、内容：
（一）证件；
（二）照片。
管桥人应当服务下列地点、场所、区域：
（一）桥头；
（二）桥尾。
管桥人应当服务下列对象、人员、范围、时间：
（一）行人；
（二）船夫。
管桥人不得有下列情形、行为：
（一）缺勤；
（二）醉酒。
第六条 管桥人有义务。
第七条 管桥其规矩，管桥的规矩。
第八条 醉酒上桥的，由守桥人处五元罚款。
第九条 守桥人佩戴证件。
第十条 车辆超重的，不予放行。
第十一条 每日六时上桥巡查。
第十二条 三月上桥巡查。
第十三条 五吨的货物不得上桥。
第十四条 货物必须捆扎上桥。
第十五条 守桥人每夜领取佣金、垫款、路费五元。
"""  # a penalty that refers to what is broken, and lists
_ITEMS = re.compile(r"(all|joint|unled)( |$)|(text|lead|support|any|item|section|only-lead|only-support):")


@dataclass(frozen=True, slots=True)
class Witness:
    of: str  # the word, or the name of the form
    kind: str  # the word's class
    document: str
    question: str
    right: str

    @classmethod
    def read(cls, of: str, kind: str, asked: str, right: str) -> "Witness":
        """`town/`, `annex/`, `other/`, `years/`, `editions/`, `renewal/`, `bridges/`, `span/` before a question: of that document."""
        places = r"(?:(town|annex|other|years|editions|renewal|bridges|span)/)?(.*)"
        document, question = re.fullmatch(places, asked).groups(default="packaged")  # type: ignore[union-attr]
        return cls(of, kind, document, question, right)


def _lines(name: str) -> Iterator[str]:
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line


def _words() -> Iterator[Witness]:
    kind = frame = right = ""
    for line in _lines("words.txt"):
        if not line.startswith(" "):
            kind = line
        elif not line.startswith("    "):
            frame, _, right = line.strip().partition(" = ")
        else:
            for word in (word.replace("·", " ") for word in line.split()):
                yield Witness.read(fold(word), kind, frame.replace("{}", word.removeprefix("^")), right)


def _forms() -> Iterator[Witness]:
    for line in _lines("forms.txt"):
        name, _, asked = line.partition(" | ")
        question, _, right = asked.partition(" = ")
        yield Witness.read(name, "", question, right)


WORDS, ROWS = list(_words()), list(_forms())


class Asked:
    """The documents' assistants, each question asked once."""

    def __init__(self, **assistants: Assistant) -> None:
        self.assistants = assistants
        self.answer = cache(self._answer)

    def _answer(self, document: str, asked: str) -> Answer:
        *history, question = asked.split(" > ")
        return self.assistants[document].ask(question, history)

    def is_right(self, witness: Witness) -> bool:
        document, right = witness.document, witness.right
        answer = self.answer(document, witness.question)
        what, _, value = right.partition(" ")
        if _ITEMS.match(right):
            return not answer.declined and _ids(answer) == {item.id for item in named_by(right)}
        match what:
            case "declined":
                return answer.declined and not answer.items and value in ("", answer.reason)
            case "ids":
                return not answer.declined and _ids(answer) == set(value.split())
            case "count":
                return answer.plan.ask.kind == "count" and answer.count == int(value)
            case "says":
                return value in answer.text
            case "departments":
                return set(_table(answer)) == set(value.split())
            case "top" | "bottom" | "table":
                table, expected = _table(answer), rows_of(right)
                named = {to_simplified(name) for name in answer.departments}
                return expected.items() <= table.items() and (what == "table" or named == set(expected))
        return _gist(answer) == _gist(self.answer(document, right))


def _ids(answer: Answer) -> set[str]:
    return {match.item.id for match in answer.items}


def _table(answer: Answer) -> dict[str, int]:
    return {to_simplified(row.name): len(row.items) for row in answer.table or ()}


def _gist(answer: Answer) -> tuple[object, ...]:
    return answer.declined, answer.count, answer.layout, _ids(answer), _table(answer), answer.plan.unread, answer.text


@pytest.fixture(scope="module")
def annex(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    folder = tmp_path_factory.mktemp("annex")
    (folder / "annex.txt").write_text(TEXT + ANNEX, encoding="utf-8")
    return Assistant(Index.build(load_corpus(folder), segmenter, encoder))


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    """Of five years the plan, with one item more each year; asked in the third."""
    folder = tmp_path_factory.mktemp("years")
    for count, year in enumerate(range(2031, 2036), start=1):
        items = "".join(f"{number}.修桥。（牵头部门：水务局）\n" for number in range(1, count + 1))
        (folder / f"plan-{year}.txt").write_text(f"{year}年河湾市工作要点\n{items}", encoding="utf-8")
    return Assistant(Index.build(load_corpus(folder), segmenter, encoder), lambda: datetime.date(2033, 5, 1))


@pytest.fixture(scope="module")
def renewal(segmenter: Segmenter, encoder: Encoder) -> Assistant:
    """A plan that tells amounts."""
    return Assistant(Index.build(load_corpus(HERE.parent / "renewal"), segmenter, encoder))


@pytest.fixture(scope="module")
def bridges(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    """A regulation whose head tells who adopted it, and with a penalty."""
    folder = tmp_path_factory.mktemp("bridges")
    head = "2031年1月5日 河湾市人大常委会第三次会议审议通过\n2032年2月6日 上河省人大常委会第一次会议批准、公布\n2033年3月7日 第二次会议修订、修正\n"
    (folder / "bridges.txt").write_text(f"河湾市桥梁条例\n{head}{BRIDGES}", encoding="utf-8")
    return Assistant(Index.build(load_corpus(folder), segmenter, encoder))


@pytest.fixture(scope="module")
def span(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    """A plan for three years."""
    folder = tmp_path_factory.mktemp("span")
    items = "1.修桥，2032年1月底前完成。\n2.修路，2033年1月底前完成。\n3.修渠，2031年3月底前完成。\n"
    (folder / "span.txt").write_text(f"河湾市桥路三年行动计划（2031—2033年）\n{items}", encoding="utf-8")
    return Assistant(Index.build(load_corpus(folder), segmenter, encoder))


@pytest.fixture(scope="module")
def asked(
    assistant: Assistant,
    other: Assistant,
    town: Assistant,
    annex: Assistant,
    years: Assistant,
    editions: Assistant,
    renewal: Assistant,
    bridges: Assistant,
    span: Assistant,
) -> Asked:
    every = {"town": town, "annex": annex, "years": years, "editions": editions, "renewal": renewal}
    return Asked(packaged=assistant, other=other, bridges=bridges, span=span, **every)


@pytest.mark.parametrize("kind", sorted({witness.kind for witness in WORDS}))
def test_the_words_of_a_class_are_understood(kind: str, asked: Asked) -> None:
    wrong = [one for one in WORDS if one.kind == kind and not asked.is_right(one)]
    assert wrong == []


def test_each_form_is_understood(asked: Asked) -> None:
    assert [one for one in ROWS if not asked.is_right(one)] == []


def test_each_word_has_a_witness() -> None:
    seen = {(one.kind, one.of) for one in WORDS}
    known = {(kind, word) for word, kind in lexicon().class_of.items()}
    assert known - seen == set(), "words.txt: name each new word below a question of its class that needs it"


def test_each_form_has_a_witness() -> None:
    names = [form.name for form in (*FORMS, *DOCUMENT, *OF_DOCUMENTS, *CHANGES, *FILES)]
    assert len(names) == len(set(names))
    assert set(names) - {one.of for one in ROWS} == set(), "forms.txt: give each new form a question that needs it"
