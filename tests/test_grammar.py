"""The grammar of departments, counts and tables, in many words; the answers are derived from the parsed document."""

import pytest

from corpus import to_simplified
from service import Assistant
from tests.test_questions import ITEMS, named_by, rows_of

SETS = [
    ("法律部参与但不牵头的任务", "any:法律部 - lead:法律部"),
    ("法律部牵头而认可部不参与的任务有哪些", "lead:法律部 - any:认可部"),
    ("认证部牵头，认可部协作的有哪些", "lead:认证部 & support:认可部"),
    ("认证部牵头且认可部不协作的", "lead:认证部 - support:认可部"),
    ("既有国际部又有法律部参与的任务", "any:国际部 & any:法律部"),
    ("国际部与法律部都参与的任务", "any:国际部 & any:法律部"),
    ("国际部和法律部共同协作的任务", "support:国际部 & support:法律部"),
    ("不由认可部牵头的任务", "all - lead:认可部"),
    ("没有国际部参与的任务", "all - any:国际部"),
    ("国际部没参与的任务", "all - any:国际部"),
    ("不需要法律部协作的任务", "all - support:法律部"),
    ("信息中心参与了哪些工作", "any:信息中心"),
    ("哪些工作需要财务部配合", "support:财务部"),
    ("财务部要配合哪些任务", "support:财务部"),
    ("跟财务部有关的任务", "any:财务部"),
    ("与机关党委相关的条目", "any:机关党委"),
    ("研究所作为协作部门的任务", "support:研究所"),
    ("研究所是协作单位的有哪些", "support:研究所"),
    ("以认可部为牵头部门的任务", "lead:认可部"),
    ("牵头单位为实验室部的任务", "lead:实验室部"),
    ("牵头部门中有法律部的任务", "lead:法律部"),
    ("牵头部门包括认证部的有几项", "lead:认证部"),
    ("协作部门里有信安中心的任务", "support:信安中心"),
    ("协作部门含信息中心的任务", "support:信息中心"),
    ("认可中心主办的任务", "lead:认可中心"),
    ("归办公室管的任务有哪些", "lead:办公室"),
    ("办公室抓的任务", "lead:办公室"),
    ("由办公室来做的任务", "lead:办公室"),
    ("注册部独立牵头的任务", "only-lead:注册部"),
    ("只由注册部牵头的任务", "only-lead:注册部"),
    ("注册部一家牵头的", "only-lead:注册部"),
    ("仅有法律部协作的", "only-support:法律部"),
    ("协作部门仅为法律部的任务", "only-support:法律部"),
    ("第三部分由实验室部牵头的", "section:3 & lead:实验室部"),
    ("第二部分中国际部参与的任务有多少", "section:2 & any:国际部"),
    ("第一部分里不是认证部牵头的任务", "section:1 - lead:认证部"),
    ("认证部在第一部分牵头哪些任务", "section:1 & lead:认证部"),
    ("涉及品牌且由注册部牵头的任务", "text:品牌 & lead:注册部"),
    ("注册部牵头的任务里提到品牌的", "text:品牌 & lead:注册部"),
    ("提到监管、法律部协作的任务", "text:监管 & support:法律部"),
    ("法律部协作的任务中哪些涉及监管", "text:监管 & support:法律部"),
    ("法律部或者国际部参与的任务", "any:法律部 | any:国际部"),
    ("办公室、财务部任一参与的任务", "any:办公室 | any:财务部"),
    ("办公室或财务部协作的任务", "support:办公室 | support:财务部"),
    ("办公室和财务部哪些任务参与", "any:办公室 & any:财务部"),
    ("有两个以上部门牵头的任务", "joint"),
    ("联合牵头的任务有哪些", "joint"),
    ("牵头部门不止一个的任务", "joint"),
    ("有多个牵头部门的任务", "joint"),
    ("共同牵头的任务里有国际部参与的", "joint & any:国际部"),
    ("没有明确牵头部门的任务", "unled"),
    ("没标牵头部门的占几项", "unled"),
    ("写明了牵头部门的任务共多少項", "all - unled"),
    ("不歸實驗室部牽頭的任務有幾項", "all - lead:实验室部"),
    ("除认证部牵头的以外，其余任务有哪些", "all - lead:认证部"),
    ("认证部、国际部分别牵头哪些任务", "lead:认证部 | lead:国际部"),
    ("国家认监委认可中心牵头什么任务", "lead:认可中心"),
    ("党委参与哪些任务", "any:机关党委"),
    ("協會參與的任務都有哪些", "any:认证认可协会"),
    ("辦公室牽頭的有幾件", "lead:办公室"),
    ("涉及风险的任务，数一下有多少", "text:风险"),
    ("哪一项没有牵头单位", "unled"),
    ("国际部牵头的任务是哪一个", "lead:国际部"),
    ("国际部都干些什么", "any:国际部"),
    ("科标部的任务", "any:科标部"),
    ("科标部承担的任务", "lead:科标部"),
    ("科标部主抓的工作", "lead:科标部"),
    ("请列出机关党委负责的全部任务", "lead:机关党委"),
    ("认证认可协会的职责", "any:认证认可协会"),
    ("认证认可协会负责什么工作", "lead:认证认可协会"),
    ("信息办有哪些活儿", "any:信息办"),
    ("属于实验室部牵头的任务清单", "lead:实验室部"),
    ("实验室部牵头任务一览", "lead:实验室部"),
    ("列一下认可部的牵头任务", "lead:认可部"),
    ("认可部的协作任务有哪些", "support:认可部"),
    ("法律部 牵头", "lead:法律部"),
    ("法律部牵头 第二部分", "lead:法律部 & section:2"),
    ("牵头 法律部", "lead:法律部"),
    ("各部门都要配合的任务", "collective"),
    ("需要各部室、下属单位协作的任务", "collective"),
    ("所有部门都参与协作的任务有哪些", "collective"),
    ("由各部门共同协作的任务", "collective"),
    ("除电商外的任务", "all - text:电商"),
    ("除了电商以外的任务", "all - text:电商"),
    ("既不涉及认证也不涉及认可的任务", "all - text:认证 - text:认可"),
    ("不涉及认证且不涉及认可的任务", "all - text:认证 - text:认可"),
    ("不涉及试点和品牌的任务", "all - text:试点 - text:品牌"),
    ("哪些任务没有提到互联网，但提到了信息", "text:信息 - text:互联网"),
    ("不涉及电商也不是认证部牵头的任务", "all - text:电商 - lead:认证部"),
    ("法律部牵头但不包括第8项的", "lead:法律部 - item:8"),
    ("法律部牵头的任务（第8项除外）", "lead:法律部 - item:8"),
    ("哪些任务提及“互联网+”或者大数据", "text:互联网+ | text:大数据"),
    ("涉及试点或“品牌”的任务", "text:试点 | text:品牌"),
    ("第20至30项由法律部牵头的", "item:20-30 & lead:法律部"),
]
COUNTS = [
    ("任务一共多少", 38),
    ("共多少项", 38),
    ("全文几条任务", 38),
    ("这份要点安排了多少项工作", 38),
    ("2017年有多少项重点任务", 38),
    ("总共列了几项", 38),
    ("条目总数是多少", 38),
    ("文件里有几条", 38),
    ("一共几项任务啊", 38),
    ("法律部一共牵头多少项任务", 8),
    ("法律部牵头的任务有几项", 8),
    ("由法律部牵头的共有几项", 8),
    ("法律部牵头数", 8),
    ("法律部牵头几个", 8),
    ("法律部负责多少项工作", 8),
    ("认可部协作多少项", 18),
    ("认可部协作的任务共计多少", 18),
    ("信息中心参与的有几项", 7),
    ("第二部分有多少项任务", 16),
    ("第二部分任务数", 16),
    ("第一部分多少条", 11),
    ("第四部分包括几项任务", 5),
    ("涉及试点的任务有多少项", 3),
    ("提到品牌的有几项", 6),
    ("几项任务涉及一带一路", 2),
    ("一带一路出现在几项任务中", 2),
    ("有多少任务跟品牌有关", 6),
    ("第三部分由实验室部牵头的有几项", 3),
    ("第一部分认证部牵头多少", 6),
    ("联合牵头的一共几项", 9),
    ("多少项任务是多个部门牵头的", 9),
    ("没有牵头部门的任务几项", 1),
    ("有牵头部门的任务有多少项", 37),
    ("牵头部门有几个", 13),
    ("共有几个牵头部门", 13),
    ("多少个部门牵头", 13),
    ("有几个部门参与协作", 16),
    ("一共涉及多少个部门", 16),
]
TABLES = [
    ("哪个部门协作最多", "top support"),
    ("协作最多的部门", "top support"),
    ("谁协作的任务最多", "top support"),
    ("参与任务最多的部门是哪个", "top any"),
    ("哪个部门参与的任务最多", "top any"),
    ("牵头任务最少的部门有哪些", "bottom lead"),
    ("哪些部门牵头最少", "bottom lead"),
    ("哪个部门的牵头任务最多", "top lead"),
    ("牵头最多的部门是谁", "top lead"),
    ("谁牵头最多", "top lead"),
    ("牵头数最多的是哪个部门", "top lead"),
    ("牵头任务数排名第一的部门", "top lead"),
    ("各部门各牵头几项", "table lead"),
    ("各部门牵头任务数量", "table lead"),
    ("每个部门牵头多少项", "table lead"),
    ("列出各部门牵头的任务数", "table lead"),
    ("统计各部门协作的任务数", "table support"),
    ("各部门参与了多少项任务", "table any"),
    ("第二部分哪个部门牵头最多", "top lead section:2"),
    ("第二部分各部门牵头多少项", "table lead section:2"),
    ("第一部分谁牵头的任务最多", "top lead section:1"),
]
DEPARTMENTS = [
    ("第31项有几个协作部门", 9),
    ("第8项有几个部门牵头", 5),
    ("请问第十九项由哪几家共同牵头", 3),
    ("第28项哪家牵头，哪些配合", 6),
    ("世界认可日的宣传活动，牵头部门是？", 1),
    ("第28项归哪个部门", 1),
]


@pytest.mark.parametrize(("question", "meant"), SETS)
def test_a_set_of_departments_is_understood(question: str, meant: str, assistant: Assistant) -> None:
    expected = {item for item in ITEMS if item.collective} if meant == "collective" else named_by(meant)
    numbers = {match.item.number for match in assistant.ask(question).items}
    assert numbers == {item.number for item in expected}


@pytest.mark.parametrize(("question", "count"), COUNTS)
def test_a_number_is_counted(question: str, count: int, assistant: Assistant) -> None:
    assert assistant.ask(question).count == count


@pytest.mark.parametrize(("question", "meant"), TABLES)
def test_a_table_counts_and_names_its_ends(question: str, meant: str, assistant: Assistant) -> None:
    answer = assistant.ask(question)
    counted = {to_simplified(row.name): len(row.items) for row in answer.table or ()}
    expected = rows_of(meant)
    assert {name: counted.get(name) for name in expected} == expected
    if not meant.startswith("table"):
        assert {to_simplified(name) for name in answer.departments} == set(expected)


@pytest.mark.parametrize(("question", "count"), DEPARTMENTS)
def test_the_departments_of_an_item_are_named(question: str, count: int, assistant: Assistant) -> None:
    assert len(assistant.ask(question).departments) == count


def test_sections_are_counted_in_a_table(assistant: Assistant) -> None:
    answer = assistant.ask("每个部分有几项任务")
    assert [len(row.items) for row in answer.table or ()] == [11, 16, 6, 5]
    assert answer.text.startswith("4个部分共有38项任务：\n一、开展一批先导性质量提升行动,全面提升质量基础作用：11项\n")


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("有几个部门一项任务都没有牵头", {"研究所", "信安中心", "财务部"}),
        ("哪个部门牵头两项任务", {"科标部", "信息办"}),
        ("牵头两项任务的部门", {"科标部", "信息办"}),
        ("谁牵头三项任务", {"办公室"}),
        ("哪些部门只牵头一项任务", {"国际部", "认可中心", "认证认可协会", "信息中心", "机关党委"}),
    ],
)
def test_departments_counted_never_or_so_often(question: str, names: set[str], assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert {to_simplified(row.name) for row in answer.table or ()} == names
    assert answer.count == len(names)


@pytest.mark.parametrize("question", ["第31项的经费预算是多少", "第12项的完成时限是什么时候", "第20項的聯繫電話是多少"])
def test_a_fact_that_no_item_states_is_declined(question: str, assistant: Assistant) -> None:
    assert assistant.ask(question).reason == "field_absent"
