"""Sentences about items, labelled before there was anything to tell them apart: the false are stopped, the true pass.

`phrasing/sentences.tsv`: its `first` half was looked at while the gate was made, the `second` was not; `third` was written
afterwards, to get past it.
"""

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from corpus import Document, load_corpus
from service.llm.alignment import is_said
from service.llm.gate import Gate
from service.llm.source import Source
from service.llm.tokens import tokens
from tests.conftest import SECOND_DOCUMENTS, YEARS

FOLDER = Path(__file__).parent / "phrasing"


@cache
def documents() -> dict[str, Document]:
    corpora = [load_corpus(), *map(load_corpus, (FOLDER / "documents", SECOND_DOCUMENTS, YEARS))]
    return {document.id: document for corpus in corpora for document in corpus.documents}


@cache
def gate(id: str) -> Gate:
    document = documents()[id]
    return Gate(document.items, {id: document}, {name: name for name in document.departments})


def refusal(id: str, cited: str, text: str) -> str | None:
    items = {item.id: item for item in documents()[id].items}
    elsewhere = documents()["plan-2022"].items[0]  # stands for what is not in the set
    return gate(id).refuses(text, [items.get(name, elsewhere) for name in cited.split()])


def rows() -> list[dict[str, str]]:
    with (FOLDER / "sentences.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_no_false_sentence_is_shown() -> None:
    false = [row for row in rows() if row["kind"] != "honest"]
    assert len([row for row in false if row["half"] != "third"]) == 300
    assert len({row["kind"] for row in false}) == 16
    assert [row for row in false if refusal(row["document"], row["cited"], row["text"]) is None] == []


@pytest.mark.parametrize("half", ["first", "second", "third"])
def test_true_sentences_pass(half: str) -> None:
    true = [row for row in rows() if row["kind"] == "honest" and row["half"] == half]
    passed = [row for row in true if refusal(row["document"], row["cited"], row["text"]) is None]
    assert len(true) == {"first": 100, "second": 100, "third": 20}[half]
    assert len(passed) >= 0.95 * len(true)


def test_a_refusal_says_why() -> None:
    said = {
        "由注册部牵头，培育一批“三同”知名品牌。": None,
        "由认可部牵头，培育一批“三同”知名品牌。": "role",
        "由注册部牵头，培育一批“五同”知名品牌。": "quote",
        "由注册部牵头，培育20个“三同”知名品牌。": "number",
        "由注册部牵头，打造一批“三同”知名品牌。": "words",
        "由注册部牵头，培育一批“三同”知名品牌，见http://a.cn。": "form",
        "由注册部牵头，培育一批“三同”知名品牌\u202e。": "form",
        "。": "form",
    }
    assert {text: refusal("cnca-2017", "1", text) for text in said} == said
    assert refusal("cnca-2017", "", "培育一批“三同”知名品牌。") == "citation"


def test_what_is_said_of_several_items_holds_for_each() -> None:
    assert refusal("plan-2024", "8 12", "第8项由教育局牵头，第12项由卫健局牵头。") is None
    assert refusal("plan-2024", "8 12", "第8项由卫健局牵头，第12项由教育局牵头。") == "role"
    assert refusal("plan-2024", "11 12", "都由卫健局牵头。") is None
    assert refusal("plan-2024", "8 12", "都由教育局牵头。") == "role"
    assert refusal("plan-2024", "8 12", "第11项由卫健局牵头。") is not None  # not cited
    assert refusal("plan-2024", "11 12", "第11、12项都由卫健局牵头。") is None
    assert refusal("plan-2024", "8 12", "第8項和第十二項由教育局牽頭。") == "role"
    assert refusal("plan-2024", "8 12", "第八項：由教育局牽頭；第十二項，由衛健局牽頭。") is None
    assert refusal("plan-2024", "8", "由教育局牵头〔第8项〕。") is None
    assert (
        refusal("plan-2024", "8 12", "由教育局牵头〔第8项〕，由卫健局牵头〔第12项〕。") is not None
    )  # of which is not said
    assert refusal("plan-2024", "8", "第8项。") == "words"


def test_a_sentence_is_read_in_either_script_and_any_digits() -> None:
    for text in ("植樹造林２萬畝，由林業局牽頭。", "植树造林二万亩，由林业局牵头。"):
        assert refusal("plan-2024", "18", text) is None
    assert tokens("百分之八十的企業，共三十家") == tuple("80% 的 企 业 , 共 30 家".split())
    assert tokens("1,200个“一带一路”项目及时办结") == tuple("1200 个 1 带 1 路 项 目 及 时 办 结".split())


TEXT = "在学校、医院、车站等场所设置分类容器，公布投放时间；未分类的，不得主动收运；会同有关部门积极开展检查。"


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("在学校、车站等场所设置分类容器", True),  # some of a list
        ("公布投放时间，会同有关部门开展检查", True),  # clauses passed over, and an adverb
        ("开展检查", True),  # with whom is left out
        ("设置分类容器", False),  # where is left out
        ("未分类的，不得主动收运", True),
        ("不得主动收运", False),  # the condition is left out
        ("未分类的，不得收运", False),  # an adverb of a denial is no adornment
        ("在学校等公布投放时间", False),  # two clauses made one
        ("会同有关部门公布投放时间", False),
        ("在学校", False),  # cut off
        ("积极开展检查，并处罚款", False),
    ],
)
def test_a_sentence_is_the_texts_own_words(sentence: str, said: bool) -> None:
    assert is_said(tokens(sentence), Source.of(TEXT)) is said


def test_an_exception_is_not_cut_off() -> None:
    source = Source.of("摊贩可以摆卖，但学校门口除外。有下列情形之一的，不予登记：（一）材料不全；（二）逾期申请。")
    assert not is_said(tokens("摊贩可以摆卖"), source)
    assert is_said(tokens("摊贩可以摆卖，但学校门口除外"), source)
    assert not is_said(tokens("逾期申请"), source)  # what it is listed under is left out


def test_the_words_are_written_once() -> None:
    from service.llm.words import FILE

    lines = [line for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    for line in lines:
        name, _, words = line.partition(":")
        counts = Counter(words.split())
        assert name.isalpha(), line
        assert max(counts.values()) == 1, line


def test_items_of_one_number_are_told_apart_by_the_item() -> None:
    """第2条 of two chapters, both cited: which is meant cannot be told, and nothing is shown."""
    assert refusal("fitness-2021", "1.2 2.2", "第2条由市教育局负责。") is not None
