import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from rich.console import Console

from corpus import PACKAGED, Sources
from index import writing
from service.library import (
    BusyError,
    Incoming,
    Library,
    LibraryError,
    UnknownEntryError,
    backup,
    damage_of,
    restore_backup,
)
from service.opening import open_assistant, sources_of
from service.settings import Settings
from tests.publishing import library_of

NOTICE = "关于{}的通知\n某市某局\n2024年5月6日\n1、{}由甲局牵头。\n2、加强垃圾分类。\n"


class Shelf:
    """A publisher that keeps the names of what it was given."""

    def __init__(self, fails: bool = False) -> None:
        self.built: list[list[str]] = []
        self.pointed, self.waited, self.discarded = 0, 0, 0
        self._fails = fails

    def build(self, sources: Sources | None) -> str:
        if self._fails:
            raise LibraryError("磁盘已满。")
        self.built.append(list(sources.files) if sources else [])
        return "name"

    def point(self, name: str) -> None:
        self.pointed += 1

    def discard(self, name: str) -> None:
        self.discarded += 1

    def wait(self, name: str) -> None:
        self.waited += 1


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def written(folder: Path, name: str, topic: str) -> Path:
    path = folder / name
    folder.mkdir(exist_ok=True)
    path.write_text(NOTICE.format(topic, topic), encoding="utf-8")
    return path


def test_a_document_goes_through_its_life(data: Path, tmp_path: Path) -> None:
    shelf = Shelf()
    library = Library(data, shelf)
    added = library.add(written(tmp_path, "甲.txt", "夜市"), by="张三")
    assert (added.id, added.state, added.versions[0].name) == ("甲", "published", "甲.txt")
    again = library.add(written(tmp_path, "乙.txt", "集市"), id="甲", group="商务", by="李四")
    assert (again.published and again.published.number, again.group) == (2, "商务")
    assert library.withdraw("甲", by="李四").state == "withdrawn"
    assert library.sources() is None
    assert library.restore("甲", 1, by="王五").published == added.published
    assert library.read("甲").title == "关于夜市的通知"
    assert shelf.built == [["甲"], ["甲"], [], ["甲"]]
    assert shelf.pointed == shelf.waited == 4
    done = [(event.by, event.action, event.version) for event in library.history("甲")]
    assert done == [
        ("王五", "restore", 1), ("李四", "withdraw", 2), ("李四", "publish", 2), ("李四", "draft", 2),
        ("张三", "publish", 1), ("张三", "draft", 1),
    ]  # fmt: skip


def test_a_draft_is_corrected_and_published_without_touching_what_is_served(data: Path, tmp_path: Path) -> None:
    library = Library(data)
    library.add(written(tmp_path, "甲.txt", "夜市"), by="张三")
    library.draft(written(tmp_path, "乙.txt", "集市"), id="甲", by="张三")
    corrected = library.settle("甲", {"title": "集市通知", "date": "2025-01-02"}, by="张三")
    assert corrected.draft
    assert corrected.draft.settled == {"title": "集市通知", "date": "2025-01-02"}
    read = library.read("甲")
    assert (read.title, str(read.date)) == ("集市通知", "2025-01-02")
    assert library.read("甲", 1).title == "关于夜市的通知"
    sources = library.sources()
    assert sources
    assert sources.files["甲"].name == "甲.txt"
    assert library.settle("甲", {"title": None}, by="张三").draft
    assert library.publish("甲", by="张三").draft is None
    assert library.read("甲").title == "关于集市的通知"
    assert library.settle("甲", {"title": "又一个"}, by="张三").draft
    kept = library.discard("甲", by="张三")
    assert kept
    assert kept.draft is None
    assert library.read("甲").title == "关于集市的通知"


def test_numbers_of_versions_are_never_used_twice(data: Path, tmp_path: Path) -> None:
    library = Library(data)
    path = written(tmp_path, "甲.txt", "夜市")
    library.draft(path, by="张三")
    assert library.discard("甲", by="张三") is None
    assert library.list() == []
    assert [one.number for one in library.add(path, by="张三").versions] == [2]


@pytest.mark.parametrize(
    ("settled", "message"),
    [
        ({"titel": "x"}, "应为 title"),
        ({"date": "五月"}, "date 应为日期，如 2025-03-01"),
        ({"item": "甲"}, "item 应为编号的样式"),
    ],
)
def test_what_cannot_be_settled_changes_nothing(
    settled: dict[str, str], message: str, data: Path, tmp_path: Path
) -> None:
    library = Library(data)
    library.add(written(tmp_path, "甲.txt", "夜市"), by="张三")
    with pytest.raises(LibraryError, match=message):
        library.settle("甲", settled, by="张三")
    assert library.show("甲").draft is None


def test_what_fails_changes_nothing_and_says_why(data: Path, tmp_path: Path) -> None:
    library = Library(data)
    library.add(written(tmp_path, "甲.txt", "夜市"), by="张三")
    before, events = library.show("甲"), library.history()
    (tmp_path / "坏.docx").write_bytes(b"PK")
    with pytest.raises(LibraryError, match=r"坏\.docx：应为Word 文档"):
        library.add_all([Incoming(written(tmp_path, "乙.txt", "集市")), Incoming(tmp_path / "坏.docx")], by="张三")
    with pytest.raises(LibraryError, match="磁盘已满"):
        Library(data, Shelf(fails=True)).withdraw("甲", by="张三")
    with pytest.raises(UnknownEntryError, match="没有这份文档"):
        library.withdraw("没有", by="张三")
    with pytest.raises(UnknownEntryError, match="没有第7版"):
        library.restore("甲", 7, by="张三")
    with pytest.raises(LibraryError, match="没有草稿"):
        library.publish("甲", by="张三")
    assert [entry.id for entry in library.list()] == ["甲"]
    assert (library.show("甲"), library.history()) == (before, events)
    assert len(list((data / "sources-of-library").iterdir())) == 1


@pytest.mark.parametrize("id", ["", " ", "..", "a/b", "a\\b", "a\nb", "a\0b", "长" * 101])
def test_an_id_that_no_address_can_hold_is_refused(id: str, data: Path, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="文档编号应为1至100个字符"):
        Library(data).add(written(tmp_path, "甲.txt", "夜市"), id=id, by="张三")


def test_the_name_of_a_file_is_never_a_path(data: Path, tmp_path: Path) -> None:
    library = Library(data)
    entry = library.add(written(tmp_path, "甲.txt", "夜市"), name="../../etc/夜 市.TXT", id="甲", by="张三")
    assert entry.versions[0].name == "../../etc/夜 市.TXT"
    assert library.file("甲").parent == data / "sources-of-library"
    assert library.file("甲").name == f"{entry.versions[0].sha256}.txt"


def test_a_file_that_was_checked_out_is_made_anew_where_it_is_gone_or_cut_short(data: Path, tmp_path: Path) -> None:
    library = Library(data)
    library.add(written(tmp_path, "甲.txt", "夜市"), by="张三")
    path = library.file("甲")
    content = path.read_bytes()
    path.unlink()
    assert library.file("甲").read_bytes() == content
    path.write_bytes(content[:9])
    assert library.read("甲").title == "关于夜市的通知"
    path.unlink()
    path.mkdir()  # which a file cannot replace
    assert library.file("甲").read_bytes() == content


def test_a_group_alone_makes_other_sources(data: Path, tmp_path: Path) -> None:
    library = Library(data)
    library.add(written(tmp_path, "甲.txt", "夜市"), by="张三")
    before = library.sources()
    library.set_group("甲", "商务", by="张三")
    after = library.sources()
    assert before
    assert after
    assert before.fingerprint != after.fingerprint
    assert before.files["甲"].digest == after.files["甲"].digest  # it need not be read again
    assert after.files["甲"].group == "商务"


def test_who_publishes_at_the_same_time_is_named(data: Path, tmp_path: Path) -> None:
    library = Library(data, wait=0)
    with writing(data), pytest.raises(BusyError, match=rf"另一个进程（{os.getpid()}：.*）正在 .* 里发布"):
        library.add(written(tmp_path, "甲.txt", "夜市"), by="张三")
    assert library.list() == []


def test_who_reads_a_library_that_is_being_made_waits(data: Path) -> None:
    data.mkdir(exist_ok=True)
    program = (
        "import pathlib, sys, time; from service.library.database import writing\n"
        "file = pathlib.Path(sys.argv[1]) / 'library.db'; file.touch(); print(flush=True); time.sleep(0.3)\n"
        "with writing(file.parent): pass"
    )
    with subprocess.Popen([sys.executable, "-c", program, data], stdout=subprocess.PIPE) as other:
        assert other.stdout
        other.stdout.readline()
        assert not Library(data).list()
    assert other.returncode == 0


def test_a_backup_taken_while_it_is_written_is_whole(data: Path, tmp_path: Path) -> None:
    library = Library(data)
    library.add(written(tmp_path, "甲.txt", "夜市"), by="张三")

    def copy(step: str) -> None:
        backup(data, tmp_path / f"{step}.db")

    Library(data, on_step=copy).add(written(tmp_path, "乙.txt", "集市"), by="张三")
    for step, held in (("changed", ["甲"]), ("committed", ["乙", "甲"])):
        restore_backup(tmp_path / f"{step}.db", tmp_path / step)
        assert [entry.id for entry in Library(tmp_path / step).list()] == held
        assert Library(tmp_path / step).read("甲").title == "关于夜市的通知"
    with pytest.raises(LibraryError, match="里已有文档库，没有改动"):
        restore_backup(tmp_path / "changed.db", tmp_path / "committed")


def test_a_backup_is_one_file_and_replaces_no_other(data: Path, tmp_path: Path) -> None:
    Library(data).add(written(tmp_path, "甲.txt", "夜市"), by="张三")
    folder = tmp_path / "copies"
    backup(data, folder / "copy.db")
    backup(data, folder / "copy.db")
    restore_backup(folder / "copy.db", tmp_path / "new")
    assert [file.name for file in folder.iterdir()] == ["copy.db"]
    assert [entry.id for entry in Library(tmp_path / "new").list()] == ["甲"]
    with pytest.raises(LibraryError, match="又不是备份，没有改动"):
        backup(data, tmp_path / "甲.txt")
    assert "夜市" in (tmp_path / "甲.txt").read_text(encoding="utf-8")


def test_a_damaged_backup_is_not_put_in_place(data: Path, tmp_path: Path) -> None:
    Library(data).add(written(tmp_path, "甲.txt", "夜市"), by="张三")
    backup(data, tmp_path / "copy.db")
    content = bytearray((tmp_path / "copy.db").read_bytes())
    at = content.index("夜市".encode())
    content[at] ^= 1
    (tmp_path / "copy.db").write_bytes(content)
    assert "与校验和" in str(damage_of(tmp_path / "copy.db"))
    with pytest.raises(LibraryError, match="应为完好的备份"):
        restore_backup(tmp_path / "copy.db", tmp_path / "new")
    assert not (tmp_path / "new" / "library.db").exists()


def settings_of(data: Path) -> Settings:
    return Settings(PACKAGED, data, None)


def test_the_library_is_served_where_it_holds_something_and_else_the_packaged_document(
    data: Path, tmp_path: Path
) -> None:
    assert [*sources_of(settings_of(data)).files] == ["cnca-2017"]
    library = Library(data)
    library.draft(written(tmp_path, "甲.txt", "夜市"), by="张三")
    assert [*sources_of(settings_of(data)).files] == ["cnca-2017"]
    library.publish("甲", by="张三")
    assert [*sources_of(settings_of(data)).files] == ["甲"]
    written(tmp_path / "folder", "丙.txt", "集市")
    assert [*sources_of(Settings(tmp_path / "folder", data, None)).files] == ["丙"]  # one that is named is served alone
    library.withdraw("甲", by="张三")
    assert [*sources_of(settings_of(data)).files] == ["cnca-2017"]


def test_a_damaged_index_of_a_library_is_made_anew(data: Path, tmp_path: Path) -> None:
    Library(data).add(written(tmp_path, "甲.txt", "夜市"), by="张三")
    quiet = Console(quiet=True)
    open_assistant(settings_of(data), quiet)
    shutil.rmtree(data / "generations" / (data / "current").read_text().strip())
    assert [one.id for one in open_assistant(settings_of(data), quiet).documents] == ["甲"]


@contextmanager
def limited(size: int) -> Iterator[None]:
    """No file of this process and those it starts grows larger."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def yaodian(*arguments: str, data: Path) -> "subprocess.CompletedProcess[str]":
    program = [sys.executable, "-c", "from service.cli import main; main()", *arguments, "--data", str(data)]
    return subprocess.run(program, capture_output=True, text=True, check=False, env={**os.environ, "COLUMNS": "300"})


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
def test_a_disk_that_is_full_leaves_everything_as_it_was(data: Path, tmp_path: Path) -> None:
    assert yaodian("add", str(written(tmp_path, "甲.txt", "夜市")), data=data).returncode == 0
    before = sorted(path for path in data.rglob("*") if "words" not in path.parts)
    version = json.loads(yaodian("index", "--status", "--json", data=data).stdout)["detail"]
    more = tmp_path / "乙.txt"
    more.write_text("通知\n" + "".join(f"{number}、集市任务。\n" for number in range(1, 400)), encoding="utf-8")
    for size in (3000, 200_000):  # of the library, and of the index
        with limited(size):
            refused = yaodian("add", str(more), data=data)
        assert refused.returncode == 1
        assert "错误：" in refused.stderr
        assert "Traceback" not in refused.stderr
        after = sorted(path for path in data.rglob("*") if "words" not in path.parts)
        assert [path for path in after if path not in before and path.suffix not in (".db-shm", ".db-wal")] == []
        assert yaodian("list", data=data).stdout == "甲\t已发布\t第1版\t甲.txt\n"
        assert json.loads(yaodian("index", "--status", "--json", data=data).stdout)["detail"] == version


def as_nobody(work: Callable[[], str]) -> str:
    """What it tells in a process of somebody who owns no file here."""
    ours, theirs = os.pipe()
    process = os.fork()
    if not process:
        if not os.getuid():
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        os.write(theirs, work().encode())
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, encoding="utf-8") as told:
        said = told.read()
    assert os.waitpid(process, 0)[1] == 0
    return said


def refusal(change: Callable[[], object]) -> str:
    try:
        change()
    except LibraryError as error:
        return str(error)
    return "not refused"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")
def test_a_folder_that_cannot_be_written_is_read_and_refuses_every_change(tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory() as name:  # which others may enter
        data, more = Path(name) / "data", written(Path(name), "乙.txt", "集市")
        library = library_of(data)
        library.add(written(tmp_path, "甲.txt", "夜市"), by="张三")

        def answer() -> str:
            return open_assistant(settings_of(data), Console(quiet=True)).ask("夜市由谁牵头").text

        before = answer()
        every = sorted((path, path.stat().st_mtime_ns) for path in data.rglob("*") if path.is_file())
        for path in (Path(name), *Path(name).rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        changes = (
            lambda: library_of(data).add(more, by="李四"),
            lambda: library_of(data).draft(more, by="李四"),
            lambda: library_of(data).withdraw("甲", by="李四"),
        )
        for change in changes:
            assert "权限" in as_nobody(lambda change=change: refusal(change))  # type: ignore[misc]
        assert as_nobody(answer) == before
        assert sorted((path, path.stat().st_mtime_ns) for path in data.rglob("*") if path.is_file()) == every
        for path in (Path(name), *Path(name).rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)


def test_one_file_that_cannot_be_read_keeps_no_other_out(data: Path, tmp_path: Path) -> None:
    (tmp_path / "坏.docx").write_bytes(b"PK")
    good = written(tmp_path, "甲.txt", "夜市")
    good.with_suffix(".toml").write_text('title = "夜市通知"\ndate = 2024-05-07\n', encoding="utf-8")
    added = yaodian("add", str(tmp_path / "坏.docx"), str(good), "--group", "商务", data=data)
    assert (added.returncode, added.stdout) == (1, "甲\t已发布\t第1版\t甲.txt\t商务\n")
    assert "没有放入：坏.docx：应为Word 文档" in added.stderr
    shown = json.loads(yaodian("show", "甲", "--json", data=data).stdout)
    assert shown["published"]["settled"] == {"title": "夜市通知", "date": "2024-05-07"}
    answer = yaodian("ask", "哪些任务涉及夜市", data=data)
    assert answer.stdout == "共有1项任务涉及“夜市”：\n“夜市由甲局牵头。”〔第1项〕\n"
    verified = yaodian("index", "--verify", data=data)
    assert (verified.returncode, verified.stdout.splitlines()[-1]) == (0, f"{data / 'library.db'} 完好。")
