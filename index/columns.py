"""What can be asked of items, as arrays over all of them: numbers, headings, texts of a file, deadlines, departments."""

import datetime
import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from corpus import Packed, department_key, fold, unpack_outline
from index.letters import Arrays
from index.prepared import ends

ROLES = ("lead", "support", "collective", "sharing")
NO_SECTION = -1

# where they stand in an item's record
_NUMBER, _LABEL, _PATH, _PART, _BODY, _ROLES, _RESPONSIBLE, _DUES = 3, 4, 6, 7, 9, slice(11, 15), 16, 17


def columns_of(packed: Sequence[Packed]) -> tuple[Arrays, dict[str, tuple[str, ...]]]:
    """The arrays; and the names that they number: keys of departments, ids of the texts of a file, deadlines that name no day."""
    made = _Columns()
    for one in packed:
        made.add(one)
    lists = {"due": made.dues, "path": made.paths, **made.roles}
    arrays: Arrays = {
        "number": np.array(made.number, dtype=np.int32),
        "section": np.array(made.section, dtype=np.int32),
        "part": np.array(made.part, dtype=np.int32),
        "length": np.array(made.length, dtype=np.int32),
        "article": np.array(made.article, dtype=bool),
        "responsible": np.array(made.responsible, dtype=bool),
    }
    for name, several in lists.items():
        arrays[name] = np.array([value for one in several for value in one], dtype=np.int32)
        arrays[f"{name}_at"] = ends([len(one) for one in several]).astype(np.int32)
    names = {"departments": made.departments, "parts": made.parts, "open_dues": made.open_dues}
    return arrays, {name: tuple(numbered) for name, numbered in names.items()}


class _Columns:
    """What is read of each record."""

    def __init__(self) -> None:
        self.number: list[int] = []
        self.section: list[int] = []
        self.part: list[int] = []
        self.length: list[int] = []
        self.article: list[bool] = []
        self.responsible: list[bool] = []
        self.dues: list[list[int]] = []
        self.paths: list[list[int]] = []
        self.roles: dict[str, list[list[int]]] = {role: [] for role in ROLES}
        self.departments: dict[str, int] = {}
        self.parts: dict[str, int] = {}
        self.open_dues: dict[str, int] = {}
        self._written: dict[str, int] = {}
        self._before = 0  # units of the documents before

    def add(self, packed: Packed) -> None:
        skeleton = unpack_outline(packed.outline)
        for record in packed.records:
            fields = json.loads(record)
            path = fields[_PATH]
            self.number.append(fields[_NUMBER])
            self.section.append(skeleton.outline[path[0]].number if path else NO_SECTION)
            self.part.append(self.parts.setdefault(skeleton.parts[fields[_PART]].id, len(self.parts)))
            self.length.append(fields[_BODY][1] - fields[_BODY][0])
            self.article.append(fields[_LABEL].endswith("条"))
            self.responsible.append(fields[_RESPONSIBLE])
            self.dues.append([self._due(text, by) for text, by, *_ in fields[_DUES]])
            self.paths.append([self._before + at for at in path])
            for role, names in zip(ROLES, fields[_ROLES], strict=True):
                self.roles[role].append([self._department(name) for name in names])
        self._before += len(skeleton.outline)

    def _due(self, text: str, by: Any) -> int:
        """Days since the year 1; of a deadline that names none, of its words the number from -1 down."""
        if by:
            return datetime.date.fromisoformat(by).toordinal()
        return -1 - self.open_dues.setdefault(fold(text), len(self.open_dues))

    def _department(self, name: str) -> int:
        if name not in self._written:
            self._written[name] = self.departments.setdefault(department_key(name), len(self.departments))
        return self._written[name]
