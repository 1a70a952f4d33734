"""What a command will do, told before it is done: the queries `preview(ctx, Command)` return these."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that saving will do.

    Attributes:
        group: what it is about, as a heading: Tenancy, Charges, Money, Letters, Tasks and so on. Effects of a group are shown
            together, groups in the order in which they first come.
        text: what will be done, as a short sentence or the name of what changes.
        before, after: the value as it is and as it will be, in words or sums; empty where there is none.
        warns: the officer must look at this before saving.
    """

    group: str
    text: str
    before: str = ""
    after: str = ""
    warns: bool = False
