"""An answer as a file to keep: a workbook or plain text, the set whole."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from corpus import Document
from service.answering import Answer, Voice
from service.export_changes import changed_rows, changed_text
from service.export_view import CONVERTED, Cell, Row, View, Writing, filled, in_script, opening_lines, rows_of

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "text": "text/plain; charset=utf-8",
}
WRITTEN = datetime(1980, 1, 1)  # in every workbook: the same answer gives the same bytes
CELL = 32_000  # characters that a cell holds, a little under the format's own limit
LINE, TALLEST = 16, 409  # points: of a line, and of a row at most
WIDTHS = {  # of columns, in digits; a Chinese character is as wide as two
    "编号": 10,
    "部分": 20,
    "内容": 50,
    "牵头部门": 16,
    "责任单位": 16,
    "协作部门": 28,
    "时限": 16,
    "文件": 28,
    "变化": 8,
    "原编号": 10,
    "新编号": 10,
    "改动前": 45,
    "改动后": 45,
    "删去的词": 24,
    "添上的词": 24,
    "部门与时限的变化": 36,
    "旧文件": 30,
    "新文件": 30,
    "部门": 18,
    "名称": 24,
    "项数": 8,
    "合计": 8,
    "条目": 36,
}
FIELDS = ("牵头部门", "责任单位", "协作部门", "时限")  # of an item, in plain text


def to_workbook(answer: Answer, documents: Sequence[Document], view: View | None = None) -> bytes:
    """.xlsx: a sheet of the items as they are viewed, or of the table's rows; a second one says what was asked. The same
    answer gives the same bytes."""
    from xlsxwriter import Workbook  # slow to import, and few answers are kept

    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "要点问答", "created": WRITTEN})
    voice, view = Writing(answer.script, documents), view or View()
    written = _rows(answer, documents, view)
    read = in_script(written, view)
    if rows := filled(read):
        _write_rows(book.add_worksheet("答案"), book, rows, voice)
    said = [("问题", answer.plan.question), ("回答", answer.text)]
    if read != written:
        said.append(("用字", CONVERTED))
    _write_said(book.add_worksheet("问题"), book, [(voice.say(name), text) for name, text in said])
    book.close()
    return file.getvalue()


def to_text(answer: Answer, documents: Sequence[Document], view: View | None = None) -> str:
    """The question, what is said first, then every item whole with its departments and its source."""
    view = view or View()
    if answer.changes:
        return changed_text(answer, documents, view)
    if not answer.items:
        return f"{answer.plan.question}\n\n{answer.text}\n"
    voice = Writing(answer.script, documents)
    written = rows_of(answer, documents, View(sort=view.sort, descending=view.descending))
    rows = in_script(written, view)
    lines = opening_lines(answer, converted=rows != written)
    for row in rows:
        lines += [f"{row['编号']}　{row['部分']}".rstrip("　"), str(row["内容"]).strip()]
        fields = [f"{voice.say(name)}：{row[name]}" for name in FIELDS if row.get(name)]
        lines += [*(["；".join(fields)] if fields else []), f"——《{row['文件']}》", ""]
    return "\n".join(lines)


def _rows(answer: Answer, documents: Sequence[Document], view: View) -> Sequence[Row]:
    """As the documents write it."""
    if answer.changes:
        return changed_rows(answer, documents)
    if answer.table is not None and not answer.items:
        return _table(answer, documents)
    return rows_of(answer, documents, view)


def _table(answer: Answer, documents: Sequence[Document]) -> list[Row]:
    """A row a department, section or document; 各年…: with a column for each document."""
    rows, voice = answer.table or (), Writing(answer.script, documents)
    counted = dict.fromkeys(id for row in rows for id, _ in row.each)
    return [
        {
            "名称": row.name,
            **{f"《{voice.title(id)}》": dict(row.each).get(id, 0) for id in counted},
            "合计" if counted else "项数": len(row.items),
            "条目": "、".join(item.id for item in row.items),
        }
        for row in rows
    ]


def _write_rows(sheet: "Worksheet", book: "Workbook", rows: Sequence[Row], voice: Voice) -> None:
    """With lines around the cells; printed with the heads on each page, and no wider than one."""
    wrapped = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF"}
    plain, bold = book.add_format(wrapped), book.add_format({**wrapped, "bold": True, "bg_color": "#F2F2F2"})
    widths = [WIDTHS.get(name, 12) for name in rows[0]]
    for position, (name, width) in enumerate(zip(rows[0], widths, strict=True)):
        sheet.write_string(0, position, voice.say(name) if name in WIDTHS else name, bold)
        sheet.set_column(position, position, width)
    for number, row in enumerate(rows, start=1):
        sheet.set_row(number, _height(list(row.values()), widths))
        for position, value in enumerate(row.values()):
            if isinstance(value, int):
                sheet.write_number(number, position, value, plain)
            else:
                sheet.write_string(number, position, _kept(value), plain)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(rows[0]) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write_said(sheet: "Worksheet", book: "Workbook", said: Sequence[tuple[str, str]]) -> None:
    """What was asked and answered, a line each."""
    wrapped, widths = book.add_format({"text_wrap": True, "valign": "top"}), (12, 80)
    for number, texts in enumerate(said):
        sheet.set_row(number, _height(texts, widths))
        for position, text in enumerate(texts):
            sheet.write_string(number, position, _kept(text), wrapped)
    for position, width in enumerate(widths):
        sheet.set_column(position, position, width)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _height(cells: Sequence[Cell], widths: Sequence[int]) -> int:
    """In points, so that every line of the cells is seen: not every program works it out."""
    lines = max(
        sum(-(-_width(line) // width) or 1 for line in str(cell).split("\n"))
        for cell, width in zip(cells, widths, strict=True)
    )
    return min(LINE * lines, TALLEST)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(one) in "WFA" else 1 for one in text)


def _kept(text: str) -> str:
    return text if len(text) <= CELL else f"{text[:CELL]}……（余下的见原文）"
