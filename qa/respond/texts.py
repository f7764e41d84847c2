"""Answers in words, quoted exactly: why, what a term means, duties, members, bases, anything else that only words answer.

Without a language model the answer is the statements that answer, the shortest stretch that is complete, led by one line.
"""

from __future__ import annotations

import re

from qa.draft import Draft
from qa.finder import Finder
from qa.model import Intent
from qa.respond import deviations, glossary, notes, reasons, said_so
from qa.respond.facets import PARTS, Facet, manner_of
from qa.respond.telling import tell

# Disclosures name no persons: words near to the question would only seem to answer.
_PERSON = re.compile(r"(?:长|主任|书记|负责人|领导|法人|联系人)(?:是|叫)(?:谁|什么)|姓名")

_MADE_UP = re.compile(r"包括|包含|涵盖")


def respond(intent: Intent, finder: Finder) -> Draft | None:
    """Tell in words; None where the documents do not say it."""
    if not intent.documents:
        return None
    if _PERSON.search(intent.text):
        return None
    manner = manner_of(intent)
    made_up = manner.facet is Facet.MEANING and intent.offices_named and _MADE_UP.search(intent.text)
    if made_up and (draft := tell(intent, PARTS, finder)):
        return draft  # what this office's own sum was made up of, before what the term means
    if manner.facet is Facet.MEANING and (draft := glossary.define(intent, manner, finder)):
        return draft
    if manner.facet is Facet.NOTE and (draft := notes.respond(intent, manner, finder)):
        return draft
    if manner.facet in (Facet.REASON, Facet.SHORTFALL) and (draft := deviations.explain(intent, manner, finder)):
        return draft
    if manner.facet is Facet.REASON and (draft := reasons.explain(intent, finder)):
        return draft
    if manner.facet is Facet.PURPOSE and (draft := reasons.nothing_spent(intent, manner.asked, finder)):
        return draft
    if intent.yesno and manner.facet not in (Facet.REASON, Facet.SHORTFALL):
        return said_so.respond(intent, manner, finder)
    return tell(intent, manner, finder)
