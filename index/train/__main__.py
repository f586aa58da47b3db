"""Train the bundled encoder.

python -m index.train --laws laws.jsonl.xz --cedict cedict.txt.gz --english all-MiniLM-L6-v2 --squad cmrc2018_dev.json
"""

import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import numpy as np
import torch
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from corpus import load_corpus
from index.encoder import StaticEncoder
from index.tokens import Segmenter
from index.train.card import Training, write_training
from index.train.evaluate import held_back_laws, squad
from index.train.export import export
from index.train.gloss import WHITEN, Glosses, encode_glosses, read_glosses
from index.train.model import train
from index.train.pairs import Laws, PairSampler, Rows, read_articles, read_laws
from index.train.recipe import LEFT_OUT, OF_GLOSSES, STEPS, Recipe

ENGLISH = "sentence-transformers/all-MiniLM-L6-v2"
DEFAULT = Recipe()
HELD_BACK = 71  # every 71st article is kept for the evaluation

log = Console(stderr=True, highlight=False)


def main(
    laws: Annotated[Path, typer.Option(help="法条，一行一个 JSON：title, heading, text（可为 .xz）", exists=True)],
    out: Annotated[Path, typer.Option(help="模型写到的文件夹")] = Path("index/model"),
    cedict: Annotated[
        Path | None, typer.Option(help="CC-CEDICT（可为 .gz）：词义；不给则只学法条", exists=True)
    ] = None,
    english: Annotated[str, typer.Option(help="读词义的英文 sentence-transformers 模型的文件夹或名称")] = ENGLISH,
    without: Annotated[
        list[str] | None, typer.Option(help=f"省去这一步，可重复：{'、'.join(STEPS)}", metavar="步骤")
    ] = None,
    including: Annotated[
        list[str] | None, typer.Option("--with", help=f"加上默认不用的这一步：{'、'.join(LEFT_OUT)}", metavar="步骤")
    ] = None,
    ablation: Annotated[
        Path | None, typer.Option(help="另把各步逐一省去（默认不用的则加上），模型写到这个文件夹下（用时为各步之和）")
    ] = None,
    work: Annotated[Path, typer.Option(help="存放词义向量与训练存档的文件夹：再次训练省去几分钟，中断后接着练")] = Path(
        "training"
    ),
    squad_file: Annotated[
        Path | None, typer.Option("--squad", help="SQuAD 格式的评测文件，写入模型卡", exists=True)
    ] = None,
    steps: Annotated[int, typer.Option(help="训练步数", min=1)] = DEFAULT.steps,
    batch: Annotated[int, typer.Option(help="每步的文本对数", min=2)] = DEFAULT.batch,
    dimensions: Annotated[int, typer.Option(help="向量维数", min=2)] = DEFAULT.dimensions,
    seed: Annotated[int, typer.Option(help="随机种子")] = DEFAULT.seed,
) -> None:
    """从法条与词典训练自带的编码模型（两个核心上约十分钟，多半用来读词义；词义只读一次）。"""
    for option, named in {"--without": without or [], "--with": including or []}.items():
        if unknown := sorted({*named} - STEPS.keys()):
            raise typer.BadParameter(f"应为 {'、'.join(STEPS)}，实为“{unknown[0]}”", param_hint=option)
    began = time.monotonic()
    left_out = LEFT_OUT.difference(including or ()).union(without or ())
    if cedict is None or "glosses" in left_out:
        if needless := sorted({*(including or [])} & {*OF_GLOSSES}):
            raise typer.BadParameter(f"{needless[0]} 要用词义：须有 --cedict，且不省去 glosses", param_hint="--with")
        left_out |= {*OF_GLOSSES}
    recipe = Recipe(left_out, dimensions, steps, batch, seed)
    segmenter = Segmenter(load_corpus().words)
    glosses = read_glosses(cedict) if cedict else {}
    log.print(f"读取并分词 {laws} …")
    read = read_laws(laws, segmenter, glosses)
    log.print(f"{len(read.articles)} 条法条，{len(read.vocabulary)} 个词")
    meanings = _meanings(glosses, english, work / "glosses.npz", {*read.vocabulary}) if glosses else None
    neighbours = _neighbours(read, meanings) if meanings else {}
    encoder = _trained(recipe, read, meanings, neighbours, out, work, segmenter)
    log.print("评测 …")
    held_back = [article for number, article in enumerate(read_articles(laws)) if number % HELD_BACK == 0]
    measured = held_back_laws(held_back, encoder)
    if squad_file:
        measured.append(squad(squad_file, encoder))
    options = [f"--laws {laws.name}"]
    options += [f"--cedict {cedict.name} --english {Path(english).name}"] if cedict else []
    options += [f"--without {step}" for step in without or ()] + [f"--with {step}" for step in including or ()]
    for name in ("steps", "batch", "dimensions", "seed"):
        if getattr(recipe, name) != getattr(DEFAULT, name):
            options.append(f"--{name} {getattr(recipe, name)}")
    options += [f"--squad {squad_file.name}"] if squad_file else []
    write_training(
        out,
        Training(
            command=f"python -m index.train {' '.join(options)}",
            recipe={**asdict(recipe), "without": sorted(recipe.without)},
            words=len(read.vocabulary),
            articles=len(read.articles) - len(held_back),
            glossed=len(meanings.words) if meanings and recipe.has("glosses") else 0,
            english=Path(english).name,
            substituted=len(neighbours) if recipe.has("substitute") else 0,
            minutes=round((time.monotonic() - began) / 60, 1),
            measured=[asdict(one) for one in measured],
        ),
    )
    for one in measured:
        log.print(f"{one.slice}：{one.share:.3f}（{one.low:.3f}–{one.high:.3f}，{one.questions} 题）")
    log.print(f"已写入 {out}，用时 {(time.monotonic() - began) / 60:.1f} 分钟")
    if ablation:
        for step in (step for step in STEPS if cedict or step not in OF_GLOSSES):
            variant = f"{'without' if recipe.has(step) else 'with'}-{step}"
            _trained(recipe.toggled(step), read, meanings, neighbours, ablation / variant, work, segmenter)


def _trained(
    recipe: Recipe,
    read: Laws,
    meanings: Glosses | None,
    neighbours: dict[int, Rows],
    out: Path,
    work: Path,
    segmenter: Segmenter,
) -> StaticEncoder:
    """Train by the recipe and write the model to `out`."""
    kept = [article for number, article in enumerate(read.articles) if number % HELD_BACK]
    sampler = PairSampler(
        read, kept, recipe.seed, neighbours if recipe.has("substitute") else {}, recipe.has("colloquial")
    )
    taught = meanings.reduced(recipe.dimensions, WHITEN if recipe.has("whiten") else 0) if meanings else None
    with Progress(
        TextColumn(f"训练 {out.name}"), BarColumn(), MofNCompleteColumn(), TextColumn("损失 {task.fields[loss]:.3f}"),
        TimeRemainingColumn(), console=log,
    ) as progress:  # fmt: skip
        task = progress.add_task("", total=recipe.steps, loss=0.0)
        model = train(
            read,
            sampler,
            recipe,
            taught if recipe.has("glosses") else None,
            work / f"{out.name}.checkpoint",
            lambda step, loss: progress.update(task, completed=step, loss=loss),
        )
    export(out, read.vocabulary, model.table())
    return StaticEncoder(out, segmenter)


def _meanings(glosses: dict[str, str], english: str, cache: Path, vocabulary: set[str]) -> Glosses:
    needed = {word: gloss for word, gloss in glosses.items() if word in vocabulary}
    columns = (TextColumn("词义"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=log) as progress:
        task = progress.add_task("", total=None)
        return encode_glosses(
            needed, english, cache, lambda done, total: progress.update(task, completed=done, total=total)
        )


def _neighbours(read: Laws, meanings: Glosses) -> dict[int, Rows]:
    """Of each word of the laws, those glossed alike."""
    rows = {word: row for row, word in enumerate(read.vocabulary)}
    in_laws = np.unique(np.concatenate([sentence for article in read.articles for sentence in article.sentences]))
    return meanings.neighbours(rows, in_laws.tolist())


if __name__ == "__main__":
    torch.set_num_threads(2)
    typer.run(main)
