"""What an asker tells before the question: 我手头好几个同事在领补贴。公租房办法里哪些条讲到停发. Where a later clause names a document,
asks, and says of what, the clauses before it are the asker's own."""

from collections.abc import Sequence

from corpus import fold, only_handles
from service.kept import kept
from service.understanding.choosing import chosen
from service.understanding.constraints import About
from service.understanding.lexicon import endings
from service.understanding.reading import read
from service.understanding.tokens import Token
from service.understanding.understand import understand
from service.understanding.vocabulary import Vocabulary

_ASKING = frozenset("which what who how howmany whether where when meaning compare".split())
_SHOWING = frozenset("show summary table export".split())
_POINTING = frozenset("ref ids sec under dept quote due period month".split())
_CONDITION = frozenset("mention concern related lead support join dept ref ids sec under quote".split())
SAYS = 2  # letters of a word that says of what it is asked


@kept(1024)
def asked_part(question: str, vocabulary: Vocabulary) -> str:
    """The question from the clause on that names the document; whole where what stands before may be part of it."""
    if not vocabulary.catalogue.chooses:
        return question
    tokens = read(question, vocabulary)
    first = next((at for at, token in enumerate(tokens) if token.kind == "title" and token.value), None)
    if first is None:
        return question
    last = max((at for at, token in enumerate(tokens) if token.kind in ("comma", "stop")), default=0)
    after = [token for token in tokens[last + 1 :] if token.kind != "tone"]  # …，我得转给公安局
    end = len(question)
    if last > first and _asks(tokens[first:last]) and _is_aside(after):
        end, tokens = tokens[last].start, tokens[:last]
    begins = max((at + 1 for at in range(first) if tokens[at].kind in ("comma", "stop")), default=0)
    own = tokens[begins:first]  # 县长想问|某通知里…
    if "".join(token.text for token in own).startswith(endings("speaker")) and _is_own(own):
        begins = first
    before, after = tokens[:begins], tokens[begins:]
    if not before or not _is_told(before) or not _asks(after):
        return question[:end]
    asked = question[after[0].start : end]
    return asked if _says_of_what(asked, vocabulary) else question[:end]


def _says_of_what(asked: str, vocabulary: Vocabulary) -> bool:
    """种药材乱用农药，|某法怎么处罚 is asked of what was said before."""
    choice = chosen(asked, vocabulary)
    plan = understand(choice.rest, vocabulary.within(frozenset(choice.ids)) if choice.ids else vocabulary)
    said = any(not (isinstance(one, About) and only_handles(fold(one.topic))) for one in plan.where)  # 怎么|处理
    return said or plan.ask.kind not in ("items", "content", "none")


def _is_told(tokens: Sequence[Token]) -> bool:
    """Each sentence speaks of the asker, or neither asks nor says which items are meant."""
    sentences: list[list[Token]] = [[]]
    for token in tokens:
        sentences[-1].append(token)
        if token.kind == "stop":
            sentences.append([])
    return all(map(_is_own, filter(None, sentences)))


def _is_own(sentence: Sequence[Token]) -> bool:
    if "".join(token.text for token in sentence).startswith(endings("speaker")):
        return True
    kinds = [token.kind for token in sentence]
    points = any(kinds[at : at + 3] == ["this", "measure", "item"] for at in range(1, len(kinds)))  # 防汛|这项工作
    return not (points or set(kinds) & (_ASKING | _CONDITION))


def _is_aside(sentence: Sequence[Token]) -> bool:
    """What is said last of the asker: 我得转给公安局, 急."""
    text = "".join(token.text for token in sentence)
    return bool(text) and (len(text) < SAYS or text.startswith(endings("speaker"))) and _is_own(sentence)


def _asks(tokens: Sequence[Token]) -> bool:
    kinds = {token.kind for token in tokens}
    says = any(token.kind == "text" and len(token.text) >= SAYS for token in tokens) or bool(kinds & _POINTING)
    return says and bool(kinds & (_ASKING | _SHOWING | _POINTING | _CONDITION))
