"""Forms: what is asked. Tables and ranks first, then who, how many, what it says, and how it is to be shown."""

import re
from collections.abc import Callable

import numpy as np

from corpus import NUMBER, fold, to_int
from service.understanding.draft import draft_of
from service.understanding.form_departments import ROLE_WORDS, role_of
from service.understanding.grammar import Form, Found, passed
from service.understanding.lexicon import endings
from service.understanding.places import Numbered
from service.understanding.plan import AskKind, Layout, Order

Means = Callable[[Found], bool | None]


def _tally(found: Found) -> bool | None:
    """How often each department has a role, and who most."""
    if "who" not in found and "role" not in found:
        return False
    order: Order = "least" if found.of("least") else "most"
    draft_of(found).asks(kind="tally", role=role_of(found.tokens("role")), order=order, exactly=None)
    return None


def _how_many(found: Found) -> bool | None:
    """牵头的部门有多少个: their number and names; of an item it asks who."""
    if draft_of(found).has(Numbered):
        return False
    draft_of(found).asks(kind="tally", role=role_of(found.tokens("role")), order="every", exactly=None)
    return None


def _how_done(found: Found) -> bool | None:
    """垃圾怎么投放: of what speaks of it what says so."""
    draft = draft_of(found)
    draft.way = draft.way or "".join(token.text for token in found.tokens("way") if len(token.text) > 1)
    return None


def _ranking(found: Found) -> bool | None:
    """牵头最多的前三名."""
    if _tally(found) is False:
        return False
    counted = (re.search(NUMBER, token.text) for token in found.of("rank"))
    top = next((to_int(one[0]) for one in counted if one), None)
    draft_of(found).asks(top=top)
    return None


def _or_not(found: Found) -> bool | None:
    """有…没有: the end of a question, no denial."""
    before = found.sentence.tokens[: found.match.start()]
    return None if any(token.kind in ("have", "le") for token in before) else False


def _never(found: Found) -> bool | None:
    draft_of(found).asks(kind="tally", role=role_of(found.tokens("role")), order="none")
    return None


def _exactly(found: Found) -> bool | None:
    (count,) = found.of("num", part="count")
    draft_of(found).asks(kind="tally", role=role_of(found.tokens("role")), exactly=int(str(count.value)))
    return None


def _sections(found: Found) -> bool | None:
    draft = draft_of(found)
    if not draft.vocabulary.has_sections or draft.sections:
        return False
    order: Order = "least" if found.of("least") else "most"
    draft.asks(kind="sections", order=order, exactly=1 if found.of("most", "least") else None)
    return None


def _who(found: Found) -> bool | None:
    """Who leads, supports, takes part: item by item. Two questions of who ask for both roles."""
    draft = draft_of(found)
    said = [*found.tokens("role"), *found.tokens("other")]
    roles = {role_of([token]) for token in said}
    together = bool(found.of("joint")) and not any(token.kind in ROLE_WORDS for token in found.tokens("role"))
    role = "any" if together else roles.pop() if len(roles) == 1 else "any" if roles else "lead"  # 谁一起做
    if role == "responsible":  # 负责牵头
        role = role_of([token for token in found.sentence.tokens if token.kind == "lead"] or said)
    if draft.ask.kind == "who" and draft.ask.role != role:
        role = "any"
    draft.asks(kind="who", role=role, number=bool(found.of("howmany", "some")))
    return None


def _its_departments(found: Found) -> bool | None:
    """第31项的|牵头部门; 讲到排水|主管部门, which some item writes so, names a body."""
    tokens, first = found.sentence.tokens, found.match.start()
    named = tokens[first - 1 : first] + found.tokens()
    written = first and named[0].kind == "text" and named[0].end == named[1].start
    return False if written and draft_of(found).vocabulary.stands(draft_of(found).typed(named)) else _departments(found)


def _departments(found: Found) -> bool | None:
    """涉及哪些部门: whoever takes part, where no role is said."""
    draft = draft_of(found)
    if "role" in found or "other" in found:
        return _who(found)
    draft.asks(kind="who", role="any")
    return None


def _count(found: Found) -> bool | None:
    draft = draft_of(found)
    if draft.ask.kind in ("items", "content"):
        draft.asks(kind="count")
    draft.names_items = draft.names_items or bool(found.of("measure", "total", "countnoun"))
    return None


def _content(found: Found) -> bool | None:
    draft = draft_of(found)
    draft.asks(kind="content" if draft.ask.kind == "items" else draft.ask.kind, text=True)
    return None


def _compare(found: Found) -> bool | None:
    draft = draft_of(found)
    if not draft.has(Numbered):
        return False
    draft.asks(kind="compare")
    return None


def _beside(found: Found) -> bool | None:
    """…各怎么规定，对比一下: what several documents say stands side by side."""
    return None if len(draft_of(found).vocabulary.documents) > 1 else False


def _penalised(found: Found) -> bool | None:
    """怎么罚, 会受到什么处罚, 承担什么责任; not 怎么申报, 有什么责任."""
    suffered = found.tokens("suffered")
    before = found.sentence.tokens[: found.match.start()]
    if any(token.kind == "which" for token in before) and not any(token.kind == "text" for token in before):
        return False  # 哪些条例规定了怎么处罚: 处罚 itself is the topic
    words = (*endings("penal"), *(endings("liable") if suffered else ()))
    said = "".join(token.text for token in found.tokens("penal"))
    if not said.endswith(words) or any(one.text not in endings("suffered") for one in suffered):
        return False
    draft_of(found).penal = True
    return None


def _numbers(found: Found) -> bool | None:
    """31和32分别讲什么: numbers by themselves, where an item has each."""
    draft = draft_of(found)
    said = found.of("num", part="listed" if "listed" in found else 0)
    numbers = tuple(dict.fromkeys(int(str(token.value)) for token in said))
    every, number = draft.vocabulary.every_item, draft.vocabulary.index.columns.number
    items = [item for item in every.at(every.rows[np.isin(number[every.rows], numbers)]) if not item.steps[-1].suffix]
    if draft.has(Numbered) or {item.number for item in items} != set(numbers):
        return False
    draft.add(Numbered(items, numbers), *found.match.span())
    return None


def _article(found: Found) -> bool | None:
    """某条例|52条，哪些钱…: what an item is called; not 三项, 52件."""
    (number,), (measure,) = found.of("num"), found.of("measure")
    every, numbers = draft_of(found).vocabulary.every_item, draft_of(found).vocabulary.index.columns.number
    named = every.at(every.rows[numbers[every.rows] == int(str(number.value))])[:1]
    called = any(item.label.endswith(measure.text) for item in named)
    return _numbers(found) if called and fold(number.text).isdecimal() else False


def _related(found: Found) -> bool | None:
    """电商相关条目, but not 与电商相关的任务."""
    return False if any(token.kind == "with" for token in found.sentence.tokens[: found.match.start()]) else None


def asks(kind: AskKind) -> Means:
    def means(found: Found) -> bool | None:
        draft = draft_of(found)
        if kind == "place" and not draft.vocabulary.has_sections:
            return False
        draft.asks(kind=kind)
        return None

    return means


def _layout(layout: Layout) -> Means:
    def means(found: Found) -> bool | None:
        draft = draft_of(found)
        if layout == "section" and not draft.vocabulary.has_sections:
            return False
        draft.layout = draft.layout or layout
        draft.names_items = True
        if layout == "department":
            draft.asks(kind="items", role=role_of(found.tokens("role")) if "role" in found else "lead")
        return None

    return means


_COUNTED = "(HOWMANY ITEM?|countnoun)"
TABLES = (
    Form("of those that have", "role:(ROLE) le? ITEM? de? unit in{1,2} comma? (?=(which|who|what|each))", passed, ("牵头过任务的部门里，哪些牵头最少",)),
    Form("so often", "WHO only? role:(ROLE) le? count:(num) measure ITEM?", _exactly, ("哪些部门只牵头一项任务",)),
    Form("so often, turned", "only? role:(ROLE) le? count:(num) measure ITEM? de be? (WHO|unit) (have|be)? ((which|howmany) measure?|who)?", _exactly, ("牵头两项任务的部门",)),
    Form("never", "(have? (which|howmany|what) measure? unit|who) (num measure ITEM?)? (adv|both|all){0,3} (not|notof) role:(ROLE) le? de? whole? ITEM?", _never, ("哪些部门没有牵头任务",)),
    Form("a section has most", "(which|what) measure? section (in|de|have){0,2} (ITEM|countnoun)? (have|adv|countnoun|de){0,3} (most|least)", _sections, ("哪一部分任务最少",)),
    Form("ranking", "(EACHUNIT|accord)? role:(ROLE) (le|de|unit){0,2} ITEM? de? countnoun? (comma|in|de|adv|most){0,3} rank (comma|in|de|adv|be|rank|unit|which|who|what|measure|num){0,9}", _ranking, ("各部门牵头任务数排名", "牵头数量排在前三名的部门是哪些")),
    Form("most", "who:(WHO|which measure?|unit)? (in|have|FILL|de|as|does){0,3} role:(ROLE)? (le|de|unit){0,2} (ITEM|countnoun)? de? countnoun? (have|be|FILL|de){0,3} (most|least) de? be? (WHO|unit)? (be|have)? (WHO|(which|what) measure? unit?)?", _tally, ("哪个部门牵头最多",)),
    Form("departments in a role, how many", "as? role:(ROLE) le? ITEM? de? unit (FILL|have|be|each){0,3} howmany measure? unit?", _how_many, ("牵头的部门一共有多少个",)),
    Form("never, turned", "(have|whether)? ((which|what) measure? unit|who) (num measure)? role:(ROLE) (le|de){0,2} ITEM? (adv|both|all){1,2} (not|notof) have? (comma only (does|be)? (ROLE))?", _never, ("哪个部门一项牵头任务都没有",)),
    Form("each department, how often", f"who:(EACHUNIT|WHO|which measure? (?!howmany)) (each|de|adv|have){{0,3}} role:(ROLE)? (le|de){{0,2}} ITEM? de? (have|be|each|adv|de|countnoun){{0,3}} {_COUNTED}", _tally, ("各部门分别牵头多少项任务",)),
    Form("so many departments", "have? howmany measure? unit (adv|join (?=ROLE)|FILL){0,3} role:(ROLE) le? de? ITEM?", _how_many, ("有多少个部门牵头",)),
    Form("each section, how many", "(each|howmany|num|all){1,2} measure? section de? (each|have|adv|mention|in){0,4} (HOWMANY ITEM?|ITEM? countnoun)", _sections, ("每个部分有几项任务",)),
)  # fmt: skip

LAYOUTS = (
    Form("by section", "accord section (group|show|table|de|make)?", _layout("section"), ("按部分列出",)),
    Form("by department", "(accord role:(ROLE)? de? unit (group|show|table|de|make)?|unit group)", _layout("department"), ("按部门分组列出所有任务",)),
    Form("each department's", "EACHUNIT (each|de|have|adv){0,3} role:(ROLE)? (le|de)? (which|what|have)? measure? (ITEM|(?=which)) table?", _layout("department"), ("每个部门各牵头哪几项",)),
    Form("in groups", "(show|make|accord unit|each unit) group (show|make)?|group show|ITEM group (?=(tone|stop)|$)", _layout("department"), ("把所有任务分组",)),
    Form("as a table", "(show|make|polite|num|measure|accord|in|de|export|ITEM|doc){0,6} table", _layout("table"), ("帮我列个表", "任务清单")),
    Form("as a file", "(make|in)? export (make|in|le|be)? (export|table|doc)?", _layout("table"), ("导出成excel",)),
)  # fmt: skip

_WHOUNIT = "(WHO|(which|what|howmany) measure? unit?|unit (?=be))"
WHO = (
    Form("how many are in the role", "have? some unit? role:(ROLE) de? unit? (?=(tone|stop|$))", _who, ("第5项有几家单位牵头",)),
    Form("roles of two kinds", "role:(ROLE) unit? (with|comma|pause|or) other:(ROLE) de? unit? (adv|each|both|all){0,2} (be|have|by)? (WHO|(which|what) measure?)?", _who, ("第5项的牵头和协作部门",)),
    Form("how many departments are", "have? howmany measure? role:(ROLE) de? unit", _who, ("第7项有几个配合部门",)),
    Form("who else", "except (ROLE) de? unit? outside? (comma|adv|both|have|others){0,3} WHO role:(ROLE) de? unit?", _who, ("第5项除了牵头部门还有谁配合",)),
    Form("who does it", "(by|be|each|modal|find|adv|FILL){0,4} WHO (FILL|joint|each|in|by|measure|asking|it){0,4} role:(ROLE|does|manage) ROLE? (?!(soft|aspect)) de? unit? ((lightverb|lightnoun) (?=(tone|stop|$)))?", _who, ("由谁牵头", "归哪个部门管")),
    Form("the department is", "(be|each)? role:(ROLE) de? unit (adv|each|both|all|total){0,3} (be|have|in|by|concern){0,2} le? (WHO|(which|what|howmany) measure? unit?)", _who, ("牵头部门是谁", "协作部门有哪些")),
    Form("those in the role are", "role:(ROLE) de (adv|each|both|all){0,3} (be|have) (adv|both|all|have){0,2} (WHO|(which|what|howmany) measure? unit)", _who, ("牵头的都有谁",)),
    Form("which departments", "(adv|each|both|all|total|be){0,3} (concern|have|mention|related) le? de? (which|what|howmany) measure? role:(ROLE)? de? unit ((modal|adv){0,2} other:(ROLE))?", _departments, ("第37项涉及哪些部门",)),
    Form("whose", "(by|find) WHO (contact|de ITEM|(?!issue))", _who, ("归谁",)),
    Form("its departments", "de? (role:(ROLE)|related|concern) de? unit (adv|be|have)? (be|have)? (?=(stop|comma|tone|space|then)|$)", _its_departments, ("第31项的牵头部门",)),
    Form("who bare", "role:(ROLE) unit? be? WHO", _who),
)  # fmt: skip

PENALTY = (
    Form("how it is punished", "(each|adv|both|modal|be|by|asking|have){0,3} suffered:(text|does)? (how|(what|which) measure?) (modal|be|by|asking){0,2} penal:((text|soft|lead){1,2}) (le|de|asking){0,2} (?=(comma|tone|stop|space|gap)|$)", _penalised),
    Form("whether it is punished", "(whether (be|by|asking){0,2}|modal (be|by|asking){1,2}) penal:(text) (?=(tone|stop)|$)", _penalised, ("停车会不会被处罚",)),
)  # fmt: skip


def of_items(found: Found) -> bool | None:
    draft_of(found).names_items = True
    return None


CONTENT = (
    Form("compare", "compare", _compare, ("31和32有什么区别",)),
    Form("side by side", "(comma|space) (polite|with|make|it){0,2} compare (show|le|in|num|measure){0,3} (?=(stop|tone)|$)", _beside),
    Form("summarise", "summary", asks("summary"), ("总结一下第三部分",)),
    Form("in which section", "(by|be|in|adv){1,3} (which|what) measure? section (in|de){0,2}", asks("place"), ("第29条属于哪一部分",)),
    Form("related items", "(?<!(not|notof|adv)) related de? (ITEM|SOFT)", _related, ("电商相关条目",)),
    Form("what it is called", "(?<=text) this measure? (soft|aspect|lightnoun|text) (?=(comma|space))", passed, ("电商这个提法，哪条写了",)),
    Form("of what kind it is", "(?<=quote) this measure? (text|lightnoun|SOFT|item)", passed, ("“领跑者”这个指标由谁牵头",)),
    Form("which ask for", "(which|what) measure? ITEM? (modal|SOFT|say) le? lightverb?", passed),
    Form("items that are to", "ITEM modal{1,2} lightverb (?=(text|quote))", passed),
    Form("what kind of thing", "(de|which|what|have|how) measure? support? SOFT (be? (what|how|which))?", passed),
    Form("what is to be done", "(year|yearno|modal|main|adv){1,4} does (le|adv|asking)? what", of_items, ("今年要做什么",)),
    Form("how each of it is done", "(?<=(text|quote|lightnoun|soft|item|de|unit|counted)) (each|adv|both|modal){0,2} (be|modal|by)? how (way:(text|sure)|lightverb|does|say) de? (?=(comma|tone|stop|space)|$)", _how_done, ("造假各是怎么处理的",)),
    Form("how it is done", "de? how modal? (lightverb|does|say|issue|SOFT)? de? (?=(tone|stop|space)|$)", passed),
    Form("what it says", "(main|adv|each|all|both){0,3} (say|how say) (le|de|be){0,2} (le|adv)? what (SOFT|measure|de)?", _content, ("第25条讲什么",)),
    Form("what it says of them", "(say be?|be) which measure? (text|lightnoun|SOFT|item){1,4} (?=(stop|tone|$))", _content, ("第25条说的是哪个领域",)),
    Form("its content", "de? (main|adv)? SOFT be (what|which measure?)", _content),
    Form("how many", "(total|have|all){0,4} (howmany measure?+ (?!(counted|text|lightnoun|FACT|comma|stop|tone|space|$))|(total|have|de|ITEM|all|divide){1,4} be? howmany measure?+ (?!(counted|text|lightnoun|FACT))|howmany measure (?!(text|counted|lightnoun|FACT|quote))|countnoun (be howmany measure?)?) (have|be)? ITEM? (howmany measure?)?", _count, ("一共有多少项任务",)),
    Form("how many, at the end", "gap (have|each|adv){0,2} howmany (?=(tone|comma|stop|$))", _count, ("教育局牵头多少",)),
    Form("shown to them", "asking text{1,3} show", passed),
    Form("or not", "notof tone? (?=(stop|$))", _or_not),
    Form("in all", "total (?=(stop|tone|space)|$|have (?!(which|what)))", _count),
)  # fmt: skip

NUMBERS = (
    Form("numbers by themselves", "listed:(num (space? (with|comma|pause|space) space? num){1,20}+) (this? (num|all)? measure de? SOFT?)? (?=(stop|comma|each|be|say|have|de|compare|with|by|in|space|adv)|$)", _numbers, ("31和32分别讲什么",)),
    Form("a number of an item", "(?<!(this|it|then|which|have|text|quote|notof)) num measure (?=(polite|adv|by|each){0,2} WHO)", _numbers, ("请问25项谁牵头",)),
    Form("a number without 第", "((?<=(comma|stop|in|title|gap))|^) num measure (?=(show le|say (le|de|be)|say (what|how)))", _numbers, ("19条说的是什么",)),
    Form("an article's number", "^num measure (?=(comma|space|in|stop)|$)", _article, ("25项，讲什么",)),
    Form("an item's number", "item num", _numbers, ("What does item 25 say",)),
)  # fmt: skip
