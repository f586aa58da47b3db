"""What a rule lists of somebody is answered by the lists of it, not by every item that speaks of both."""

from pathlib import Path

import pytest

from index import Encoder, Segmenter
from service import Assistant
from tests.conftest import assistant_of
from tests.test_properties import no_longer_than

LAW = """青山市物业条例
第一条 本条例明确业主和业主委员会的权利、义务。
第二条 业主在物业管理活动中，享有下列权利：
（一）提出建议；
（二）参加表决。
第三条 业主应当履行下列义务：
（一）交纳费用；
（二）遵守规约。
第四条 业主委员会履行下列职责：
（一）召集业主大会；
（二）监督业主履行义务。
第五条 市住房部门主要职责：
（一）编制规划；
区住房部门主要职责：
（一）日常巡查；
第六条 申请人有下列情形之一的，街道不予批准其补助申请：
（一）提供虚假资料的；
（二）已经领取的。
第七条 业主有权查阅账目。
第九条 物业企业对业主应当履行下列服务内容：
（一）保洁；
（二）保安。
第十条 经营者不得有下列行为：
（一）抬价；
（二）掺假。
第八条 民政主管部门指导自治管理。
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    return assistant_of(tmp_path_factory.mktemp("office"), {"homes": LAW}, segmenter, encoder)


@pytest.mark.parametrize(
    ("turns", "items"),
    [
        (["业主有哪些权利"], ["2"]),
        (["业主要履行哪些义务"], ["3"]),
        (["业主的义务是什么"], ["3"]),
        (["业主有哪些权利", "那义务呢"], ["3"]),
        (["业主委员会有哪些职责"], ["4"]),
        (["哪些情形不予批准补助申请"], ["6"]),
    ],
)
def test_the_list_is_the_answer(office: Assistant, turns: list[str], items: list[str]) -> None:
    assert [match.item.id for match in office.ask(turns[-1], turns[:-1]).items] == items


@pytest.mark.parametrize(
    ("turns", "said", "unsaid"),
    [
        (["市住房部门的主要职责是什么"], "编制规划", "日常巡查"),
        (["市住房部门的主要职责是什么", "那区住房部门的呢"], "日常巡查", "编制规划"),
    ],
)
def test_of_two_lists_in_one_article_that_of_the_subject_is_quoted(
    office: Assistant, turns: list[str], said: str, unsaid: str
) -> None:
    answer = office.ask(turns[-1], turns[:-1])
    assert (said in answer.text, unsaid in answer.text) == (True, False)


def test_the_whole_list_is_quoted_and_what_else_speaks_of_it_named(office: Assistant) -> None:
    text = office.ask("业主有哪些义务").text
    assert "“业主应当履行下列义务：”“（一）交纳费用；\n（二）遵守规约。”〔第3条〕" in text
    assert text.endswith("另有2条也写到它们：第1条、第4条。")


def test_what_is_listed_nowhere_is_answered_by_what_speaks_of_it(office: Assistant) -> None:
    assert [match.item.id for match in office.ask("业主的建议有哪些").items] == ["2"]


def test_a_department_is_found_as_laws_write_it(office: Assistant) -> None:
    answer = office.ask("民政部门负责什么")
    assert [match.item.id for match in answer.items] == ["8"]
    assert "其中第8条写作“民政主管部门”。" in answer.text


@pytest.mark.parametrize(
    "question", ["业主有哪些内容", "哪些行为经营者可以做", "居民会有哪些职责", "哪些情形批准补助申请"]
)
def test_the_list_of_somebody_else_or_of_the_opposite_is_no_answer(office: Assistant, question: str) -> None:
    assert "列出" not in office.ask(question).text


def test_leads_are_read_in_proportion_to_the_length(tmp_path: Path, segmenter: Segmenter, encoder: Encoder) -> None:
    long = "第一条 业主" + "有权利" * 9000 + "。\n第二条 业主履行下列义务：\n（一）" + "缴费，\n" * 3000
    asked = assistant_of(tmp_path, {"long": f"青山市条例\n{long}\n第三条 停车的，处五元罚款。\n"}, segmenter, encoder)
    with no_longer_than(3):
        asked.ask("业主有哪些义务")
        asked.ask("缴费怎么处罚")
