"""Forms: questions about the document itself. They hold only where the rest of the question says nothing but what the
document's head says (2021年某某工作要点何时印发; 总体要求里以什么为中心)."""

from dataclasses import replace

from service.understanding.draft import Draft, draft_of
from service.understanding.form_asks import Means
from service.understanding.grammar import Form, Found, Sentence, pattern_of
from service.understanding.lexicon import FACTS, endings
from service.understanding.neighbours import in_copies
from service.understanding.plan import Part
from service.understanding.tokens import Token

_FILLING = frozenset(
    "which what who howmany how when where whether item soft aspect this divide named everyunit measure doc notice main section unit countnoun heading call take"
    " with or but both by be as have de le in adv modal year yearno polite tone show asking all total each say it then body maintext tone"
    " issuer next sendto issue date object comma pause stop space mention concern comply find does meaning title table greet thanks num joint".split()
)


def _about(part: Part) -> Means:
    def means(found: Found) -> bool | None:
        draft_of(found).asks(kind="about", part=part)
        return None

    return means


def _first(found: Found) -> bool | None:
    """哪份发得最早, 最新的文件是哪份; not 哪项最早完成."""
    said = found.of("doc", "notice", "issue")
    copies = in_copies(found.of("measure"))
    of_some = any(token.kind in ("issuer", "dept") for token in found.sentence.tokens)  # 教育部最早印发的: not of all
    if of_some or not (said or copies):
        return False
    draft_of(found).asks(kind="about", part="date", order="last" if found.of("latest", "newest") else "first")
    return None


_DOC = "((doc|notice|it|item) de?)"
_ONE_DOC = "(which|what|howmany) measure? doc?"
_FIRST = "(earliest|latest|newest)"
_WHOM = "(who|where|(which|what|howmany) measure? (unit|body|SOFT))"
DOCUMENT = (
    Form("who issued this", "issue le? (this|notice|doc|item|num|measure|de|asking){1,5} be (who|(which|what) measure? (unit|body))", _about("issuer"), ("印发这份文件的是哪个部门",)),
    Form("issued by them", "be? issuer issue le? de?", _about("issuer")),
    Form("who is to comply", f"{_WHOM} modal? comply", _about("addressees"), ("哪些单位要执行这份文件",)),
    Form("departments in it", "(doc|notice) in? (mention|concern|named) le? de? unit", _about("departments"), ("文件里提到的部门",)),
    Form("what units are to do", "notice SOFT (each|all)? (unit|body|everyunit)? (does|how|lightverb) (what|does)?", _about("notice"), ("这个通知要求各单位做什么",)),
    Form("the notice itself", "notice de? doc be what", _about("notice")),
    Form("what it demands", "(doc|notice) (in|with|text|body|unit|sendto|mention|item|issue|have|say|asking|adv|le){0,6} (what|which) measure? SOFT", _about("notice"), ("这份通知有什么要求",)),
    Form("the year it is of", "when yearno? de (?=(doc|item|text))", _about("title"), ("这是哪一年的工作要点",)),
    Form("what to do with it", "sendto (le|it|asking|num|measure|adv){0,4} (doc|notice) .{0,8} (how|what) (comply|lightverb|does)?|(doc|notice) .{0,6} how (comply|lightverb|does)", _about("notice"), ("收到这个通知以后我们该怎么做",)),
    Form("what the notice says", "notice de? (it|in|text|measure|asking|doc){0,3} (be? how say?|be? say (le|de|be){0,2} what) SOFT?", _about("notice"), ("通知那段话是怎么写的",)),
    Form("how it is divided", "(by|have|be|mention|text|divide){0,3} le? (which|howmany|num|what) measure? section (?!.{0,8}howmany measure) (divide|de|be|have){0,2}", _about("sections"), ("分几个部分",)),
    Form("its sections", "((all|each|it|num|which) measure?){1,2} section de? heading? (each|adv)? (?!.{0,3}howmany)", _about("sections")),
    Form("its structure", "structure|section de? heading|heading (?=have|howmany)|(which|howmany) measure? heading", _about("sections"), ("有哪些章节",)),
    Form("who issued it", "(by|be)? (who|where|(which|what|howmany) measure? (unit|body)) (by|modal|lead|be|joint){0,2} (issue|lightverb) le? de?", _about("issuer"), ("谁印发的",)),
    Form("the issuer", "(issue|lightverb) de? (body|unit) (be|have)? (who|which measure? (unit|body)?|what (unit|body))?", _about("issuer"), ("发文单位是哪家",)),
    Form("issued by", "issue de? be? (who|where|(which|what) measure? (unit|body))", _about("issuer"), ("落款是谁",)),
    Form("whose document", "who de doc", _about("issuer")),
    Form("which was issued first", f"{_ONE_DOC} (adv|be|in|issue|de|le){{0,4}} {_FIRST} (issue|le|de){{0,3}}|{_FIRST} (issue|le|de){{0,3}} doc? (be|in|have){{0,2}} {_ONE_DOC}", _first, ("哪份先印发的", "这些文件里哪份发得最早")),
    Form("when it was issued", "when (FILL){0,2} (issue)? le? de?", _about("date"), ("什么时候印发的",)),
    Form("its number", "docnumber", _about("number"), ("文号是多少",)),
    Form("introduce it", "show (this|it)? (doc|notice)$|why (modal|adv)? issue le? (this|num|measure|de){0,3} (doc|notice)", _about("gist"), ("介绍一下这份文件",)),
    Form("its date", "issue de? date|date", _about("date"), ("成文日期",)),
    Form("to whom", f"sendto (le|be|de)? {_WHOM}?|(doc|notice|issue) de? object|sendto (unit|body|object)", _about("addressees"), ("发给谁", "主送单位")),
    Form("issued to whom", f"issue (le|in|sendto)? {_WHOM}", _about("addressees")),
    Form("departments of the document", "(concern|have|mention|named|show|say|all|total|adv|be){0,5} le? de? (which|howmany|all|each|what) measure? unit (de? (table|roster))?|unit de? (table|roster)|(each|all)? unit (adv|all|total){0,2} have? (which|howmany measure?)", _about("departments"), ("有哪些部门",)),
    Form("its overall demand", "overall", _about("overall"), ("总体要求是什么",)),
    Form("its theme", "take what", _about("overall")),
    Form("its gist", "(main|adv)? say (le|de|be|adv|asking){0,3} what|(doc|notice|it|this) .{0,5} does what de?|main (SOFT|say)", _about("gist"), ("这份文件讲了什么",)),
    Form("of what it is", "mention (what|which measure? (lightnoun|SOFT)) de? (main|ITEM|doc|table){0,3} (?=(tone|stop|$))", _about("gist"), ("这是份关于什么的文件",)),
    Form("its title", "call what heading?|heading|(doc|notice) de? call|be? (num? measure)? what (doc|notice)|(doc|notice|issue de) be (num measure)? (which|what) measure? doc", _about("title"), ("这份文件叫什么名字",)),
)  # fmt: skip


def read_document(sentence: Sentence, draft: Draft) -> bool:
    """Whether the whole question is about the document; its plan is in the draft then. Who adopted it, when and at which
    meeting one line of its head tells."""
    adopted = _as_adopted(sentence.tokens, draft.vocabulary.head)
    if adopted and _reads(Sentence(adopted), draft, draft.vocabulary.head):
        draft.asks(kind="about", part="date")
        return True
    return _reads(sentence, draft, draft.vocabulary.titles)


_ORDER = ("earliest", "latest", "newest")


def _as_adopted(tokens: list[Token], head: str) -> list[Token]:
    """哪天、在哪次会议上修订通过的: with the words of adopting that the head writes as those of issuing, and which meeting as
    when; none where there are no such."""
    words, made, adopted = endings("adopted"), list[Token](), False
    for token, after in zip(tokens, [*tokens, None][1:], strict=True):
        dated = after is not None and after.kind == "date" and token.text in endings("published")  # 公布日期
        if (token.text in words or dated) and token.text in head:
            made, adopted = [*made, replace(token, kind="issue")], True
        elif token.text in endings("later"):
            adopted = True  # 后来哪年修正
        elif token.kind in _ORDER:
            continue  # 最早哪年通过
        elif token.text in endings("meeting") and made and made[-1].kind in ("times", "measure", "which"):
            made[-1], adopted = replace(made[-1], kind="when"), True
        else:
            made.append(token)
    return made if adopted else []


def _reads(sentence: Sentence, draft: Draft, titles: str) -> bool:
    if not all(_is_dated(token, draft) for token in sentence.tokens):
        return False
    begin = _after_asker(sentence.tokens)
    kinds = "".join(sentence.kinds[begin:])
    for form in DOCUMENT:
        match = pattern_of(form.pattern).search(kinds)
        if match and match.end() > match.start():
            found = Found(form, match, sentence, draft)
            taken = range(*match.span())
            left = [token for at, token in enumerate(sentence.tokens[begin:]) if at not in taken]
            asked = form.means(Found(form, match, sentence, Draft("", draft.vocabulary)))
            trial = Draft(draft.question, draft.vocabulary)
            form.means(Found(form, match, sentence, trial))
            part = trial.ask.part
            known = draft.vocabulary.head if part in ("overall", "gist", "notice") else titles
            counted = part in ("overall", "gist") and any(token.kind == "num" for token in left)
            if (
                asked is not False
                and not counted
                and not (begin and part == "notice")
                and all(_is_known(token, known, draft.vocabulary.issuers) for token in left)
            ):
                return form.means(found) is None
    return False


def _after_asker(tokens: list[Token]) -> int:
    """我刚接手，这份文件叫什么: where the last clause begins, if the others speak of the asker."""
    last = max((at + 1 for at, token in enumerate(tokens[:-1]) if token.kind == "comma"), default=0)
    before = "".join(token.text for token in tokens[:last])
    return last if before.startswith(endings("speaker")) else 0


def _is_dated(token: Token, draft: Draft) -> bool:
    """A year is one that a head names."""
    return token.kind != "otheryear" and (token.kind != "yearno" or str(token.value) in draft.vocabulary.head)


def _is_known(token: Token, known: str, issuers: frozenset[str]) -> bool:
    if token.kind in _FILLING:
        return True
    if token.kind == "text" and any(token.text in issuer for issuer in issuers):
        return True
    if token.kind in ("text", "lightnoun", "lightverb", "quote", "num", *FACTS, "most", "overall", "issue"):
        return len(token.text) == 1 or token.text in known
    return False
