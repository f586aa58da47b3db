"""Who may import whom: corpus <- index <- service <- eval, and heavy libraries in one place each."""

import ast
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ["corpus", "index", "service", "eval"]
FENCES = {
    "opencc": ["corpus/script.py"],
    "pypdfium2": ["corpus/readers/pdf"],
    "selectolax": ["corpus/readers/html"],
    "openpyxl": ["corpus/readers/xlsx.py", "eval/"],
    "jieba": ["index/dictionary.py"],
    "pypinyin": [],
    "faiss": ["index/dense.py", "eval/anchors.py"],
    "onnxruntime": ["index/contextual.py"],
    "onnx": ["index/train/"],
    "tokenizers": ["index/contextual.py", "index/train/"],
    "chromadb": [],
    "txtai": [],
    "pymilvus": ["index/milvus/"],
    "milvus_lite": ["index/milvus/"],
    "grpc": ["index/milvus/"],
    "bm25s": ["eval/"],
    "sentence_transformers": ["index/encoder.py", "index/reranker.py", "index/train/"],
    "torch": ["index/train/"],
    "fastapi": ["service/"],
    "httpx": ["service/llm/client.py", "eval/"],
    "limits": ["service/limits.py"],
    "mcp": ["service/mcp_tools.py"],
    "mcp_types": ["service/mcp_tools.py"],
    "prometheus_client": ["service/metrics.py"],
    "pythonjsonlogger": ["service/logs.py"],
    "redis": ["service/limits.py"],
}
FILES = sorted(path.relative_to(ROOT) for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def imports(file: Path) -> list[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    return names + [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]


@pytest.mark.parametrize("file", FILES, ids=str)
def test_a_file_imports_only_packages_to_its_left_through_their_front_door(file: Path) -> None:
    package = file.parts[0]
    for name in imports(file):
        top = name.split(".")[0]
        if top in PACKAGES and top != package:
            assert PACKAGES.index(top) < PACKAGES.index(package), f"{file} looks right: {name}"
            assert name == top, f"{file} goes round the front door: {name}"


@pytest.mark.parametrize("file", FILES, ids=str)
def test_heavy_libraries_stay_behind_their_fences(file: Path) -> None:
    for name in imports(file):
        allowed = FENCES.get(name.split(".")[0].removesuffix("_offline"))
        assert allowed is None or str(file).startswith(tuple(allowed)), f"{file} imports {name}"


def test_serving_never_imports_training() -> None:
    training = [str(file) for file in FILES if any(name.startswith("index.train") for name in imports(file))]
    assert all(file.startswith("index/train/") for file in training)


def test_the_top_level_is_the_owners() -> None:
    listed = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("no checkout: what belongs to the project cannot be told from what lies beside it")
    top_level = {name.split("/")[0] for name in listed.stdout.split("\0") if name and not name.startswith(".")}
    assert top_level == {"pyproject.toml", *PACKAGES, "tests", "Dockerfile", "README.md", "LICENSE", "NOTICE"}
