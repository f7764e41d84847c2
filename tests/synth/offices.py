"""The offices that the generator invents books for: names, and what they spend on."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Spend:
    """A leaf (项) that the office spends on: about how much (万元) of 基本 and 项目, and which fund pays."""

    code: str
    basic: tuple[float, float] = (0, 0)
    project: tuple[float, float] = (0, 0)
    fund: str = "general"  # general | fund (政府性基金)


@dataclass(frozen=True, slots=True)
class Office:
    name: str
    institution: bool  # 事业单位: wages in 绩效工资
    spends: tuple[Spend, ...]
    projects: tuple[str, ...]


def common(pension: float, institution: bool = False, housing_extra: bool = False) -> tuple[Spend, ...]:
    """The leaves that every office has: pensions, medical insurance, housing fund; scaled by `pension` (万元)."""
    p = pension
    leaves = (
        Spend("2080502" if institution else "2080501", (0.3 * p, 0.9 * p)),
        Spend("2080505", (0.9 * p, 1.1 * p)),
        Spend("2080506", (0.4 * p, 0.6 * p)),
        Spend("2101102" if institution else "2101101", (0.4 * p, 0.55 * p)),
        Spend("2101103", (0.1 * p, 0.25 * p)),
        Spend("2210201", (0.7 * p, 0.9 * p)),
    )
    return (*leaves, Spend("2210203", (0.3 * p, 0.5 * p))) if housing_extra else leaves


SCIENCE = Office(
    "襄阳市科学技术局",
    False,
    (
        Spend("2050803", (1, 4)),
        Spend("2060101", (480, 620), (20, 60)),
        Spend("2060102", (0, 0), (45, 90)),
        Spend("2060199", (0, 0), (8, 25)),
        Spend("2060404", (0, 0), (260, 700)),
        Spend("2060702", (0, 0), (15, 40)),
        Spend("2069901", (0, 0), (60, 160)),
        *common(62),
    ),
    (
        "科技成果转化专项",
        "科技企业孵化器奖补",
        "科技活动周经费",
        "科技特派员工作经费",
    ),
)

WATER = Office(
    "绵阳市安州区水利局",
    False,
    (
        Spend("2050803", (0.5, 2)),
        Spend("2130301", (420, 560), (10, 40)),
        Spend("2130304", (0, 0), (50, 120)),
        Spend("2130305", (0, 0), (900, 2600)),
        Spend("2130306", (0, 0), (120, 300)),
        Spend("2130310", (0, 0), (60, 180)),
        Spend("2130314", (0, 0), (80, 200)),
        Spend("2130316", (0, 0), (100, 240)),
        Spend("2120899", (0, 0), (150, 420), fund="fund"),
        *common(58),
    ),
    (
        "小型水库除险加固",
        "农村饮水维修养护",
        "山洪灾害防治",
        "水土流失综合治理",
    ),
)

LIBRARY = Office(
    "重庆市沙坪坝区图书馆",
    True,
    (
        Spend("2070104", (520, 700), (160, 320)),
        Spend("2070109", (0, 0), (10, 30)),
        Spend("2070199", (0, 0), (15, 45)),
        Spend("2070204", (0, 0), (6, 18)),
        *common(66, institution=True),
    ),
    (
        "文献购置费",
        "免费开放补助",
        "24小时城市书房运行",
    ),
)

STATISTICS = Office(
    "国家统计局宁陵调查总队",
    False,
    (
        Spend("2010501", (1500, 2100), (30, 90)),
        Spend("2010502", (0, 0), (60, 140)),
        Spend("2010505", (0, 0), (300, 620)),
        Spend("2010507", (0, 0), (180, 420)),
        Spend("2010508", (0, 0), (220, 460)),
        Spend("2050803", (4, 12)),
        Spend("2210202", (8, 20)),
        *common(170, housing_extra=True),
    ),
    (
        "住户调查专项",
        "经济普查专项",
        "价格调查专项",
    ),
)

MARKET = Office(
    "长沙市望城区市场监督管理局",
    False,
    (
        Spend("2013801", (2900, 3600)),
        Spend("2013802", (0, 0), (90, 220)),
        Spend("2013805", (0, 0), (60, 150)),
        Spend("2013812", (0, 0), (20, 60)),
        Spend("2013815", (0, 0), (110, 260)),
        Spend("2013816", (0, 0), (260, 520)),
        *common(320),
    ),
    (
        "食品安全抽检",
        "特种设备安全监管",
        "知识产权保护",
        "质量强区建设",
    ),
)

EMERGENCY = Office(
    "滁州市应急管理局",
    False,
    (
        Spend("2050803", (1, 5)),
        Spend("2240101", (720, 920)),
        Spend("2240102", (0, 0), (30, 80)),
        Spend("2240106", (0, 0), (150, 340)),
        Spend("2240108", (0, 0), (90, 220)),
        Spend("2240109", (0, 0), (40, 110)),
        Spend("2240150", (110, 180)),
        Spend("2240601", (0, 0), (12, 30)),
        *common(96),
    ),
    (
        "安全生产专家会诊",
        "应急救援队伍建设",
        "应急指挥平台运维",
        "自然灾害综合风险普查",
    ),
)

CIVIL = Office(
    "宝鸡市民政局",
    False,
    (
        Spend("2080201", (430, 560), (5, 20)),
        Spend("2080202", (0, 0), (20, 60)),
        Spend("2080206", (0, 0), (8, 24)),
        Spend("2080207", (0, 0), (15, 45)),
        Spend("2081001", (160, 240), (40, 110)),
        Spend("2081004", (210, 320), (60, 150)),
        Spend("2081006", (0, 0), (80, 220)),
        Spend("2296002", (0, 0), (180, 460), fund="fund"),
        *common(108),
    ),
    (
        "福彩公益金养老项目",
        "孤儿基本生活保障",
        "地名文化建设",
    ),
)
CIVIL_ITSELF = replace(
    CIVIL, name="宝鸡市民政局（本级）", spends=tuple(s for s in CIVIL.spends if s.code not in {"2081001", "2081004"})
)

VETERANS = Office(
    "大理白族自治州退役军人事务局",
    False,
    (
        Spend("2050803", (0.5, 2)),
        Spend("2082801", (330, 430)),
        Spend("2082802", (0, 0), (12, 40)),
        Spend("2082804", (0, 0), (60, 150)),
        Spend("2082850", (90, 150)),
        Spend("2080801", (6, 20)),
        *common(48),
    ),
    (
        "春节八一走访慰问",
        "退役军人就业创业培训",
        "烈士纪念设施维护",
    ),
)
