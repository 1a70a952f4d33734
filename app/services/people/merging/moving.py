"""Moving every row that names one person to another, and back: read from the tables themselves, so that none is forgotten."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, Final

from sqlalchemy import Column, Date, Table, func, inspect, select
from sqlalchemy.exc import IntegrityError

from app.models.db import Base, UtcDateTime
from app.models.people import Person, PersonMerge, PersonMergeRow, Tenant
from app.models.tables import metadata
from app.models.values import Subject
from app.services.core.context import Context
from app.services.people.merging.holding import Days, both, taken_days

_OWN: Final = {"person_merge", "person_merge_row"}
"""What tells of merges stays as it is."""
_NOT_ABOUT: Final = {"search_word", "record_view", "draft", "presence"}
"""What is made anew, is a log of its own, or lasts no longer than a form is open."""


@dataclass(frozen=True, slots=True)
class Place:
    """A column that names a person: by a foreign key, or as what something is about (`about`)."""

    model: type[Base]
    table: Table
    column: Column[Any]
    about: bool

    def names(self, person_id: int) -> Any:
        """The rows that name this person."""
        named = self.column == person_id
        return named & (self.table.c.subject == Subject.PERSON.value) if self.about else named

    @property
    def attribute(self) -> str:
        """What the model calls it."""
        mapper: Any = inspect(self.model)
        name: str = mapper.get_property_by_column(self.column).key
        return name


def places() -> Iterator[Place]:
    """Every column that names a person."""
    models: dict[str, type[Base]] = {mapper.local_table.name: mapper.class_ for mapper in Base.registry.mappers}  # type: ignore[attr-defined]
    for table in metadata.sorted_tables:
        if table.name in _OWN:
            continue
        for column in table.columns:
            if any(key.column.table.name == Person.__tablename__ for key in column.foreign_keys):
                yield Place(models[table.name], table, column, about=False)
        if {"subject", "subject_id"} <= set(table.columns.keys()) and table.name not in _NOT_ABOUT:
            yield Place(models[table.name], table, table.c.subject_id, about=True)


def counts(ctx: Context, person_id: int) -> dict[str, int]:
    """How many rows of each table name a person."""
    found: dict[str, int] = {}
    for place in places():
        number = ctx.session.scalar(select(func.count()).select_from(place.table).where(place.names(person_id))) or 0
        if number:
            found[place.table.name] = found.get(place.table.name, 0) + number
    return found


def move(ctx: Context, merge: PersonMerge) -> int:
    """Let every row that names the merged person name the kept one; returns how many.

    A row whose like the other has already, such as a place in the same tenancy, is taken away and kept whole for undoing; the
    place that stays has the days of both.
    """
    moved = 0
    for place in places():
        for row in ctx.session.scalars(select(place.model).where(place.names(merge.merged_id))).all():
            taken = _move_row(ctx, place, row, merge.kept_id)
            ctx.session.add(
                PersonMergeRow(
                    merge_id=merge.id,
                    table=place.table.name,
                    column=place.attribute,
                    row_key=_key(row) if not taken else str(json.loads(taken)["key"]),
                    taken=taken,
                )
            )
            moved += 1
    ctx.session.flush()
    return moved


def move_back(ctx: Context, merge: PersonMerge) -> int:
    """Let the rows that the merge moved name the person whom they named before, where they still name the kept one."""
    by_name = {(place.table.name, place.attribute): place for place in places()}
    moved = 0
    for kept in ctx.session.scalars(select(PersonMergeRow).where(PersonMergeRow.merge_id == merge.id)).all():
        place = by_name.get((kept.table, kept.column))
        if place is None:
            continue
        key = tuple(int(part) if part.isdigit() else part for part in kept.row_key.split(","))
        row = ctx.session.get(place.model, key)
        if kept.taken and row is None:
            taken = json.loads(kept.taken)
            ctx.session.add(place.model(**_read(place, taken["values"])))
            if place.model is Tenant:
                _part(ctx, merge.kept_id, taken)
            moved += 1
        elif not kept.taken and row is not None and getattr(row, kept.column) == merge.kept_id:
            setattr(row, kept.column, merge.merged_id)
            moved += 1
    ctx.session.flush()
    return moved


def _move_row(ctx: Context, place: Place, row: Base, to_id: int) -> str:
    """Move one row; what was taken away instead, as JSON, and empty where it was moved."""
    values, key = _written(row), _key(row)
    days = (row.from_on, row.to_on) if isinstance(row, Tenant) else None
    try:
        with ctx.session.begin_nested():
            setattr(row, place.attribute, to_id)
            ctx.session.flush()
    except IntegrityError:
        ctx.session.delete(row)
        taken: dict[str, Any] = {"key": key, "values": values}
        if days is not None:
            taken["days"] = _holdboth(ctx, values["tenancy_id"], to_id, days)
        ctx.session.flush()
        return json.dumps(taken, ensure_ascii=False)
    return ""


def _holdboth(ctx: Context, tenancy_id: int, person_id: int, days: Days) -> list[str | None]:
    """Whoever held a tenancy by both records held it from the first day of either to the last; returns the days of the kept."""
    place = ctx.session.get_one(Tenant, (tenancy_id, person_id))
    before = place.from_on, place.to_on
    place.from_on, place.to_on = both(before, days)
    return [day.isoformat() if day is not None else None for day in before]


def _part(ctx: Context, person_id: int, taken: dict[str, Any]) -> None:
    """The place of the kept record has its own days again, unless they were changed since."""
    place = ctx.session.get(Tenant, (taken["values"]["tenancy_id"], person_id))
    before, other = taken_days(taken)
    if place is not None and before is not None and (place.from_on, place.to_on) == both(before, other):
        place.from_on, place.to_on = before


def _key(row: Base) -> str:
    state: Any = inspect(row)
    return ",".join(str(part) for part in state.mapper.primary_key_from_instance(row))


def _written(row: Base) -> dict[str, Any]:
    """The columns of a row as JSON holds them."""
    state: Any = inspect(row)
    return {each.key: _plain(getattr(row, each.key)) for each in state.mapper.column_attrs}


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def _read(place: Place, values: dict[str, Any]) -> dict[str, Any]:
    """The columns of a row as they were, from JSON."""
    mapper: Any = inspect(place.model)
    found: dict[str, Any] = {}
    for name, value in values.items():
        kind = mapper.get_property(name).columns[0].type
        if value is not None and isinstance(kind, UtcDateTime):
            found[name] = datetime.fromisoformat(value)
        elif value is not None and isinstance(kind, Date):
            found[name] = date.fromisoformat(value)
        else:
            found[name] = value
    return found
