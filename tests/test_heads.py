"""What a document is called, and under which number, where its head says more than one thing."""

import pytest

from corpus import parse_document, short_titles

ITEMS = "1.建书库。\n2.修桥。\n3.补路。\n"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (
            "云泽市政府工作报告\n——2025年1月8日在会议上\n附件\n云泽市2025年3件民生实事清单\n",
            "云泽市2025年3件民生实事清单",
        ),
        ("附件\n云泽市水运三年行动计划\n（2021-2023年）\n", "云泽市水运三年行动计划（2021-2023年）"),
        ("云泽市人民政府关于印发水运计划的通知\n附件\n水运计划\n", "云泽市人民政府关于印发水运计划的通知"),
        ("云泽市人民政府关于印发水 运 应 急 预 案 的 通知\n", "云泽市人民政府关于印发水运应急预案的 通知"),
        ("云泽市 水运 工作要点\n", "云泽市 水运 工作要点"),
    ],
)
def test_the_title(head: str, title: str) -> None:
    assert parse_document(head + ITEMS, id="one").title == title


def test_the_last_order_is_its_number() -> None:
    head = "菜市条例\n（2012年5月1日汀州省人民政府令第61号公布 2024年3月1日汀州省人民政府令第88号修订）\n"
    document = parse_document(head + "第一条 摊位编号。\n第二条 明码标价。\n", id="one")
    assert (document.number or "").endswith("令第88号")


@pytest.mark.parametrize(
    ("line", "issuer"),
    [
        ("2031年1月24日 中共中央、国务院发布", "中共中央、国务院"),
        (
            "2031年8月1日 中华人民共和国国务院、中华人民共和国中央军事委员会令第913号公布",
            "国务院、中央军事委员会",
        ),
        ("2031年8月1日 菜市人民政府令第7号公布", "菜市人民政府"),
    ],
)
def test_all_who_issue_it_together_are_its_issuers(line: str, issuer: str) -> None:
    document = parse_document(f"岁供条例\n{line}\n第一条 供菜。\n第二条 供米。\n", id="one")
    assert document.issuer == issuer


def test_a_plan_that_is_sent_on_is_called_by_its_own_title() -> None:
    head = "国务院办公厅关于转发商业部、财政部《2026年稳菜价行动方案》的通知\n国办函〔2026〕18号\n"
    document = parse_document(head + ITEMS, id="one")
    assert short_titles([document]) == {"one": "2026年稳菜价行动方案"}


def test_what_all_are_told_at_the_end_is_no_part_of_the_last_item() -> None:
    text = "水运计划\n" + ITEMS + "各地区、各有关部门要加强领导，确保落实。\n"
    assert parse_document(text, id="one").items[-1].text == "补路。"
