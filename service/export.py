"""An answer as a file to keep: a workbook or plain text, the set whole."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from corpus import Document
from service.answering import Answer, Voice
from service.export_changes import changed_rows, changed_text
from service.export_view import Cell, View, rows_of

if TYPE_CHECKING:
    from xlsxwriter import Workbook

MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "text": "text/plain; charset=utf-8",
}
WRITTEN = datetime(1980, 1, 1)  # in every workbook: the same answer gives the same bytes
CELL = 32_000  # characters that a cell holds, a little under the format's own limit
WIDTHS = {
    "编号": 10,
    "部分": 24,
    "原文": 80,
    "牵头部门": 18,
    "协作部门": 36,
    "时限": 18,
    "文件": 30,
    "变化": 8,
    "原编号": 10,
    "新编号": 10,
    "改动前": 60,
    "改动后": 60,
    "删去的词": 24,
    "添上的词": 24,
    "部门与时限的变化": 36,
    "旧文件": 30,
    "新文件": 30,
    "部门": 18,
    "名称": 24,
    "项数": 8,
}


def to_workbook(answer: Answer, documents: Sequence[Document], view: View | None = None) -> bytes:
    """.xlsx: a sheet of the items as they are viewed, or of the table's rows; a second one says what was asked. The same
    answer gives the same bytes."""
    from xlsxwriter import Workbook  # slow to import, and few answers are kept

    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "要点问答", "created": WRITTEN})
    rows: Sequence[Mapping[str, Cell]] = (
        changed_rows(answer, documents)
        if answer.changes
        else _table(answer, documents)
        if answer.table is not None and not answer.items
        else rows_of(answer, documents, view or View())
    )
    if not any(row.get("时限") for row in rows):  # a column of its own only where there is something in it
        rows = [{name: value for name, value in row.items() if name != "时限"} for row in rows]
    if rows:
        _write(book, "答案", [list(rows[0]), *(list(row.values()) for row in rows)])
    _write(book, "问题", [["问题", answer.plan.question], ["回答", answer.text]])
    book.close()
    return file.getvalue()


def to_text(answer: Answer, documents: Sequence[Document], view: View | None = None) -> str:
    """The question, what is said first, then every item whole with its departments and its source."""
    if answer.changes:
        return changed_text(answer, documents)
    if not answer.items:
        return f"{answer.plan.question}\n\n{answer.text}\n"
    voice = Voice(answer.script, documents)
    lines = [answer.plan.question, "", answer.text.split("\n")[0], ""]
    order = View(sort=view.sort, descending=view.descending) if view else View()
    for row in rows_of(answer, documents, order):
        lines += [f"{row['编号']}　{row['部分']}".rstrip("　"), str(row["原文"]).strip()]
        departments = [f"{voice.say(role)}：{row[role]}" for role in ("牵头部门", "协作部门", "时限") if row[role]]
        lines += [*(["；".join(departments)] if departments else []), f"——《{row['文件']}》", ""]
    return "\n".join(lines)


def _table(answer: Answer, documents: Sequence[Document]) -> list[dict[str, Cell]]:
    """A row a department, section or document; 各年…: with a column for each document."""
    rows, voice = answer.table or (), Voice(answer.script, documents)
    counted = dict.fromkeys(id for row in rows for id, _ in row.each)
    return [
        {
            "名称": row.name,
            **{f"《{voice.title(id)}》": dict(row.each).get(id, 0) for id in counted},
            "项数": len(row.items),
            "编号": "、".join(item.id for item in row.items),
        }
        for row in rows
    ]


def _write(book: "Workbook", name: str, rows: Sequence[Sequence[Cell]]) -> None:
    sheet = book.add_worksheet(name)
    plain, bold = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bold": True})
    for number, row in enumerate(rows):
        for position, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(number, position, value, plain)
                continue
            kept = value if len(value) <= CELL else f"{value[:CELL]}……（余下的见原文）"
            sheet.write_string(number, position, kept, bold if name == "答案" and number == 0 else plain)
    for position, heading in enumerate(rows[0] if name == "答案" else ("", "原文")):
        sheet.set_column(position, position, WIDTHS.get(str(heading), 12))
    if name == "答案":
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows) - 1, len(rows[0]) - 1)
