"""What has to be known of the source before its first row is changed: who and what is personal in it, and what everybody says."""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Final

from sqlalchemy import func, select, true
from sqlalchemy.orm import Session

from app.models import values
from app.models.tables import metadata
from app.services.core.progress import CancelToken
from app.services.core.roles import Permission, Role
from app.services.moving.anonymous.classes import Fate, fates
from app.services.moving.anonymous.files import left_out
from app.services.moving.anonymous.rows import Common, shape
from app.services.moving.anonymous.words import Words, codes_of, parts_of, plain_number

_NAMES: Final = frozenset({Fate.NAME, Fate.STREET, Fate.ADDRESS, Fate.TOWN, Fate.USERNAME, Fate.EMAIL})
_WITH_CODES: Final = frozenset({Fate.POSTCODE, Fate.MADE, Fate.FREE})
_SEVERAL: Final = 3
_PORTION: Final = 5_000
_NOT_PERSONAL: Final = frozenset({("landlord", "office")})


def personal(source: Session, cancel: CancelToken) -> frozenset[str]:
    """Every folded word of a name or an address, every postcode and every telephone number of the source."""
    found: set[str] = set()
    for (table, name), fate in fates().items():
        if fate in _NAMES | _WITH_CODES | {Fate.PHONE} and name in metadata.tables[table].c:
            cancel.check()
            for text in _texts(source, table, name):
                found |= _personal_in(text, fate)
    return frozenset(found)


def _personal_in(text: str, fate: Fate) -> set[str]:
    if fate is Fate.PHONE:
        return {plain_number(text)}
    if fate in _WITH_CODES:
        return codes_of(text)
    if fate is Fate.EMAIL:
        return parts_of(text.partition("@")[0])
    return parts_of(text) | codes_of(text)


def _texts(source: Session, table: str, name: str) -> Iterator[str]:
    """The different texts of a column; of accounts those of people, not of the office's control accounts."""
    columns = metadata.tables[table].c
    wanted = select(columns[name]).where(columns[name].is_not(None), columns[name] != "").distinct()
    if table == "account" and name == "name":
        wanted = wanted.where(columns.control_key.is_(None))
    if table == "officer":
        wanted = wanted.where(columns.username != "system")
    if (table, name) not in _NOT_PERSONAL:
        yield from source.scalars(wanted, execution_options={"yield_per": _PORTION})


def common(source: Session) -> Common:
    """What so many say that nobody is told by it."""
    entry, journal = metadata.tables["entry"].c, metadata.tables["journal"].c
    several = func.count(entry.account_id.distinct()) >= _SEVERAL
    narratives = frozenset(source.scalars(select(entry.narrative).group_by(entry.narrative).having(several)))
    times: dict[str, int] = {}
    for row in source.execute(select(journal.narrative, journal.source), execution_options={"yield_per": _PORTION}):
        for each in {shape(row.narrative), shape(row.source)}:
            times[each] = times.get(each, 0) + 1
    shapes = frozenset(each for each, number in times.items() if number >= _SEVERAL)
    return Common(_known(source), narratives | {""}, shapes | {""})


def _known(source: Session) -> frozenset[str]:
    """The words of every fixed list, and the codes and keys of the office's lists."""
    found = {each.value for kind in (*_lists(), Role, Permission) for each in kind}
    for table, name in (
        ("transaction_code", "code"),
        ("rent_group", "code"),
        ("adjustment_kind", "key"),
        ("period", "name"),
    ):
        found.update(source.scalars(select(metadata.tables[table].c[name])))
    return frozenset(found)


def _lists() -> Iterator[Any]:
    for module in iter_modules(values.__path__):
        for each in vars(import_module(f"{values.__name__}.{module.name}")).values():
            if isinstance(each, type) and issubclass(each, enum.StrEnum) and each is not enum.StrEnum:
                yield each


def documents(source: Session, words: Words) -> dict[str, str]:
    """The SHA-256 of what takes each document's place, by the document's own."""
    document = metadata.tables["document"].c
    found: dict[str, str] = {}
    for row in source.execute(select(document.sha256, document.media_type), execution_options={"yield_per": _PORTION}):
        content, _kind = left_out(words.hash(row.sha256, "document"), row.media_type)
        found[row.sha256] = hashlib.sha256(content).hexdigest()
    return found


def officers(source: Session) -> tuple[dict[str, int], int]:
    """Each sign-in name with its officer, and the first officer who works here and administers."""
    officer, role = metadata.tables["officer"].c, metadata.tables["officer_role"].c
    names = {row.username: row.id for row in source.execute(select(officer.username, officer.id))}
    first = (
        select(officer.id)
        .join(metadata.tables["officer_role"], role.officer_id == officer.id)
        .where(officer.active == true(), role.role == Role.ADMINISTRATOR.value)
        .order_by(officer.id)
        .limit(1)
    )
    return names, source.scalar(first) or 0
