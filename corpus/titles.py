"""What documents are called: short titles, each of one document alone, and the years that a document is of."""

import datetime
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from corpus.dates import day_in_name
from corpus.document import Document
from corpus.numbering import CHINESE, NUMBER, to_int
from corpus.regions import region_of
from corpus.script import fold

_ISSUED = re.compile(
    r"(?:印发|重新发布|[转批]发[^《》]{0,40}(?=《))(?:《(?P<quoted>.+)》|(?P<bare>[^《》].*?|.*《.*》.*?))的?(?:通知|函|公告|决定)?$"
)
_ABOUT = re.compile(r"^[^《》]{2,60}?(?=关于)")
_YEARS = re.compile(r"(?P<first>(?:19|20)\d\d)\s?(?:年?\s?(?:[-—–~－至到]{1,2})\s?(?P<last>(?:19|20)\d\d))?(?!\d)")
_OF_NUMBER = re.compile(r"[〔\[(【]\s?((?:19|20)\d\d)\s?[〕\])】]")
LONGEST = 30  # years that a title spans
INNER = str.maketrans("《》", "〈〉")  # marks of a title within a title

KINDS = "分解表|责任分解|任务分解|规定|办法|方案|预案|通报|指引|守则|意见|细则|条例|制度|规则|规程|清单|分工|要点|计划|措施|通知|公告|通告|标准|指南|规划|纲要|目录|章程|决定|决议|批复|报告|函|解释|流程|简介|须知|法"
ANY_FILE = "文件|文"
_KIND = re.compile(f"(?:{KINDS})$")
_GENERAL = re.compile(  # 工作要点, 管理办法: what many are called
    f"^(?:的|试行|暂行|若干|实施|工作|行动|管理|重点|任务|年度|总体|主要|指导|具体|贯彻|落实|有关)*(?:{KINDS})?$"
)
_OWN_YEARS = re.compile(r"(?:19|20)\d\d(?:(?:年)?[至到]?(?:19|20)\d\d)*年度?")
_TRIAL = re.compile(r"(?:试行|暂行|草案|修订|征求意见稿|送审稿|\d{4}年?(?:修订|修正))$")
_SEAT = re.compile(r"^[^省市县区]{2,5}(?=[省市县区][^省市县区]{2})")  # of 广州市财政局
_NEWEST = re.compile("(?:最?新修[订正改]|最新|现行(?:有效)?|新版)的?$")
_IN_WORDS = re.compile("的?(?P<words>[一-鿿]{2,8}?)(?=[里中](?![国央小心]))")
_SHORTEST_BODY = 4  # letters: 城发集团
_SHORT_BODY = re.compile("[一-鿿]{2,5}?(?:集团|公司|大学|学院|医院|中学|银行)")
_NOTICE = re.compile("^关于(?:印发)?|的?通知$")
_PLAN_LAST = re.compile(f"(?:的|年度|重点|主要|工作|任务|行动|实施|管理|落实|分工|分解)*(?:{KINDS})?$")
_KIND_OF_PLAN = 4  # letters at least: 工作要点
_BODY = re.compile("[厅局]|委(?![托派])|处(?![罚理置分])|科(?![技学])|部(?![门分署])|办(?![法理])")
_ABOVE = re.compile(r"^[^省市县区]{2,5}[省市](?=[^省市县区]{1,5}[市县区][^省市县区]{2})")  # 广州市|越秀区财政局
_PLACE = re.compile(r"^(?:[^省市县区州盟]|州(?=[市县区])){2,6}(?:[省市县区州盟]|自治[区州县])(?=\w{4})")  # 广州|市
_NAME_BEGINS = re.compile(r"[\s,;。?、和与跟及比较按在那对查问看下]")
_MEASURES = "件项条年"  # no name begins with one: 20|件民生实事清单
_BEFORE = re.compile(r"(?:^|(?<=[\s,;。?和与跟在看查问按照据请]))(?P<name>[一-鿿]{2,6}?(?:省|市|县|区|自治州|自治区))$")
LONGEST_PLACE = 8
_COUNTED = re.compile(r"\d+[件项条个](?!月)")
_LAND = re.compile(r"^(?:中华人民共和国|全国|国家|中共(?!中央))")
_LEVEL_LAST = re.compile("(?:省|市|(?:壮族|回族|维吾尔)?自治区)$")
_CONGRESS = "(?:人民代表大会|人大)(?:常务委员会|常委会?)?"
_APPROVED = re.compile(
    rf"(?:(?<=[经由并日])|(?<![一-鿿]))(?P<place>(?![经由并日])[一-鿿]{{2,6}}(?:省|自治区|市))第[^,。\n]{{1,6}}届{_CONGRESS}[^,。\n]{{1,16}}批准"
)
_POINTS_AT = re.compile(r"的?(?:[那这]|[两二三四五六七八九十\d]{1,2}(?=[个部份件]))")
_AND_OTHERS = re.compile(r"等(?:\d+|[一二三四五六七八九十]+)?个?(?:部门|部委|单位|厅局|委办局)")
_ENTERED = re.compile(
    r"[^\W\d_的这那个]{2,16}?(?:办法|条例|细则)(?=[里中](?![国央小心])|第|对|关于|是怎|怎|如何|有哪|规定)"
)
_HEADING_MARKER = re.compile(rf"^(?:{CHINESE}、|第{CHINESE}(?:大?部[分份]|[章编节])|\({CHINESE}\))\s*")
_LONGEST_COUNT = 9
MANY = 1000  # documents that 这几部 may be
_SO_MANY = re.compile(
    r"(?:(?P<count>[两二三四五六七八九十]|\d{1,2}|(?:[这那]|上述|以上)几)(?:个|部|份|件|项)(?:的?(?:[省市县区]|地方)(?=的))?"
    r"|各个?(?:地方|城市|[省市县区地])(?=的))"
)
_SO_MANY_BEFORE = re.compile(rf"(?<![第\d十百]){_SO_MANY.pattern}的?$")
_WHICH_PLACES = re.compile(r"哪(?:几|些|一)?个?(?:地方|城市|地市|[省市县区]{1,3})的$")
_FOREIGN = re.compile(
    r"(?:^|(?<=[\s,;。?、和与跟在看查问按照据依请把]))(?P<place>(?![按照依据])[一-鿿]{2,5}?(?:省|市|县|自治州|自治区))"
    r"[^\W\d_的]{2,20}?(?:条例|办法|规定|细则|规则)(?=里|中(?![国央小心])|第|对|关于|是怎|怎|如何|有哪|规定|[,，])"
)
_OF_LEVEL = re.compile(
    r"(?:^|(?<=[\s,;。?、和与跟及比按在对查问看的]))(?P<level>[省市])(?:级|里面?|内)?的?(?:[这那](?:[个部份件]))?的?$"
)
LEVELS = "省市县区"  # with which the name of a place ends, and that of a body begins
SHORTEST = 2  # letters of a name
LONGEST_BEGIN = 6  # letters of how one begins
SHORTEST_PART = 4  # of the end of one
_LAW = re.compile(
    rf"(?:^|(?<=[\s,;。?])|(?<=违反|按照|依照|根据|依据))(?!违反|按照|依照|根据|依据)[^\W\d_这那本该此其上的]{{1,24}}?(?:(?<![办做方看想说])法典?|条例|(?<=[^\W\d_]{{4}})(?:办法|规定|细则))(?=的?\s?第\s?{NUMBER}\s?条)"
)
_LAW_ENTERED = re.compile(
    r"(?:^|(?<=[\s,;。?]))[^\W\d_这那本该此其上的哪几各每]{2,24}?(?:法|条例|办法|规定|细则)(?=里|中(?![国央小心])|规定|对)"
)
_LIKE = re.compile(rf"关于[\w\s]{{2,40}}?的[^\W第里中]{{0,4}}(?:{KINDS})(?=里|中|第)")

Cut = Callable[[str], list[str]]


def short_title(title: str) -> str:
    """Without who issues it, and what is said of issuing it: 某局关于印发《某某办法》的通知 -> 某某办法."""
    title = " ".join(title.split())
    if found := _ISSUED.search(title):
        title = (found["quoted"] or found["bare"] or "").strip() or title
    return _ABOUT.sub("", title).translate(INNER)


def short_titles(documents: Sequence[Document]) -> dict[str, str]:
    """Of each document by its id; where several are called the same, with the year, the issuer or the id."""
    titles = {document.id: short_title(document.title) for document in documents}
    for more in (_year, _issuer, _id):
        times = Counter(map(title_key, titles.values()))
        for document in documents:
            said = more(document) if times[title_key(titles[document.id])] > 1 else ""
            if said and said not in titles[document.id]:
                titles[document.id] += f"（{said}）"
    return titles


def _year(document: Document) -> str:
    day = edition_day(document)
    return f"{day.year}年" if day else ""


def _issuer(document: Document) -> str:
    return document.issuer or ""


def _id(document: Document) -> str:
    return document.id


def title_key(title: str) -> str:
    """Its letters and digits alone, folded: how a title is typed but for marks and spaces."""
    return "".join(filter(str.isalnum, fold(title)))


def without_of(key: str) -> str:
    """关于某事的若干措施 -> 关于某事若干措施."""
    return key.replace("的", "")


def years_said(document: Document) -> tuple[range, ...]:
    """The years that stand in its title: 2025—2027年 is three."""
    found = [(int(one["first"]), int(one["last"] or one["first"])) for one in _YEARS.finditer(fold(document.title))]
    return tuple(range(first, (last if first <= last < first + LONGEST else first) + 1) for first, last in found)


def edition_day(document: Document) -> datetime.date | None:
    """By which its file is named, as a regulation's is by that of its edition, else its date."""
    return day_in_name(document.id) or document.date


def year_dated(document: Document) -> int | None:
    """That of its date, of its number, or of most of its deadlines."""
    if document.date:
        return document.date.year
    numbered = _OF_NUMBER.search(document.number or "")
    return int(fold(numbered[1])) if numbered else document.due_year


def newest_first(documents: Sequence[Document]) -> list[Document]:
    """By date, and by the last year in the title where there is none; undated last, then by id."""
    return sorted(documents, key=lambda document: (*_age(document), document.id))


def _age(document: Document) -> tuple[int, int]:
    years = [span[0] for span in years_said(document)] or ([year] if (year := year_dated(document)) else [])
    day = edition_day(document) or (datetime.date(max(years), 1, 1) if years else None)
    return (0, -day.toordinal()) if day else (1, 0)


def title_names(document: Document, short: str, cut: Cut) -> set[str]:
    """Keys of what it is also called: without the year, the place, the issuer, 试行 and the like, and ends of these."""
    key, issuer = title_key(short), title_key(document.issuer or "")
    names = {key, _TRIAL.sub("", key), _OWN_YEARS.sub("", key)}
    names |= {name.removeprefix("关于") for name in names} | {name.removeprefix(issuer) for name in names if issuer}
    names |= {_LAND.sub("", name) for name in names}
    if (place := place_of(short)) and (bare := bare_places(short)[-1]) != place:  # 聊城物业管理条例
        names |= {bare + name.removeprefix(place) for name in names if name.startswith(place)}
    names |= {_COUNTED.sub("", _PLACE.sub("", _OWN_YEARS.sub("", name))) for name in names}
    names |= {_TRIAL.sub("", _OWN_YEARS.sub("", name)) for name in names}
    names |= {end for name in tuple(names) for end in _ends(name, cut)}
    names |= {re.sub(f"的(?=.{{0,6}}(?:{KINDS})$)", "", name) for name in names}
    return {name for name in names if len(name) >= SHORTEST and name[0] not in _MEASURES and not is_general(name)}


def _ends(name: str, cut: Cut) -> Iterator[str]:
    """企业职工带薪年休假实施办法 -> 年休假实施办法."""
    left = name
    for word in cut(name) if _KIND.search(name) else ():
        left = left[len(word) :]
        if len(left) >= SHORTEST_PART:
            yield left


def _begins(name: str, cut: Cut) -> Iterator[str]:
    """数字广东建设工作要点 -> 数字广东, 数字广东建设: no longer than what is not said of many."""
    begun, place = "", place_of(name) or ""
    for word in cut(name):
        begun += word
        if SHORTEST_PART <= len(begun) <= LONGEST_BEGIN and begun != name and not place.startswith(begun):
            yield begun


def is_general(name: str) -> bool:
    """工作要点, 管理办法: what many are called."""
    return _GENERAL.match(name) is not None


def find_titles(folded: str) -> list[tuple[int, int]]:
    """[start, end) of what is written as titles are, though without marks: 关于某事的意见里."""
    return [found.span() for found in _LIKE.finditer(folded)]


def find_laws(folded: str) -> list[tuple[int, int]]:
    """[start, end) of what is written as laws are: 渔业法第三条."""
    return [found.span() for found in _LAW.finditer(folded)]


def laws_entered(folded: str) -> list[tuple[int, int]]:
    """[start, end) of what may be a law, in which something is said to be: 反间谍法里, 渔业法规定."""
    return [found.span() for found in _LAW_ENTERED.finditer(folded)]


def document_entered(folded: str, at: int) -> int | None:
    """云州市|医疗救助办法|里: where what is called a document, and in which something is said to be, ends."""
    found = _ENTERED.match(folded, at)
    return found.end() if found else None


def bare_heading(title: str) -> str:
    """第六章 附则 -> 附则."""
    marked = _HEADING_MARKER.match(fold(title))
    return title[marked.end() if marked else 0 :].strip()


def without_kind(title: str) -> str:
    """养犬管理规定 -> 养犬管理."""
    return _KIND.sub("", title)


def bare_names(names: Iterable[str], cut: Cut) -> set[str]:
    """Titles without the word for their kind, and how they begin, as people say them where a year or a number says that a
    document is meant: 去年的民生实事, 民生实事第9件, 今年数字广东里."""
    bare = {_KIND.sub("", name) for name in names if _KIND.search(name)} | {
        name for name in names if not _KIND.search(name)
    }
    bare |= {begin for name in names for begin in _begins(_OWN_YEARS.sub("", name), cut)}
    return {name for name in bare if len(name) >= SHORTEST_PART and not is_general(name)}


def place_before(folded: str) -> str | None:
    """The place with which a text ends, where a phrase begins with it: 查一下四川省."""
    found = _BEFORE.search(folded, max(0, len(folded) - LONGEST_PLACE))
    return found["name"] if found else None


def place_of(title: str) -> str | None:
    """巴彦淖尔市… -> 巴彦淖尔市."""
    found = _PLACE.match(_OWN_YEARS.sub("", title_key(title)).removeprefix("转载"))
    return found[0] if found else None


def bare_places(title: str) -> tuple[str, ...]:
    """巴彦淖尔市… -> 巴彦淖尔市, 巴彦淖尔; 北京历史文化名城… -> 北京市, 北京."""
    place = place_of(title)
    if place is None:
        region = region_of(title_key(title))
        return (region, region + "市") if region else ()
    bare = place.removesuffix("自治区" if place.endswith("自治区") else place[-1])
    return (place, bare) if len(bare) > 1 else (place,)


def approving_places(document: Document) -> tuple[str, ...]:
    """Of which place the people's congress approved it, 山东省, 山东: what the head of a city's regulation says."""
    places = (match["place"] for match in _APPROVED.finditer(fold(document.head_text)))
    return tuple(dict.fromkeys(name for place in places for name in (place, _LEVEL_LAST.sub("", place))))


def points_at_some(folded: str, at: int) -> bool:
    """东岭省|的两部条例, 东岭|那个条例: documents are meant."""
    return _POINTS_AT.match(folded, at) is not None


def and_others(folded: str, at: int) -> int:
    """某部|等七部门: where this ends, or where it would begin."""
    found = _AND_OTHERS.match(folded, at)
    return found.end() if found else at


def counted_in_title(typed: str) -> tuple[range, str]:
    """两部|信访条例, 这几部|信访条例, 三个市的|信访条例: how many may be meant, none where it is not said, and what each is
    called."""
    found = _SO_MANY.match(typed)
    if found is None:
        return range(0), typed
    count = to_int(found["count"] or "")
    return range(count, count + 1) if count else range(2, MANY), typed[found.end() :].removeprefix("的")


def count_before(folded: str, start: int) -> int:
    """Where 两部 before a title begins, or the title."""
    found = _SO_MANY_BEFORE.search(folded, max(0, start - _LONGEST_COUNT), start)
    return found.start() if found else start


def newest_before(folded: str, start: int) -> int:
    """新修订的|某法, 现行的|某法: where that begins, or the title."""
    found = _NEWEST.search(folded, max(0, start - _LONGEST_COUNT), start)
    return found.start() if found else start


def words_of_title(folded: str, at: int) -> tuple[int, int] | None:
    """2025年|重点工作|里: what stands there, in which something is said to be."""
    found = _IN_WORDS.match(folded, at)
    return found.span("words") if found else None


def bodies_shortened(folded: str) -> list[tuple[int, int]]:
    """[start, end) of names such as 城发集团, which some body may be called for short; of one place the longest first."""
    return [
        (start, found.end())
        for found in _SHORT_BODY.finditer(folded)
        for start in range(found.start(), found.end() - _SHORTEST_BODY + 1)
    ]


def which_places_before(folded: str, at: int) -> int:
    """哪几个地方的|燃气条例: where that begins, or the title."""
    found = _WHICH_PLACES.search(folded, max(0, at - _LONGEST_COUNT), at)
    return found.start() if found else at


def foreign_titles(folded: str) -> list[tuple[int, int, str]]:
    """[start, end) of what is written as regulations of a place are, of which something is said, and the place."""
    return [(*found.span(), found["place"]) for found in _FOREIGN.finditer(folded)]


def level_before(folded: str, start: int) -> tuple[int, str]:
    """省|信访条例, 省里那个|信访条例: where that begins, and the level of the place, empty where none is said."""
    found = _OF_LEVEL.search(folded, max(0, start - _LONGEST_COUNT), start)
    return (found.start(), found["level"]) if found else (start, "")


def begins_name(folded: str, at: int) -> bool:
    """那|北京的呢, 淄博和|潍坊, 其中|温州的: a name may begin there, behind a mark or a small word."""
    return at == 0 or folded.endswith("其中", 0, at) or _NAME_BEGINS.match(folded[at - 1]) is not None


_NOT_ASKED = re.compile(r"(?:[《“\"「『]|违反|违背|提到|提及|涉及|[新旧老]的?|[本我全][省市县区]的?)$")


def is_asked_of(before: str) -> bool:
    """A title behind this is that of what is asked: 在|…, 今年的|…; not 违反|…, 新的|…, of which the rest would be a topic."""
    return _NOT_ASKED.search(before) is None


def is_level(name: str) -> bool:
    """省里, 我市, 全县: some place of this level, whose it does not say."""
    return re.fullmatch("[我全本]?[省市县区州]里?|[我全本]?自治区里?", name) is not None


def place_names(document: Document) -> Iterator[str]:
    """What the place in its title is called: 巴彦淖尔市, 巴彦淖尔, 市里, 我市, and where nobody signs it the government
    there."""
    if place := place_of(document.title):
        level = "自治区" if place.endswith("自治区") else place[-1]
        yield from (
            *bare_places(document.title),
            place[-1] + "里",
            *(f"{one}{level}" for one in ("", "我", "全", "本")),
        )
        yield from () if document.issuer else (f"{place}政府", f"{place}人民政府")


def without_body(title: str, issuer: str) -> str:
    """全区市场监管|工作要点: without words of the place and the body that issued it, and without 关于…的通知; folded, letters
    alone."""
    at, letters = 0, {*issuer, *"全本的"}
    name = _NOTICE.sub("", "".join(filter(str.isalnum, title)))
    while len(name) - at > _KIND_OF_PLAN and name[at] in letters:
        at += 1
    return name[at:]


def without_plan(name: str) -> str:
    """招生|工作方案: without the words for what kind of plan it is."""
    return _PLAN_LAST.sub("", name)


def goes_on_as_body(folded: str, at: int) -> bool:
    """交通运输|厅: what ends there is the beginning of the name of a body."""
    return _BODY.match(folded, at) is not None


def issuer_names(issuer: str) -> set[str]:
    """浙江省人民政府办公厅 -> 省政府办公厅, too; 广州市财政局 -> 市财政局; 广州市越秀区财政局 -> 越秀区财政局, 区财政局; 中共广州市委组织部
    -> 市委组织部."""
    local = _LAND.sub("", issuer)
    own = _ABOVE.sub("", local)
    names = {issuer, local, own, _SEAT.sub("", local), _SEAT.sub("", own)}
    return {name for one in names for name in (one, one.replace("人民政府", "政府")) if len(name) > 2}
