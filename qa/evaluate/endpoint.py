"""Any OpenAI-compatible service as a system: it is asked the same questions and its prose is read for figures."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from qa.evaluate.cases import Case
from qa.evaluate.errors import EndpointFailed
from qa.evaluate.prose import read_prose
from qa.model import Answer


@dataclass(frozen=True, slots=True)
class EndpointFactory:
    """`url` is the service's base (…/v1); `key` may be empty. Made in each worker, it holds no connection."""

    url: str
    model: str
    key: str = ""
    timeout: float = 120.0  # seconds for one answer

    def __call__(self) -> EndpointSystem:
        return EndpointSystem(self)


@dataclass(frozen=True, slots=True)
class EndpointSystem:
    """Earlier turns go as user messages, the question last; nothing is added to them."""

    service: EndpointFactory

    def answer(self, case: Case) -> Answer:
        """Raises EndpointFailed where the service does not answer as the interface says."""
        return read_prose(case.question, self._complete((*case.history, case.question)))

    def _complete(self, turns: tuple[str, ...]) -> str:
        url = completions_url(self.service.url)
        messages = [{"role": "user", "content": turn} for turn in turns]
        body = {"model": self.service.model, "messages": messages, "temperature": 0, "stream": False}
        headers = {"Content-Type": "application/json"}
        if self.service.key:
            headers["Authorization"] = f"Bearer {self.service.key}"
        request = Request(url, json.dumps(body).encode(), headers)
        try:
            with urlopen(request, timeout=self.service.timeout) as response:
                return _content(json.load(response))
        except HTTPError as fault:
            raise EndpointFailed(url, f"HTTP {fault.code}") from fault
        except (URLError, HTTPException, TimeoutError, OSError) as fault:
            raise EndpointFailed(url, str(getattr(fault, "reason", "") or fault or type(fault).__name__)) from fault
        except (ValueError, KeyError, IndexError, TypeError) as fault:
            raise EndpointFailed(url, "回答不是约定的格式") from fault


def completions_url(base: str) -> str:
    """The address questions go to. Only http and https: a URL is typed by a person and may name a file."""
    if not base.startswith(("http://", "https://")):
        raise EndpointFailed(base, "地址应以 http:// 或 https:// 开头")
    base = base.rstrip("/")
    return base if base.endswith("/chat/completions") else f"{base}/chat/completions"


def _content(reply: dict[str, list[dict[str, dict[str, str]]]]) -> str:
    return str(reply["choices"][0]["message"]["content"])
