"""Opinions as the store keeps them -> feedback as the evaluation takes it."""

from __future__ import annotations

import json

from index.stores import Opinion
from qa.evaluate.feedback import Feedback
from qa.model import Question
from qa.serve.wire import answer_of


def feedback_of(opinion: Opinion) -> Feedback:
    """The same opinion with its answer read. Raises ValueError or KeyError for an answer not written by `wire`."""
    question = Question(opinion.question, opinion.history, opinion.documents)
    return Feedback(question, answer_of(json.loads(opinion.answer)), opinion.good, opinion.reason)
