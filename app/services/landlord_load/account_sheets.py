"""The sheets on accounts: charges, balances, history, arrangements, flags, notes; and the mapping of words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.services.imports.dto import Column, Kind, Layout
from app.services.landlord_load import words
from app.services.landlord_load.columns import ACCOUNT, TENANCY, amount, code


def charges(code_words: Mapping[str, str]) -> Layout:
    """The Charges sheet; its code column takes the charge codes of this database and plain words."""
    return Layout(
        "Charges",
        (
            TENANCY,
            code(
                code_words, "A charge code or a plain word: rent, service, water, heating, garage...", ("rent", "water")
            ),
            amount("Pounds a charge week, VAT included.", ("95.32", "7.10")),
            Column(
                "from_date",
                Kind.DATE,
                required=True,
                synonyms=("from", "start date", "start", "effective date", "effective from", "date from", "date"),
                note="The first day at this amount: a Monday as a rule.",
                example=("06/04/2026",) * 2,
            ),
        ),
        synonyms=("charge", "debits", "rents", "charge elements", "elements"),
        note="What each tenancy is charged. Loaded again with later dates, it is how an increase arrives.",
    )


BALANCES: Final = Layout(
    "Balances",
    (
        TENANCY,
        ACCOUNT,
        Column(
            "amount",
            Kind.MONEY,
            required=True,
            synonyms=("balance", "arrears", "amount owed", "value"),
            note="Positive is owed; a minus or CR is credit.",
            example=("412.86", "15.00 CR"),
        ),
        Column(
            "as_at",
            Kind.DATE,
            required=True,
            synonyms=("as at date", "date", "balance date", "asat"),
            note="The balance at the end of this day.",
            example=("15/11/2026",) * 2,
        ),
    ),
    synonyms=("balance", "arrears", "opening balances"),
    note="What each account stands at. With Transactions, what they must add up to.",
)


def transactions(code_words: Mapping[str, str]) -> Layout:
    """The Transactions sheet; its code column takes every code of this database and plain words."""
    return Layout(
        "Transactions",
        (
            TENANCY,
            ACCOUNT,
            Column(
                "effective_on",
                Kind.DATE,
                required=True,
                synonyms=("date", "effective date", "transaction date", "posted", "post date", "value date"),
                example=("06/04/2026", "10/04/2026"),
            ),
            code(
                code_words, "A charge or receipt code, or a plain word: rent, direct debit, cash...", ("rent", "cash")
            ),
            amount("Positive is charged; a minus or CR is paid or credited.", ("95.32", "-95.32")),
            Column(
                "narrative",
                length=200,
                synonyms=("description", "details", "comment", "text", "note"),
                note="Never a person's name: names found here are taken out.",
            ),
        ),
        synonyms=("transaction", "history", "ledger", "postings"),
        note="History by line. It must add up to the balance.",
    )


ARRANGEMENTS: Final = Layout(
    "Arrangements",
    (
        TENANCY,
        ACCOUNT,
        amount("Each instalment.", ("5.00",)),
        Column("frequency", Kind.CHOICE, required=True, words=words.FREQUENCIES, example=("weekly",)),
        Column(
            "start_date", Kind.DATE, required=True, synonyms=("start", "from", "from date"), example=("06/04/2026",)
        ),
        Column("end_date", Kind.DATE, synonyms=("end", "to", "to date")),
        Column("note", length=400, synonyms=("notes", "comment")),
    ),
    synonyms=("arrangement", "agreements to pay", "repayment plans"),
    note="Instalments agreed off the arrears.",
)
FLAGS: Final = Layout(
    "Flags",
    (
        TENANCY,
        Column("flag", required=True, length=60, synonyms=("alert", "warning", "type"), example=("vulnerable",)),
        Column(
            "from_date",
            Kind.DATE,
            synonyms=("from", "start", "start date"),
            note="Blank: today.",
            example=("06/04/2026",),
        ),
        Column("to_date", Kind.DATE, synonyms=("to", "end", "end date")),
        Column("note", length=400, synonyms=("notes", "comment")),
    ),
    synonyms=("flag", "alerts"),
    note="What officers must see on an account.",
)
NOTES: Final = Layout(
    "Notes",
    (
        TENANCY,
        Column("date", Kind.DATE, required=True, synonyms=("note date", "written", "created"), example=("10/11/2026",)),
        Column(
            "text",
            required=True,
            length=4000,
            synonyms=("note", "notes", "comment"),
            example=("Called about arrears.",),
        ),
    ),
    synonyms=("note", "diary", "comments"),
    note="The diary of the account.",
)
MAPPING: Final = Layout(
    "Mapping",
    (
        Column("sheet", length=40, note="For a heading of your own: the sheet it is in."),
        Column("column", length=40, note="For a word of your own: the column it is in, such as code or tenure."),
        Column("yours", required=True, length=120, synonyms=("your word", "theirs"), note="Your heading or word."),
        Column("ours", required=True, length=120, synonyms=("our word", "means"), note="The one above that it means."),
    ),
    note="Only where your words aren't understood: what they mean.",
)
