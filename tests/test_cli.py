import json
import os
import re
import signal
import subprocess
import sys
import tomllib
from pathlib import Path
from urllib.request import urlopen

import pytest
from typer.testing import CliRunner

from service.cli import app
from service.cli.library import _by


def yaodian(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-c", "from service.cli import main; main()", *arguments, "--data", str(data)]
    return subprocess.run(program, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    assert yaodian("index", data=folder).returncode == 0
    return folder


def test_ask_prints_the_answer_and_nothing_else_on_stdout(data: Path) -> None:
    result = yaodian("ask", "国际部牵头哪些任务", data=data)
    assert result.returncode == 0
    assert result.stdout.startswith("共有1项任务由国际部牵头：\n")
    assert result.stderr == "理解为：由国际部牵头的任务\n"


def test_ask_json_is_json_alone(tmp_path: Path) -> None:
    result = yaodian("ask", "哪些任务涉及一带一路", "--json", data=tmp_path / "new")
    assert [item["number"] for item in json.loads(result.stdout)["items"]] == [31, 32]
    assert "没有索引，先建立。" in result.stderr


def test_what_follows_is_asked_after_what_stands_before(data: Path) -> None:
    lines = yaodian("ask", "涉及标准的任务有几项", "其中科标部牵头的有几项", data=data).stdout.splitlines()
    asked = [at for at, line in enumerate(lines) if line.startswith("> ")]
    assert [lines[at] for at in asked] == ["> 涉及标准的任务有几项", "> 其中科标部牵头的有几项"]
    assert lines[asked[1] + 1].startswith("共有2项")
    assert "科标部牵头" in lines[asked[1] + 1]
    last = json.loads(yaodian("ask", "第31项讲什么", "谁牵头", "--json", data=data).stdout)
    assert (last["question"], last["items"][0]["number"]) == ("谁牵头", 31)


def test_the_version_is_told() -> None:
    told = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "version"
    ]
    assert CliRunner().invoke(app, ["--version"]).stdout == f"yaodian {told}\n"


def test_search_and_analyze(data: Path) -> None:
    assert yaodian("search", "人才", data=data).stdout.splitlines()[1].startswith("第38项\t")
    analysis = json.loads(yaodian("analyze", "認證部牽頭且與電商有關的任務", "--json", data=data).stdout)
    assert analysis["tokens"][0] == {"text": "认证部", "class": "dept", "read_by": "names with roles"}
    assert (analysis["unread"], analysis["conditions"]) == ([], ["由認證部牽頭", "涉及“電商”"])
    assert (analysis["folded"], analysis["plan"]["lead"]) == ("认证部牵头且与电商有关的任务", ["認證部"])
    assert {item["label"]: item["why"] for item in analysis["items"][:2]} == {
        "第9项": "主题原样出现",
        "第20项": "主题符合，部门不符",
    }


def test_analyze_gives_the_reason_of_every_item_without_a_topic_too(data: Path) -> None:
    items = json.loads(yaodian("analyze", "第三部分里国际部牵头的任务", "--json", data=data).stdout)["items"]
    why = {item["label"]: item["why"] for item in items}
    assert len(why) == 38
    assert (why["第31项"], why["第32项"], why["第1项"]) == ("部门符合", "部门不符", "部分不符")


def test_analyze_gives_the_reason_for_each_alternative_of_a_topic(data: Path) -> None:
    analysis = json.loads(yaodian("analyze", "绿色产品或服务认证", "--json", data=data).stdout)
    members = {item["label"]: item["why"] for item in analysis["items"] if item["member"]}
    assert members == dict.fromkeys(("第4项", "第6项", "第35项"), "主题原样出现")


def test_the_state_of_the_index_is_reported(data: Path, tmp_path: Path) -> None:
    assert yaodian("index", "--status", data=data).returncode == 0
    missing = yaodian("index", "--status", "--json", data=tmp_path)
    assert (missing.returncode, json.loads(missing.stdout)["state"]) == (1, "missing")


def test_a_damaged_index_is_refused_with_the_command_that_repairs_it(tmp_path: Path) -> None:
    assert yaodian("index", data=tmp_path).returncode == 0
    next(tmp_path.glob("generations/*/items.faiss.npy")).write_bytes(b"damaged")
    for command in (["ask", "第1项"], ["serve", "--port", "0"]):
        result = yaodian(*command, data=tmp_path)
        assert result.returncode == 1
        assert f"yaodian index --data {tmp_path}" in result.stderr
        assert "Traceback" not in result.stderr


def test_failures_are_one_line_that_says_what_to_do(tmp_path: Path, data: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK")
    broken = yaodian("ask", "甲", "--documents", str(tmp_path), data=data)
    assert broken.returncode == 1
    assert re.search(r"没有可以载入的文档：\s+a\.docx：应为", broken.stderr)
    assert "Traceback" not in broken.stderr
    assert yaodian("ask", data=data).returncode == 2
    assert yaodian("ask", "字" * 501, data=data).returncode == 2


def test_check_shows_what_was_read_and_drafts_the_file_beside(tmp_path: Path) -> None:
    text = "某市关于某事的方案\n一、任务\n（一）建成平台，服务企业。（甲局牵头，乙局配合，2025年6月底前完成）\n（三）培育企业。\n"
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    program = [sys.executable, "-c", "from service.cli import main; main()", "check"]
    shown = subprocess.run([*program, str(path), "--write"], capture_output=True, text=True, check=True).stdout
    for expected in (
        "标题　　某市关于某事的方案",
        "条目　　2个",
        "  一、任务（2）",
        "    [1] 建成平台，服务企业。",
        "  甲局：牵头或负责1，协作0",
        "  [1] 2025年6月底前 → 2025-06-30",
        "第4行：应为编号2，实为编号3",
    ):
        assert expected in shown
    assert 'title = "某市关于某事的方案"' in (tmp_path / "a.toml").read_text(encoding="utf-8")
    (tmp_path / "b.docx").write_bytes(b"PK")
    both = subprocess.run(
        [*program, str(path), str(tmp_path / "b.docx"), "--json"], capture_output=True, text=True, check=False
    )
    assert both.returncode == 1
    told = json.loads(both.stdout)
    assert (told[0]["items"], told[0]["warnings"][0]["line"]) == (2, 4)
    assert told[1]["error"].startswith("应为")


def test_serve_says_when_it_is_ready_and_stops_when_told(data: Path) -> None:
    program = [
        sys.executable,
        "-c",
        "from service.cli import main; main()",
        "serve",
        "--port",
        "0",
        "--data",
        str(data),
    ]
    with subprocess.Popen(program, stderr=subprocess.PIPE, text=True, env={**os.environ, "COLUMNS": "200"}) as server:
        assert server.stderr
        address = re.search(r"http://\S+:\d+", server.stderr.readline())
        assert address
        with urlopen(f"{address[0]}/readyz") as response:
            assert response.status == 200
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=20) in (0, -signal.SIGTERM)


@pytest.mark.skipif(not hasattr(os, "setresuid") or os.getuid() != 0, reason="only root can be another")
def test_a_user_without_a_name_is_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    os.setresuid(54321, 0, 0)
    try:
        assert _by() == "命令行（54321）"
    finally:
        os.setresuid(0, 0, 0)


def test_a_language_model_is_named_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    from typer import BadParameter

    from service.cli.llm import llm_of
    from service.llm import Llm

    monkeypatch.setenv("YAODIAN_LLM_KEY", "k")
    assert llm_of(None, None) is None
    assert llm_of("http://127.0.0.1:8080/v1", "m") == Llm("http://127.0.0.1:8080/v1", "m", "k")
    for url, model in ((None, "m"), ("http://127.0.0.1:8080/v1", None), ("127.0.0.1:8080", "m")):
        with pytest.raises(BadParameter):
            llm_of(url, model)


@pytest.mark.parametrize(
    "program",
    [
        "sys.argv = ['yaodian', 'list', '--data', 'nowhere']; from service.cli import app; app(standalone_mode=False)",
        "import service.building",  # a process of its own for each build
    ],
)
def test_what_answers_nothing_loads_no_more_than_it_needs(program: str, tmp_path: Path) -> None:
    loaded = "print([name for name in ('fastapi', 'service.understanding') if name in sys.modules])"
    told = subprocess.run(
        [sys.executable, "-c", f"import sys; {program}; {loaded}"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=True,
    )
    assert told.stdout.splitlines()[-1] == "[]"
