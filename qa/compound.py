"""Two questions in one sentence: 三公预算是多少，比去年多还是少，为什么."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.draft import Draft
from qa.model import Operand, Value

_ASKS = re.compile(r"多少|几[个辆人台次批家项]|是几|吗$|还是")
# What asks again of the figure before it, rather than naming a figure of its own.
_AGAIN = re.compile(
    r"^(?:那|又|并且?|同时)?(?:比|较|同比|跟(?:去年|上年|预算)|和(?:去年|上年|预算)|占|为什么|为啥|主要?原因|什么原因|怎么|增|减|涨|降|变化|幅度|完成|执行|"
    r"其中|用来|用于|主要用|买了|打算|原因)|^[^,，]{2,12}呢$"
)
_COUNTED = re.compile(r"(?:多少|几)(?:个?(?:人次?|批次?|辆|台|场|期|次|家|项|所|名)|万?元|钱)?$")
_OF_ITS_OWN = re.compile(r"20\d\d|[预决]算|各|分别|[谁哪]")
_MARK = re.compile(r"\[(\d{1,3})\]")


def split_question(text: str) -> tuple[str, ...]:
    """The clauses that ask one after the other; the whole as one where they do not."""
    questions = [q.strip("。") for q in re.split(r"[?？]", text) if len(q.strip("。")) > 1]
    if len(questions) > 1 and all(_ASKS.search(q) or _AGAIN.match(q) for q in questions):
        return tuple(questions)
    clauses = [c.strip() for c in re.split(r"[,，;；?？]", text) if c.strip()]
    if len(clauses) > 2 and not _ASKS.search(clauses[0]) and not _OF_ITS_OWN.search(clauses[0]):
        clauses = [clauses[0] + clauses[1], *clauses[2:]]  # the office, set off by a comma
    if len(clauses) < 2 or not _ASKS.search(clauses[0]):
        return (text,)
    return tuple(clauses) if all(_AGAIN.match(c) or _asks_itself(c) for c in clauses[1:]) else (text,)


def _asks_itself(clause: str) -> bool:
    """Whether a clause asks for a count or an amount of the same office and year: 培训多少人."""
    return bool(_COUNTED.search(clause)) and not _OF_ITS_OWN.search(clause)


def joined(first: Draft, second: Draft) -> Draft:
    """Both drafts as one, the marks of the second renumbered into the ledger of the first."""
    numbers = {n: first.ledger.add(e) for n, e in enumerate(second.ledger.evidence, 1)}
    text = _MARK.sub(lambda m: f"[{numbers[int(m.group(1))]}]", second.text)
    return replace(
        first,
        text=f"{first.text}\n\n{text}",
        values=(*first.values, *(_renumbered(v, numbers) for v in second.values)),
        verdict=first.verdict or second.verdict,
        warnings=(*first.warnings, *second.warnings),
    )


def _renumbered(value: Value, numbers: dict[int, int]) -> Value:
    return replace(
        value,
        operands=tuple(_of(o, numbers) for o in value.operands),
        citations=tuple(numbers[n] for n in value.citations),
    )


def _of(operand: Operand, numbers: dict[int, int]) -> Operand:
    return replace(operand, citation=numbers.get(operand.citation, 0))
