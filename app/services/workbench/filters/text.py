"""The text form of a filter: JSON of the fields that aren't left empty, whatever frozen dataclass the filter is.

A field may be text, a yes or no, a whole number, a date, Money or a fixed word, each also None where it doesn't matter,
or a set of fixed words or texts. What an older version saved and this one doesn't know is left out and named.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable
from dataclasses import MISSING, dataclass, fields
from datetime import date
from enum import Enum, StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, Generic, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from app.models.values import Money
from app.services.core.errors import UserError

F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class Read(Generic[F]):
    """A filter as it was read, and the names of what it held that is no longer there."""

    wanted: F
    lost: tuple[str, ...] = ()


def to_text(wanted: Any) -> str:
    """The text form of a filter; fields at their default are left out.

    Raises:
        TypeError: a field holds something that has no text form.
    """
    held = {}
    for field in fields(wanted):
        value = getattr(wanted, field.name)
        default = field.default_factory() if field.default_factory is not MISSING else field.default
        if value != default:
            held[field.name] = _written(value)
    return json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_text(kind: type[F], text: str) -> Read[F]:
    """Read a filter of this kind from its text form.

    Raises:
        UserError: the text is no saved filter at all.
    """
    try:
        held = json.loads(text)
    except ValueError:
        held = None
    if not isinstance(held, dict):
        raise UserError("The saved filter can't be read.", "Delete it, set the filter anew and save that.")
    readers = _readers(cast("Hashable", kind))
    values: dict[str, Any] = {}
    lost: list[str] = []
    for name, written in held.items():
        if name not in readers:
            lost.append(name)
            continue
        try:
            values[name] = readers[name](written)
        except _Unknown as unknown:
            lost.extend(f"{name} {word}" for word in unknown.words)
            if unknown.rest:
                values[name] = unknown.rest
        except (ValueError, TypeError, OverflowError):
            lost.append(name)
    return Read(kind(**values), tuple(sorted(lost)))


class _Unknown(Exception):  # noqa: N818  carries what is left, no error of its own
    """Some words of a set are no longer there."""

    def __init__(self, words: list[str], rest: frozenset[Any]) -> None:
        super().__init__()
        self.words = words
        self.rest = rest


def _written(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(_written(each) for each in value)
    if isinstance(value, Money):
        return value.pence
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, str | bool | int):
        return value
    raise TypeError(f"A filter can't hold {value!r}.")


@cache
def _readers(kind: Hashable) -> dict[str, Callable[[Any], Any]]:
    held: Any = kind
    hints = get_type_hints(held)
    return {field.name: _reader(hints[field.name]) for field in fields(held)}


def _reader(hint: Any) -> Callable[[Any], Any]:
    """What reads a value of this type."""
    if get_origin(hint) in {Union, UnionType}:
        inner = _reader(next(each for each in get_args(hint) if each is not NoneType))
        return lambda written: None if written is None else inner(written)
    if get_origin(hint) is frozenset:
        return _set_reader(_reader(get_args(hint)[0]))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    return _READERS[hint]


def _set_reader(one: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def read(written: Any) -> frozenset[Any]:
        if not isinstance(written, list):
            raise TypeError
        found, unknown = set(), []
        for each in written:
            try:
                found.add(one(each))
            except (ValueError, TypeError):
                unknown.append(str(each))
        if unknown:
            raise _Unknown(unknown, frozenset(found))
        return frozenset(found)

    return read


def _only(kind: type) -> Callable[[Any], Any]:
    def read(written: Any) -> Any:
        if type(written) is not kind:
            raise TypeError
        return written

    return read


def _money(written: Any) -> Money:
    return Money(_only(int)(written))


def _date(written: Any) -> date:
    return date.fromisoformat(_only(str)(written))


_READERS: Final[dict[Any, Callable[[Any], Any]]] = {
    str: _only(str),
    bool: _only(bool),
    int: _only(int),
    Money: _money,
    date: _date,
}
