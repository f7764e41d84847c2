"""What a question wants done with the figures it names, and where in it each of them is named."""

from __future__ import annotations

import re

from qa import words
from qa.bounds import find_condition
from qa.model import Operation
from qa.organisations import Offices
from qa.periods import find_periods

# Two items of one office set against each other: 会议费和培训费谁多.
_RIVALS = re.compile(
    r"(?P<one>[^,，和与跟]{2,}?)[和与跟](?P<other>[^,，和与跟]{2,}?)(?:谁|哪个|哪项|哪一个)(?:更|花得|花的|比较)?(?:多|少|高|低|大|小)"
)
# 三公里公车占几成: the part stands after the whole, and what is asked follows at once.
_INSIDE = re.compile(
    r"(?P<whole>.{2,}?)(?:里头|里面|里|当中|中)(?!心)(?P<part>[^占]{2,}?)(?:占)(?:了)?(?:多少|几成|百分之|比|多大)"
)
# A中不是B的: what is left of the whole without the part.
EXCLUDED = re.compile(
    r"(?P<whole>.{2,}?)(?:里头|里面|里|当中|中)(?!心)[^里中]{0,4}?(?:不是(?:从|由|在)?|没有?给|不(?:含|包括|属于)|除(?:了|去|开)|扣(?:除|掉)|剔除|去掉)(?P<part>.{2,}?)(?:列支|列|支出的|安排|的|之?外|$)"
)


def find_operation(text: str, offices: Offices, measure: str) -> Operation:
    """What is to be done; the order of the rules is the order of precedence."""
    stated = len(re.findall(r"\d+\.\d+", text))
    if words.DEFINE.search(text):
        return Operation.DEFINE
    many = len({m.names for m in offices.mentions}) > 1
    if re.search(
        r"各(?:自|项)?(?:是|为|有|花|用|值|支出|安排|执行|发生)?了?(?:多少|几)|分别", text
    ) and not words.WHY.search(text):
        return Operation.LIST
    if len(_dated_clauses(text)) > 1 and not words.CHECK.search(text) and not words.CHANGE_BASIS.search(text):
        return Operation.LIST
    if words.CHECK.search(text) and (
        stated >= 2 or re.search(r"对得上|对不上|一致|矛盾|算对|勾稽|平衡|不平|相符|不符|出入|吻合", text)
    ):
        return Operation.CHECK
    if words.WHY.search(text):
        return Operation.WHY
    if re.search(r"占比最|占.{0,6}最[大高多小低少]", text):
        return Operation.LIST
    if re.search(r"是.{1,20}的?(?:几倍|百分之)|多少倍|几成", text):
        return Operation.SHARE
    if re.search(
        r"占.{1,30}?(?:的)?(?:比重|比例|百分比|百分之|多少|几成|份额|比)|占比|占(?:几成|多少|多大)", text
    ) and measure in (
        "占比",
        "",
        "决算",
        "预算",
    ):
        return Operation.SHARE
    if re.search(r"[^,，]{2,}占(?![比用地])[^,，]{3,}$", text) and measure in ("", "决算", "预算"):
        return Operation.SHARE
    if words.PRIOR.search(text):
        return Operation.PRIOR
    if re.search(r"列出|列一下|都列|列举", text) or (words.BIGGEST.search(text) and not many):
        return Operation.LIST
    if words.RANK_CROSS.search(text) and not many and _RIVALS.search(text):
        return Operation.DIFFERENCE
    if words.RANK_CROSS.search(text):
        return Operation.COMPARE
    if re.search(r"人均|每人次?|每[辆台批名]|平均|一辆.{0,6}平均|均价", text) and not re.search(
        r"平均(?:得)?分|平均工资", text
    ):
        return Operation.PER
    if _is_difference(text, many) or (
        re.match(r"比较|对比|比一比", text) and (many or len(find_periods(text).years) == 2)
    ):
        return Operation.DIFFERENCE
    if words.SUM.search(text) and (
        many
        or words.ALL_UNITS.search(text)
        or re.search(
            r"两部分|两项|三项|总和|[和与及、].{1,12}总计|[一-龥]{3,}(?<![增附追参更递外])加上?(?![强快大工班入权急分起总和在])[一-龥]{3,}|[二两三四五六七八九十]个(?:项目|专项)|加起来|之和|[和与及、].{1,20}(?:合计|一共|总共)",
            text,
        )
    ):
        return Operation.SUM
    if (
        words.LIST.search(text)
        or words.TWO_COUNTS.search(text)
        or (find_condition(text)[0] and re.search(r"(?:的|有)(?:[类款项]级)?(?:项目|科目|单位|支出|指标|款项)", text))
    ):
        return Operation.LIST
    return Operation.LOOKUP


def _dated_clauses(text: str) -> list[str]:
    """The clauses that each ask for a figure of a year or a stage of their own: 2024年决算多少,2025年预算多少."""
    clauses = [c for c in re.split(r"[,，;；]", text) if re.search(r"多少|几", c)]
    return [
        c
        for c in clauses
        if (find_periods(c).years or re.search(r"预算|决算", c)) and not re.match(r"占|比|完成|超", c)
    ]


def _is_difference(text: str, many: bool) -> bool:
    if EXCLUDED.search(text) and not words.WHY.search(text):
        return True
    if re.search(r"(?:比|较|与|和|跟).{1,24}?(?:多|少|高|低|增加|减少|差|贵|大|小)了?(?:多少|几|出)", text) and (
        many or not words.CHANGE_BASIS.search(text)
    ):
        return True
    return bool(
        re.search(
            r"(?:超出|超过|超|低于|少于|高于|结余|节约|节省)(?:了)?(?:年初|全年)?预算数?(?:多少|几)|(?<!结转)(?<!和)(?:结余|节约|节省|节支)了?(?:多少|几)|(?:比|跟|和|较)(?:年初|全年)?预算数?(?:比|相比)?(?:多|少|省|超|低|高|结余|节约)(?:了|花|用|出|下)*(?:多少|几)|超了?多少|差(?:了)?多少|相差|差额|之差|缺口|没花完多少|变化了?(?:多少|几)|[少多](?:支出|花|用|开支)了?(?:多少|几)|从.{2,20}到.{2,30}(?:增加|减少|增长|下降|涨|降|变)了?(?:多少|几)",
            text,
        )
    )


def split_operands(text: str, operation: Operation) -> tuple[tuple[int, int], ...]:
    """The spans that name one figure each, for operations over two or more of them."""
    if operation is Operation.SHARE:
        match = re.search(r"占(?!比)|是(?=.{1,20}的?(?:几倍|多少倍|百分之))", text)
        if match and (inside := _INSIDE.match(text)):
            return (inside.span("part"), inside.span("whole"))
        if match:
            end = re.search(r"的?(?:比重|比例|百分比|百分之|多少|几成|几倍|份额|比$)", text[match.end() :])
            return ((0, match.start()), (match.end(), match.end() + end.start() if end else len(text)))
        return ()
    if operation is Operation.DIFFERENCE:
        if rivals := _RIVALS.search(text):
            return (rivals.span("one"), rivals.span("other"))
        if rest := EXCLUDED.search(text):
            return (rest.span("whole"), rest.span("part"))
        match = re.search(r"比(?!例|重|上年|去年|年初)|较(?!上年|去年)", text)
        if match:
            return ((0, match.start()), (match.end(), len(text)))
        match = re.search(r"[和与跟](?=.{2,30}(?:差|相差))|减去?", text)
        if match:
            return ((0, match.start()), (match.end(), len(text)))
        return ()
    if operation in (Operation.SUM, Operation.LIST):
        pieces, start = [], 0
        for match in re.finditer(
            r"[、,，]|(?<![增附追参更递外])加上?(?![强快大工班入权急分起总和在])(?=[一-龥]{3,})|(?<!结转)(?<!总)(?<!之)[和与及](?!谐|就业|结余|服务|事业|工资|家庭|相关|信息化|其他|社会|国)|以及",
            text,
        ):
            pieces.append((start, match.start()))
            start = match.end()
        pieces.append((start, len(text)))
        kept = tuple(span for span in pieces if not text[span[0] :].startswith("占"))
        return kept if len(kept) > 1 else ()
    return ()
