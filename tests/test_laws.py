"""Regulations as they are asked about: their editions and years, who published them when, what a body does in them."""

from pathlib import Path

import pytest

from index import Encoder, Segmenter
from service import Assistant
from service.answering import Answer
from tests.conftest import assistant_of

LAWS = {
    "青山市排水与污水处理条例": (
        "青山市排水与污水处理条例\n2013年10月2日 青山市人民政府令第641号公布\n第一章 总则\n"
        "第一条 为了规范排水，制定本条例。\n第二条 水务局负责排水工作。\n第三条 单位应当缴纳污水处理费。\n"
        "第二章 罚则\n第四条 未取得许可证排放污水的，处一万元罚款。\n附 则\n第五条 本条例自2014年1月1日起施行。\n"
    ),
    "青山市道路条例": (
        "青山市道路条例\n1996年6月4日 青山市人民政府令第198号发布\n2017年3月1日 第二次修订\n第一章 总则\n"
        "第一条 为了管好道路，制定本条例。\n第二条 园林局负责行道树。\n第三条 擅自挖路的，处五千元罚款。\n"
    ),
    "青山市保守机关秘密条例(2014-01-17)": (
        "青山市保守机关秘密条例\n2014年1月17日 青山市人民政府令第646号公布\n第一条 网络运营者应当保密。\n第二条 复印秘密文件应当登记。\n"
    ),
    "青山市保守机关秘密条例(2024-07-10)": (
        "青山市保守机关秘密条例\n2024年7月10日 青山市人民政府令第786号修订\n第一条 网络运营者应当备案。\n第二条 复印秘密文件应当审批。\n第三条 网络运营者拒不改正的，处五万元罚款。\n"
    ),
    "青山市食堂条例(2022-05-01)": "青山市食堂条例\n第一条 食堂应当公示菜价。\n第二条 食堂应当留样。\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def laws(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    return assistant_of(tmp_path_factory.mktemp("laws"), LAWS, segmenter, encoder)


def found(answer: Answer) -> list[str]:
    return [f"{match.item.document}#{match.item.id}" for match in answer.items]


@pytest.mark.parametrize(
    ("turns", "items"),
    [
        (["2013年公布的那份条例对污水处理费怎么规定的"], ["青山市排水与污水处理条例#3"]),
        (["2014年的保密条例第二条"], ["青山市保守机关秘密条例(2014-01-17)#2"]),
        (["2024年修订的保密条例对网络运营者有哪些要求"], ["青山市保守机关秘密条例(2024-07-10)#1", "青山市保守机关秘密条例(2024-07-10)#3"]),
        (["2014年的保密条例里复印怎么办", "2024年修订后的呢"], ["青山市保守机关秘密条例(2024-07-10)#2"]),
        (["2022年的食堂条例第二条"], ["青山市食堂条例(2022-05-01)#2"]),
        (["想挖路，按排水与污水处理条例，未取得许可证怎么罚"], ["青山市排水与污水处理条例#4"]),
        (["道路条例里园林局负责什么"], ["青山市道路条例#2"]),
    ],
)  # fmt: skip
def test_a_regulation_is_chosen_by_its_edition(laws: Assistant, turns: list[str], items: list[str]) -> None:
    answer = laws.ask(turns[-1], turns[:-1])
    assert found(answer) == items
    assert not answer.plan.unread


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("排水与污水处理条例是第几号令", "青山市人民政府令第641号"),
        ("排水与污水处理条例是什么时候公布的", "2013年10月2日"),
        ("道路条例什么时候发布的", "2017年3月1日 第二次修订"),
        ("公布最早的是哪一份", "最早的是《青山市道路条例》，1996年6月4日。"),
        ("哪份最新", "最新的是《青山市保守机关秘密条例（2024年）》，2024年7月10日。"),
    ],
)
def test_who_published_it_when_is_read_from_the_line_that_tells_it(laws: Assistant, question: str, said: str) -> None:
    answer = laws.ask(question)
    assert said in answer.text
    assert all(citation.quote in LAWS[citation.document] for citation in answer.citations)


def test_each_of_several_questions_about_the_document_is_answered(laws: Assistant) -> None:
    text = laws.ask("排水与污水处理条例哪个机关公布的、哪天公布、令号多少").text
    assert [one in text for one in ("青山市人民政府", "2013年10月2日", "第641号")] == [True] * 3


def test_a_year_until_which_something_is_done_names_no_document(laws: Assistant) -> None:
    assert laws.ask("到2024年要缴纳污水处理费吗").plan.documents == ()


def test_a_question_that_goes_on_stays_with_the_document_spoken_of(laws: Assistant) -> None:
    """罚款 stands in three documents."""
    first = "排水与污水处理条例第三条讲什么"
    assert found(laws.ask("那排放污水的处多少罚款", [first])) == ["青山市排水与污水处理条例#4"]
    assert len(found(laws.ask("哪些条款涉及罚款", [first]))) == 3


SECRETS = "青山市保守机关秘密条例"
FINED = ["青山市保守机关秘密条例（2024年）", "青山市道路条例", "青山市排水与污水处理条例"]


@pytest.mark.parametrize(
    "question",
    [
        "哪部条例没有提到罚款",
        "这五部条例当中，哪一部通篇没有写罚款？",
        "哪些条例没有规定罚款",
        "没提到罚款的文件有哪些",
        "哪些文件没有涉及罚款的条款",
        "没有提到罚款的条例是哪几部",
    ],
)
def test_documents_that_do_not_speak_of_something_are_those_without_any_such_item(
    laws: Assistant, question: str
) -> None:
    answer = laws.ask(question)
    assert [row.document for row in answer.table or ()] == ["青山市食堂条例(2022-05-01)", f"{SECRETS}(2014-01-17)"]
    assert answer.count == 2
    assert answer.text.startswith(
        "2份文件没有条款涉及“罚款”：《青山市食堂条例》、《青山市保守机关秘密条例（2014年）》。"
    )
    assert all(f"《{title}》" in answer.text for title in FINED)


def test_what_follows_speaks_of_those_documents(laws: Assistant) -> None:
    first = "哪些条例没有提到罚款"
    assert found(laws.ask("它们有几条", [first])) == [
        "青山市食堂条例(2022-05-01)#1",
        "青山市食堂条例(2022-05-01)#2",
        f"{SECRETS}(2014-01-17)#1",
        f"{SECRETS}(2014-01-17)#2",
    ]


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("哪份文件没有同时提到罚款和复印", ["青山市食堂条例(2022-05-01)", "青山市道路条例", f"{SECRETS}(2014-01-17)", "青山市排水与污水处理条例"]),
        ("哪些条例提到复印但没有提到罚款", [f"{SECRETS}(2014-01-17)"]),
        ("哪份文件没有总则", ["青山市食堂条例(2022-05-01)", f"{SECRETS}(2014-01-17)", f"{SECRETS}(2024-07-10)"]),
    ],
)  # fmt: skip
def test_documents_without_both_or_with_one_alone(laws: Assistant, question: str, documents: list[str]) -> None:
    assert {row.document for row in laws.ask(question).table or ()} == set(documents)


def test_documents_with_items_that_do_not_are_another_question(laws: Assistant) -> None:
    answer = laws.ask("哪些文件里有不涉及罚款的条款")
    assert answer.count == len(LAWS)
    assert len(answer.items) == 12


def test_no_document_is_without_what_every_one_speaks_of(laws: Assistant) -> None:
    answer = laws.ask("排水条例和道路条例哪份没有提到罚款")
    assert answer.count == 0
    assert answer.text.startswith("每份文件都有条款涉及“罚款”")


@pytest.mark.parametrize(
    ("turns", "items"),
    [
        (["排水与污水处理条例罚则那一章，第一条怎么写的"], ["青山市排水与污水处理条例#4"]),
        (["保守机关秘密条例2014年和2024年两个版本，关于复印各有哪些规定"], [f"{SECRETS}(2024-07-10)#2", f"{SECRETS}(2014-01-17)#2"]),
        (["2014年的保密条例里复印怎么办", "那2024年那部呢"], [f"{SECRETS}(2024-07-10)#2"]),
        (["食堂条例对公示菜价怎么规定的，留样也一并列出"], ["青山市食堂条例(2022-05-01)#1", "青山市食堂条例(2022-05-01)#2"]),
    ],
)  # fmt: skip
def test_chapters_and_editions_are_pointed_at_as_people_do(laws: Assistant, turns: list[str], items: list[str]) -> None:
    assert found(laws.ask(turns[-1], turns[:-1])) == items


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("排水与污水处理条例罚则那章有几条", ["共有1条"]),
        ("青山市人民政府令第641号是哪个文件，什么时候公布的", ["青山市排水与污水处理条例", "2013年10月2日"]),
        ("排水与污水处理条例什么时候公布、从哪天开始施行", ["2013年10月2日", "本条例自2014年1月1日起施行。"]),
        ("这几份文件哪一份条数最多，有多少条", ["条款最多的是《青山市排水与污水处理条例》，5条。"]),
    ],
)
def test_numbers_and_days_are_told(laws: Assistant, question: str, said: list[str]) -> None:
    text = laws.ask(question).text
    assert [one in text for one in said] == [True] * len(said)


def test_a_title_of_which_an_item_is_asked_is_a_document_though_an_item_writes_it(
    tmp_path: Path, segmenter: Segmenter, encoder: Encoder
) -> None:
    files = {
        "甲": "青山市职工休假实施办法\n第一条 为了实施《青山市职工休假条例》，制定本办法。\n第二条 职工每年休假五天。\n",
        "乙": "青山市食堂条例\n第一条 食堂应当公示菜价。\n第二条 食堂应当留样。\n",
    }
    asked = assistant_of(tmp_path, files, segmenter, encoder)
    assert asked.ask("《青山市职工休假条例》第二条是怎么写的").reason == "no_such_document"
    assert found(asked.ask("哪些条款提到《青山市职工休假条例》")) == ["甲#1"]


LETTERS = {
    "事故通报": (
        "青山市人民政府办公室关于两起煤矿事故调查处理情况的通报\n青政办发〔2024〕7号\n各县区人民政府：\n"
        "经调查认定，两起事故均为责任事故。\n东岭煤矿的矿长甲某受到开除处分。\n西沟煤矿的矿长乙某受到警告处分。\n为防止事故，提出如下要求：\n"
        "一、落实责任。各县区要查隐患。\n二、加强监管。各县区要关闭小煤矿。\n青山市人民政府办公室\n2024年1月16日\n"
    ),
    "文明条例": (
        "青山市文明行为促进条例\n2021年2月8日 青山市第九届人民代表大会常务委员会第四次会议通过\n"
        "2021年3月18日 河源省第七届人民代表大会常务委员会第三次会议批准\n第一条 妇女联合会应当开展文明家庭评选。\n"
        "第二条 养犬收入可以免征停车费的，由市人民政府批准。\n第三条 文明单位免征停车费。\n"
    ),
    "家庭条例": "青山市家庭教育条例\n第一条 妇女联合会应当办家长学校。\n第二条 学校应当开家长会。\n",
}


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    return assistant_of(tmp_path_factory.mktemp("letters"), LETTERS, segmenter, encoder)


def test_each_part_of_a_list_that_is_asked_of_the_document_is_told(letters: Assistant) -> None:
    text = letters.ask("关于两起煤矿事故的那个通报，发文单位、文号和成文日期分别是什么").text
    assert text == "印发单位：“青山市人民政府办公室”\n发文字号：“青政办发〔2024〕7号”\n日期：“2024年1月16日”"


@pytest.mark.parametrize(
    "question",
    [
        "文明行为促进条例是什么时候、由谁批准的",
        "文明行为促进条例是谁批准的",
        "文明行为促进条例是哪天、在哪次会议上批准的",
    ],
)
def test_who_adopted_it_and_when_one_line_of_its_head_tells(letters: Assistant, question: str) -> None:
    assert "“2021年3月18日 河源省第七届人民代表大会常务委员会第三次会议批准”" in letters.ask(question).text


def test_what_sentences_before_the_first_item_tell_is_quoted_in_part(letters: Assistant) -> None:
    answer = letters.ask("煤矿事故通报里，东岭煤矿的矿长最后受了什么处分")
    assert [citation.quote for citation in answer.citations] == ["东岭煤矿的矿长甲某受到开除处分。"]
    assert "没有任务写到" in answer.text
    assert answer.items == ()


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("家庭教育条例哪几条写到了妇联", ["家庭条例#1"]),
    ],
)
def test_bodies_are_found_by_their_short_forms(letters: Assistant, question: str, items: list[str]) -> None:
    assert found(letters.ask(question)) == items


def test_what_only_the_head_of_a_document_says_is_told_apart(letters: Assistant) -> None:
    answer = letters.ask("哪份文件没有提到责任事故")
    assert {row.document for row in answer.table or ()} == {"文明条例", "家庭条例"}
    assert "另有1份只在文件开头写到：《关于两起煤矿事故调查处理情况的通报》。" in answer.text
    assert [row.document for row in letters.ask("哪些文件没有提到妇联").table or ()] == ["事故通报"]


def test_what_is_near_in_meaning_is_no_yes(letters: Assistant) -> None:
    answer = letters.ask("家庭教育条例有没有规定家庭作业审查制度")
    assert answer.declined
    assert answer.items == ()


def test_not_mended_in_a_document_of_one_edition_compares_nothing(letters: Assistant) -> None:
    assert letters.ask("按文明行为促进条例，停车责令改正还不改的怎么罚").plan.ask.kind != "changes"


PLACES = {
    "东江市管理条例(2020-09-25)": "东江市垃圾管理条例\n2011年11月18日 东江市人大常委会通过\n第一章 总则\n第一条 快递包装应当减量。\n第二章 罚则\n第二条 混投垃圾的，处五十元罚款。\n第三章 附则\n第三条 本条例自2012年3月1日起施行。\n",
    "西江市管理条例(2019-01-31)": "西江市垃圾管理条例\n2019年1月31日 西江市人大常委会通过\n第一章 总则\n第一条 快递包装应当回收。\n第二章 附则\n第二条 本条例自2019年7月1日起施行。\n",
    "捐赠规定": "西江市捐赠规定\n2019年5月1日 西江市人大常委会通过\n为了规范快递企业捐赠，制定本规定。\n第一条 捐赠应当公开。\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    return assistant_of(tmp_path_factory.mktemp("places"), PLACES, segmenter, encoder)


EAST, WEST, GIFTS = PLACES


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("东江和西江两地的垃圾管理条例，对快递包装分别怎么规定", [f"{EAST}#1", f"{WEST}#1"]),
        ("附则讲了什么", [f"{EAST}#3", f"{WEST}#2"]),
        ("2020年版的东江市垃圾管理条例第一条", [f"{EAST}#1"]),
        ("东江市垃圾管理条例第一条讲什么，西江市垃圾管理条例第二条讲什么", [f"{EAST}#1", f"{WEST}#2"]),
    ],
)
def test_each_document_is_asked_in_its_own_way(places: Assistant, question: str, items: list[str]) -> None:
    answer = places.ask(question)
    parts = answer.parts or (answer,)
    assert sorted(one for part in parts for one in found(part)) == sorted(items)
    assert not answer.plan.unread


def test_counts_of_two_documents_in_two_clauses(places: Assistant) -> None:
    text = places.ask("东江市垃圾管理条例有几条，西江市捐赠规定又有几条").text
    assert [one in text for one in ("共有3条", "共有1条")] == [True, True]


def test_documents_that_speak_of_it_before_their_items_are_told(places: Assistant) -> None:
    answer = places.ask("哪些文件提到了快递")
    assert [row.document for row in answer.table or ()] == [EAST, WEST]
    assert "另有1份只在文件开头写到：《西江市捐赠规定》。" in answer.text


def test_a_day_that_an_item_writes_is_a_topic(places: Assistant) -> None:
    answer = places.ask("2019年7月1日起施行的是哪个条例")
    assert [row.document for row in answer.table or ()] == [WEST]
    assert "“2019年7月1日起施行”" in answer.text


def test_a_title_that_there_is_not_before_a_number_is_said(places: Assistant) -> None:
    assert places.ask("志愿服务管理办法第三条").reason == "no_such_document"
