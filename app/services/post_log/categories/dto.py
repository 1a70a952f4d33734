"""Categories as listed and as written."""

from __future__ import annotations

from dataclasses import dataclass

from app.services.post_log.dto import NOBODY, Holder

USUAL = "post_acknowledgement"
"""The template that acknowledges what has none of its own."""


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """A category as listed.

    Attributes:
        key: by which rules, policy values (scope `category:KEY`) and the command line know it.
        acknowledge, answer: its service standard today, in words; empty where nothing is promised.
        holder_name: the officer or team that gets its items where no rule says otherwise; empty for nobody.
        acknowledgement, acknowledgement_title: the letter template that acknowledges its items, and what it is called;
            empty where nothing is sent.
        months: how long the content of its items is kept after they were closed.
        open: how many of its items are open.
        fixed: Rentbook itself files post under it, so it can't be retired.
    """

    category_id: int
    version: int
    key: str
    name: str
    acknowledge: str
    answer: str
    holder: Holder
    holder_name: str
    high: bool
    months: int
    open: int
    retired: bool
    fixed: bool
    acknowledgement: str = ""
    acknowledgement_title: str = ""


@dataclass(frozen=True, slots=True)
class CategoryForm:
    """A category as an officer writes it; `category_id` None is a new one, listed last.

    Attributes:
        version: of the row that was shown; 0 for a new one.
        acknowledgement: the key of the letter template that acknowledges its items; empty: nothing is sent. E-mails and
            text messages use the template of the same key with `_email` or `_text`, else the usual one.
        high: its items are logged with high priority.
        retired: it is offered no more; what was logged under it stays so.
    """

    name: str
    months: int | None
    holder: Holder = NOBODY
    high: bool = False
    retired: bool = False
    category_id: int | None = None
    version: int = 0
    acknowledgement: str = USUAL
