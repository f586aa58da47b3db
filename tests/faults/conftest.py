"""What takes long, or needs a machine that does nothing else, runs with YAODIAN_FAULTS=long."""

import os

import pytest

LONG = (
    "test_overload.py",
    "test_connections.py",
    "test_files.py",
    "test_soak.py",
    "test_full_disk.py",
    "test_two_services.py",
    "test_locales.py",
    "test_clock.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if os.environ.get("YAODIAN_FAULTS") == "long":
        return
    for item in items:
        if item.path.parent.name == "faults" and item.path.name in LONG:
            item.add_marker(pytest.mark.skip(reason="YAODIAN_FAULTS=long"))
