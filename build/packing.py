"""What goes into the packaged program and what stays out. Read by rentbook.spec and by the hooks beside it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path, PurePath

from app.services.core import components

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "out" / "package"
"""What is made for the package and doesn't belong in it."""
DIST = ROOT / "dist" / "Rentbook"
"""The packaged program."""
WINDOWS = sys.platform == "win32"

WINDOW = "rentbook-window"
"""The program without a console; its shortcuts are called Rentbook."""
COMMAND = "rentbook"
"""The command line. Windows doesn't tell rentbook.exe from Rentbook.exe, so the window has another name."""

MIGRATIONS = "app.models.migrations"
"""Loaded by Alembic from their files, so they lie beside the archive of modules and not in it."""

PLAIN = {
    "app": ("app.shots", f"{MIGRATIONS}.env", f"{MIGRATIONS}.versions"),
    "holidays": (),
    "phonenumbers": ("phonenumbers.carrierdata", "phonenumbers.geodata", "phonenumbers.tzdata"),
}
"""Packages that go in as they are, each module of them but for what is named: pictures for developers, the names of places
and networks (forty megabytes that nobody asks for). Many of their modules are imported by name, which no analysis sees; and
that of three thousand modules would take twice the time of all the others."""

_IMPORT = re.compile(r"^\s*(?:from ([\w.]+) import (\([^)]*\)|[^\n]*)|import ([\w., ]+))", re.MULTILINE)

BY_NAME = ("keyring.backends", "mssql_python", "mssql_python_odbc")
"""Packages of others that are imported by name: where a password is kept, and the driver of the server."""

NOT_PACKED = (
    "IPython",
    "OpenGL",
    "PIL._avif",
    "PyQt5",
    "PyQt6",
    "PySide2",
    "PySide6.QtDBus",
    "_pytest",
    "azure",
    "distutils",
    "doctest",
    "ensurepip",
    "hypothesis",
    "idlelib",
    "lib2to3",
    "lxml.html",
    "lxml.isoschematron",
    "lxml.objectify",
    "matplotlib",
    "mssql_py_core",
    "mypy",
    "numpy.ctypeslib",
    "numpy.f2py",
    "numpy.fft",
    "numpy.polynomial",
    "numpy.random",
    "numpy.testing",
    "pandas",
    "pip",
    "pydoc_data",
    "pygments",
    "pytest",
    "qtpy",
    "readline",
    "rich",
    "scipy",
    "setuptools",
    "sqlalchemy.testing",
    "tkinter",
    "turtledemo",
    "unittest",
    "xsdata",
)
"""What libraries could use if it were there, and tools. Of the server's driver: loading in bulk, a second driver, and signing in
at Microsoft's cloud, which nothing of ours asks for."""

QT_PLUGINS = {
    "platforms": ("xcb", "offscreen", "windows", "cocoa"),
    "xcbglintegrations": (),
    "platforminputcontexts": ("compose", "ibus"),
    "imageformats": ("gif", "ico", "jpeg", "svg", "tiff", "webp"),
    "iconengines": ("svgicon",),
    "printsupport": ("cupsprintersupport",),
}
"""The plugins of Qt that are used, by kind: the pictures that a document may be, our icons, printing. Of a kind that
isn't named none is: the window has its own style and speaks to nobody but another copy of itself."""

QT_LEFT_OUT = ("opengl32sw", "d3dcompiler", "translations")
"""Drawing in three dimensions on a computer without a graphics card, and Qt's words in other languages."""

SYSTEMS_OWN = ("libcups.", "libavahi", "libgnutls", "libp11-kit", "libidn2", "libunistring", "libtasn1", "libhogweed")
SYSTEMS_OWN += ("libnettle", "libgmp.", "libsystemd", "libgcrypt", "libgpg-error", "libcap.", "liblz4", "libdbus-1")
SYSTEMS_OWN += (
    "libgssapi",
    "libkrb5",
    "libk5crypto",
    "libcom_err",
    "libkeyutils",
    "libglib-2",
    "libgthread-2",
    "libfontconfig",
)
SYSTEMS_OWN += ("libpcre2", "libreadline", "libtinfo")
"""Libraries that a Linux with a desktop has of its own, by the beginning of their names; what reads them reads the system's."""


def plain_modules() -> list[tuple[str, str, str]]:
    """Every module of the plain packages, with its file, as PyInstaller lists modules."""
    found = []
    for package, left_out in PLAIN.items():
        folder = folder_of(package)
        for file in sorted(folder.rglob("*.py")):
            parts = file.relative_to(folder.parent).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            if not within(name, left_out):
                found.append((name, str(file), "PYMODULE"))
    return found


def asked_for() -> list[str]:
    """The modules of other packages that the plain ones, and the migrations, import anywhere."""
    found = set()
    files = {Path(file) for _, file, _ in plain_modules()} | set(folder_of("app").joinpath("models").rglob("*.py"))
    for file in files:
        for module, names, modules in _IMPORT.findall(file.read_text("utf-8")):
            if not module:
                found.update(each.split()[0] for each in modules.split(",") if each.strip())
                continue
            found.add(module)
            found.update(f"{module}.{name}" for name in re.findall(r"\w+", names))
    wanted = (name for name in found if not within(name, PLAIN))
    return sorted(name for name in wanted if _is_module(name))


@cache
def _is_module(name: str) -> bool:
    """Whether there is a module of that name; no package is imported to find out."""
    top, *rest = name.split(".")
    spec = find_spec(top) if top else None
    if spec is None or not rest:
        return spec is not None
    *within_, last = rest
    places = [Path(place, *within_) for place in spec.submodule_search_locations or ()]
    return any((place / last).is_dir() or any(place.glob(f"{last}.*")) for place in places)


def within(name: str, packages: Iterable[str]) -> bool:
    """Whether a module is one of these or in one of these."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def qt_parts(entries: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Of the libraries, plugins and data that PyInstaller's hook found for a part of Qt, those in use."""
    for source, target in entries:
        path = PurePath(source)
        kind, name = path.parent.name, path.stem.removeprefix("lib").removeprefix("q")
        if any(word in PurePath(target).parts or path.name.startswith(word) for word in QT_LEFT_OUT):
            continue
        if "plugins" in PurePath(target).parts and name not in QT_PLUGINS.get(kind, ()):
            continue
        yield source, target


def folder_of(package: str) -> Path:
    """Where a package is installed, without importing it."""
    spec = find_spec(package)
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(next(iter(spec.submodule_search_locations)))


def data(made_in: Path = OUT) -> list[tuple[str, str]]:
    """Files that are read as files, each with the folder that it goes to; those that are made for it are made in a folder."""
    files = [(str(ROOT / "resources"), "resources")]
    files.append((str(folder_of("mssql_python_odbc") / "libs"), "mssql_python_odbc/libs"))
    migrations = ROOT.joinpath(*MIGRATIONS.split("."))
    files += [
        (str(file), str(file.parent.relative_to(ROOT)))
        for file in sorted(migrations.rglob("*.py"))
        if file.name != "__init__.py" or file.parent != migrations
    ]
    for package, folder, pattern in (
        ("qtawesome", "fonts", "materialdesignicons6-webfont-*"),
        ("ttf_opensans", "ttf", "*.ttf"),
        ("ukmodulus", "", "*.txt"),
        ("mssql_python", "", f"ddbc_bindings.cp{sys.version_info[0]}{sys.version_info[1]}-*"),
    ):
        target = PurePath(package, folder)
        files += [(str(file), str(target)) for file in sorted((folder_of(package) / folder).glob(pattern))]
    return files + metadata(made_in)


def metadata(made_in: Path = OUT) -> list[tuple[str, str]]:
    """What each package tells of itself: its name, version and needs, what it plugs in, and its licence."""
    files = []
    for name, package in sorted(components.distributions().items()):
        folder = made_in / "metadata" / f"{name.replace('-', '_')}-{package.version}.dist-info"
        told = {"METADATA": f"{package.read_text('METADATA')}".partition("\n\n")[0] + "\n"}
        if plugged_in := package.read_text("entry_points.txt"):
            told["entry_points.txt"] = plugged_in
        told |= {
            f"licenses/{at}-{PurePath(file).name}": text for at, (file, text) in enumerate(components.texts_of(package))
        }
        told["RECORD"] = "".join(f"{folder.name}/{file},,\n" for file in [*told, "RECORD"])
        for file, text in told.items():
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            files.append((str(path), str(PurePath(folder.name, file).parent)))
    return files


def hidden() -> list[str]:
    """What the analysis begins with: it doesn't look into the plain packages."""
    return [*asked_for(), *BY_NAME]


def kept(entries: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Of what was found, what goes into the folder: not the libraries that a Linux has of its own, nor a second copy of what a package tells of itself."""
    return [
        each
        for each in entries
        if not PurePath(each[0]).name.startswith(SYSTEMS_OWN)
        and (".dist-info" not in each[0] or Path(each[1]).is_relative_to(OUT))
    ]


def begun_with(scripts: Iterable[tuple[str, str, str]], script: str) -> list[tuple[str, str, str]]:
    """Of the scripts of both programs, those that one of them starts with; the command line has nothing of Qt's."""
    other = {"window": ("command",), "command": ("window", "pyi_rth_pyside6")}[script]
    return [each for each in scripts if each[0] not in other]


def icon() -> str | None:
    """The icon of the executables; other systems than Windows take it from the window."""
    return str(OUT / "rentbook.ico") if WINDOWS else None


def version_file() -> str | None:
    """What Windows shows as the details of the executables."""
    return str(OUT / "version.txt") if WINDOWS else None
