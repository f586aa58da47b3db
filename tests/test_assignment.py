"""Who does what in a whole document: headings, tables, rules said once, words for all departments."""

import datetime
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from corpus import PACKAGED, fold, load_corpus, parse_document
from corpus.assignment import Assigned, Unassigned, assign
from corpus.columns import Column
from corpus.deadlines import find_dues

ISSUED = datetime.date(2025, 3, 1)

# of the packaged document: leads, supports, supports by a collective word
FIRST_DOCUMENT = {
    "注册部": (4, 14, 4),
    "法律部": (8, 12, 4),
    "认可部": (9, 14, 4),
    "研究所": (0, 9, 4),
    "认证部": (9, 12, 4),
    "实验室部": (8, 12, 4),
    "国际部": (1, 8, 4),
    "科标部": (2, 14, 4),
    "认可中心": (1, 4, 4),
    "认证认可协会": (1, 6, 4),
    "办公室": (3, 1, 3),
    "信息办": (2, 0, 2),
    "信安中心": (0, 1, 4),
    "信息中心": (1, 2, 4),
    "机关党委": (1, 0, 3),
    "财务部": (0, 1, 4),
}


def row(**cells: str) -> Unassigned:
    text, spans = "", []
    for column, cell in cells.items():
        spans.append((column, len(text), len(text) + len(cell)))
        text += f"{cell}\t"
    return Unassigned(text, cells=tuple(spans))  # type: ignore[arg-type]


def roles(one: Assigned) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    return one.lead, one.support, one.responsible


def test_a_note_in_a_heading_holds_for_the_items_below_that_have_none() -> None:
    headings = ("一、书库（文化局牵头，年底前完成）", "（一）选址（责任单位：建设局）")
    first, second, third = assign(
        [
            Unassigned("选粮仓。", headings),
            Unassigned("选祠堂。（教育局负责）", headings),
            Unassigned("配书架。", headings[:1]),
        ],
        ISSUED,
    )
    assert roles(first) == (("建设局",), (), True)
    assert roles(second) == (("教育局",), (), True)
    assert roles(third) == (("文化局",), (), False)
    assert [(due.text, due.by, due.start, due.end) for due in third.dues] == [
        ("年底前", datetime.date(2025, 12, 31), 0, 0)
    ]


def test_the_first_leads_from_where_it_is_said() -> None:
    items = [
        Unassigned("选址。（责任单位：文化局、教育局）"),
        Unassigned("开工。（责任单位：建设局、教育局。列第一位的为牵头单位，下同）"),
        Unassigned("布展。（责任单位：图书馆、教育局，各市、县政府）"),
        Unassigned("管护。（责任单位：各市、县政府）"),
        Unassigned("总结。（文化局牵头，责任单位：图书馆）"),
    ]
    assert [roles(one) for one in assign(items, ISSUED)] == [
        (("文化局", "教育局"), (), True),
        (("建设局",), ("教育局",), False),
        (("图书馆",), ("教育局", "各市、县政府"), False),
        (("各市、县政府",), (), False),
        (("文化局",), ("图书馆",), False),
    ]
    sharing = [one.sharing for one in assign(items, ISSUED)]  # named as responsible beside the one that leads
    assert sharing == [(), ("教育局",), ("教育局", "各市、县政府"), (), ()]


def test_who_supports_shares_nothing_with_the_first() -> None:
    [one] = assign([Unassigned("选址。（文化局、教育局负责，财政局配合。列第一位的为牵头单位）")], ISSUED)
    assert (roles(one), one.sharing) == ((("文化局",), ("教育局", "财政局"), False), ("教育局",))


@pytest.mark.parametrize("rule", ["责任分解中，列第一位的责任单位为牵头单位。", "注：排在首位的为牵头部门。"])
def test_the_first_leads_everywhere_where_the_document_says_so(rule: str) -> None:
    [one] = assign([row(task="建书库", responsible="文化局、教育局")], ISSUED, f"通知如下：{rule}")
    assert roles(one) == (("文化局",), ("教育局",), False)


def test_the_cells_of_a_row() -> None:
    item = row(
        number="3",
        task=" 建书库。到2027年遍及各镇。",
        lead="文化局、教育局按职责分工负责",
        support="市财政局\n市图书馆等",
        due="6月",
    )
    [one] = assign([item], ISSUED)
    assert roles(one) == (("文化局", "教育局"), ("市财政局", "市图书馆"), False)
    assert item.text[slice(*one.body)] == "建书库。到2027年遍及各镇。"
    assert [(due.text, str(due.by)) for due in one.dues] == [("6月", "2025-06-30"), ("到2027年", "2027-12-31")]
    assert all(item.text[due.start : due.end] == due.text for due in one.dues)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"lead": "文化局", "responsible": "教育局"}, (("文化局",), ("教育局",), False)),
        ({"responsible": "市数据局（市人\n工智能局）", "support": "/"}, (("市数据局（市人工智能局）",), (), True)),
        ({"lead": "无", "responsible": "文化局", "support": "教育局"}, (("文化局",), ("教育局",), True)),
        ({"responsible": "文化局", "support": "无"}, (("文化局",), (), True)),
        ({"responsible": "市文化局 市教育局"}, (("市文化局", "市教育局"), (), True)),
        ({"responsible": "文化局牵头，教育局配合"}, (("文化局",), ("教育局",), False)),
        ({"lead": "—", "support": "-"}, ((), (), False)),
    ],
)
def test_who_stands_in_the_cells(cells: dict[str, str], expected: tuple[object, ...]) -> None:
    [one] = assign([row(task="建书库", **cells)], ISSUED)
    assert roles(one) == expected


@pytest.mark.parametrize("word", ["各部室、下属单位", "各部门", "各处室", "机关各科室", "有关部门", "局属各单位"])
def test_a_word_for_all_own_departments_adds_those_that_the_item_does_not_name(word: str) -> None:
    items = [
        Unassigned("选址。（责任单位：建设科、财务科，清河市政府、各区）"),
        Unassigned(f"布展。（牵头单位：宣传科，协作单位：财务科、{word}）"),
    ]
    one = assign(items, ISSUED)[1]
    assert (one.lead, one.support, one.collective, one.bodies) == (("宣传科",), ("财务科",), ("建设科",), ())


def test_a_word_for_all_departments_is_a_body_where_it_leads_or_nobody_else_is_named() -> None:
    first, second = assign(
        [Unassigned("甲事。（各部门负责）"), Unassigned("乙事。（牵头单位：文化局，配合单位：各部门）")], None
    )
    assert (first.bodies, first.responsible, first.collective) == (("各部门",), True, ())
    assert (second.bodies, second.collective) == (("各部门",), ())


def test_the_packaged_document_has_the_departments_it_had() -> None:
    document = load_corpus().documents[0]
    given = [Unassigned(document.text[item.body.start : item.span.end]) for item in document.items]
    assigned = assign(given, document.date)
    leads = [fold(name) for one in assigned for name in one.lead]
    counts = {
        name: (
            leads.count(name),
            sum(name in map(fold, one.support) for one in assigned),
            sum(name in map(fold, one.collective) for one in assigned),
        )
        for name in FIRST_DOCUMENT
    }
    assert counts == FIRST_DOCUMENT
    assert (len(leads), sum(bool(one.lead) for one in assigned), sum(len(one.lead) > 1 for one in assigned)) == (
        50,
        37,
        9,
    )
    only = [
        item.number
        for item, one in zip(document.items, assigned, strict=True)
        if [*map(fold, one.support)] == ["法律部"]
    ]
    assert only == [9, 10, 13, 15, 17]
    assert [len(one.collective) for one in assigned if one.collective] == [15, 15, 15, 15]
    assert assigned[37] == Assigned(assigned[37].body, (), (), (), (), (), False, (), (), (), ())
    assert not any(one.bodies or one.responsible or one.warnings or one.dues for one in assigned)


# No text breaks it, and none makes it slow


@contextmanager
def within(seconds: int) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


PIECES = [
    *("（", "（甲局", "（甲局）", "（甲局、乙局负责）", "（（甲局））", "甲局、", "甲局和", "甲/", "市、", "各市、县〔市、区〕政府、", "责任单位："),
    *("责任单位：甲局\n", "（责任单位：甲局、", "（责任单位：甲", "牵头", "负责", "甲牵头，", "按职责分工负责", "抓好落实", "等部门", "列第一位的为牵头单位"),
    *("2025年", "12月", "年底前", "到2027年", "每", "每年", "长期", "《", "（2025—2027年）", "2025-", "十", "至", "民国", "完成时限：12月\n"),
    *("、", "/", " ", "\n", " \n", "。", "0", "a", "第一", "各", "有关", "市数据局 ", "由", "(责任单位:甲)\r\n"),
]  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("frame", ["（责任单位：{}）", "办好。{}"])
def test_no_repetition_is_slow(piece: str, frame: str) -> None:
    text = frame.format((piece * 5000)[:5000])
    cells: tuple[tuple[Column, int, int], ...] = (("task", 0, 100), ("lead", 100, len(text)))
    with within(3):
        assign([Unassigned(text, (text,)), Unassigned(text, cells=cells)], ISSUED, text)
        find_dues(text, ISSUED)


TEXTS = [
    (PACKAGED / "cnca-2017.txt").read_text(encoding="utf-8")[-400:],
    "到2027年底，建书库。\r\n牵头单位：文化局（版权局）；责任单位：各市、县〔市、区〕政府\r\n完成时限：2025年12月31日前\r\n",
    "建书库（民國115年6月底前）。〔文化局牵头，教育局、财政局按职责分工负责，每季度通报。列第一位的为牵头单位，下同〕",
]


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_every_prefix_and_suffix_can_be_read(text: str) -> None:
    for at in range(len(text)):
        for part in (text[:at], text[at:]):
            [one] = assign([Unassigned(part, (part[:40],))], ISSUED)
            assert 0 <= one.body[0] <= one.body[1] <= len(part)
            assert all(0 <= low < high <= len(part) for low, high in one.notes)
            assert all(part[due.start : due.end] == due.text for due in one.dues if due.start < due.end)


def test_a_parsed_document_says_what_its_items_say() -> None:
    document = parse_document("通知\n一、建书库。（文化局牵头，教育局配合，2025年12月底前完成）\n二、布展。\n", id="x")
    first, second = document.items
    assert (first.lead, first.support, [due.text for due in first.dues]) == (
        ("文化局",),
        ("教育局",),
        ["2025年12月底前"],
    )
    assert (second.lead, second.dues) == ((), ())
