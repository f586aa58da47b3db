"""The items of two texts matched one to one: labelled by hand on two years of a plan and two versions of a regulation."""

from dataclasses import replace
from pathlib import Path

import pytest

from corpus import Document, Item, load_corpus, to_traditional
from index import Change, Encoder, Segmenter, changes_between
from index.differing import differing
from tests.conftest import YEARS, CharacterEncoder, small_corpus

# Of each item of the text before, which it became; - of none
PLAN = "8 9 10 - 11 13 1 4 3 - 7 5 15 16 - 18 20 - - 22".split()
WASTE = "1 2 4 5 10 11 8 13 12 - - 14 15 17 18 19".split()


@pytest.fixture(scope="module")
def texts() -> dict[str, Document]:
    return {document.id: document for document in load_corpus(YEARS).documents}


def items_of(folder: Path, *bodies: str) -> tuple[Item, ...]:
    return small_corpus(folder, *bodies).documents[0].items


def kinds(changes: tuple[Change, ...]) -> list[tuple[str, str, str]]:
    return [(one.kind, one.before.id if one.before else "-", one.after.id if one.after else "-") for one in changes]


@pytest.mark.parametrize(
    ("before", "after", "became"),
    [("plan-2023", "plan-2024", PLAN), ("waste-2019", "waste-2023", WASTE)],
)
def test_each_item_finds_what_it_became(
    texts: dict[str, Document], segmenter: Segmenter, encoder: Encoder, before: str, after: str, became: list[str]
) -> None:
    changes = changes_between(texts[before].items, texts[after].items, segmenter, encoder)
    found = {one.before.number: str(one.after.number) if one.after else "-" for one in changes if one.before}
    assert found == dict(enumerate(became, start=1))
    assert {one.after.number for one in changes if one.kind == "new" and one.after} == {
        item.number for item in texts[after].items
    } - {int(one) for one in became if one != "-"}


def test_what_reads_the_same_has_not_changed_wherever_it_stands(
    texts: dict[str, Document], segmenter: Segmenter, encoder: Encoder
) -> None:
    changes = changes_between(texts["plan-2023"].items, texts["plan-2024"].items, segmenter, encoder)
    same = [(one.before.id, one.after.id) for one in changes if one.kind == "same" and one.before and one.after]
    assert same == [("11", "7"), ("2", "9"), ("16", "18")]  # 2 has a comma for 、


def test_another_department_is_a_change(texts: dict[str, Document], segmenter: Segmenter, encoder: Encoder) -> None:
    changes = changes_between(texts["plan-2023"].items, texts["plan-2024"].items, segmenter, encoder)
    (cloud,) = [one for one in changes if one.before and one.before.id == "9"]
    assert (cloud.kind, cloud.fields, cloud.words(segmenter).removed) == ("changed", ("lead", "support"), ())


def test_where_others_lead_little_likeness_makes_no_change(
    segmenter: Segmenter, encoder: Encoder, tmp_path: Path
) -> None:
    show, library = (
        "举办首届河湾少儿书法展览。",
        "扩建河湾少儿图书馆，支持学校设立书法教室，鼓励家长同来练字。",
    )
    dam, spillway = "整修城南水库大坝。", "整修城南水库大坝和溢洪道。"
    before = items_of(tmp_path, f"{show}（牵头部门：文旅局）", f"{dam}（牵头部门：水利局）")
    for lead, became in (
        ("文旅局", [("changed", "1", "1"), ("changed", "2", "2")]),
        ("教育局", [("gone", "1", "-"), ("new", "-", "1"), ("changed", "2", "2")]),
    ):
        after = items_of(tmp_path, f"{library}（牵头部门：{lead}）", f"{spillway}（牵头部门：城管局）")
        assert kinds(changes_between(before, after, segmenter, encoder)) == became


def test_script_width_and_punctuation_are_no_change(segmenter: Segmenter, encoder: Encoder, tmp_path: Path) -> None:
    before = items_of(tmp_path, "治理清溪河，種樹１０棵。")
    after = tuple(replace(item, text="治理清溪河；种树10棵") for item in before)
    assert kinds(changes_between(before, after, segmenter, encoder)) == [("same", "1", "1")]


def test_the_words_that_changed_are_told_with_their_places(segmenter: Segmenter) -> None:
    before, after = "新建公办幼儿园6所，新增学位1800个。", "新建公办幼儿园4所，新增学位1200个。"
    words = differing(before, after, segmenter)
    assert [before[begin:end] for begin, end in words.removed] == ["6", "1800"]
    assert [after[begin:end] for begin, end in words.added] == ["4", "1200"]
    assert differing("", "植树造林", segmenter).added == ((0, 4),)
    assert differing(after, to_traditional(after), segmenter).added == ()


def test_words_of_a_long_run_have_their_places(segmenter: Segmenter) -> None:
    before = "治理河道" * 150
    words = differing(before, before + "种树", segmenter)
    assert (words.removed, words.added) == ((), ((600, 602),))


def test_items_that_read_alike_go_together_in_order(segmenter: Segmenter, encoder: Encoder, tmp_path: Path) -> None:
    before = items_of(tmp_path, "植树造林。", "植树造林。", "修水厂。")
    after = items_of(tmp_path, "修水厂。", "植树造林。", "植树造林。", "植树造林。")
    assert kinds(changes_between(before, after, segmenter, encoder)) == [
        ("same", "3", "1"),
        ("same", "1", "2"),
        ("same", "2", "3"),
        ("new", "-", "4"),
    ]


def test_what_is_gone_stands_behind_what_it_stood_behind(
    segmenter: Segmenter, encoder: Encoder, tmp_path: Path
) -> None:
    before = items_of(tmp_path, "建学校。", "修水厂。", "植树造林。", "清理河道淤泥。")
    after = items_of(tmp_path, "植树造林。", "修水厂。")
    assert kinds(changes_between(before, after, segmenter, encoder)) == [
        ("gone", "1", "-"),
        ("same", "3", "1"),
        ("gone", "4", "-"),
        ("same", "2", "2"),
    ]


def test_tasks_that_share_only_what_all_say_are_two(segmenter: Segmenter, encoder: Encoder, tmp_path: Path) -> None:
    before = items_of(tmp_path, "开展营商环境评价。", "加强干部培训。")
    after = items_of(tmp_path, "开展城市内涝点整治。", "加强食品安全监管。")
    assert {kind for kind, *_ in kinds(changes_between(before, after, segmenter, encoder))} == {"new", "gone"}


def test_another_encoder_and_texts_without_words_will_do(segmenter: Segmenter, tmp_path: Path) -> None:
    before, after = items_of(tmp_path, "甲乙甲甲", "丙。"), items_of(tmp_path, "甲甲乙甲", "丁。")
    assert kinds(changes_between(before, after, segmenter, CharacterEncoder()))[0] == ("changed", "1", "1")
    dashes = tuple(replace(item, text="——") for item in before[:1])
    others = tuple(replace(item, text="……") for item in before[:1])
    assert len(changes_between(dashes, others, segmenter, CharacterEncoder())) == 2
    assert changes_between((), (), segmenter, CharacterEncoder()) == ()
    assert kinds(changes_between((), before[:1], segmenter, CharacterEncoder())) == [("new", "-", "1")]
