"""Question files as people keep them: read, or refused with the cell named."""

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from eval.cases import Case, Known, QuestionsError, to_cases
from eval.evaluation import Options, read_questions
from eval.tables import read_csv, read_jsonl, read_xlsx
from eval.trec import read_squad


def known_ids(**documents: list[str]) -> Known:
    return Known({document: {id: at for at, id in enumerate(ids)} for document, ids in documents.items()})


KNOWN = Known(
    {"a": {str(number): number for number in range(1, 39)}},
    {"认可部": "認可部", "认证部": "認證部"},
    ["总体要求是:坚持稳中求进"],
)
RESTARTING = known_ids(a=["1.1", "1.2", "2.1"], b=["1", "2", "2.1"])


def workbook(path: Path, *rows: list[Any], merged: str | None = None) -> Path:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    if merged:
        book.worksheets[0].merge_cells(merged)
    book.save(path)
    return path


def cases_of(path: Path, known: Known = KNOWN) -> list[Case]:
    return read_questions(Options(questions=path), known).cases


def refusal(path: Path, known: Known = KNOWN) -> str:
    with pytest.raises(QuestionsError) as error:
        cases_of(path, known)
    return str(error.value)


def test_a_spreadsheet_users_habits_are_read(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "q.xlsx",
        [" 问题 ", "答案", "类别", "数量", "拒答", None],
        [None, None, None, None, None, None],
        ["哪些任务涉及一带一路　", "３１；第32项", "主题", 2.0, None, None],
        ["第25条讲什么", 25.0, None, None, "否", None],
        ["", "  ", None, None, None, None],
        ["前三项", "１ - 2、 第三条", "编号", None, None, None],
        ["今天天气", None, None, None, "是", None],
        ["财务部牵头哪些", "无", None, 0, None, None],
        [7, "a#7", None, None, None, None],
    )
    remarks: list[str] = []
    cases = to_cases(read_xlsx(path, remarks), KNOWN, "q.xlsx")
    assert [(case.question, case.items, case.declined, case.count) for case in cases] == [
        ("哪些任务涉及一带一路", ("a#31", "a#32"), False, 2),
        ("第25条讲什么", ("a#25",), False, None),
        ("前三项", ("a#1", "a#2", "a#3"), False, None),
        ("今天天气", None, True, None),
        ("财务部牵头哪些", (), False, 0),
        ("7", ("a#7",), False, None),
    ]
    assert [case.kind for case in cases] == ["主题", "未分类", "编号", "未分类", "未分类", "未分类"]
    assert [case.id for case in cases] == ["行3", "行4", "行6", "行7", "行8", "行9"]
    assert remarks == ["跳过 2 个空行"]


def test_a_merged_cell_counts_for_every_row_it_covers(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["问题", "答案", "类别"], ["甲", "1", "主题"], ["乙", "2", None], ["丙", "3", None]]
    cases = cases_of(workbook(tmp_path / "q.xlsx", *rows, merged="C2:C3"))
    assert [case.kind for case in cases] == ["主题", "主题", "未分类"]


def test_only_the_first_sheet_with_content_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["问题", "答案"], ["甲", "1"]):
        book.create_sheet("题").append(row) if "题" not in book.sheetnames else book["题"].append(row)
    book.create_sheet("草稿").append(["随便写写"])
    book.save(tmp_path / "q.xlsx")
    read = read_questions(Options(questions=tmp_path / "q.xlsx"), KNOWN)
    assert ([case.question for case in read.cases], read.remarks) == (["甲"], ["只读了工作表“题”，没有读：草稿"])


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["甲", "99", None], "B2（答案）：没有条目“99”；a 有 1 至 38"),
        (["甲", "1、3—9、45", None], "B2（答案）：没有条目“45”"),
        (["甲", "9-3", None], "B2（答案）：“9-3”不是从前到后的范围"),
        (["甲", "第三方", None], "B2（答案）：没有条目“第三方”"),
        (["甲", None, None], "B2（答案）：应为条目编号"),
        ([None, "3", None], "A2（问题）：应为问题，实为空"),
        (["甲", datetime.datetime(2017, 3, 5), None], "B2（答案）：应为文本，实为日期 2017-03-05"),
        (["甲", "3", "几个"], "C2（数量）：应为不小于 0 的整数，实为“几个”"),
        (["甲", "3", 1.5], "C2（数量）：应为不小于 0 的整数，实为“1.5”"),
        (["甲" * 501, "3", None], "A2（问题）：问题应为至多 500 字，实为 501 字"),
        (
            ["甲", "1月3日", None],
            "B2（答案）：没有条目“1月3日”；a 有 1 至 38；可写 31、23-25、文档#编号；像是被电子表格",
        ),
        (["甲", "#REF!", None], "B2（答案）：公式出错或列太窄：单元格显示为 #REF!"),
        (["甲", "c#3", None], "B2（答案）：没有文档“c”；现有：a"),
    ],
)
def test_a_wrong_cell_is_named(tmp_path: Path, row: list[Any], said: str) -> None:
    assert f"工作表“Sheet”{said}" in refusal(workbook(tmp_path / "q.xlsx", ["问题", "答案", "数量"], row))


def test_a_number_that_two_ids_could_mean_is_refused(tmp_path: Path) -> None:
    many = known_ids(a=["3.1", "3.10"])
    path = workbook(tmp_path / "q.xlsx", ["问题", "答案"], ["甲", 3.1])
    assert "B2（答案）：单元格是数字 3.1，分不清 3.1 与 3.10" in refusal(path, many)
    assert cases_of(path, known_ids(a=["3.1", "3.2"]))[0].items == ("a#3.1",)


def test_where_several_documents_have_an_id_its_document_must_be_named(tmp_path: Path) -> None:
    path = workbook(tmp_path / "q.xlsx", ["问题", "答案"], ["甲", "2.1"])
    assert "几份文档都有条目“2.1”；请写成“文档#编号”，如 a#2.1" in refusal(path, RESTARTING)
    named = workbook(tmp_path / "r.xlsx", ["问题", "答案"], ["甲", "b#2.1；1.1"])
    assert cases_of(named, RESTARTING)[0].items == ("b#2.1", "a#1.1")


@pytest.mark.parametrize(
    ("headings", "said"),
    [
        (["问题", "答案", "答按"], "C1（答按）：未知的列“答按”；不需要的列和表头上方的说明行请删去，可用的列："),
        (["问题", "答案", None], "C2（没有标题）：有内容“2”而这一列没有标题"),
        (["提问", "答案"], "A1（提问）：未知的列“提问”"),
        (["答案", "类别"], "标题行应有“问题”（question）一列，实有：答案、类别"),
        (["问题", "question"], "B1（question）：列“question”重复"),
    ],
)
def test_a_wrong_heading_is_named(tmp_path: Path, headings: list[str], said: str) -> None:
    assert said in refusal(workbook(tmp_path / "q.xlsx", headings, ["甲", "1", "2"]))


def test_all_wrong_cells_are_named_at_once_up_to_ten(tmp_path: Path) -> None:
    rows = [[f"问题{number}", "99"] for number in range(12)]
    lines = refusal(workbook(tmp_path / "q.xlsx", ["问题", "答案"], *rows)).split("\n")
    assert len(lines) == 11
    assert lines[-1] == "……共 12 处"


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04 broken"])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "q.xlsx").write_bytes(content)
    assert "应为 .xlsx 工作簿" in refusal(tmp_path / "q.xlsx")


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "q.csv").write_text("\n\n", encoding="utf-8")
    (tmp_path / "q.jsonl").write_text("", encoding="utf-8")
    for path in (workbook(tmp_path / "q.xlsx"), tmp_path / "q.csv", tmp_path / "q.jsonl"):
        assert "没有问题。" in refusal(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_is_read_in_the_encodings_and_separators_that_programs_write(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    text = f"问题{separator}答案{separator}上文\r\n其中国际部的呢{separator}31、32{separator}哪些任务涉及一带一路|然后呢\r\n"
    (tmp_path / "q.csv").write_bytes(text.encode(encoding))
    (case,) = cases_of(tmp_path / "q.csv")
    assert (case.items, case.history) == (("a#31", "a#32"), ("哪些任务涉及一带一路", "然后呢"))


def test_whole_numbers_stored_as_floats_are_read(tmp_path: Path) -> None:
    (tmp_path / "q.csv").write_text("question,items,count\n甲,31.0、31,1.0\n", encoding="utf-8")
    (tmp_path / "q.jsonl").write_text('{"question": 7.0, "items": [31.0], "count": 1.0}', encoding="utf-8")
    (cell,), (value,) = cases_of(tmp_path / "q.csv"), cases_of(tmp_path / "q.jsonl")
    assert (cell.items, cell.count, value.items, value.count, value.question) == (("a#31",), 1, ("a#31",), 1, "7")


def test_a_csv_row_is_named_by_its_first_line(tmp_path: Path) -> None:
    (tmp_path / "q.csv").write_text('question,items\n"两行的\n问题",3\n乙,77\n', encoding="utf-8")
    assert (
        refusal(tmp_path / "q.csv")
        == f"{tmp_path / 'q.csv'}：第4行第2列（items）：没有条目“77”；a 有 1 至 38；可写 31、23-25、文档#编号"
    )


def test_labels_that_the_documents_lack_are_refused(tmp_path: Path) -> None:
    for cells, said in [
        ("外交部,,", "第2列（部门）：没有部门“外交部”；文件写明的有：认可部、认证部"),
        (",外交部=9,", "第3列（表）：没有部门“外交部”"),
        (",,文中没有的话", "第4列（引文）：原文中没有“文中没有的话”"),
    ]:
        (tmp_path / "q.csv").write_text(f"问题,部门,表,引文\n甲,{cells}\n", encoding="utf-8")
        assert said in refusal(tmp_path / "q.csv")
    (tmp_path / "q.csv").write_text("问题,部门,引文\n甲,認可部,總體要求\n", encoding="utf-8")
    assert cases_of(tmp_path / "q.csv")[0].departments == ("認可部",)


def test_a_question_stands_in_one_row(tmp_path: Path) -> None:
    (tmp_path / "q.csv").write_text("问题,答案\n甲,31\n甲,32\n", encoding="utf-8")
    assert "第3行第1列（问题）：与第2行的问题相同" in refusal(tmp_path / "q.csv")


def test_not_to_be_declined_is_no_label(tmp_path: Path) -> None:
    (tmp_path / "q.csv").write_text("问题,答案,拒答\n甲,,否\n", encoding="utf-8")
    assert "第2行第2列（答案）：应为条目编号" in refusal(tmp_path / "q.csv")


def test_a_quote_that_is_not_closed_loses_no_rows_silently(tmp_path: Path) -> None:
    (tmp_path / "q.csv").write_text('问题,答案,备注\n甲,31,"没关\n乙,38,\n丙,22,', encoding="utf-8")
    assert "第2行：引号没有成对" in refusal(tmp_path / "q.csv")


def test_a_hidden_sheet_is_not_the_one_that_is_read(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["旧稿"])
    book.worksheets[0].sheet_state = "hidden"
    for row in (["问题", "答案"], ["甲", "1"]):
        (book["题"] if "题" in book.sheetnames else book.create_sheet("题")).append(row)
    book.save(tmp_path / "q.xlsx")
    read = read_questions(Options(questions=tmp_path / "q.xlsx"), KNOWN)
    assert ([case.question for case in read.cases], read.remarks) == (["甲"], ["只读了工作表“题”，没有读：Sheet"])


def test_a_stray_cell_at_the_far_end_of_a_sheet_is_refused_at_once(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["问题", "答案"])
    book.worksheets[0]["XFD2000"] = " "
    book.save(tmp_path / "q.xlsx")
    assert "占到第 2000 行、XFD 列，应在 100000 行、200 列之内" in refusal(tmp_path / "q.xlsx")


def test_nobody_may_be_the_departments(tmp_path: Path) -> None:
    (tmp_path / "q.csv").write_text("\n\n问题,部门\n甲,无\n", encoding="utf-8")
    assert cases_of(tmp_path / "q.csv")[0].departments == ()


def test_what_no_encoding_carries_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text('{"question": "甲\\ud800", "items": ["1"]}', encoding="utf-8")
    assert cases_of(tmp_path / "q.jsonl")[0].question == "甲\ufffd"


@pytest.mark.parametrize("line", ["q1 0 a#31", "q1 0 a#31 --1", "q1 0 a#31 99999999999999999999", "q1 0 a#31 高"])
def test_a_line_that_is_no_judgement_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "t.tsv").write_text("q1\t一带一路\n", encoding="utf-8")
    (tmp_path / "q.qrels").write_text(f"\ufeffq1 0 a#1 1\n{line}\n", encoding="utf-8")
    with pytest.raises(QuestionsError, match="第2行：应为“问题 0 条目 相关度”"):
        read_questions(Options(questions=tmp_path / "q.qrels", topics=tmp_path / "t.tsv"), KNOWN)


@pytest.mark.parametrize("line", ["[1]", '"abc"', "{", '{"_id": "q1", "text": null}', '{"text": "甲"}'])
def test_a_line_that_is_no_question_of_beir_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "test.tsv").write_text("q1\t31\t1\n", encoding="utf-8")
    (tmp_path / "queries.jsonl").write_text(line + "\n", encoding="utf-8")
    assert "第1行：" in refusal(tmp_path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"data": []}', "没有问题"),
        ('{"data": 1}', "应为 SQuAD 格式"),
        ('{"data": [{"paragraphs": [{"context": 7, "qas": []}]}]}', "应为 SQuAD 格式"),
        ('{"data": [{"paragraphs": [{"context": "文", "qas": [{"id": 1, "question": "甲"}, {"id": 1, "question": "乙"}]}]}]}', "编号“1”出现 2 次"),
    ],
)  # fmt: skip
def test_what_is_no_squad_file_is_refused(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "s.json").write_text(content, encoding="utf-8")
    with pytest.raises(QuestionsError, match=said):
        read_squad(tmp_path / "s.json")


def test_cells_beyond_the_headings_are_refused(tmp_path: Path) -> None:
    (tmp_path / "q.csv").write_text("question,items\n甲,31,32\n", encoding="utf-8")
    assert "第2行第3列（没有标题）：有内容“32”而这一列没有标题" in refusal(tmp_path / "q.csv")


def test_jsonl_says_which_line_and_key_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    for line, said in [
        ("{", "第2行：应为一行一个 JSON 对象"),
        ("[1]", "第2行：应为 JSON 对象"),
        ('{"question": "甲", "answers": ["1"]}', "第2行：未知的键“answers”"),
        ('{"question": "甲", "items": [true]}', "第2行“items”：应为文本，实为 true"),
        ('{"question": "甲", "items": ["1"], "split": "train"}', "第2行“split”：应为 dev 或 test，实为“train”"),
        ('{"question": "甲", "items": ["1"], "declined": true}', "第2行“items”：应拒答的问题此处应为空"),
        ('{"question": "甲", "declined": true, "count": 0}', "第2行“count”：应拒答的问题此处应为空，实为“0”"),
        ('{"question": "甲", "items": ["1"], "kind": "全部"}', "第2行“kind”：“全部”是合计的名称"),
        ('{"question": "甲", "items": ["1"], "kind": "all"}', "第2行“kind”：“all”是合计的名称"),
        ('{"question": "甲", "table": {}}', "第2行“table”：应为文本，实为 {}"),
        ('{"question": "甲", "count": "' + "9" * 5000 + '"}', "第2行“count”：应为不小于 0 的整数"),
        ("[" * 100_000, "第2行：应为一行一个 JSON 对象"),
        ('{"id": "x", "question": "甲", "items": ["1"]}', "第2行“id”：编号“x”与第1行重复"),
    ]:
        path.write_text('{"id": "x", "question": "零", "items": ["1"]}\n' + line + "\n", encoding="utf-8")
        assert said in refusal(path)


def test_jsonl_may_label_departments_tables_and_quotes(tmp_path: Path) -> None:
    row = {"question": "甲", "departments": ["认可部"], "table": {"认可部": 9}, "quote": "总体要求", "count": 1}
    (tmp_path / "q.jsonl").write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    (case,) = cases_of(tmp_path / "q.jsonl")
    assert (case.departments, case.table, case.quote, case.count) == (("认可部",), {"认可部": 9}, "总体要求", 1)
    (tmp_path / "q.csv").write_text("问题,部门,表\n甲,认可部、认证部,认可部=9；认证部=９项\n", encoding="utf-8")
    (case,) = cases_of(tmp_path / "q.csv")
    assert (case.departments, case.table) == (("认可部", "认证部"), {"认可部": 9, "认证部": 9})


def test_trec_qrels_with_topics_in_both_forms(tmp_path: Path) -> None:
    (tmp_path / "q.qrels").write_text("q1 0 a#31 2\nq1 0 a#32 1\nq1 0 a#3 0\nq2 0 a#1 1\n", encoding="utf-8")
    tabbed, marked = tmp_path / "t.tsv", tmp_path / "t.trec"
    tabbed.write_text("q1\t一带一路\nq2\t三同\nq3\t没有判过\n", encoding="utf-8")
    marked.write_text(
        "<top>\n<num> Number: q1\n<title> 一带一路\n<desc> 说明\n</top>\n<top>\n<num>q2</num>\n<title>三同</title>\n</top>\n",
        encoding="utf-8",
    )
    for topics in (tabbed, marked):
        cases = read_questions(Options(questions=tmp_path / "q.qrels", topics=topics), KNOWN).cases
        assert [(case.id, case.question, case.items, case.grades) for case in cases] == [
            ("q1", "一带一路", ("a#31", "a#32"), (2, 1)),
            ("q2", "三同", ("a#1",), (1,)),
        ]


def test_qrels_that_name_what_does_not_exist_are_refused(tmp_path: Path) -> None:
    (tmp_path / "t.tsv").write_text("q1\t一带一路\n", encoding="utf-8")
    (tmp_path / "q.qrels").write_text("q1 0 a#99 1\nq9 0 a#1 1\n", encoding="utf-8")
    with pytest.raises(QuestionsError) as error:
        read_questions(Options(questions=tmp_path / "q.qrels", topics=tmp_path / "t.tsv"), KNOWN)
    assert "问题“q1”：没有条目“a#99”" in str(error.value)
    assert "没有问题“q9”" in str(error.value)


def test_a_beir_folder_of_questions_about_the_loaded_documents(tmp_path: Path) -> None:
    (tmp_path / "qrels").mkdir()
    (tmp_path / "queries.jsonl").write_text('{"_id": "q1", "text": "一带一路"}\n', encoding="utf-8")
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\t31\t1\n", encoding="utf-8")
    (case,) = cases_of(tmp_path)
    assert (case.id, case.question, case.items) == ("q1", "一带一路", ("a#31",))
    (tmp_path / "qrels" / "test.tsv").unlink()
    assert "qrels 里实有：没有" in refusal(tmp_path)


def test_a_missing_or_unknown_file_is_refused(tmp_path: Path) -> None:
    assert "找不到题集" in refusal(tmp_path / "none.csv")
    (tmp_path / "q.docx").write_bytes(b"x")
    assert "不认识的格式“.docx”" in refusal(tmp_path / "q.docx")


def test_rows_are_lazy_readers_of_the_same_values(tmp_path: Path) -> None:
    (tmp_path / "q.csv").write_text("question,items\n甲,1\n", encoding="utf-8")
    (tmp_path / "q.jsonl").write_text('{"question": "甲", "items": "1"}\n', encoding="utf-8")
    (row,), (line,) = read_csv(tmp_path / "q.csv", []), read_jsonl(tmp_path / "q.jsonl")
    assert (dict(row.values), dict(line.values)) == ({"question": "甲", "items": "1"}, {"question": "甲", "items": "1"})


def test_a_question_may_be_asked_of_some_documents_alone(tmp_path: Path) -> None:
    known = known_ids(a=["1"], b=["1", "2"])
    cases = cases_of(
        workbook(tmp_path / "q.xlsx", ["问题", "文档", "答案"], ["甲", "b", "b#1"], ["乙", None, "2"]), known
    )
    assert [case.documents for case in cases] == [("b",), None]
    path = workbook(tmp_path / "r.xlsx", ["问题", "文档", "答案"], ["甲", "c", "b#1"])
    assert "B2（文档）：没有文档“c”；现有：a、b" in refusal(path, known)


EVERYDAY = Path(__file__).parents[1] / "eval" / "questions" / "everyday.jsonl"


def test_everyday_questions_share_no_item_between_the_splits() -> None:
    rows = [json.loads(line) for line in EVERYDAY.read_text(encoding="utf-8").splitlines()]
    assert len({row["id"] for row in rows}) == len({row["question"] for row in rows}) == 300
    seen = {
        split: {item for row in rows if row["split"] == split for item in row.get("items", ())}
        for split in ("dev", "test")
    }
    assert seen["dev"] & seen["test"] == set()
    assert [sum(row["split"] == split for row in rows) for split in seen] == [148, 152]
    assert sum(row["declined"] for row in rows) == 38
    assert all(item.partition("#")[0] == row["documents"][0] for row in rows for item in row.get("items", ()))
