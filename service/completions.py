"""Chat clients that speak OpenAI's API: each conversation is asked as a question with the earlier ones as history.

What the client sends besides messages (temperature, tools) changes nothing: the same conversation has the same answer.
"""

import json
import time
from collections.abc import Callable, Iterator
from typing import Annotated, Any, Literal

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel, Field

from service.chores import chore_reply, spoken
from service.fields import optional, told
from service.markdown import Markdown
from service.replier import Replier
from service.requests import HISTORY_LENGTH, MESSAGES, QUESTION_LENGTH, AskRequest, Text
from service.wire import json_reply

MODEL = "yaodian"
ENDPOINT = "/v1/chat/completions"
TOO_LONG = f"问题应为1至{QUESTION_LENGTH}个字符，请只写要问的一句。"


class ContentPart(BaseModel):
    """一句话的一段；图片等别的都略过。"""

    type: str = told("文字是 text", "text")
    text: Text = optional("", "文字", "哪些任务涉及垃圾分类")


class ChatMessage(BaseModel):
    """说过的一句。"""

    role: str = told("谁说的：user 是提问的人", "user")
    content: Text | list[ContentPart] | None = optional(None, "说了什么", "哪些任务涉及垃圾分类")

    @property
    def text(self) -> str:
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text").strip()
        return (self.content or "").strip()


class StreamOptions(BaseModel):
    """流式的选项。"""

    include_usage: bool = optional(False, "末尾送一段用量", True)


class CompletionRequest(BaseModel):
    """一段对话。其余的参数（温度、工具）都不看。"""

    model: Annotated[Text, Field(max_length=200)] = optional(MODEL, "模型，只有一个", MODEL)
    messages: Annotated[list[ChatMessage], Field(min_length=1, max_length=MESSAGES)] = told("说过的话，先说的在前")
    stream: bool | None = optional(False, "一段一段地送", True)
    stream_options: StreamOptions | None = optional(None, "流式的选项")

    def asked(self) -> list[str]:
        """What the user said, the last last."""
        return [spoken(message.text) for message in self.messages if message.role == "user" and message.text]


class Said:
    """The reply to one request: its text in parts, and the annotations of the whole."""

    def __init__(self, parts: list[str], annotations: list[dict[str, Any]], asked: int) -> None:
        self.parts, self.annotations = parts, annotations
        self.usage = {"prompt_tokens": asked, "completion_tokens": len("".join(parts))}
        self.usage["total_tokens"] = sum(self.usage.values())


def add_completions(app: FastAPI, reader: Callable[[Request], Replier]) -> None:
    @app.get("/v1/models", summary="可选的模型，只有一个", tags=["聊天客户端"], response_class=Response)
    async def models(request: Request) -> Response:
        reader(request)
        return json_reply({"object": "list", "data": [_model()]})

    @app.get("/v1/models/{id}", summary="一个模型", tags=["聊天客户端"], response_class=Response)
    async def model(request: Request, id: str) -> Response:
        reader(request)
        if id != MODEL:
            raise HTTPException(404, f"没有这个模型。只有 {MODEL}。")
        return json_reply(_model())

    @app.post(ENDPOINT, summary="一段对话的下一句", tags=["聊天客户端"], response_class=Response)
    async def complete(request: Request, given: CompletionRequest) -> Response:
        if given.model != MODEL:
            raise HTTPException(404, f"没有这个模型。只有 {MODEL}。")
        asked = given.asked()
        if not asked:
            raise HTTPException(422, "messages 里应有用户的一句话（role 为 user，content 不空）。")
        said = await _said(given, asked, reader(request), str(request.base_url).rstrip("/"))
        if not given.stream:
            return json_reply(_whole(said))
        usage = bool(given.stream_options and given.stream_options.include_usage)
        events = (f"data: {json.dumps(one, ensure_ascii=False)}\n\n" for one in _chunks(said, usage=usage))
        headers = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
        return StreamingResponse(_ended(events), headers=headers, media_type="text/event-stream")


async def _said(given: CompletionRequest, asked: list[str], replier: Replier, address: str) -> Said:
    *history, question = asked
    if reply := chore_reply(given.messages[0].text if given.messages[0].role == "system" else "", question):
        return Said([reply], [], len(question))
    if len(question) > QUESTION_LENGTH:
        return Said([TOO_LONG], [], len(question))
    earlier = [one for one in history if len(one) <= QUESTION_LENGTH][-HISTORY_LENGTH:]
    reply = json.loads(await replier.ask(AskRequest(question=question, history=earlier)))
    markdown = Markdown(reply, address)
    return Said(markdown.parts, markdown.citations, sum(map(len, asked)))


def _whole(said: Said) -> dict[str, Any]:
    message = {"role": "assistant", "content": "".join(said.parts), "refusal": None, "annotations": said.annotations}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
    return {**_envelope("chat.completion"), "choices": [choice], "usage": said.usage}


def _chunks(said: Said, *, usage: bool) -> Iterator[dict[str, Any]]:
    envelope = _envelope("chat.completion.chunk")

    def chunk(delta: dict[str, Any], finish: Literal["stop"] | None = None) -> dict[str, Any]:
        return {
            **envelope,
            "choices": [{"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}],
            **({"usage": None} if usage else {}),
        }

    yield chunk({"role": "assistant", "content": ""})
    for part in said.parts:
        yield chunk({"content": part})
    if said.annotations:
        yield chunk({"annotations": said.annotations})
    yield chunk({}, "stop")
    if usage:
        yield {**envelope, "choices": [], "usage": said.usage}


def _ended(events: Iterator[str]) -> Iterator[str]:
    yield from events
    yield "data: [DONE]\n\n"


def _envelope(kind: str) -> dict[str, Any]:
    now = time.time_ns()
    return {"id": f"chatcmpl-{now:x}", "object": kind, "created": now // 10**9, "model": MODEL}


def _model() -> dict[str, Any]:
    return {"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}
