"""Answers about the packaged document and about one of another shape, by the same code."""

from pathlib import Path

import pytest
from opencc import OpenCC

from corpus import load_corpus
from index import Encoder, Index, Segmenter
from service.answering import Answer
from service.answering.quotes import sentences_around
from service.assistant import Assistant, UnknownDocumentError


def ids(answer: Answer) -> list[str]:
    return [match.item.id for match in answer.items]


ANSWERS: list[tuple[str, list[int]]] = [
    ("哪些任务涉及一带一路", [31, 32]),
    ("哪些任務涉及“一帶一路”", [31, 32]),
    ("哪些任务提到“互联网+”", [20, 24]),
    ("双随机一公开", [25]),
    ("手机", [9]),
    ("第25条讲什么", [25]),
    ("第31至33项", [31, 32, 33]),
    ("国际部牵头哪些任务", [31]),
    ("认证部牵头且与电商有关的任务", [9]),
    ("只有法律部协作的任务", [9, 10, 13, 15, 17]),
    ("法律部协作的任务", [1, 9, 10, 13, 15, 17, 19, 20, 22, 27, 28, 29, 31, 32, 34, 37]),
    ("国际部参与的任务", [2, 12, 14, 18, 19, 20, 21, 22, 27, 31, 32, 34, 35]),
    ("认可部不参与的任务", [3, 6, 9, 10, 13, 15, 16, 17, 23, 37, 38]),
    ("认证部没有牵头但协作的任务", [11, 12, 20, 22, 24, 25, 26, 27, 28, 29, 30, 31, 32, 34, 35, 36]),
    ("法律部牵头、认可部不协作的任务", [8, 16, 23]),
    ("财务部参与了哪些任务", [20, 22, 32, 34, 37]),
    ("涉及绿色产品或服务认证的任务", [4, 6, 35]),
    ("一带一路、自贸区", [31, 32]),
    ("哪些任务不涉及认证", [1, 10, 15, 16, 17, 18, 19, 34]),
    ("除了第9项，认证部还牵头哪些任务", [2, 5, 6, 8, 10, 13, 14, 21]),
    ("提到互联网但不涉及大数据的任务", [20]),
    ("不涉及法律部的任务", [2, 3, 4, 5, 6, 7, 12, 14, 18, 21, 26, 30, 36, 38]),
    ("与国际部有关的任务", [2, 12, 14, 18, 19, 20, 21, 22, 27, 31, 32, 34, 35]),
    ("第10至20项里法律部牵头的", [11, 16]),
    ("第10至20项中涉及监管的任务", [11, 13, 15, 17]),
    ("前10项中认证部牵头的任务", [2, 5, 6, 8, 9, 10]),
    ("法律部牵头，认证部或信息中心协作的任务", [11, 23, 24, 25, 35]),
    ("认证部、认可部均不参与的任务", [3, 15, 16, 17, 23, 37, 38]),
    (
        "不是法律部也不是认可部牵头的任务",
        [1, 2, 3, 5, 6, 9, 10, 13, 15, 17, 20, 21, 22, 27, 28, 29, 30, 31, 32, 34, 37, 38],
    ),
    ("第 25 项", [25]),
    ("25.", [25]),
    ("31-33", [31, 32, 33]),
    ("第36项到最后一项", [36, 37, 38]),
    ("最后一个任务", [38]),
    ("文件一共多少项", list(range(1, 39))),
    ("哪些任务提到了“任务”", [33]),
    ("法律部一共牵头几项任务", [8, 11, 16, 23, 24, 25, 33, 35]),
    ("协作部门只有法律部的任务", [9, 10, 13, 15, 17]),
    ("同时涉及品牌和质量的任务", [1, 5]),
    ("法律部牵头但不涉及监管的任务", [8, 16, 23, 35]),
    (
        "法律部牵头或协作的任务",
        [1, 8, 9, 10, 11, 13, 15, 16, 17, 19, 20, 22, 23, 24, 25, 27, 28, 29, 31, 32, 33, 34, 35, 37],
    ),
    ("没有法律部参与的任务", [2, 3, 4, 5, 6, 7, 12, 14, 18, 21, 26, 30, 36, 38]),
    ("有没有法律部牵头的任务", [8, 11, 16, 23, 24, 25, 33, 35]),
    ("认证部单独牵头的任务", [2, 5, 6, 9, 10, 13]),
    ("一带一路的任务是不是国际部牵头", [31]),
    ("哪些任务没有牵头部门", [38]),
    ("除最后一项外的任务", list(range(1, 38))),
    ("第三项和最后一项", [3, 38]),
    ("31和32号任务", [31, 32]),
    ("第20项之前认可部牵头的任务", [4, 7, 8, 12, 14, 18, 19]),
    ("第35项之后有哪些", [36, 37, 38]),
    ("法律部牵头多少项", [8, 11, 16, 23, 24, 25, 33, 35]),
    ("法律部或国际部牵头的任务", [8, 11, 16, 23, 24, 25, 31, 33, 35]),
    ("法律部和科标部共同牵头的任务", [35]),
    ("第四部分有哪些任务", [34, 35, 36, 37, 38]),
    ("第二部分里法律部牵头的任务", [16, 23, 24, 25]),
    ("哪些任务", list(range(1, 39))),
]


@pytest.mark.parametrize(("question", "expected"), ANSWERS)
def test_the_set_is_complete_and_counted(question: str, expected: list[int], assistant: Assistant) -> None:
    answer = assistant.ask(question)
    named = [int(match.item.id) for match in answer.items if match.via != "collective"]
    through_all = [int(match.item.id) for match in answer.items if match.via == "collective"]
    assert [int(id) for id in ids(answer)] == named + through_all  # those written by name first, each in order
    assert sorted(named + through_all) == expected
    assert named == sorted(named)
    assert (answer.count, answer.declined, answer.considered) == (len(expected), False, 38)


@pytest.mark.parametrize("question", [question for question, _ in ANSWERS])
def test_every_script_gives_the_same_set(question: str, assistant: Assistant) -> None:
    expected = ids(assistant.ask(question))
    for name in ("s2t", "s2tw", "s2hk", "t2s"):
        assert ids(assistant.ask(OpenCC(name).convert(question))) == expected


@pytest.mark.parametrize("question", [question for question, _ in ANSWERS])
def test_every_quote_is_verbatim_and_from_a_member(question: str, assistant: Assistant) -> None:
    answer = assistant.ask(question)
    text = assistant.documents[0].text
    assert {c.item.id for c in answer.citations if c.item} == set(ids(answer))
    for citation in answer.citations:
        assert text[citation.span.start : citation.span.end] == citation.quote
        assert citation.item
        assert citation.item.span.start <= citation.span.start < citation.span.end <= citation.item.span.end


def test_highlights_are_the_matched_characters(assistant: Assistant) -> None:
    first, second = assistant.ask("哪些任务涉及一带一路").items
    assert first.highlights == ((16, 20), (70, 74))
    assert {first.item.text[start:end] for start, end in first.highlights} == {"一帶一路"}
    assert [second.item.text[start:end] for start, end in second.highlights] == ["一帶一路"]


def test_a_citation_is_the_sentence_that_decided(assistant: Assistant) -> None:
    citation = assistant.ask("哪些任务涉及一带一路").citations[0]
    assert (citation.span.start, citation.span.end) == (3861, 3946)
    assert citation.quote.endswith("合作互認機制化。")


def test_a_department_answer_cites_the_note(assistant: Assistant) -> None:
    (citation,) = assistant.ask("国际部牵头哪些任务").citations
    assert citation.quote.startswith("(牽頭部門:國際部,協作部門:法律部")


def test_sentences_around_highlights() -> None:
    text = "甲乙。丙丁；戊己。"
    assert [text[s.start : s.end] for s in sentences_around(text, [(0, 1), (7, 8)])] == ["甲乙。", "戊己。"]
    assert [text[s.start : s.end] for s in sentences_around(text, [(1, 4)])] == ["甲乙。丙丁；"]
    assert sentences_around(text, []) == []


def test_the_prose_states_number_and_subject_in_the_askers_script(assistant: Assistant) -> None:
    simplified, traditional = (assistant.ask(q).text for q in ("国际部牵头哪些任务", "國際部牽頭哪些任務"))
    assert simplified == (
        "共有1项任务由国际部牵头：\n“深入實施《共同推動認證認可服務“一帶一路”建設的愿景與行動》”〔第31项〕"
    )
    assert traditional.startswith("共有1項任務由國際部牽頭：\n")
    assert assistant.ask("国际部牵头哪些任务", script="hant").text == traditional


def test_members_through_collective_words_say_so(assistant: Assistant) -> None:
    answer = assistant.ask("法律部协作的任务")
    assert [match.item.id for match in answer.items if match.via == "collective"] == ["20", "22", "32", "34"]
    assert answer.text.endswith("其中4项以统称（如“各部门”）列入：第20项、第22项、第32项、第34项。")
    answer = assistant.ask("财务部参与的任务")
    assert answer.text.startswith("共有5项任务由财务部参与（1项写明，另有4项以统称列入）：")
    assert [match.via for match in answer.items] == [None, *["collective"] * 4]


def test_ties_are_all_named(assistant: Assistant) -> None:
    answer = assistant.ask("哪个部门牵头最多")
    assert answer.table
    assert [(row.name, len(row.items)) for row in answer.table[:3]] == [("認可部", 9), ("認證部", 9), ("法律部", 8)]
    assert answer.count == 13
    assert answer.text.startswith("牵头最多的是认可部和认证部，各9项任务。")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("绿色产品或火星探测", "共有2项任务涉及“绿色产品或火星探测”："),
        ("除认证部外，谁牵头的任务最多", "牵头最多的是认可部，共9项任务。"),
        ("共有多少个部门", "文件写明的部门共有16个："),
        ("牵头最多的部门是哪个", "牵头最多的是认可部和认证部，各9项任务。"),
        ("哪个部门牵头最少", "牵头最少的是国际部、认可中心、认证认可协会、信息中心和机关党委，各1项任务。"),
        ("第37至45项", "没有第39至45项：现有编号是第1至38项。"),
        ("第21项由谁牵头，谁协作", "第21项：牵头部门：认证部、实验室部；协作部门：认可部、"),
        ("第31项的牵头部门是谁", "第31项：牵头部门：国际部"),
        ("第32项的协作部门", "第32项：协作部门：各部室、下属单位（指注册部、"),
        ("第32項的協作部門", "第32項：協作部門：各部室、下屬單位（指"),
        ("谁印发的", "印发单位：“國家認監委”"),
        ("什么时候印发", "日期：“2017年2月15日”"),
        ("第37至40项", "没有第39、40项：现有编号是第1至38项。"),
        ("财务部牵头的任务", "没有任务由财务部牵头。"),
        ("三同在哪条", "共有1项任务涉及“三同”："),
    ],
)
def test_an_answer_begins(question: str, text: str, assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert (answer.declined, answer.text.startswith(text)) == (False, True)


@pytest.mark.parametrize(
    ("question", "reason", "text"),
    [
        ("今天北京天气怎么样", "out_of_scope", "现有文件回答不了"),
        ("？？？", "out_of_scope", "现有文件回答不了"),
        ("其中国际部牵头的是哪项", "out_of_scope", "这像是接着上一个问题问的，"),
        ("第二个呢", "out_of_scope", "这像是接着上一个问题问的，"),
        ("招商", "no_match", "没有找到涉及“招商”的任务。意思最接近的是："),
        ("国有企业", "out_of_scope", "现有文件回答不了"),
        ("介绍信", "out_of_scope", "现有文件回答不了"),
        ("信息中心建设", "no_match", "没有找到涉及“信息中心建设”的任务。"),
        ("哪些任务涉及碳排放", "no_match", "没有找到涉及“碳排放”的任务。"),
        ("第99项", "no_such_item", "没有第99项：现有编号是第1至38项。"),
        ("第九部分有哪些任务", "no_such_section", "没有第9部分：现有第1部分、第2部分、第3部分、第4部分。"),
        ("外交部牵头哪些任务", "no_such_department", "文件中没有名为“外交部”的部门。文件写明的部门：注册部、"),
        ("第38项由谁牵头", "field_absent", "文件没有写明第38项的牵头部门。"),
    ],
)
def test_what_cannot_be_answered_is_declined_with_its_reason(
    question: str, reason: str, text: str, assistant: Assistant
) -> None:
    answer = assistant.ask(question)
    assert (answer.reason, answer.items, answer.citations, answer.count) == (reason, (), (), None)
    assert answer.text.startswith(text)


def test_a_section_without_items_declines(tmp_path: Path, segmenter: Segmenter, encoder: Encoder) -> None:
    (tmp_path / "a.txt").write_text("第一章 总则\n第二章 细则\n第一条 甲事。\n", encoding="utf-8")
    assistant = Assistant(Index.build(load_corpus(tmp_path), segmenter, encoder))
    assert assistant.ask("第一章第1条").reason == "no_such_item"
    assert assistant.ask("第一章谁牵头").text == "没有条款（在第1章）。"


def test_near_misses_are_related_and_never_members(assistant: Assistant) -> None:
    answer = assistant.ask("认证机构监管有什么措施")
    assert ids(answer) == ["13", "33", "36"]  # where all three words stand
    assert [match.item.id for match in answer.related] == ["11", "15", "25", "24", "14"]
    scores = [match.score for match in answer.related]
    assert scores == sorted(scores, reverse=True)


def test_the_same_question_has_the_same_answer(assistant: Assistant) -> None:
    assert len({repr(assistant.ask("认证监管")) for _ in range(5)}) == 1


def test_an_unknown_document_is_an_error_that_names_the_known(assistant: Assistant) -> None:
    with pytest.raises(UnknownDocumentError, match="现有1份：cnca-2017"):
        assistant.ask("认证", documents=["absent"])


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("哪些条款涉及场馆", ["1.1", "2.2"]),
        ("哪些條款涉及游泳館", ["1.1", "2.1"]),
        ("第二条", ["1.2", "2.2"]),
        ("第二章第一条", ["2.1"]),
        ("第二章有哪些规定", ["2.1", "2.2"]),
        ("市体育局负责哪些条款", ["1.3", "2.1"]),
        ("市財政局配合的條款", ["1.3"]),
        ("市教育局和市体育局共同负责的", ["1.3"]),
        ("市教育局责任的条款", ["1.3", "2.2"]),
        ("水质检测", ["2.1"]),
        ("免费讲座", ["1.3"]),
        ("2.1讲什么", ["2.1"]),
        ("最后一条", ["3.1"]),
        ("第一章最后两条", ["1.2", "1.3"]),
    ],
)
def test_a_document_of_another_shape_answers_as_well(question: str, expected: list[str], other: Assistant) -> None:
    answer = other.ask(question)
    text = other.documents[0].text
    assert ids(answer) == expected
    assert all(text[c.span.start : c.span.end] == c.quote for c in answer.citations)


def test_prose_of_another_shape(other: Assistant) -> None:
    assert other.ask("市财政局负责哪些条款").text == (
        "共有1条由市财政局牵头：\n“全民健身经费列入预算，每年增长不低于百分之五”〔第1章第2条〕\n第1章第2条写的是“责任”或“负责”，没有写“牵头”。"
    )
