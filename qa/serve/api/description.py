"""The description of the API (openapi.json): what FastAPI writes, and the errors as they really leave."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from qa.serve.api import shapes

Json = dict[str, Any]
_REF = "#/components/schemas/{model}"


def _as(media_type: str, shape: str, words: str) -> Json:
    return {"description": words, "content": {media_type: {"schema": {"$ref": _REF.format(model=shape)}}}}


PROBLEM = _as("application/problem+json", "Problem", "problem+json (RFC 9457)")
OPENAI_ERROR = _as("application/json", "OpenAIError", "错误，如 OpenAI 所写")
PROBLEMS: dict[int | str, Json] = {"4XX": PROBLEM, "5XX": PROBLEM}
OPENAI_ERRORS: dict[int | str, Json] = {"4XX": OPENAI_ERROR, "5XX": OPENAI_ERROR}

_EVENT = {"type": "object", "properties": {"event": {"type": "string"}, "data": {"type": "string"}}}
EVENTS: dict[int | str, Json] = {200: {"content": {"text/event-stream": {"schema": _EVENT}}}}  # of each event


def describe(app: FastAPI, root_path: str) -> None:
    """Let the application describe itself, the shapes of its errors included; `root_path` is where a proxy shows it."""

    def openapi() -> Json:
        if app.openapi_schema is None:
            described = get_openapi(
                title=app.title,
                version=app.version,
                description=app.description,
                routes=app.routes,
                servers=[{"url": root_path}] if root_path else None,
            )
            known = described["components"]["schemas"]
            for shape in (shapes.Problem, shapes.OpenAIError):
                schema = shape.model_json_schema(ref_template=_REF)
                known |= schema.pop("$defs", {})
                known[shape.__name__] = schema
            app.openapi_schema = described
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]
