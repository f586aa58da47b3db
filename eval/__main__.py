"""python -m eval: figures about the product, through its front door."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar
from rich.table import Table

from corpus import PACKAGED, CorpusError
from eval import bench_command
from index import EncoderError

if TYPE_CHECKING:
    from eval.evaluation import Options, Progress
    from eval.report import Report

UNDER = 3  # exit status where a figure is below --fail-under
EXTRAS = {"httpx", "ir_measures", "openpyxl", "scipy"}
EXAMPLES = """例：

python -m eval

python -m eval --questions 我的题集.xlsx --documents 我的文档 --out 报告

python -m eval --split test --config fused --fail-under correct=0.6 --fail-under topic.f1=0.7

python -m eval --baseline 改动前/report.json

python -m eval --url http://127.0.0.1:8000

python -m eval --squad cmrc2018_dev.json

python -m eval --llm http://127.0.0.1:8080/v1 --llm-model 名称
"""

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
app.command("bench", epilog=bench_command.EXAMPLES)(bench_command.bench)
log = Console(stderr=True, highlight=False)


EncoderOption = Annotated[
    str | None,
    typer.Option(envvar="YAODIAN_ENCODER", help="sentence-transformers 模型的文件夹或名称", show_default="自带模型"),
]
RerankerOption = Annotated[
    str | None,
    typer.Option(
        envvar="YAODIAN_RERANKER",
        help="重排模型（sentence-transformers CrossEncoder）的文件夹或名称",
        show_default="不重排",
    ),
]


@app.callback(invoke_without_command=True, epilog=EXAMPLES)
def evaluation(
    context: typer.Context,
    questions: Annotated[
        Path | None,
        typer.Option(help="题集：.jsonl .csv .tsv .xlsx、TREC qrels 或 BEIR 文件夹", show_default="自带题集"),
    ] = None,
    topics: Annotated[Path | None, typer.Option(help="TREC 的问题文件：编号、制表符、问题；或 <top> 格式")] = None,
    documents: Annotated[
        Path, typer.Option(envvar="YAODIAN_DOCUMENTS", help="文档文件夹", show_default="自带文档")
    ] = PACKAGED,
    encoder: EncoderOption = None,
    reranker: RerankerOption = None,
    config: Annotated[
        list[str] | None,
        typer.Option(
            help="配置，可重复：fused、words、meaning 或词的权重（0 至 1），其后可接 @模型文件夹；第一个为主，其余与它对比",
            show_default="fused words meaning",
        ),
    ] = None,
    split: Annotated[str | None, typer.Option(help="只用这一划分：dev 或 test")] = None,
    baseline: Annotated[Path | None, typer.Option(help="改动前的 report.json，与之对比")] = None,
    out: Annotated[Path, typer.Option(help="报告写到哪个文件夹")] = Path("report"),
    fail_under: Annotated[
        list[str] | None,
        typer.Option(metavar="指标=值", help="低于此值时以 3 退出；可重复，可写 类别.指标=值"),
    ] = None,
    url: Annotated[str | None, typer.Option(help="评测运行中的服务，如 http://127.0.0.1:8000")] = None,
    beir: Annotated[Path | None, typer.Option(help="BEIR 文件夹：只测检索")] = None,
    squad: Annotated[Path | None, typer.Option(help="SQuAD 格式的文件：问题找它的段落，只测检索")] = None,
    data: Annotated[
        Path, typer.Option(envvar="YAODIAN_DATA", help="索引文件夹：其中若有为这个编码模型校准的常数，就用它")
    ] = Path("data"),
    llm: Annotated[
        str | None, typer.Option(help="语言模型的地址：测它添了什么、核对拦下什么；密钥在 YAODIAN_LLM_KEY 里")
    ] = None,
    llm_model: Annotated[str | None, typer.Option(help="--llm 那里的哪个模型")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="标准输出只输出 report.json 的内容")] = False,
) -> None:
    """用标注的题集评测问答与检索，写出报告；calibrate 校准常数，bench 测速度。"""
    if context.invoked_subcommand:
        return
    try:
        from eval.cases import QuestionsError
        from eval.evaluation import CONFIGS, Options, UnmeasurableError, below, evaluate
        from eval.page import render_page
        from eval.report import to_json, write_report
    except ModuleNotFoundError as error:
        raise _missing(error) from error

    wanted = _thresholds(fail_under or [])
    if url and (config or encoder or reranker or beir or squad or documents != PACKAGED):
        raise typer.BadParameter("--url 测的是运行中的服务，不能再选文档、配置、模型或段落集。")
    if (beir or squad) and documents != PACKAGED:
        raise typer.BadParameter("--beir 与 --squad 自带段落，不能再选文档。")
    options = Options(
        questions,
        topics,
        documents,
        encoder,
        tuple(config or CONFIGS),
        split,
        baseline,
        url,
        beir,
        squad,
        reranker,
        data,
    )
    _check(options)
    if llm:
        _with_llm(llm, llm_model, options, out, as_json=as_json)
        return
    try:
        out.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=out), _progress() as progress:  # that it can be written to is found out before the work
            report, texts = evaluate(options, progress)
        written = [*write_report(report, out), out / "report.html"]
        written[-1].write_text(render_page(report, texts), encoding="utf-8")
    except (QuestionsError, UnmeasurableError, CorpusError, EncoderError) as error:
        raise _failure(str(error)) from error
    except OSError as error:
        raise _failure(f"无法写入 {out}（{error.strerror}）。请用 --out 指明可写的文件夹。") from error
    if as_json:
        print(to_json(report))
    else:
        _print(report)
    log.print(f"报告：{', '.join(str(path) for path in written)}", soft_wrap=True)
    if short := below(report, wanted):
        for line in short:
            log.print(f"[red]低于要求[/red]：{escape(line)}", soft_wrap=True)
        raise typer.Exit(UNDER)


def _with_llm(url: str, model: str | None, options: "Options", out: Path, *, as_json: bool) -> None:
    """The figures on the terminal and in llm.json."""
    with _reported(out):
        from eval.evaluation import with_llm

        out.mkdir(parents=True, exist_ok=True)
        with _progress() as progress:
            try:
                figures = with_llm(options, url, model, progress)
            except ValueError as error:
                raise typer.BadParameter(str(error), param_hint="--llm") from error
        written = json.dumps(figures.as_json(), ensure_ascii=False, indent=1)
        (out / "llm.json").write_text(written + "\n", encoding="utf-8")
    if as_json:
        print(written)
    else:
        table = Table(f"语言模型 {figures.model}", "")
        for line in figures.lines():
            table.add_row(*line)
        Console().print(table)
    log.print(f"已写入 {out / 'llm.json'}")


@app.command(
    epilog="例：\n\npython -m eval calibrate --encoder 模型文件夹\n\n"
    "python -m eval calibrate --documents 我的文档 --questions 我的题集.xlsx --data 我的索引 --encoder 模型文件夹"
)
def calibrate(
    questions: Annotated[Path | None, typer.Option(help="题集，有划分时只用 dev", show_default="自带题集")] = None,
    documents: Annotated[
        Path, typer.Option(envvar="YAODIAN_DOCUMENTS", help="文档文件夹", show_default="自带文档")
    ] = PACKAGED,
    data: Annotated[Path, typer.Option(envvar="YAODIAN_DATA", help="索引文件夹，常数写在其中")] = Path("data"),
    encoder: EncoderOption = None,
    reranker: RerankerOption = None,
) -> None:
    """为编码模型选定词的权重与意义的阈值，写在索引旁边；yaodian 与评测随后都用它。"""
    with _reported(data):
        from eval.evaluation import Options, choose

        with _progress() as progress:
            options = Options(questions=questions, documents=documents, encoder=encoder, reranker=reranker)
            chosen, swept, path = choose(options, data, progress)
    kinds = list(swept[0].kinds)
    table = Table("词的权重", *kinds, "平均", caption="dev 问题检索的 nDCG@10，各类同等计入平均")
    for one in swept:
        mark = " ←" if one.words_weight == chosen.words_weight else ""
        table.add_row(f"{one.words_weight}{mark}", *(f"{one.kinds[kind]:.3f}" for kind in kinds), f"{one.mean:.3f}")
    Console().print(table)
    log.print(f"词的权重 {chosen.words_weight}，意义的阈值 {chosen.meaning}，已写入 {path}", soft_wrap=True)


@app.command(epilog="例：python -m eval ablation 训练各步 --squad cmrc2018_dev.json --out ablation.json")
def ablation(
    folder: Annotated[
        Path, typer.Argument(help="python -m index.train --ablation 写到的文件夹", exists=True, file_okay=False)
    ],
    encoder: Annotated[str | None, typer.Option(help="各步俱全的模型", show_default="自带模型")] = None,
    squad: Annotated[Path | None, typer.Option(help="SQuAD 格式的文件", exists=True)] = None,
    out: Annotated[Path, typer.Option(help="写到哪个 JSON 文件")] = Path("ablation.json"),
) -> None:
    """训练的每一步带来多少：模型与逐一省去（或加上）一步的模型，只按意义排序。"""
    with _reported(out):
        from eval.ablation import to_json
        from eval.evaluation import ablate

        with _progress() as progress:
            rows, sets = ablate(folder, squad, encoder, progress)
        out.write_text(to_json(rows, sets), encoding="utf-8")
    table = Table("训练", *(column for name in sets for column in (name, "这一步带来", "95% 区间")))
    for row in rows:
        cells = [
            cell
            for gain in row.figures.values()
            for cell in (f"{gain.mean:.3f}", f"{gain.gain:+.3f}", f"{gain.low:+.3f}–{gain.high:+.3f}")
        ]
        table.add_row({"without": "省去 ", "with": "加上 "}.get(row.trained, encoder or "自带模型") + row.step, *cells)
    Console().print(table)
    log.print(f"已写入 {out}")


@contextmanager
def _reported(target: Path) -> Iterator[None]:
    """Failures as one line that says what to do; `target` is where is written to."""
    try:
        from eval.cases import QuestionsError
        from eval.systems import UnmeasurableError
    except ModuleNotFoundError as error:
        raise _missing(error) from error
    try:
        yield
    except (QuestionsError, UnmeasurableError, CorpusError, EncoderError) as error:
        raise _failure(str(error)) from error
    except OSError as error:
        raise _failure(f"无法写入 {target}（{error.strerror}）。请指明可写的地方。") from error


def _missing(error: ModuleNotFoundError) -> Exception:
    if error.name not in EXTRAS:
        return error
    return _failure(f"评测需要另装的库（缺 {error.name}）。请执行：pip install -e '.[eval]'")


def _thresholds(given: list[str]) -> dict[str, float]:
    """「topic.f1=0.9」 -> {"topic.f1": 0.9}."""
    from eval.metrics import MEASURES

    wanted = {}
    for one in given:
        name, equals, value = one.rpartition("=")
        measure = name.rpartition(".")[2]
        try:
            wanted[name] = float(value)
        except ValueError:
            equals = ""
        if not equals or measure not in MEASURES or not 0 <= wanted[name] <= 1:
            names = "、".join(f"{name}（{heading}）" for name, heading in MEASURES.items())
            raise typer.BadParameter(
                f"应为“指标=值”或“类别.指标=值”，值在 0 至 1 之间，实为“{one}”；指标有：{names}",
                param_hint="--fail-under",
            )
    return wanted


def _check(options: "Options") -> None:
    """Options that contradict each other are said to, not ignored."""
    sources = {
        "--questions": options.questions,
        "--beir": options.beir,
        "--squad": options.squad,
    }
    named = [name for name, value in sources.items() if value]
    if len(named) > 1:
        raise typer.BadParameter(f"{'、'.join(named)} 只能用一个。")
    if options.topics and not options.questions:
        raise typer.BadParameter("--topics 要与 --questions（TREC qrels 文件）同用。")
    if options.split not in (None, "dev", "test"):
        raise typer.BadParameter(f"应为 dev 或 test，实为“{options.split}”", param_hint="--split")


def _print(report: "Report") -> None:
    from eval.terminal import print_report

    print_report(report, Console())


@contextmanager
def _progress() -> Iterator["Progress"]:
    """Bars on stderr, one at a time."""
    from eval.evaluation import Progress

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Bar(*columns, console=log, transient=True) as bar:
        task = bar.add_task("准备", total=None)
        yield Progress(
            begin=lambda what, steps: bar.reset(task, description=what, total=steps),
            step=lambda: bar.advance(task),
            remark=lambda text: log.print(f"[yellow]注意[/yellow]：{escape(text)}", soft_wrap=True),
        )


def _failure(message: str) -> typer.Exit:
    log.print(f"[red]错误[/red]：{escape(message)}", soft_wrap=True)
    return typer.Exit(1)


if __name__ == "__main__":
    app()
