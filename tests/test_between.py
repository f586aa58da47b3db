"""Questions between documents: what changed, which document, since when, each year; on three years of a plan and two
versions of a regulation."""

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from corpus import load_corpus
from index import Encoder, Index, Segmenter
from service import Assistant
from service.app import create_app
from service.export import to_text, to_workbook
from service.replies import AskReply
from service.understanding import understand, written
from tests.conftest import YEARS, loaded

NEW = ["2", "6", "12", "14", "17", "19", "21"]
GONE = ["10", "4", "15", "18", "19"]  # where they would stand: 10 behind what became 3, 4 behind what became 10
CHANGED = ["1", "3", "4", "5", "8", "10", "11", "13", "15", "16", "20", "22"]
SAME = ["7", "9", "18"]


@pytest.fixture(scope="module")
def client(editions: Assistant) -> Iterator[TestClient]:
    with TestClient(create_app(loaded(editions))) as client:
        yield client


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    """Two bodies' plans of the same years, and a note without a date."""
    folder = tmp_path_factory.mktemp("several")
    for district in ("东湖区", "西岭区"):
        for year in (2023, 2024):
            text = f"{district}{year}年工作要点\n\n{district}人民政府\n{year}年3月1日\n\n1.修路{year - 2000}公里。（牵头部门：交通局）\n2.绿化。\n"
            (folder / f"{district}-{year}.txt").write_text(text, encoding="utf-8")
    (folder / "note.txt").write_text("绿化说明\n1.绿化要浇水。\n2.修路要验收。\n", encoding="utf-8")
    return Assistant(Index.build(load_corpus(folder), segmenter, encoder))


def ids(assistant: Assistant, question: str, *history: str) -> list[str]:
    answer = assistant.ask(question, history)
    assert not answer.declined, answer.text
    return [match.item.id for match in answer.items]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("和去年比多了哪些任务", NEW),
        ("跟上年相比新增了哪些任务", NEW),
        ("2024年工作要点比2023年多了哪些", NEW),
        ("今年有去年没有的任务有哪些", NEW),
        ("今年新增了哪些任务", NEW),
        ("2024年新增的任务有哪些", NEW),
        ("與去年相比新增了哪些任務", NEW),
        ("今年比去年少了哪些", GONE),
        ("去年有今年没有的任务", GONE),
        ("和去年比改了哪些任务", CHANGED),
        ("和去年比哪些任务没有变", SAME),
        ("和去年比有什么变化", NEW + GONE + CHANGED),
        ("2024年和2023年的要点有什么不同", NEW + GONE + CHANGED),
        ("两年的工作要点有什么区别", NEW + GONE + CHANGED),
        ("2023年和2024年都有的任务", CHANGED + SAME),
        ("教育局牵头的任务和去年比有什么变化", ["8"]),
        ("垃圾分类的任务今年有什么变化", ["15"]),
        ("2023年的要点比2024年多了哪些任务", GONE),
        ("2023年的要点比2024年少了哪些任务", NEW),
        ("和2024年相比，2023年多了哪些任务", GONE),
        ("2023年和2024年的要点哪里不一样", NEW + GONE + CHANGED),
        ("和2023年比哪些任务换了牵头部门", ["3"]),
        ("2024年和2023年比，牵头部门变了的有哪些", ["3"]),
        ("和前年比改了哪些", ["1", "8", "9", "15", "18"]),
    ],
)
def test_what_became_of_the_items(editions: Assistant, question: str, expected: list[str]) -> None:
    assert ids(editions, question) == expected


def test_versions_of_a_regulation_are_told_apart_by_their_years(editions: Assistant) -> None:
    answer = editions.ask("新版比旧版多了哪些条款")
    assert [match.item.label for match in answer.items] == ["第3条", "第6条", "第7条", "第9条", "第16条"]
    assert answer.text.startswith(
        "《清溪市生活垃圾管理办法（2023年）》与《清溪市生活垃圾管理办法（2019年）》相比，新增5条："
    )


def test_a_change_names_its_words_and_cites_both_texts(editions: Assistant) -> None:
    answer = editions.ask("教育局牵头的任务和去年比有什么变化")
    (change,) = answer.changes
    assert change.words == (["6", "1800"], ["4", "1200"])
    assert [(citation.document, citation.quote) for citation in answer.citations] == [
        ("plan-2023", "新建公办幼儿园6所，新增学位1800个。"),
        ("plan-2024", "新建公办幼儿园4所，新增学位1200个。"),
    ]
    assert "删去“6”“1800”，添上“4”“1200”" in answer.text


def test_departments_that_changed_are_said_and_their_notes_cited(editions: Assistant) -> None:
    answer = editions.ask("大数据局牵头的任务和去年比改了哪些")
    assert "牵头部门由工信局改为工信局、大数据局" in answer.text
    assert any("牵头部门：工信局、大数据局" in citation.quote for citation in answer.citations)


def test_every_quote_is_verbatim(editions: Assistant) -> None:
    texts = {document.id: document.text for document in editions.documents}
    for question in ("和去年比有什么变化", "新版比旧版改了哪些条款", "哪些文件提到垃圾分类"):
        for one in editions.ask(question).citations:
            assert texts[one.document][one.span.start : one.span.end] == one.quote


def test_the_reply_has_a_change_for_each_item(client: TestClient) -> None:
    asked = {"question": "和去年比有什么变化", "limit": 5, "offset": 10}
    reply = client.post("/api/ask", json=asked).json()
    AskReply.model_validate(reply)
    assert (reply["count"], len(reply["items"]), len(reply["changes"])) == (24, 5, 5)
    assert [one["kind"] for one in reply["changes"]] == ["gone", "gone", "changed", "changed", "changed"]
    assert reply["changes"][0]["after"] is None
    assert reply["changes"][0]["before"]["url"] == "/documents/plan-2023#item-18"
    changed = reply["changes"][2]
    assert changed["words"] == {"removed": ["30"], "added": ["45", "新增上市企业2家"]}
    assert changed["fields"] == ["support"]
    start, end = changed["spans"]["added"][0]
    assert changed["after"]["text"][start:end] == "45"
    assert client.post("/api/ask", json={"question": "第1项", "documents": ["plan-2024"]}).json()["changes"] == []


def test_what_else_became_of_items_is_said(editions: Assistant) -> None:
    assert "另有12项改动、3项未变。" in editions.ask("今年的要点和去年的比，多了什么、少了什么").text
    assert "另有" not in editions.ask("和去年比多了哪些任务").text


def test_a_number_is_of_the_later_document(editions: Assistant) -> None:
    answer = editions.ask("2024年工作要点第8项和2023年比有什么变化")
    assert [match.item.document + match.item.id for match in answer.items] == ["plan-20248"]


def test_two_items_of_one_document_are_compared_as_before(editions: Assistant) -> None:
    answer = editions.ask("2024年工作要点第8项和第9项有什么区别")
    assert answer.plan.ask.kind == "compare"
    assert [match.item.id for match in answer.items] == ["8", "9"]


# Which two


def test_an_unknown_year_is_said(editions: Assistant) -> None:
    answer = editions.ask("与2015年相比有什么变化")
    assert answer.declined
    assert "没有“2015年”" in answer.text


def test_nothing_is_compared_with_one_document(editions: Assistant) -> None:
    answer = editions.ask("和去年比多了哪些任务", documents=["plan-2024"])
    assert answer.declined
    assert not answer.changes


def test_a_year_that_no_document_is_of_is_not_exchanged_for_another(editions: Assistant) -> None:
    answer = editions.ask("2022年的要点和去年比多了哪些任务")
    assert answer.declined
    assert answer.text == "没有2021年的同一种文件可以比较。"


def test_more_pairs_than_one_are_asked_about_in_questions_that_are_answered(several: Assistant) -> None:
    answer = several.ask("和去年比改了哪些任务")
    assert answer.declined
    questions = [line.removeprefix("· ") for line in answer.text.splitlines()[1:]]
    assert len(questions) == 2
    assert {several.ask(question).items[0].item.document for question in questions} == {"东湖区-2024", "西岭区-2024"}
    assert ids(several, "东湖区2024年工作要点和2023年比改了哪些任务") == ["1"]


def test_this_year_is_of_those_that_have_one(
    tmp_path: Path, segmenter: Segmenter, encoder: Encoder, several: Assistant
) -> None:
    """Of two bodies' plans one goes on to this year; where none does, each may be meant."""
    for district, years in (("东湖区", (2030, 2031)), ("西岭区", (2031, 2032))):
        for year in years:
            text = f"{district}{year}年工作要点\n\n{district}人民政府\n{year}年3月1日\n\n1.修路{year}米。\n2.绿化。\n"
            (tmp_path / f"{district}-{year}.txt").write_text(text, encoding="utf-8")
    index = Index.build(load_corpus(tmp_path), segmenter, encoder)
    answer = Assistant(index, lambda: date(2032, 9, 1)).ask("今年比去年改了哪些任务")
    assert [(one.item.document, one.item.id) for one in answer.items] == [("西岭区-2032", "1")]
    later = Assistant(index, lambda: date(2035, 9, 1)).ask("今年比去年改了哪些任务")
    assert (later.reason, len(later.plan.offers)) == ("which_document", 2)


def test_two_documents_that_were_chosen_are_compared_whatever_else_there_is(several: Assistant) -> None:
    answer = several.ask("有什么变化", documents=["东湖区-2023", "东湖区-2024"])
    assert [one.change.kind for one in answer.changes] == ["changed"]


# In dialogue, written, kept


def test_a_dialogue_stays_with_the_two_documents(editions: Assistant) -> None:
    first = "和去年比多了哪些任务"
    assert ids(editions, "那少了哪些呢", first) == GONE
    assert ids(editions, "其中水务局牵头的", first) == ["19"]
    assert ids(editions, "只看教育局牵头的", "2024年和2023年的要点有什么不同") == ["8"]
    assert ids(editions, "2023年要点", "2024年要点")[:3] == ["1", "2", "3"]
    assert ids(editions, "哪一年开始提到的", "哪些任务涉及垃圾分类") == ["7"]
    assert editions.ask("哪一年开始提到的").declined


@pytest.mark.parametrize(
    "question",
    [
        "和去年比多了哪些任务",
        "教育局牵头的任务和去年比有什么变化",
        "新版比旧版改了哪些条款",
        "和去年比哪些任务没有变",
        "2023年和2024年都有的任务",
        "哪一年开始提到一带一路",
        "哪份文件里一带一路最多",
        "哪些文件提到垃圾分类",
        "各年各部门牵头几项",
        "历年教育局牵头多少项",
        "和2023年比哪些任务换了牵头部门",
    ],
)
def test_a_plan_is_written_and_read_back(editions: Assistant, question: str) -> None:
    plan = understand(question, editions.vocabulary)
    again = understand(written(plan), editions.vocabulary)
    assert (again.between, again.ask, again.where) == (plan.between, plan.ask, plan.where)


def test_a_comparison_is_kept_as_a_workbook_and_as_text(editions: Assistant) -> None:
    answer = editions.ask("教育局牵头的任务和去年比有什么变化")
    book = load_workbook(io.BytesIO(to_workbook(answer, editions.documents)))
    heading, row = book["答案"].iter_rows(values_only=True)
    shown = dict(zip(heading, row, strict=True))
    assert (shown["变化"], shown["原编号"], shown["新编号"]) == ("改动", "第1项", "第8项")
    assert (shown["删去的词"], shown["添上的词"]) == ("6、1800", "4、1200")
    text = to_text(answer, editions.documents)
    assert "第1项：新建公办幼儿园6所" in text
    assert "第8项：新建公办幼儿园4所" in text


def test_with_one_document_these_words_mean_what_they_meant(
    tmp_path: Path, segmenter: Segmenter, encoder: Encoder
) -> None:
    (tmp_path / "plan.txt").write_bytes((YEARS / "plan-2024.txt").read_bytes())
    one = Assistant(Index.build(load_corpus(tmp_path), segmenter, encoder))
    assert ids(one, "哪些任务涉及新增") == ["1", "3", "8"]
    assert ids(one, "哪些文件提到一带一路") == ["4", "6"]
    assert one.ask("哪些文件提到一带一路").table is None
    assert one.ask("和去年比多了哪些任务").declined


def test_words_of_change_stay_topics_where_nothing_is_compared(editions: Assistant) -> None:
    assert ids(editions, "哪些任务涉及新增学位") == ["8", "1"]
    assert editions.ask("2024年取消了哪些收费").plan.between is None


def test_items_of_two_documents_are_shown_beside_each_other(editions: Assistant) -> None:
    answer = editions.ask("2023年要点第2项和2024年要点第3项有什么区别")
    found = [(match.item.document, match.item.id) for match in answer.items]
    assert found == [("plan-2023", "2"), ("plan-2024", "3")]


def test_a_kind_of_document_that_the_year_has_not_is_said(editions: Assistant) -> None:
    answer = editions.ask("2019年工作要点里教育局牵头的任务")
    assert answer.reason == "no_such_document"


def test_nothing_that_changed_in_a_field_is_said_of_the_field(editions: Assistant) -> None:
    answer = editions.ask("和2023年比哪些任务的时限变了")
    assert answer.text == "《2024年清溪市工作要点》与《2023年清溪市工作要点》相比，没有时限改动的任务。"
