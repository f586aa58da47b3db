"""A plain wheel, installed elsewhere, answers from an empty folder."""

import json
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_a_wheel_installed_in_another_environment_answers(tmp_path: Path) -> None:
    source = tmp_path / "source"
    shutil.copytree(
        ROOT,
        source,
        ignore=shutil.ignore_patterns(".*", "build", "data", "report", "training", "*.egg-info", "__pycache__"),
    )
    build = [
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        str(tmp_path / "dist"),
        str(source),
    ]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = (tmp_path / "dist").iterdir()
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        assert b"License-Expression: Apache-2.0 AND CC-BY-SA-4.0 AND MIT" in archive.read(metadata)
        assert {"LICENSE", "NOTICE"} <= {Path(name).name for name in archive.namelist() if "/licenses/" in name}
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "venv")], check=True)
    python = tmp_path / "venv" / "bin" / "python"
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--no-deps", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    # the libraries it depends on are lent by this environment: installing them again would take minutes
    lent = subprocess.check_output([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], text=True)
    libraries = [path for path in (sysconfig.get_path("purelib"), sysconfig.get_path("platlib")) if path]
    (Path(lent.strip()) / "lent.pth").write_text("\n".join(dict.fromkeys(libraries)) + "\n")
    (tmp_path / "empty").mkdir()
    answer = subprocess.run(
        [tmp_path / "venv" / "bin" / "yaodian", "ask", "哪些任务涉及一带一路"],
        cwd=tmp_path / "empty",
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.count("〔第31项〕") == answer.stdout.count("〔第32项〕") == 1
    figures = subprocess.run(
        [python, "-m", "eval", "--split", "dev", "--config", "fused", "--json"],
        cwd=tmp_path / "empty",
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(figures.stdout)["about"]["asked"] == 278
    assert (tmp_path / "empty" / "report" / "report.html").is_file()
    where = subprocess.check_output(
        [python, "-c", "import service; print(service.__file__)"], text=True, cwd=tmp_path / "empty"
    )
    assert where.startswith(str(tmp_path / "venv"))
