"""Questions about documents of several levels, with attachments, deadlines and 责任单位."""

from pathlib import Path

import pytest

from corpus import load_corpus
from index import Encoder, Index, Segmenter
from service import Assistant

PLAN = """某市人民政府关于印发某某工作方案的通知
一、平台
（一）数据。
1.建成数据平台，归集各部门数据。（市数据局牵头，市财政局配合，2025年6月底前完成）
2.开放公共数据，服务企业发展。（责任单位：市数据局；完成时限：2025年12月底）
（二）算力。
1.建成算力平台，服务中小企业。（市经信局牵头，长期坚持）
二、保障
（一）加强领导，定期会商解决问题。
（二）加强宣传，营造良好的氛围。
某市人民政府
2025年2月1日
附件1
分工表
一、市水务局负责受理全部申请。
二、市体育局负责现场核查工作。
"""
LAW = """某市某某条例
第一章 总则
第一条 为了规范管理，制定本条例。
本条例由市水务局组织实施。
第二条 下列行为应当登记：
（一）开办夜市；
（二）停办夜市。
第二条之一 登记不收取任何费用。
第二章 监督
第三条 监督检查由市水务局负责。
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    return over(tmp_path_factory.mktemp("plan"), PLAN, segmenter, encoder)


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    return over(tmp_path_factory.mktemp("law"), LAW, segmenter, encoder)


def over(folder: Path, text: str, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    (folder / "a.txt").write_text(text, encoding="utf-8")
    return Assistant(Index.build(load_corpus(folder), segmenter, encoder))


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("第一部分（一）第2项讲什么", ["1.1.2"]),
        ("第1部分（二）第1项由谁牵头", ["1.2.1"]),
        ("附件1第2项讲什么", ["a1.2"]),
        ("1.1.1", ["1.1.1"]),
        ("第二部分有哪些任务", ["2.1", "2.2"]),
        ("市数据局牵头哪些任务", ["1.1.1", "1.1.2"]),
        ("哪些任务要在2025年6月底前完成", ["1.1.1"]),
        ("哪些任务要在年底前完成", ["1.1.1", "1.1.2"]),
        ("哪些任务涉及平台", ["1.1.1", "1.2.1"]),
    ],
)
def test_a_plan_of_three_levels_is_answered(plan: Assistant, question: str, ids: list[str]) -> None:
    answer = plan.ask(question)
    assert [match.item.id for match in answer.items] == ids, answer.text


def test_it_is_said_where_only_responsibility_is_written(plan: Assistant) -> None:
    assert "写的是“责任”或“负责”，没有写“牵头”" in plan.ask("市数据局牵头哪些任务").text
    assert plan.ask("第一部分（一）第2项由谁牵头").text.endswith("责任单位：市数据局")


@pytest.mark.parametrize(
    ("question", "id", "quote"),
    [
        ("第二条第（二）项讲什么", "2", "（二）停办夜市。"),
        ("第一条第二款讲什么", "1", "本条例由市水务局组织实施。"),
        ("第二条之一讲什么", "2-1", "登记不收取任何费用。"),
        ("第二章第三条讲什么", "3", "监督检查由市水务局负责。"),
    ],
)
def test_an_article_and_a_place_in_it_are_found_and_quoted(law: Assistant, question: str, id: str, quote: str) -> None:
    answer = law.ask(question)
    assert [match.item.id for match in answer.items] == [id], answer.text
    assert [citation.quote for citation in answer.citations] == [quote]
    assert quote in answer.text


@pytest.mark.parametrize("question", ["第二条列了几种情形", "第2条列有几项", "2条列了几种行为", "第二条一共有几类情形"])
def test_what_an_article_lists_is_counted(law: Assistant, question: str) -> None:
    answer = law.ask(question)
    assert answer.text.startswith("第2条列有2项：\n第2条："), answer.text
    assert [match.item.id for match in answer.items] == ["2"]


def test_what_an_article_says_is_told_though_more_is_asked(law: Assistant) -> None:
    answer = law.ask("第一条说的啥，摊主跑了谁掏钱")
    assert [match.item.id for match in answer.items] == ["1"], answer.text
    assert law.ask("第一条的补助是多少").reason == "field_absent"
