"""A comparison of two documents as rows of a workbook, and as text."""

from collections.abc import Sequence

from corpus import Document, Item
from service.answering import BECAME, BESIDE, Answer, Changed, Voice, field_changes
from service.export_view import Row, View, Writing, in_script, opening_lines


def changed_rows(answer: Answer, documents: Sequence[Document]) -> list[Row]:
    """A row a change, as the documents write it: both texts whole, and what was removed and added."""
    voice, titles = Writing(answer.script, documents[:1]), {document.id: document.title for document in documents}
    return [_row(one, voice, titles) for one in answer.changes]


def _row(one: Changed, voice: Voice, titles: dict[str, str]) -> Row:
    before, after = one.change.before, one.change.after
    removed, added = one.words
    return {
        "变化": voice.say((BESIDE if one.unlike else BECAME)[one.change.kind]),
        "原编号": voice.label(before) if before else "",
        "改动前": before.text if before else "",
        "新编号": voice.label(after) if after else "",
        "改动后": after.text if after else "",
        "删去的词": "、".join(removed),
        "添上的词": "、".join(added),
        "部门与时限的变化": "；".join(field_changes(voice, one)),
        "牵头部门": voice.names((after or one.item).lead),
        "旧文件": _title(before, titles),
        "新文件": _title(after, titles),
    }


def _title(item: Item | None, titles: dict[str, str]) -> str:
    return titles[item.document] if item else ""


def changed_text(answer: Answer, documents: Sequence[Document], view: View) -> str:
    """What is said first, then every change with both texts whole."""
    voice, written = Writing(answer.script, documents[:1]), changed_rows(answer, documents)
    rows = in_script(written, view)
    lines = opening_lines(answer, converted=rows != written)
    for row in rows:
        lines.append(f"【{row['变化']}】")
        lines += [
            f"《{row[title]}》{row[label]}：{str(row[text]).strip()}"
            for title, label, text in (("旧文件", "原编号", "改动前"), ("新文件", "新编号", "改动后"))
            if row[label]
        ]
        said = [f"{voice.say(name)}：{row[name]}" for name in ("删去的词", "添上的词") if row[name]]
        said += [str(row["部门与时限的变化"])] if row["部门与时限的变化"] else []
        lines += [*(["；".join(said)] if said else []), ""]
    return "\n".join(lines)
