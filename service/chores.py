"""What chat clients ask in the background, of a model and not of documents: a title, tags, further questions.

They get a fixed short answer. The shapes are those of Open WebUI, LibreChat and Cherry Studio.
"""

import json
import re

TITLE = "要点问答"
_FIXED = {"title": TITLE, "tags": [], "follow_ups": [], "queries": [], "text": "", "prompt": ""}
_TASK = re.compile(r"^\s*###\s*Task:", re.IGNORECASE)
_KEYS = re.compile(r'"(\w+)"\s*:')
_LIST = re.compile(r"JSON (?:array|list)", re.IGNORECASE)
_QUERY = re.compile(r"<user_query>\s*(.+?)\s*</user_query>", re.DOTALL)
# passages that the client found itself
_CONTEXT = re.compile(r"^\s*###\s*Task:.*</context>", re.DOTALL | re.IGNORECASE)
_TITLED = re.compile(
    r"(?:provide|generate|create|write) an? (?:short|concise|brief)[\w\s,()-]{0,40}title"
    r"|analyze this conversation and provide|(?:总结|概括|生成|起)[^。]{0,40}标题|(?:總結|概括|生成|起)[^。]{0,40}標題",
    re.IGNORECASE,
)


def spoken(text: str) -> str:
    """What the person said, where the client has put instructions and passages of its own around it."""
    if not _CONTEXT.match(text):
        return text
    query = _QUERY.search(text)
    return query[1] if query else _CONTEXT.sub("", text).strip() or text


def chore_reply(system: str, asked: str) -> str | None:
    """None where a person asks. Of the question `asked` and the `system` message before the conversation."""
    if _TASK.match(asked) or _TASK.match(system):
        instruction = asked if _TASK.match(asked) else system
        keys = [key for key in _KEYS.findall(instruction) if key in _FIXED]
        if keys:
            return json.dumps({keys[0]: _FIXED[keys[0]]}, ensure_ascii=False)
        return "[]" if _LIST.search(instruction) else TITLE
    return TITLE if _TITLED.search(system) or _TITLED.match(asked.lstrip()) else None
