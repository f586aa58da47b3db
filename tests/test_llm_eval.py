"""`python -m eval --llm`: figures about a model that stands at an address."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.models import Body, items_in, model_server, says, user

QUESTIONS = [
    {
        "id": "p1",
        "kind": "paraphrase",
        "question": "卖到外国和卖给国人的东西要一个样",
        "items": ["cnca-2017#1"],
    },
    {"id": "p2", "kind": "paraphrase", "question": "村里的有机菜怎么闯出名气来", "items": ["cnca-2017#3"]},
    {"id": "u1", "kind": "unanswerable", "question": "今天北京天气怎么样", "declined": True},
    {"id": "t1", "kind": "topic", "question": "哪些任务涉及一带一路", "items": ["cnca-2017#31", "cnca-2017#32"]},
    {"id": "t2", "kind": "topic", "question": "哪些任务涉及世界认可日", "items": ["cnca-2017#32"]},
]


def model(body: Body) -> Body:
    """Reads one question rightly, one wrongly, and the one that has no answer, too; of three sentences one is false."""
    if items := items_in(body):
        true = {"text": "由办公室牵头，构建认证认可公共宣传机制平台。", "items": ["32"]}
        false = {"text": "由国际部牵头，构建认证认可公共宣传机制平台。", "items": ["32"]}
        return {"sentences": [true, true, false] if len(items) == 2 else [true, false]}
    question = user(body).rpartition("问：")[2]
    topic = {"卖": "三同", "村": "机器人", "今": "人才"}[question[0]]
    return {"kind": "items", "topic": topic}


def test_what_the_model_adds_and_the_gate_stops_is_counted(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in QUESTIONS), encoding="utf-8")
    with model_server(says(model)) as server:
        command = [sys.executable, "-m", "eval", "--llm", server.url, "--llm-model", "某模型", "--json"]
        command += ["--questions", str(file), "--out", str(tmp_path / "out")]
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env={**os.environ, "COLUMNS": "200"}
        )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "model": "某模型",
        "paraphrases": 2,
        "plain_right": 0,
        "read": 2,
        "read_right": 1,
        "read_near": 0,
        "unanswerable": 1,
        "misread": 1,
        "sets": 2,
        "shown": 1,
        "sentences": 5,
        "dropped": {"role": 2},
        "faults": {},
    }
    assert json.loads((tmp_path / "out" / "llm.json").read_text(encoding="utf-8"))["shown"] == 1


def test_an_address_that_cannot_be_is_a_usage_error(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "eval", "--llm", "ftp://x", "--llm-model", "m", "--out", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "应为模型服务的地址" in done.stderr
