"""Other names for the offices of the samples: full names, abbreviations and places, together and everywhere."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from tests.redraw.edits import Edit, apply

# Each part of a name in all its spellings (longest first where one holds another), then what may stand in its place,
# spelling by spelling. The first row of every set is the sample itself.
Spellings = tuple[str, ...]

HENAN: tuple[tuple[Spellings, ...], ...] = (
    (("焦作",), ("临汾",), ("宜宾",), ("襄阳",), ("龙岩",), ("云阙",), ("青陵",)),
    (("济源",), ("仙桃",), ("雄安",), ("滨海",), ("琅山",)),
    (
        ("产城融合示范区", "示范区"),
        ("高新技术产业开发区", "高新区"),
        ("经济技术开发区", "经开区"),
        ("产城融合示范区", "示范区"),
    ),
    (
        ("工业和信息化局", "工信局"),
        ("住房和城乡建设局", "住建局"),
        ("文化广电和旅游局", "文旅局"),
        ("市场监督管理局", "市场监管局"),
        ("人力资源和社会保障局", "人社局"),
    ),
    (
        ("电子政务管理中心", "电子政务中心", "云计算服务中心", "云计算中心"),
        ("智慧城市管理中心", "智慧城市中心", "大数据服务中心", "大数据中心"),
        ("住房保障管理中心", "住房保障中心", "安居服务中心", "安居中心"),
        ("人才交流管理中心", "人才交流中心", "创业服务中心", "创业中心"),
    ),
    (
        ("人民政府办公室", "政府办公室", "政府办(?!公厅)"),
        ("司法局", "司法局", "司法局"),
        ("应急管理局", "应急管理局", "应急局"),
        ("人民政府办公室", "政府办公室", "政府办"),
        ("民政局", "民政局", "民政局"),
    ),
    (
        (
            "中国共产党{0}市委员会办公室",
            "中共{0}市委办公室",
            "{0}市委员会办公室",
            "{0}市委办公室",
            "市委办公室",
            "市委办",
        ),
        (
            "中国人民政治协商会议{0}市委员会办公室",
            "{0}市政协办公室",
            "{0}市政协办公室",
            "{0}市政协办公室",
            "市政协办公室",
            "市政协办",
        ),
        (
            "{0}市人民代表大会常务委员会办公室",
            "{0}市人大常委会办公室",
            "{0}市人大常委会办公室",
            "{0}市人大办公室",
            "市人大办公室",
            "市人大办",
        ),
        (
            "中国共产党{0}市委员会办公室",
            "中共{0}市委办公室",
            "{0}市委员会办公室",
            "{0}市委办公室",
            "市委办公室",
            "市委办",
        ),
    ),
)
SHANGHAI: tuple[tuple[Spellings, ...], ...] = (
    (("普陀",), ("河西",), ("南浔",), ("云岚",), ("江阳",)),
    (("上海市",), ("天津市",), ("重庆市",), ("宁波市",)),
    (("财政局",), ("审计局",), ("统计局",), ("民政局",)),
    (("商务委员会", "商务委"), ("科学技术委员会", "科委"), ("卫生健康委员会", "卫健委"), ("教育委员会", "教委")),
    (("社会福利院", "福利院"), ("社会救助站", "救助站"), ("老年康复院", "康复院")),
    (("万里",), ("长桥",), ("枫林",), ("和平里",)),
)


@dataclass(frozen=True)
class Cast:
    """Which name stands for which; `old` are patterns, tried from the longest to the shortest."""

    names: Mapping[str, str]
    spellings: tuple[Spellings, ...] = ()  # of each new name

    @classmethod
    def drawn(cls, parts: tuple[tuple[Spellings, ...], ...], chance: random.Random) -> Cast:
        names: dict[str, str] = {}
        spellings: list[Spellings] = []
        place = ""
        for old, *others in parts:
            new = chance.choice(others)
            for a, b in zip(old, new, strict=True):
                names[a.format(parts[0][0][0])] = b.format(place)
            place = place or new[0]
            spellings.append(tuple(name.format(place) for name in new))
        return cls(names, tuple(spellings))

    @cached_property
    def _patterns(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        ordered = sorted(self.names, key=lambda name: len(name.partition("(?!")[0]), reverse=True)
        return tuple((re.compile(_loosely(name)), self.names[name]) for name in ordered)

    def edits(self, text: str) -> tuple[Edit, ...]:
        """Every old name in the text, whole or broken by white space; a longer name wins over one inside it."""
        taken: list[Edit] = []
        for pattern, new in self._patterns:
            for found in pattern.finditer(one_spelling(text)):
                if all(found.end() <= edit.start or edit.end <= found.start() for edit in taken):
                    taken.append(Edit(found.start(), found.end(), new))
        return tuple(sorted(taken))

    def rename(self, text: str) -> str:
        """The text with its names exchanged; a text that is only the beginning of a name becomes that of the new one."""
        stems = (
            new for old, new in self.names.items() if len(text) >= 3 and old.startswith(text) and len(new) > len(text)
        )
        return apply(text, self.edits(text)) if self.edits(text) else next((new[: len(text)] for new in stems), text)

    def alike(self, name: str) -> tuple[str, ...]:
        """All spellings of a new name, the given one first."""
        return (name, *(other for row in self.spellings if name in row for other in row if other != name))

    @property
    def traces(self) -> tuple[str, ...]:
        """Old names that must not be left anywhere."""
        kept = "".join(self.names.values())
        return tuple(name for name in self.names if name not in kept and "(" not in name)


def one_spelling(text: str) -> str:
    """The text with every compatible glyph (radicals, full widths) as the ordinary one, character by character."""
    plain = (unicodedata.normalize("NFKC", glyph) for glyph in text)
    return "".join(new if len(new) == 1 else old for old, new in zip(text, plain, strict=True))


def _loosely(name: str) -> str:
    """The name as a pattern that lets white space stand between its characters; a look-ahead is left as it is."""
    word, _, rest = name.partition("(?!")
    return r"\s*".join(map(re.escape, word)) + ("(?!" + r"\s*".join(("", *rest)) if rest else "")
