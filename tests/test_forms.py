"""The grammar's own examples, and what a stranger does to extend it: one word, one row, one condition."""

import ast
from dataclasses import dataclass
from pathlib import Path

import pytest

from index import Columns, Encoder, Fits, Segmenter
from service import Assistant
from service.requests import AskRequest
from service.understanding import Constraint, lexicon
from service.understanding.constraints import Speaker
from service.understanding.draft import draft_of
from service.understanding.form_document import DOCUMENT
from service.understanding.grammar import Form, Found
from service.understanding.lexicon import read_lexicon
from service.understanding.understand import FORMS, read_sentence
from service.wire import Wire
from tests.conftest import assistant_of

PACKAGE = Path(__file__).parents[1] / "service" / "understanding"
WORDING = (
    "constraints.py",
    "places.py",
    "dues.py",
    "roles.py",
    "writing.py",
    "flat.py",
)  # how conditions are said and written is prose, no word of asking

TEXT = """某市工作要点
市政府办公室
2021年3月1日
一、抓改革
1.推进试点。（牵头部门：教育局，协作部门：水务局）
2.打造品牌。（牵头部门：水务局、教育局）
二、抓落实
3.办好夜市，2021年6月底前完成。（牵头部门：教育局）
4.清理电商。
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    return assistant_of(tmp_path_factory.mktemp("town"), {"town": TEXT}, segmenter, encoder)


def named(example: str) -> str:
    """The examples' department is none of the packaged document's."""
    return example.replace("教育局", "法律部")


EXAMPLES = [(form.name, example) for form in FORMS for example in form.examples]


def test_most_forms_have_an_example() -> None:
    assert sum(bool(form.examples) for form in (*FORMS, *DOCUMENT)) >= 0.6 * len((*FORMS, *DOCUMENT))


@pytest.mark.parametrize(("form", "example"), EXAMPLES)
def test_a_form_reads_its_examples(form: str, example: str, assistant: Assistant) -> None:
    sentence, _ = read_sentence(named(example), assistant.vocabulary)
    assert form in sentence.taken or form == "a document", sentence.taken


@pytest.mark.parametrize("example", [example for form in DOCUMENT for example in form.examples])
def test_a_form_about_the_document_reads_its_examples(example: str, assistant: Assistant) -> None:
    assert read_sentence(example, assistant.vocabulary)[1].ask.kind == "about"


def test_a_new_word_is_one_word_of_the_lexicon(town: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [match.item.id for match in town.ask("教育局操盘的工作").items] != ["1", "2", "3"]
    monkeypatch.setitem(lexicon().class_of, "操盘", "lead")
    assert [match.item.id for match in town.ask("教育局操盘的任务").items] == ["1", "2", "3"]


@dataclass(frozen=True, slots=True)
class Short:
    """An item of few characters: a condition that no question asked for until now."""

    most: int

    def rows(self, columns: Columns) -> Fits:
        return Fits.where(columns.length <= self.most)

    def said(self, speaker: Speaker) -> str:
        return speaker.say("不超过{most}个字", most=self.most)

    def written(self) -> str:
        return "简短"

    def denied(self) -> Constraint:
        return self


def _short(found: Found) -> bool | None:
    draft_of(found).add(Short(5), *found.match.span())
    draft_of(found).names_items = True
    return None


def test_a_new_condition_is_one_row_and_one_small_class(town: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    module = sys.modules["service.understanding.understand"]
    monkeypatch.setitem(lexicon().class_of, "简短", "lightnoun")
    row = Form("short", "lightnoun de (?=item)", _short)
    monkeypatch.setattr(module, "FORMS", (row, *FORMS))
    answer = town.ask("教育局牵头的简短的任务")
    assert [match.item.id for match in answer.items] == ["1", "2"]
    assert answer.reading == "由教育局牵头、且不超过5个字的任务"
    reply = Wire(town.index.corpus).ask(AskRequest(question=answer.plan.question), answer, town.version, 0)
    assert [(one["said"], one["without"]) for one in reply["conditions"]] == [
        ("由教育局牵头", "简短的任务有哪些"),
        ("不超过5个字", "由教育局牵头的任务有哪些"),
    ]
    assert [match.item.id for match in town.ask("简短的任务有哪些").items] == ["1", "2", "4"]


def test_a_word_stands_once() -> None:
    with pytest.raises(ValueError, match="每个词只写一次"):
        read_lexicon("lead: 牵头\nsupport: 牵头\n")
    with pytest.raises(ValueError, match="应为"):
        read_lexicon("Lead 牵头\n")


def strings(file: Path) -> list[str]:
    """The texts in a file that are neither documentation nor examples of forms."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    documentation = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    examples = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Form"
        for given in node.args[3:]
        for inner in ast.walk(given)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node not in documentation
        and node not in examples
    ]


@pytest.mark.parametrize("file", [one for one in sorted(PACKAGE.glob("*.py")) if one.name not in WORDING], ids=str)
def test_no_word_of_asking_stands_in_python(file: Path) -> None:
    known = {word for word in lexicon().class_of if not word.isascii() and not word.startswith("^")}
    found = [text for text in strings(file) if any(word in text for word in known if len(word) > 1 or word == text)]
    assert found == []


def test_deadlines_are_conditions(town: Assistant) -> None:
    assert [match.item.id for match in town.ask("哪些任务要在年底前完成").items] == ["3"]
    assert [match.item.id for match in town.ask("五月底前的任务").items] == []
    assert [match.item.id for match in town.ask("教育局的任务哪个最先到期").items] == ["3"]
    assert town.ask("第3项什么时候到期").text == "第3项：2021年6月底前"
    assert town.ask("第1项的完成时限").reason == "field_absent"
