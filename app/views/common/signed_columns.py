"""A column of amounts of which some go the other way."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from app.models.values import Money
from app.services.workbench.listing import Holds
from app.views.common.columns import Column

R = TypeVar("R")


def signed_column(
    key: str,
    title: str,
    value: Callable[[R], Money | None],
    width: int = 90,
    *,
    total: bool = False,
    tone: Callable[[R], str] | None = None,
    least: int = 0,
    spare: bool = False,
) -> Column[R]:
    """A column of amounts of which some go the other way, such as what the bank pays out or what is taken back: those have a minus."""
    return Column(
        key,
        title,
        value,
        width,
        tone=tone,
        right=True,
        holds=Holds.POUNDS,
        total=total,
        signed=True,
        least=least,
        spare=spare,
    )
