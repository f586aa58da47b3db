import pytest

from corpus import find_items, find_section, to_int


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("十二", 12),
        ("一百零三", 103),
        ("卅一", 31),
        ("廿", 20),
        ("二〇一七", 2017),
        ("两千零五", 2005),
        ("31", 31),
        ("三百一十", 310),
    ],
)
def test_a_number_is_read(written: str, number: int) -> None:
    assert to_int(written) == number


@pytest.mark.parametrize("written", ["", "十十", "百千", "三四十", "一带"])
def test_what_is_no_number_is_none(written: str) -> None:
    assert to_int(written) is None


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("第25条讲什么", (25,)),
        ("第七项", (7,)),
        ("28号任务", (28,)),
        ("31", (31,)),
        ("卅一", (31,)),
        ("第31至33项", (31, 32, 33)),
        ("31-33项", (31, 32, 33)),
        ("第三、五、七项", (3, 5, 7)),
        ("第十二条和第十三条", (12, 13)),
        ("31和32号任务", (31, 32)),
        ("31、32项", (31, 32)),
        ("第三项第五项", (3, 5)),
        ("第12至10项", (10, 11, 12)),
    ],
)
def test_a_question_points_at_items(question: str, numbers: tuple[int, ...]) -> None:
    reference = find_items(question)
    assert reference
    assert (reference.numbers, reference.places, reference.relation) == (numbers, (), "at")


@pytest.mark.parametrize(
    ("question", "numbers", "places", "relation"),
    [
        ("最后一项", (), (-1,), "at"),
        ("最后三项", (), (-3, -2, -1), "at"),
        ("倒数第二项", (), (-2,), "at"),
        ("前三项是什么", (), (1, 2, 3), "at"),
        ("第二项和最后一项", (2,), (-1,), "at"),
        ("第9项之后的任务", (9,), (), "after"),
        ("第20项以前", (20,), (), "before"),
        ("除了第9项", (9,), (), "except"),
        ("最后一项之外", (), (-1,), "except"),
    ],
)
def test_places_and_relations(question: str, numbers: tuple[int, ...], places: tuple[int, ...], relation: str) -> None:
    reference = find_items(question)
    assert reference
    assert (reference.numbers, reference.places, reference.relation) == (numbers, places, relation)


@pytest.mark.parametrize(
    "question",
    [
        "第三方",
        "十三五",
        "三位一体",
        "三同",
        "两学一做",
        "十八届六中全会",
        "中国制造2025",
        "1-2家",
        "2017年",
        "一批",
        "一带一路",
        "有9项任务",
        "三项制度",
        "31号线",
        "第6号令",
        "一号工程",
        "第三部分",
    ],
)
def test_words_that_only_look_like_numbers_point_at_nothing(question: str) -> None:
    assert find_items(question) is None


@pytest.mark.parametrize(("question", "number"), [("第三部分有哪些任务", 3), ("第二章", 2), ("第1章第2条", 1)])
def test_a_question_points_at_a_section(question: str, number: int) -> None:
    reference = find_section(question)
    assert reference
    assert reference.numbers == (number,)
