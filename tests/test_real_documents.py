"""Real documents in their original form, where they are at hand: as many items as a careful reader counts, and facts
read from the text."""

import datetime
import itertools
from pathlib import Path

import pytest

from corpus import Document, load_document

FOLDER = Path(__file__).parents[2] / "shared" / "data" / "documents"

# file -> items of the text itself, without those of attachments
ITEMS = {
    "zj-scenes-2026.pdf": 33,
    "zj-ai-measures-2025.pdf": 27,
    "zj-dataset-plan-2025.pdf": 12,
    "zj-opensource-2026.pdf": 19,
    "zj-data-licence-2025.pdf": 32,
    "wenzhou-ai.pdf": 38,
    "genai-measures-2023.pdf": 24,
    "gov-two-rules-2018.html": 51,
    "gov-sichuan-letter-2004.html": 11,
    "nb-4321-talent-2011.html": 13,
    "nb-incubator-2009.html": 31,
    "nb-outsourcing-opinion.html": 27,
    "law-criminal.md": 505,
    "law-annual-leave-2008.md": 19,
    "tw-state-compensation.md": 17,
    "zj-tasks-table.xlsx": 126,
}
# file -> the end of the title, the beginning of the issuer, the date
FACTS = {
    "zj-ai-measures-2025.pdf": ("支持人工智能创新发展若干措施的通知", "浙江省人民政府", "2025-04-17"),
    "zj-dataset-plan-2025.pdf": ("行动方案（2025—2027年）的通知", "浙江省深化数字浙江建设领导小组办公室", "2025-11-05"),
    "zj-opensource-2026.pdf": (
        "开源体系建设的实施意见》的通知",
        "浙江省经济和信息化厅、浙江省发展和改革委员会",
        "2026-06-25",
    ),
    "zj-data-licence-2025.pdf": ("授权运营管理办法的通知", "浙江省人民政府办公厅", "2025-09-01"),
    "genai-measures-2023.pdf": ("生成式人工智能服务管理暂行办法", "国家互联网信息办公室、", "2023-07-10"),
    "gov-two-rules-2018.html": ("支持文化企业发展两个规定的通知", "国务院办公厅", "2018-12-18"),
    "gov-sichuan-letter-2004.html": ("办理情况的函", "国务院办公厅", "2004-10-15"),
    "nb-4321-talent-2011.html": ("实施意见》的通知", "中共宁波市委组织部、", "2011-09-22"),
    "nb-outsourcing-opinion.html": ("", None, "2008-06-03"),
    "law-annual-leave-2008.md": ("带薪年休假实施办法", "人力资源和社会保障部", "2008-07-17"),
    "tw-state-compensation.md": ("國家賠償法", None, "2019-12-18"),
    "guofa-2020-6.txt": ("部门分工的意见", "国务院", None),
    "gwy-2016-table.txt": ("任务分工的通知", "国务院办公厅", "2016-04-06"),
}


def document(name: str) -> Document:
    path = FOLDER / name
    if not path.is_file():
        pytest.skip(f"{path.name} is not at hand")
    return load_document(path)


@pytest.mark.parametrize(("name", "items"), ITEMS.items())
def test_the_items_are_those_a_careful_reader_counts(name: str, items: int) -> None:
    read = document(name)
    assert sum(not item.part.id.startswith("a") for item in read.items) == items
    assert len({item.id for item in read.items}) == len(read.items)
    assert all(read.text[item.body.start : item.body.end] == item.text for item in read.items)
    spans = list(read.spans())
    assert (spans[0].start, spans[-1].end) == (0, len(read.text))
    assert all(before.end == after.start for before, after in itertools.pairwise(spans))


@pytest.mark.parametrize(("name", "facts"), FACTS.items())
def test_title_issuer_and_date_are_those_of_the_text(name: str, facts: tuple[str, str | None, str | None]) -> None:
    read = document(name)
    title, issuer, date = facts
    assert read.title.endswith(title)
    assert (read.issuer or "").startswith(issuer) if issuer else read.issuer is None
    assert read.date == (datetime.date.fromisoformat(date) if date else None)


def test_who_does_what_in_a_plan_with_notes() -> None:
    read = document("zj-scenes-2026.pdf")
    by_id = {item.id: item for item in read.items}
    assert by_id["2"].lead == ("省经信厅",)
    assert by_id["2"].support[:2] == ("省公安厅", "省民政厅")
    assert (by_id["12"].lead, by_id["12"].responsible) == (("省农业农村厅",), True)
    assert by_id["4"].responsible
    assert len(by_id["4"].lead) == 7
    assert by_id["3.1"].bodies == ("各级发展改革部门", "各级行业主管部门", "各级国资监管机构")
    assert any("科技创新" in item.text for item in read.items)


def test_a_rule_said_once_holds_from_there_on() -> None:
    read = document("zj-ai-measures-2025.pdf")
    first, last = read.items[0], read.items[-1]
    assert (first.lead, first.support) == (("省经信厅",), ("省发展改革委", "省科技厅"))
    assert last.lead == ("省委组织部",)
    assert not last.responsible


def test_rows_of_a_spreadsheet_with_deadlines() -> None:
    read = document("zj-tasks-table.xlsx")
    first, last = read.items[0], read.items[-1]
    assert (first.lead, first.support) == (("省经信厅",), ("省发展改革委", "省科技厅"))
    assert first.due
    assert first.due.by == datetime.date(2026, 12, 31)
    assert (last.lead, last.support) == (("省市场监管局（省知识产权局）",), ())


def test_articles_with_a_second_number() -> None:
    read = document("law-criminal.md")
    by_id = {item.id: item for item in read.items}
    assert by_id["17-1"].label == "第17条之一"
    assert [unit.label for unit in by_id["17-1"].path] == ["第1编", "第2章", "第1编第2章第1节"]
