"""Write the pinned, hashed requirements for every platform with uv.

Run it by hand after a change of dependencies in pyproject.toml: `python build/lock.py [--upgrade]` (needs `uv`).
The files it writes name versions and hashes only, never where to fetch them from.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEADER = "# Written by build/lock.py from pyproject.toml. Do not edit.\n"
SOURCE_ONLY = ("ukmodulus",)
"""Published without a wheel: pinned apart, since everything else is installed from wheels alone."""
RUNS = ["pyproject.toml", "--extra", "server"]
"""What runs, with the driver of SQL Server: the installed program brings its own."""
LOCKS = {
    "requirements.txt": RUNS,
    "requirements-dev.txt": [*RUNS, "--group", "dev"],
}
SOURCE_LOCK = "requirements-source.txt"


def main() -> int:
    for name, sources in LOCKS.items():
        lock(name, *sources, *(f"--no-emit-package={package}" for package in SOURCE_ONLY))
    others = [package for package in names("requirements.txt") if package not in SOURCE_ONLY]
    lock(SOURCE_LOCK, *RUNS, *(f"--no-emit-package={package}" for package in others))
    return 0


def lock(name: str, *arguments: str) -> None:
    target = ROOT / "build" / name
    command = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"]
    command += ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links", *sys.argv[1:]]
    subprocess.run([*command, *arguments, "--output-file", str(target)], cwd=ROOT, check=True)
    target.write_text(HEADER + target.read_text("utf-8"), "utf-8", newline="\n")
    print(f"{target.relative_to(ROOT)}: {len(names(name))} packages")


def names(name: str) -> list[str]:
    """The packages that a file pins, each once."""
    lines = (ROOT / "build" / name).read_text("utf-8").splitlines()
    return sorted({line.partition("==")[0] for line in lines if "==" in line})


if __name__ == "__main__":
    sys.exit(main())
