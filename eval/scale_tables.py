"""What was measured at several sizes, as tables: one column a size."""

from collections.abc import Iterable, Mapping, Sequence

from rich.table import Table

from eval.scale import MIB, Measured, Scale
from eval.served import Latency

UNITS = {"字节": (1, "字节"), "毫秒": (1000, "微秒"), "秒": (1000, "毫秒")}  # a figure's unit, and what it is per item
ENOUGH = 2  # sizes that a line runs through in any case


def tables(scale: Scale) -> list[Table]:
    return [_sizes(scale.sizes), _latencies(scale.sizes), _anchors(scale.sizes), *_growth(scale)]


def _table(title: str, what: str, measured: Sequence[Measured]) -> Table:
    return Table(what, *(f"{one.items} 条" for one in measured), title=title, title_justify="left")


def _sizes(measured: Sequence[Measured]) -> Table:
    table = _table("建立与启动", "指标", measured)
    table.add_row("文档，份", *(str(one.documents) for one in measured))
    table.add_row("建立，秒", *(f"{one.built.wall_s:.1f}" for one in measured))
    table.add_row("建立，处理器秒", *(f"{one.built.cpu_s:.1f}" for one in measured))
    table.add_row("建立，内存峰值 MiB", *(f"{one.built.peak_mib:.0f}" for one in measured))
    table.add_row("磁盘 MiB", *(f"{one.built.disk / MIB:.1f}" for one in measured))
    table.add_row("启动到就绪，秒", *(f"{one.ready_s:.2f}" for one in measured))
    table.add_row("服务，常驻 MiB", *(_mib(one.resident_mib) for one in measured))
    table.add_row("其中不在文件里的 MiB", *(_mib(one.own_mib) for one in measured))
    return table


def _mib(found: float | None) -> str:
    return "未知" if found is None else f"{found:.0f}"


def _latencies(measured: Sequence[Measured]) -> Table:
    table = _table("一个问题，p50 / p99 毫秒，每个问题只问一次", "请求", measured)
    table.add_row("/livez", *(_times(one.livez) for one in measured))
    for kind in _kinds(one.searched for one in measured):
        table.add_row(f"/api/search {kind}", *(_times(one.searched.get(kind)) for one in measured))
    for kind in _kinds(one.asked for one in measured):
        table.add_row(f"/api/ask {kind}", *(_times(one.asked.get(kind)) for one in measured))
    return table


def _kinds(several: Iterable[Mapping[str, Latency]]) -> list[str]:
    return list(dict.fromkeys(kind for one in several for kind in one))


def _times(found: Latency | None) -> str:
    return f"{found.p50:.1f} / {found.p99:.1f}" if found else ""


def _anchors(measured: Sequence[Measured]) -> Table:
    table = _table("参照（同样的文字与向量，不经 HTTP）：p50 / p99 毫秒，备好的秒数", "参照", measured)
    for name in dict.fromkeys(anchor.name for one in measured for anchor in one.anchors):
        found = [next((anchor for anchor in one.anchors if anchor.name == name), None) for one in measured]
        table.add_row(name, *(f"{_times(one.times)}，{one.ready_s:.1f}" if one else "" for one in found))
    return table


def _growth(scale: Scale) -> list[Table]:
    """Nothing where there is one size."""
    if not scale.growth:
        return []
    table = Table("每增加一个条目", "增加", "固定", "R²", title="增长（直线拟合）", title_justify="left")
    for name, line in scale.growth.items():
        what, unit = name.rsplit("，", 1)
        factor, small = UNITS[unit]
        fixed = f"{line.fixed / MIB:.1f} MiB" if unit == "字节" else f"{line.fixed:.2f} {unit}"
        r2 = f"{line.r2:.3f}" if len(scale.sizes) > ENOUGH else "·"
        table.add_row(what, f"{line.per_item * factor:.3f} {small}", fixed, r2)
    return [table]
