"""The rules of mandates: where one stands, what the bank is sent, and what must be ticked. Pure functions (bacs.md 2.2, 4)."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.models.values import BacsCode, MandateState, MandateWay
from app.services.core.calendars import months_after
from app.services.core.errors import UserError
from app.services.direct_debits.mandates.dto import STATES, NewMandate

MOST_WORDS: Final = 400
STOPPED: Final = frozenset({MandateState.SUSPENDED, MandateState.CANCELLED, MandateState.DORMANT, MandateState.EXPIRED})
"""Nothing is collected of such a mandate."""
OVER: Final = frozenset({MandateState.CANCELLED, MandateState.DORMANT, MandateState.EXPIRED})
"""Such a mandate never goes on by itself: a new one takes its place."""
BEGIN: Final = frozenset({BacsCode.NEW, BacsCode.CONVERT})
"""What gives the bank an instruction; a 0C takes it away."""
LIVE: Final = (MandateState.LIVE, MandateState.AMENDED)
"""What counts as live, wherever mandates are counted: the payer pays by it. One that is lodged may still be returned."""
COLLECTS: Final = (MandateState.NEW, MandateState.LODGED, *LIVE)
"""Something is collected by such a mandate, or will be, and its payer is told of it; of a suspended one everything waits."""
SCRIPT: Final[tuple[tuple[str, str, str], ...]] = (
    ("holder_confirmed", "Account holder", "Is the bank account in your own name, or are you one of its holders?"),
    (
        "sole_authority",
        "Sole authority",
        "Are you the only person who has to authorise Direct Debits from this account?",
    ),
    ("identity_checked", "Identity checked", "Please tell me your full name, address and date of birth."),
    (
        "guarantee_read",
        "Guarantee read",
        "Your payments are protected by the Direct Debit Guarantee: I will read it to you, and it comes with our letter.",
    ),
)
"""What is ticked in a call: the field, what it is called, and what is said, in the order in which it is said."""
_TICKED: Final = {
    MandateWay.TELEPHONE: tuple(name for name, _, _ in SCRIPT),
    MandateWay.ONLINE: ("holder_confirmed", "sole_authority", "guarantee_read"),
}
"""What must be ticked, by the way that the mandate was given: a signed form says it itself."""
_MISSING: Final = {
    "holder_confirmed": "the payer is the account holder",
    "sole_authority": "they alone authorise Direct Debits from it",
    "identity_checked": "who they are was checked",
    "guarantee_read": "the Guarantee was read or shown to them",
}


def standing(*, waits: bool, sent: bool, held: bool, lodged: bool) -> MandateState | None:
    """Where a mandate stands that nothing stops; None if the bank hasn't the instruction, nor will have.

    Args:
        waits: its instruction waits for a lodgement run, or is in one.
        sent: it was sent, and the bank's days aren't over.
        held: the bank has it.
        lodged: it was lodged before, for this account or another one.
    """
    if waits:
        return MandateState.AMENDED if lodged else MandateState.NEW
    if sent:
        return MandateState.LODGED
    return MandateState.LIVE if held else None


def dormant_on(last_bank_on: date | None, months: int) -> date | None:
    """The day on which the bank lets a mandate lapse of which it saw nothing since."""
    return months_after(last_bank_on, months) if last_bank_on else None


def refuse_over(state: MandateState, reference: str, what: str) -> None:
    """Refuse to do something with a mandate that is over.

    Raises:
        UserError: it is.
    """
    if state in OVER:
        raise UserError(
            f"Mandate {reference} is {STATES[state].lower()}: it can't be {what}.",
            "Set up a new one with the payer.",
        )


def faults(new: NewMandate, today: date) -> list[UserError]:
    """What is wrong with a mandate as typed, but for its bank details, its reference and its text."""
    found = []
    received_on = new.received_on or today
    if new.way is MandateWay.LOADED:
        found.append(UserError("Loaded mandates come with a spreadsheet.", "Choose how it was given.", "way"))
    if new.given_on > today:
        found.append(UserError("A mandate can't be given on a day that is still to come.", field="given_on"))
    if received_on > today:
        found.append(UserError("It can't have come on a day that is still to come.", field="received_on"))
    if received_on < new.given_on:
        found.append(UserError("It came before it was given.", "Look at both days.", "received_on"))
    if new.way is MandateWay.PAPER and not (new.form_number.strip() or new.evidence):
        hint = "Attach the signed form, or write where it is filed."
        found.append(UserError("Nothing shows the signed form.", hint, "form_number"))
    if new.person_id is None and not new.payer_address.strip():
        hint = "Choose one of our people, or write the payer's address, with the postcode last."
        found.append(UserError("Where letters to the payer go is missing.", hint, "payer_address"))
    found += [_unticked(name) for name in _TICKED.get(new.way, ()) if not getattr(new, name)]
    if new.converts and new.way is not MandateWay.PAPER:
        found.append(UserError("Only a paper instruction is converted.", "Lodge it as a new one.", "converts"))
    return found


def _unticked(name: str) -> UserError:
    return UserError(f"It isn't ticked that {_MISSING[name]}.", "Without it the mandate can't be lodged.", name)


def guarantee(name: str, days: int) -> tuple[str, ...]:
    """The Direct Debit Guarantee in the scheme's words; only our name and the days of notice may be put in (bacs.md 4)."""
    return (
        "This Guarantee is offered by all banks and building societies that accept instructions to pay Direct Debits.",
        (
            f"If there are any changes to the amount, date or frequency of your Direct Debit {name} will notify you {days} working "
            f"days in advance of your account being debited or as otherwise agreed. If you request {name} to collect a payment, "
            "confirmation of the amount and date will be given to you at the time of the request."
        ),
        (
            f"If an error is made in the payment of your Direct Debit, by {name} or your bank or building society, you are entitled "
            "to a full and immediate refund of the amount paid from your bank or building society. - If you receive a refund you "
            f"are not entitled to, you must pay it back when {name} asks you to."
        ),
        (
            "You can cancel a Direct Debit at any time by simply contacting your bank or building society. Written confirmation may "
            "be required. Please also notify us."
        ),
    )
