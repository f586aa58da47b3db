"""What the columns of a table hold."""

import pytest

from corpus.columns import columns

LONG = "在每个镇选一处闲置的粮仓改为书库，配齐书架、灯具和阅览桌椅。"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("序号|重点任务|牵头单位|配合单位|完成时限", "number task lead support due"),
        ("编号|工 作\n任 务|牵头负责部门", "number task lead"),
        ("序号|重点举措|实施路径|时间节点|责任单位|配合单位", "number heading task due responsible support"),
        ("序号|场景领域|工作指标|目标值|责任部门", "number heading task other responsible"),
        ("領域|具體舉措|主辦機關|協辦機關|辦理期程", "heading task lead support due"),
        ("序号|一级指标|指标|负责单位|时间要求", "number heading task responsible due"),
        ("序号|主要任务|具体举措|牵头领导|责任人|进度安排", "number heading task leader leader due"),
        ("序号|书库|做法|参与单位", "number other task support"),
        ("任务", "task"),
    ],
)
def test_columns_by_their_headings(header: str, expected: str) -> None:
    names = header.split("|")
    row = [LONG if name == "做法" else "某事" for name in names]
    assert columns(names, [row]) == expected.split()


@pytest.mark.parametrize("header", ["姓名|职务|电话", "书名|册数", "", "|||", "牵头单位|配合单位"])
def test_a_table_that_says_nothing_to_do_has_none(header: str) -> None:
    assert columns(header.split("|"), [["甲"] * 3]) == []


def test_rows_may_be_short_or_absent() -> None:
    assert columns(["任务", "责任单位"], []) == ["task", "responsible"]
    assert columns(["做法", "责任单位"], [[], ["某事"]]) == ["task", "responsible"]
