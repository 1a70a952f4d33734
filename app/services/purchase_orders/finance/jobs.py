"""Files of the finance system, away from the window: their headings as they were chosen before, and their rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any, Final

from app.models.values import FinanceFileKind
from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.core.session import Desk
from app.services.imports import headings as heads
from app.services.imports.dto import FileHeadings, Heading, Layout
from app.services.purchase_orders.finance import chosen
from app.services.purchase_orders.finance.handing import reading as replies
from app.services.purchase_orders.finance.transactions import reading as transactions


class FinanceFiles:
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
        self.kind = kind
        self._layout, self._read, self._fits, self._needs = layout, read, fits, needs

    def headings(
        self, desk: Desk, path: Path, progress: Progress = no_progress, cancel: CancelToken | None = None
    ) -> FileHeadings:
        """The headings of a file and what each is read as: as an officer chose last for such headings, or by their words.

        Raises:
            UserError: as `imports.headings.read`.
        """
        (cancel or CancelToken()).check()
        progress(0, 0, "Reading the headings")
        found = heads.read(path, self._layout)
        return heads.proposed(found, desk.ask(chosen.columns, self.kind, found.columns))

    def unclear(self, asked: Sequence[Heading]) -> str:
        """What keeps a file from being read as its headings are chosen, as a sentence; empty where they will do."""
        if not self._fits({each.field for each in asked if each.field}):
            return f"Say which headings are {self._needs}."
        return heads.doubled(asked)

    def read_file(
        self,
        _desk: Desk,
        path: Path,
        columns: Mapping[str, str] | None = None,
        progress: Progress = no_progress,
        cancel: CancelToken | None = None,
    ) -> Any:
        """Read a file; no transaction is open while it is read.

        Raises:
            UserError: it can't be read.
            Cancelled: `cancel` was used.
        """
        return self._read(path, columns, progress, cancel)


TRANSACTIONS: Final = FinanceFiles(
    FinanceFileKind.TRANSACTIONS, transactions.LAYOUT, transactions.read, transactions.fits, transactions.NEEDS
)
REPLIES: Final = FinanceFiles(FinanceFileKind.REPLIES, replies.LAYOUT, replies.read, replies.fits, replies.NEEDS)
