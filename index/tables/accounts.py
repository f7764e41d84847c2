"""Account codes of a table's rows: 类, 款 and 项 in three cells or one code of 3, 5 or 7 digits.

A printed code can be broken ("301 2", "7 11 02"); the account then follows from the row's name and its place under the
rows before it, and the fault becomes a finding. Each account knows the accounts above it, so that each of the five
行政运行 of a document says to which 款 it belongs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from index.model import Finding, Locator, Severity
from index.vocabulary import Vocabulary, bare
from index.wording import canonical, squeeze, subject

_WELL_FORMED = frozenset({3, 5, 7})
_MARKS = re.compile(r"[\[\]【】().-]")  # [201], 201-03-01
_CODED = re.compile(r"^(?P<mark>[\[(【]?)(?P<code>\d{7}|\d{5}|\d{3})[\])】]?[-_:：]?(?P<name>[\u4e00-\u9fff“].*)$")


@dataclass(frozen=True, slots=True)
class Resolved:
    """The account of a row: digits ("" where there is none), names above it, and what is wrong with the print."""

    code: str
    path: tuple[str, ...] = ()
    finding: Finding | None = None


@dataclass(slots=True)
class Ledger:
    """Resolves the codes of one column of accounts from the top down, remembering the rows it has passed."""

    vocabulary: Vocabulary
    names: dict[str, str] = field(default_factory=dict)
    last: str = ""

    def resolve(self, parts: Sequence[str], name: str, place: Locator) -> Resolved:
        """`parts` are the printed code cells of the row, `name` its printed name.

        Cells left blank before the first code repeat the levels of the row above: | | 01 under | | 03 | under 201.
        """
        cells = [_MARKS.sub("", squeeze(part)) for part in parts]
        printed = [part for part in cells if part]
        if not printed or not all(part.isdigit() for part in printed):
            return Resolved("")
        code = self._below(cells, name) or joined(printed)
        finding = None
        if not self._plausible(code):
            code, finding = self._repair(printed, name, place)
        elif misnamed(code, name, self.vocabulary):
            finding = self._mismatch(code, name, place)
        if code:
            self.names[code] = subject(name)
            self.last = code
        return Resolved(code, self.path(code), finding)

    def path(self, code: str) -> tuple[str, ...]:
        """Names above the account as this table prints them, from the classification where it prints none."""
        above = [code[:length] for length in (3, 5) if length < len(code)]
        known = self.vocabulary.accounts
        names = [self.names.get(c) or (subject(known[c].name) if c in known else "") for c in above]
        return tuple(name for name in names if name)

    def _below(self, cells: Sequence[str], name: str) -> str:
        """The code of a row whose first cells are blank, if the account of that code has the row's name."""
        blank = next(level for level, part in enumerate(cells) if part)
        above = self.last[: 1 + 2 * blank]
        if not blank or len(above) < 1 + 2 * blank or any(len(part) > 2 for part in cells):
            return ""
        code = above + "".join(part.zfill(2) for part in cells if part)
        named = self.vocabulary.codes_of(name)
        return code if self._plausible(code) and (code in named or not named) else ""

    def _plausible(self, code: str) -> bool:
        return len(code) in _WELL_FORMED and code[0] in "1235"

    def _repair(self, printed: list[str], name: str, place: Locator) -> tuple[str, Finding]:
        """The account of that name nearest below the rows before this one, if there is exactly one."""
        shown = " ".join(printed)
        tail = "".join(part.zfill(2) for part in printed[1:])
        for under in (self.last[:5], self.last[:3]):
            candidates = self.vocabulary.codes_of(name, under) if under else ()
            named_so = [code for code in candidates if not tail or code.endswith(tail)] or list(candidates)
            if len(named_so) == 1:
                code = named_so[0]
                return code, _finding(f"科目编码“{shown}”应为“{code}”（{subject(name)}）。", place)
        if tail and self.last and self._plausible(self.last[:3] + tail):
            code = self.last[:3] + tail
            return code, _finding(f"科目编码“{shown}”有误，按所在位置应为“{code}”（{subject(name)}）。", place)
        return "", _finding(f"科目编码“{shown}”（{subject(name)}）不合规范，无法按名称和位置确定。", place)

    def _mismatch(self, code: str, name: str, place: Locator) -> Finding:
        official = self.vocabulary.accounts[code].name
        return _finding(f"科目编码{code}是“{official}”，与所列名称“{subject(name)}”不一致。", place)


def misnamed(code: str, name: str, vocabulary: Vocabulary) -> bool:
    """Whether the code is another account's: 30203 beside 水费 where 30203 is 咨询费."""
    account = vocabulary.accounts.get(code)
    elsewhere = vocabulary.codes_of(name)
    if account is None or not elsewhere or code in elsewhere:
        return False
    plain = bare(canonical(name))
    wordings = [bare(canonical(known)) for known in (account.name, *account.formerly)]
    beside = any(other[:-2] == code[:-2] and len(other) == len(code) for other in elsewhere)  # 离休费, 退休费
    return plain not in wordings if beside else not any(_close(plain, known) for known in wordings)


def joined(parts: Sequence[str]) -> str:
    """类 款 项 cells as one code, short parts filled with zeros: 201 3 1 -> 2010301; so is 201 20103 2010301."""
    if len(parts[-1]) in _WELL_FORMED and all(b.startswith(a) for a, b in pairwise(parts)):
        return parts[-1]
    head, *rest = parts
    return head + "".join(part.zfill(2) for part in rest)


def coded_name(label: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """Code and name of a label that prints both: [2010301]行政运行, 2010301-行政运行; ("", label) where it does not.

    Without brackets the name must be the account's: 302路公交补助 is no 商品和服务支出.
    """
    match = _CODED.match(squeeze(label))
    account = vocabulary.accounts.get(match.group("code")) if match else None
    if match is None or (account is None and not match.group("mark")):
        return "", label
    name = match.group("name")
    known = (account.name, *account.formerly) if account else ()
    if known and not any(_close(bare(canonical(name)), bare(canonical(wording))) for wording in known):
        return "", label
    return match.group("code"), name


def full_name(name: str, rest: str, code: str, vocabulary: Vocabulary) -> bool:
    """Whether `rest` is the second half of an account name that a page or row break cut off after `name`."""
    account = vocabulary.accounts.get(code)
    whole = canonical(squeeze(name) + squeeze(rest))
    if account is None:
        return False
    return any(whole == canonical(known) for known in (account.name, *account.formerly))


def _close(a: str, b: str) -> bool:
    """Wordings that differ only by what years and printers change: one within the other, or one character apart."""
    if a in b or b in a:
        return True
    return len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) <= 1


def _finding(message: str, place: Locator) -> Finding:
    figures = tuple(re.findall(r"“([^”]+)”", message)[:1])
    return Finding("account-code", Severity.WARNING, message, (place,), figures)
