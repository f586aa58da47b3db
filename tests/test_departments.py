import pytest

from corpus import Item, parse_document
from service.understanding import InRole
from service.understanding.constraints import Fit

ITEM: Item = parse_document(
    "1.甲事。(牵头部门:一部,协作部门:二部、各部室)\n2.乙事。(牵头部门:三部)\n3.丙事。", id="x"
).items[0]


@pytest.mark.parametrize(
    ("condition", "how"),
    [
        (InRole("lead", ("一部",)), "named"),
        (InRole("lead", ("三部",)), None),
        (InRole("support", ("二部",)), "named"),
        (InRole("support", ("三部",)), "collective"),
        (InRole("support", ("三部",), named=True), None),
        (InRole("any", ("三部",)), "collective"),
        (InRole("support", ("一部",)), None),
        (InRole("support", ("二部", "三部")), "collective"),
        (InRole("support", ("一部", "二部"), "any"), "named"),
        (InRole("support", ("二部",), "only"), None),
        (InRole("lead", ("一部",), "only"), "named"),
        (InRole("lead", ("二部",), "none"), "named"),
        (InRole("support", ("三部",), "none"), None),
        (InRole("any", ("三部",), "none"), None),
        (InRole("any", ("四部",), "none"), "named"),
    ],
)
def test_how_an_item_fulfils_what_is_asked_of_departments(condition: InRole, how: Fit) -> None:
    assert (ITEM.lead, ITEM.support, ITEM.collective) == (("一部",), ("二部",), ("三部",))
    assert condition.fits(ITEM) == how
