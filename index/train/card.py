"""The model card, written from the figures of the run that made the weights."""

from dataclasses import dataclass
from pathlib import Path

CARD = """\
---
language: zh
license: {license}
library_name: sentence-transformers
tags: [static-embedding, chinese, retrieval]
---
# 要点问答自带的中文编码模型

把中文短文变成 {dimensions} 维单位向量：每个词一个向量，按词的权重求和，再归一。它是 sentence-transformers 的 `StaticEmbedding`
模型（{words} 个词，每数 8 位），不需要 torch 就能查表。输入须先折叠为简体、由 jieba（搜索模式，`HMM=False`，加领域词典）分词、
以空格相连；`index.StaticEncoder` 自己做这两步。

用途：为带编号的公文条目找“意思相近”的条目。在问答中它只排序、只填“相关”，不决定答案的成员。

## 数据与许可
{articles} 条中国法律条文（公开仓库 LawRefBook/Laws；法律文本不受著作权保护），每 71 条留出一条作评测。{meanings}

## 训练
一条法条给出三种文本对：一句与其余各句；章节标题与条文；一至五个词（越少见越易选中）放进提问的句式，对去掉（60 %）或保留这些词的条文。
同批其余文本为负例（批 {batch}，尺度 20），{steps} 步，Adam 0.01 余弦衰减，词的权重从 1e-3/(1e-3+p) 学起，种子 {seed}。
{held}词表之外的词按其中有向量的单字计。
两个核心上连同分词与评测 {minutes:.1f} 分钟：

    {command}

## 数字
首选正确率（每个问题在全部文本中只有一篇正确；词为 BM25，融合为标准分加权）：

| 评测 | 问题数 | 只用词 | 只用意义 | 融合（词占 0.8） |
|---|---|---|---|---|
{rows}

## 不足
每个词只有一个向量，多义词的各义混在一起；口语、新词和专名知之甚少；词表之外的词按单字计，全是生词的文本得零向量，
与任何条目都不相近；不辨词序与否定。
"""


MEANINGS = """
CC-CEDICT 中 {glossed} 个词的英文释义（MDBG，CC BY-SA 4.0），由英文模型 {english} 变成向量。因用了 CC-CEDICT，权重以 CC BY-SA 4.0 发布。"""
HELD = """\
有释义的词从释义的向量（主成分降维）起步，并以余弦损失（权重 2）留在其附近；问句里的词有 40 % 换成释义余弦在 0.75 以上的词
（{substituted} 个词有这样的近义词），使没在法条里出现过的说法也能找到条文。
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a training run was and what it reached; success by the weight of words, as `evaluate` gives it."""

    command: str
    words: int
    articles: int
    glossed: int  # words with a meaning from the dictionary
    english: str  # the model that read the glosses
    substituted: int  # of the laws' words, those that have others to stand for them
    dimensions: int
    steps: int
    batch: int
    seed: int
    minutes: float
    held_back_articles: int
    held_back: dict[float, float]
    squad: str | None
    squad_questions: int
    squad_success: dict[float, float] | None


def write_card(folder: Path, figures: Figures) -> None:
    rows = [_row("留出的法条：首句 → 其余", figures.held_back_articles, figures.held_back)]
    if figures.squad and figures.squad_success:
        rows.append(_row(f"{figures.squad}：问题 → 段落", figures.squad_questions, figures.squad_success))
    values = {name: getattr(figures, name) for name in Figures.__dataclass_fields__}
    taught = figures.glossed > 0
    card = CARD.format(
        **values,
        rows="\n".join(rows),
        license="cc-by-sa-4.0" if taught else "cc-by-4.0",
        meanings=MEANINGS.format(**values) if taught else "权重以 CC BY 4.0 发布。",
        held=HELD.format(**values) if taught else "",
    )
    (folder / "README.md").write_text(card, encoding="utf-8")


def _row(name: str, questions: int, success: dict[float, float]) -> str:
    return f"| {name} | {questions} | {success[1.0]:.3f} | {success[0.0]:.3f} | {success[0.8]:.3f} |"
