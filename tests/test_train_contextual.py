"""How the contextual encoder is trained: each step on something small, worked out by hand."""

import struct
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import ClassVar

import numpy as np
import onnxruntime
import pytest
import torch
from tokenizers import Tokenizer

from index import contextual
from index.contextual import ContextEncoder
from index.train.contextual import network
from index.train.contextual.course import Course, Pieces, batches
from index.train.contextual.export import export
from index.train.contextual.learn import Lesson, contrast, distil, scores, shallower, tune
from index.train.contextual.narrow import Exercise, States, alike, exercise_of, learn_narrowing
from index.train.contextual.network import PAD, Network, Shape, clauses, likeness, whole
from index.train.contextual.packed import WORDS, plain, read_packed
from index.train.contextual.prepare import prepare
from index.vectors import Vectors

STOP = 9  # the piece that ends a clause in these tests


def packed_file(path: Path, pieces: list[str], tensors: dict[str, bytes], numbers: dict[str, int]) -> Path:
    letters = "".join(pieces).encode()
    bounds = np.cumsum([0, *(len(piece.encode()) for piece in pieces)]).astype(np.uint32)
    head = b"E5S1" + struct.pack("<I", 1) + struct.pack("<7i", 32, 1, 1, 64, len(pieces), 8, 1)
    head += struct.pack("<fi", 1e-12, 32) + struct.pack("<5i", len(pieces), 0, 2, 1, 3)
    head += struct.pack("<Q", len(letters)) + bounds.tobytes()
    head += np.arange(len(pieces), dtype=np.float32).tobytes() + letters + struct.pack("<iI", 0, 0)
    entries = sum(2 + len(name) + 1 + 4 + 16 for name in tensors)
    offset = len(head) + 4 + entries
    directory = struct.pack("<i", len(tensors))
    for name, content in tensors.items():
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", 0, numbers[name], offset, len(content))
        offset += len(content)
    path.write_bytes(head + directory + b"".join(tensors.values()))
    return path


def row_of(scale: float, low: int, high: int) -> bytes:
    """A row of 32 numbers of 4 bits: the first 16 are scale × (low - 8), the others scale × (high - 8)."""
    return np.float16(scale).tobytes() + bytes([low | high << 4] * 16)


def test_a_packed_model_is_read(tmp_path: Path) -> None:
    rows = row_of(0.5, 10, 4) + row_of(2.0, 8, 15)
    bias = np.array([1.5, -2.0], dtype=np.float32).tobytes()
    path = packed_file(tmp_path / "m.bin", ["<s>", "路"], {WORDS: rows, "b": bias}, {WORDS: 64, "b": 2})
    packed = read_packed(path)
    assert (packed.width, packed.pieces, packed.scores.tolist()) == (32, ["<s>", "路"], [0.0, 1.0])
    assert plain(packed.tensors["b"]).tolist() == [1.5, -2.0]
    assert plain(packed.tensors[WORDS]).tolist() == [1.0] * 16 + [-2.0] * 16 + [0.0] * 16 + [14.0] * 16
    assert plain(packed.keeping([1])[WORDS]).tolist() == [0.0] * 16 + [14.0] * 16


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.bin").write_bytes(b"GGUF" + bytes(64))
    with pytest.raises(ValueError, match="E5S1"):
        read_packed(tmp_path / "other.bin")


def test_a_text_is_the_mean_of_its_pieces_and_a_clause_of_its_own() -> None:
    pieces = torch.tensor([[0, 4, 5, 6, STOP, 7, 2, PAD]])
    states = torch.zeros(1, 8, 2)
    states[0, 1:5] = torch.tensor([1.0, 0.0])
    states[0, 5] = torch.tensor([0.0, 1.0])
    states[0, 7] = torch.tensor([9.0, 9.0])  # beside the text
    ends = torch.zeros(10, dtype=torch.long)
    ends[STOP] = 1
    parts, counted = clauses(states, pieces, ends)
    # four pieces and their stop make the first clause; one piece makes none
    assert counted.tolist() == [[True, False]]
    assert parts[0, 0].tolist() == [1.0, 0.0]
    assert torch.allclose(whole(states, pieces), torch.tensor([[4.0, 1.0]]) / 17**0.5)


def test_likeness_is_the_mean_of_the_whole_and_the_best_clause() -> None:
    asked = torch.tensor([[1.0, 0.0]])
    texts = torch.tensor([[0.6, 0.8], [0.8, 0.6]])
    parts = torch.tensor([[[1.0, 0.0], [0.0, 1.0]], [[1.0, 0.0], [0.0, 1.0]]])
    counted = torch.tensor([[True, True], [False, True]])
    # the second text's first clause does not count, and its other is worse than the whole
    assert torch.allclose(likeness(asked, texts, parts, counted), torch.tensor([[0.8, 0.8]]))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `prepare` writes of a few made laws, in a vocabulary of single characters."""
    made = tmp_path_factory.mktemp("made")
    texts = [
        f"{what}由{who}负责。每年检查{what}一次。" for what in ("桥面", "灯具", "水管") for who in ("甲方", "乙方")
    ]
    letters = sorted({letter for text in texts for letter in text if letter != "。"} | set("谁管归在哪看"))
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "。", "▁", *letters]
    table = b"".join(row_of(0.1, 7 + number % 3, 9) * 1 for number in range(len(pieces)))
    teacher = packed_file(made / "m.bin", pieces, {WORDS: table}, {WORDS: 32 * len(pieces)})
    laws = [f'{{"title": "法{number // 2}", "heading": "检查", "text": "{text}"}}' for number, text in enumerate(texts)]
    (made / "laws.jsonl").write_text("\n".join(laws), encoding="utf-8")
    (made / "said.jsonl").write_text('{"zh": "灯在哪"}\n', encoding="utf-8")
    asked = ['{"article": 0, "questions": ["桥归谁管", "看桥"]}', '{"text": "水管在哪看", "questions": ["看水管"]}']
    (made / "asked.jsonl").write_text("\n".join(asked), encoding="utf-8")
    prepare(read_packed(teacher), made / "laws.jsonl", made / "said.jsonl", made / "asked.jsonl", made / "work")
    return made / "work"


def test_questions_keep_the_texts_that_answer_them(folder: Path) -> None:
    course = Course(folder, "cpu")
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))

    def written(pieces: Pieces) -> str:
        return "".join(tokenizer.id_to_token(int(number)) or "" for number in pieces[1:-1]).strip("▁")

    pairs = [
        (written(course.questions.pieces(n)), written(course.texts.pieces(int(row))))
        for n, row in enumerate(course.answers)
    ]
    first = "桥面由甲方负责。每年检查桥面一次。"
    assert pairs == [("桥归谁管", first), ("看桥", first), ("看水管", "水管在哪看")]


def test_other_texts_of_a_headings_law_are_no_wrong_answers(folder: Path) -> None:
    course = Course(folder, "cpu")
    batch = batches(course, 2, 2, 1)
    assert not batch.ignored[torch.arange(5), batch.own].any()
    assert batch.ignored[2:4].any(dim=1).all() or len(course.texts) < 3


def test_training_and_serving_read_texts_alike() -> None:
    assert (network.PAD, network.SHORTEST) == (contextual.PAD, contextual.SHORTEST)


def tiny(seed: int = 0, layers: int = 2) -> Network:
    torch.manual_seed(seed)
    return Network(Shape(pieces=64, width=16, heads=2, inner=32, layers=layers, positions=128)).eval()


def losses(run: Callable[[Callable[[int, float], None]], None]) -> list[float]:
    found: list[float] = []
    run(lambda step, loss: found.append(loss))
    return found


def test_tuning_brings_questions_to_their_texts(folder: Path) -> None:
    learner, course = tiny(), Course(folder, "cpu")

    def lost() -> float:
        with torch.no_grad():
            batch = batches(Course(folder, "cpu", 1), 3, 2, 2)
            return float(contrast(scores(learner, course.ends, batch), batch))

    before = lost()
    tune(learner, course, (3, 2, 2), Lesson(60, 1e-3, lambda step, loss: None))
    assert lost() < before / 2


def test_a_student_learns_its_teachers_vectors(folder: Path) -> None:
    teacher, course = tiny(), Course(folder, "cpu")
    student = shallower(teacher, [1])
    assert student.shape.layers == 1
    found = losses(lambda say: distil(student, teacher, course, 16, Lesson(400, 3e-3, say)))
    assert found[-1] < found[0]


def test_the_graph_gives_what_the_network_gives(folder: Path, tmp_path: Path) -> None:
    trained = tiny(1)
    export(trained, Tokenizer.from_file(str(folder / "tokenizer.json")), tmp_path)
    session = onnxruntime.InferenceSession(str(tmp_path / "model.onnx"))
    pieces = torch.tensor([[0, 5, 6, 7, 2], [0, 8, 2, PAD, PAD]])
    (found,) = session.run(None, {"pieces": pieces.numpy()})
    with torch.no_grad():
        meant = trained(pieces).numpy()
    assert np.abs(found[0] - meant[0]).max() < 0.1
    assert np.abs(found[1, :3] - meant[1, :3]).max() < 0.1


# The narrower vectors of pieces


class Given(ContextEncoder):
    """Each letter of a text is a piece, whose state is given; x, y and z have most in common."""

    STATES: ClassVar[dict[str, list[float]]] = {"a": [1, 0, 0, 0], "b": [0, 1, 0, 0], "c": [0, 0, 1, 0]}
    STATES |= {"x": [0.3, 0, 0, 0.9], "y": [0, 0.3, 0, 0.9], "z": [0, 0, 0.3, 0.9]}

    def __init__(self) -> None:
        super().__init__(Path())

    def states(self, texts: Sequence[str]) -> Iterator[list[tuple[Pieces, Vectors]]]:  # type: ignore[override]
        for text in texts:
            own = np.array([[0] * 4, *(self.STATES[letter] for letter in text), [0] * 4], dtype=np.float32)
            yield [(np.zeros(len(own), dtype=np.uint16), own)]


def test_a_question_stands_beside_the_article_it_is_of_and_another_of_its_law() -> None:
    laws = [{"title": "甲法", "text": "一"}, {"title": "甲法", "text": "二"}, {"title": "乙法", "text": "三"}]
    asked: list[dict[str, object]] = [
        {"article": 0, "questions": ["问一", "又问一"]},
        {"article": 2, "questions": ["问三"]},
        {"text": "四", "questions": ["问四"]},
    ]
    exercise = exercise_of(laws, asked)
    assert (exercise.questions, exercise.answers) == (["问一", "又问一", "问三", "问四"], [0, 0, 1, 2])
    assert exercise.texts[:3] == ["一", "三", "四"]
    assert set(exercise.texts[3:]) <= {"二"}  # of the second law there is no other
    assert exercise.laws[:3] == [1, 2, 0]


def test_each_piece_of_a_question_counts_by_its_nearest() -> None:
    asked, texts = States(["ab"], Given()), States(["a", "bac"], Given())
    found = alike(asked.take([0]), texts.take([0, 1]), torch.eye(4))
    assert found.tolist() == [[0.5, 1.0]]  # b is like nothing in the first
    narrowed = alike(asked.take([0]), texts.take([0, 1]), torch.tensor([[1.0, 1.0, 0, 0]]))
    assert narrowed.tolist() == [[1.0, 1.0]]  # a and b are one


def test_what_tells_answers_apart_is_learnt() -> None:
    """What x, y and z have in common, in which pieces differ from a and b most, is kept at first, and says nothing."""
    exercise = Exercise(["x", "y", "z"] * 16, [0, 1, 2] * 16, ["x", "y", "z", "ab"], [1, 2, 3, 4])

    def learnt(steps: int) -> Vectors:
        return learn_narrowing(exercise, Given(), lambda said: None, width=2, steps=steps)

    def apart(narrowing: Vectors) -> float:
        """How much more alike x is to itself than to y and z, in the mean."""
        own = States(["x"], Given()).take([0]), States(["x", "y", "z"], Given()).take([0, 1, 2])
        found = alike(*own, torch.from_numpy(narrowing))[0]
        return float(found[0] - found[1:].mean())

    begun, ended = learnt(1), learnt(200)
    assert ended.shape == (2, 4)
    assert apart(ended) > 1.3 * apart(begun)
    assert np.array_equal(learnt(200), ended)
