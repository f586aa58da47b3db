"""The report as tables on the terminal."""

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from eval.cases import ALL
from eval.metrics import MEASURES, Figure
from eval.report import SPLITS, Report, kinds_of, splits_of, summary

HEADINGS = {  # of the terminal's narrow table; the page shows every measure with its interval
    "correct": "全对",
    "f1": "F1",
    "answered": "该答",
    "decline_recall": "该拒",
    "citations": "引用",
    "parity": "繁简",
    "best_expected": "首位",
    "success@1": "S@1",
    "recall@5": "R@5",
    "recall@10": "R@10",
    "rr@10": "RR",
    "ndcg@10": "nDCG",
}
WIDTHS = {"区间": 9, "题数": 4, "划分": 4}
ANSWERS = ("correct", "f1", "answered", "decline_recall", "citations", "parity", "ndcg@10")
RANKED = ("success@1", "recall@5", "recall@10", "rr@10", "ndcg@10")  # where nothing was answered
COMPARED = ("best_expected", "success@1", "ndcg@10")


def print_report(report: Report, console: Console) -> None:
    for heading, value in summary(report):
        console.print(f"{heading}：{value}", markup=False, highlight=False)
    for split in splits_of(report):
        console.print(_kinds(report, split))
    if len(report.runs) > 1:
        for split in splits_of(report):
            console.print(_configs(report, split))
    if any(one.better or one.worse for one in report.comparisons):
        console.print(_comparisons(report))
    changed = {(one.before, one.after) for one in report.comparisons if one.better or one.worse}
    for before, after in dict.fromkeys((one.before, one.after) for one in report.comparisons):
        if (before, after) not in changed:
            console.print(f"{before} → {after}：没有一题变化", highlight=False)
    for name, figure in report.main.latency.items():
        console.print(f"延迟 {name}：{figure.mean:.2f} 毫秒（{figure.n} 次）", highlight=False)


def _kinds(report: Report, split: str) -> Table:
    kinds = report.main.figures[split]
    first, *rest = [name for name in (ANSWERS if "correct" in kinds[ALL] else RANKED) if name in kinds[ALL]]
    headings = ("类别", "题数", HEADINGS[first], "区间", *(HEADINGS[name] for name in rest))
    table = _table(_title(report, split), *headings)
    for kind in kinds_of(kinds):
        figures = kinds[kind]
        asked = str(report.main.asked[split][kind])
        leading = figures.get(first)
        table.add_row(_name(kind), asked, _mean(leading), _interval(leading), *(_mean(figures.get(n)) for n in rest))
    return table


def _configs(report: Report, split: str) -> Table:
    kinds = report.main.figures[split]
    measures = [name for name in COMPARED if name in kinds[ALL]]
    headings = [heading for name in measures for heading in (HEADINGS[name], "区间")]
    table = _table(f"配置对比：{SPLITS[split]}", "类别", "配置", *headings)
    for kind in kinds_of({kind: figures for kind, figures in kinds.items() if "ndcg@10" in figures}):
        for run in report.runs:
            figures = [run.figures[split][kind].get(name) for name in measures]
            cells = [cell for figure in figures for cell in (_mean(figure), _interval(figure))]
            table.add_row(_name(kind), run.name, *cells)
    return table


def _comparisons(report: Report) -> Table:
    table = _table("差异（后者减前者，成对置换检验）", "前者 → 后者", "划分", "指标", "差", "p", "变好", "变差")
    for one in report.comparisons:
        if one.better or one.worse:
            names = (f"{one.before} → {one.after}", "全部" if one.split == ALL else one.split, MEASURES[one.measure])
            table.add_row(*names, f"{one.difference:+.3f}", f"{one.p:.4f}", str(len(one.better)), str(len(one.worse)))
    return table


def _table(title: str, *headings: str) -> Table:
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for heading in headings:
        if heading in ("类别", "配置", "前者 → 后者"):
            table.add_column(heading, overflow="fold")  # a name may be long: the figures keep their width
        else:
            table.add_column(heading, no_wrap=True, min_width=WIDTHS.get(heading, 5))
    return table


def _title(report: Report, split: str) -> str:
    return f"{SPLITS[split]}，配置 {report.main.name}"


def _name(kind: str) -> str:
    return "全部" if kind == ALL else escape(kind)


def _mean(figure: Figure | None) -> str:
    return "·" if figure is None else f"{figure.mean:.3f}"


def _interval(figure: Figure | None) -> str:
    return "" if figure is None or figure.low is None else f"[dim]{figure.low:.2f}–{figure.high:.2f}[/dim]"
