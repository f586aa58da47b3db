"""Which documents, since when, each year, side by side; on three years of a plan and two versions of a regulation."""

import pytest

from service import Assistant
from tests.test_between import ids
from tests.test_between import several as several  # a fixture: two bodies' plans

# Side by side


def test_two_years_stand_side_by_side_each_with_its_count(editions: Assistant) -> None:
    answer = editions.ask("2023年和2024年的要点里哪些涉及一带一路")
    assert [(document.id, count) for document, count in answer.documents] == [("plan-2024", 2), ("plan-2023", 1)]
    assert [f"{match.item.document}#{match.item.id}" for match in answer.items] == [
        "plan-2024#4",
        "plan-2024#6",
        "plan-2023#8",
    ]


def test_a_year_with_none_is_named(editions: Assistant) -> None:
    answer = editions.ask("2022年和2023年的要点里哪些涉及一带一路")
    assert [(document.id, count) for document, count in answer.documents] == [("plan-2023", 1), ("plan-2022", 0)]
    assert answer.text.endswith("《2022年清溪市工作要点》里没有写到“一带一路”。")


# Which document, since when, each year


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("这些文件里哪份发得最早", "最早的是《清溪市生活垃圾管理办法（2019年）》，2019年5月6日。"),
        ("哪份文件最早", "最早的是《清溪市生活垃圾管理办法（2019年）》，2019年5月6日。"),
        ("最新的文件是哪份", "最新的是《2024年清溪市工作要点》，2024年2月6日。"),
        ("哪份最晚印发", "最新的是《2024年清溪市工作要点》，2024年2月6日。"),
    ],
)
def test_the_first_document_by_its_date(editions: Assistant, question: str, said: str) -> None:
    assert editions.ask(question).text.startswith(said)


def test_a_document_without_a_date_is_told_beside_the_first(several: Assistant) -> None:
    text = several.ask("哪份文件最早").text
    assert text.startswith("最早的是《")
    assert "另有1份没有写明日期。" in text


@pytest.mark.parametrize("question", ["哪份最早提到一带一路", "手上这些文件里，哪份最早写到一带一路"])
def test_a_copy_is_a_document(editions: Assistant, question: str) -> None:
    assert [f"{match.item.document}#{match.item.id}" for match in editions.ask(question).items] == ["plan-2023#8"]


@pytest.mark.parametrize(
    ("turns", "items"),
    [
        (["2023年修订的生活垃圾管理办法对物业服务企业有哪些要求"], ["11", "17"]),
        (["2019年的生活垃圾管理办法第六条", "2023年修订后的呢"], ["6"]),
    ],
)
def test_what_was_made_anew_is_an_edition_and_no_change(
    editions: Assistant, turns: list[str], items: list[str]
) -> None:
    answer = editions.ask(turns[-1], turns[:-1])
    assert [(match.item.document, match.item.id) for match in answer.items] == [("waste-2023", one) for one in items]
    assert answer.plan.ask.kind != "changes"


@pytest.mark.parametrize("question", ["2023年的垃圾管理办法修订了哪些", "垃圾管理办法2023年修订了哪些条款"])
def test_what_was_changed_is_still_asked(editions: Assistant, question: str) -> None:
    assert editions.ask(question).plan.ask.kind == "changes"


def test_documents_are_listed_with_their_counts_the_newest_first(editions: Assistant) -> None:
    answer = editions.ask("哪些文件提到垃圾分类")
    assert [(row.document, len(row.items)) for row in answer.table or ()] == [
        ("plan-2024", 1),
        ("waste-2023", 1),
        ("plan-2023", 1),
        ("plan-2022", 1),
    ]
    assert answer.count == 4
    assert ids(editions, "哪些文件提到一带一路") == ["4", "6", "8"]


def test_a_document_that_means_something_near_does_not_mention_it(editions: Assistant) -> None:
    answer = editions.ask("哪些文件提到老人吃饭")
    assert (answer.reason, answer.table) == ("no_match", None)
    assert "3" in {match.item.id for match in answer.related}  # 方便老年人就餐


def test_the_document_with_most(editions: Assistant) -> None:
    answer = editions.ask("哪份文件里一带一路最多")
    assert answer.table
    assert answer.table[0].document == "plan-2024"
    assert answer.text.startswith("条目涉及“一带一路”最多的是《2024年清溪市工作要点》")


@pytest.mark.parametrize(
    "question", ["哪一年开始提到一带一路", "一带一路最早是哪年提到的", "最早提到一带一路的文件是哪份"]
)
def test_since_when(editions: Assistant, question: str) -> None:
    answer = editions.ask(question)
    assert [f"{match.item.document}#{match.item.id}" for match in answer.items] == ["plan-2023#8"]
    assert answer.text.startswith("最早的是2023年的")


def test_a_document_without_a_date_is_not_taken_for_the_first(several: Assistant) -> None:
    answer = several.ask("哪一年开始提到绿化")
    assert answer.items[0].item.document == "东湖区-2023"
    assert "另有1份没有写明日期的文件也有" in answer.text
    assert several.ask("哪一年开始提到浇水").reason == "field_absent"


def test_each_year_each_department(editions: Assistant) -> None:
    answer = editions.ask("各年各部门牵头几项")
    rows = {row.name: row.each for row in answer.table or ()}
    assert rows["工信局"] == (("plan-2024", 2), ("plan-2023", 2), ("plan-2022", 1))
    assert rows["生态环境局"] == (("plan-2024", 1), ("plan-2023", 2), ("plan-2022", 1))


def test_each_year_one_department(editions: Assistant) -> None:
    answer = editions.ask("历年城管局牵头多少项")
    assert [(row.document, len(row.items)) for row in answer.table or ()] == [
        ("plan-2024", 1),
        ("plan-2023", 1),
        ("plan-2022", 1),
    ]


def test_what_is_done_each_year_is_a_topic(editions: Assistant) -> None:
    assert not editions.ask("每年的植树造林").plan.ask.each


def test_a_department_that_leads_nothing_in_any_year(editions: Assistant) -> None:
    for question in ("各年海关牵头几项", "哪些文件里有海关牵头的任务"):
        answer = editions.ask(question)
        assert (answer.declined, answer.count, answer.text) == (False, 0, "没有条目由海关牵头。")


def test_a_month_without_a_year_is_of_the_newest_document(editions: Assistant) -> None:
    assert "2024年6月30日" in editions.ask("哪些任务要在六月底前完成").reading
