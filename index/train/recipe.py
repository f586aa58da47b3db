"""What a training run does: its steps, each of which can be left out to see what it gives, and its sizes."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

STEPS = {
    "glosses": "词从词典释义的向量起步，并留在其附近",
    "whiten": "释义向量白化：各主成分的方差拉近，使常见的语义方向不掩盖其余",
    "characters": "词的向量之外加上各单字的向量，写法相近的词互相带动",
    "frequency": "词的权重不只看在法条里多常见，也看在一般文字里多常见，口语的虚词得小权重",
    "colloquial": "问句的句式里有口语的问法",
    "substitute": "问句里的词换成释义相近的词",
    "contrast": "对比学习：一条法条的两部分相互靠近，与同批其余的分开",
    "average": "学完的向量与起点的向量取平均：专门的与通用的各占一半",
}
LEFT_OUT = frozenset({"substitute"})  # unless asked for: measured, they take rather than give
OF_GLOSSES = ("glosses", "whiten", "substitute", "average")  # those that need a dictionary


@dataclass(frozen=True, slots=True)
class Recipe:
    """Sizes and seed of a run; `without` names the STEPS left out."""

    without: frozenset[str] = LEFT_OUT
    dimensions: int = 256
    steps: int = 400
    batch: int = 1024
    seed: int = 0

    def has(self, step: str) -> bool:
        assert step in STEPS
        return step not in self.without

    def less(self, steps: Iterable[str]) -> "Recipe":
        return replace(self, without=self.without | {*steps})

    def toggled(self, step: str) -> "Recipe":
        """With `step` if this goes without it, else without it and those that need it."""
        if not self.has(step):
            return replace(self, without=self.without - {step})
        return self.less(OF_GLOSSES if step == "glosses" else (step,))
