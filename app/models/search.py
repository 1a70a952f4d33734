"""The text by which accounts are listed, and the words by which every record is found."""

from typing import Final

from sqlalchemy import ForeignKey, Index, Unicode
from sqlalchemy.orm import Mapped, mapped_column

from app.models import accounts  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, Text_, Word
from app.models.values import Subject

FoldedWord: Final = Unicode(40).with_variant(Unicode(40, collation="Latin1_General_100_BIN2"), "mssql")
"""Compared code by code on both engines, so that a range means the same."""


class AccountSearch(Base):
    """Everything an account is found by, folded: small letters, no accents; references and postcode also without spaces."""

    __tablename__ = "account_search"

    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"), primary_key=True)
    text: Mapped[str] = mapped_column(Text_(700))
    """Begins with the last name of whoever is named first, so that its order is the order of names."""

    __table_args__ = (Index("ix_account_search_text", "text"),)


class SearchWord(Base):
    """A folded word of a record; the beginning of a word finds it by a range of the index, on either engine alike."""

    __tablename__ = "search_word"

    subject: Mapped[Subject] = mapped_column(Word(Subject), primary_key=True)
    subject_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    word: Mapped[str] = mapped_column(FoldedWord, primary_key=True)

    __table_args__ = (
        Index("ix_search_word_subject_word_subject_id", "subject", "word", "subject_id"),
        {"sqlite_with_rowid": False},
    )
