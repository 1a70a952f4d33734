"""Whether each library in the packaged program belongs to something that About Rentbook lists with its licence."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import packing

from app.services.core import components

_LIBRARY = (".so", ".dll", ".pyd", ".dylib")
_QT = frozenset({"PySide6", "shiboken6"})


def unlisted(folder: Path) -> list[str]:
    """The libraries of a packaged program that are of no component, as the smoke test says them."""
    inside = folder / "program"
    alone = tuple(beginning for each in _others() for beginning in each.get("files", ()))
    owners = frozenset(_folders())
    return [
        f"No component of About Rentbook is {file.relative_to(folder).as_posix()}: resources/licences/components.toml lists it."
        for file in sorted(inside.rglob("*"))
        if _is_library(file) and not _is_known(file.relative_to(inside).parts, alone, owners)
    ]


def _is_library(file: Path) -> bool:
    return file.is_file() and not file.is_symlink() and any(suffix in _LIBRARY for suffix in file.suffixes)


def _is_known(parts: tuple[str, ...], alone: tuple[str, ...], owners: frozenset[str]) -> bool:
    """In the folder of a package or of Python, one of Python's own modules, or by a name that a component has."""
    top, *rest = parts
    module = top.partition(".")[0]
    if rest:
        return module in owners or module.startswith("python")
    return top.lower().startswith(tuple(each.lower() for each in alone)) or module in owners | sys.stdlib_module_names


def _folders() -> Iterator[str]:
    """The names under which listed packages lie there: their modules, and their own names before `.libs`."""
    listed = components.distributions().keys() | {packing.COMMAND}
    yield from _QT
    yield from listed
    for module, packages in packages_distributions().items():
        if any(components.plain(each) in listed for each in packages):
            yield module


def _others() -> list[dict[str, list[str]]]:
    found: list[dict[str, list[str]]] = tomllib.loads(
        (packing.ROOT / "resources" / "licences" / "components.toml").read_text("utf-8")
    )["component"]
    return found
