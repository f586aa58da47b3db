"""What an item more costs in memory, as Linux counts it, when an index is built and when it is served."""

import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from corpus import PACKAGED, load_corpus
from index import Segmenter, load_encoder
from tests.test_serving import ask, bytes_of, serving

pytestmark = pytest.mark.skipif(not Path("/proc/self/smaps_rollup").is_file(), reason="only Linux tells")

ITEMS, DOCUMENTS = 5000, 50
BUILDING = 25_000  # bytes an item
SERVING = 7_000
QUESTIONS = ("哪些任务涉及国际合作", "认证认可检验检测", "夜间经记", "今天北京天气怎么样", "第3项讲什么")


def write(folder: Path, items: int) -> Path:
    """Items of five clauses from the packaged document in any order; so many in each of the documents."""
    clauses = [
        one for item in load_corpus(PACKAGED).documents[0].items for one in re.findall(r"[^，。；]{4,30}", item.text)
    ]
    random_ = random.Random(1)
    folder.mkdir()
    for number in range(DOCUMENTS):
        lines = [f"{at}、{'，'.join(random_.sample(clauses, 5))}。" for at in range(1, items // DOCUMENTS + 1)]
        (folder / f"d{number:02}.txt").write_text("通知\n" + "\n".join(lines), encoding="utf-8")
    return folder


# getrusage would tell of the process that started it, too
BUILD = """
import re
from service.cli import main
try:
    main()
finally:
    print(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
"""


def build(documents: Path, data: Path) -> int:
    """The peak of the process that puts the index together, in bytes. With the dictionaries kept there before: making those takes more memory than a few items do."""
    load_encoder(None, Segmenter(folder=data / "words"), data / "words")
    program = [sys.executable, "-c", BUILD, "index", "--documents", str(documents), "--data", str(data)]
    return int(subprocess.check_output(program, text=True, stderr=subprocess.DEVNULL).split()[-1]) * 1024


def resident(documents: Path, data: Path) -> int:
    """After questions of several kinds."""
    with serving(data, "--documents", str(documents)) as (address, server):
        for question in QUESTIONS:
            ask(address, question)
        return bytes_of(server.pid, "Rss")


def test_an_item_more_costs_little_memory(tmp_path: Path) -> None:
    few, many = write(tmp_path / "few", DOCUMENTS), write(tmp_path / "many", ITEMS)
    before, after = build(few, tmp_path / "data_few"), build(many, tmp_path / "data_many")
    served = [resident(few, tmp_path / "data_few"), resident(many, tmp_path / "data_many")]
    assert (after - before) / (ITEMS - DOCUMENTS) < BUILDING
    assert (served[1] - served[0]) / (ITEMS - DOCUMENTS) < SERVING
