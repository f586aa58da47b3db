from service.app import create_app
from service.library_replies import LIBRARY_REPLIES
from service.replies import REPLIES
from service.served import Served


def test_the_description_names_what_every_route_takes_and_replies() -> None:
    schema = create_app(Served()).openapi()
    schemas = schema["components"]["schemas"]
    for (method, path), model in {**REPLIES, **LIBRARY_REPLIES}.items():
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
