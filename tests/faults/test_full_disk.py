"""A data folder on a disk that is full, really: a small one of memory.

n: 2 services with stale documents, 3 publishes (with YAODIAN_FAULTS=long 60) with room for a random part of them, seed 20.
"""

import os
import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from service.library import Library, LibraryError
from service.opening import open_assistant
from tests.faults.amounts import times
from tests.publishing import asked, left_over, library_of, notice, settings_of
from tests.test_cli import yaodian
from tests.test_serving import serving

PUBLISHES = times(3, 60)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Of 24 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(place)], capture_output=True)
    if made.returncode:
        pytest.skip("only root can make a disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(disk: Path, left: int = 0) -> None:
    """All but so many bytes."""
    free(disk)
    size = shutil.disk_usage(disk).free - left
    with (disk / "filler").open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, size)


def free(disk: Path) -> None:
    (disk / "filler").unlink(missing_ok=True)


def test_stale_documents_are_served_from_memory(disk: Path, tmp_path: Path) -> None:
    data, folder = disk / "data", tmp_path / "documents"
    folder.mkdir()
    notice(folder, "甲", 1)
    assert yaodian("index", "--documents", str(folder), data=data).returncode == 0
    notice(folder, "甲", 2)
    fill(disk)
    before = sorted((data / "generations").iterdir())
    refused = yaodian("index", "--documents", str(folder), data=data)
    assert refused.returncode == 1
    assert "无法把索引写入" in refused.stderr
    said: list[str] = []
    with serving(data, "--documents", str(folder), said=said) as (address, _):
        assert "这次放在内存里" in "".join(said)
        assert [item["text"] for item in asked(address)["items"]] == ["甲加强垃圾分类，版次2。"]  # type: ignore[attr-defined]
        assert sorted((data / "generations").iterdir()) == before
        free(disk)
        reloaded = yaodian("reload", data=data)
        assert reloaded.returncode == 0, reloaded.stderr
        assert [item["text"] for item in asked(address)["items"]] == ["甲加强垃圾分类，版次2。"]  # type: ignore[attr-defined]
        assert sorted((data / "generations").iterdir()) != before


def test_a_library_is_served_from_memory_and_follows_again(disk: Path, tmp_path: Path) -> None:
    data = disk / "data"
    library_of(data).add(notice(tmp_path, "甲", 1), by="张三")
    for one in (data / "generations").iterdir():
        (one / "manifest.json").write_text('{"format": 1}', encoding="utf-8")  # as another version wrote it
    fill(disk)
    with serving(data) as (address, _):
        assert asked(address)["count"] == 1
        with pytest.raises(LibraryError):
            library_of(data).add(notice(tmp_path, "乙", 1), by="张三")
        assert asked(address)["count"] == 1
        free(disk)
        library_of(data).add(notice(tmp_path, "乙", 1), by="张三")
        assert asked(address)["count"] == 2


def test_what_finds_no_room_changes_nothing_and_is_done_when_there_is(disk: Path, tmp_path: Path) -> None:
    chance, data = random.Random(20), disk / "data"
    library = library_of(data)
    library.add(notice(tmp_path, "甲", 0), by="张三")
    held = sum(path.stat().st_size for path in (data / "generations").rglob("*"))
    refused, edition = 0, 0
    for number in range(1, PUBLISHES + 1):
        fill(disk, chance.randrange(0, 2 * held))
        try:
            library.add(notice(tmp_path, "甲", number), by="张三")
            edition = number
        except LibraryError as error:
            refused += 1
            assert any(word in str(error) for word in ("没有改动", "磁盘已满")), error  # noqa: PT017
        assert Library(data).read("甲").title == f"关于甲第{edition}次印发的通知"
        assert left_over(data) == []
        free(disk)
    library.add(notice(tmp_path, "甲", 99), by="张三")
    found = open_assistant(settings_of(data), Console(quiet=True))
    assert [one.title for one in found.documents] == ["关于甲第99次印发的通知"]
    assert left_over(data) == []
    print(f"{PUBLISHES} publishes, {refused} refused for want of room")
    assert refused
