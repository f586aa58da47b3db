import pytest

from corpus import find_items, find_section, to_chinese, to_int
from corpus.numbering import Marker, line_marker


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


def test_a_number_is_written_in_chinese_and_read_back() -> None:
    assert [to_chinese(n) for n in (0, 7, 10, 12, 20, 103, 1001)] == [
        "〇",
        "七",
        "十",
        "十二",
        "二十",
        "一百零三",
        "一千零一",
    ]
    assert all(to_int(to_chinese(n)) == n for n in range(2000))


@pytest.mark.parametrize(
    ("line", "marker"),
    [
        ("1.总结推广", Marker("1.", 1, 2)),
        ("  31、深入", Marker("1.", 31, 5)),
        ("(三)宣传", Marker("（一）", 3, 3)),
        ("第十二条 为了", Marker("条", 12, 5)),
        ("第三条为了", Marker("条", 3, 3)),
        ("一、开展", Marker("一、", 1, 2)),
        ("第二章 场馆", Marker("章", 2, 4)),
        ("第一部分:总体", Marker("部分", 1, 5)),
    ],
)
def test_a_line_opens_with_its_number(line: str, marker: Marker) -> None:
    assert line_marker(line) == marker


@pytest.mark.parametrize(
    "line", ["2017年工作", "2017.5.1", "3.5倍", "按第3项要求", "第三条规定的经费", "第三条、第四条", "三同工程", ""]
)
def test_a_year_a_decimal_and_a_reference_open_nothing(line: str) -> None:
    assert line_marker(line) is None


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
        ("最后一项", (-1,)),
        ("最后三项", (-3, -2, -1)),
        ("倒数第二项", (-2,)),
        ("前三项是什么", (1, 2, 3)),
    ],
)
def test_a_question_points_at_items(question: str, numbers: tuple[int, ...]) -> None:
    reference = find_items(question)
    assert reference
    assert reference.numbers == numbers


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
