"""Two years' plans of one bureau whose titles are worded differently, its rules in two editions, and a plan for three years."""

from pathlib import Path

import pytest

from corpus import parse_document
from index import Encoder, Segmenter
from service import Assistant
from tests.conftest import assistant_of, found

LAST_YEAR = """澜江市河湾区渡运管理局关于印发2025年工作要点的通知
澜江市河湾区渡运管理局
2025年2月1日
一、平安渡运
1.检修老旧渡船，11月底前完成。（安全科牵头，财务科配合）
2.开展清理拖欠船工工资专项行动。（劳资科牵头）
3.制定夜航规程，6月底前完成。（航务科牵头）
"""
THIS_YEAR = """澜江市河湾区渡运管理局关于印发《2026年全区渡运工作要点》的通知
澜江市河湾区渡运管理局
2026年2月1日
一、平安渡运
1.检修老旧渡船。（责任领导：陈平；航务科牵头，财务科配合）
2.健全防范和化解拖欠船工工资长效机制，新建改建渡口码头三千米。（责任领导：陈平；安全科牵头）
3.组织救生演练。（责任领导：李新；航务科牵头）
"""
THREE_YEARS = """澜江市河湾区渡运管理局、澜江市河湾区财政局关于印发渡船更新三年行动计划（2025—2027年）的通知
澜江市河湾区渡运管理局、澜江市河湾区财政局
2025年5月1日
附件
重点任务分工表
序号｜任务｜责任单位｜完成时间
1｜淘汰老旧渡船，2025年十艘、2026年八艘｜实验室与资产管理科｜2027年12月
2｜新建电动渡船｜航务科｜2026年10月
3｜拆除旧码头｜航务科｜2025年12月
"""
OLD_RULES = """渡口管理条例
（2010年3月1日南江省人民代表大会常务委员会通过）
第一条 渡口分为普通渡口和旅游渡口。
第二条 渡工上岗前必须经过培训。
"""
RULES = """渡口管理条例
（2022年5月1日南江省人民代表大会常务委员会通过）
第一条 渡口分为一类渡口、二类渡口。
第二条 招用渡工的企业，渡工上岗前应当经过安全培训。
第三条 渡口可以适当收取费用。
第四条 渡口岸线根据需要，可以划分为保护区和利用区。
第五条 超载的，处二百元罚款。
第六条 聘用无渡工证书的人员指导摆渡的，处五百元罚款。
第七条 渡工安全周为每年六月的第一周。
"""


@pytest.fixture(scope="module")
def ferries(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    texts = {
        "last": LAST_YEAR,
        "this": THIS_YEAR,
        "three": THREE_YEARS,
        "渡口管理条例(2010-03-01)": OLD_RULES,
        "渡口管理条例(2022-05-01)": RULES,
    }
    return assistant_of(tmp_path_factory.mktemp("ferries"), texts, segmenter, encoder)


def test_a_table_with_bars_is_one() -> None:
    document = parse_document(THREE_YEARS, "three")
    assert [(item.id, item.lead) for item in document.items] == [
        ("1", ("实验室与资产管理科",)),  # one, though 与 stands in it
        ("2", ("航务科",)),
        ("3", ("航务科",)),
    ]
    assert [str(item.dues[0].by) for item in document.items] == ["2027-12-31", "2026-10-31", "2025-12-31"]


@pytest.mark.parametrize(
    "table",
    [
        "序号｜任务｜责任单位｜完成时间\n1｜修路｜工程科｜6月底前\n2｜修桥｜桥梁科｜\n3｜修渠｜水务科\n",
        "| 序号 | 任务 | 责任单位 | 完成时间 |\n|---|:--:|---|---|\n| 1 | 修路 | 工程科 | 6月底前 |\n"
        "| 2 | 修桥 | 桥梁科 | |\n| 3 | 修渠 | 水务科 |\n",
    ],
)
def test_cells_of_a_table_with_bars_may_be_empty(table: str) -> None:
    """A rule below the names of the columns is no row."""
    document = parse_document(f"某局重点任务\n\n{table}", "a")
    assert [(item.id, item.text, item.lead, [due.text for due in item.dues]) for item in document.items] == [
        ("1", "修路", ("工程科",), ["6月底前"]),
        ("2", "修桥", ("桥梁科",), []),
        ("3", "修渠", ("水务科",), []),
    ]
    assert document.warnings == ()


def test_bodies_stand_behind_a_leader_in_one_note() -> None:
    document = parse_document(THIS_YEAR, "this")
    assert [(item.lead, item.support) for item in document.items] == [
        (("航务科",), ("财务科",)),
        (("安全科",), ()),
        (("航务科",), ()),
    ]


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("区渡运管理局今年平安渡运这块要做哪几件事", ["this 1", "this 2", "this 3"]),  # no 渡运 of some title
        ("2025年工作要点里有哪几项的时限是11月底前", ["last 1"]),  # not that of June
        ("2025年工作要点里11月底前要完成哪些", ["last 1", "last 3"]),
        ("渡船更新三年行动计划里2026年有哪些任务", ["three 1", "three 2"]),  # writes it, or is due in it
        ("渡船更新三年行动计划里2026年至2027年有哪些任务", ["three 1", "three 2"]),  # what is of any
        ("渡船更新三年行动计划里2025和2027年的任务", ["three 1", "three 3"]),
        ("2025年6月底前要完成的任务", ["last 3"]),  # of what was issued before the newest
        ("区渡运管理局和区财政局一起发的文件里，航务科负责哪些", ["three 2", "three 3"]),
        ("新修订的渡口管理条例里渡工安全周是什么时候", ["渡口管理条例(2022-05-01) 7"]),
        ("2022年的渡口管理条例把渡口分成哪几类", ["渡口管理条例(2022-05-01) 1"]),  # not of the banks
        ("2022年的渡口管理条例里哪些行为会被罚款", ["渡口管理条例(2022-05-01) 5", "渡口管理条例(2022-05-01) 6"]),
        ("2022年的渡口管理条例里渡口可以收费吗", ["渡口管理条例(2022-05-01) 3"]),  # asks for no amount
        ("2022年的渡口管理条例里，聘用没有渡工证书的人指导摆渡罚多少钱", ["渡口管理条例(2022-05-01) 6"]),
    ],
)
def test_what_is_asked_of_a_year_or_an_edition(ferries: Assistant, question: str, items: list[str]) -> None:
    assert found(ferries, question) == items


def test_documents_that_two_bodies_issued_together(ferries: Assistant) -> None:
    assert ferries.ask("区渡运管理局和区财政局一起发的文件有哪些").plan.documents == ("three",)


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("和2025年相比，2026年工作要点里哪些任务换了牵头部门", {("changed", 1, 1)}),
        ("2026年工作要点比去年多了哪些任务", {("new", None, 2), ("new", None, 3)}),
    ],
)
def test_plans_of_two_years_that_are_titled_otherwise_are_compared(
    ferries: Assistant, question: str, kinds: set[tuple[str, int | None, int | None]]
) -> None:
    changes = [one.change for one in ferries.ask(question).changes]
    pairs = {(one.kind, one.before and one.before.number, one.after and one.after.number) for one in changes}
    assert pairs == kinds


def test_what_no_item_of_the_other_year_takes_up_is_said_of_each(ferries: Assistant) -> None:
    """清理拖欠 of the one year and 化解拖欠 of the other are two items: who leads each is told."""
    text = ferries.ask("清理拖欠船工工资这项，2026年要点和2025年要点相比牵头部门变了吗").text
    assert "《2025年工作要点》第2项：牵头部门：劳资科" in text
    assert "《2026年全区渡运工作要点》第2项：牵头部门：安全科" in text


@pytest.mark.parametrize(
    "question",
    [
        "检修渡船这项工作2025年要点是谁牵头，2026年要点换成谁了",
        "2025年要点里检修渡船谁牵头，2026年的呢",
    ],
)
def test_the_same_of_another_year_in_one_question(ferries: Assistant, question: str) -> None:
    text = ferries.ask(question).text
    assert text.split("\n") == [
        "《2025年工作要点》：",
        "第1项：牵头部门：安全科",
        "《2026年全区渡运工作要点》：",
        "第1项：牵头部门：航务科；责任领导：陈平",
    ]


def test_a_plan_of_no_year_is_asked_which(ferries: Assistant) -> None:
    """Unless one of them was spoken of."""
    assert ferries.ask("渡运管理局工作要点第1项").reason == "which_document"
    assert found(ferries, "2025年工作要点第2项", "渡运管理局工作要点第1项") == ["last 1"]
    assert found(ferries, "2022年的渡口管理条例第二条", "渡运管理局工作要点第1项") == []


def test_how_the_other_edition_puts_it(ferries: Assistant) -> None:
    turns = ["2022年的渡口管理条例里，渡工上岗前要做什么", "2010年那版是怎么说的"]
    assert found(ferries, *turns) == ["渡口管理条例(2010-03-01) 2"]


def test_a_year_beside_a_question_names_no_title(ferries: Assistant) -> None:
    """渡口 is called so by a document, too; how much is built in 2026 the plan of that year says."""
    assert found(ferries, "2026年要新建改建多少米渡口") == ["this 2"]


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("2026年要点里陈平牵头的任务", ["this 1", "this 2"]),
        ("2026年要点里责任领导是李新的是哪些任务", ["this 3"]),
        ("2026年要点里陈平负责、安全科牵头的", ["this 2"]),
    ],
)
def test_who_answers_for_an_item_may_be_asked_by_name(ferries: Assistant, question: str, items: list[str]) -> None:
    assert found(ferries, question) == items


def test_who_answers_for_an_item_is_told_with_it(ferries: Assistant) -> None:
    assert "责任领导：陈平" in ferries.ask("2026年要点第2项的责任领导是谁").text


BOAT_RULES = """河湾渡运发展集团有限公司船员管理办法
（2024年5月20日集团董事会第十四次会议审议通过　河渡发〔2024〕31号印发）
第一条 船员津贴每月八百元。
第二条 船员可以申请补助，每年二千元。
第三条 船员补贴每天五十元。
"""
TASKS = """河湾渡运发展集团有限公司
关于印发2025年重点工作任务分解表的通知
河渡发〔2025〕7号
河湾渡运发展集团有限公司
2025年1月8日
1.清点救生衣。（牵头部门：安全部；完成时限：3月底前）
2.更换缆绳。（牵头部门：安全部；完成时限：6月底前）
"""
SCHOOLS_LAST = """河湾县教育局关于印发《河湾县教育局2025年工作要点》的通知
河湾县教育局
2025年2月1日
1.清查校舍。（人事股牵头）
"""
SCHOOLS = """河湾县教育局关于印发《2026年全县教育工作要点》的通知
河湾县教育局
2026年2月1日
1.补充教师。（人事股牵头）
"""
NOTICE = """河湾渡运发展集团有限公司关于做好2025年汛期安全的通知
河湾渡运发展集团有限公司
2025年5月8日
一、每日巡查渡船。
"""


@pytest.fixture(scope="module")
def group(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    texts = {"rules": BOAT_RULES, "tasks": TASKS, "last": SCHOOLS_LAST, "this": SCHOOLS, "notice": NOTICE}
    return assistant_of(tmp_path_factory.mktemp("group"), texts, segmenter, encoder)


def test_what_the_history_line_of_rules_tells() -> None:
    """The number under which they were issued; the body, of which a meeting adopted them."""
    document = parse_document(BOAT_RULES, "rules")
    assert (document.number, document.issuer) == ("河渡发〔2024〕31号", "集团董事会")


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("渡运集团2025年重点工作里安全部牵头的任务", ["tasks 1", "tasks 2"]),  # neither of the notice nor a topic
        ("2025年重点工作里要求6月底前完成的是哪几项", ["tasks 2"]),
        ("2026年教育局工作要点里人事股牵头的有哪些", ["this 1"]),  # is called after the county
        ("船员管理办法里给船员发的津贴、补贴、补助各是多少", ["rules 1", "rules 2", "rules 3"]),
        ("河渡发〔2024〕31号第二条", ["rules 2"]),
        ("我们渡运集团2025年重点工作里安全部牵头的任务", ["tasks 1", "tasks 2"]),
        ("2025年重点工作里6月底前要完成多少项任务", ["tasks 1", "tasks 2"]),  # asks for no figure of an item
        ("船员管理办法里补贴多少", ["rules 3"]),
    ],
)
def test_a_body_named_for_short_and_what_is_called_after_it(group: Assistant, question: str, items: list[str]) -> None:
    assert found(group, question) == items


def test_which_of_those_due_by_a_day_are_due_that_day(group: Assistant) -> None:
    answer = group.ask("2025年重点工作任务分解表里6月底前要完成的任务")
    assert [match.item.number for match in answer.items] == [1, 2]
    assert "其中时限正是那一天的有1项：第2项；其余更早到期。" in answer.text


def test_the_department_that_is_marked_leads_the_others() -> None:
    document = parse_document(
        "某集团工作要点\n1.清点救生衣。\n责任部门：安全部（牵头）、财务部、船队\n2.更换缆绳。\n责任部门：安全部\n", "a"
    )
    assert [(item.lead, item.support, item.responsible) for item in document.items] == [
        (("安全部",), ("财务部", "船队"), False),
        (("安全部",), (), True),
    ]


def test_a_body_and_this_year_is_no_title(group: Assistant) -> None:
    """县教育局 begins the title of one of its plans, too."""
    assert found(group, "县教育局今年补充教师有什么安排") == ["this 1"]


def test_the_kind_of_a_notice_is_of_its_name(group: Assistant) -> None:
    """2025年汛期|安全通知, of a notice on 做好2025年汛期安全; a title of which there is none goes no further."""
    assert group.ask("2025年汛期安全通知里巡查有哪些要求").plan.documents == ("notice",)
    assert found(group, "2025年汛期安全通知里巡查有哪些要求") == ["notice 1"]
    assert group.ask("柳州市渡口条例管理办法第二条").reason == "no_such_document"


def test_plans_of_one_year_and_another_body_or_subject_are_no_editions(
    tmp_path: Path, segmenter: Segmenter, encoder: Encoder
) -> None:
    """校车 and 招生 are two plans, though both are called 工作方案; the last of 招生 is that of the year before."""
    school = "河湾县教育局关于印发《{}年{}工作方案》的通知\n河湾县教育局\n{}年2月1日\n1.{}。（人事股牵头）\n"
    texts = {
        "bus": school.format(2025, "校车管理", 2025, "检查校车"),
        "old": school.format(2025, "全县招生", 2025, "公布名额"),
        "new": school.format(2026, "招生", 2026, "划分学区"),
    }
    answer = assistant_of(tmp_path, texts, segmenter, encoder).ask("2026年招生工作方案比去年多了哪些任务")
    assert {(one.change.kind, one.item.text) for one in answer.changes} == {("new", "划分学区。")}
    assert set(answer.plan.documents) == {"old", "new"}


def test_the_number_of_what_an_order_rests_on_is_not_its_own() -> None:
    document = parse_document(
        "渡船管理办法\n（2024年5月20日修订）\n根据《河渡规定》南政发〔2020〕9号印发的要求制定。\n第一条 渡船每年检查。\n",
        "a",
    )
    assert document.number is None


def test_two_documents_that_say_the_same_are_both_answered(
    tmp_path: Path, segmenter: Segmenter, encoder: Encoder
) -> None:
    texts = {
        one: f"{one}市渡口条例\n第一条 渡船每年检查。\n第二条 超载的，处二百元罚款。\n" for one in ("甲水", "乙山")
    }
    both = assistant_of(tmp_path, texts, segmenter, encoder)
    assert found(both, "甲水市渡口条例第二条，乙山市渡口条例第二条") == ["甲水 2", "乙山 2"]


WITH_LEADERS = """柳河县2026年重点任务
1.疏导高峰期交通。责任领导：高峰（副局长）、李强局长；交警队牵头
2.修复堤坝。责任领导：李強、待定；水务股牵头
3.清点船只。责任领导：王小五；水务股牵头
4.延长高峰班次。责任人：班主任；交警队牵头
"""


def test_those_who_answer_for_an_item_are_people() -> None:
    """Neither posts nor what stands in brackets."""
    leaders = [item.leaders for item in parse_document(WITH_LEADERS, "a").items]
    assert leaders == [("高峰", "李强"), ("李強",), ("王小五",), ()]


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("高峰负责哪些任务", [1]),
        ("责任领导是高峰的任务", [1]),
        ("高峰期交通由谁疏导", [1]),  # is nobody
        ("哪些任务涉及高峰班次", [4]),
        ("李强负责哪些任务", [1, 2]),  # of either script
        ("高峰和王小五负责的任务", [1, 3]),  # of either
        ("不是李强负责的任务", [3, 4]),
    ],
)
def test_somebody_whose_name_is_a_word(
    question: str, items: list[int], tmp_path: Path, segmenter: Segmenter, encoder: Encoder
) -> None:
    leaders = assistant_of(tmp_path, {"a": WITH_LEADERS}, segmenter, encoder)
    assert [match.item.number for match in leaders.ask(question).items] == items
