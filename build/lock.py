"""Write the pinned, hashed requirements for every platform with uv.

Run it by hand after a change of dependencies in pyproject.toml: `python build/lock.py [--upgrade]` (needs `uv`).
The files it writes name versions and hashes only, never where to fetch them from.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEADER = "# Written by build/lock.py from pyproject.toml. Do not edit.\n"
LOCKS = {
    "requirements.txt": ["pyproject.toml"],
    "requirements-dev.txt": ["pyproject.toml", "--group", "dev"],
}


def main() -> int:
    for name, sources in LOCKS.items():
        target = ROOT / "build" / name
        command = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"]
        command += ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links", *sys.argv[1:]]
        subprocess.run([*command, *sources, "--output-file", str(target)], cwd=ROOT, check=True)
        target.write_text(HEADER + target.read_text("utf-8"), "utf-8", newline="\n")
        print(f"{target.relative_to(ROOT)}: {target.read_text('utf-8').count('==')} packages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
