"""Forms: two documents compared (和去年比多了哪些任务, 2016年和2017年的要点有什么不同), and which document or year it was
(哪些文件提到…, 哪一年开始…, 各年…). They are read first, and only where several documents are asked."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus import fold
from service.understanding.between import EVERY, Basis, Became, having, of_title
from service.understanding.draft import Draft, draft_of
from service.understanding.editions import kinds_of
from service.understanding.grammar import Form, Found, Sentence, apply_forms, letters
from service.understanding.lexicon import FACTS, endings, lexicon
from service.understanding.neighbours import in_copies
from service.understanding.reading import read
from service.understanding.tokens import Token
from service.understanding.vocabulary import Vocabulary

_MEANT = (
    "grown",
    "shrunk",
    "altered",
    "kept",
    "former",
    "latter",
    "begin",
    "annual",
    "yearly",
    "years",
    "file",
    "twoyears",
)
_AFTER = frozenset("le de which what howmany item be doc measure tone stop comma space or pause have in notof not mention lead support earliest when each everyunit unit dept yearno otheryear compare with".split())  # fmt: skip
_NOT_BEHIND = frozenset("mention concern text quote lightverb related".split())
_WORDS = frozenset("text lightverb change counted date doc measure join lightnoun soft".split())


def read_changes(sentence: Sentence, draft: Draft) -> Sentence:
    """The sentence with what these forms take; as it was where they read nothing."""
    if len(draft.vocabulary.documents) < 2:
        return sentence
    trial = Draft(draft.question, draft.vocabulary, basis=Basis())
    tried = Sentence(_as_meant(sentence.tokens))
    apply_forms(CHANGES, tried, trial)
    _named_elsewhere(trial, tried)
    if trial.basis:
        trial.basis.base = _base(tried)
    _whether_same(trial, tried)
    if not _is_comparison(trial, tried):
        trial = Draft(draft.question, draft.vocabulary)
        tried = Sentence(_as_meant(sentence.tokens))
        apply_forms(FILES, tried, trial)
        if not any(tried.taken):
            return sentence
    draft.basis, draft.ask, draft.asked = trial.basis, trial.ask, trial.asked
    draft.names_items |= bool(trial.basis or trial.asked or trial.ask.each)
    for at, token in enumerate(sentence.tokens):  # what was not read after all means what it meant before
        if tried.taken[at] is None:
            tried.tokens[at] = token
            tried.kinds[at] = letters()[token.kind]
    return tried


def _named_elsewhere(draft: Draft, sentence: Sentence) -> None:
    """两年的民生实事，哪些是新加的: what is said of the documents in another place."""
    if draft.basis and draft.basis.became:
        for at, token in enumerate(sentence.tokens):
            if sentence.taken[at] is not None or token.kind not in ("title", "yearno", "issuer"):
                continue
            if token.kind == "issuer":
                draft.basis.words.append(token.text)
            else:
                draft.basis.named.append(token)
            sentence.take(at, at + 1, "named")


def _base(sentence: Sentence) -> Token | None:
    """That with which the other is compared: 2023年比|2024年, 和|2024年|比."""
    tokens = sentence.tokens
    at = next((at for at, token in enumerate(tokens) if token.kind == "compare"), None)
    if at is None:
        return None
    named = [place for place in range(at) if tokens[place].kind in _NAMED]
    joined = bool(named) and any(token.kind == "with" for token in tokens[max(0, named[-1] - 1) : named[-1]])
    if not joined:
        after = next((token for token in tokens[at + 1 : at + 3] if token.kind in _NAMED), None)
        return after if named else None
    return tokens[named[-1]]


_NAMED = ("yearno", "title")


def _whether_same(draft: Draft, sentence: Sentence) -> None:
    """去年和今年的一样不一样: two are compared, and nothing else is asked."""
    basis, kinds = draft.basis, {token.kind for token in sentence.tokens}
    if basis is None or basis.became or "compare" not in kinds or kinds & _OPEN:
        return
    if len(basis.named) + bool(basis.shift) + basis.current > 1:
        basis.became += EVERY
        draft.asks(kind="changes")


_OPEN = frozenset("which what how howmany who when where".split())
_BESIDE = frozenset("then which what item measure tone adv have stop comma space all it howmany de be asking".split())


def became_alone(question: str, vocabulary: Vocabulary) -> Became:
    """那少了哪些呢, after two documents were compared: what is asked of them; nothing where more is said."""
    if len(vocabulary.documents) < 2:
        return ()
    draft = Draft(question, vocabulary, basis=Basis())
    sentence = Sentence(_as_meant(read(question, vocabulary)))
    apply_forms(CHANGES, sentence, draft)
    basis = draft.basis
    if not basis or basis.says or basis.current or any(token.kind not in _BESIDE for token in sentence.untaken()):
        return ()
    return tuple(dict.fromkeys(basis.became))


def _as_meant(tokens: list[Token]) -> list[Token]:
    """多 in 多了哪些, 变化 in 有什么变化, which else are words like others."""
    meant = {word: name for name in _MEANT for word in endings(name)}
    relative = {word: name for name in ("year", "otheryear") for word in lexicon().words(name)}
    made: list[Token] = []
    for at, token in enumerate(tokens):
        before, after = made[-1].kind if made else "", tokens[at + 1].kind if at + 1 < len(tokens) else "stop"
        if (kind := relative.get(token.text)) and token.kind in ("year", "otheryear", "yearno"):
            made.append(replace(token, kind=kind))
            continue
        kind = meant.get(token.text) if token.kind in _WORDS else None
        fits = kind in ("file", "annual", "yearly", "years", "twoyears", "former", "latter", "begin") or (
            before not in _NOT_BEHIND and after in _AFTER
        )
        made.append(replace(token, kind=kind) if kind and fits else token)
    return made


def _is_comparison(draft: Draft, sentence: Sentence) -> bool:
    basis = draft.basis
    if basis is None or not basis.became:
        return False
    said = {token.kind for token in sentence.tokens}
    if said & {"who", "when"} and "compare" not in said and set(basis.became) == {"changed"}:
        return False  # 某条例2024年是谁修订的
    if len(basis.named) > 1 or basis.shift or basis.former or basis.fields:
        return True
    if said & {"ref", "ids"} or sum(token.kind == "num" for token in sentence.tokens) > 1:
        return False  # 31和32有什么区别: two items
    if len(draft.vocabulary.documents) == 2:
        return True  # the two that were chosen
    if _asks_other(sentence):
        return False
    if any(token.kind == "title" and len(of_title(token)) > 1 for token in basis.named):
        return True  # 民生实事里哪些今年没了: of its years
    if basis.named and _is_alone(basis.named, draft.vocabulary):
        return False  # 某条例里责令改正还不改的: of one text that has no other edition
    if basis.named:
        return bool({"compare", "altered", "change", "grown", "shrunk"} & said)
    changed = bool({"le", "be", "twoyears", "altered"} & said) or _of_items(sentence)
    return basis.current and changed  # 今年新增了哪些, 今年新增的任务; not 今年减少哪些


def _of_items(sentence: Sentence) -> bool:
    """新增的|任务有哪些."""
    kinds = [token.kind for token in sentence.tokens if token.kind != "de"]
    return any(one in ("grown", "shrunk") and other == "item" for one, other in pairwise(kinds))


def _is_alone(named: Sequence[Token], vocabulary: Vocabulary) -> bool:
    """One title, of a document of which there is no other edition."""
    ids = {id for token in named if token.kind == "title" for id in of_title(token)}
    every = all(token.kind == "title" for token in named)
    return every and bool(ids) and not any(len(kind.editions) > 1 for kind in having(kinds_of(vocabulary), ids))


def _asks_other(sentence: Sentence) -> bool:
    """2024年取消了哪些收费: something in the items, not which of them."""
    kinds = [token.kind for token in sentence.tokens if token.kind != "measure"]
    return any(
        one in ("which", "what", "howmany") and other in ("text", "quote", *FACTS, "lightnoun", "counted")
        for one, other in pairwise(kinds)
    )


def _basis(found: Found) -> bool | None:
    draft = draft_of(found)
    basis, named = draft.basis, found.tokens("named")
    if basis is None or (named and not _begins_title(draft.typed(named), draft.vocabulary)):
        return False
    for token in found.tokens():
        match token.kind:
            case "yearno" | "title":
                basis.named.append(token)
            case "otheryear":
                basis.shift = _shift(token.text)
            case "year" | "twoyears":
                basis.current = True
            case "former":
                basis.former = True
            case "doc" | "item" | "text" | "issuer":
                basis.words.append(token.text)
    return None


def _begins_title(named: str, vocabulary: Vocabulary) -> bool:
    """东湖区 in 东湖区2024年工作要点; one of those who issued them."""
    folded = fold(named)
    return any(kind.title.startswith(folded) or kind.issuer.startswith(folded) for kind in kinds_of(vocabulary))


def _shift(word: str) -> int | None:
    """去年 -> -1."""
    years = {"lastyear": -1, "twoyearsago": -2, "nextyear": 1, "inyears": 2}
    return next((shift for name, shift in years.items() if word in endings(name)), None)


def _became(*kinds: str) -> Callable[[Found], bool | None]:
    def means(found: Found) -> bool | None:
        basis = draft_of(found).basis
        if basis is None:
            return False
        basis.became += kinds
        draft_of(found).asks(kind="changes")
        return None

    return means


def _unaltered(found: Found) -> bool | None:
    """哪些任务没有变; not 责令改正还不改, 拒不改."""
    before = [token.kind for token in found.sentence.tokens[: found.match.start()] if token.kind != "adv"]
    return False if before[-1:] in (["text"], ["lightverb"]) else _became("same")(found)


def _in_field(found: Found) -> bool | None:
    """哪些任务换了牵头部门, 时限变了的有哪些."""
    draft = draft_of(found)
    if draft.basis is None:
        return False
    draft.basis.fields += [_FIELDS[token.kind] for token in found.tokens() if token.kind in _FIELDS]
    return _became("changed")(found)


_FIELDS = {"lead": "lead", "support": "support", "finish": "due", "date": "due"}


def _one_not_other(found: Found) -> bool | None:
    """去年有今年没有的, 今年有而去年没有的."""
    basis = draft_of(found).basis
    (first, second) = (found.tokens(name)[0] for name in ("first", "second"))
    if basis is None or _place(first) == _place(second):
        return False
    return _of_them("gone" if _place(first) < _place(second) else "new")(found)


def _of_them(*kinds: str) -> Callable[[Found], bool | None]:
    """Of those that the form itself names."""

    def means(found: Found) -> bool | None:
        _basis(found)
        return _became(*kinds)(found)

    return means


def _place(token: Token) -> int:
    if token.kind == "yearno":
        return int(str(token.value))
    return {"otheryear": _shift(token.text) or -1, "former": -1}.get(token.kind, 0)


_ONE = "(twoyears|yearno|otheryear|year|former|latter|title)"
_KIND = "(de? (in|text|main|item|doc|file){1,3})?"
_FIELD = "(lead de? unit|support de? unit|finish|date)"
CHANGES = (
    Form("in one, not the other", f"first:{_ONE} {_KIND} in? have (comma|but|adv|both){{0,2}} second:{_ONE} {_KIND} in? (notof|except|shrunk) de?", _one_not_other, ("去年有今年没有的任务",)),
    Form("altered in a field", f"{_FIELD} (adv|be|have|both){{0,2}} (altered|change) (le|de)?|(altered|change) le? {_FIELD}", _in_field, ("和2023年比哪些任务换了牵头部门",)),
    Form("no longer in", f"(not|notof) adv{{0,2}} (mention|stop|have|say) (in|le)? {_ONE} {_KIND} in?", _of_them("gone"), ("2023年的哪些任务没有再列入2024年的",)),
    Form("not again", "(not|notof) adv{1,2} (mention|stop|have) (le|de){0,2} (?=(which|comma|stop|tone|be)|$)", _became("gone"), ("2023年的任务，到2024年哪些不再列入了",)),
    Form("in both", f"{_ONE} {_KIND} (with|comma|in){{0,2}} {_ONE} {_KIND} in? (both|adv|all){{1,2}} have le? de? (?!(which|what|howmany))", _of_them("same", "changed"), ("2023年和2024年都有的任务",)),
    Form("not altered", "(not|notof) (be|adv|have|le){0,2} (altered|change) le? de?|kept (le|de){0,2}", _unaltered, ("和去年比哪些没有变",)),
    Form("what changed", "(have|be)? (what|which|howmany|where) measure? ((soft|item)? have)? (altered|compare)|altered (le|de)? (have|be)? (what|which)|compare (be|have){1,2} (what|which) (?=(tone|stop)|$)", _became(*EVERY), ("跟去年比有什么变化",)),
    Form("grown", "(have|be|adv|both|in){0,2} grown (le|de){0,2} (?!(text|quote|num|lightnoun))", _became("new"), ("和去年比多了哪些任务",)),
    Form("shrunk", "(have|be|adv|both|in){0,2} (shrunk|except) (le|de){0,2} (?!(text|quote|num|lightnoun|dept))|notof le de? (?=(comma|stop|tone|be)|$)", _became("gone"), ("比去年少了哪些任务",)),
    Form("altered", "(have|be|adv|both|in){0,2} (altered|change) (le|de){1,2} (aspect|soft)?|by? (altered|change) (?=(which|what|ITEM|howmany))", _became("changed"), ("和去年比改了哪些",)),
    Form("compared with", f"(with|compare|in)? (named:((text|issuer){{1,3}}) de? (?=(yearno|otheryear|year|with)))? with? {_ONE} {_KIND} (compare|with|in|de|comma|but){{0,3}}", _basis, ("2024年和2023年的要点有什么不同",)),
    Form("compared", "(with|by)? compare (compare|in|with|comma|le){0,3}", _basis, ("两年的工作要点比一比有什么变化",)),
)  # fmt: skip


# Of documents, which


def _files(found: Found) -> bool | None:
    draft_of(found).asks(kind="documents", order=draft_of(found).ask.order if draft_of(found).asked else "every")
    return None


def _files_by_copy(found: Found) -> bool | None:
    """哪份没有提到罚款, 哪一部条数最多: not 哪项没有提到…."""
    return _files(found) if in_copies(found.of("measure")) else False


def _files_told(found: Found) -> bool | None:
    """没提到罚款的文件有哪些, …的条例是哪几部; not 最新的文件是哪份, nor 电商的办法有哪些."""
    told = {token.kind for token in found.sentence.tokens}
    copies = in_copies(found.of("measure"))
    documents = copies or not found.of("doc") or told & {"not", "notof"}
    return _files(found) if documents and not told & {"earliest", "latest", "newest"} else False


def _each_file(found: Found) -> bool | None:
    """两份方案各有多少条: of each document how many; not 各部门各有几项, 第一部分和第二部分各有几项, 复查的期限分别是多少."""
    others = {token.kind for token in found.sentence.tokens} & {"dept", "sec", "under", "unit", "everyunit", "section"}
    before = [one for one in found.sentence.tokens[: found.match.start()] if one.kind not in ("comma", "space")][-1:]
    figure = found.tokens()[-1].kind == "howmany" and found.of("be") and before and before[0].kind in _THINGS
    return False if others or figure else _files(found)


def _first_file(found: Found) -> bool | None:
    """最早是哪份文件提到的; 哪份最早提到, not 哪项最早提到. 哪份文件最早 asks of the documents themselves."""
    if not any(token.kind in _SAID_OF for token in found.sentence.tokens):
        return False
    copies = in_copies(found.of("measure"))
    if "copy" in found and not copies:
        return False
    draft_of(found).asks(kind="documents", order="last" if found.of("latest", "newest") else "first")
    return None


def _since(found: Found) -> bool | None:
    """哪一年开始提到…: not when something else begins."""
    if not any(token.kind in ("mention", "concern", "say", "have") for token in found.sentence.tokens):
        return False
    return _first_file(found)


def _said(found: Found) -> bool | None:
    """这几年: those of which there are documents, whatever is asked."""
    return None


def _most(found: Found) -> bool | None:
    draft = draft_of(found)
    if draft.ask.kind != "documents":
        return False
    draft.asks(order="least" if found.of("least") else "most")
    return None


def _each(found: Found) -> bool | None:
    counted = any(token.kind in ("howmany", "countnoun", "table", "rank") for token in found.sentence.tokens)
    if not (counted or found.of("accord")):
        return False  # 每年一次的汇总
    if counted:
        draft_of(found).ask = replace(draft_of(found).ask, each=True)
    return None


_THINGS = frozenset("text finish soft countnoun".split())
_SAID_OF = frozenset("mention concern say have begin text quote dept lead support join".split())
_FILE = "((which|what|howmany) measure? file|(which|what|howmany) measure doc)"
_FIRST = "(begin|earliest|latest|newest)"
FILES = (
    Form("which came first", f"(in|be|by|adv)? {_FIRST} (be|in|by|adv){{0,2}} {_FILE} in?|{_FILE} (be|adv|in)? {_FIRST}|{_FIRST} (mention|concern|say) (?=.{{1,12}}file)|copy:((which|what) measure (be|adv)? {_FIRST}) (?=(mention|concern|say|have))", _first_file, ("最早是哪份文件提到垃圾分类的",)),
    Form("since when", "(in|be|by)? when de? doc? (be|adv|in)? (begin|earliest|latest)|(begin|earliest|latest) (be|in|by|adv){0,2} when", _since, ("哪一年开始提到垃圾分类",)),
    Form("which files", f"(in|by|mention|have|be|total){{0,3}} {_FILE} (?!(be|adv|in)? {_FIRST}) (in|have|be|adv|each){{0,2}}|^(total|all)? (file|doc) (total|all)? (have|be) (which|what|howmany) measure? (?=(tone|stop)|$)", _files, ("哪些文件提到垃圾分类", "文件有哪些")),
    Form("all of them", "^(polite|show|asking|adv){0,3} all (file|doc) (?=(tone|stop)|$)", _files, ("列出所有文件",)),
    Form("which of them", "(which|howmany) num? measure (in|adv|both|all){0,2} (?=(not|notof|mention|concern|have|ITEM|countnoun|most|least))", _files_by_copy, ("哪份没有提到垃圾分类",)),
    Form("which documents", "which doc (in|adv|both|all){0,2} (?=(not|notof|mention|concern))", _files),
    Form("are which documents", "(?<=de) (file|doc) (total|all|have|be|adv){0,2} (which|howmany){1,2} measure? (?=(tone|stop)|$)", _files_told, ("没提到垃圾分类的文件有哪些",)),
    Form("how many of each", "each (be|have|total|in|adv){0,2} howmany measure? ITEM?", _each_file, ("两份文件各有多少条",)),
    Form("how many here and there", "(have|be|adv){0,2} howmany measure? (comma|pause|with|space|stop) (have|be|adv)? howmany measure?", _files),
    Form("most of a file", "(most|least) (?=(tone|stop|space|comma)|$)", _most),
    Form("in which years", f"(in|be|by)? (when|which years) {_KIND} (be|adv|in)? (mention|say) (le|adv|de){{0,3}}", _files, ("垃圾分类是哪年提的",)),
    Form("of late", "((it|this)? years|(it|this) annual) (in|de|all|comma|space)?", _said),
    Form("year by year", "(each|all) annual (in|de)?|accord annual rank?|yearly (in|de)?|each measure? (doc|file) (in|de){0,2}", _each, ("各年各部门牵头几项",)),
)  # fmt: skip
