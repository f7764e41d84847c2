"""The words of budget prose: figures with units, predicates, measures, time, comparison, reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from index.amounts import unit_of

_BY_TEN_THOUSANDS = r"平方米|立方米|亩|户|件|吨|份|册|株|只|头|羽|条|篇|场|千瓦时"  # things counted so: 1.5万户
_MONEY_UNITS = rf"万元|亿元|百万元|千元|元|万(?!元|人|{_BY_TEN_THOUSANDS})|亿(?!元)"
_PEOPLE_UNITS = r"万人次|人次|万人|人(?!次)|名|户"
_MEASURE_UNITS = (
    rf"%|个百分点|分(?!钟)|万(?:{_BY_TEN_THOUSANDS})|平方米|立方米|平方公里|公里|米|亩|吨|小时|分钟|学时|课时"
)
_THING_UNITS = (
    r"台\(套\)|台/套|台套|套/台|台(?![(/套])|套(?!/)|辆/台|辆(?!/)|批次|批(?!次)|个(?!百分点)|项(?!目)|家|件次|件(?!次)|"
    r"场次|场(?!次)|期次|期(?!次)|份|册|所|间|处|条|次|篇|宗|起|幅|层|座|支(?![出付撑持])|株|棵|艘|架次|幢|栋"
)
_UNITS = "|".join((_MONEY_UNITS, _PEOPLE_UNITS, _MEASURE_UNITS, _THING_UNITS))
# A figure: digits, then a unit. 单价100万元以上 is a name, 合格率98%以上 a goal, 第3项 an ordinal, 2023年 no figure,
# 90分(含)-100分 a range, □ white space in digits, 2130201项 in brackets the code of an account.
FIGURE = re.compile(
    r"(?!\d{7}项\))(?<![\d.第A-Za-z〔□*×÷])(?<![)\d分%元]-)(?P<number>(?:(?<![)\d分%元])[-+])?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?))"
    rf"(?:(?P<least>%|学时|课时)(?=以上(?:[，。；、)]|$))|(?P<unit>{_UNITS})(?:整|左右)?"
    r"(?!\(?含?\)?(?:及|或)?以[上下内外]|[(（]含[)）]))"
)  # fmt: skip
# 分别为1.2、3.4和5.6万元: the unit stands behind the last only.
BARE = re.compile(r"(?<![\d.])\d[\d,]*(?:\.\d+)?(?=[、和及与，])")

MONEY_WORDS = re.compile(r"收入|支出|经费|预算|决算|资金|费|资产|拨款|金额|合同|补助|补贴|收支|结转|结余")

UP = re.compile(r"增加|增长|上升|提高|上涨|上调|净增|多|增|升|扩大")
CHANGE = (
    r"(?:各|分别|共|均|(?<!收入)(?<!支出)合计|共计|累计|同比|环比|总体|略|小幅|大幅|有所)*"
    r"(?P<verb>(?:增加|增长)\((?:减少|下降)\)|(?:减少|下降)\((?:增加|增长)\)|净?增加|净?减少|增长|下降|上升|降低|提高|压减|压缩|缩减|上涨|下浮|下调|上调|净增|净减|减少|节约|增幅|降幅|增减|变动|多支出|少支出|增|减|升|降)"
    r"(?:额|数|率|幅度|比例|了|约|为|达到?|：)*"
)
# What a change is measured against: 比2022年预算执行数, 与上年度相比, 较上年, 同比.
BASIS = (
    r"(?:(?:比|较|与|同|跟)(?P<base>(?:20\d\d年?|上一?年度?|去年|上年同期|同期|年初|调整|全年|当年|预算|本年)"
    r"[^，；。、]{0,18}?)(?:相比较?|比较|对比)?|同比|环比)"
)
SAME = re.compile(r"(?:基本)?(?:持平|一致|相同|不变|相当)|无(?:增减)?变化|没有变化|保持不变")
SHARE = re.compile(
    r"占(?P<base>(?:[^，；。、占]{0,30}?)?)(?:的(?:比重|比例|百分比)?|比重?|比例)?(?:为|是|达到?|约|：)*$"
)
COMPLETION = re.compile(
    r"(?:完成|为|是|占|达到?|相当于)(?:了)?(?P<base>(?:20\d\d年度?)?(?:年初|全年|调整后?|当年|本年|预算)*(?:预算|计划|任务|目标)(?:数|总额|安排)?)"
    r"的?(?:比例|比重)?(?:为|达)?$"
)
COPULA = re.compile(
    r"(?:(?:(?<!平)均|分别|各|共计|一共|总共|共|约|仅|则)*(?:为|是|达到|(?<!下)达|(?<!保)有|：)|共计|累计|一共|共|约|仅|各|(?<!平)均|分别)+$"
)

MEASURES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (measure, re.compile(f"(?:{pattern})$"))
    for measure, pattern in (
        ("年初预算", r"年初(?:批复)?(?:支出|收入)?预算(?:数|安排|批复)?"),
        ("全年预算", r"(?:全年|调整后?(?:的)?)(?:支出|收入)?预算数?|预算调整数"),
        ("决算", r"(?:当年|全年|实际)?(?:预算)?执行(?:数|金额)|决算(?:数|金额|总额)?|实际(?:支出|完成|执行)(?:数)?"),
        (
            "预算",
            r"(?<!公共)(?<!基金)(?<!经营)预算(?:数|金额|安排|总额)?|安排预算|计划安排|(?:预算|资金)?下达(?:预算|资金|金额|指标)?",
        ),
        ("完成率", r"(?:预算)?完成率"),
        ("执行率", r"(?:预算)?执行率"),
        ("增减率", r"增长率|增幅|降幅|增减率"),
        ("占比", r"占比|比重"),
        ("得分", r"得分|评分|自评分|综合评分|分数"),
    )
)

REASON = re.compile(
    r"(?:(?:增减|增加|减少|变动|变化|差异|下降|增长|上升|持平|其)?的?(?:主要)?原因(?:是|为|在于|：|:|，)+|"
    r"主要(?:是)?(?:由于|因为|因(?!公)|系)|主要是(?=[^：]{0,40}(?:增|减|调|变))|(?:是|系)由于|原因如下：)+(?:主要原因是)?(?:是)?|"
    r"(?:主要|变动|变化|增减|增加|减少|差异)*原因(?P<same>同(?:上|前|收入|支出))"
)
# Behind a reason a new comparison of the same subject may follow: …，与上年相比减少1.55万元，下降4.38%.
COMPARED_AGAIN = re.compile(r"[，；。](?P<change>(?:决算数?|支出(?:决算)?数?|预算数?)?" + BASIS + CHANGE + ")$")
PURPOSE = re.compile(r"^(?:主要)?(?:用于|包括|为保障|保障|包含|是指)|主要用于|主要包括|用于以下|主要保障|主要安排")
BASIS_ONLY = re.compile(r"^(?:" + BASIS + r")$")
# 减少人员经费200万元: the change stands before what changed.
CHANGED = re.compile(
    r"^(?P<verb>减少|增加|压减|核减|调减|调增|核增)了?(?P<subject>[^，；。]{2,}(?:经费|支出|收入|资金|预算|拨款|费用?))$"
)
WITHIN = re.compile(r"^[，；、]?(?:其中|这其中|当中)[：:，]?")
AMONG = re.compile(r"^(?P<whole>.{2,40}?)(?<!过程)(?<!执行)(?<!工作)(?:当)?中$")

YEAR = re.compile(r"(20\d\d)年(?:度)?")
LAST_YEAR = re.compile(r"^(?:截[至止])?(?:上一?年度?|去年)(?:期末|年?末|底)?")
TIME_HEAD = re.compile(
    r"^(?:截[至止]|到)?(?:20\d\d年(?:度)?(?:\d{1,2}月)?(?:\d{1,2}日)?|上一?年度?(?!结)|去年)(?:期末|年末|年底|底|末|初|当年|全年(?!预算|执行)|期间|预算年度)?[，,]?|"
    r"^(?:全年(?!预算|执行)|当年度?|本年度(?![收支])|期末|年末(?![^，；]{0,14}结[转余])|年底|年终|年中(?=对|组织|开展))"
)
SELF = re.compile(
    r"^(?:我|本|该|全)(?:部门|单位|局|委|办|厅|处|院|校|所|站|中心|街道|镇|乡|系统|级)(?:\(.{1,6}\))?|^部门(?=[^预决整收支])|^单位(?=[共现拥保]有)|^(?:区|市|县)?本级(?=.{2})"
)
ORDINAL = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十\d]{1,3}\)[、.]?|\d{1,2}[、.](?!\d)|[①-⑳]|[一二三四五六七八九]是)+"
)
LEAD_WORDS = re.compile(
    r"^(?:[，；、：]|其中[：，]?|以及|并且|并|和(?!平|谐)|及|与|另外?[，]?(?:有(?=.{2}))?|此外[，]?|同时|共有|现有|实有(?!人)|含(?=.{3})|设置(?=内设)|共计?(?=[\u4e00-\u9fff]{2})|合计(?=[\u4e00-\u9fff]{3})|累计(?=[\u4e00-\u9fff]{2})|预计|计划|拟|部门预算安排|单位预算安排|预算安排(?=[\u4e00-\u9fff]{2})|安排(?=[\u4e00-\u9fff]{3}))"
)
ACCOUNT = re.compile(r"(?P<name>[^()]{1,40}?(?:\((?![类款项]\))[^()]*\)[^()]{0,20}?)*)\((?P<level>[类款项])\)")


# 下设五个职能科室, 由本级和三家下属单位组成; 纳入编制范围的单位共十二家: small counts of offices are written out.
_WRITTEN = r"(?P<number>[二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])(?P<unit>个|家)"
_OFFICE = (
    r"(?:内设|下设|直属|下属|所属|二级|职能|业务|行政|预算|独立|编制|参公|事业|公益[一二]类|全额|核算|决算|基层|法人){0,4}"
    r"(?:\(.{1,3}\))?(?:科|处|股|室|部门|机构|单位|中心)"
)
WRITTEN_OUT = (
    re.compile(rf"(?<=[设辖共有和及括含由])(?!一[个家]){_WRITTEN}(?={_OFFICE})"),
    re.compile(rf"(?:(?<=[位构门室])|(?<=[位构门室][共有])|(?<=[位构门室]共有)){_WRITTEN}(?=[，。；：)])"),
)
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the prose: its place in the view, its value and unit as printed."""

    start: int
    end: int
    printed: str
    value: Decimal
    unit: str

    @property
    def money(self) -> bool:
        return self.unit.endswith("元")

    @property
    def rate(self) -> bool:
        return self.unit in {"%", "个百分点"}


def figures(text: str, start: int, end: int) -> list[Figure]:
    """All figures of a stretch, with the bare ones of an enumeration that shares its last unit."""
    found = [_figure(match) for match in FIGURE.finditer(text, start, end)]
    found += [_written_out(match) for pattern in WRITTEN_OUT for match in pattern.finditer(text, start, end)]
    found.sort(key=lambda figure: figure.start)
    shared: list[Figure] = []
    for figure in found:
        run: list[Figure] = []
        at = figure.start
        while at > start and text[at - 1] in "、和及与":
            match = next((m for m in BARE.finditer(text, start, at) if m.end() == at - 1), None)
            if match is None or any(f.end == match.end() for f in found):
                break
            printed = match.group()
            run.append(Figure(match.start(), match.end(), printed, Decimal(printed.replace(",", "")), figure.unit))
            at = match.start()
        shared.extend(reversed(run))
        shared.append(figure)
    return shared


def _written_out(match: re.Match[str]) -> Figure:
    """十二个 -> 12."""
    words = match.group("number").replace("两", "二")
    tens, ten, ones = words.rpartition("十")
    value = (_DIGITS.index(tens) if tens else 1) * 10 if ten else 0
    value += _DIGITS.index(ones) if ones else 0
    return Figure(match.start(), match.end(), match.group("number"), Decimal(value), match.group("unit"))


def _figure(match: re.Match[str]) -> Figure:
    number = match.group("number")
    return Figure(
        match.start(), match.end(), number, Decimal(number.replace(",", "")), unit_of(match.group("unit") or match.group("least"))
    )  # fmt: skip
