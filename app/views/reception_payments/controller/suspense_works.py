"""The works on an item in suspense that take a sheet with evidence: splitting it, and sending it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from app.services.documents.dto import NewFile
from app.services.reception_payments.suspense import commands
from app.services.reception_payments.suspense.dto import Candidate, ClearItem, ItemCard
from app.services.rent import queries as rent
from app.services.rent.listed_dto import AccountRow
from app.services.rent.rules import KIND_WORDS
from app.views.common.evidence import EvidencedSheet, read_evidence
from app.views.common.fields_pickers import Picked, among
from app.views.common.office import Office
from app.views.common.sheet_work import SheetWork
from app.views.reception_payments.suspense import SuspensePage
from app.views.reception_payments.suspense_sheets import BackSheet, SplitSheet


class ClearWork(SheetWork):
    """Where an item goes, with what shows it."""

    sheet: EvidencedSheet
    saves = staticmethod(commands.clear)

    def __init__(self, office: Office, page: SuspensePage, found: ItemCard) -> None:
        super().__init__(office, page)
        self._found = found
        self.begin()

    def save(self, command: ClearItem) -> None:
        """Confirm it with its evidence."""

        def clear(files: tuple[NewFile, ...]) -> None:
            self.do(commands.clear, replace(command, files=files))

        read_evidence(self, self.sheet.files(), clear)


class BackWork(ClearWork):
    """Some of an item, or all of it, back to whoever sent it."""

    def make(self, _found: object) -> BackSheet:
        """The sheet."""
        return BackSheet(self.page, self._found)


class SplitWork(ClearWork):
    """An item over several accounts and other income."""

    def __init__(self, office: Office, page: SuspensePage, found: ItemCard, chosen: Candidate | None) -> None:
        self._chosen = chosen
        self._streams = among([Picked(-key, name, "Other income") for key, name in found.streams])
        super().__init__(office, page, found)

    def make(self, _found: object) -> SplitSheet:
        """The sheet; its first part begins with the account that is chosen."""
        one = self._chosen
        if one is None or not one.open:
            return SplitSheet(self.page, self._found, self._find)
        begins = _picked(one.account)
        return SplitSheet(self.page, self._found, self._find, (str(begins.id), begins.words, begins.detail))

    def _find(self, text: str, then: Callable[[Sequence[Picked]], None]) -> None:
        """Accounts, and other income under them."""

        def show(rows: Sequence[AccountRow]) -> None:
            accounts = [_picked(row) for row in rows[:_MOST]]
            self._streams(text, lambda streams: then([*accounts, *streams]))

        self.office.ask(self, rent.find, text, then=show)


_MOST = 9
"""Accounts among what is found, so that other income is seen under them."""


def _picked(row: AccountRow) -> Picked:
    """The reference first: a tenant's accounts have one name."""
    return Picked(row.account_id, row.reference, f"{row.name}, {KIND_WORDS[row.kind].lower()}")
