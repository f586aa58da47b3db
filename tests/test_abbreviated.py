"""Titles named by some of their words, and what says which year or number is meant."""

import pytest

from corpus import Abbreviated, load_corpus, parse_document, title_key
from index import Encoder, Index, Segmenter
from service.assistant import Assistant

TITLES = (
    ("青山市加快旧街区更新改造行动方案", "street"),
    ("青山市旧街区更新改造行动方案二〇二五年重点任务清单", "street"),
    ("关于扶持乡村书店的若干措施", "shop"),
    ("关于答复白河县来函的函", "letter"),
)


def named(question: str, titles: tuple[tuple[str, str], ...] = TITLES) -> list[tuple[str, tuple[str, ...]]]:
    letters = title_key(question)
    marks = [at for at, letter in enumerate(question) if not letter.isalnum()]
    apart = [True, *(at + 1 in {mark - n for n, mark in enumerate(marks)} for at in range(len(letters) - 1)), True]
    found = Abbreviated([(title_key(title), id) for title, id in titles], Segmenter().search_words).named_in(
        letters, apart
    )
    return [(letters[start:end], ids) for start, end, ids in found]


@pytest.mark.parametrize(
    ("question", "title", "ids"),
    [
        ("街区方案第3条", "街区方案", ("street",)),
        ("青山旧街区改造方案里有哪些任务", "青山旧街区改造方案", ("street",)),
        ("乡村书店措施，第二条", "乡村书店措施", ("shop",)),
        ("若干措施里谁牵头", "若干措施", ("shop",)),
        ("青山重点任务清单第2项", "青山重点任务清单", ("street",)),
        ("给白河县的那个函说了什么", "白河县的那个函", ("letter",)),
    ],
)
def test_words_of_a_title_in_order_name_it(question: str, title: str, ids: tuple[str, ...]) -> None:
    assert named(question) == [(title, ids)]


@pytest.mark.parametrize(
    "question",
    [
        "涉及书店扶持措施的任务",  # not in the order of the title
        "有哪些措施",
        "牵头的任务清单",  # general words behind others
        "哪些任务涉及改造方案",  # a topic: nothing before it says that a document begins
        "桥梁改造方案第3条",  # another thing
    ],
)
def test_other_words_name_none(question: str) -> None:
    assert named(question) == []


MEASURES = """关于扶持乡村书店的若干措施
甲政发〔2023〕6号
一、减免租金。（牵头部门：文化局）
二、配送图书。（牵头部门：邮政局，协作部门：文化局）
"""
PLAN = """青山市旧街区更新改造行动方案
甲政发〔2024〕9号
一、修缮老屋。2024年6月底前完成。（牵头部门：住建局）
二、开设书店。2024年7月底前完成。（牵头部门：文化局）
附件
重点任务清单
1.加固桥梁。（牵头部门：交通局）
2.开放书库。（牵头部门：文化局）
3.整理河道。（牵头部门：水利局）
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    folder = tmp_path_factory.mktemp("documents")
    (folder / "shop.txt").write_text(MEASURES, encoding="utf-8")
    (folder / "street.txt").write_text(PLAN, encoding="utf-8")
    return Assistant(Index.build(load_corpus(folder), segmenter, encoder))


@pytest.mark.parametrize(
    ("turns", "items"),
    [
        (["甲政发〔2023〕6号第二条"], ["shop#2"]),
        (["甲政发2023年6号第二条"], ["shop#2"]),
        (["书店措施里文化局牵头的"], ["shop#1"]),
        (["2023年的措施里邮政局的任务"], ["shop#2"]),
        (["2024年那个街区方案第一条"], ["street#1"]),
        (["2023年书店措施第2条"], ["shop#2"]),
        (["街区方案6月份要完成哪些"], ["street#1"]),
        (["街区方案6月份要完成哪些", "7月的呢"], ["street#2"]),
        (["序号3那条"], ["street#a1.3"]),
    ],
)
def test_documents_are_chosen_by_what_people_call_them(
    assistant: Assistant, turns: list[str], items: list[str]
) -> None:
    answer = assistant.ask(turns[-1], turns[:-1])
    assert [f"{match.item.document}#{match.item.id}" for match in answer.items] == items


def test_a_document_without_date_is_of_the_year_in_which_most_is_due() -> None:
    tasks = "重点任务清单\n1.修桥。（2031年6月底前，交通局）\n2.修路。（2031年9月底前，交通局）\n3.栽树。（2032年底前，园林局）\n"
    assert parse_document(tasks, "tasks").due_year == 2031
    assert parse_document(tasks.replace("2031年9月", "2033年9月"), "tasks").due_year is None


CLIPPED = (
    ("关于发展综合农贸区的若干措施", "market"),
    ("青山市残疾人就业保障办法", "work"),
    ("青山市旧街区更新改造行动方案", "street"),
    ("关于医务人员住房保障的若干意见", "staff"),
    ("青山市城乡居民医疗保险参保缴费工作的通告", "insured"),
    ("青山市保护水源条例", "water-2014"),
    ("青山市保护水源条例", "water-2024"),
    ("关于应急救援车辆悬挂专用号牌的通知", "plates"),
    ("青山市保护机密实施细则", "secret"),
)


@pytest.mark.parametrize(
    ("question", "title", "ids"),
    [
        ("综农区措施里有哪些任务", "综农区措施", ("market",)),
        ("残保办法第3条", "残保办法", ("work",)),
        ("街区方案和综农区措施里谁牵头", "综农区措施", ("market",)),
        ("旧改方案", "旧改方案", ("street",)),
        ("残就保办法的任务有哪些", "残就保办法", ("work",)),
        ("那医务住保意见呢", "医务住保意见", ("staff",)),
        ("保源条例第3条", "保源条例", ("water-2014", "water-2024")),  # two editions are one title
        ("保密实施细则第3条", "保密实施细则", ("secret",)),  # a word by itself, but 实施 goes on from there
        ("救援车挂专用号牌的通知里", "救援车挂专用号牌的通知", ("plates",)),  # though 号牌 follows a small word, 用
        ("城乡居民医保缴费通告，谁收", "城乡居民医保缴费通告", ("insured",)),  # though 保缴费 stands in 参保缴费
    ],
)
def test_letters_of_the_words_of_one_title_name_it(question: str, title: str, ids: tuple[str, ...]) -> None:
    assert (title, ids) in named(question, CLIPPED)


@pytest.mark.parametrize(
    "question",
    [
        "医保意见第2条",  # a word by itself, which here stands for two others by chance
        "综农区办法院",  # 法院: another word than 办法
        "区农措施第2条",  # in another order
    ],
)
def test_other_letters_name_none(question: str) -> None:
    assert named(question, CLIPPED) == []


def test_a_document_is_pointed_at_whatever_its_kind() -> None:
    assert named("乡村书店那个文件一共几条") == [("乡村书店那个文件", ("shop",))]
    assert named("涉及乡村书店的文件") == []


def test_a_general_title_stands_beside_another() -> None:
    assert named("书店措施和重点任务清单里有哪些") == [("书店措施", ("shop",)), ("重点任务清单", ("street",))]
