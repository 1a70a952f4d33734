"""Saved filters: an officer's own and those that colleagues share."""

from __future__ import annotations

from sqlalchemy import and_, or_, select

from app.models.filters import FilterDefault, SavedFilter
from app.models.officers import Officer
from app.services.core.context import Context
from app.services.workbench.filters import dto


def saved_filters(ctx: Context, page: str) -> tuple[dto.SavedFilter, ...]:
    """The filters of a table that this officer may use: their own first, then shared ones, each by name."""
    mine = ctx.officer.id
    statement = (
        select(
            SavedFilter.id,
            SavedFilter.name,
            SavedFilter.text,
            SavedFilter.shared,
            SavedFilter.owner_id,
            SavedFilter.version,
            Officer.name.label("owner"),
            FilterDefault.filter_id.label("default_id"),
        )
        .join(Officer, Officer.id == SavedFilter.owner_id)
        .outerjoin(FilterDefault, and_(FilterDefault.filter_id == SavedFilter.id, FilterDefault.officer_id == mine))
        .where(SavedFilter.page == page, or_(SavedFilter.owner_id == mine, SavedFilter.shared))
        .order_by(SavedFilter.name_key, SavedFilter.id)
    )
    found = [
        dto.SavedFilter(
            row.id,
            page,
            row.name,
            row.text,
            row.owner,
            row.owner_id == mine,
            row.shared,
            row.default_id is not None,
            row.version,
        )
        for row in ctx.session.execute(statement)
    ]
    return tuple(sorted(found, key=lambda each: not each.mine))
