"""Documents chosen by what their heads tell: who approved or revised them, and when; by how many there are; by a part of
their headings."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from index import Encoder, Segmenter
from service import Assistant
from tests.conftest import assistant_of

FILES = {
    "petitions": """信访条例
2005年1月10日 中华人民共和国国务院令第931号公布
第一条 信访工作属地管理。
第二条 信访工作机构发现下列情形的，应当及时督办：
（一）无故拖延的。
第三条 复查机关应当自收到请求之日起30日内提出复查意见。
""",
    "petitions-upper": """上河省信访条例
1996年12月30日 上河省第八届人民代表大会常务委员会第三次会议通过
2016年7月29日 上河省第十二届人民代表大会常务委员会第三十一次会议修订
第一条 信访工作分级负责。
第二条 信访人可以走访。
第三条 复查机关应当在二十日内提出复查意见。
""",
    "care-bay": """河湾市养老服务条例
2019年9月8日 河湾市第十八届人民代表大会常务委员会第二十七次会议通过
2019年9月27日 东岭省第十三届人民代表大会常务委员会第十四次会议批准
第一章 总则
第一条 为了发展养老服务，制定本条例。
第二章 服务体系
第一节 社区居家养老服务
第二条 街道组织老年人助餐。
第二节 农村养老服务
第三条 村民委员会办好幸福院，做好农村养老服务。
第四条 建立探访制度。
第三章 附则
第五条 本条例自2020年1月1日起施行。
""",
    "care-stone": """石桥市养老服务条例
2018年9月8日 石桥市第十七届人民代表大会常务委员会第二次会议通过
2018年9月27日 经东岭省第十三届人民代表大会常务委员会第四次会议批准
第一条 为了做好养老服务，制定本条例。
第二条 农村养老服务设施由镇建设。
""",
    "care-lower": """下河省养老服务条例
2015年1月25日 下河省第十二届人民代表大会第三次会议通过
2021年9月29日 下河省第十三届人民代表大会常务委员会第三十一次会议修正
第一条 下河省的养老服务适用本条例。
第二条 养老护理员享受津贴。
""",
    "aid": """云州市人民政府办公室关于印发云州市临时救助实施细则的通知
云府办规〔2021〕19号
第一条 救助标准由市民政局制定。
第二条 同一家庭每年救助不超过五万元。
云州市人民政府办公室
2021年12月1日
""",
    "talents": """关于印发《河湾市拔尖人才培养工程实施意见》的通知
中共河湾市委组织部
河湾市财政局
河湾市教育局
2021年9月22日
一、每个周期培养一千四百名。
二、给予资助。
""",
    "halls-2019": """歌厅营业场所管理条例
2016年2月6日 国务院公布
2019年3月24日 国务院修订
第一条 为了管好歌厅营业场所，制定本条例。
第二条 本条例所称歌厅营业场所，是指向公众提供歌唱设备的练歌房、点唱室等场所。
第三条 开办应当经文化行政部门批准。
第四条 不得封堵安全出口。
""",
    "halls-2022": """歌厅营业场所管理条例
2016年2月6日 国务院公布
2022年3月29日 国务院修订
第一条 为了管好歌厅营业场所，制定本条例。
第二条 本条例所称歌厅营业场所，是指向公众提供歌唱设备的练歌房、点唱室等场所。
第三条 开办应当向文化行政部门备案。
第四条 不得封堵安全出口。
""",
}  # the day of one is the year of another: 2021年


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    return assistant_of(tmp_path_factory.mktemp("office"), FILES, segmenter, encoder)


def found(office: Assistant, turns: Sequence[str]) -> list[str]:
    answer = office.ask(turns[-1], turns[:-1])
    return [f"{match.item.document}#{match.item.id}" for match in answer.items]


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("东岭的两部养老条例第一条", ["care-bay#1", "care-stone#1"]),
        ("东岭省人大常委会批准的那两部条例第一条", ["care-bay#1", "care-stone#1"]),
        ("下河那个养老条例第二条", ["care-lower#2"]),
        ("2021年修正的那个养老条例第一条", ["care-lower#1"]),
        ("2016年修订的信访条例第二条", ["petitions-upper#2"]),
        ("2016年的信访条例第二条", ["petitions-upper#2"]),
        ("国务院令第931号公布的条例里，哪些情形应当及时督办", ["petitions#2"]),
        ("2018年9月27日批准的那部养老条例第二条", ["care-stone#2"]),
        ("2020年1月1日起施行的养老条例第一条", ["care-bay#1"]),
        ("上河省人大常委会通过的那部条例第二条", ["petitions-upper#2"]),
        ("市委组织部和市财政局2021年联合印发的那份意见第二条", ["talents#2"]),
        ("市府办印发的那份细则第二条", ["aid#2"]),
        ("第31号公布的条例第一条", []),
        ("黑水省人大常委会通过的那部条例第二条", []),
        ("全国人大常委会通过的那部条例第二条", []),
        ("不是2020年施行的养老条例第一条", []),
        ("省信访条例第二条", ["petitions-upper#2"]),
        ("省里那个信访条例第二条", ["petitions-upper#2"]),
        ("下河省《下河省养老服务的条例》第二条", ["care-lower#2"]),
        ("上河省信访条例2条，讲什么", ["petitions-upper#2"]),
        ("新旧歌厅条例有什么变化", ["halls-2022#3"]),
    ],
)
def test_a_document_is_chosen_by_who_approved_or_revised_it_and_when(
    office: Assistant, question: str, items: list[str]
) -> None:
    assert found(office, [question]) == items


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("三部养老条例第二条", ["care-lower#2", "care-bay#2", "care-stone#2"]),
        ("这三个养老条例里哪些提到津贴", ["care-lower#2"]),
        ("这几部养老条例第二条", ["care-lower#2", "care-bay#2", "care-stone#2"]),
        ("两部信访条例，复查的期限分别是多少", ["petitions-upper#3", "petitions#3"]),
    ],
)
def test_so_many_of_a_name_are_all_that_are_called_so(office: Assistant, question: str, items: list[str]) -> None:
    assert found(office, [question]) == items


def test_which_is_meant_is_asked_where_there_are_more_than_so_many(office: Assistant) -> None:
    assert office.ask("两部养老条例第二条").reason == "which_document"


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("东岭省人大常委会批准的市级条例有哪几部", ["care-bay", "care-stone"]),
        ("东岭省人大常委会批准的是哪几部", ["care-bay", "care-stone"]),
        ("这几部养老条例里提到农村的各有几条", ["care-bay", "care-stone"]),
        ("九份文件里哪几份提到津贴", ["care-lower"]),
        ("各市的养老条例里，哪几部提到农村", ["care-bay", "care-stone"]),
        ("哪几个地方的养老条例提到津贴", ["care-lower"]),
    ],
)
def test_which_of_so_many_is_answered_with_documents(office: Assistant, question: str, documents: list[str]) -> None:
    assert [row.document for row in office.ask(question).table or ()] == documents


def test_the_documents_that_a_province_approved(office: Assistant) -> None:
    answer = office.ask("东岭省人大常委会批准的养老条例有哪些")
    assert [row.document for row in answer.table or ()] == ["care-bay", "care-stone"]


@pytest.mark.parametrize("question", ["市委组织部等三部门印发的文件有哪些", "河湾市委组织部等部门印发的文件有哪些"])
def test_those_who_issued_together_are_called_by_the_first(office: Assistant, question: str) -> None:
    assert [row.document for row in office.ask(question).table or ()] == ["talents"]


def test_another_document_of_the_same_place_is_not_the_one_named(office: Assistant) -> None:
    answer = office.ask("云州市医疗救助办法里，救助标准是多少")
    assert (answer.reason, "没有“云州市医疗救助办法”" in answer.text) == ("no_such_document", True)


@pytest.mark.parametrize(
    "question",
    [
        "河湾市养老条例农村养老那一节有哪几条",
        "河湾市养老条例里农村养老这节",
        "河湾市养老条例农村养老服务那一章有哪些条",
    ],
)
def test_a_section_inside_a_chapter_is_named_by_a_part_of_its_heading(office: Assistant, question: str) -> None:
    assert found(office, [question]) == ["care-bay#3", "care-bay#4"]


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("2019年的练歌房条例第三条", ["halls-2019#3"]),
        ("22年的练歌房管理条例里安全出口", ["halls-2022#4"]),
        ("练歌房条例2022版跟2019版比，哪些条内容有变化", ["halls-2022#3"]),
    ],
)
def test_a_document_is_called_by_what_it_defines(office: Assistant, question: str, items: list[str]) -> None:
    assert found(office, [question]) == items


def test_what_a_document_defines_is_a_topic_without_a_word_for_its_kind(office: Assistant) -> None:
    assert found(office, ["哪些条款提到练歌房"]) == ["halls-2022#2", "halls-2019#2"]


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("河湾和石桥的养老条例对农村养老服务的规定有什么不同", ["care-bay#3", "care-stone#2"]),
        ("复查的期限，国务院条例和上河省条例有啥不同", ["petitions-upper#3", "petitions#3"]),
    ],
)
def test_what_two_unlike_documents_say_of_a_topic_stands_side_by_side(
    office: Assistant, question: str, items: list[str]
) -> None:
    answer = office.ask(question)
    assert [f"{match.item.document}#{match.item.id}" for match in answer.items] == items
    assert not answer.changes


def test_both_sides_of_which_are_asked(tmp_path: Path, segmenter: Segmenter, encoder: Encoder) -> None:
    texts = {
        "care": "养老条例\n第一条 养老护理人员应当参加培训。\n第二条 养老护理人员享受岗位津贴。\n第三条 机构享受建设补贴。\n"
    }
    office = assistant_of(tmp_path, texts, segmenter, encoder)
    assert found(office, ["养老护理员能拿哪些补贴、津贴"]) == ["care#2"]


def test_what_is_asked_twice_is_answered_once(office: Assistant) -> None:
    answer = office.ask("2019年的练歌房条例，安全出口有什么规定，在第几条")
    assert answer.text.count("不得封堵安全出口") == 1


def test_a_document_that_others_write_is_a_topic_where_it_is_asked_which_do(
    tmp_path: Path, segmenter: Segmenter, encoder: Encoder
) -> None:
    texts = {
        "lifts": "电梯条例\n第一条 根据《装置监察条例》，制定本条例。\n第二条 电梯应当检验。\n",
        "watch": "装置监察条例\n第一条 为了安全，制定本条例。\n第二条 装置应当登记。\n",
    }
    office = assistant_of(tmp_path, texts, segmenter, encoder)
    assert found(office, ["哪些条款写了《装置监察条例》"]) == ["lifts#1"]
    assert [row.document for row in office.ask("哪几个文件的制定依据里写了《装置监察条例》").table or ()] == ["lifts"]
    assert found(office, ["哪些内容写进了《装置监察条例》"]) == ["watch#1", "watch#2"]


def test_a_heading_of_several_documents_is_named_once(tmp_path: Path, segmenter: Segmenter, encoder: Encoder) -> None:
    texts = {
        "one": "桥梁条例\n第一章 总则\n第一条 桥要养护。\n第二章 附则\n第二条 本条例自公布之日起施行。\n",
        "two": "码头条例\n第一章 总则\n第一条 码头要养护。\n第二章 管理\n第二条 夜间关闭。\n第三章 附则\n第三条 本条例自印发之日起施行。\n",
    }
    office = assistant_of(tmp_path, texts, segmenter, encoder)
    answer = office.ask("附则讲了什么")
    assert answer.reading == "在“附则”的条款"
    assert sorted(found(office, ["附则讲了什么"])) == ["one#2", "two#3"]


def test_what_follows_is_asked_of_the_subject_before(tmp_path: Path, segmenter: Segmenter, encoder: Encoder) -> None:
    other = "码头条例\n第一条 码头要养护。\n第二条 提交材料。\n"
    body = (
        "基地办法\n第一条 申请认定见习基地应当有独立账户。\n第二条 申请认定见习基地应当提交下列材料：申请表。\n"
        "第三条 申请拨付补贴应当提交发放材料。\n第四条 基地应当培训。\n"
    )
    office = assistant_of(tmp_path, {"base": body, "other": other}, segmenter, encoder)
    first = "基地办法里申请认定见习基地要有什么条件"
    assert found(office, [first, "那要提交哪些材料"]) == ["base#2"]
    assert "申请认定见习基地" in office.ask("那要提交哪些材料", [first]).reading
    assert found(office, [first, "那拨付补贴要提交哪些材料"]) == ["base#3"]


def test_what_the_text_states_is_not_denied(tmp_path: Path, segmenter: Segmenter, encoder: Encoder) -> None:
    texts = {
        "blood": "献血条例\n第一条 血站是采集血液的公益性组织。\n第二条 血站每次采集二百毫升，最多不得超过四百毫升。\n"
        "第三条 禁止骗取临床用血相关费用。\n第四条 骗取临床用血相关费用的，处违法所得一倍以上五倍以下罚款。\n"
        "第五条 献血者免交费用。\n"
    }
    office = assistant_of(tmp_path, texts, segmenter, encoder)
    assert found(office, ["什么是血站"]) == ["blood#1"]
    assert found(office, ["骗取用血费用罚多少"]) == ["blood#4"]
    assert "献血一" not in office.ask("献血一次最多抽多少毫升").reading


def test_a_bracketed_number_is_a_section_where_no_heading_has_it(assistant: Assistant) -> None:
    assert [one.item.id for one in assistant.ask("（三）里的第二项").items] == ["29"]
    assert assistant.ask("（三）里有几项任务").count == 6


@pytest.mark.parametrize("question", ["公众条例第二条", "设备条例第二条"])
def test_a_word_of_a_definition_names_no_document(office: Assistant, question: str) -> None:
    assert office.ask(question).reason == "no_such_document"


def test_a_province_alone_does_not_choose_what_it_approved(office: Assistant) -> None:
    assert office.ask("东岭省的津贴谁定").plan.documents == ()


@pytest.mark.parametrize("question", ["东海和西山的信访条例有什么不同", "东海比西山的信访条例多了什么"])
def test_two_places_are_compared_where_one_is_called_so_without_a_place(
    tmp_path: Path, segmenter: Segmenter, encoder: Encoder, question: str
) -> None:
    body = "\n第一条 信访工作属地管理。\n第二条 建立{}制度。\n"
    texts = {
        "east": f"东海省信访条例\n2016年1月5日东海省人民代表大会常务委员会通过{body.format('督办')}",
        "west": f"西山省信访条例\n2015年1月5日西山省人民代表大会常务委员会通过{body.format('回访')}",
        "whole": f"信访条例\n2005年1月5日国务院公布{body.format('听证')}",
    }
    answer = assistant_of(tmp_path, texts, segmenter, encoder).ask(question)
    assert set(answer.plan.documents) == {"east", "west"}


def test_a_year_in_what_an_item_writes_chooses_no_document(
    tmp_path: Path, segmenter: Segmenter, encoder: Encoder
) -> None:
    texts = {
        "parks": "公园条例\n2020年5月1日公布\n第一条 公园由市园林局修订名录。\n第二条 夜间关闭。\n",
        "dogs": "养犬规定\n2019年5月1日公布\n第一条 2020年公布的公园名录由市公安局调整。\n第二条 出门系绳。\n",
    }
    office = assistant_of(tmp_path, texts, segmenter, encoder)
    assert found(office, ["2020年公布的公园名录由谁调整"]) == ["dogs#1"]


def test_a_level_that_no_document_is_of_is_said(office: Assistant) -> None:
    assert office.ask("县养老服务条例第一条").reason != "no_such_document"  # 县 is read as no level
    assert office.ask("省临时救助实施细则第一条").reason == "no_such_document"


@pytest.mark.parametrize("said", ["对走访怎么规定", "里怎么说走访", "第二条讲什么"])
def test_a_regulation_of_a_place_that_is_not_loaded_is_said(office: Assistant, said: str) -> None:
    assert office.ask(f"远山市城市绿化条例{said}").reason == "no_such_document"
