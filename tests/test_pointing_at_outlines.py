"""Readers point at units of an outline in many ways; each finds the item, or the place inside it."""

import pytest

from corpus import Document, find_pointed, fold, parse_document

PLAN = parse_document(
    """某市工作方案
一、平台
（一）数据。
1.建成数据平台，归集数据。
2.开放数据，服务企业发展。
（二）算力。
1.建成算力平台，服务企业。
二、保障
（一）加强领导，定期会商问题。
（二）加强宣传，营造良好氛围。
附件1
分工表
一、市局负责受理全部申请。
二、区局负责现场核查工作。
""",
    id="p",
)
LAW = parse_document(
    """某条例
第一章 总则
第一条 为了规范管理，制定本条例。
本条例由市局执行。
第二条 下列行为应当登记：
（一）开业；
（二）歇业。
第二条之一 登记不收费用。
第二章 监督
第三条 监督由市局负责。
""",
    id="l",
)
RUNNING = parse_document(
    "某要点\n一、甲\n1.办理甲事，限期完成。\n2.办理乙事，限期完成。\n二、乙\n3.办理丙事，限期完成。\n4.办理丁事，限期完成。\n",
    id="r",
)


@pytest.mark.parametrize(
    ("document", "question", "ids"),
    [
        (PLAN, "第一部分（一）第2项讲什么", ["1.1.2"]),
        (PLAN, "第一部分第(一)项第2项由谁牵头", ["1.1.2"]),
        (PLAN, "第1部分（二）的第1项", ["1.2.1"]),
        (PLAN, "一、（一）第1条", ["1.1.1"]),
        (PLAN, "第二部分第二项", ["2.2"]),
        (PLAN, "第二部分（二）", ["2.2"]),
        (PLAN, "第二大部分的第1点", ["2.1"]),
        (PLAN, "附件1第2项讲什么", ["a1.2"]),
        (PLAN, "2.1和a1.2", ["2.1", "a1.2"]),
        (PLAN, "第九部分第1项", []),
        (PLAN, "第2部分有哪些任务", []),
        (LAW, "第二条之一规定了什么", ["2-1"]),
        (LAW, "第2-1条", ["2-1"]),
        (LAW, "2-1", ["2-1"]),
        (LAW, "第二章第三条", ["3"]),
        (LAW, "第二章第一条", []),
        (LAW, "第九条之一", []),
        (RUNNING, "第二部分第一项", ["3"]),
        (RUNNING, "第二部分第3项", ["3"]),
        (RUNNING, "第3项", []),
    ],
)
def test_a_question_points_at_items(document: Document, question: str, ids: list[str]) -> None:
    assert [item.id for one in find_pointed(fold(question), document.items) for item in one.items] == ids


@pytest.mark.parametrize(
    ("question", "id", "quote"),
    [
        ("第二条第（二）项", "2", "（二）歇业。"),
        ("第二条第二项讲什么", "2", "（二）歇业。"),
        ("第一条第二款", "1", "本条例由市局执行。"),
        ("第一条的第1款", "1", "为了规范管理，制定本条例。"),
    ],
)
def test_a_question_points_inside_an_article(question: str, id: str, quote: str) -> None:
    (one,) = find_pointed(fold(question), LAW.items)
    (place,) = one.places
    assert [item.id for item in one.items] == [id]
    assert LAW.text[place.span.start : place.span.end] == quote
    assert fold(question)[one.start : one.end] in fold(question)
