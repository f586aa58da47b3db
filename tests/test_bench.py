from eval.bench import Bench, rows
from eval.served import Latency


def test_the_table_shows_medians_and_ratios() -> None:
    fast, slow = Latency(100, 0.2, 0.3, 0.4), Latency(100, 1.0, 2.0, 3.0)
    bench = Bench([1.0, 3.0, 2.0], 200.4, 210.0, fast, slow, fast, slow, 5.0, 5.0, 4000, 900)
    shown = dict(rows(bench))
    assert shown["启动到就绪，中位数"] == "2.00 秒（3 次）"
    assert shown["常驻内存"] == "200 MiB（峰值 210）"
    assert shown["/api/ask 延迟"] == "p50 1.00　p95 2.00　p99 3.00 毫秒（100 次）"
    assert shown["问答与 /livez 延迟之比"] == "5.0"
