"""The rules by which texts become outlines, each on a small text written for it."""

import itertools

import pytest

from corpus import Document, parse_document, parse_source
from corpus.readers import Source, SourceLine

HEAD = "某市人民政府关于某事的工作方案\n"


def outline(text: str) -> list[str]:
    return [f"{item.id} {item.text}" for item in parsed(text).items]


def parsed(text: str) -> Document:
    document = parse_document(HEAD + text, id="x")
    spans = list(document.spans())
    assert (spans[0].start, spans[-1].end) == (0, len(document.text))
    assert all(before.end == after.start for before, after in itertools.pairwise(spans))
    return document


THREE_LEVELS = """一、总体要求
坚持稳中求进，以服务企业为中心，开展各项工作。
二、重点任务
（一）建设平台。
1.建成数据平台，归集各部门数据。
2.建成算力平台，服务中小企业。
（二）培育企业。
1.引进企业，给予场地补贴。
2.扶持企业，给予贷款贴息。
三、保障措施
（一）加强领导。建立联席会议制度，每月会商。
（二）加强宣传。各地及时总结经验做法。
四、其他事项
各地可以参照执行本方案的有关规定。
"""


def test_three_levels_that_differ_from_section_to_section() -> None:
    assert outline(THREE_LEVELS) == [
        "2.1.1 建成数据平台，归集各部门数据。",
        "2.1.2 建成算力平台，服务中小企业。",
        "2.2.1 引进企业，给予场地补贴。",
        "2.2.2 扶持企业，给予贷款贴息。",
        "3.1 加强领导。建立联席会议制度，每月会商。",
        "3.2 加强宣传。各地及时总结经验做法。",
        "4 各地可以参照执行本方案的有关规定。",
    ]
    document = parsed(THREE_LEVELS)
    assert [item.label for item in document.items] == [
        "第2部分（一）第1项",
        "第2部分（一）第2项",
        "第2部分（二）第1项",
        "第2部分（二）第2项",
        "第3部分第1项",
        "第3部分第2项",
        "第4部分",
    ]
    assert [unit.title for unit in document.sections] == [
        "一、总体要求",
        "二、重点任务",
        "三、保障措施",
        "四、其他事项",
    ]
    assert [part.role for part in document.head] == ["title", "overall"]
    assert [unit.title for unit in document.items[2].path] == ["二、重点任务", "（二）培育企业。"]


def test_numbers_that_run_through_give_short_ids() -> None:
    text = THREE_LEVELS.replace("1.引进", "3.引进").replace("2.扶持", "4.扶持")
    assert [line.split()[0] for line in outline(text)] == ["1", "2", "3", "4", "3.1", "3.2", "s4"]


def test_numbers_through_all_sections_leave_a_prose_section_its_own_id() -> None:
    text = "一、开展培训\n对全体人员进行一次培训。\n二、检查评比\n（一）每季度检查一次，通报结果。\n三、奖励\n（二）对先进给予表彰和奖励。\n"
    assert outline(text) == ["s1 对全体人员进行一次培训。", "1 每季度检查一次，通报结果。", "2 对先进给予表彰和奖励。"]


def test_a_lead_and_a_list_of_fragments_belong_to_their_item() -> None:
    text = "一、报名\n（一）材料。报名时提交下列材料：\n1.申请书；\n2.证明。\n（二）时间。每年三月集中报名一次。\n二、审核\n（一）逐级审核报名材料。\n"
    assert outline(text) == [
        "1.1 材料。报名时提交下列材料：\n1.申请书；\n2.证明。",
        "1.2 时间。每年三月集中报名一次。",
        "2.1 逐级审核报名材料。",
    ]


def test_a_paragraph_under_a_heading_is_neither_item_nor_lost() -> None:
    document = parsed(
        "一、任务\n各单位按照下列分工抓好落实。\n（一）整治市容环境，做到干净整洁。\n（二）整治交通秩序，做到安全畅通。\n"
    )
    assert [item.id for item in document.items] == ["1", "2"]
    assert "各单位按照" in document.text[document.outline[0].span.start : document.outline[0].span.end]


def test_an_item_with_a_sentence_keeps_the_list_below_it() -> None:
    text = "一、关于甲问题。你市请求支持甲项目。\n甲局研究后答复如下。\n二、关于乙问题。你市请求支持乙项目。\n1.乙项目的资金由财政安排解决。\n2.乙项目的土地由自然资源部门解决。\n"
    assert [line.split()[0] for line in outline(text)] == ["1", "2"]


LAW = """第一编 总则
第一章 任务
第一条 为了规范管理，制定本条例。
第二条 下列行为应当登记：
（一）开业；
（二）歇业。
第二条之一 登记不收费用。
第二章 监督
第三条 监督由市局负责。
第二编 罚则
第一章 罚款
第四条 违反第二条的，处罚款。
"""


def test_articles_are_the_items_whatever_lists_they_hold() -> None:
    document = parsed(LAW)
    assert [(item.id, item.label) for item in document.items] == [
        ("1", "第1条"),
        ("2", "第2条"),
        ("2-1", "第2条之一"),
        ("3", "第3条"),
        ("4", "第4条"),
    ]
    assert [(unit.id, unit.label) for unit in document.outline] == [
        ("1", "第1编"),
        ("1.1", "第1章"),
        ("1.2", "第2章"),
        ("2", "第2编"),
        ("2.1", "第1章"),
    ]
    second = document.items[1]
    assert [
        (place.kind, place.number, document.text[place.span.start : place.span.end]) for place in second.places
    ] == [
        ("项", 1, "（一）开业；"),
        ("项", 2, "（二）歇业。"),
    ]
    assert document.warnings == ()


def test_articles_as_taiwan_writes_them() -> None:
    text = "法規名稱：某法\n修正日期：20191218\n\n第 1 條\n本法規範某事。\n第 3 條\n甲機關辦理。\n乙機關協助。\n第 3-1 條\n費用由國庫負擔。\n"
    document = parse_document(text, id="x")
    assert (document.title, str(document.date)) == ("某法", "2019-12-18")
    assert [(item.id, item.label, item.text) for item in document.items] == [
        ("1", "第1条", "本法規範某事。"),
        ("3", "第3条", "甲機關辦理。\n乙機關協助。"),
        ("3-1", "第3-1条", "費用由國庫負擔。"),
    ]
    assert [document.text[p.span.start : p.span.end] for p in document.items[1].places] == [
        "甲機關辦理。",
        "乙機關協助。",
    ]
    assert [str(one) for one in document.warnings] == ["第6行：应为编号2，实为编号3：“第 3 条”；照原文的编号读"]


@pytest.mark.parametrize(
    ("lines", "ids"),
    [
        (["205.办理甲事，限期完成。", "206.办理乙事，限期完成。"], ["205", "206"]),
        (["10.办理甲事，限期完成。", "11.121人才工程选拔。", "12.办理丙事。"], ["10", "11", "12"]),
        (["1.办理甲事，限期完成。", "2.办理乙事。", "2.办理丙事。"], ["1", "2", "2_2"]),
        (["（1）办理甲事，限期完成。", "（2）办理乙事。"], ["1", "2"]),
        (["①办理甲事，限期完成。", "②办理乙事。"], ["1", "2"]),
        (["卅一、办理甲事。", "卅二、办理乙事。"], ["31", "32"]),
    ],
)
def test_numbers_may_start_anywhere_and_be_misprinted(lines: list[str], ids: list[str]) -> None:
    assert [line.split()[0] for line in outline("\n".join(lines) + "\n")] == ids


NOTICE = """某市人民政府办公室关于印发某办法的通知
某政办〔2024〕5号
各区政府：
现将《某办法》印发给你们，请认真执行。
某市人民政府办公室
2024年3月1日
某办法
第一条 本办法规定某事。
第二条 某事由市局办理。
第三条 本办法自印发之日起施行。
附件：1.申请流程
2.分工表
附件1
申请流程
一、申请。申请人提交申请书。
二、受理。受理窗口当场受理。
附件2
分工表
一、市局负责受理申请。
二、区局负责现场核查。
三、镇街负责日常巡查。
"""


def test_a_notice_what_it_issues_and_attachments() -> None:
    document = parse_document(NOTICE, id="x")
    assert document.title == "某市人民政府办公室关于印发某办法的通知"
    assert (document.issuer, str(document.date), document.number) == (
        "某市人民政府办公室",
        "2024-03-01",
        "某政办〔2024〕5号",
    )
    assert [(part.id, part.label, part.title) for part in document.parts] == [
        ("", "", "某市人民政府办公室关于印发某办法的通知"),
        ("a1", "附件1", "申请流程"),
        ("a2", "附件2", "分工表"),
    ]
    assert [item.id for item in document.items] == ["1", "2", "3", "a1.1", "a1.2", "a2.1", "a2.2", "a2.3"]
    assert document.items[-1].label == "附件2第3项"
    assert document.items[2].text == "本办法自印发之日起施行。"


def test_two_regulations_in_one_file() -> None:
    text = "甲规定\n一、范围\n（一）本规定适用于甲事。\n二、办理\n（二）甲事由甲局办理。\n（三）甲事当年办结。\n乙规定\n一、范围\n（一）本规定适用于乙事。\n（二）乙事由乙局办理。\n"
    document = parse_document(text, id="x")
    assert [item.id for item in document.items] == ["1", "2", "3", "t2.1", "t2.2"]
    assert document.items[3].label == "《乙规定》第1项"
    assert document.items[2].text == "甲事当年办结。"


def test_a_title_within_the_label_of_another_text_has_inner_marks() -> None:
    text = "关于印发分工的通知\n一、照办甲事。\n二、照办乙事。\n2033年《河湾市报告》分工\n一、修桥。\n二、修路。\n"
    assert parse_document(text, id="x").items[2].label == "《2033年〈河湾市报告〉分工》第1项"


def test_articles_that_begin_anew_without_a_title_are_another_text() -> None:
    text = "甲办法\n第一条 甲事。\n第二条 乙事。\n第三条 丙事。\n第一条 丁事。\n第二条 戊事。\n"
    assert [item.id for item in parse_document(text, id="x").items] == ["1", "2", "3", "t2.1", "t2.2"]


def test_a_closing_paragraph_a_signature_and_copies_are_no_item() -> None:
    text = "一、办理甲事，限期完成。\n二、办理乙事，限期完成。\n三、办理丙事，限期完成。\n本方案自2024年5月1日起施行，有效期三年。\n某市人民政府\n2024年4月1日\n抄送：市委办公室。\n"
    document = parsed(text)
    assert [item.text for item in document.items] == [
        "办理甲事，限期完成。",
        "办理乙事，限期完成。",
        "办理丙事，限期完成。",
    ]
    assert [part.role for part in document.head] == ["title", "closing", "issuer", "date", "copies"]


def test_headings_without_a_number_stand_between_items() -> None:
    document = parsed("1.办理甲事，限期完成。\n土地房屋\n2.办理乙事，限期完成。\n")
    assert [item.text for item in document.items] == ["办理甲事，限期完成。", "办理乙事，限期完成。"]
    assert [part.role for part in document.head] == ["title", "heading"]


def test_a_table_pasted_as_text_gives_rows() -> None:
    document = parsed(
        "序号 任 务 牵头单位 完成时限\n1 建成 数据平台 市数据局 2025年6月\n2 建成算力平台 市经信局 持续推进\n"
    )
    assert [(i.id, i.label, i.text, i.lead) for i in document.items] == [
        ("1", "第1项", "建成 数据平台", ("市数据局",)),
        ("2", "第2项", "建成算力平台", ("市经信局",)),
    ]
    assert [(due.text, str(due.by)) for item in document.items for due in item.dues] == [
        ("2025年6月", "2025-06-30"),
        ("持续推进", "None"),
    ]
    first = document.items[0].due
    assert first
    assert document.text[first.start : first.end] == "2025年6月"


def test_a_title_on_several_lines_with_junk_above() -> None:
    text = "ＡＢ０１－２０２４\n某市人民政府文件\n某政发〔２０２４〕３号\n某市人民政府关于印发某工作\n三年行动计划的通知\n各区政府：\n现将计划印发给你们。\n某市人民政府\n２０２４年１月２日\n某工作三年行动计划\n一、办理甲事，限期完成。\n二、办理乙事，限期完成。\n"
    document = parse_document(text, id="x")
    assert document.title == "某市人民政府关于印发某工作三年行动计划的通知"
    assert (document.issuer, str(document.date), document.number) == (
        "某市人民政府",
        "2024-01-02",
        "某政发〔２０２４〕３号",
    )


def test_units_beside_one_that_says_something_are_items_with_their_lists() -> None:
    text = "一、条件\n（一）基本要求。经营状况良好，没有违法记录。\n（二）技术要求。\n1.建立数据安全管理制度并严格执行。\n2.三年内没有发生数据安全事件。\n二、程序\n（一）申请。\n1.申请单位提交书面申请材料一份。\n2.主管部门在五日内完成形式审查。\n（二）公示。\n1.审查结果在政府网站公示七日。\n"
    assert outline(text) == [
        "1.1 基本要求。经营状况良好，没有违法记录。",
        "1.2 技术要求。\n1.建立数据安全管理制度并严格执行。\n2.三年内没有发生数据安全事件。",
        "2.1.1 申请单位提交书面申请材料一份。",
        "2.1.2 主管部门在五日内完成形式审查。",
        "2.2.1 审查结果在政府网站公示七日。",
    ]


def test_numbers_that_begin_anew_under_lines_without_a_number() -> None:
    text = "一、赛道\n赛道甲：智能穿戴\n重点区域：东区。\n1.发展智能眼镜，建设产业园。\n2.发展智能鞋服，建设研究院。\n赛道乙：智慧医疗\n重点区域：西区。\n1.建设医疗数据集，开放应用。\n2.建设医学模型，服务医院。\n二、保障\n（一）加强领导，定期会商解决问题。\n"
    document = parsed(text)
    assert [(item.id, item.label) for item in document.items][:4] == [
        ("1.1.1", "第1部分第1组第1项"),
        ("1.1.2", "第1部分第1组第2项"),
        ("1.2.1", "第1部分第2组第1项"),
        ("1.2.2", "第1部分第2组第2项"),
    ]
    assert [unit.title for unit in document.outline] == ["一、赛道", "赛道甲：智能穿戴", "赛道乙：智慧医疗", "二、保障"]
    assert document.items[1].text == "发展智能鞋服，建设研究院。"


def test_rows_under_headings_of_a_table_are_items() -> None:
    header = SourceLine("序号\t任务\t责任单位", "row", cells=("序号", "任务", "责任单位"), header=True)

    def row(*cells: str) -> SourceLine:
        return SourceLine("\t".join(cells), "row", cells=cells)

    lines = (
        SourceLine("某市任务清单"),
        header,
        SourceLine("一、数据方面"),
        row("1", "建成数据平台，归集数据。", "市数据局"),
        row("2", "开放数据，服务企业。", "市数据局、市经信局"),
        SourceLine("二、算力方面"),
        row("3", "建成算力平台。", "市经信局"),
    )
    document = parse_source(Source("xlsx", None, lines, {}, ()), id="x")
    assert [(item.id, item.text, item.lead) for item in document.items] == [
        ("1", "建成数据平台，归集数据。", ("市数据局",)),
        ("2", "开放数据，服务企业。", ("市数据局", "市经信局")),
        ("3", "建成算力平台。", ("市经信局",)),
    ]
    assert [item.section for item in document.items] == [1, 1, 2]
    assert all(item.responsible for item in document.items)


def test_the_last_chapter_without_a_number_ends_the_one_before() -> None:
    lines = [
        "青山市条例",
        "第一章 总 则",
        "第一条 为了修桥。",
        "第二章 罚 则",
        "第二条 拆桥的，罚款。",
        "附 则",
        "第三条 自公布之日起施行。",
    ]
    document = parse_document("\n".join(lines), "rules")
    assert [[unit.label for unit in item.path] for item in document.items] == [["第1章"], ["第2章"], []]
    assert [item.id for item in document.items] == ["1", "2", "3"]


def test_a_text_without_a_date_is_dated_by_the_name_of_its_file() -> None:
    assert str(parse_document("青山市条例\n第一条 修桥。\n", "青山市条例(2023-12-04)").date) == "2023-12-04"
    assert parse_document("青山市条例\n第一条 修桥。\n", "青山市条例").date is None
