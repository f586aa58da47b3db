"""Forms: greetings, thanks, and what can be asked."""

from service.understanding.draft import draft_of
from service.understanding.form_asks import Means
from service.understanding.grammar import Form, Found
from service.understanding.plan import Chat


def _chat(chat: Chat) -> Means:
    """Words of greeting alone; before a question they are passed over."""

    def means(found: Found) -> bool | None:
        passed = ("polite", "tone", "stop", "comma", "space", "modal", "adv", "it", "le", "asking", "greet", "thanks")
        if all(token.kind in passed or token in found.tokens() for token in found.sentence.untaken()):
            draft_of(found).asks(kind="chat", chat=chat)
        return None

    return means


CHAT = (
    Form("ability", "(polite|it|modal|adv){0,4} ability", _chat("ability"), ("你能做什么",)),
    Form("thanks", "thanks (polite|tone|le){0,3}", _chat("thanks"), ("谢谢",)),
    Form("greeting", "greet (polite|tone){0,3}", _chat("greeting"), ("你好",)),
    Form("farewell", "bye tone?", _chat("thanks"), ("再见",)),
)
