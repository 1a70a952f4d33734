"""Installed from a wheel, away from the source, the program has its resources and its migrations."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_a_wheel_makes_a_database(tmp_path):
    source, site = tmp_path / "source", tmp_path / "site"
    source.mkdir()
    for name in ("app", "resources", "build"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, source)
    wheel = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*wheel, "-w", str(tmp_path), str(source)], check=True, capture_output=True)
    zipfile.ZipFile(next(tmp_path.glob("rentbook-*.whl"))).extractall(site)
    made = subprocess.run(
        [sys.executable, "-m", "app.cli", "db", "create", "--db", str(tmp_path / "made.db"), "--json"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    shipped = {path.relative_to(ROOT).as_posix() for path in (ROOT / "resources").rglob("*") if path.is_file()}
    assert [name for name in shipped if not (site / name).is_file()] == []
    assert not (source / "build" / "lib").exists()
