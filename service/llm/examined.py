"""Whether the language model that the operator names is there, and what one small answer takes."""

import asyncio
import time
from collections.abc import Iterator

from service.doctor import Finding
from service.llm.client import KEY, Client, Llm, LlmError, listed_models

WHAT = "语言模型"
LIMIT = 30.0  # seconds for the small answer
SLOW = 10.0  # seconds, from which on it is said
NAMED = 5  # models that are listed
SMALL = {
    "type": "object",
    "additionalProperties": False,
    "required": ["ok"],
    "properties": {"ok": {"type": "boolean"}},
}


def examined_model(llm: Llm) -> Iterator[Finding]:
    """Ends with what is wrong, or with the time of an answer."""
    try:
        names = listed_models(llm)
    except LlmError as error:
        yield Finding(WHAT, "fail", str(error), "先启动模型的服务，或改 --llm 的地址。")
        return
    except PermissionError:
        yield Finding(WHAT, "fail", f"{llm.url} 不认这个密钥", f"把它的密钥放在环境变量 {KEY} 里。")
        return
    if names and llm.model not in names:
        some = "、".join(names[:NAMED])
        yield Finding(
            WHAT, "fail", f"{llm.url} 没有名为 {llm.model} 的模型，有 {some}", f"写明：--llm-model {names[0]}"
        )
        return
    began = time.monotonic()
    try:
        asyncio.run(_answer(llm))
    except LlmError as error:
        yield Finding(WHAT, "fail", f"{llm.model} 答不了：{error}", "看模型服务的日志；没有它，别的都照常。")
        return
    seconds = time.monotonic() - began
    said = f"{llm.model} 在 {llm.url}，一个小的答复用 {seconds:.1f} 秒" + ("" if names else "（它不列出模型）")
    if seconds > SLOW:
        yield Finding(WHAT, "warn", said, "它太慢，读的人等不到：换小一些的模型，或给它显卡。")
    else:
        yield Finding(WHAT, "ok", said)


async def _answer(llm: Llm) -> None:
    client = Client(llm, LIMIT)
    try:
        await client.complete('只答复一个 JSON 对象：{"ok": true}', "答复", SMALL)
    finally:
        await client.close()
