"""Every sheet of a landlord's file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from app.models.values import CodeKind
from app.services.imports.dto import Layout
from app.services.landlord_load import account_sheets, place_sheets, words
from app.services.landlord_load.dto import CodeFact

PROPERTIES: Final = "Properties"
PEOPLE: Final = "People"
TENANCIES: Final = "Tenancies"
CHARGES: Final = "Charges"
BALANCES: Final = "Balances"
TRANSACTIONS: Final = "Transactions"
ARRANGEMENTS: Final = "Arrangements"
FLAGS: Final = "Flags"
NOTES: Final = "Notes"
ORDER: Final = (PROPERTIES, PEOPLE, TENANCIES, CHARGES, BALANCES, TRANSACTIONS, ARRANGEMENTS, FLAGS, NOTES)
"""As they stand in the template and in reports."""
MAPPING: Final = "Mapping"
ERRORS: Final = "Errors"
"""The list of errors in the workbook of bad rows."""
ABOUT: Final = ("Read me", "Words", ERRORS)
"""Sheets that say something and hold nothing."""
ASIDE: Final = ("row_in_file", "what_is_wrong")
"""Columns of the workbook of bad rows, which are not the landlord's."""

_DERIVED: Final = "DVA"
"""VAT is worked out by the charge run; nobody is charged it by hand."""


def layouts(codes: Iterable[CodeFact]) -> dict[str, Layout]:
    """The layouts by sheet name, with the codes that this database has.

    Tenancies come first: their payment references are not card numbers, wherever else in the file they stand.
    """
    usable = [code for code in codes if code.kind is not CodeKind.CONTROL and code.active]
    charged = {code.code: code.name for code in usable if code.kind is CodeKind.CHARGE and code.code != _DERIVED}
    every = {code.code: code.name for code in usable}
    found = (
        place_sheets.TENANCIES,
        place_sheets.PROPERTIES,
        place_sheets.PEOPLE,
        account_sheets.charges(words.code_words(charged, [words.CHARGES])),
        account_sheets.BALANCES,
        account_sheets.transactions(words.code_words(every, [words.CHARGES, words.RECEIPTS])),
        account_sheets.ARRANGEMENTS,
        account_sheets.FLAGS,
        account_sheets.NOTES,
    )
    return {layout.name: layout for layout in found}
