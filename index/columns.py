"""What can be asked of items, as arrays over all of them: numbers, sections, deadlines, departments."""

import datetime
import json
from collections.abc import Sequence
from typing import Literal

import numpy as np

from corpus import Packed, fold, unpack_outline
from index.letters import Arrays
from index.prepared import ends

Role = Literal["lead", "support", "collective"]
ROLES: tuple[Role, ...] = ("lead", "support", "collective")
NO_SECTION = -1


def columns_of(packed: Sequence[Packed], names: dict[str, int]) -> Arrays:
    """`names` numbers each department by its folded name; new ones are added to it."""
    number: list[int] = []
    section: list[int] = []
    attached: list[bool] = []
    article: list[bool] = []
    dues: list[list[int]] = []
    roles: dict[str, list[list[int]]] = {role: [] for role in ROLES}
    folded: dict[str, int] = {}
    for one in packed:
        skeleton = unpack_outline(one.outline)
        for record in one.records:
            fields = json.loads(record)
            number.append(fields[3])
            label, path, part = fields[4], fields[6], fields[7]
            section.append(skeleton.outline[path[0]].number if path else NO_SECTION)
            attached.append(skeleton.parts[part].id.startswith("a"))
            article.append(label.endswith("条"))
            dues.append([_day(by) for _, by, _, _ in fields[16]])
            for role, given in zip(ROLES, fields[11:14], strict=True):
                for name in given:
                    if name not in folded:
                        folded[name] = names.setdefault(fold(name), len(names))
                roles[role].append(list(dict.fromkeys(folded[name] for name in given)))
    lists = {"due": dues, **roles}
    return {
        "number": np.array(number, dtype=np.int32),
        "section": np.array(section, dtype=np.int32),
        "attached": np.array(attached, dtype=bool),
        "article": np.array(article, dtype=bool),
    } | {
        name: array
        for what, several in lists.items()
        for name, array in (
            (what, np.array([value for one in several for value in one], dtype=np.int32)),
            (f"{what}_at", ends([len(one) for one in several]).astype(np.int32)),
        )
    }


def _day(by: str | None) -> int:
    return datetime.date.fromisoformat(by).toordinal() if by else 0
