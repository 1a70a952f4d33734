"""What the program is made of: every package with its version and licence, and what is no package, such as Qt and Python.

From source it is read from what is installed; the packaged program carries the same files (build/packing.py), so both
tell the same.
"""

from __future__ import annotations

import re
import sqlite3
import ssl
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import Any, Final

from packaging.requirements import Requirement

from app.services.core.resources import resource

OURS: Final = "rentbook"
_OUR_EXTRAS: Final = ("server",)
"""The installed program has the driver of the server with it."""
_FOLDER: Final = "licences"
_TEXT: Final = re.compile(r"licen[cs]e|copying|copyright|notice", re.IGNORECASE)
_HOMES: Final = ("homepage", "home", "source", "source code", "repository", "documentation")
_LONGEST_NAME: Final = 60
_VERSIONS: Final[dict[str, Callable[[], str]]] = {
    "python": lambda: sys.version.split()[0],
    "sqlite": lambda: sqlite3.sqlite_version,
    "openssl": lambda: ssl.OPENSSL_VERSION.split()[1],
}


@dataclass(frozen=True, slots=True)
class Component:
    """A part of the program that others made.

    Attributes:
        licence: its name, as an SPDX expression where the maker gives one.
        home: where more is said of it; may be empty.
        texts: what the licence says, file by file; empty where it asks for nothing to be handed on.
        package: whether it is a package of Python's, by whose name it is locked.
    """

    name: str
    version: str
    licence: str
    home: str
    texts: tuple[str, ...]
    package: bool


def components() -> list[Component]:
    """Everything that the program is made of, by name."""
    others = tomllib.loads(resource(_FOLDER, "components.toml").read_text("utf-8"))
    packages = dict(sorted(distributions().items()))
    added: dict[str, list[str]] = others["texts"]
    named: dict[str, str] = others["licences"]
    found = [
        _package(name, each, named.get(name, ""), added.get(name, []))
        for name, each in packages.items()
        if name != OURS
    ]
    return sorted(found + [_other(each, packages) for each in others["component"]], key=lambda each: each.name.lower())


def distributions() -> dict[str, Distribution]:
    """The installed packages that Rentbook needs, and those that they need, by name as the lock writes it."""
    found: dict[str, Distribution] = {}
    asked: set[tuple[str, tuple[str, ...]]] = set()
    waiting: list[tuple[str, tuple[str, ...]]] = [(OURS, _OUR_EXTRAS)]
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) in asked:
            continue
        asked.add((name, extras))
        try:
            installed = distribution(name)
        except PackageNotFoundError:  # asked for by a package that doesn't use it, so that it isn't locked
            continue
        found[name] = installed
        waiting += [(plain(each.name), tuple(sorted(each.extras))) for each in needed(installed, extras)]
    return found


def plain(name: str) -> str:
    """The name of a package as it is compared and locked (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def texts_of(package: Distribution) -> Iterator[tuple[str, str]]:
    """The files beside a package's metadata that hold its licence, each with what it says.

    Those inside the package are copies, or speak of what Rentbook leaves out, such as a font that reportlab brings.
    """
    for file in package.files or ():
        if _TEXT.search(file.name) and file.parts[0].endswith(".dist-info"):
            yield str(file), file.read_text(encoding="utf-8")


def needed(package: Distribution, extras: tuple[str, ...] = ()) -> Iterator[Requirement]:
    """What a package needs here: on this system, with this Python, for these of its extras."""
    for line in package.requires or ():
        found = Requirement(line)
        if found.marker is None or any(found.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield found


def _package(name: str, package: Distribution, licence: str, added: list[str]) -> Component:
    told: Any = package.metadata
    texts = dict.fromkeys(text for _, text in texts_of(package))
    texts |= dict.fromkeys(_text(file) for file in added)
    homes = {
        name.lower(): url.strip()
        for name, _, url in (each.partition(",") for each in told.get_all("Project-URL") or ())
    }
    home = str(told.get("Home-page") or next((homes[each] for each in _HOMES if each in homes), ""))
    return Component(name, package.version, licence or _licence(told), home, tuple(texts), package=True)


def _licence(told: Any) -> str:
    """The name of a licence: the expression, else what stands under licence where that is a name, else what it is classed as."""
    said = str(told.get("License-Expression") or told.get("License") or "").strip()
    if said and len(said) <= _LONGEST_NAME and "\n" not in said and said != "Dual License":
        return said
    classed = [each.rpartition(" :: ")[2] for each in told.get_all("Classifier") or () if each.startswith("License")]
    return " OR ".join(classed) or said.partition(" (")[0].partition("\n")[0]


def _other(told: dict[str, Any], packages: dict[str, Distribution]) -> Component:
    kind, _, package = str(told["version"]).partition(":")
    version = packages[package].version if package else _VERSIONS.get(kind, lambda: kind)()
    return Component(
        told["name"], version, told["licence"], told["home"], tuple(map(_text, told["texts"])), package=False
    )


def _text(file: str) -> str:
    return resource(_FOLDER, file).read_text("utf-8")
