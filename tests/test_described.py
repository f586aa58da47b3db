from typing import Any

import jsonschema
import pytest

from service.app import create_app
from service.completion_replies import COMPLETION_REPLIES
from service.library_replies import LIBRARY_REPLIES
from service.llm import Llm
from service.llm.replies import LLM_REPLIES
from service.replies import REPLIES
from service.served import Served

METHODS = {"get", "put", "post", "patch", "delete"}


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return create_app(Served(), llm=Llm("http://127.0.0.1:8080/v1", "m")).openapi()


def untold(of: str, field: dict[str, Any], schema: dict[str, Any]) -> list[str]:
    """What is missing of the description of a field, or does not hold."""
    missing = [] if field.get("description", "").strip() else [f"{of}: description"]
    if not field.get("examples"):
        return [*missing, f"{of}: example"]
    validator = jsonschema.Draft202012Validator({**field, "components": schema["components"]})
    return missing + [f"{of}: {one.message}" for example in field["examples"] for one in validator.iter_errors(example)]


def test_the_description_names_what_every_route_takes_and_replies(schema: dict[str, Any]) -> None:
    schemas = schema["components"]["schemas"]
    for (method, path), model in {**REPLIES, **LIBRARY_REPLIES, **COMPLETION_REPLIES, **LLM_REPLIES}.items():
        operation = schema["paths"][path][method]
        content = operation["responses"]["200"]["content"]["application/json"]
        assert content["schema"]["$ref"] == f"#/components/schemas/{model.__name__}"
        assert list(schemas[model.__name__]["properties"]) == list(model.model_fields)
    ask = schema["paths"]["/api/ask"]["post"]
    assert ask["requestBody"]["content"]["application/json"]["schema"]["$ref"] == "#/components/schemas/AskRequest"
    assert {"200", "400", "401", "404", "413", "422", "431", "503"} <= ask["responses"].keys()
    problem = ask["responses"]["422"]["content"]["application/problem+json"]
    assert problem["schema"]["$ref"] == "#/components/schemas/Problem"
    assert {"AskRequest", "ExportRequest", "FeedbackRequest", "CitationReply"} <= schemas.keys()
    assert "HTTPValidationError" not in schemas


def test_every_field_is_described_with_an_example_that_holds(schema: dict[str, Any]) -> None:
    fields = [
        (f"{model}.{name}", field)
        for model, one in schema["components"]["schemas"].items()
        for name, field in one.get("properties", {}).items()
    ]
    assert len(fields) > 350
    assert [said for of, field in fields for said in untold(of, field, schema)] == []
    for model, one in schema["components"]["schemas"].items():
        assert one.get("description", "").strip(), model


def test_every_parameter_and_every_route_is_described(schema: dict[str, Any]) -> None:
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            assert method in METHODS
            assert operation["summary"].strip()
            for one in operation.get("parameters", []):
                field = {**one["schema"], "description": one.get("description", "")}
                assert untold(f"{method} {path} {one['name']}", field, schema) == []
            replied = operation["responses"].get("200", {"content": {}})
            assert "204" in operation["responses"] or replied["content"], (method, path)


def test_what_is_missing_or_does_not_hold_is_found(schema: dict[str, Any]) -> None:
    assert untold("a", {"type": "integer"}, schema) == ["a: description", "a: example"]
    assert untold("a", {"type": "integer", "description": "数", "examples": ["1"]}, schema) == [
        "a: '1' is not of type 'integer'"
    ]
    wrong = {"$ref": "#/components/schemas/DueReply", "description": "时限", "examples": [{"text": "年底前"}]}
    assert untold("a", wrong, schema) == ["a: 'by' is a required property"]
