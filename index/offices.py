"""Names of offices: the region before a name, and what it is called for short.

Abbreviations follow how Chinese departments are called everywhere: the region falls away, 人民政府 becomes 政府,
办公室 办, 委员会 委, and some names have a usual short form (vocabulary/offices.csv: 工业和信息化局, 工信局).
"""

from __future__ import annotations

import re
from functools import lru_cache

from index.vocabulary import load_vocabulary
from index.wording import squeeze

# Bodies whose name stands before the region: 政协青山市委员会, 共青团青山市委员会, 国家税务总局青山市税务局.
_BODY = re.compile(
    r"^(?P<body>政协|中国人民政治协商会议|共青团|中国共产主义青年团|民革|民盟|民建|民进|农工党|致公党|九三学社|台盟|国家税务总局)"
    r"(?=[\u4e00-\u9fff]{2,}(?:委员会|委|局|社))"
)
_BODY_SHORT = {"中国人民政治协商会议": "政协", "中国共产主义青年团": "共青团"}
_REGION = re.compile(
    r"^(?:中共|中国共产党)?(?P<region>(?:[\u4e00-\u9fff]{2,7}?(?:省|自治区|特别行政区))?"
    r"(?:[\u4e00-\u9fff]{1,7}?(?:市|自治州|州(?!市)|盟|地区))?"
    r"(?:[\u4e00-\u9fff]{1,8}?(?:示范区|开发区|高新区|新区|经开区))?"
    r"(?:[\u4e00-\u9fff]{2,16}?自治[县旗]|(?!城市)(?:(?!局|委员)[\u4e00-\u9fff]){1,6}?(?:县|区|旗|市))?)"
)
# 迪庆藏族自治州 is 迪庆州 to everybody.
_PEOPLES = (
    r"(?:(?:各|藏|彝|傣|白|苗|壮|侗|土家|土|布依|布朗|哈尼|哈萨克|傈僳|景颇|羌|回|满|蒙古|柯尔克孜|朝鲜|瑶|畲|黎|佤|纳西|裕固|"
    r"东乡|保安|撒拉|锡伯|塔吉克|达斡尔|鄂伦春|鄂温克|仫佬|毛南|水|仡佬|拉祜|独龙|怒|普米|德昂|阿昌|基诺)族|蒙古)"
)
_AUTONOMOUS = re.compile(rf"^(?P<place>[\u4e00-\u9fff]{{2,6}}?){_PEOPLES}+自治(?P<rank>[州县旗])$")
_BRANCH = re.compile(r"^(?P<kind>[\u4e00-\u9fff]{2,8}?)局(?P<place>[\u4e00-\u9fff]{1,6}?)(?P<rank>[区县市旗]?)分局$")
_TOWN = re.compile(r"^(?P<town>[\u4e00-\u9fff]{1,5}?(?:街道|镇|乡))(?:办事处|人民政府|政府)?$")
# 委办, 人民政府办: halves of a name, or nothing that anyone says.
_UNUSABLE = re.compile(
    r"^委|^.?$|^(?:办|局|办公室|人民政府|政府|工作委.*|工委.*|党工委)$|委员会办$|工作委办|[\u4e00-\u9fff]人民政府办$"
)
_PARTY = re.compile(r"^(?:中国共产党|中共)")
_LEVEL = re.compile(r"\(?(?:本级|本部|机关)\)?$")
_LEVELS = ("省", "市", "县", "区", "旗", "州")


@lru_cache(maxsize=4096)
def region_of(name: str) -> str:
    """The region that an office's name begins with: 青山市东湖区商务委员会 -> 青山市东湖区; "" where it names none."""
    match = _REGION.match(_BODY.sub("", squeeze(name)))
    return match.group("region") if match else ""


def abbreviations(name: str) -> tuple[str, ...]:
    """What an office is also called, fuller names first; never the name itself."""
    full = squeeze(name)
    bare = re.sub(r"\([^)]*\)", "", full)
    if body := _BODY.match(bare):
        return _of_body(body.group(), bare[body.end() :])
    found = dict.fromkeys((full, bare))
    aside = re.search(r"\(([^)]{3,})\)$", full)
    if aside:
        found[aside.group(1)] = None
    party = _PARTY.sub("", bare)
    region = region_of(bare)
    if party != bare:
        party = party.replace("工作委员会", "党工委")
    cores = {bare, party}
    rest = party.removeprefix(region)
    rests = {rest} if rest else set()
    if rest.startswith("人民政府") and not rest.startswith("人民政府办公") and len(rest) > len("人民政府中心"):
        rests.add(rest.removeprefix("人民政府"))
    for core in tuple(rests):
        rests |= _of_branch(core)
        if town := _TOWN.match(core):
            rests.add(town.group("town"))
    for core in rests:
        cores.update((core, *(tail + core for tail in _region_tails(region))))
    for core in cores:
        found.update(dict.fromkeys((core, *_shortened(core))))
    return tuple(sorted((n for n in found if n != full and not _UNUSABLE.search(n)), key=lambda n: (-len(n), n)))


def _of_body(body: str, rest: str) -> tuple[str, ...]:
    """政协青山市委员会办公室 -> 青山市政协办公室, 市政协办; 共青团青山市委员会 -> 团市委: its committee is not the Party's."""
    short, region = _BODY_SHORT.get(body, body), region_of(rest)
    if short == "国家税务总局":
        return (rest, *abbreviations(rest))
    office = rest.removeprefix(region).removeprefix("委员会").removeprefix("委")
    tails = sorted(_region_tails(region))
    names = [f"{short}{region}委{office}", *(f"{tail}{short}{office}" for tail in tails), f"{short}{office}"]
    if short == "共青团":
        names += [name for tail in tails for name in (f"团{tail}委{office}", f"共青团{tail}委{office}")]
    names += [name.replace("办公室", "办") for name in names if name.endswith("办公室")]
    return tuple(sorted(dict.fromkeys(names), key=lambda n: (-len(n), n)))


def _of_branch(name: str) -> set[str]:
    """公安局东湖区分局 -> 东湖区公安分局, 东湖公安分局, 公安分局."""
    match = _BRANCH.match(name)
    if not match:
        return set()
    kind, place, rank = match.group("kind", "place", "rank")
    return {f"{before}{kind}分局" for before in (place + rank, place, "")}


def _region_tails(region: str) -> set[str]:
    """青山市东湖区 -> 东湖区, 东湖, 区: what stands for the region in a short name."""
    parts = re.findall(r"[\u4e00-\u9fff]+?(?:自治[区州县旗]|省|市|州(?!市)|盟|示范区|开发区|新区|县|区|旗)", region)
    if not parts:
        return set()
    last = parts[-1]
    if autonomous := _AUTONOMOUS.match(last):
        place, rank = autonomous.group("place", "rank")
        return {region, last, place + rank, place, rank}
    stem = re.sub(
        r"(?:(?:壮族|回族|维吾尔)?自治区|产城融合示范区|高新技术产业开发区|经济技术开发区|示范区|开发区|高新区|新区|自治州|自治县|自治旗|省|市|县|区|旗|州|盟)$",
        "",
        last,
    )
    tails = {last, last[-1] if last[-1] in _LEVELS else "", region}
    if len(stem) > 1:
        tails.add(stem)
        if last.endswith("示范区"):
            tails.update((stem + "示范区", "示范区", stem.removesuffix("产城融合") + "示范区"))
    return {tail for tail in tails if tail}


def _shortened(name: str) -> set[str]:
    """Every way in which a usual short form, 政府 for 人民政府, 办 for 办公室 and 委 for 委员会 apply."""
    made = {name}
    for long, short in load_vocabulary().short_names:
        made |= {known.replace(long, short) for known in made if long in known}
    made |= {known.replace("人民政府", "政府") for known in made}
    made |= {known.replace("委员会", "委") for known in made if "委员会" in known}
    made |= {known.replace("办公室", "办") for known in made if known.endswith("办公室") and len(known) > 4}
    made |= {known.replace("管理中心", "中心") for known in made if known.endswith("管理中心")}
    made |= {re.sub(r"^(.*[市县区省])政府(?=[^办])", r"\1", known) for known in made}
    return made - {name}


def without_level(name: str) -> str:
    """A name without the word that makes it the office alone, not its units too: 财政局(本级), 财政局机关 -> 财政局."""
    return _LEVEL.sub("", name)
