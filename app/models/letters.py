"""Letter templates and their dated wordings, the outgoing register, and batches of letters."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models import accounts, documents, officers, people  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, LongText, Text_, UtcDateTime, Versioned, unique_where


class LetterTemplate(Versioned, Base):
    """A letter, e-mail or text message that the office sends; made from the shipped file when it is first used or edited."""

    __tablename__ = "letter_template"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(Text_(60), unique=True)
    title: Mapped[str] = mapped_column(Text_(120))
    channel: Mapped[str] = mapped_column(Text_(20))
    """`letter`, `email` or `text`."""
    retired: Mapped[bool] = mapped_column(default=False)


class LetterTemplateVersion(Versioned, Base):
    """One wording of a template, in force from a day until a later approved one; a wording in use is never changed."""

    __tablename__ = "letter_template_version"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    template_id: Mapped[int] = mapped_column(Id, ForeignKey("letter_template.id"))
    number: Mapped[int]
    from_on: Mapped[date]
    subject_line: Mapped[str] = mapped_column(Text_(200))
    body: Mapped[str] = mapped_column(LongText)
    needs_approval: Mapped[bool]
    """Whether each letter made from it waits for a second person."""
    shipped: Mapped[bool]
    """Whether the wording is the one that came with the program."""
    state: Mapped[str] = mapped_column(Text_(20))
    """`waiting`, `approved` or `refused`."""
    reason: Mapped[str] = mapped_column(Text_(400), default="")
    written_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    approved_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    request_id: Mapped[int | None] = mapped_column(Id)

    __table_args__ = (Index("uq_letter_template_version_template_id_number", "template_id", "number", unique=True),)


class LetterBatch(Versioned, Base):
    """Letters of one template to many accounts, asked for together."""

    __tablename__ = "letter_batch"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    template_version_id: Mapped[int] = mapped_column(Id, ForeignKey("letter_template_version.id"))
    title: Mapped[str] = mapped_column(Text_(120))
    letter_date: Mapped[date]
    request_key: Mapped[str] = mapped_column(Text_(64), index=True)
    """SHA-256 of what was asked for, by which the same batch asked twice is recognised."""
    state: Mapped[str] = mapped_column(Text_(20))
    """`making`, `stopped` or `made`."""
    answers: Mapped[str] = mapped_column(LongText, default="")
    """What the officer typed for the template's own blanks, as JSON."""
    asked_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    request_id: Mapped[int | None] = mapped_column(Id)
    """The request for approval that covers the whole batch."""


class LetterBatchItem(Base):
    """One account of a batch: the letter that was made, or why there is none."""

    __tablename__ = "letter_batch_item"

    batch_id: Mapped[int] = mapped_column(Id, ForeignKey("letter_batch.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"), primary_key=True, index=True)
    position: Mapped[int]
    outgoing_id: Mapped[int | None] = mapped_column(Id, ForeignKey("outgoing.id"), index=True)
    left_out: Mapped[str] = mapped_column(Text_(400), default="")


class Outgoing(Versioned, Base):
    """One letter, e-mail or text message: the register of everything that goes out and the outbox it goes through."""

    __tablename__ = "outgoing"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    template_version_id: Mapped[int | None] = mapped_column(Id, ForeignKey("letter_template_version.id"), index=True)
    batch_id: Mapped[int | None] = mapped_column(Id, ForeignKey("letter_batch.id"), index=True)
    title: Mapped[str] = mapped_column(Text_(120))
    subject: Mapped[str] = mapped_column(Text_(20))
    subject_id: Mapped[int] = mapped_column(Id)
    account_id: Mapped[int | None] = mapped_column(Id, ForeignKey("account.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(Id, ForeignKey("person.id"), index=True)
    reference: Mapped[str] = mapped_column(Text_(40), default="")
    channel: Mapped[str] = mapped_column(Text_(20))
    format: Mapped[str] = mapped_column(Text_(20))
    """`standard`, `large_print` or `text`."""
    addressee: Mapped[str] = mapped_column(Text_(200), default="")
    address: Mapped[str] = mapped_column(Text_(600), default="")
    """Lines parted by line breaks, the postcode last; of an e-mail or a text message, where it goes."""
    address_key: Mapped[str] = mapped_column(Text_(200), default="")
    """By which a print run is put in the order of the round: postcode, then street and number."""
    letter_date: Mapped[date]
    subject_line: Mapped[str] = mapped_column(Text_(200))
    body: Mapped[str] = mapped_column(LongText)
    """The wording with its blanks filled in."""
    state: Mapped[str] = mapped_column(Text_(20))
    document_sha256: Mapped[str | None] = mapped_column(Text_(64), ForeignKey("document.sha256"), index=True)
    first_page: Mapped[int | None]
    pages: Mapped[int | None]
    idempotency_key: Mapped[str | None] = mapped_column(Text_(120))
    request_id: Mapped[int | None] = mapped_column(Id, index=True)
    asked_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    approved_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    printed_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    printed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    """Who cancelled it or noted its return."""
    client_reference: Mapped[str | None] = mapped_column(Text_(40))
    """What the provider is given with the message, by which an unknown outcome is looked up."""
    provider: Mapped[str] = mapped_column(Text_(20), default="notify")
    """Who takes an e-mail or a text message: `notify`, or `mailbox`, one of the office's own."""
    provider_id: Mapped[str | None] = mapped_column(Text_(40))
    provider_status: Mapped[str] = mapped_column(Text_(40), default="")
    tries: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str] = mapped_column(Text_(400), default="")
    returned_on: Mapped[date | None]
    return_reason: Mapped[str] = mapped_column(Text_(200), default="")

    __table_args__ = (
        Index("ix_outgoing_state_address_key", "state", "address_key"),
        Index("ix_outgoing_asked_at", "asked_at"),
        Index("ix_outgoing_subject_subject_id", "subject", "subject_id"),
        unique_where("uq_outgoing_idempotency_key", "idempotency_key", where=idempotency_key.is_not(None)),
        unique_where("uq_outgoing_client_reference", "client_reference", where=client_reference.is_not(None)),
    )
