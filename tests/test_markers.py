import pytest

from corpus.markers import Marker, line_marker


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
        ("第十二条之一 已满七十五周岁", Marker("条", 12, 7, suffix=1)),
        ("第 3-1 条 公共设施", Marker("条", 3, 8, suffix=1, dashed=True)),
        ("第 1 条", Marker("条", 1, 5)),
        ("壹、缘起", Marker("壹、", 1, 2)),
        ("㈡办理", Marker("（一）", 2, 1)),
        ("③报送", Marker("①", 3, 1)),
        ("2)报送", Marker("1）", 2, 2)),
        ("11.121人才工程", Marker("1.", 11, 3, sure=False)),
        ("第三条规定的事项", Marker("条", 3, 3, sure=False)),
    ],
)
def test_a_line_opens_with_its_number(line: str, marker: Marker) -> None:
    assert line_marker(line) == marker


@pytest.mark.parametrize(
    "line",
    [
        "2017年工作",
        "2017.5.1",
        "2017、2018年",
        "3.5倍",
        "按第3项要求",
        "三同工程",
        "一、二等奖",
        "(一)至(三)项",
        "1.5亿元",
        "第三部分的任务",
        "",
    ],
)
def test_a_year_a_decimal_and_a_reference_open_nothing(line: str) -> None:
    assert line_marker(line) is None
