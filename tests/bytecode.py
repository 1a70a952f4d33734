"""Where compiled modules are kept when Python was told to write none beside the sources.

Else each worker, and each process that a test starts, would compile the program, the libraries and the tests anew. What
is compiled already beside the libraries is taken from there.
"""

import compileall
import importlib.util
import multiprocessing
import os
import sys
import sysconfig
from contextlib import suppress
from functools import partial
from pathlib import Path

from _pytest.assertion import rewrite

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "out" / "compiled"
_NEVER_IMPORTED = {"site-packages", "test", "pip", "mypy", "_pyinstaller_hooks_contrib"}
_MANY = 100
"""So many tests that nobody has rewritten yet are not left to the workers."""


def keep() -> None:
    """Keep them in `out/compiled`, for this process and all that it starts; the first of them fills it."""
    if not sys.dont_write_bytecode:
        return
    new = not FOLDER.exists()
    sys.dont_write_bytecode = False
    sys.pycache_prefix = os.environ["PYTHONPYCACHEPREFIX"] = str(FOLDER)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if new:
        for library in {Path(sysconfig.get_path(name)) for name in ("stdlib", "purelib")}:
            for part in library.iterdir():
                if part.name not in _NEVER_IMPORTED:
                    _borrow(part)
        compileall.compile_dir(ROOT / "app", quiet=2, workers=os.cpu_count() or 1)


def rewrite_tests(config) -> None:
    """Have pytest rewrite the asserts of the tests once, on every core: each worker would rewrite all of them for itself."""
    if sys.dont_write_bytecode or "fork" not in multiprocessing.get_all_start_methods():
        return
    files = [each for each in (ROOT / "tests").rglob("*.py") if each.name.startswith("test_")]
    missing = [each for each in files if not _rewritten(each).exists()]
    if len(missing) >= _MANY:
        context = multiprocessing.get_context("fork")
        starts = range(context.cpu_count())
        works = [context.Process(target=partial(_rewrite, config, missing[at :: len(starts)])) for at in starts]
        for each in works:
            each.start()
        for each in works:
            each.join()


def _rewrite(config, files) -> None:
    state = config.stash[rewrite.assertstate_key]
    for each in files:
        with suppress(SyntaxError):  # whoever collects it says so
            source, code = rewrite._rewrite_test(each, config)
            if rewrite.try_makedirs(_rewritten(each).parent):
                rewrite._write_pyc(state, code, source, _rewritten(each))


def _rewritten(test: Path) -> Path:
    return rewrite.get_cache_dir(test) / (test.stem + rewrite.PYC_TAIL)


def _borrow(part: Path) -> None:
    """Take over what is compiled beside a part of a library; Python looks at its date, as it does there."""
    inside = f"*.{sys.implementation.cache_tag}.pyc"
    for compiled in part.glob(inside) if part.name == "__pycache__" else part.rglob(f"__pycache__/{inside}"):
        source = compiled.parents[1] / f"{compiled.name.split('.')[0]}.py"
        place = Path(importlib.util.cache_from_source(str(source)))
        place.parent.mkdir(parents=True, exist_ok=True)
        with suppress(OSError):  # on another disk: then it is compiled once more
            place.hardlink_to(compiled)
