"""What the works on items of post have in common: each is done in a sheet, for what is shown or chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.views.common.office import Office
from app.views.common.sheet_work import SheetWork
from app.views.post_log.page import PostPage


class ItemWork(SheetWork):
    """A work on one item or several.

    Args:
        items: their ids.
    """

    page: PostPage

    def __init__(self, office: Office, page: PostPage, items: Sequence[int]) -> None:
        super().__init__(office, page)
        self.items = tuple(items)
        self.begin(*self.asked())

    def asked(self) -> tuple[Any, ...]:
        """What `asks` is given: the item that is shown."""
        return (self.items[0],)

    @property
    def number(self) -> str:
        """The number of the item that is shown."""
        return self.page.detail.row.number if self.page.detail is not None else "the item"
