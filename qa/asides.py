"""Turns of a conversation that ask for no figure: thanks, and asking where an answer stands or whether it is sure.

Thanks are returned. Where and whether: the question before is answered once more, from the documents and checked anew, with
the place or the fact of the check said first. None of these turns changes what the conversation is about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.wording import squeeze
from qa import words
from qa.model import Answer, Citation, Question

COURTESY = "不客气。还想了解哪个单位、哪一年的哪项数据，可以接着问。"
_SURE = "已重新查找并逐一核对原文，结果如下。"


def _plain(text: str) -> str:
    return squeeze(text).rstrip("?？。.!！,，~～")


def is_thanks(text: str) -> bool:
    return words.THANKS.fullmatch(_plain(text)) is not None


def is_aside(text: str) -> bool:
    """Whether a turn leaves the conversation where it was."""
    plain = _plain(text)
    return any(pattern.fullmatch(plain) for pattern in (words.THANKS, words.WHERE, words.SURE))


def without_asides(history: Sequence[str]) -> tuple[str, ...]:
    return tuple(turn for turn in history if not is_aside(turn))


def asked_again(question: Question) -> Question | None:
    """The question whose answer is asked about by 哪一页 or 你确定吗; None where something new is asked."""
    plain = _plain(question.text)
    history = without_asides(question.history)
    if not history or not (words.WHERE.fullmatch(plain) or words.SURE.fullmatch(plain)):
        return None
    return replace(question, text=history[-1], history=history[:-1])


def as_reply(answer: Answer, question: Question) -> Answer:
    """The answer given again, led by what was asked about it."""
    if answer.status != "answered":
        return replace(answer, question=question.text)
    where = words.WHERE.fullmatch(_plain(question.text)) is not None and answer.citations
    lead = f"出自{'；'.join(dict.fromkeys(map(_place, answer.citations[:3])))}。" if where else _SURE
    return replace(answer, question=question.text, text=f"{lead}\n\n{answer.text}")


def _place(citation: Citation) -> str:
    table = f"《{citation.table}》" if citation.table else ""
    return f"《{citation.document}》第{citation.page}页{table}"
