"""What the architecture tests read: the files that git tracks (or would), and the functions in them."""

import ast
import subprocess
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def files() -> tuple[Path, ...]:
    """Every file of the project: tracked, or new and not ignored; without git, every file that .gitignore leaves."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True)
    except (FileNotFoundError, subprocess.CalledProcessError):
        return tuple(sorted(path for path in ROOT.rglob("*") if path.is_file() and not _ignored(path)))
    names = listed.stdout.decode("utf-8").split("\0")
    return tuple(sorted(ROOT / name for name in names if name and (ROOT / name).is_file()))


def _ignored(path: Path) -> bool:
    patterns = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text("utf-8").splitlines()]
    parts = path.relative_to(ROOT).parts
    return ".git" in parts or any(fnmatch(part, pattern) for part in parts for pattern in patterns)


def python_files(*folders: str) -> tuple[Path, ...]:
    return tuple(
        path for path in files() if path.suffix == ".py" and (not folders or path.relative_to(ROOT).parts[0] in folders)
    )


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """What stands in the blocks of a node, and in theirs: no function is elsewhere, and the expressions are the most."""
    for block in ("body", "orelse", "finalbody", "handlers", "cases"):
        for each in getattr(node, block, ()):
            yield each
            yield from _statements(each)


@cache
def functions(path: Path) -> tuple[tuple[str, int], ...]:
    """Each function of a file and its length in lines, decorators, docstring and signature included."""
    return tuple(
        (f"{name(path)}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1)
        for node in _statements(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
