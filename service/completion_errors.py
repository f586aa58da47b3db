"""Errors as clients of OpenAI's API show them."""

import json

from starlette.datastructures import MutableHeaders

from service.problems import COMPLETIONS, ASGIApp, Message, Receive, Send
from service.wire import written

PROBLEM = (b"content-type", b"application/problem+json")


class CompletionErrors:
    """Problems below /v1/ told twice: as everywhere here, and as `error.message`, which is what these clients show."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        ours = scope["type"] == "http" and scope["path"].startswith(COMPLETIONS)
        await self._app(scope, receive, _told_twice(send) if ours else send)


def _told_twice(send: Send) -> Send:
    started: Message = {}
    body = b""

    async def sent(message: Message) -> None:
        nonlocal started, body
        if message["type"] == "http.response.start" and PROBLEM in message["headers"]:
            started = message
        elif not started:
            await send(message)
        else:
            body += message.get("body", b"")
            if not message.get("more_body"):
                content = _with_error(body)
                headers = MutableHeaders(raw=[*started["headers"]])
                headers["Content-Length"] = str(len(content))
                await send({**started, "headers": headers.raw})
                await send({"type": "http.response.body", "body": content})

    return sent


def _with_error(body: bytes) -> bytes:
    told = json.loads(body)
    kind = "invalid_request_error" if told["status"] < 500 else "server_error"
    return written({**told, "error": {"message": told["detail"], "type": kind, "param": None, "code": None}})
