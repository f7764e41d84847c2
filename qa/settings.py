"""Settings: one flat frozen object, the only reader of the environment (MINGZHANG_*)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

import platformdirs

from qa.errors import BadSetting

PREFIX = "MINGZHANG_"


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default; MINGZHANG_STORE sets `store`, and so on."""

    store: str = ""  # folder or SQLAlchemy URL; "" is the user's data folder
    folder: str = ""  # for files and vectors where `store` is a URL
    chroma: str = ""  # URL of a Chroma server; "" keeps vectors in the folder
    model: str = ""  # sentence-transformers name or folder; "" is the bundled default, "none" switches vectors off
    cache: str = ""  # where the default model is unpacked; "" is the user's cache folder
    chat_model: str = ""  # a model that may restate odd questions; "" works without one
    chat_url: str = ""  # of an OpenAI-compatible service, with /v1; "" is OpenAI's own
    chat_key: str = ""
    chat_seconds: int = 20  # how long to wait for it
    jobs: int = 2  # reading processes of an ingest
    port: int = 8501
    host: str = "127.0.0.1"
    language: str = "zh"
    endpoint_key: str = ""  # for an evaluation of a service that wants one
    # The HTTP service. Lists are separated by commas.
    api_port: int = 8600
    root_path: str = ""  # where a reverse proxy shows the service: /mingzhang
    workers: int = 1
    origins: str = ""  # pages that may frame the chat or call the service: https://portal.example.gov.cn
    hosts: str = ""  # names the service is called by; "" takes any, once keys are needed
    jwt_secret: str = ""  # shared with a portal's backend that signs tokens (HS256)
    jwt_issuer: str = ""  # an OpenID Connect issuer whose tokens are taken, or who the portal says it is
    jwt_jwks: str = ""  # URL of the issuer's keys; "" asks its discovery document
    jwt_audience: str = "mingzhang"
    upload_mb: int = 50
    question_chars: int = 1000
    user_per_minute: int = 0  # for each user named in a token; 0 is no limit. Keys carry limits of their own.
    user_per_day: int = 0
    log_text: int = 1  # 0 keeps questions and user names out of the audit log
    log_days: int = 0  # how long its entries are kept; 0 is for good

    @property
    def store_path(self) -> str:
        return self.store or platformdirs.user_data_dir("mingzhang", appauthor=False)

    @property
    def cache_path(self) -> Path:
        return Path(self.cache or platformdirs.user_cache_dir("mingzhang", appauthor=False))


def read_settings(environment: Mapping[str, str] | None = None, **overrides: str | int | None) -> Settings:
    """The defaults, then the environment, then what a command was given (None leaves a setting alone)."""
    environment = os.environ if environment is None else environment
    values: dict[str, str | int] = {}
    for field in fields(Settings):
        text = environment.get(PREFIX + field.name.upper())
        if text is not None:
            values[field.name] = _typed(field.name, text, isinstance(field.default, int))
    values |= {name: value for name, value in overrides.items() if value is not None}
    return replace(Settings(), **values)  # type: ignore[arg-type]


def _typed(name: str, text: str, number: bool) -> str | int:
    if not number:
        return text
    try:
        return int(text)
    except ValueError as error:
        raise BadSetting(PREFIX + name.upper(), text) from error
