"""What arrives: the log with its history, categories, routing rules, pauses, links, e-mail messages and valuables."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.models import accounts, documents, letters, officers, people  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, LongText, Text_, UtcDateTime, Versioned, Word, unique_where
from app.models.values import (
    FormatNeed,
    MailboxKind,
    MailSecurity,
    Pausing,
    PostChannel,
    PostState,
    PostStep,
    RuleField,
    SignIn,
    Subject,
)


class PostCategory(Versioned, Base):
    """What an item is about; the service standards are policy values in the scope of its key."""

    __tablename__ = "post_category"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(Text_(40), unique=True)
    name: Mapped[str] = mapped_column(Text_(80), unique=True)
    position: Mapped[int]
    """Where it stands in lists."""
    acknowledgement: Mapped[str] = mapped_column(Text_(60), default="")
    """The key of the letter template that acknowledges it; empty where nothing does."""
    work: Mapped[str] = mapped_column(Text_(40), default="")
    """The piece of work that it starts, such as `death`; empty for none."""
    high: Mapped[bool] = mapped_column(default=False)
    """Whether its items are logged with high priority."""
    retention_months: Mapped[int]
    """How long the content is kept after the item was closed."""
    team_id: Mapped[int | None] = mapped_column(Id, ForeignKey("team.id"))
    officer_id: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    """To whom it goes where no rule says otherwise."""
    retired: Mapped[bool] = mapped_column(default=False)


class PostItem(Versioned, Base):
    """One thing that arrived. Its log line stays for good; its content goes at the end of its retention."""

    __tablename__ = "post_item"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    year: Mapped[int]
    number: Mapped[int]
    """Gapless in its year."""
    channel: Mapped[PostChannel] = mapped_column(Word(PostChannel))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_on: Mapped[date]
    """The day that it counts as received, which clocks run from."""
    sender: Mapped[str] = mapped_column(Text_(200), default="")
    sender_address: Mapped[str] = mapped_column(Text_(600), default="")
    """Where an answer goes: an e-mail address, a telephone number, or lines of a postal address."""
    subject_line: Mapped[str] = mapped_column(Text_(200), default="")
    text: Mapped[str] = mapped_column(LongText, default="")
    """What was said or written, as far as it is kept as text."""
    category_id: Mapped[int] = mapped_column(Id, ForeignKey("post_category.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(Id, ForeignKey("account.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(Id, ForeignKey("person.id"), index=True)
    reference: Mapped[str] = mapped_column(Text_(40), default="")
    """The sender's own reference, such as an invoice number."""
    priority: Mapped[int] = mapped_column(default=2)
    """1 high, 2 normal, 3 low, in the order they are listed."""
    format: Mapped[FormatNeed] = mapped_column(Word(FormatNeed))
    """The format that the sender needs an answer in."""
    language: Mapped[str] = mapped_column(Text_(40), default="")
    """The language that the sender needs an answer in; empty for English."""
    guessed: Mapped[str] = mapped_column(Text_(400), default="")
    """Names of the fields, by commas, that Rentbook filled in and nobody confirmed: `account_id,category_id`; empty: checked."""
    officer_id: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    team_id: Mapped[int | None] = mapped_column(Id, ForeignKey("team.id"))
    """Who has it: an officer, else a team, else nobody yet."""
    state: Mapped[PostState] = mapped_column(Word(PostState), default=PostState.OPEN)
    acknowledge_by: Mapped[date | None]
    reply_by: Mapped[date | None]
    """The last days for both by the service standard, pauses and extensions counted in; none where it sets none."""
    acknowledged_on: Mapped[date | None]
    replied_on: Mapped[date | None]
    escalated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    duplicate_of: Mapped[int | None] = mapped_column(Id, ForeignKey("post_item.id"))
    outcome: Mapped[str] = mapped_column(Text_(400), default="")
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    logged_at: Mapped[datetime] = mapped_column(UtcDateTime)
    logged_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    entry_key: Mapped[str | None] = mapped_column(Text_(64))
    """By which the same entry or message made twice is recognised."""
    content_deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("officer_id IS NULL OR team_id IS NULL", name="one_holder"),
        Index("uq_post_item_year_number", "year", "number", unique=True),
        unique_where("uq_post_item_entry_key", "entry_key", where=entry_key.is_not(None)),
        Index("ix_post_item_received_at", "received_at"),
        Index("ix_post_item_received_on", "received_on"),
        Index("ix_post_item_state_reply_by", "state", "reply_by"),
        Index("ix_post_item_state_acknowledge_by", "state", "acknowledge_by"),
        Index("ix_post_item_officer_id_state", "officer_id", "state"),
        Index("ix_post_item_team_id_state", "team_id", "state"),
    )


class PostEvent(Base):
    """One thing that was done with an item, and by whom; the hand-over chain is those that allocate. Never changed."""

    __tablename__ = "post_event"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    item_id: Mapped[int] = mapped_column(Id, ForeignKey("post_item.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    step: Mapped[PostStep] = mapped_column(Word(PostStep))
    words: Mapped[str] = mapped_column(Text_(400), default="")
    """What is to be said of it beside the step."""
    to_officer_id: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    to_team_id: Mapped[int | None] = mapped_column(Id, ForeignKey("team.id"))
    outgoing_id: Mapped[int | None] = mapped_column(Id, ForeignKey("outgoing.id"), index=True)
    """The letter, e-mail or text message that it made."""


class PostPause(Versioned, Base):
    """A time in which the time to answer stands still: from the day after we asked to the day the answer came.

    It is open while `to_on` is none; an answer on the day that we asked stops nothing.
    """

    __tablename__ = "post_pause"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    item_id: Mapped[int] = mapped_column(Id, ForeignKey("post_item.id"), index=True)
    kind: Mapped[Pausing] = mapped_column(Word(Pausing))
    """What we wait for: that they say what they mean, or who they are."""
    from_on: Mapped[date]
    """The day that we asked; it counts still."""
    to_on: Mapped[date | None]
    """The day that the answer came; the days after it count again."""
    reason: Mapped[str] = mapped_column(Text_(400))

    __table_args__ = (CheckConstraint("to_on IS NULL OR to_on >= from_on", name="ends_after_start"),)


class PostExtension(Base):
    """A longer time to answer, told to the sender with its reason."""

    __tablename__ = "post_extension"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    item_id: Mapped[int] = mapped_column(Id, ForeignKey("post_item.id"), index=True)
    days: Mapped[int]
    """Working days of the item's calendar, weeks or calendar months, as its category counts."""
    reason: Mapped[str] = mapped_column(Text_(400))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))


class PostLink(Base):
    """Another record that an item is about: an account beside its own, a task, a case, a letter that came back."""

    __tablename__ = "post_link"

    item_id: Mapped[int] = mapped_column(Id, ForeignKey("post_item.id"), primary_key=True)
    subject: Mapped[Subject] = mapped_column(Word(Subject), primary_key=True)
    subject_id: Mapped[int] = mapped_column(Id, primary_key=True)

    __table_args__ = (Index("ix_post_link_subject_subject_id", "subject", "subject_id"),)


class PostMessage(Base):
    """An e-mail message as it came; the original is a document."""

    __tablename__ = "post_message"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    item_id: Mapped[int] = mapped_column(Id, ForeignKey("post_item.id"), index=True)
    key: Mapped[str] = mapped_column(Text_(64), unique=True)
    """SHA-256 of its Message-ID, of its content where it has none: the same message is logged once."""
    message_id: Mapped[str] = mapped_column(Text_(400), default="")
    document_sha256: Mapped[str] = mapped_column(Text_(64), ForeignKey("document.sha256"), index=True)
    sender: Mapped[str] = mapped_column(Text_(254), default="")
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    html: Mapped[bool] = mapped_column(default=False)
    """Whether it has a part in HTML, which is shown without anything from elsewhere."""


class PostReference(Base):
    """The messages that a message answers, by which a thread is joined to its item."""

    __tablename__ = "post_reference"

    message_id: Mapped[int] = mapped_column(Id, ForeignKey("post_message.id"), primary_key=True)
    key: Mapped[str] = mapped_column(Text_(64), primary_key=True, index=True)
    """SHA-256 of the Message-ID of the message referred to."""


class PostRule(Versioned, Base):
    """A routing rule: words that, found in a message, propose a category and who gets it. The first that fits counts."""

    __tablename__ = "post_rule"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    position: Mapped[int]
    field: Mapped[RuleField] = mapped_column(Word(RuleField))
    words: Mapped[str] = mapped_column(Text_(400))
    """Words or phrases by commas, of which one is enough; upper and lower case are the same."""
    category_id: Mapped[int | None] = mapped_column(Id, ForeignKey("post_category.id"))
    officer_id: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    team_id: Mapped[int | None] = mapped_column(Id, ForeignKey("team.id"))
    priority: Mapped[int | None]
    retired: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (CheckConstraint("officer_id IS NULL OR team_id IS NULL", name="one_holder"),)


class PostMailbox(Versioned, Base):
    """A mailbox that the office's e-mail is fetched from, and how far that has come."""

    __tablename__ = "post_mailbox"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(Text_(80), unique=True)
    kind: Mapped[MailboxKind] = mapped_column(Word(MailboxKind))
    address: Mapped[str] = mapped_column(Text_(254))
    host: Mapped[str] = mapped_column(Text_(254), default="")
    port: Mapped[int] = mapped_column(default=993)
    security: Mapped[MailSecurity] = mapped_column(Word(MailSecurity), default=MailSecurity.TLS)
    user: Mapped[str] = mapped_column(Text_(254), default="")
    folder: Mapped[str] = mapped_column(Text_(200), default="INBOX")
    sign_in: Mapped[SignIn] = mapped_column(Word(SignIn), default=SignIn.PASSWORD)
    tenant: Mapped[str] = mapped_column(Text_(80), default="")
    """The council's directory at Microsoft."""
    client_id: Mapped[str] = mapped_column(Text_(80), default="")
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    """The password or the application's secret, sealed with the office's key."""
    sends: Mapped[bool] = mapped_column(default=False)
    """Whether e-mail goes out from it."""
    smtp_host: Mapped[str] = mapped_column(Text_(254), default="")
    """Who takes what goes out, where it isn't Microsoft Graph."""
    smtp_port: Mapped[int] = mapped_column(default=587)
    smtp_security: Mapped[MailSecurity] = mapped_column(Word(MailSecurity), default=MailSecurity.STARTTLS)
    sent_folder: Mapped[str] = mapped_column(Text_(200), default="")
    """Where copies of what went out are kept; empty: the folder that the server names for it."""
    every_minutes: Mapped[int] = mapped_column(default=0)
    """How often windows fetch it by themselves; 0: only when somebody asks."""
    validity: Mapped[int | None] = mapped_column(Id)
    """The server's mark by which its numbers of messages hold (RFC 3501 2.3.1.1)."""
    next_uid: Mapped[int] = mapped_column(Id, default=1)
    """Every message with a lower number was dealt with."""
    unmarked: Mapped[str] = mapped_column(LongText, default="")
    """Messages that are stored and may not be marked as read yet, by commas."""
    delta: Mapped[str] = mapped_column(LongText, default="")
    """Where Graph goes on."""
    fetched_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str] = mapped_column(Text_(400), default="")
    """Why the last fetch did not come to its end; empty if it did."""
    retired: Mapped[bool] = mapped_column(default=False)


class PostLeft(Versioned, Base):
    """A message that may not be kept as it is and waits in its mailbox: only that it is there is known here."""

    __tablename__ = "post_left"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    mailbox_id: Mapped[int] = mapped_column(Id, ForeignKey("post_mailbox.id"))
    key: Mapped[str] = mapped_column(Text_(64))
    """SHA-256 of its place."""
    place: Mapped[str] = mapped_column(Text_(600))
    """Its number or name in the mailbox."""
    why: Mapped[str] = mapped_column(Text_(20))
    message: Mapped[str] = mapped_column(Text_(400))
    hint: Mapped[str] = mapped_column(Text_(400), default="")
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))

    __table_args__ = (
        Index("uq_post_left_mailbox_id_key", "mailbox_id", "key", unique=True),
        Index("ix_post_left_settled_at", "settled_at"),
    )
