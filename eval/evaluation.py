"""From what the command line names to a `Report`: questions read, systems built, every configuration run."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus import PACKAGED, Corpus, Document, Item, Part, Span, load_corpus
from eval.ablation import Asked, Row, ablation, variants_in
from eval.calibrate import WEIGHTS, Swept, calibrate, sweep
from eval.cases import ALL, Case, Known, Questions, QuestionsError, name_of, to_cases
from eval.llm import LlmFigures, asked_of, measure
from eval.metrics import Scores
from eval.report import Report, commit, digest, read_baseline
from eval.run import Comparison, Run, compare, run_cases, threshold_curve
from eval.systems import Config, Local, Remote, System, UnmeasurableError, build_index
from eval.tables import read_csv, read_jsonl, read_xlsx
from eval.trec import read_beir, read_beir_passages, read_squad, read_trec
from index import Calibration, Index, save_calibration
from service import QUESTION_LENGTH, Llm

PACKAGED_QUESTIONS = Path(__file__).parent / "questions" / "cnca-2017.jsonl"
CONFIGS = ("fused", "words", "meaning")
FORMATS = ".jsonl、.csv、.tsv、.xlsx、TREC qrels（另加 --topics）或 BEIR 文件夹"


@dataclass(frozen=True, slots=True)
class Options:
    """What is to be evaluated, on what, how."""

    questions: Path | None = None  # None: the packaged set
    topics: Path | None = None
    documents: Path = PACKAGED
    encoder: str | None = None
    configs: Sequence[str] = CONFIGS
    split: str | None = None
    baseline: Path | None = None
    url: str | None = None
    beir: Path | None = None
    squad: Path | None = None
    reranker: str | None = None
    data: Path | None = None  # where `yaodian` keeps its index, and beside it the constants of its encoder


@dataclass(frozen=True, slots=True)
class Progress:
    """Where long work reports to."""

    begin: Callable[[str, int], None]  # (what, steps)
    step: Callable[[], None]
    remark: Callable[[str], None]


def evaluate(options: Options, progress: Progress) -> tuple[Report, dict[str, str]]:
    """The report, and the items' texts by document#id. Raises QuestionsError, UnmeasurableError, CorpusError,
    EncoderError."""
    baseline = read_baseline(options.baseline) if options.baseline else None
    if options.beir or options.squad:
        corpus, cases, source = _passages(options)
    else:
        corpus, cases, source = None, [], ""
    systems = _systems(options, corpus, progress)
    first = systems[0][1]
    if corpus is None:
        questions = read_questions(options, Known.of(first.documents))
        cases, source = questions.cases, str(options.questions or f"自带题集 {PACKAGED_QUESTIONS.name}")
        for remark in questions.remarks:
            progress.remark(remark)
    cases = [case for case in cases if options.split in (None, case.split)]
    if not cases:
        raise QuestionsError(f"{source}：没有划分（split）为 {options.split} 的问题。")
    runs = []
    for number, (name, system) in enumerate(systems):
        progress.begin(name, len(cases))
        answers = corpus is None
        runs.append(run_cases(system, name, cases, progress.step, answers=answers, parity=answers and number == 0))
    swept: list[Swept] = []
    if isinstance(first, Local) and corpus is None:
        progress.begin("词的权重", len(WEIGHTS))
        swept = sweep(first.index, cases, progress.step)
    report = Report(
        about=_about(options, source, cases, first),
        runs=runs,
        comparisons=_comparisons(runs, baseline, progress),
        curve=threshold_curve(runs[0].outcomes),
        swept=swept,
    )
    texts = {name_of(item): item.text for document in first.documents for item in document.items}
    return report, texts


def with_llm(options: Options, url: str, model: str | None, progress: Progress) -> LlmFigures:
    """What the model at that address adds, on the questions of the split. Raises ValueError, and what `evaluate` does."""
    llm = Llm.of(url, model, os.environ)
    corpus = load_corpus(options.documents)
    progress.begin("建立索引", sum(len(document.items) for document in corpus.documents))
    index = build_index(corpus, options.encoder, data=options.data, reranker=options.reranker)
    questions = read_questions(options, Known.of(Local(index, Config.named("fused")).documents))
    cases = asked_of([case for case in questions.cases if options.split in (None, case.split)])
    progress.begin(f"问 {llm.model}", len(cases))
    return measure(llm, index, cases, progress.step)


def choose(options: Options, data: Path, progress: Progress) -> tuple[Calibration, list[Swept], Path]:
    """The constants for the encoder, chosen on the questions and kept in `data`. Raises what `evaluate` does."""
    corpus = load_corpus(options.documents)
    progress.begin("建立索引", sum(len(document.items) for document in corpus.documents))
    index = build_index(corpus, options.encoder, reranker=options.reranker)
    questions = read_questions(options, Known.of(Local(index, Config.named("fused")).documents))
    for remark in questions.remarks:
        progress.remark(remark)
    progress.begin("词的权重", len(WEIGHTS))
    found = calibrate(index, questions.cases, progress.step)
    if found is None:
        raise QuestionsError("题集里没有可用来校准的问题：应有标注了条目、靠内容找的问题（有划分时须是 dev）。")
    calibration, swept, _ = found
    return calibration, swept, save_calibration(calibration, index.encoder.identity, data)


def ablate(
    folder: Path, squad: Path | None, full: str | None, progress: Progress
) -> tuple[list[Row], dict[str, Asked]]:
    """The models of a training with `--ablation` on the packaged dev paraphrases and on a SQuAD-format file."""
    corpus = load_corpus(PACKAGED)
    known = Known.of(Local(build_index(corpus, full), Config.named("meaning")).documents)
    cases = [case for case in read_questions(Options(), known).cases if case.is_shown and case.kind == "paraphrase"]
    sets = {"dev 改述": Asked(corpus, cases, "ndcg@10")}
    if squad:
        passages, asked, _ = _passages(Options(squad=squad))
        sets[squad.name] = Asked(passages, asked, "success@1")
    progress.begin("逐步省去", len(sets) * (1 + len(variants_in(folder))))
    return ablation(full, folder, sets, progress.step), sets


def read_questions(options: Options, known: Known) -> Questions:
    """The questions of a file in any of FORMATS, or the packaged set. Raises QuestionsError."""
    path = options.questions or _packaged_questions(options)
    read = Questions()
    if path.is_dir():
        read.cases = read_beir(path, known.resolve)
    elif not path.exists():
        raise QuestionsError(f"找不到题集 {path}。")
    elif options.topics:
        read.cases = read_trec(path, options.topics, known)
    elif path.suffix.lower() == ".jsonl":
        read.cases = to_cases(read_jsonl(path), known, str(path))
    elif path.suffix.lower() in (".csv", ".tsv"):
        read.cases = to_cases(read_csv(path, read.remarks), known, str(path))
    elif path.suffix.lower() in (".xlsx", ".xlsm"):
        read.cases = to_cases(read_xlsx(path, read.remarks), known, str(path))
    else:
        raise QuestionsError(f"{path}：不认识的格式“{path.suffix}”；应为 {FORMATS}。")
    for case in read.cases:
        if len(case.question) > QUESTION_LENGTH:
            raise QuestionsError(f"{path}：问题“{case.id}”应为至多 {QUESTION_LENGTH} 字，实为 {len(case.question)} 字")
    return read


def below(report: Report, wanted: Mapping[str, float]) -> list[str]:
    """For each of `measure` or `kind.measure` that falls short of its value, or was not measured, a sentence."""
    short = []
    for name, least in wanted.items():
        kind, _, measure = name.rpartition(".")
        found = report.main.figures[ALL].get(kind or ALL, {}).get(measure)
        if found is None:
            short.append(f"{name} 没有测到（没有适用的问题）")
        elif found.mean < least:
            short.append(f"{name} = {found.mean:.4f}，低于 {least:g}（n={found.n}）")
    return short


def _packaged_questions(options: Options) -> Path:
    if options.documents != PACKAGED:
        raise QuestionsError("自带的题集只问自带的文档；用自己的文档时，请用 --questions 指明自己的题集。")
    return PACKAGED_QUESTIONS


def _systems(options: Options, corpus: Corpus | None, progress: Progress) -> list[tuple[str, System]]:
    """Each configuration by its name; the same index serves those that differ in weight only."""
    if options.url:
        return [("url", Remote(options.url))]
    if corpus is None:
        corpus = load_corpus(options.documents)
    indexes: dict[str | None, Index] = {}
    systems: list[tuple[str, System]] = []
    for config in [Config.named(name) for name in dict.fromkeys(options.configs)]:
        encoder = config.encoder or options.encoder
        if encoder not in indexes:
            progress.begin("建立索引", sum(len(document.items) for document in corpus.documents))
            indexes[encoder] = build_index(corpus, encoder, data=options.data, reranker=options.reranker)
        systems.append((config.name, Local(indexes[encoder], config)))
    return systems


def _passages(options: Options) -> tuple[Corpus, list[Case], str]:
    """A public collection as a corpus of one document whose items are its passages."""
    if options.squad:
        passages, cases = read_squad(options.squad)
        cases = [replace(case, items=tuple(f"squad#{id}" for id in case.items or ()), kind="squad") for case in cases]
        return passage_corpus("squad", passages), cases, str(options.squad)
    assert options.beir
    passages = read_beir_passages(options.beir)

    def resolve(id: str) -> str:
        if id not in passages:
            raise QuestionsError(f"{options.beir}：qrels 里的段落“{id}”不在 corpus.jsonl 里")
        return f"beir#{id}"

    cases = [replace(case, kind="beir") for case in read_beir(options.beir, resolve)]
    return passage_corpus("beir", passages), cases, str(options.beir)


def passage_corpus(name: str, passages: Mapping[str, str]) -> Corpus:
    items, at = [], 0
    part = Part("", "", name, Span(0, sum(map(len, passages.values())) + len(passages)))
    for number, (id, text) in enumerate(passages.items(), start=1):
        span = Span(at, at + len(text))
        items.append(Item(name, id, number, id, (), (), part, span, span, text))
        at = span.end + 1
    document = Document(name, name, None, None, "\n".join(passages.values()), (), (), tuple(items), (part,))
    packaged = load_corpus()
    return Corpus((document,), packaged.words, {}, packaged.thesaurus, name)


def _comparisons(
    runs: Sequence[Run], baseline: tuple[str, dict[str, Scores]] | None, progress: Progress
) -> list[Comparison]:
    """The first run against a baseline and against the others: on test, on dev, on what is in neither."""
    main, *others = runs
    before = [(run.name, {outcome.case.id: outcome.scores for outcome in run.outcomes}) for run in others]
    if baseline:
        name, scores = baseline
        earlier = {o.case.id: scores[digest(o.case)] for o in main.outcomes if digest(o.case) in scores}
        before.insert(0, (f"{name}（基线）", earlier))
        if missing := len(main.outcomes) - len(earlier):
            progress.remark(f"有 {missing} 个问题在基线里没有，或标注改过，不与基线比较")
    found = []
    for name, old in before:
        for split in dict.fromkeys(outcome.case.split for outcome in main.outcomes):
            new = {o.case.id: o.scores for o in main.outcomes if o.case.split == split}
            found += compare(name, old, main.name, new, split or ALL)
    return found


def _about(options: Options, source: str, cases: Sequence[Case], system: System) -> dict[str, Any]:
    return {
        "commit": commit(),
        "questions": source,
        "asked": len(cases),
        "split": options.split,
        "documents": [document.id for document in system.documents],
        **system.describe(),
    }


__all__ = [
    "CONFIGS",
    "Options",
    "Progress",
    "UnmeasurableError",
    "ablate",
    "below",
    "choose",
    "evaluate",
    "read_questions",
]
