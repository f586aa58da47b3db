"""What is done to those who break a rule: told by the article itself, in the lead of what it lists, or by one that refers to
the article that is broken."""

import pytest

from corpus import find_references
from index import Encoder, Segmenter
from service import Assistant
from tests.conftest import assistant_of
from tests.test_properties import no_longer_than

FILES = {
    "park": """青山市公园条例
第一条 为了管理公园，制定本条例。
第二条 游客不得有下列行为：
（一）损坏花草；
（二）擅自烧烤；
（三）带犬入园。
第三条 禁止在公园内停车。
第四条 不得在大众媒介发布烟草广告。
第五条 经营单位转包业务的，由城管部门责令改正；逾期不改正的，处三千元罚款。
第六条 违反本条例第二条第（一）项、第（二）项规定的，处五百元罚款。
第七条 违反本条例第二条第（三）项规定的，给予警告。
第八条 有下列行为之一的，由城管部门处一千元罚款：
（一）违反本条例第四条规定发布烟草广告的；
（二）伪造门票的。
第九条 违反《白河市停车条例》第三条规定的，依照其规定处罚。
第十条 公园每天开放，接受城管部门的检查。
第十一条 依照道路交通条例第十条的规定，超速的处一千元罚款。
第十二条 禁止在湖边钓鱼。
第十三条 违反前条规定的，处二百元罚款。
第十四条 广场上不得放风筝。
违反前款规定的，处五十元罚款。
""",
    "white": """白河市停车条例
第一条 停车应当缴费。
第二条 停车设施应当设置标志。
第三条 不得占用盲道停车。
第四条 违反第三条规定的，处二百元罚款。
""",
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    return assistant_of(tmp_path_factory.mktemp("office"), FILES, segmenter, encoder)


def found(office: Assistant, *turns: str) -> list[str]:
    return [match.item.id for match in office.ask(turns[-1], turns[:-1]).items]


@pytest.mark.parametrize(
    ("turns", "items"),
    [
        (["公园条例里擅自烧烤怎么处罚"], ["6"]),
        (["公园条例里带犬入园会受到什么处罚"], ["7"]),
        (["公园条例里发布烟草广告罚多少"], ["8"]),
        (["公园条例里伪造门票的怎么罚"], ["8"]),
        (["公园条例里转包业务罚多少钱"], ["5"]),
        (["违反公园条例第二条怎么罚"], ["6", "7"]),
        (["违反青山公园条例第二条怎么罚"], ["6", "7"]),
        (["违反公园条例第二条第（三）项怎么罚"], ["7"]),
        (["公园条例第二条第一项违反了罚多少"], ["6"]),
        (["公园条例里怎么说烟草广告", "违反了罚多少"], ["8"]),
        (["公园条例第四条讲什么", "违反了会怎么处罚"], ["8"]),
        (["公园条例对带犬入园有什么规定 不遵守怎么罚"], ["2", "7"]),
        (["占用盲道停车要承担什么法律责任"], ["4"]),
        (["公园条例里在湖边钓鱼怎么处罚"], ["13"]),
        (["公园条例里擅自烧烤会不会被处罚"], ["6"]),
        (["公园条例里擅自烧烤要不要罚款"], ["6"]),
        (["公园条例里擅自烧烤会被罚款吗"], ["6"]),
        (["公园条例里放风筝罚多少"], ["14"]),
        (["公园条例第十二条讲什么", "违反了怎么罚"], ["13"]),
    ],
)
def test_the_penalty_is_told_by_what_refers_to_what_is_broken(
    office: Assistant, turns: list[str], items: list[str]
) -> None:
    assert found(office, *turns) == items


def test_which_article_is_broken_is_said(office: Assistant) -> None:
    text = office.ask("公园条例里擅自烧烤怎么处罚").text
    assert "“违反本条例第二条第（一）项、第（二）项规定的，处五百元罚款。”〔第6条〕" in text
    assert text.endswith("违反第2条的处罚写在第6条。")


def test_the_article_of_another_law_is_not_that_of_its_own(office: Assistant) -> None:
    """第九条 refers to 第三条 of another: nothing here tells what parking costs."""
    answer = office.ask("公园条例里禁止在公园内停车，违反的怎么处罚")
    assert "9" not in [match.item.id for match in answer.items]


@pytest.mark.parametrize("asked", ["酒后驾驶会受到什么处罚", "偷税漏税怎么处罚"])
def test_another_thing_is_not_what_was_asked_before(office: Assistant, asked: str) -> None:
    answer = office.ask(asked, ["公园条例里怎么说烟草广告"])
    assert not {"8", "4"} & {match.item.id for match in answer.items}


def test_a_law_named_without_marks_is_another_law(office: Assistant) -> None:
    answer = office.ask("公园条例里每天开放的怎么处罚")
    assert "11" not in [match.item.id for match in answer.items]


@pytest.mark.parametrize("text", ["》" + "第和" * 400 + "X第二条", "第二条" * 2000, "（一）" * 2000, "违反第" * 2000])
def test_references_are_read_in_proportion_to_the_length(text: str) -> None:
    with no_longer_than(2):
        list(find_references(text))


def test_a_penalty_that_nothing_tells_is_not_made_up(office: Assistant) -> None:
    answer = office.ask("公园条例里每天开放怎么处罚")
    assert (answer.declined, "没有条目写明所问的处罚" in answer.text) == (True, True)


@pytest.mark.parametrize(
    ("text", "referred"),
    [
        ("违反本条例第二十三条第二款规定的", [(23, 23, [])]),
        ("违反第十条至第十二条规定", [(10, 12, [])]),
        ("违反本法第二条第(一)项、第(三)项规定", [(2, 2, [1, 3])]),
        ("违反第二条第(一)至(三)项", [(2, 2, [1, 2, 3])]),
        ("违反本法第二条第一款第一项、第四项的", [(2, 2, [1, 4])]),
        ("依照《某法》第五条的规定", []),
        ("依照《某法》第五条、第六条的规定", []),
        ("依照治安管理法第五条的规定", []),
        ("违反条例第三条的", []),
        ("违反本实施细则第三条、第四条的", [(3, 3, []), (4, 4, [])]),
    ],
)
def test_references_to_own_articles_are_read(text: str, referred: list[tuple[int, int, list[int]]]) -> None:
    assert [(one.first, one.last, sorted(one.entries)) for one in find_references(text)] == referred


def test_what_somebody_punishes_is_told_in_one_sentence(office: Assistant) -> None:
    assert found(office, "公园条例里由城管部门来处罚的有哪些") == ["5", "8"]


def test_a_denial_in_what_was_done_is_no_denial_of_what_is_asked(office: Assistant) -> None:
    answer = office.ask("公园条例里发布烟草广告未登记怎么罚")
    assert answer.reason != "out_of_scope"


def test_only_those_of_one_document_after_those_of_several(office: Assistant) -> None:
    answer = office.ask("只看白河的", ["哪些条款提到罚款"])
    assert [match.item.id for match in answer.items] == ["4"]
    assert "没有" not in answer.text


def test_the_penalty_of_what_is_near_is_no_answer(office: Assistant) -> None:
    answer = office.ask("公园条例里在长椅上过夜怎么处罚")
    assert (answer.declined, answer.items) == (True, ())
