"""Documents as people describe them, and what of a question is told and not asked."""

import datetime
from pathlib import Path

import pytest

from corpus import listed_kinds
from index import Encoder, Segmenter
from service import Assistant
from service.answering import Answer
from tests.conftest import assistant_of

DOCUMENTS = {
    "yards": """青禾市人民政府关于加快推进晒场机械化和烘干装备产业转型升级的指导意见
青政发〔2031〕42号
一、提升装备
（一）研制烘干塔。农户可领烘干补贴，用地指标优先安排。（农业局牵头，财政局配合）
（二）改造旧晒场。免征农户场地费。（农业局牵头，市场监管局配合）
二、落实资金
（三）安排专项资金。（财政局牵头，农业局配合）
（四）开展培训。（教育局牵头）
青禾市人民政府
2031年12月8日
""",
    "jobs": """青禾市人民政府关于促进渔村就业工作的若干意见
青政发〔2031〕39号
（一）稳定岗位。从失业保险基金列支。（人力资源社会保障局负责）
（二）扶持创业。（人力资源社会保障局、财政局负责）
（三）宣传政策。从失业保险基金中安排宣传费。（市场监管局负责）
青禾市人民政府
2031年11月2日
""",
    "meals": """青禾市民政局关于印发青禾市渔民助餐管理办法的通知
青民规字〔2029〕7号
第一条 渔民可在助餐点用餐。
第二条 居民委员会负责登记渔民名单。
第三条 市场监督管理部门检查食品安全。
第四条 骗取补贴的，追回补贴。申请后15日内答复。
第五条 本办法自印发之日起施行，《青禾市渔民用餐办法》（青民规字〔2020〕3号）同时废止。
青禾市民政局
2029年5月1日
""",
    "homes": """青禾市住房局关于重新发布青禾市渔村住房管理办法的通知
青住规字〔2029〕5号
第一条 渔民可申请公房。
第二条 公示时间为20日，满6个月的可续租。
第三条 骗取公房的，五年内不得申请。
青禾市住房局
2029年6月1日
""",
    "stalls": """青禾市市场监管局关于印发市场主体登记管理办法的通知
青市规字〔2028〕1号
第一条 摊主应当登记。
第二条 歇业不得超过三年。
青禾市市场监管局
2028年5月1日
""",
    "rules": """青禾市住房局关于印发青禾市渔村住房管理办法实施细则的通知
青住规字〔2029〕9号
第一条 申请公房须提交户口簿。
第二条 公示由镇政府办理。
青禾市住房局
2029年8月1日
""",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    folder = tmp_path_factory.mktemp("described")
    return assistant_of(folder, DOCUMENTS, segmenter, encoder, datetime.date(2032, 3, 1))


def found(assistant: Assistant, *turns: str) -> list[str]:
    answer = assistant.ask(turns[-1], turns[:-1])
    return [f"{match.item.document}#{match.item.id}" for match in answer.items]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("烘干装备转型升级那个指导意见最后一条是什么", ["yards#4"]),
        ("稳就业那个意见第二条讲什么", ["jobs#2"]),
        ("那个渔村就业的意见，第一条讲什么", ["jobs#1"]),
        ("渔民助餐那个2029年的办法，第二条讲什么", ["meals#2"]),
        ("渔民助餐 第四条", ["meals#4"]),
        ("渔村住房的管理办法第二条讲什么", ["homes#2"]),
        ("渔村住房实施细则第二条讲什么", ["rules#2"]),
        ("麻烦把市场主体登记管理办法的第二条发我看下", ["stalls#2"]),
        ("麻烦把渔民助餐管理办法的2条跟4条发我看下", ["meals#2", "meals#4"]),
        ("隔壁那个市场主体登记的办法，歇业是哪条", ["stalls#2"]),
    ],
)
def test_by_most_of_the_words_of_a_title(assistant: Assistant, question: str, expected: list[str]) -> None:
    assert found(assistant, question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("晒场42号里财政局的任务", ["yards#1", "yards#3"]),
        ("财政局在39号、42号里各有哪几条", ["yards#1", "yards#3", "jobs#2"]),
        ("39、42号两个文件，讲到用地指标的是哪几条", ["yards#1"]),
        ("青政发39号和42号里财政局都有哪些", ["yards#1", "yards#3", "jobs#2"]),
        ("42号晒场文里免征场地费的是哪条", ["yards#2"]),
        ("青政发39号第三条讲什么", ["jobs#3"]),
        ("青政39号第三条讲什么", ["jobs#3"]),
        ("2029年青民规字7号第二条讲什么", ["meals#2"]),
        ("青禾市那个渔民助餐的办法里追回补贴的是哪条", ["meals#4"]),
        ("渔民两项助餐办法里追回补贴的是哪条", ["meals#4"]),
    ],
)
def test_by_numbers_without_a_word_for_documents(assistant: Assistant, question: str, expected: list[str]) -> None:
    assert sorted(found(assistant, question)) == sorted(expected)


def test_a_number_with_a_word_for_items_is_one_of_these(assistant: Assistant) -> None:
    assert found(assistant, "《促进渔村就业工作的若干意见》第2号任务") == ["jobs#2"]


@pytest.mark.parametrize("question", ["那个2029年的办法第二条讲什么", "2029年发的那份办法，第二条讲什么"])
def test_one_that_is_pointed_at_and_is_one_of_several_is_asked_for(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert (answer.reason, {offer.document for offer in answer.plan.offers}) == (
        "which_document",
        {"meals", "homes", "rules"},
    )


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("我手头好几个渔民在领补贴，都来问会不会停。渔民助餐管理办法里提到骗取的是哪条", ["meals#4"]),
        ("有位同事明年想盖房，渔村住房管理办法第三条怎么写的", ["homes#3"]),
        ("县长想问促进渔村就业的意见里市场监管局负责哪些", ["jobs#3"]),
        ("促进渔村就业的意见里市场监管局负责哪些，我得转给他们", ["jobs#3"]),
        ("骗取补贴怎么处理，渔民助餐管理办法是哪条", ["meals#4"]),
    ],
)
def test_what_is_told_of_oneself_is_not_asked(assistant: Assistant, question: str, expected: list[str]) -> None:
    assert found(assistant, question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("渔民助餐管理办法里居委会要做什么", ["meals#2"]),
        ("渔民助餐管理办法里提到市场监管部门的条", ["meals#3"]),
        ("青政发42号里农业部门配合的有哪些", ["yards#3"]),
        ("骗取公房各是怎么处理的，渔村住房管理办法哪条", ["homes#3"]),
        ("渔村住房管理办法里满6个月的条", ["homes#2"]),
        ("晒场42号里资金那一块打头那条归谁", ["yards#3"]),
        ("教育部门在晒场42号里管哪几条", ["yards#4"]),
        ("财政局在青政发39号里管什么", ["jobs#2"]),
    ],
)
def test_departments_and_places_as_people_say_them(assistant: Assistant, question: str, expected: list[str]) -> None:
    assert found(assistant, question) == expected


def test_the_most_of_a_topic_is_found_and_said(assistant: Assistant) -> None:
    answer = assistant.ask("青政发39号里提到从失业保险基金掏钱的有哪些")
    assert [match.item.id for match in answer.items] == ["1", "3"]
    assert "没有任务写到“失业保险基金掏钱”，写到其中“失业保险基金”的有2项任务：" in answer.text
    assert assistant.ask("青政发39号里提到机器人创业大赛的有哪些").declined


def test_in_each_document_that_is_named_the_most_of_a_topic_is_looked_for(assistant: Assistant) -> None:
    answer = assistant.ask("渔村住房管理办法和它的实施细则里提到公示时间的各是哪条")
    assert [f"{one.item.document}#{one.item.id}" for one in answer.items] == ["rules#2", "homes#2"]
    assert "《青禾市渔村住房管理办法实施细则》（1条）：没有条款写到“公示时间”，写到其中“公示”的有1条：" in answer.text
    nowhere = assistant.ask("渔村住房管理办法和渔民助餐管理办法里提到公示时间的各是哪条")
    assert [one.item.id for one in nowhere.items] == ["2"]
    assert nowhere.text.endswith("《青禾市渔民助餐管理办法》里没有写到“公示时间”。")
    assert found(assistant, "公示时间是哪几条说的") == ["homes#2"]  # where no documents are named, what says it whole


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("渔村住房管理办法和后来的实施细则，各自哪条说到公示", ["rules#2", "homes#2"]),
        ("渔村住房管理办法、它的实施细则里哪些条提到公房", ["rules#1", "homes#1", "homes#3"]),
        ("渔村住房管理办法里哪条说到公示", ["homes#2"]),
        ("渔村住房管理办法实施细则里哪条说到公示", ["rules#2"]),
    ],
)
def test_a_title_that_goes_on_where_another_ends(assistant: Assistant, question: str, expected: list[str]) -> None:
    assert found(assistant, question) == expected


def test_who_has_not_the_role_that_is_asked_is_shown_in_the_other(assistant: Assistant) -> None:
    answer = assistant.ask("青政发39号里财政局配合的有哪些")
    assert (answer.count, list(answer.items), [one.item.id for one in answer.related]) == (0, [], ["2"])
    assert answer.text.endswith("由财政局负责的有1项任务：第2项。")
    answer = assistant.ask("青政发42号里市场监管局牵头的有哪些")
    assert answer.text.endswith("由市场监管局协作的有1项任务：第2项。")


def test_what_several_clauses_ask_of_a_document_is_each_answered(assistant: Assistant) -> None:
    answer = assistant.ask("晒场42号跟渔村就业39号哪个先发的，文号都是多少？")
    assert [part.plan.ask.part for part in answer.parts] == ["date", "number"]
    assert list(answer.items) == []
    assert all(said in answer.text for said in ("2031年12月8日", "2031年11月2日", "〔2031〕42号", "〔2031〕39号"))
    answer = assistant.ask("渔民助餐管理办法一共几条，什么时候印发的")
    assert answer.text.startswith("共有5条")
    assert answer.text.endswith("日期：“2029年5月1日”")


def near(answer: Answer) -> list[str]:
    """Answered, and where nothing was what may be meant."""
    return [f"{match.item.document}#{match.item.id}" for match in (*answer.items, *answer.related)]


def test_a_question_for_a_fact_stays_with_the_documents_that_were_named(assistant: Assistant) -> None:
    named = "渔村住房管理办法里骗取公房的怎么处理"
    assert near(assistant.ask("公示是几月份", [named])) == ["homes#2"]
    assert near(assistant.ask("谁来公示", [named])) == ["homes#2"]
    assert near(assistant.ask("谁来公示")) == ["rules#2", "homes#2"]
    assert near(assistant.ask("歇业的最长是几月份", [named]))[0] == "stalls#2"  # of which nothing stands there
    assert near(assistant.ask("哪些条涉及公示", [named])) == ["rules#2", "homes#2"]  # a set of its own
    assert near(assistant.ask("几月份公示 递哪儿", [named])) == ["homes#2"]  # 递 stands nowhere: it speaks for none


def test_a_letter_more_is_no_misspelling(assistant: Assistant) -> None:
    answer = assistant.ask("哪些条写到市场监督管理部门名")
    assert (found(assistant, "哪些条写到市场监督管理部门名"), answer.plan.corrections) == (["meals#3"], ())


def test_in_each_document_that_is_named_what_they_do_is_told(assistant: Assistant) -> None:
    """市场监管局 leads nothing in the one, and is named alone in the other."""
    question = "晒场机械化的意见和渔村就业的意见里市场监管局分别要管哪几条"
    assert found(assistant, question) == ["yards#2", "jobs#3"]


@pytest.mark.parametrize(
    "question", ["各办法谁来公示", "全部文件里谁来公示", "其他文件里谁来公示", "每个办法分别谁来公示"]
)
def test_a_question_for_a_fact_of_all_is_asked_of_all(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question, ["渔村住房管理办法里骗取公房的怎么处理"]).plan.documents == ()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("渔民助餐、渔村住房两个办法里提到骗取的是哪条", ["homes#3", "meals#4"]),
        ("助餐和市场主体登记两个办法第二条讲什么", ["meals#2", "stalls#2"]),
        ("请问渔民助餐以及渔村住房两个办法里提到骗取的是哪条", ["homes#3", "meals#4"]),
        ("渔民助餐管理办法、渔村住房管理办法、它的实施细则，哪些条提到公示", ["rules#2", "homes#2"]),
        ("渔村住房管理办法、它的实施细则，还有渔民助餐管理办法，哪些条提到公示", ["rules#2", "homes#2"]),
    ],
)
def test_several_in_one_breath(assistant: Assistant, question: str, expected: list[str]) -> None:
    answer = assistant.ask(question)
    assert sorted(f"{match.item.document}#{match.item.id}" for match in answer.items) == sorted(expected)
    assert not answer.plan.unread
    assert len(answer.plan.documents) > 1


def test_so_many_are_named_or_none(assistant: Assistant) -> None:
    """骗取 is no name of a document."""
    assert assistant.ask("骗取、渔村住房两个办法里怎么说的").plan.documents == ()
    assert len(assistant.ask("渔村住房、渔村住房两个办法里怎么说的").plan.documents) < 2
    assert list(listed_kinds("甲乙和" * 160 + "甲乙两个办法"))  # at once
    assert not list(listed_kinds("和" * 480))


def test_a_number_alone_is_put_in_the_place_of_another(tmp_path: Path, segmenter: Segmenter, encoder: Encoder) -> None:
    text = (
        "某市助老办法\n第一条 为助老，制定本办法。\n第二条 1级待遇的人，其限额标准为三百元。\n第三条 2级待遇的人，其限额标准为五百元。\n"
        "第四条 2级待遇每年核对。\n第五条 1级待遇不核对。\n"
    )
    assistant = assistant_of(tmp_path, {"a": text}, segmenter, encoder, datetime.date(2032, 3, 1))
    asked = "1级待遇的限额标准是哪条"
    assert [match.item.number for match in assistant.ask(asked).items] == [2]
    answer = assistant.ask("那2级的呢", [asked])
    assert [match.item.number for match in answer.items] == [3]
    assert answer.plan.topic == "2级待遇的限额标准"


def test_a_document_pointed_at_by_its_kind_alone(assistant: Assistant) -> None:
    """There is one 实施细则 and one 若干意见; of 办法 there are several."""
    assert found(assistant, "那个实施细则第二条讲什么") == ["rules#2"]
    assert found(assistant, "这份若干意见里财政局负责哪些") == ["jobs#2"]
    assert assistant.ask("那个管理办法里谁来公示").reason == "which_document"
    followed = assistant.ask("那个管理办法里谁来公示", ["渔村住房管理办法第三条讲什么"])
    assert followed.plan.documents == ("homes",)
