"""Makes the installer for Windows with makensis: `python3 build/dev.py installer [--sign]`.

On Windows it holds dist/Rentbook. Elsewhere there is no program for Windows to put in: the script is compiled over a stand-in of
a few files, which shows that it compiles and nothing more.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path, PureWindowsPath

import package
import packing
import sign

from app import __version__

SCRIPT = Path(__file__).with_name("installer.nsi")
_PROGRAMS = (f"{packing.WINDOW}.exe", f"{packing.COMMAND}.exe")


def main(arguments: list[str]) -> int:
    """Make it; 1 where it can't be made, or not signed though that was asked for."""
    signed = "--sign" in arguments
    folder, real = packing.DIST, all((packing.DIST / name).is_file() for name in _PROGRAMS)
    packing.OUT.mkdir(parents=True, exist_ok=True)
    if not real:
        folder = stand_in(packing.OUT / "stand-in")
    if signed and (failed := sign.main([str(folder / name) for name in _PROGRAMS])):
        return failed
    makensis = shutil.which("makensis") or shutil.which("makensis", path=r"C:\Program Files (x86)\NSIS")
    if not makensis:
        print("There is no makensis: install NSIS 3.08 or later (on Debian the package nsis).", file=sys.stderr)
        return 1
    icon = packing.OUT / "rentbook.ico"
    if not icon.is_file():
        package.make_icon(icon)
    target = packing.DIST.parent / f"rentbook-{__version__}-setup.exe"
    target.parent.mkdir(exist_ok=True)
    listed = packing.OUT / "installed.txt"
    listed.write_bytes(files_of(folder).encode("ascii"))
    values = {"VERSION": __version__, "FOLDER": str(folder), "LIST": str(listed), "ICON": str(icon)}
    values["TARGET"] = str(target)
    if signed:
        values["SIGN"] = f'"{sys.executable}" "{Path(sign.__file__)}"'
    defined = [f"-D{name}={value}" for name, value in values.items()]
    failed = subprocess.run([makensis, "-V2", "-WX", *defined, str(SCRIPT)], check=False).returncode
    if failed:
        return 1
    if not real:
        target.unlink()
        print(
            "The installer's script compiles. Not run on Windows, and made of a stand-in: it isn't kept.",
            file=sys.stderr,
        )
        return 0
    print(f"{target}{'' if signed else ', not signed'}", file=sys.stderr)
    return 0


def stand_in(folder: Path) -> Path:
    """A folder with files of the names that the packaged program has on Windows."""
    for name in (*_PROGRAMS, "program/base_library.zip"):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"")
    return folder


def files_of(folder: Path) -> str:
    """What is installed beside the two programs and goes when Rentbook is removed, line by line as Windows writes it.

    First the files, then the folders from the innermost out, each with a backslash behind it.
    """
    inside = sorted((folder / "program").rglob("*"))
    files = [each for each in inside if not each.is_dir()]
    folders = sorted((each for each in inside if each.is_dir()), key=lambda each: (-len(each.parts), each))
    lines = [str(PureWindowsPath(each.relative_to(folder))) for each in files]
    lines += [f"{PureWindowsPath(each.relative_to(folder))}\\" for each in folders]
    return "".join(f"{line}\r\n" for line in lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
