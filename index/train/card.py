"""The model card, written from the figures of the run that made the weights and of their evaluation.

python -m index.train.card index/model --ablation ablation.json --report report/report.json
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from index.train.recipe import LEFT_OUT, STEPS

FACTS = "training.json"
TRAINED = {"as committed": "本模型", "without": "省去 `{}`", "with": "加上 `{}`"}
MEASURES = {"ndcg@10": "nDCG@10", "success@1": "首位正确率"}

CARD = """\
---
language: zh
license: {license}
library_name: sentence-transformers
tags: [static-embedding, chinese, retrieval]
---
# 要点问答自带的中文编码模型

把中文短文变成 {dimensions} 维单位向量：每个词一个向量，按词的权重求和，再归一。它是 sentence-transformers 的 `StaticEmbedding`
模型（{words} 个词，每数 8 位，共 {megabytes:.1f} MB），不需要 torch 就能查表。输入须先折叠为简体、由 jieba（搜索模式，`HMM=False`，加领域词典）
分词、以空格相连；`index.StaticEncoder` 自己做这两步。词表之外的词按其中有向量的单字计；全是生词的文本得零向量，与任何条目都不相近。

用途：为带编号的公文条目找“意思相近”的条目。在问答中它排序、填“相近”；字面上一个条目也没有时，足够近的才作答案，并注明是按意思找到的。

## 数据与许可
{articles} 条中国法律条文（公开仓库 LawRefBook/Laws；法律文本不受著作权保护），每 71 条留出一条作评测。{meanings}

## 训练
一条法条给出三种文本对：一句与其余各句；章节标题与条文；一至五个词（越少见越易选中）放进提问的句式，对去掉（60 %）或保留这些词的条文。
同批其余文本为负例（批 {batch}，尺度 20），{steps} 步，Adam 0.01 余弦衰减，种子 {seed}。各步（`--without 名称` 可逐一省去{left_out}）：

{recipe}

两个核心上用时 {minutes:.1f} 分钟（词义已读过；第一次读词义另需约五分钟）：

    {command}

## 数字
只用这个模型，首位正确率（每个问题的最近文本是不是它的；整篇一个向量）：

| 评测 | 问题数 | 正确率 | 95% 区间 |
|---|---|---|---|
{measured}
{evaluation}
## 速度
载入 0.07 秒；一个核心上每秒四万至十一万条短问题，单独一条 0.02 至 0.05 毫秒（不计折叠与分词）；不载入 torch。

## 不足
每个词只有一个向量，多义词的各义混在一起；不辨词序与否定；成语、比喻、新词和专名知之甚少；字形相近而意义不同的词会被单字带近。
与条目没有共同说法的问题，多半仍找不到：见上面改述一行。
"""

MEANINGS = """
CC-CEDICT 中 {glossed} 个词的英文释义（MDBG，CC BY-SA 4.0），由英文模型 {english} 变成向量。因用了 CC-CEDICT，权重以 CC BY-SA 4.0 发布。"""


@dataclass(frozen=True, slots=True)
class Training:
    """What a training run was and what it reached."""

    command: str
    recipe: dict[str, Any]  # a Recipe
    words: int
    articles: int
    glossed: int  # words with a meaning from the dictionary
    english: str  # the model that read the glosses
    substituted: int  # of the laws' words, those that have others to stand for them
    minutes: float
    measured: list[dict[str, Any]]  # `Success`es


def write_training(folder: Path, training: Training) -> None:
    """The facts beside the weights, and a card of them alone."""
    content = json.dumps(asdict(training), ensure_ascii=False, indent=1)
    (folder / FACTS).write_text(content + "\n", encoding="utf-8")
    write_card(folder)


def write_card(folder: Path, ablation: Path | None = None, report: Path | None = None) -> None:
    """The card of the model in `folder`, with the tables of `python -m eval ablation` and of `python -m eval`."""
    training = Training(**json.loads((folder / FACTS).read_text(encoding="utf-8")))
    without = training.recipe["without"]
    values = {**asdict(training), **training.recipe}
    values |= {
        "megabytes": (folder / "model.safetensors").stat().st_size / 1e6,
        "license": "cc-by-sa-4.0" if training.glossed else "cc-by-4.0",
        "meanings": MEANINGS.format(**values) if training.glossed else "权重以 CC BY 4.0 发布。",
        "left_out": "".join(
            f"；`--with {name}` 加上这里没有用的：{STEPS[name]}" for name in without if name in LEFT_OUT
        ),
        "recipe": "\n".join(f"- `{name}` {what}" for name, what in STEPS.items() if name not in without),
        "measured": "\n".join(
            f"| {one['slice']} | {one['questions']} | {one['share']:.3f} | {one['low']:.3f}–{one['high']:.3f} |"
            for one in training.measured
        ),
        "evaluation": (_questions(report) if report else "") + (_ablation(ablation) if ablation else ""),
    }
    (folder / "README.md").write_text(CARD.format(**values), encoding="utf-8")


def _questions(report: Path) -> str:
    """The table of retrieval figures in a report.json."""
    found = json.loads(report.read_text(encoding="utf-8"))
    rows = []
    for config, figures in found["figures"].items():
        for split in sorted(figures.keys() & {"dev", "test"}):
            for kind in ("topic", "paraphrase"):
                if one := figures[split].get(kind, {}).get("ndcg@10"):
                    interval = f"{one['low']:.3f}–{one['high']:.3f}"
                    rows.append(f"| {split} | {kind} | {config} | {one['n']} | {one['mean']:.3f} | {interval} |")
    head = "| 划分 | 类别 | 排序 | 问题数 | nDCG@10 | 95% 区间 |\n|---|---|---|---|---|---|"
    return (
        f"\n自带题集的检索（`python -m eval`；意义取整条与最近一个分句的平均）：\n\n{head}\n"
        + "\n".join(sorted(rows))
        + "\n"
    )


def _ablation(ablation: Path) -> str:
    """The table of what each step gives."""
    found = json.loads(ablation.read_text(encoding="utf-8"))
    sets = list(found["sets"])
    head = "| 训练 | " + " | ".join(f"{name} {MEASURES[found['sets'][name]]} | 这一步带来（95% 区间）" for name in sets)
    rows = []
    for row in found["rows"]:
        cells = [TRAINED[row["trained"]].format(row["step"])]
        for name in sets:
            one = row["figures"][name]
            gain = f"{one['gain']:+.3f}（{one['low']:+.3f}–{one['high']:+.3f}）" if row["step"] else "·"
            cells += [f"{one['mean']:.3f}", gain]
        rows.append(f"| {' | '.join(cells)} |")
    line = "|---" * (1 + 2 * len(sets)) + "|"
    return (
        "\n各步逐一省去（没有用的一步则加上），只按意义排序（`--ablation`，再 `python -m eval ablation`；区间由成对自助法，逐题同分才为 0）：\n\n"
        + f"{head} |\n{line}\n"
        + "\n".join(rows)
        + "\n"
    )


def main(
    folder: Annotated[Path, typer.Argument(help="模型的文件夹，内有 training.json", exists=True)],
    ablation: Annotated[Path | None, typer.Option(help="python -m eval ablation 写的 JSON", exists=True)] = None,
    report: Annotated[Path | None, typer.Option(help="python -m eval 写的 report.json", exists=True)] = None,
) -> None:
    """重写模型卡，填入评测的表。"""
    write_card(folder, ablation, report)


if __name__ == "__main__":
    typer.run(main)
