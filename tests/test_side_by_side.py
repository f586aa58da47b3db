"""Several documents that a question names: each is asked as if it alone had been named, where the others say it otherwise."""

import pytest

from index import Encoder, Segmenter
from service import Assistant
from service.suggestions import follow_ups
from tests.conftest import assistant_of

FILES = {
    "green": """青山市电梯安全条例
第一条 为了保障电梯安全，制定本条例。
第二条 视频监控资料保存期限不少于三十日。
第三条 广告设施由专业机构每二年进行安全鉴定。
第四条 新建小区配建养老用房的面积标准为每百户二十平方米。
第五条 检查人员应当出示证件。
第六条 轿厢内不得吸烟。
第七条 监管部门工作人员玩忽职守的，依法追究刑事责任。
第八条 对成绩显著的单位给予表彰。
""",
    "white": """白河市电梯安全条例
第一条 为了加强电梯管理，制定本条例。
第二条 监控数据保存不少于一个月。
第三条 广告设施的设置人应当每年进行安全检测。
第四条 新建城镇住宅区的养老用房，面积按每百户十五平方米配置。
第五条 被检查单位的负责人拒绝签字的，记录在案。
第六条 物业服务企业张贴乘梯须知。
第七条 工作人员在监管中玩忽职守的，依法追究其刑事责任。
""",
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    return assistant_of(tmp_path_factory.mktemp("office"), FILES, segmenter, encoder)


def found(office: Assistant, question: str) -> set[str]:
    return {f"{match.item.document}#{match.item.id}" for match in office.ask(question).items}


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("青山和白河的监控资料各要保存多久", {"green#2", "white#2"}),
        ("两个市的电梯条例，监控资料各要保存多久", {"green#2", "white#2"}),
        ("广告设施多久做一次安全鉴定或检测，青山和白河分别怎么规定", {"green#3", "white#3"}),
        ("新建小区配建养老用房的面积标准，青山和白河各是多少", {"green#4", "white#4"}),
    ],
)
def test_each_document_is_asked_by_itself(office: Assistant, question: str, items: set[str]) -> None:
    assert found(office, question) == items


def test_how_it_was_found_stands_below_the_title_of_its_document(office: Assistant) -> None:
    answer = office.ask("青山和白河的监控资料各要保存多久")
    said = [one.text for one in answer.statements if one.kind == "beside"]  # of its own kind: the page shows it
    assert said == ["《白河市电梯安全条例》（1条）：没有条款写到“监控资料”，写到其中“监控”的有1条："]
    assert answer.text.count("《白河市电梯安全条例》（1条）") == 1


def test_a_document_that_says_nothing_of_it_is_named(office: Assistant) -> None:
    answer = office.ask("青山和白河的条例里提到吸烟的各是哪条")
    assert [match.item.id for match in answer.items] == ["6"]
    assert answer.text.endswith("《白河市电梯安全条例》里没有写到“吸烟”。")


def test_to_be_compared_is_no_part_of_the_topic(office: Assistant) -> None:
    answer = office.ask("拒绝签字怎么办，青山和白河的电梯条例对比一下")
    assert [match.item.id for match in answer.items] == ["5"]
    assert "没有理解" not in answer.text
    assert "没有理解“对比”" in office.ask("白河的电梯条例里拒绝签字怎么办，对比一下").text


def test_which_documents_say_it_counts_those_that_write_its_words_in_one_sentence(office: Assistant) -> None:
    answer = office.ask("哪些文件规定了工作人员玩忽职守的责任")
    assert [row.document for row in answer.table or ()] == ["green", "white"]
    assert "《白河市电梯安全条例》第7条没有连着写“工作人员玩忽职守”，几个词写在一句里。" in answer.text


def test_a_small_word_inside_a_phrase_hides_nothing(office: Assistant) -> None:
    assert found(office, "两个电梯条例里追究刑事责任的各有哪几条") == {"green#7", "white#7"}


def test_what_simplified_writes_itself_is_no_traditional(office: Assistant) -> None:
    answer = office.ask("哪条写了成绩显著的单位")
    assert (answer.script, "成绩显著" in answer.text) == ("hans", True)


def test_whole_documents_that_are_no_editions_stand_side_by_side(office: Assistant) -> None:
    """Nothing was altered from the one to the other: what both write of, and what one alone does."""
    answer = office.ask("比较青山和白河的电梯安全条例")
    both = {
        (one.change.before.number, one.change.after.number)
        for one in answer.changes
        if one.change.before and one.change.after
    }
    assert both >= {(1, 1), (2, 2), (7, 7)}
    assert answer.plan.between
    assert answer.plan.between.unlike
    assert all(one.words == ([], []) and one.fields == () for one in answer.changes)
    assert "是两份不同的文件，不是前后两个版本" in answer.text
    assert not any(word in answer.text for word in ("新增", "删去", "改动"))
    kinds = [one.change.kind for one in answer.changes]
    assert kinds.index("changed") == 0  # what both write of comes first


def test_of_two_unlike_documents_nothing_became_of_the_items(office: Assistant) -> None:
    question = "青山和白河的电梯条例有什么不同"
    answer = office.ask(question)
    assert answer.plan.between
    assert answer.plan.between.unlike
    assert follow_ups(answer, office.documents) == []  # neither 那多了哪些呢
    assert "没有写得一样的。" in office.ask("哪些没有变", history=(question,)).text
