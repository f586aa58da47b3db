"""The one that speaks to the model: an OpenAI-compatible address, within limits of time and size, and of nothing else.

It follows no redirect, knows no proxy of the environment, and reads no more of a reply than it has room for.
"""

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx

KEY = "YAODIAN_LLM_KEY"  # the environment's variable; a key is never an option
LIMIT = 60.0  # seconds for a reply, the second try included
SIZE = 256 * 1024  # bytes of a reply
CONNECTING = 3.0  # seconds
AT_ONCE = 4  # requests; more are not waited for
FAULTS, REST = 3, 30.0  # so many in a row, and it is left alone for so many seconds
TOKENS = 2000  # of an answer
_RETRIED = frozenset((408, 429, 500, 502, 503, 504))
_PLAINER = frozenset((400, 404, 415, 422, 501))  # of servers that know no schemas, too

Json = dict[str, Any]
OnAsked = Callable[[str, float | None], None]  # what it came to, and the seconds it took, if it was asked


class LlmError(Exception):
    """The model did not answer as it should; the message says what it did."""


@dataclass(frozen=True, slots=True)
class Llm:
    """Which model, where."""

    url: str  # up to /v1
    model: str
    key: str | None = field(default=None, repr=False)

    @classmethod
    def of(cls, url: str, model: str | None, environment: Mapping[str, str]) -> "Llm":
        """Raises ValueError."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise ValueError(f"应为模型服务的地址，如 http://127.0.0.1:8080/v1，实为“{url}”")
        if parts.username or parts.password:
            raise ValueError(f"地址里不能有密码；密钥放在环境变量 {KEY} 里")
        if not model:
            raise ValueError("还要用 --llm-model 写明模型的名称")
        return cls(url.rstrip("/"), model, environment.get(KEY) or None)


class Client:
    """For one event loop."""

    def __init__(
        self,
        llm: Llm,
        limit: float = LIMIT,
        clock: Callable[[], float] = time.monotonic,
        on_asked: OnAsked = lambda result, seconds: None,
    ) -> None:
        self.llm, self._limit, self._clock, self._on_asked = llm, limit, clock, on_asked
        self._http: httpx.AsyncClient | None = None
        self._at_work, self._faults, self._until = 0, 0, 0.0

    @property
    def rests(self) -> bool:
        """It is left alone for now."""
        return self._clock() < self._until

    async def complete(self, system: str, user: str, schema: Json) -> Json:
        """The object that the model replies with. Raises LlmError."""
        if self.rests:
            self._on_asked("resting", None)
            raise LlmError("模型接连出错，暂时不问它")
        if self._at_work >= AT_ONCE:
            self._on_asked("busy", None)
            raise LlmError("模型正忙")
        self._at_work += 1
        began, result = self._clock(), "fault"
        try:
            async with asyncio.timeout(self._limit):
                reply = await self._tried(system, user, schema)
            result = "answered"
        except TimeoutError:
            self._fault()
            raise LlmError(f"模型没有在{self._limit:g}秒内答完") from None
        except LlmError:
            self._fault()
            raise
        finally:
            self._at_work -= 1
            self._on_asked(result, self._clock() - began)
        self._faults = 0
        return reply

    async def close(self) -> None:
        if self._http:
            await self._http.aclose()

    def _fault(self) -> None:
        self._faults += 1
        if self._faults >= FAULTS:
            self._faults, self._until = 0, self._clock() + REST

    async def _tried(self, system: str, user: str, schema: Json) -> Json:
        """Once more where the first try fails; without the schema, if that was refused."""
        messages = [{"role": "system", "content": system}, {"role": "user", "content": user}]
        body: Json = {"model": self.llm.model, "messages": messages, "temperature": 0, "max_tokens": TOKENS}
        shaped = {"type": "json_schema", "json_schema": {"name": "reply", "schema": schema, "strict": True}}
        try:
            return _object(await self._sent({**body, "response_format": shaped}))
        except _RefusedError as error:
            if error.status not in _RETRIED | _PLAINER:
                raise
        except LlmError:
            pass
        return _object(await self._sent(body))

    async def _sent(self, body: Json) -> bytes:
        if self._http is None:
            self._http = httpx.AsyncClient(
                trust_env=False,
                follow_redirects=False,
                timeout=httpx.Timeout(self._limit, connect=CONNECTING),
                headers={"Accept-Encoding": "identity", "User-Agent": "yaodian"},
            )
        headers = {"Authorization": f"Bearer {self.llm.key}"} if self.llm.key else {}
        address = f"{self.llm.url}/chat/completions"
        try:
            async with self._http.stream("POST", address, json=body, headers=headers) as response:
                if response.status_code != 200:
                    raise _RefusedError(response.status_code)
                read = bytearray()
                async for part in response.aiter_raw():
                    read += part
                    if len(read) > SIZE:
                        raise LlmError(f"模型的回复超过{SIZE // 1024} KiB")
                return bytes(read)
        except httpx.HTTPError as error:
            raise LlmError(f"连不上模型，或它断开了（{type(error).__name__}）") from error


def listed_models(llm: Llm) -> list[str]:
    """Names of models; none where the server lists none. Raises LlmError or PermissionError."""
    headers = {"Authorization": f"Bearer {llm.key}"} if llm.key else {}
    read = bytearray()
    try:
        with (
            httpx.Client(trust_env=False, follow_redirects=False, timeout=CONNECTING) as client,
            client.stream("GET", f"{llm.url}/models", headers={**headers, "Accept-Encoding": "identity"}) as response,
        ):
            if response.status_code in (401, 403):
                raise PermissionError
            for part in response.iter_raw():
                read += part
                if response.status_code != 200 or len(read) > SIZE:
                    return []
    except httpx.HTTPError as error:
        raise LlmError(f"连不上 {llm.url}（{type(error).__name__}）") from error
    try:
        return [str(one["id"]) for one in json.loads(read)["data"]]
    except (ValueError, LookupError, TypeError):
        return []


class _RefusedError(LlmError):
    def __init__(self, status: int) -> None:
        super().__init__(f"模型服务答复 {status}")
        self.status = status


def _object(reply: bytes) -> Json:
    """What the model wrote, as an object: it may stand between other words."""
    try:
        content = json.loads(reply)["choices"][0]["message"]["content"]
        made, _ = json.JSONDecoder().raw_decode(content, content.index("{", max(0, content.rfind("</think>"))))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise LlmError("模型的回复不是所要的 JSON") from error
    if not isinstance(made, dict):
        raise LlmError("模型的回复不是所要的 JSON")
    return made
