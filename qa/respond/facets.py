"""What a question wants told in words: a reason, a use, a basis, a list of members; and the marks such tellings bear.

A facet is asked for in its own words (为啥, 干嘛用, 依据哪些文件) that never stand in the documents; the documents have
their own marks for it (主要原因, 主要用于, a section 立项依据). This table is the bridge between the two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from qa.model import Intent, Operation


class Facet(StrEnum):
    REASON = "reason"
    SHORTFALL = "shortfall"  # why an indicator missed its mark
    ISSUES = "issues"  # what an evaluation found wrong, and what is to be done
    NAMES = "names"  # which four projects
    MEANING = "meaning"
    PARTS = "parts"  # what a sum of this office is made up of
    MEMBERS = "members"
    INNER = "inner"
    DUTY = "duty"
    BASIS = "basis"
    GOAL = "goal"
    NOTE = "note"
    PURPOSE = "purpose"
    PLAN = "plan"
    HOW = "how"
    BODY = "body"
    GRADE = "grade"
    KIND = "kind"
    TIME = "time"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Manner:
    """How a facet is asked for, which titles stand over it, which words a sentence that tells it holds."""

    facet: Facet
    asked: re.Pattern[str]
    title: re.Pattern[str] | None = None
    mark: re.Pattern[str] | None = None
    several: bool = False  # the telling is a list: all of it is wanted


def _manner(facet: Facet, asked: str, title: str = "", mark: str = "", several: bool = False) -> Manner:
    return Manner(
        facet, re.compile(asked), re.compile(title) if title else None, re.compile(mark) if mark else None, several
    )


# The first whose asking words occur is meant.
MANNERS: tuple[Manner, ...] = (
    _manner(
        Facet.NOTE,
        r"(?:表的?)?(?:注释|附注|备注|脚注|表注)(?:里|中|上)?(?:是|写|说|怎么写)?|表(?:下面|底下)的?(?:说明|注)",
        title=r"注释",
    ),
    _manner(
        Facet.BASIS,
        r"(?:立项|政策|文件|设立|安排)?依据|根据(?:什么|哪些|啥)|凭(?:什么|啥)(?:文件|政策)|(?:哪些|什么|啥)(?:文件|政策)",
        title=r"依据",
        mark=r"根据|依据|按照|《",
        several=True,
    ),
    _manner(
        Facet.SHORTFALL,
        r"(?:为什么|为啥|为何|怎么|咋|因为什么|什么原因)?(?:会|被)?(?:扣(?:了|掉)?(?:\d+(?:\.\d+)?)?分|没(?:有|得)?满分|丢分|失分|没(?:有)?完成(?!年初|预算)|未完成|没达标|未达标)(?:的)?(?:原因)?|偏差(?:的)?原因",
        title=r"偏差原因|改进措施|扣分原因|未完成原因|存在问题|原因分析",
        mark=r"(?:低于|未达|未完成|没有完成|不足|滞后|偏低|扣分).{0,30}(?:原因|由于|因为|受.{1,12}影响)",
    ),
    _manner(
        Facet.ISSUES,
        r"(?:存在|发现|有)(?:了|着|的)?(?:什么|哪些)?(?:主要)?(?:问题|不足)(?:是|有)?(?:什么|哪些)?|下一步.{0,6}(?:改进|整改|措施|打算|计划|工作|安排)|(?:怎么|如何)(?:整改|改进)|(?:整改|改进)措施",
        title=r"问题|改进|下一步|整改",
        mark=r"问题|不足|不够|不高|有待|短板|下一步|改进",
    ),
    _manner(
        Facet.NAMES,
        r"(?:的)?(?:是|有|为|叫|分别是)?哪(?:\d+|[一二两三四五六七八九十])[个项家](?=项目|$|专项|指标|单位|任务)",
        mark=r"[“《].+?[”》]|.、.|：",
    ),
    _manner(
        Facet.REASON,
        r"(?:是|的)?(?:什么|啥|主要|具体|有何)?(?:原因|缘由|理由)(?:是|有)?|为什么|为啥|为何|因何|怎么回事|咋回事|怎么来的?|从哪儿?来|怎么冒出来|怎么解释|"
        r"增在哪儿?|减在哪儿?|因为什么|由于什么|是因为|咋|怎么会有?|怎么(?=.{0,12}(?:这么|那么|没|增|减|多|少|高|低|涨|降|超))|凭什么|谁(?:减|增|少|多)的?",
        title=r"原因|改进措施",
        mark=r"原因|由于|因为|(?<!公)因(?!公)|受.{1,12}影响|主要是",
    ),
    _manner(
        Facet.MEANING,
        r"^什么是|是?什么意思|啥意思|(?:的)?(?:含义|定义|概念)|怎么理解|名词解释|指的?是?什么|是指什么|指(?:的是)?(?:啥|哪些)|反映(?:的是)?什么|什么叫|何谓|何为|所谓|"
        r"(?:到底|具体|都|一般)?(?:包括|包含|涵盖)(?:了)?(?:哪些|哪几[项样种类]|什么|啥)(?!单位|机构|部门|项目)(?:内容|钱|支出|费用|方面)?|"
        r"(?:是|有)(?:哪|什么)[几一二两三四五]?[样种](?:支出|费用)?|(?:有)?(?:什么|啥|何)(?:区别|不同|两样)|怎么区分",
        title=r"名词解释|专业名词|名词说明|术语",
        mark=r"指|反映|包括|用于",
    ),
    _manner(
        Facet.BODY,
        r"(?:由)?谁(?:来)?(?:负责|实施|牵头|承担|做|执行)|(?:是|由)?哪[个家](?:单位|部门|机构)(?:来|在)?(?:负责|实施|牵头|承担|执行|主管)的?|"
        r"(?:项目)?(?:实施|责任|牵头|承担)(?:主体|单位|部门)(?:是)?(?:谁|哪[个家]|什么)?|(?:业务)?主管(?:单位|部门)(?:是)?(?:谁|哪[个家]|什么)?",
        title=r"主体|实施单位|责任单位|承担单位|项目单位|主管(?:部门|单位)",
        mark=r"负责|牵头|承担",
    ),
    _manner(
        Facet.GRADE,
        r"(?:自评|评价|评定)的?(?:等级|等次|结论|档次)(?!(?:是|为)?[“”\"]?[优良中差合])(?:是|为)?(?:什么|啥|哪[个级])?|(?:是|为|评了?)?(?:什么|啥|哪个)(?:等级|等次|档次)",
        title=r"等级|等次|结论",
        mark=r"(?:等级|等次|结论|评定|评)为?[“”\"]?[优良中差合]",
    ),
    _manner(
        Facet.KIND,
        r"项目(?:属性|类型|类别)(?:是)?(?:什么|哪[个种类])?|(?:是|属于)(?:什么|哪[种类])(?:类型|性质)的?项目",
        title=r"项目(?:属性|类型|类别)",
    ),
    _manner(
        Facet.INNER,
        r"(?:设了?|有|下设)?(?:哪[几些]个?|几个|什么)?(?:内设(?:机构|科室|部门)?|科室|处室|股室|内部机构)(?:有|是|都)?(?:哪些|哪几个|什么)?|机构设置",
        title=r"机构设置|内设机构|基本情况|概况|单位构成",
        mark=r"内设|(?:下设|设有?|设置).{0,12}(?:科|室|部门|机构)",
        several=True,
    ),
    _manner(
        Facet.MEMBERS,
        r"(?:由|包括|包含|含|汇总了?|纳入了?|下属|所属|下设|下辖|管着?|涉及)?(?:的)?(?:有|都有)?(?:哪[些几]?[个家]?|几[个家]|什么|多少[个家])(?:下属|所属|二级|预算)?(?:单位|机构)(?:组成|构成)?|"
        r"(?:下属|所属|二级|预算)(?:预算)?(?:单位|机构)(?:一共|总共|共)?(?:有|都有|是|包括)?(?:哪[些几]?[个家]?|什么|几[个家]|多少[个家])?|单位(?:构成|组成)|编制范围",
        title=r"单位构成|编制范围|机构设置|预算单位|部门构成|机构构成|基本情况|概况|部门预算范围",
        mark=r"(?:纳入|汇总|包括|下属|所属|构成|二级|范围).{0,40}(?:单位|机构)|单位.{0,16}(?:包括|共|构成|如下)",
        several=True,
    ),
    _manner(
        Facet.GOAL,
        r"(?:年度|总体?|项目|预期|绩效)*目标(?:内容)?(?:都|具体)?(?:是|有|写|定)?(?:了)?(?:什么|啥|哪些|怎么(?:写|定)的?|如何)|(?:总体?|年度|预期|绩效|项目)目标(?:内容)?(?=$|□)|(?:要)?达到(?:什么|哪些|啥)(?:效果|目标|成效)",
        title=r"目标$",
        several=True,
    ),
    _manner(
        Facet.TIME,
        r"(?:什么|啥)时候|何时|(?:实施)?周期(?:是|有)?(?:多久|多长)?|(?:从|到)哪(?:天|年)|(?:多久|多长时间)",
        title=r"周期|期限|时间|日期",
        mark=r"\d{4}[年.\-]|起|止|期间",
    ),
    _manner(
        Facet.PURPOSE,
        r"(?:都|主要|是|具体|钱|大多|会)*(?:被)?(?:拿来|用来|用作|用于|用在|用到|花在|花到|花去|开销在|投到|投向)(?:了)?(?:干|做)?(?:什么|啥|嘛|哪儿?里?|哪些(?:方面|地方|事)?)?(?:了|的)?|"
        r"(?:是)?(?:干嘛|干啥|干什么|做什么|做啥)(?:用)?的?|用途(?:是)?(?:什么)?|(?:购|买|采购|换|修)了?(?:些)?(?:什么|啥|哪些(?:东西)?)|保障(?:什么|哪些)",
        title=r"用途|项目概述|总目标|总体目标",
        mark=r"用于|用途|用在|保障(?!和就业|支出)|购买|(?<!车)购置(?!及|费|支出|税)|支付|反映|原因",
    ),
    _manner(
        Facet.HOW,
        r"(?:怎么|如何|怎样)(?:做|实施|开展|推进|干|组织|落实|管理|分配|发放|操作|执行)的?|(?:实施)?方案(?:是|有)?(?:什么|怎样|哪些)?",
        title=r"实施方案|实施办法|组织实施",
        mark=r"根据|按照|组织|开展|一是",
        several=True,
    ),
    _manner(
        Facet.PLAN,
        r"(?:要|都|打算|准备|具体|计划)*(?:干|做|开展|实施|完成|组织|推进)(?:了|的)?(?:哪些|什么|啥)(?:事|工作|活动|内容|任务)?|(?:工作|主要|实施|任务|具体)内容(?:是|有)?(?:什么|哪些)?|"
        r"(?:采取|有)(?:了)?(?:哪些|什么)(?:措施|做法|工作|任务)|(?:重点|主要|年度|本年|中心)(?:工作|任务)+(?:及目标|目标)?(?:都)?(?:有|是|包括)?(?:哪些|什么|啥)",
        title=r"重点工作|项目概述|项目概况|实施内容|主要内容|工作内容|主要任务|工作任务|总目标|总体目标|预期目标",
        mark=r"一是|开展|组织|推进|委托",
        several=True,
    ),
)
_DUTY = _manner(
    Facet.DUTY,
    r"(?:主要|工作)?(?:职责|职能)(?:是|有)?(?:什么|啥|哪些)?|(?:具体|主要|都|是)*(?:负责|承担|分管|主管|管)(?:着)?(?:什么|啥|哪些|哪块)(?:事|工作|业务)?|归.{1,8}管|管不管|"
    r"(?:主要|平时|到底|具体|都|是)*(?:干|做)(?:啥|什么|哪些(?:事|工作|活)?)的?|负责|承担|主管|(?<![保监主])管(?![理网道线])",
    title=r"职责|职能|职能配置",
    mark=r"负责|承担|职责|承办|协助|组织|主要任务",
)
PARTS = _manner(
    Facet.PARTS, next(m for m in MANNERS if m.facet is Facet.MEANING).asked.pattern, mark=r"包括|包含|其中|构成"
)
PLAIN = Manner(Facet.PLAIN, re.compile(r"(?!)"))


def manner_of(intent: Intent) -> Manner:
    """The facet that a question asks for. What an office does is its duty; what money does is its use."""
    text = intent.text
    if intent.operation is Operation.WHY:
        short = next(m for m in MANNERS if m.facet is Facet.SHORTFALL)
        return short if short.asked.search(text) else next(m for m in MANNERS if m.facet is Facet.REASON)
    if intent.operation is Operation.DEFINE and not re.search(r"原因|为什么|为啥|为何|怎么回事", text):
        return next(m for m in MANNERS if m.facet is Facet.MEANING)
    duty = _DUTY.asked.search(text)
    for manner in MANNERS:
        if manner.asked.search(text):
            acts = manner.facet in (Facet.PURPOSE, Facet.PLAN, Facet.BODY)
            return _DUTY if acts and duty and _is_duty(intent, duty.group()) else manner
    return _DUTY if duty else PLAIN


def _is_duty(intent: Intent, asking: str) -> bool:
    """What is done is a duty where the office itself does it: nothing but the office is named beside the asking."""
    if _MONEY.search(intent.text):
        return False
    rest = re.sub(r"□+|[的是都呢啊吗主要平时到底具体]", "", intent.topic.text.replace(asking, ""))
    return bool(intent.entity or re.search(r"职责|职能|负责|承担|主管|管", asking) or len(rest) < 2)


_MONEY = re.compile(r"经费|资金|支出|费|钱|万|元|项目|专项|补助|补贴|预算|采购|购|买")


# These ask for words whatever figures the documents print beside them.
_IN_WORDS = frozenset(
    {Facet.NOTE, Facet.BASIS, Facet.MEANING, Facet.INNER, Facet.MEMBERS, Facet.PURPOSE, Facet.DUTY, Facet.BODY}
    | {Facet.PLAN, Facet.TIME, Facet.GOAL, Facet.SHORTFALL, Facet.ISSUES, Facet.NAMES, Facet.HOW}
    | {Facet.GRADE, Facet.KIND}
)
# Where the documents do not say it in words, no list of figures answers instead.
ONLY_WORDS = frozenset(
    {Facet.NOTE, Facet.BASIS, Facet.MEANING, Facet.INNER, Facet.DUTY, Facet.BODY, Facet.TIME, Facet.HOW}
    | {Facet.SHORTFALL, Facet.ISSUES, Facet.MEMBERS, Facet.GRADE, Facet.KIND}
)
# Money that goes to something is no figure either, but it may be a list of them.
NO_SINGLE_FIGURE = frozenset({Facet.PURPOSE, Facet.PLAN, Facet.GOAL})
_FIGURE = re.compile(
    r"多少(?![家个](?:下属|所属|二级|预算)?单位)|几(?:万|元|成|倍|辆|人|次|分|个(?!内设|科室|下属|所属|单位|处室))|金额|合计|总额|各?占|比例|目标值|指标值|完成率|百分"
)


def wants_words(intent: Intent) -> bool:
    """Whether only words can answer: asked before any figure is looked for."""
    facet = manner_of(intent).facet
    listed = facet is Facet.REASON and intent.operation is Operation.LIST
    return (facet in _IN_WORDS or listed) and not _FIGURE.search(intent.text) and not intent.condition
