"""The description of the API at /openapi.json: routes tell what they take, `replies` what they give, each field with an
example.

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
    "429": "请求太多",
    "431": "请求头过大",
    "503": "暂时不能回答",
}

# what the parameters of addresses are, and an example of each
PARAMETERS: dict[str, tuple[str, Any]] = {
    "id": ("编号：文档的，如 /api/documents 所列；模型的是 yaodian", "plan-2025"),
    "item_id": ("条目编号：31、3.2、a2.3", "31"),
    "around": ("连同前后各几条", 2),
    "script": ("hans 时另附转为简体的文字；hant 时编号的说法用繁体", "hans"),
    "q": ("要找的字句；文档照标题、年份、文号、印发机关找。繁简均可", "垃圾分类"),
    "limit": ("至多几个", 10),
    "offset": ("从第几个起，0 为第一个", 0),
    "documents": ("只在这几份里找（编号，可写几次）；不写为能读的全部", ["plan-2025"]),
    "fields": ("brief：不带各部分与可问的问题", "brief"),
    "name": ("文件名；也可以写在 X-File-Name 里", "2025年要点.docx"),
    "group": ("归哪一组：只有写明这一组的密钥能读", "人事"),
    "publish": ("假：只作草稿，不发布", True),
    "document": ("文档编号；不写为全部", "plan-2025"),
    "version": ("第几个版本；不写为最后发布的", 1),
}
_BINARY = {"type": "string", "format": "binary", "description": "文件"}
_STREAM = {
    "type": "string",
    "description": "几个事件，各有回复的一部分字段",
    "examples": ['event: count\ndata: {"count":1,"considered":38}\n\n'],
}
_CHUNKS = {"type": "string", "description": "chat.completion.chunk，末尾是 [DONE]", "examples": ["data: [DONE]\n\n"]}
# replies besides JSON, and bodies that are files
FILES: dict[tuple[str, str], dict[str, Any]] = {
    ("post", "/api/ask"): {"text/event-stream": {"schema": _STREAM}},
    ("post", "/v1/chat/completions"): {"text/event-stream": {"schema": _CHUNKS}},
    ("post", "/api/export"): {
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {"schema": _BINARY},
        "text/plain": {"schema": _BINARY},
    },
    ("get", "/documents/{id}/original"): {"application/octet-stream": {"schema": _BINARY}},
}
UPLOADS = {("put", "/api/documents/{id}")}

Json = dict[str, Any]


def describe(app: FastAPI) -> None:
    """From now on the app's description says what its routes reply."""

    def described() -> dict[str, Any]:
        if not app.openapi_schema:
            app.openapi_schema = _schema(app)
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]


def _schema(app: FastAPI) -> dict[str, Any]:
    from pydantic.json_schema import models_json_schema

    from service.completion_replies import COMPLETION_REPLIES
    from service.library_replies import LIBRARY_REPLIES
    from service.replies import REPLIES, Problem

    every: dict[tuple[str, str], type[BaseModel]] = {**REPLIES, **LIBRARY_REPLIES, **COMPLETION_REPLIES}
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
            if content := FILES.get((method, path)):
                replies["200"].setdefault("content", {}).update(content)
            if (method, path) in UPLOADS:
                operation["requestBody"] = {
                    "required": True,
                    "content": {"application/octet-stream": {"schema": _BINARY}},
                }
            for parameter in operation.get("parameters", []):
                parameter["description"], example = PARAMETERS[parameter["name"]]
                parameter["schema"]["examples"] = [example]
            problem = {"application/problem+json": {"schema": names[Problem, "serialization"]}}
            for status, said in _PROBLEMS.items():
                replies[status] = {"description": said, "content": problem}
    for one in schemas.values():
        for field in one.get("properties", {}).values():
            field.setdefault("examples", [_example(field, schemas)])
    return schema


def _example(field: Json, schemas: Json) -> Any:
    """The field's own, or one made of those of what it holds."""
    if "examples" in field:
        return field["examples"][0]
    if "$ref" in field:
        properties = schemas[field["$ref"].rpartition("/")[2]].get("properties", {})
        return {name: _example(one, schemas) for name, one in properties.items()}
    if "anyOf" in field:
        return _example(field["anyOf"][0], schemas)
    if field.get("type") == "array":
        return [_example(field["items"], schemas)]
    return field["const"] if "const" in field else field["enum"][0]
