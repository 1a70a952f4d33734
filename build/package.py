"""Makes the packaged program in dist/Rentbook: `python3 build/dev.py package`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import packing
import sbom
from PyInstaller.__main__ import run

from app import __version__

_VERSION = """VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0x0, OS=0x40004, fileType=0x1, subtype=0x0),
  kids=[
    StringFileInfo([StringTable("080904B0", [
      StringStruct("CompanyName", "Rentbook"),
      StringStruct("FileDescription", "Rentbook"),
      StringStruct("FileVersion", "{version}"),
      StringStruct("InternalName", "rentbook"),
      StringStruct("ProductName", "Rentbook"),
      StringStruct("ProductVersion", "{version}"),
    ])]),
    VarFileInfo([VarStruct("Translation", [0x0809, 1200])]),
  ],
)
"""
"""The details of an executable as Windows shows them, in British English."""
_ICON_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)


def main() -> int:
    """Make it, and say how large it is and how long it took."""
    begun = time.monotonic()
    shutil.rmtree(packing.OUT, ignore_errors=True)
    packing.OUT.mkdir(parents=True)
    (packing.OUT / "version.txt").write_text(version_details(__version__), "utf-8")
    make_icon(packing.OUT / "rentbook.ico")
    work = packing.ROOT / ".pyi-work"
    os.environ["PYINSTALLER_CONFIG_DIR"] = str(work / "settings")  # and not the home of whoever makes it
    spec = Path(__file__).with_name("rentbook.spec")
    run(["--noconfirm", "--log-level=ERROR", f"--distpath={packing.DIST.parent}", f"--workpath={work}", str(spec)])
    slim(packing.DIST)
    sbom.write(packing.DIST.with_name("rentbook-sbom.json"))
    size = sum(file.stat().st_size for file in packing.DIST.rglob("*") if file.is_file() and not file.is_symlink())
    print(f"{packing.DIST}: {size / 1e6:.0f} MB, made in {time.monotonic() - begun:.0f} s", file=sys.stderr)
    return 0


def version_details(version: str) -> str:
    """The version resource of the executables, from the one version number."""
    numbers = [int(found[0]) for part in version.split(".") if (found := re.match(r"\d+", part))]
    return _VERSION.format(numbers=tuple((*numbers, 0, 0, 0, 0)[:4]), version=version)


def make_icon(target: Path) -> None:
    """The icon of the program in every size that Windows asks for, drawn from resources/icons/rentbook.svg."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from io import BytesIO

    from PIL import Image
    from PySide6.QtCore import QBuffer, QIODevice, QSize
    from PySide6.QtGui import QGuiApplication, QIcon

    drawing = QGuiApplication.instance() or QGuiApplication([])
    assert drawing is not None
    icon = QIcon(str(packing.ROOT / "resources" / "icons" / "rentbook.svg"))
    pictures = []
    for size in _ICON_SIZES:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        icon.pixmap(QSize(size, size), 1.0).save(buffer, "PNG")
        pictures.append(Image.open(BytesIO(buffer.data().data())))
    *smaller, largest = pictures
    largest.save(target, format="ICO", append_images=smaller, sizes=[(size, size) for size in _ICON_SIZES])


def slim(folder: Path) -> None:
    """Without the notes for finding faults in Python itself, where it was built with them (fifteen megabytes on Linux)."""
    strip = shutil.which("strip")
    for library in folder.rglob("libpython*.so*"):
        if strip and not library.is_symlink():
            subprocess.run([strip, "--strip-unneeded", library], check=False)


if __name__ == "__main__":
    sys.exit(main())
