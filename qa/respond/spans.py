"""Which statements of the documents answer: how much of the question each one says, by itself and by where it stands.

Pairs of characters are weighed by how rare they are in the documents asked about. A pair found in the statement counts
in full, in what its paragraph says before it and in its titles for less.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from index.wording import squeeze
from qa.finder import Finder
from qa.model import Intent, Passage
from qa.respond.facets import Facet, Manner
from qa.retrieve.statements import ACCOUNT, Spelled, Statement

_OWN, _TITLE, _LEAD, _ABOVE, _OWN_BONUS = 1.0, 0.86, 0.85, 0.45, 0.15
_MARKED, _TITLED, _UNMARKED, _RETRIEVED, _GLOSSARY, _NOTHING, _NAMED, _STATED = (
    0.25,
    0.4,
    0.35,
    0.12,
    0.4,
    0.5,
    0.3,
    0.3,
)
_NEAR = 90  # characters of a lead that are surely about the same thing
# Words that ask or fill and name nothing.
_FILL = re.compile(
    r"□+|请问|帮我|麻烦|想知道|介绍(?:一下)?|说说|讲讲|说明(?:一下)?|告诉我|查一下|看看|是不是|是否|有没有|有无|能否|到底|究竟|目前|现在|分别|"
    r"多少|哪(?:些|几个?|个|里|儿|家|项|类|年|\d+个?)?|什么|怎么样?|怎样|如何|为啥|咋|啥|吗|呢|吧|啊|的|了|都|是|这|那|它|他们|我们|咱们?|一下|"
    r"(?<=[一-鿿])(?:也|就|又|还|才|被|把|对|向|与|和|跟|及|给)|主要|情况|里面|里头|"
    r"\d[\d,.]*(?:万元?|亿元?|元|%|个|项)?|[,，。？?！!、：:；;“”\"（）()《》]"
)


# What people say, and how documents put it.
_PUT: tuple[tuple[str, str], ...] = (
    (r"(?<!购)买(?!卖)", "购买"),
    (r"公车|公务车(?!辆)", "公务用车"),
    (r"打算", "计划"),
    (r"群团", "群众团体"),
    (r"没搞|没办|没做|没开展", "未开展"),
    (r"社保就业", "社会保障和就业"),
    (r"内设科室|科室", "内设机构"),
    (r"下属|二级单位", "所属单位"),
    (r"出国", "因公出国"),
    (r"(?<!公务)接待费|招待费", "公务接待费"),
    (r"三公(?!经费)", "三公经费"),
)
_CHANGE = re.compile(
    r"[这那]么(?:[多少大快高低猛厉]害?)?|[大暴猛激剧骤锐陡飙急微略小](?=增|减|涨|降|升|跌|缩)|翻(?:了)?[一两几\d]*[番倍]|大幅|明显|很多|不少|一半多?|[多少]了(?=$|□)|(?:增长|增加|增多|上升|提高|上涨|涨|减少|下降|降低|压减|缩减|缩水|压缩|降|减|跌|升(?!级)|缩|增(?!值|设|编|量)|超(?:出|过|支)?)(?:了)?(?:\d[\d.]*%?)?"
)
_SPENDING = re.compile(
    r"(?:年初|全年)?(?:预算|决算)数?(?!外|单位|管理|绩效)|年初|全年|执行数?|安排|没列|没有?|列|[才只就]?[花用](?!车|品|房|电|水)(?:了|掉|出去|完)?|不到|[没未]?达到?|完(?:成)?|追加"
)
# What went up or down where a question only says that it did.
_WHOLE = ("收支总计", "收入支出总计", "财政拨款收入支出", "收入预算", "支出预算")
_GENERAL = re.compile(r"工作|事务|业务|事项|方面|管理(?!局|委|处)")
_NO_CHANGE = re.compile(r"(?:增加|减少|增长|下降)了?0(?:\.0+)?(?:万元|%)|持平|未发生该?项|没有发生")
TERMS = re.compile(r"名词解释|专业名词|名词说明|术语")


# What a facet can do without, where something else is left: a reason is asked of a thing, whatever it did.
_SECONDARY: dict[Facet, tuple[re.Pattern[str], ...]] = {
    Facet.REASON: (_CHANGE, _SPENDING),
    Facet.DUTY: (_GENERAL,),
}


@dataclass(frozen=True, slots=True)
class Scored:
    """A statement; `said` is the share of the question it says (0..1), `score` adds the marks of the facet."""

    statement: Statement
    said: float
    own: float
    score: float


@dataclass(frozen=True)
class Wanted:
    """The words of a question that a telling must say: runs of characters, in one or more wordings."""

    readings: tuple[tuple[str, ...], ...]
    manner: Manner

    @property
    def empty(self) -> bool:
        return not any(self.readings)

    @property
    def words(self) -> tuple[str, ...]:
        """The fullest reading."""
        return max(self.readings, key=lambda reading: sum(map(len, reading)), default=())


def wanted_of(intent: Intent, manner: Manner, finder: Finder) -> Wanted:
    """The question without office, year, asking words and figures; also with colloquial names made those of documents."""
    text = manner.asked.sub("□", _with_entity(intent))
    for pattern in _SECONDARY.get(manner.facet, ()):
        rest = pattern.sub("□", text)
        text = rest if _FILL.sub("", rest) else text
    if manner.facet is Facet.REASON and not _FILL.sub("", _SPENDING.sub("", _CHANGE.sub("", text))):
        return Wanted(tuple((whole,) for whole in _WHOLE), manner)
    readings = [text]
    if intent.entity_mask:  # 博物馆 is a unit, and an account
        typed = manner.asked.sub("□", intent.topic.text)
        for pattern in _SECONDARY.get(manner.facet, ()):
            typed = pattern.sub("□", typed)
        readings.append(typed)
    put = text
    for said, printed in _PUT:
        put = put if printed in put else re.sub(said, printed, put)
    bought = put.replace("购买", "购置")
    readings += [put, bought, bought.replace("公务用车", "公务车")]
    for metric in finder.vocabulary.metrics.values():
        for said in metric.said:
            if said in text and metric.name not in text:
                readings.append(text.replace(said, metric.name))
    return Wanted(tuple(dict.fromkeys(_runs(reading) for reading in readings)), manner)


def _with_entity(intent: Intent) -> str:
    """The topic with the full name of a unit that it calls by a short one (驻郑办), less the name of its office."""
    text = intent.topic.text
    places = [i for i in range(len(text)) if intent.entity_mask >> i & 1]
    if not places:
        return text
    name = squeeze(intent.entity)
    for entry in intent.documents:
        name = name.removeprefix(squeeze(entry.profile.organisation)) or name
    return f"{text[: places[0]]}□{name}□{text[places[-1] + 1 :]}"


def _runs(text: str) -> tuple[str, ...]:
    return tuple(run for run in _FILL.split(text) if run and len(run) > 1)


def ranked(
    wanted: Wanted, statements: Sequence[Statement], passages: Sequence[Passage] = (), stated: Sequence[str] = ()
) -> list[Scored]:
    """The statements by how well they tell what is wanted, best first.

    Those in well ranked passages, and those beside an amount that the question states, come before their like.
    """
    texts = [statement.spelled for statement in statements]
    best: dict[int, Scored] = {}
    narrow = wanted.manner.facet is Facet.REASON  # a section about the whole gives reasons for its items
    for reading in wanted.readings:
        weights = _weights(reading, texts)
        whole = sum(weights.values()) or 1.0
        for i, (statement, text) in enumerate(zip(statements, texts, strict=True)):
            said = own = named = 0.0
            for pair, weight in weights.items():
                level = _level(pair, text)
                if level == _TITLE and narrow and ACCOUNT.search(statement.head):
                    level = _ABOVE
                said += weight * level
                own += weight if level == _OWN else 0.0
                named += weight if pair in statement.head else 0.0
            scored = _scored(statement, text, said / whole, own / whole, named / whole, wanted.manner)
            if i not in best or scored.score > best[i].score:
                best[i] = scored
    amounts = [re.compile(rf"(?<![\d.]){re.escape(figure)}\d*(?:\.\d+)?(?!\d)") for figure in stated]
    retrieved = [
        replace(s, score=s.score + _retrieved(s.statement, passages) + _beside(s.statement, amounts))
        for s in best.values()
    ]
    return sorted(retrieved, key=lambda s: -round(s.score, 5))


def _beside(statement: Statement, amounts: Sequence[re.Pattern[str]]) -> float:
    """What an amount of the question adds that is printed in the statement or just before it (31万 as 31.20万元)."""
    near = (statement.spelled.lead[-_NEAR:] + statement.spelled.own).replace(",", "")
    return _STATED if any(amount.search(near) for amount in amounts) else 0.0


def _retrieved(statement: Statement, passages: Sequence[Passage]) -> float:
    """What hybrid retrieval adds: most for a statement of the first passage, nothing behind the last."""
    for rank, passage in enumerate(passages):
        same = passage.document == statement.document and passage.section == statement.section
        if same and statement.text in passage.quote:
            return _RETRIEVED * (1 - rank / len(passages))
    return 0.0


def _level(pair: str, text: Spelled) -> float:
    """How directly a pair of characters is said."""
    if pair in text.own:
        return _OWN
    if pair in text.titles:
        return _TITLE
    place = text.lead.rfind(pair)
    if place < 0:
        return 0.0
    return _LEAD if len(text.lead) - place <= _NEAR else _LEAD - 0.25


def _weights(reading: Iterable[str], texts: Sequence[Spelled]) -> dict[str, float]:
    """Each pair with its rarity; a pair that the documents never print weighs nearly as much as a rare one."""
    pairs = dict.fromkeys(run[i : i + 2] for run in reading for i in range(len(run) - 1))
    size = len(texts) + 1
    weights = {}
    for pair in pairs:
        count = sum(1 for text in texts if pair in text.own)
        weights[pair] = math.log(size / (count + 1)) if count else 0.9 * math.log(size)
    return weights


def _scored(s: Statement, text: Spelled, said: float, own: float, named: float, manner: Manner) -> Scored:
    wanting = manner.facet in (Facet.REASON, Facet.PURPOSE)  # told after the thing is named, seldom with it
    score = said + (0.0 if wanting else _OWN_BONUS * own)
    if manner.mark is not None:
        marked = manner.mark.search(s.text)
        score += _MARKED if marked else -_UNMARKED if wanting else 0.0
    if manner.title is not None and any(manner.title.search(title) for title in s.titles[-3:]):
        score += _TITLED
    elif wanting and s.table:
        score -= _UNMARKED
    if manner.facet in (Facet.DUTY, Facet.INNER, Facet.MEMBERS):
        score += _NAMED * named
    if manner.facet is Facet.REASON and _NO_CHANGE.search(text.lead[-60:] + text.own):
        score -= _NOTHING
    if manner.facet is not Facet.MEANING and any(TERMS.search(title) for title in s.titles):
        score -= _GLOSSARY
    return Scored(s, said, own, score - 0.0004 * len(s.text) - (0.02 if s.table else 0.0))
