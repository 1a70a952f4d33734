"""Everything a developer or a tester types: python3 build/dev.py COMMAND; without one it names them all.

Needs Python 3.11 or later and nothing else. The environment is made in .venv from build/requirements-dev.txt (exact
versions, checked by hash) and made again only when that file or the Python version changes.
"""

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036  said before anything below is read by an older Python
    sys.exit("Rentbook needs Python 3.11 or later; this is Python " + sys.version.split()[0] + ".")

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "build" / "requirements-dev.txt"
SOURCE_LOCK = ROOT / "build" / "requirements-source.txt"
"""What is published without a wheel; built with the setuptools of the other."""
STAMP = VENV / "made-from.txt"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")

USAGE = """python3 build/dev.py COMMAND        (py build\\dev.py COMMAND on Windows)

  setup                 make the environment in .venv, with the command rentbook in it, and nothing more
  run                   open Rentbook; without a screen, drive its main job and leave what it made in a folder
  test [ARGUMENTS]      run the tests offscreen (arguments go to pytest)
  check                 ruff, format, mypy, import-linter, migrations against models
  bench [--json] [ROW]  measure the speed of each row of the benchmark beside its reference
  package               the program as it is handed out, in dist/Rentbook, with the window and the command line in it
  smoke                 start that program on a temporary database and drive it; fails at any unexpected line
  installer [--sign]    the installer for Windows; elsewhere only compiled, over a stand-in (--sign needs a certificate)
  sbom [FILE]           the list of components with their licences (CycloneDX JSON), from the locks
  guides FOLDER         the officer's guide with pictures (--words: without) and the administrator's, as HTML and PDF
  shots FOLDER [NAME]   a picture of every page and dialog, or of those whose names begin with NAME
"""

# The shared libraries that Qt and the driver of SQL Server load, and the Debian packages that hold them.
QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
DRIVER_LIBRARIES = {"libltdl.so.7": "libltdl7"}
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def main(arguments: list[str]) -> int:
    commands = {
        each.__name__: each for each in (setup, run, test, check, bench, package, smoke, installer, sbom, guides, shots)
    }
    if not arguments or arguments[0] not in commands:
        say(USAGE)
        return 0 if arguments in (["-h"], ["--help"]) else 2
    name, *rest = arguments
    if name == "shots" and (not rest or rest[0].startswith("-")):
        say("Say where the pictures go: python3 build/dev.py shots FOLDER")
        return 2
    return setup([]) or commands[name](rest)


def setup(_: list[str]) -> int:
    """Make .venv if it isn't there or isn't up to date."""
    wanted = f"{sys.version_info[0]}.{sys.version_info[1]} {hashlib.sha256(LOCK.read_bytes() + SOURCE_LOCK.read_bytes()).hexdigest()}"
    made_from = STAMP.read_text("utf-8") if STAMP.exists() else ""
    failed = system_needs()
    if failed or made_from == wanted:
        return failed
    say(f"Making the environment in {VENV} (once; a few minutes on a slow line) ...")
    if not made_from.startswith(wanted.split(maxsplit=1)[0] + " "):
        shutil.rmtree(VENV, ignore_errors=True)
        if call(sys.executable, "-m", "venv", str(VENV)):
            return 1
    STAMP.unlink(missing_ok=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    failed = (
        call(*pip, "--only-binary", ":all:", "--require-hashes", "-r", str(LOCK))
        or call(*pip, "--no-build-isolation", "--require-hashes", "-r", str(SOURCE_LOCK))
        or call(*pip, "--no-build-isolation", "-e", str(ROOT))
    )
    if failed:
        say("The environment could not be made: see the message above.")
        return 1
    STAMP.write_text(wanted, "utf-8")
    say(f"Ready: {PYTHON.parent / 'rentbook'} is the command line.")
    return 0


def system_needs() -> int:
    """Check what venv, Qt and the driver of SQL Server need from the system: installed here on Debian as root, else named."""
    missing = []
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        missing.append(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
    if sys.platform.startswith("linux"):
        libraries = QT_LIBRARIES | DRIVER_LIBRARIES | (WINDOW_LIBRARIES if has_screen() else {})
        missing += [package for library, package in libraries.items() if not loads(library)]
    return installed(missing)


def installed(missing: list[str]) -> int:
    """Install packages of the system here on Debian as root, else name them."""
    if not missing:
        return 0
    if shutil.which("apt-get") and os.geteuid() == 0:
        say(f"Installing what the system lacks: {' '.join(missing)}")
        os.environ.setdefault("DEBIAN_FRONTEND", "noninteractive")
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing]
        if (
            call("apt-get", "update", "-qq", stdout=subprocess.DEVNULL) == 0
            and call(*install, stdout=subprocess.DEVNULL) == 0
        ):
            return 0
    say("Rentbook needs these packages of the system first (Debian and Ubuntu names):")
    say(f"  sudo apt-get install {' '.join(missing)}")
    return 1


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_screen() -> bool:
    return not sys.platform.startswith("linux") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run(arguments: list[str]) -> int:
    if has_screen():
        return python("-m", "app", *arguments)
    folder = ROOT / "out" / "tour"
    say("This machine has no screen, so no window can open. Driving the main job offscreen instead:")
    say("the small demonstration landlord, one tenant found, the balance explained, the statement made.")
    failed = python("-m", "app", "--tour", str(folder), offscreen=True)
    if not failed:
        say(f"The pictures, the PDF and the workbook are in {folder}")
    return failed


def test(arguments: list[str]) -> int:
    return python("-m", "pytest", *(arguments or ["-q", "-n", "auto", "--dist", "worksteal"]), offscreen=True)


def shots(arguments: list[str]) -> int:
    return python("-m", "app", "--shots", str(Path(arguments[0]).resolve()), *arguments[1:], offscreen=True)


def guides(arguments: list[str]) -> int:
    return python(str(ROOT / "build" / "guides.py"), *arguments, offscreen=True)


def bench(arguments: list[str]) -> int:
    return python(str(ROOT / "build" / "bench"), *arguments, offscreen=True)


def package(_: list[str]) -> int:
    return build_script("package")


def smoke(_: list[str]) -> int:
    return build_script("smoke")


def installer(arguments: list[str]) -> int:
    needed = [] if WINDOWS or shutil.which("makensis") else ["nsis"]
    return installed(needed) or build_script("installer", *arguments)


def sbom(arguments: list[str]) -> int:
    return build_script("sbom", *(str(Path(each).resolve()) for each in arguments))


def build_script(name: str, *arguments: str) -> int:
    return python(str(ROOT / "build" / f"{name}.py"), *arguments, offscreen=True)


def check(_: list[str]) -> int:
    """Every step runs, whether or not the one before it passed; mypy, which takes longest, beside the others."""
    tools = PYTHON.parent
    steps = {
        "ruff": [str(tools / "ruff"), "check"],
        "format": [str(tools / "ruff"), "format", "--check"],
        "import-linter": [str(tools / "lint-imports"), "--no-logo"],
        "migrations against models": [str(PYTHON), str(ROOT / "build" / "check_migrations.py")],
    }
    failed = []
    types = subprocess.Popen([str(PYTHON), "-m", "mypy"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    with types:
        for name, command in steps.items():
            say(f"== {name}")
            if call(*command):
                failed.append(name)
        say("== mypy --strict")
        found, _nothing = types.communicate()
        sys.stdout.buffer.write(found)
        sys.stdout.flush()
        if types.returncode:
            failed.append("mypy --strict")
    say(f"Failed: {', '.join(failed)}" if failed else "All checks passed.")
    return 1 if failed else 0


def python(*arguments: str, offscreen: bool = False) -> int:
    environment = {"QT_QPA_PLATFORM": "offscreen"} if offscreen else {}
    return call(str(PYTHON), *arguments, env=os.environ | environment)


def call(*command: str, **options: object) -> int:
    try:
        return subprocess.run(command, cwd=ROOT, check=False, **options).returncode
    except KeyboardInterrupt:
        return 130


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
