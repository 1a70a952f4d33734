"""Recurring tasks: as shipped in resources/tasks, and as the office has edited them since."""

from __future__ import annotations

import functools
import tomllib
from typing import Any

from sqlalchemy import select

from app.models.diary import TaskTemplate
from app.services.core.context import Context
from app.services.core.resources import resource
from app.services.diary.dto import Priority
from app.services.diary.rules import Every, IfClosed, Rhythm, Template


def templates(ctx: Context) -> tuple[Template, ...]:
    """Every recurring task: those shipped in their order, as edited where they are, then the office's own by title."""
    own = {row.key: _edited(row) for row in ctx.session.scalars(select(TaskTemplate).order_by(TaskTemplate.title))}
    standing = [own.pop(each.key, each) for each in shipped()]
    return (*standing, *own.values())


@functools.cache
def shipped() -> tuple[Template, ...]:
    """The recurring tasks in resources/tasks/*.toml."""
    found: list[Template] = []
    for file in sorted(resource("tasks").glob("*.toml")):
        found += [_shipped(row) for row in tomllib.loads(file.read_text(encoding="utf-8")).get("task", [])]
    return tuple(found)


def _shipped(row: dict[str, Any]) -> Template:
    rhythm = Rhythm(
        Every(row["every"]),
        row.get("day", 1),
        row.get("month", 0),
        IfClosed(row.get("if_closed", "after")),
        row.get("long_years_only", False),
    )
    return Template(
        key=row["key"],
        title=row["title"],
        rhythm=rhythm,
        details=" ".join(row.get("details", "").split()),
        lead_days=row.get("lead_days", 0),
        catch_up=row.get("catch_up", False),
        priority=Priority(row.get("priority", 2)),
        evidence_wanted=row.get("evidence", ""),
        proof=row.get("proof", ""),
    )


def _edited(row: TaskTemplate) -> Template:
    return Template(
        key=row.key,
        title=row.title,
        rhythm=Rhythm(Every(row.every), row.day, row.month, IfClosed(row.if_closed), row.long_years_only),
        details=row.details,
        lead_days=row.lead_days,
        catch_up=row.catch_up,
        priority=Priority(row.priority),
        evidence_wanted=row.evidence_wanted,
        proof=row.proof,
        owner_id=row.owner_id,
        owner_team_id=row.owner_team_id,
        cover_id=row.cover_id,
        active=row.active,
        version=row.version,
    )
