"""LangChain applications: the retriever and the tool, alone and in a chain."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.stores import Index
from index.vocabulary import load_vocabulary
from qa.finder import Finder
from qa.langchain import EvidenceRetriever, answer_tool
from qa.pipeline import Tools
from tests.portal import DOCUMENT, FOREIGN, QUESTION, fill


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tools]:
    folder: Path = tmp_path_factory.mktemp("chain") / "store"
    fill(folder)
    with Index.open(folder) as index:
        yield Tools(Finder(index, load_vocabulary()))


def test_figures_first_then_passages(small: Tools) -> None:
    found = EvidenceRetriever(tools=small, facts=2, passages=1).invoke(QUESTION)
    assert found[0].metadata["value"] == "3,441.79" and found[0].metadata["document"] == DOCUMENT
    assert found[0].metadata["boxes"][0][0] == 5 and "3,441.79万元" in found[0].page_content
    assert "新增整理项目" in found[-1].page_content and len(found) == 3


def test_only_the_documents_named(small: Tools) -> None:
    found = EvidenceRetriever(tools=small, documents=(FOREIGN,)).invoke("收入总计是多少")
    assert found and {document.metadata["document"] for document in found} == {FOREIGN}


def test_the_tool_answers_with_sources_and_the_whole_answer(small: Tools) -> None:
    tool = answer_tool(small)
    assert "3,441.79万元" in tool.invoke({"question": QUESTION}) and "出处" in tool.invoke({"question": QUESTION})
    call = {"type": "tool_call", "id": "1", "name": tool.name, "args": {"question": QUESTION}}
    message = tool.invoke(call)
    assert message.artifact["values"][0]["value"] == "3441.79" and message.artifact["citations"]


def test_in_a_chain(small: Tools) -> None:
    chain = EvidenceRetriever(tools=small) | (lambda found: found[0].metadata["value"])
    assert chain.invoke(QUESTION) == "3,441.79"
