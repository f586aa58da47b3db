import pytest

from corpus import Item, parse_document
from service.departments import Departments, takes_part

ITEM: Item = parse_document(
    "1.甲事。(牵头部门:一部,协作部门:二部、各部室)\n2.乙事。(牵头部门:三部)\n3.丙事。", id="x"
).items[0]


@pytest.mark.parametrize(
    ("asked", "how"),
    [
        (Departments(), "named"),
        (Departments(lead=("一部",)), "named"),
        (Departments(lead=("三部",)), None),
        (Departments(support=("二部",)), "named"),
        (Departments(support=("三部",)), "collective"),
        (Departments(any=("三部",)), "collective"),
        (Departments(support=("一部",)), None),
        (Departments(support=("二部", "三部")), "collective"),
        (Departments(support=("一部", "二部"), rule="any"), "named"),
        (Departments(support=("二部",), rule="only"), None),
        (Departments(lead=("一部",), rule="only"), "named"),
        (Departments(lead=("二部",), rule="none"), "named"),
        (Departments(support=("三部",), rule="none"), None),
        (Departments(lead=("一部",), exclude=("三部",)), None),
        (Departments(lead=("一部",), exclude=("四部",)), "named"),
    ],
)
def test_how_an_item_fulfils_what_is_asked_of_departments(asked: Departments, how: str | None) -> None:
    assert (ITEM.lead, ITEM.support, ITEM.collective) == (("一部",), ("二部",), ("三部",))
    assert takes_part(ITEM, asked) == how
