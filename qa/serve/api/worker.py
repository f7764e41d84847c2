"""What each of several worker processes starts with: the application of the settings in the environment."""

from __future__ import annotations

from fastapi import FastAPI

from qa.serve.api.app import create_app
from qa.settings import read_settings


def app() -> FastAPI:
    return create_app(read_settings())
