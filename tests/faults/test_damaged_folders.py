"""Data folders with one damaged file: refused, made anew, or another generation used; never another answer.

n: 16 folders of a folder's index and 10 of a library's (with YAODIAN_FAULTS=long 400 and 150), each file beside an index once
(10 times), seed 20; 2 pickles in the place of each array.
"""

import hashlib
import io
import json
import os
import pickle
import random
import re
import shutil
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from corpus import find_sources
from index import Encoder, IndexUnusableError, Segmenter, load_index
from service import Assistant
from service.library import Incoming
from service.opening import OpeningError, build_index, open_assistant
from service.settings import Settings
from tests.faults.amounts import times
from tests.faults.damage import copied, damaged, noise
from tests.publishing import library_of, settings_of

QUESTIONS = (
    "哪些任务涉及垃圾分类",
    "甲局牵头哪些任务",
    "第2项讲什么",
    "按部门分组列出",
    "夜间经记",
    "让老百姓出门方便",
)
QUIET = Console(quiet=True)


def write(folder: Path) -> list[Path]:
    folder.mkdir()
    items = ("推进垃圾分类", "发展夜间经济", "便利居民出行", "建设一刻钟便民生活圈", "培训技能人才")
    for at, name in enumerate(("某局2024年工作要点", "某局2025年工作要点", "关于某事的通知")):
        lines = [
            f"{n}、{one}，第{at + n}次。(牵头部门:{'甲乙丙'[(n + at) % 3]}局)" for n, one in enumerate(items, start=1)
        ]
        (folder / f"{at}.txt").write_text("\n".join([name, *lines]), encoding="utf-8")
        page = "".join(f"<p>{line}</p>" for line in lines)
        (folder / f"{at}-p.html").write_text(f"<html><h1>{name}网页版</h1>{page}</html>", encoding="utf-8")
    return sorted(folder.iterdir())


def answers(assistant: Assistant) -> list[object]:
    told: list[object] = [[document.text for document in assistant.documents]]
    for question in QUESTIONS:
        answer = assistant.ask(question)
        told.append((answer.text, [match.item.id for match in [*answer.items, *answer.related]]))
    return told


def files_of(data: Path) -> list[Path]:
    names = ("lock", "library.db")
    return sorted(path for path in data.rglob("*") if path.is_file() and not path.name.startswith(names))


def tried(settings: Settings, whole: Path, n: int) -> Counter[str]:
    """What became of so many damaged copies; in every second one another generation lies beside the one in use."""
    expected = answers(open_assistant(settings, QUIET))
    build_index(settings, QUIET)
    copied(settings.data, whole)
    chance, outcomes = random.Random(20), Counter[str]()
    used = (settings.data / "current").read_text()
    (other,) = (one for one in (settings.data / "generations").iterdir() if one.name != used.strip())
    names = [path.relative_to(settings.data) for path in files_of(settings.data)]
    for number in range(n):
        copied(whole, settings.data)
        if number % 2:
            shutil.rmtree(other)
        there = [name for name in names if (settings.data / name).is_file()]
        name = chance.choice(there)
        did = damaged(settings.data / name, [settings.data / one for one in there if one != name], chance)
        try:
            found = open_assistant(settings, QUIET)
        except OpeningError as error:
            outcomes["refused" if re.search("已损坏.*yaodian index", str(error)) else f"{name} {did}：{error}"] += 1
            continue
        assert answers(found) == expected, (name, did)
        now = (settings.data / "current").read_text()
        outcomes["as it was" if now == used else "another" if now.strip() == other.name else "made anew"] += 1
    return outcomes


def test_a_damaged_index_of_a_folder_is_refused_or_answers_the_same(tmp_path: Path) -> None:
    write(tmp_path / "documents")
    n = times(16, 400)
    outcomes = tried(Settings(tmp_path / "documents", tmp_path / "data", None), tmp_path / "whole", n)
    print(f"{n} damaged folders: {dict(outcomes)}")
    assert outcomes.keys() <= {"refused", "another", "as it was"}
    assert outcomes["refused"] > n / 5


def test_a_damaged_index_of_a_library_is_never_refused(tmp_path: Path) -> None:
    """Nor a checked-out file: all can be made anew of the database."""
    n = times(10, 150)
    library_of(tmp_path / "data").add_all([Incoming(file) for file in write(tmp_path / "documents")], by="张三")
    outcomes = tried(settings_of(tmp_path / "data"), tmp_path / "whole", n)
    print(f"{n} damaged folders of a library: {dict(outcomes)}")
    assert outcomes.keys() <= {"made anew", "another", "as it was"}
    assert outcomes["made anew"] > n / 5


def test_what_an_index_is_made_of_is_looked_at_before_it_is_used(tmp_path: Path) -> None:
    """Checked-out files, what was read of pages, dictionaries: a text that the disk has changed would be quoted."""
    settings, whole = settings_of(tmp_path / "data"), tmp_path / "whole"
    library_of(settings.data).add_all([Incoming(file) for file in write(tmp_path / "documents")], by="张三")
    expected, chance = answers(open_assistant(settings, QUIET)), random.Random(20)
    (settings.data / "current").unlink()  # it is to be made anew
    copied(settings.data, whole)
    names = [path.relative_to(whole) for path in files_of(whole) if "generations" not in path.parts]
    shutil.rmtree(whole / "generations")
    for again in range(times(1, 10)):
        for name in names if not again else [name for name in names if name.parts[0] == "words"]:  # by chance
            copied(whole, settings.data)
            content = bytearray((settings.data / name).read_bytes().replace("推进".encode(), "推行".encode()))
            if name.parts[0] == "words":
                noise(content, chance)
            (settings.data / name).write_bytes(content)
            assert answers(open_assistant(settings, QUIET)) == expected, name
    assert {name.parts[0] for name in names} == {"sources", "sources-of-library", "words"}


class Attack:
    """Runs when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.mark),)


def test_a_pickle_in_the_place_of_an_array_runs_nothing(tmp_path: Path, segmenter: Segmenter, encoder: Encoder) -> None:
    """With a manifest that calls it sound."""
    write(tmp_path / "documents")
    settings = Settings(tmp_path / "documents", tmp_path / "data", None)
    build_index(settings, QUIET)
    folder = settings.data / "generations" / (settings.data / "current").read_text().strip()
    manifest = json.loads((folder / "manifest.json").read_text())
    arrays = sorted(folder.glob("*.npy"))
    for path in arrays:
        content = path.read_bytes()
        for attack in (pickle.dumps(Attack(tmp_path / "owned")), as_array(Attack(tmp_path / "owned"))):
            path.write_bytes(attack)
            sums = {**manifest["files"], path.name: hashlib.sha256(attack).hexdigest()}
            (folder / "manifest.json").write_text(json.dumps({**manifest, "files": sums}))
            with pytest.raises(IndexUnusableError, match="已损坏"):
                load_index(settings.data, find_sources(settings.documents), segmenter, encoder)
        path.write_bytes(content)
    assert len(arrays) > 20
    assert not (tmp_path / "owned").exists()


def as_array(attack: Attack) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, np.array([attack], dtype=object), allow_pickle=True)
    return buffer.getvalue()
