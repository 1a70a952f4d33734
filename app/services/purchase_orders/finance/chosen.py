"""What the headings of the finance system's files were read as, kept for the next file with the same."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from sqlalchemy import select

from app.models.purchase_orders.finance import FinanceProfile
from app.models.values import FinanceFileKind
from app.services.core.context import Context
from app.services.imports import headings as heads

_KEY: Final = 39
"""Characters of the key of headings that fit beside the letter of their kind."""


def columns(ctx: Context, kind: FinanceFileKind, headings: Iterable[str]) -> Mapping[str, str] | None:
    """What such headings were read as when they came last; None where they never came."""
    key = select(FinanceProfile.layout).where(FinanceProfile.key == _key(kind, headings))
    found = ctx.session.scalars(key).one_or_none()
    return None if found is None else json.loads(found)


def remember(ctx: Context, kind: FinanceFileKind, read_as: Sequence[tuple[str, str]]) -> None:
    """Keep what each heading of a file was read as, for the next file with the same."""
    key = _key(kind, [name for name, _ in read_as])
    row = ctx.session.scalars(select(FinanceProfile).where(FinanceProfile.key == key)).one_or_none()
    layout = json.dumps(dict(read_as))
    if row is None:
        ctx.session.add(FinanceProfile(kind=kind, key=key, title=f"Headings of {kind.value}", layout=layout))
    else:
        row.layout = layout
    ctx.session.flush()


def _key(kind: FinanceFileKind, headings: Iterable[str]) -> str:
    return f"{kind.value[:1]}{heads.key_of(headings)[:_KEY]}"
