"""The words that every form of a statement shares."""

from __future__ import annotations

from app.models.values import Money
from app.services.exports.statement.dto import Line, Sender, Statement, long_date, short_date

BROUGHT_FORWARD = "Brought forward"
CARRIED_FORWARD = "Carried forward"
DR_AND_CR = "DR: owed to us. CR: in credit."


def outcome(statement: Statement) -> str:
    """How the account stands at the end of the period, as a sentence."""
    pence, day = statement.carried_forward.pence, long_date(statement.to_on)
    if pence > 0:
        return f"You owed {abs(statement.carried_forward)} on {day}."
    if pence < 0:
        return f"Your account was {abs(statement.carried_forward)} in credit on {day}."
    return f"Nothing was owed on {day}."


def period(statement: Statement) -> str:
    """The period in full: `29 June 2026 to 27 September 2026`."""
    return f"{long_date(statement.from_on)} to {long_date(statement.to_on)}"


def short_period(statement: Statement) -> str:
    """The period for narrow places: `29 Jun 2026 to 27 Sep 2026`."""
    return f"{short_date(statement.from_on)} to {short_date(statement.to_on)}"


def paying(statement: Statement, sender: Sender) -> tuple[str, ...]:
    """How to pay: the landlord's own lines, then what to quote."""
    return (*sender.how_to_pay, f"Always quote your account reference: {statement.reference}.")


def help_offered(sender: Sender) -> tuple[str, ...]:
    """Whom to ask, for help with paying and for another format."""
    ways = [
        way for way in (sender.phone and f"call {sender.phone}", sender.email and f"write to {sender.email}") if way
    ]
    reach = " or ".join(ways) or "talk to us"
    return (
        f"If you find it hard to pay, {reach}. The sooner we know, the more we can do.",
        "If something here looks wrong, tell us: we will explain every line.",
        "You can have this statement in large print, as plain text, in braille, as audio or in another language.",
    )


def line_words(line: Line) -> str:
    """One line of the account as a sentence: for readers who hear it."""
    week = f" for the week of {long_date(line.week_on)}" if line.week_on else ""
    kind = "Debit" if line.amount_pence >= 0 else "Credit"
    amount = abs(Money(line.amount_pence))
    return f"{long_date(line.on)}: {line.what}{week}. {kind} {amount}. Balance {line.balance.dr_cr()}."


def dr_cr(balance: Money) -> str:
    """A balance for a column of pounds: `412.86 DR`, `5.00 CR`, `0.00`."""
    return balance.dr_cr().replace("£", "")
