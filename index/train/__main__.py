"""Train the bundled encoder.

python -m index.train --laws laws.jsonl.xz --cedict cedict.txt.gz --english all-MiniLM-L6-v2 --squad cmrc2018_dev.json
"""

import time
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
from index.train.card import Figures, write_card
from index.train.evaluate import chosen_weight, read_squad, success_by_weight
from index.train.export import export
from index.train.gloss import Glosses, encode_glosses, read_glosses
from index.train.model import train
from index.train.pairs import PairSampler, read_articles, read_laws, sentences_of

ENGLISH = "sentence-transformers/all-MiniLM-L6-v2"
HELD_BACK = 71  # every 71st article is kept for the evaluation

log = Console(stderr=True)


def main(
    laws: Annotated[Path, typer.Option(help="法条，一行一个 JSON：title, heading, text（可为 .xz）", exists=True)],
    out: Annotated[Path, typer.Option(help="模型写到的文件夹")] = Path("index/model"),
    cedict: Annotated[
        Path | None, typer.Option(help="CC-CEDICT（可为 .gz）：词义；不给则只学法条", exists=True)
    ] = None,
    english: Annotated[str, typer.Option(help="读词义的英文 sentence-transformers 模型的文件夹或名称")] = ENGLISH,
    substitute: Annotated[bool, typer.Option(help="把问题里的词换成词义相近的词")] = True,
    work: Annotated[Path, typer.Option(help="存放词义向量的文件夹，再次训练时省去几分钟")] = Path("training"),
    squad: Annotated[Path | None, typer.Option(help="SQuAD 格式的评测文件，写入模型卡", exists=True)] = None,
    steps: Annotated[int, typer.Option(help="训练步数", min=1)] = 1500,
    batch: Annotated[int, typer.Option(help="每步的文本对数", min=2)] = 1024,
    dimensions: Annotated[int, typer.Option(help="向量维数", min=2)] = 256,
    seed: Annotated[int, typer.Option(help="随机种子")] = 0,
) -> None:
    """从法条与词典训练自带的编码模型（两个核心上约半小时）。"""
    began = time.monotonic()
    torch.manual_seed(seed)
    segmenter = Segmenter(load_corpus().words)
    glosses = read_glosses(cedict) if cedict else {}
    log.print(f"读取并分词 {laws} …")
    read = read_laws(laws, segmenter, glosses)
    log.print(f"{len(read.articles)} 条法条，{len(read.vocabulary)} 个词")
    meanings = _meanings(glosses, english, work / "glosses.npz", {*read.vocabulary}) if glosses else None
    rows = {word: row for row, word in enumerate(read.vocabulary)}
    in_laws = np.unique(np.concatenate([sentence for article in read.articles for sentence in article.sentences]))
    neighbours = meanings.neighbours(rows, in_laws.tolist()) if meanings and substitute else {}
    kept = [article for number, article in enumerate(read.articles) if number % HELD_BACK]
    with Progress(
        TextColumn("训练"), BarColumn(), MofNCompleteColumn(), TextColumn("损失 {task.fields[loss]:.3f}"),
        TimeRemainingColumn(), console=log,
    ) as progress:  # fmt: skip
        task = progress.add_task("", total=steps, loss=0.0)
        model = train(
            read,
            PairSampler(read, kept, seed, neighbours),
            dimensions=dimensions,
            steps=steps,
            batch=batch,
            meanings=meanings.reduced(dimensions) if meanings else None,
            on_step=lambda step, loss: progress.update(task, completed=step, loss=loss),
        )
    export(out, read.vocabulary, model.table())
    log.print("评测 …")
    encoder = StaticEncoder(out, segmenter)
    texts = [text for _, text in read_articles(laws)][::HELD_BACK]
    cut = [(sentences_of(text)[0], "。".join(sentences_of(text)[1:])) for text in texts if len(sentences_of(text)) > 1]
    held_back = success_by_weight([s for s, _ in cut], list(range(len(cut))), [r for _, r in cut], segmenter, encoder)
    asked = read_squad(squad) if squad else None
    read_well = success_by_weight(*asked, segmenter, encoder) if asked else None
    figures = Figures(
        command=" ".join(
            [
                f"python -m index.train --laws {laws.name}",
                *([f"--cedict {cedict.name} --english {Path(english).name}"] if cedict else []),
                *([] if substitute else ["--no-substitute"]),
                *([f"--squad {squad.name}"] if squad else []),
            ]
        ),
        glossed=len(meanings.words) if meanings else 0,
        english=Path(english).name,
        substituted=len(neighbours),
        words=len(read.vocabulary),
        articles=len(kept),
        dimensions=dimensions,
        steps=steps,
        batch=batch,
        seed=seed,
        minutes=(time.monotonic() - began) / 60,
        held_back_articles=len(cut),
        held_back=held_back,
        squad=squad.name if squad else None,
        squad_questions=len(asked[0]) if asked else 0,
        squad_success=read_well,
    )
    write_card(out, figures)
    log.print(f"已写入 {out}，用时 {figures.minutes:.1f} 分钟")
    if read_well:
        log.print(f"词的权重宜取 {chosen_weight(read_well)}（index/search.py 的 WORDS_WEIGHT）")


def _meanings(glosses: dict[str, str], english: str, cache: Path, vocabulary: set[str]) -> Glosses:
    needed = {word: gloss for word, gloss in glosses.items() if word in vocabulary}
    columns = (TextColumn("词义"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=log) as progress:
        task = progress.add_task("", total=None)
        return encode_glosses(
            needed, english, cache, lambda done, total: progress.update(task, completed=done, total=total)
        )


typer.run(main)
