"""Keys at the command line: shown once, kept as a hash, revoked."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from service.library import LibraryError, reading, writing
from service.library.keys import keys_in, make_key, matching, revoke_key
from tests.test_cli import yaodian


def test_a_key_is_shown_once_and_kept_as_a_hash(tmp_path: Path) -> None:
    made = yaodian("keys", "add", "张三", "--role", "editor", "--group", "人事", data=tmp_path)
    key = made.stdout.strip()
    assert (made.returncode, len(key), key[:3], "只显示这一次" in made.stderr) == (0, 46, "yd_", True)
    listed = yaodian("keys", "list", "--json", data=tmp_path)
    (told,) = json.loads(listed.stdout)
    assert (told["name"], told["role"], told["groups"], told["revoked"]) == ("张三", "editor", ["人事"], None)
    assert key not in listed.stdout
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and key.encode() in path.read_bytes()]
    with reading(tmp_path) as database:
        assert matching(keys_in(database), key)
        assert not matching(keys_in(database), f"{key}x")


def test_a_revoked_key_is_none_and_its_name_may_be_given_again(tmp_path: Path) -> None:
    with writing(tmp_path) as database:
        key = make_key(database, "张三", "reader", (), "测试")
    assert yaodian("keys", "remove", "张三", data=tmp_path).returncode == 0
    refused = yaodian("keys", "remove", "张三", data=tmp_path)
    assert (refused.returncode, "yaodian keys list" in refused.stderr) == (1, True)
    with writing(tmp_path) as database:
        assert not matching(keys_in(database), key)
        other = make_key(database, "张三", "admin", (), "测试")
        assert not matching(keys_in(database), key)
        assert matching(keys_in(database), other)


@pytest.mark.parametrize("name", ["", " ", "a\nb", "x" * 101, "\0"])
def test_a_name_is_one_that_can_be_shown(name: str, tmp_path: Path) -> None:
    with pytest.raises(LibraryError), writing(tmp_path) as database:
        make_key(database, name, "reader", (), "测试")


def test_two_keys_of_one_name_are_refused(tmp_path: Path) -> None:
    with writing(tmp_path) as database:
        make_key(database, "张三", "reader", (), "测试")
    with pytest.raises(LibraryError, match="已经有"), writing(tmp_path) as database:
        make_key(database, "张三", "admin", (), "测试")
    with writing(tmp_path) as database:
        revoke_key(database, "张三", "测试")
        assert [key.role for key in keys_in(database)] == ["reader"]


def test_making_a_key_loads_no_model(tmp_path: Path) -> None:
    program = (
        "import sys; from service.library import writing; from service.library.keys import make_key; from pathlib import Path;"
        f"d = writing(Path({str(tmp_path)!r})); make_key(d.__enter__(), 'a', 'reader', (), 'b'); d.__exit__(None, None, None);"
        "print('jieba' in sys.modules, 'uvicorn' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
