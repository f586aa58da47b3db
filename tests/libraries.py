"""A small library for tests: documents for all and for groups, keys of every role, and the service over it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fastapi import FastAPI

from corpus import Document, read_document
from index import Encoder, Index, Segmenter
from service import Assistant
from service.access import Access
from service.app import create_app
from service.editing import Editing
from service.library import Library, Role, writing
from service.library.keys import make_key
from service.llm import Llm
from service.metrics import Metrics
from service.question_log import QuestionLog
from tests.conftest import loaded

OPEN = "望江县2024年工作要点\n一、城市管理\n1.整治占道经营。(牵头部门:城管局,协作部门:公安局)\n2.新建公共停车场三处。(牵头部门:住建局)\n"
CLOSED = (
    "栖霞谷2024年工作要点\n一、琥珀行动\n1.完成鹿鸣湖湿地修复。(牵头部门:琉璃湾管理处,协作部门:公安局)\n"
    "2.整治占道经营，限2024年9月底前完成。(牵头部门:琉璃湾管理处)\n3.第三件事。(牵头部门:琉璃湾管理处)\n"
)
SECRETS = ("栖霞谷", "琥珀行动", "鹿鸣湖", "琉璃湾", "2024-09-30", "9月底")  # of what is closed
KEYS: Mapping[str, tuple[Role, tuple[str, ...]]] = {
    "reader": ("reader", ()),
    "reader of it": ("reader", ("人事",)),
    "reader of another": ("reader", ("财务",)),
    "editor": ("editor", ("财务",)),
    "editor of it": ("editor", ("人事",)),
    "admin": ("admin", ()),
}


ABSENT = Llm("http://127.0.0.1:1/v1", "m")  # a language model that does not answer


@dataclass
class Kept:
    library: Library
    keys: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.library.data


def kept_in(folder: Path) -> Kept:
    """望江 is for all; 栖霞 is 人事's, published; 秘草 is 人事's, a draft."""
    kept = Kept(Library(folder / "data"))
    for id, text, group in (("wangjiang", OPEN, None), ("qixia", CLOSED, "人事")):
        kept.library.add(_saved(folder, text), name=f"{id}.txt", id=id, group=group, by="测试")
    kept.library.draft(_saved(folder, CLOSED), name="mi.txt", id="mi", group="人事", by="测试")
    with writing(kept.data) as database:
        kept.keys = {name: make_key(database, name, role, groups, "测试") for name, (role, groups) in KEYS.items()}
    return kept


def assistant_over(library: Library, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    sources = library.sources()
    assert sources
    read = [read_document(file, id, None) for id, file in sources.files.items()]
    corpus = sources.holding([one for one in read if isinstance(one, Document)], [])
    return Assistant(Index.build(corpus, segmenter, encoder))


def _saved(folder: Path, text: str) -> Path:
    path = folder / "in.txt"
    path.write_text(text, encoding="utf-8")
    return path


def served_by(
    assistant: Assistant, kept: Kept, log: QuestionLog | None = None, *, read_key_required: bool = False
) -> FastAPI:
    """The service over what is published in it."""
    access, served = Access(kept.data, read_key_required=read_key_required), loaded(assistant, log)
    editing = Editing(served, access, kept.library)
    return create_app(served, log, editing=editing, access=access, metrics=Metrics(), llm=ABSENT)
