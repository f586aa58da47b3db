"""A clock that is put forward and back, while it serves and between two starts. n: 4 steps, 2 of files' times."""

import os
import time
from pathlib import Path

import pytest
from rich.console import Console

from service import Assistant
from service.limits import checked_limit
from service.opening import open_assistant
from tests.publishing import left_over, library_of, notice, settings_of
from tests.test_limits import asking, statuses

DAY = 86_400
QUIET = Console(quiet=True)


@pytest.mark.parametrize("days", [-3650, -1, 1, 3650])
def test_who_is_over_the_limit_does_not_stay_so(
    days: int, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Put back, it would be years until the clock is again where it was."""
    with asking(assistant, checked_limit("3/second"), "10.0.0.1") as (client,):
        assert statuses(client, 2) == [200] * 2
        real = time.time
        monkeypatch.setattr(time, "time", lambda: real() + days * DAY)
        assert statuses(client, 3) == [200] * 3
        time.sleep(1.1)
        assert statuses(client, 1) == [200]


@pytest.mark.parametrize("days", [-3650, 3650])
def test_a_folder_of_another_time_is_used_and_cleaned_as_any(days: int, tmp_path: Path) -> None:
    data = tmp_path / "data"
    library = library_of(data)
    for edition in range(2):
        library.add(notice(tmp_path, "甲", edition), by="张三")
    then = time.time() + days * DAY
    for path in data.rglob("*"):
        os.utime(path, (then, then))
    assert [one.title for one in open_assistant(settings_of(data), QUIET).documents] == ["关于甲第1次印发的通知"]
    for edition in range(2, 4):
        library.add(notice(tmp_path, "甲", edition), by="张三")
        found = open_assistant(settings_of(data), QUIET)
        assert [one.title for one in found.documents] == [f"关于甲第{edition}次印发的通知"]
    assert left_over(data) == []
    assert [one.version for one in library.history("甲")][:2] == [4, 4]
