import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from eval.cases import Known
from eval.evaluation import Options, read_questions
from service import Assistant
from service.app import create_app
from service.question_log import QuestionLog
from tests.conftest import loaded


def client_of(assistant: Assistant, log: QuestionLog | None) -> TestClient:
    return TestClient(create_app(loaded(assistant, log), log))


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_declined_and_disliked_questions_are_kept_and_nothing_of_who_asked(
    tmp_path: Path, assistant: Assistant
) -> None:
    path = tmp_path / "kept" / "questions.jsonl"
    client = client_of(assistant, QuestionLog(path))
    for question in ("哪些任务涉及一带一路", "今天北京天气怎么样"):
        client.post("/api/ask", json={"question": question}, headers={"X-Forwarded-For": "10.1.2.3"})
    disliked = {"question": "第二个呢", "history": ["哪些任务涉及一带一路"], "verdict": "wrong"}
    assert client.post("/api/feedback", json=disliked).status_code == 204
    declined = "现有文件回答不了这个问题。可以问某个主题、编号、部分或部门，例如“第1项讲什么”。"
    assert rows(path) == [
        {"question": "今天北京天气怎么样", "history": [], "kind": "拒答过", "note": f"out_of_scope：{declined}"},
        {
            "question": "第二个呢",
            "history": ["哪些任务涉及一带一路"],
            "kind": "被否定",
            "note": "用户认为不对；当时答：32",
        },
    ]


def test_the_log_is_read_by_the_evaluation_once_it_is_labelled(tmp_path: Path, assistant: Assistant) -> None:
    path = tmp_path / "questions.jsonl"
    log = QuestionLog(path)
    log.declined("哪些任务涉及碳排放", [], assistant.ask("哪些任务涉及碳排放"))
    row = rows(path)[0] | {"items": ["6"]}
    path.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    (case,) = read_questions(Options(questions=path), Known({"cnca-2017": {"6": 0}})).cases
    assert (case.question, case.items) == ("哪些任务涉及碳排放", ("cnca-2017#6",))


def test_what_was_meant_is_a_label_in_the_place_of_the_declined_question(tmp_path: Path, assistant: Assistant) -> None:
    path = tmp_path / "questions.jsonl"
    client = client_of(assistant, QuestionLog(path))
    client.post("/api/ask", json={"question": "今天北京天气怎么样"})
    client.post("/api/ask", json={"question": "明天上海天气怎么样"})
    chosen = {"question": "今天北京天气怎么样", "verdict": "meant", "item": "cnca-2017#28"}
    assert client.post("/api/feedback", json=chosen).status_code == 204
    assert [(row["question"], row.get("items")) for row in rows(path)] == [
        ("明天上海天气怎么样", None),
        ("今天北京天气怎么样", ["cnca-2017#28"]),
    ]
    reply = client.post("/api/feedback", json={"question": "天气", "verdict": "meant"})
    assert (reply.status_code, reply.json()["detail"]) == (
        422,
        "条目应为至多300个字符的“文档#编号”；选中的是哪一项，要写明。",
    )


def test_a_question_is_kept_once_whatever_process_asks(tmp_path: Path, assistant: Assistant) -> None:
    path = tmp_path / "questions.jsonl"
    answer = assistant.ask("天气")
    for _ in range(2):
        log = QuestionLog(path)
        log.declined("天气", [], answer)
        log.declined("天气", [], answer)
    log.declined("天气", ["第1项"], answer)
    assert [row["history"] for row in rows(path)] == [[], ["第1项"]]


def test_without_a_log_nothing_is_kept_and_feedback_says_so(assistant: Assistant) -> None:
    reply = client_of(assistant, None).post("/api/feedback", json={"question": "品牌", "verdict": "incomplete"})
    assert (reply.status_code, reply.json()["detail"]) == (404, "这个服务没有开启问题记录。")


@pytest.mark.parametrize("verdict", ["", "right", None, 1])
def test_feedback_of_another_kind_is_refused(verdict: object, tmp_path: Path, assistant: Assistant) -> None:
    client = client_of(assistant, QuestionLog(tmp_path / "q.jsonl"))
    reply = client.post("/api/feedback", json={"question": "品牌", "verdict": verdict})
    assert (reply.status_code, "incomplete" in reply.json()["detail"]) == (422, True)


def test_a_log_that_cannot_be_written_costs_no_answer(tmp_path: Path, assistant: Assistant) -> None:
    log = QuestionLog(tmp_path / "q.jsonl")
    (tmp_path / "q.jsonl").unlink()
    (tmp_path / "q.jsonl").mkdir()  # a folder: as a full disk, it cannot be written
    reply = client_of(assistant, log).post("/api/ask", json={"question": "今天北京天气怎么样"})
    assert (reply.status_code, reply.json()["declined"]) == (200, True)
    with pytest.raises(OSError, match=r"q\.jsonl"):
        QuestionLog(tmp_path / "q.jsonl")
