"""The description of the API at /openapi.json: routes tell what they take, `replies` what they give.

The models are loaded when the description is first asked for: to answer questions nobody needs them.
"""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel

_REFERENCE = "#/components/schemas/{model}"
_PROBLEMS = {
    "400": "请求有误",
    "401": "需要密钥",
    "403": "不许这样做",
    "404": "没有找到",
    "408": "请求超时",
    "409": "现在不能这样做",
    "413": "请求过大",
    "414": "地址过长",
    "421": "主机名不对",
    "422": "参数不合要求",
    "431": "请求头过大",
    "503": "暂时不能回答",
}


def describe(app: FastAPI) -> None:
    """From now on the app's description says what its routes reply."""

    def described() -> dict[str, Any]:
        if not app.openapi_schema:
            app.openapi_schema = _schema(app)
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]


def _schema(app: FastAPI) -> dict[str, Any]:
    from pydantic.json_schema import models_json_schema

    from service.library_replies import LIBRARY_REPLIES
    from service.replies import REPLIES, Problem

    every: dict[tuple[str, str], type[BaseModel]] = {**REPLIES, **LIBRARY_REPLIES}
    if any(getattr(route, "path", "") == "/api/model" for route in app.routes):
        from service.llm.replies import LLM_REPLIES

        every |= LLM_REPLIES
    schema = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    models: list[type[BaseModel]] = [*dict.fromkeys(every.values()), Problem]
    names, definitions = models_json_schema([(one, "serialization") for one in models], ref_template=_REFERENCE)
    schemas = schema["components"]["schemas"]
    schemas |= definitions["$defs"]
    for unused in ("HTTPValidationError", "ValidationError"):  # the framework's own problem
        schemas.pop(unused, None)
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            replies = operation["responses"]
            if model := every.get((method, path)):
                replies["200"]["content"] = {"application/json": {"schema": names[model, "serialization"]}}
            problem = {"application/problem+json": {"schema": names[Problem, "serialization"]}}
            for status, said in _PROBLEMS.items():
                replies[status] = {"description": said, "content": problem}
    return schema
