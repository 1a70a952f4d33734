"""Accounts of a file that more than one mandate pays: one that stands already, or another row."""

from __future__ import annotations

from collections.abc import Iterator

from app.services.bacs.keeping import fingerprinter
from app.services.core.context import Context
from app.services.direct_debits.mandates.importing.dto import FileRow
from app.services.direct_debits.mandates.importing.known import Known
from app.services.direct_debits.mandates.writing import Made


class Doubled:
    """What pays each account, before a row and by the rows before it."""

    def __init__(self, ctx: Context, known: Known) -> None:
        self._known, self._prints = known, fingerprinter(ctx)
        self._rows: dict[int, list[tuple[int, str]]] = {}

    def same(self, made: Made) -> tuple[str, str] | None:
        """That the account is paid from this very bank account already, and what to do; None where it isn't."""
        print_ = self._prints(made.destination)
        for reference, theirs in self._known.standing.get(made.account_id, ()):
            if theirs == print_:
                return (
                    f"Mandate {reference} pays it from the same bank account already.",
                    "Take the row out; what is to be put right of that mandate is changed there.",
                )
        for row, theirs in self._rows.get(made.account_id, ()):
            if theirs == print_:
                return f"It is the same as row {row}.", "Take one of them out."
        return None

    def others(self, row: FileRow, made: Made) -> Iterator[tuple[str, str]]:
        """The field of each account that another mandate pays, and that as a sentence."""
        named = [("account", row.account, made.account_id)]
        named += [("beside", each, account_id) for each, account_id in zip(row.beside, made.beside, strict=True)]
        for field_, written, account_id in named:
            for reference, _ in self._known.standing.get(account_id, ()):
                yield field_, f"Mandate {reference} pays account {written} already: both would collect."
            for other, _ in self._rows.get(account_id, ()):
                yield field_, f"Row {other} pays account {written} too: both would collect."

    def add(self, row: FileRow, made: Made) -> None:
        """Count a row's mandate for the rows after it."""
        print_ = self._prints(made.destination)
        for account_id in dict.fromkeys((made.account_id, *made.beside)):
            self._rows.setdefault(account_id, []).append((row.row, print_))
