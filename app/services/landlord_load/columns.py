"""Columns that several sheets of a landlord's file have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.services.imports.dto import Column, Kind
from app.services.landlord_load import words

REF: Final = 40
ACCOUNT_NUMBERS: Final = (
    "rent account",
    "rent account no",
    "rent account number",
    "account ref",
    "account no",
    "account number",
)
"""Headings that mean the tenancy or, where that has a column of its own, the payment reference."""
TENANCY: Final = Column(
    "tenancy_ref",
    Kind.CODE,
    required=True,
    length=REF,
    synonyms=(
        "tenancy",
        "tenancy reference",
        "tenancy no",
        "tenancy number",
        "tenancy id",
        "tag ref",
        *ACCOUNT_NUMBERS,
    ),
    note="The reference of a tenancy in the Tenancies sheet, or one loaded before.",
    example=("T00001", "T00002"),
)
ACCOUNT: Final = Column(
    "account",
    Kind.CHOICE,
    words=words.ACCOUNTS,
    synonyms=("account type", "account kind", "sub account", "subaccount", "sub-account"),
    note="Which account of the tenancy. Blank means rent, the tenancy's main account (also of a garage or a lease).",
    example=("rent", "recharge"),
)


def amount(note: str, example: tuple[str, ...]) -> Column:
    """An amount in pounds."""
    synonyms = ("weekly amount", "value", "weekly charge", "sum", "instalment")
    return Column("amount", Kind.MONEY, required=True, synonyms=synonyms, note=note, example=example)


def code(code_words: Mapping[str, str], note: str, example: tuple[str, ...]) -> Column:
    """A transaction code of this database."""
    synonyms = (
        "charge code",
        "charge type",
        "element",
        "charge",
        "type",
        "transaction code",
        "transaction type",
        "trans code",
    )
    return Column("code", Kind.CHOICE, required=True, words=code_words, synonyms=synonyms, note=note, example=example)
