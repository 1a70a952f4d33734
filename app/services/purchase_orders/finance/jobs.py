"""Files of the finance system, away from the window: their headings as they were chosen before, and their rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from typing import Any, Final

from app.models.values import FinanceFileKind
from app.services.core.context import Context
from app.services.imports import headings as heads
from app.services.imports.dto import Heading, Layout
from app.services.imports.sheet_files import SheetFiles
from app.services.purchase_orders.finance import chosen
from app.services.purchase_orders.finance.handing import reading as replies
from app.services.purchase_orders.finance.transactions import reading as transactions


class FinanceFiles(SheetFiles[Any]):
    """One kind of file that comes from the finance system.

    Args:
        kind: which, for what was chosen of such headings before.
        layout: its columns.
        read: reads it.
        fits: whether these columns of ours will do; `needs` says of them what is needed.
    """

    def __init__(
        self,
        kind: FinanceFileKind,
        layout: Layout,
        read: Callable[..., Any],
        fits: Callable[[AbstractSet[str]], bool],
        needs: str,
    ) -> None:
        super().__init__(layout, read, chosen=partial(_chosen, kind=kind))
        self.kind = kind
        self._fits, self._needs = fits, needs

    def unclear(self, chosen: Sequence[Heading]) -> str:
        """What keeps a file from being read as its headings are chosen, as a sentence; empty where they will do."""
        if not self._fits({each.field for each in chosen if each.field}):
            return f"Say which headings are {self._needs}."
        return heads.doubled(chosen)


def _chosen(ctx: Context, columns: Any, kind: FinanceFileKind) -> Any:
    return chosen.columns(ctx, kind, columns)


TRANSACTIONS: Final = FinanceFiles(
    FinanceFileKind.TRANSACTIONS, transactions.LAYOUT, transactions.read, transactions.fits, transactions.NEEDS
)
REPLIES: Final = FinanceFiles(FinanceFileKind.REPLIES, replies.LAYOUT, replies.read, replies.fits, replies.NEEDS)
