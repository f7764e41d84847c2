"""The HTTP service: the only room that knows FastAPI. `create_app` puts it together."""

from qa.serve.api.app import create_app

__all__ = ["create_app"]
