"""What its owner has settled of a document, in a TOML file of the same name beside it; every field may be left out.

title = "某市2025年工作要点"
issuer = "某市人民政府办公室"
date = 2025-03-01
item = "（一）"                      # which number is the citable unit: 条 一、 （一） 1. （1）
attachments = ["某某任务分解表"]      # how the line begins with which an attachment begins
departments = ["甲局、乙局联合办公室"] # names that are one department though they hold a 、
"""

import datetime
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.markers import STYLES, Style

_KINDS: dict[str, tuple[type, str]] = {
    "title": (str, "一行文字"),
    "issuer": (str, "一行文字"),
    "date": (datetime.date, "日期，如 2025-03-01（不加引号）"),
    "item": (str, "编号的样式：" + " ".join(STYLES)),
    "attachments": (list, "一列文字"),
    "departments": (list, "一列名称"),
}


class SettledError(Exception):
    """The file beside a document cannot be used; the message names file, field, what was expected and found."""


@dataclass(frozen=True, slots=True)
class Settled:
    title: str | None = None
    issuer: str | None = None
    date: datetime.date | None = None
    item: Style | None = None
    attachments: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()


def read_settled(path: Path) -> Settled:
    """Raises SettledError."""
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettledError(f"{path.name}：应为 UTF-8 的 TOML 文件，实为：{error}") from error
    return settled_of(given, path.name)


def settled_of(given: Mapping[str, Any], where: str) -> Settled:
    """The fields as they are given. Raises SettledError, which says `where`."""
    for name, value in given.items():
        if name not in _KINDS:
            raise SettledError(f"{where}：应为 {'、'.join(_KINDS)} 之一，实为“{name[:40]}”")
        kind, said = _KINDS[name]
        texts = value if kind is list and isinstance(value, list) else []
        right = type(value) is kind and all(isinstance(one, str) and one.strip() for one in texts)
        if not right or (name == "item" and value not in STYLES):
            raise SettledError(f"{where}：{name} 应为{said}，实为“{str(value)[:40]}”")
    fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}
    return Settled(**fields)


def draft(title: str, issuer: str | None, date: datetime.date | None) -> str:
    """A file to begin with: what was read, and the other fields as comments."""

    def quoted(value: str) -> str:
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'

    return "\n".join(
        [
            "# 这份文档读得不对的地方写在这里；每一行都可以删去。",
            f"title = {quoted(title)}",
            f"issuer = {quoted(issuer)}" if issuer else '# issuer = "印发单位"',
            f"date = {date.isoformat()}" if date else "# date = 2025-03-01",
            f'# item = "（一）"        # 哪一级编号是条目：{" ".join(STYLES)}',
            '# attachments = ["…"]   # 附件从以这些字开头的行开始',
            '# departments = ["…"]   # 名称里带顿号的，整个是一个部门',
            "",
        ]
    )
