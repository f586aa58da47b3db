"""The route that asks a language model, where the service has one. The plain answer never waits for it."""

from collections.abc import Callable

from fastapi import FastAPI, Request
from fastapi.responses import Response

from service.llm.client import Llm
from service.llm.helping import Helping
from service.llm.requests import ModelRequest
from service.metrics import Metrics
from service.replier import Replier
from service.wire import json_reply


def add_llm(app: FastAPI, reader: Callable[[Request], Replier], llm: Llm, metrics: Metrics | None) -> None:
    helping = Helping.of(llm, metrics)
    app.state.helping = helping

    @app.post("/api/model", summary="请语言模型理解问题、表述答案", tags=["问答"], response_class=Response)
    async def model(http: Request, request: ModelRequest) -> Response:
        return json_reply(await helping.reply(request, reader(http)))
