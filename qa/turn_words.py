"""What a turn of a conversation says: what it names, what it asks, which stage it means."""

from __future__ import annotations

import re
from functools import lru_cache

from index.vocabulary import load_vocabulary
from index.wording import canonical
from qa import words

_LEAD = re.compile(r"^(?:那么?|那|再|还有|另外|请问|嗯|好的?|然后|所以|换成|改成|再查|再看看?|也|同样|同期)+(?=.)")
_TAIL = re.compile(r"(?:呢|吗|怎么样|如何|的话)$")
HOW_MUCH = re.compile(r"(?:是|有|为)?多少(?:万元|元|亿元|钱)?$")
_PART = re.compile(r"^(?:那|那么|还有|另外|再问)?(?:其中|里面的?|里边的?|当中|这里面|其中的)")


def bare(said: str) -> str:
    """What a turn says, without the words that lead in and out of it: 那公务接待费呢."""
    return _TAIL.sub("", _LEAD.sub("", said))


def without_part(topic: str) -> str:
    """What a turn names, without the words that make it a part of what was spoken of: 其中公务接待费."""
    return _PART.sub("", topic)


def left_of(topic: str) -> str:
    """The topic without filling words."""
    text = topic
    for word in words.FILLER:
        text = text.replace(word, "") if len(word) > 1 or word in "的了呢吗是那" else text
    return re.sub(r"[^一-龥A-Za-z0-9]", "", text)


def asks_only(words_left: str) -> bool:
    """Whether a turn only asks something new of the old topic: 增长率, 为啥超预算, 占比, 原因."""
    bare = words.WHY.sub("", words_left)
    for _, pattern in words.MEASURE_WORDS:
        bare = re.sub(pattern, "", bare)
    bare = re.sub(
        r"预算|决算|超支?|没花完?|没用|[这那]么[多少高低大]?|增加|减少|增长|下降|上升|降低|完成|上年|同比|占|自评|打了?|结余|花|低|高|比|支出|收入|数|差|超|怎么|还是|又",
        "",
        bare,
    )
    return len(bare) <= 1


def asked_of(topic: str) -> str:
    """The earlier topic without what was asked of it."""
    return words.ASKING.sub("", topic).strip("的,，、").lstrip("和与跟及") or topic


def without_stage(topic: str) -> str:
    return re.sub(r"(?:年初|全年)?(?<!公共)(?<!基金)(?<!经营)预算数?|决算数?|执行数的?", "", topic)


def stage_word(topic: str) -> str:
    found = re.search(r"决算|预算", topic)
    return found.group() if found else ""


def without_unit(text: str) -> str:
    return re.sub(r"\(以.{1,3}表示\)", "", re.sub(r"(?:多少)?(?:万元|亿元|(?<![万亿])元)", "多少", text))


def is_a_kind(topic: str) -> bool:
    """Whether a turn says no more than which kind of the thing spoken of: 工程, 服务类, 维修."""
    if topic.startswith(("占", "比", "较")):
        return False
    said = left_of(words.ASKING.sub("", topic))
    if not 2 <= len(said) <= 4 or said in load_vocabulary().account_names or words.COLUMNS.match(said):
        return False
    return not re.search(r"费$|[支收]|预算|决算|经费|为", said)


@lru_cache(maxsize=1)
def _functions() -> tuple[str, ...]:
    """Names of functional accounts, which every table of expenditure reads in several columns."""
    return tuple(name for name in _all_functions() if len(name) > 3)


@lru_cache(maxsize=1)
def _all_functions() -> frozenset[str]:
    return frozenset(canonical(a.name) for a in load_vocabulary().accounts.values() if a.code.startswith("2"))


def functional(topic: str) -> bool:
    """Whether a topic names a functional account: by its code, by a long name within it, by a short one alone (图书馆)."""
    if re.search(r"(?<!\d)2\d{2}(?:\d{2}){0,2}(?!\d)", topic) or any(n in topic for n in _functions()):
        return True
    alone = without_stage(asked_of(topic))
    return alone in _all_functions() or alone.removesuffix("支出") in _all_functions()
