from typing import Literal

import pytest

from corpus import load_corpus
from index import Index, Segmenter
from service.understanding import InRole
from tests.conftest import CharacterEncoder

TEXT = "1.甲事。(牵头部门:一部,协作部门:二部、各部室)\n2.乙事。(牵头部门:三部)\n3.丙事。"


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter) -> Index:
    folder = tmp_path_factory.mktemp("three")
    (folder / "x.txt").write_text(TEXT, encoding="utf-8")
    return Index.build(load_corpus(folder), segmenter, CharacterEncoder())


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
def test_how_an_item_fulfils_what_is_asked_of_departments(
    condition: InRole, how: Literal["named", "collective"] | None, three: Index
) -> None:
    item = three.items[0]
    assert (item.lead, item.support, item.collective) == (("一部",), ("二部",), ("三部",))
    fits = condition.rows(three.columns)
    assert (fits.named[0], fits.collective[0]) == (how == "named", how == "collective")
