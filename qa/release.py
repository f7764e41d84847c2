"""Before it leaves: every figure of a draft is checked; once repaired where one does not resolve, else refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from qa import verify
from qa.contradictions import with_contradictions
from qa.draft import Draft
from qa.finder import Finder
from qa.model import Intent
from qa.respond import refuse


def verified(draft: Draft, intent: Intent, finder: Finder) -> Draft:
    """The draft, with what contradicts it, if every figure resolves; once repaired if not; else a refusal."""
    if draft.status == "refused" and not draft.ledger.evidence:
        return draft
    for candidate in _candidates(draft, intent, finder):
        if _check(candidate, intent, finder).passed:
            return candidate
    return refuse.unverified(intent, finder)


def _candidates(draft: Draft, intent: Intent, finder: Finder) -> Iterator[Draft]:
    if draft.status == "answered":
        yield with_contradictions(draft, finder)
    yield draft
    repaired = _repaired(draft, intent, finder)
    if repaired is not None:
        yield repaired


def _check(draft: Draft, intent: Intent, finder: Finder) -> verify.Verdict:
    question = f"{intent.question}\n{intent.text}"
    return verify.check_draft(
        draft.text, draft.values, draft.ledger.evidence, question, finder.read_again, finder.entry
    )


def _repaired(draft: Draft, intent: Intent, finder: Finder) -> Draft | None:
    """Without the sentences and values that did not resolve; None where nothing is left to lead with."""
    sentences = re.split(r"(?<=[。\n])", draft.text)
    kept = []
    for sentence in sentences:
        verdict = verify.check_draft(
            sentence,
            (),
            draft.ledger.evidence,
            intent.question + intent.text + "".join(v.value + (v.formula or "") for v in draft.values),
            finder.read_again,
            finder.entry,
        )
        if verdict.passed:
            kept.append(sentence)
    if not kept or not sentences or kept[0] != sentences[0]:
        return None
    if (
        len(kept) < len(sentences)
        and not re.sub(r"\[\d+\]|[>\s]", "", "".join(kept[1:]))
        and sentences[0].endswith("：\n")
    ):
        return None  # the line that announces a quotation, without it
    return replace(draft, text="".join(kept))
