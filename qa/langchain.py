"""LangChain and LangGraph applications build on this: a retriever of passages and figures, and a tool that answers.

from qa import open_tools, read_settings
from qa.langchain import EvidenceRetriever, answer_tool

tools = open_tools(read_settings(store=".store"))
retriever = EvidenceRetriever(tools=tools)          # retriever.invoke("机关运行经费为什么增加") -> documents
agent = create_agent(model, [answer_tool(tools)])   # the model asks, the figures arrive checked
"""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.tools import StructuredTool
from pydantic import ConfigDict, Field

from qa.finder import asked_of
from qa.model import Passage, Question
from qa.pipeline import Tools, ask
from qa.retrieve.facts import Scored
from qa.serve.portal.plain import whole_text
from qa.serve.wire import Json, answer_json
from qa.understand import read_intent

_ANSWERS = (
    "回答关于中国政府预算、决算公开文件的问题。返回的每个数字都已核对到单元格，出处在文末；"
    "请原样引用，不要自行计算。问题须说明单位、年度和要查的科目或指标。"
)


class EvidenceRetriever(BaseRetriever):
    """What a question may be answered from: the best figures, then the best passages, as LangChain documents.

    `metadata` tells where each stands: document, page, boxes, and for a figure its value, unit, row and column.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)
    tools: Any = Field(description="what `qa.open_tools` gives")
    documents: tuple[str, ...] = ()  # names to look in; empty means all
    facts: int = 5  # at most so many figures
    passages: int = 5  # at most so many passages

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        tools: Tools = self.tools
        finder = tools.finder
        intent = read_intent(Question(query, documents=self.documents), finder.catalogue, finder.known_wordings())
        ranking = finder.figures(intent.topic, asked_of(intent), intent.documents)
        prose = finder.passages(query, intent.documents, self.passages) if intent.documents else ()
        return [*map(_of_fact, ranking.scored[: self.facts]), *map(_of_passage, prose)]


def answer_tool(tools: Tools, documents: tuple[str, ...] = ()) -> StructuredTool:
    """A tool that answers one question; its artifact is the contract's JSON, its content the text with the sources."""

    def mingzhang_answer(question: str) -> tuple[str, Json]:
        answer = ask(Question(question, documents=documents), tools)
        return whole_text(answer), answer_json(answer)

    return StructuredTool.from_function(mingzhang_answer, description=_ANSWERS, response_format="content_and_artifact")


def _of_fact(scored: Scored) -> Document:
    fact = scored.fact
    column = " > ".join(fact.column)
    words = " | ".join(part for part in (fact.title, fact.label, column, f"{fact.printed}{fact.unit}") if part)
    return Document(
        page_content=words,
        metadata={
            "document": scored.found.document,
            "page": fact.place.page,
            "boxes": _boxes(((fact.place.page, fact.place.bbox),)),
            "value": fact.printed,
            "unit": fact.unit,
            "row": fact.label,
            "column": column,
            "score": scored.score,
        },
    )


def _of_passage(passage: Passage) -> Document:
    places = tuple((place.page, place.bbox) for place in passage.places)
    page = places[0][0] if places else 1
    about = {"document": passage.document, "page": page, "boxes": _boxes(places), "score": passage.score}
    return Document(page_content=passage.quote, metadata=about)


def _boxes(places: tuple[tuple[int, Any], ...]) -> list[list[float]]:
    """[page, x0, top, x1, bottom] of each place that has a box."""
    return [[page, *box] for page, box in places if box]
