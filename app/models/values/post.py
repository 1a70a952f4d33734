"""The fixed words of the post: how it arrives, what becomes of it, and what is in the envelope beside the letter."""

from enum import StrEnum


class PostChannel(StrEnum):
    """How something arrived."""

    LETTER = "letter"
    HAND_DELIVERY = "hand_delivery"
    EMAIL = "email"
    TELEPHONE = "telephone"
    VISIT = "visit"
    VALUABLES = "valuables"
    """A cheque, cash or a document of value came in the post, with a letter or without."""
    RETURNED = "returned"
    """A letter of ours that the post brought back."""


class PostState(StrEnum):
    """How far an item has come."""

    OPEN = "open"
    CLOSED = "closed"
    JUNK = "junk"
    DUPLICATE = "duplicate"
    FORWARDED = "forwarded"
    """It was meant for somebody else, who has it now."""


class PostStep(StrEnum):
    """What was done with an item; each is a line of its history."""

    LOGGED = "logged"
    CONFIRMED = "confirmed"
    CHANGED = "changed"
    ALLOCATED = "allocated"
    ACKNOWLEDGED = "acknowledged"
    REPLIED = "replied"
    PAUSED = "paused"
    RESUMED = "resumed"
    EXTENDED = "extended"
    ESCALATED = "escalated"
    LINKED = "linked"
    WORK_STARTED = "work_started"
    CLOSED = "closed"
    REOPENED = "reopened"
    JUNKED = "junked"
    MARKED_DUPLICATE = "marked_duplicate"
    FORWARDED = "forwarded"
    CONTENT_DELETED = "content_deleted"


class ReplyUnit(StrEnum):
    """What a time to answer is counted in."""

    WORKING_DAYS = "working_days"
    WEEKS = "weeks"
    MONTHS = "months"
    """Calendar months, to the corresponding date."""
    SAME_DAY = "same_day"


class ReplyFrom(StrEnum):
    """What the time to answer runs from."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"


class Pausing(StrEnum):
    """When the time to answer stands still."""

    NEVER = "never"
    CLARIFICATION = "clarification"
    IDENTITY = "identity"
    """Also while somebody shows who they are."""


class ValuableKind(StrEnum):
    """What of value was in an envelope."""

    CHEQUE = "cheque"
    POSTAL_ORDER = "postal_order"
    CASH = "cash"
    DOCUMENT = "document"
    OTHER = "other"


class RuleField(StrEnum):
    """Where a routing rule looks for its words."""

    SUBJECT = "subject"
    SENDER = "sender"
    TEXT = "text"
    ANYWHERE = "anywhere"


class MailboxKind(StrEnum):
    """How a mailbox of the office is reached."""

    IMAP = "imap"
    GRAPH = "graph"
    """Microsoft 365, over Microsoft Graph."""


class MailSecurity(StrEnum):
    """How the connection to an IMAP server is kept from others."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"
    """Only to a server on this computer."""


class SignIn(StrEnum):
    """How Rentbook signs in to a mailbox."""

    PASSWORD = "password"  # noqa: S105  a word
    APP = "app"
    """As an application that the council registered with Microsoft (OAuth2, client credentials)."""
