"""A mandate as it was typed, checked: every field with its fault, then what the officer must have read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from app.services.bacs import rules as bacs
from app.services.bacs.dto import Checked, Destination
from app.services.bacs.keeping import fingerprint
from app.services.bacs.modulus.loaded import checker
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.core.errors import UserError, UserErrors
from app.services.direct_debits.mandates import conditions, payers, references, rules
from app.services.direct_debits.mandates.dto import NewMandate
from app.services.direct_debits.mandates.writing import Made

_LONGEST: Final = {"form_number": 40, "bank_name": 80, "branch": 80, "note": 400}
_SAID: Final = {
    "form_number": "number of the form",
    "bank_name": "name of the bank",
    "branch": "branch",
    "note": "note",
}
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, repr=False)
class CheckedBank:
    """Bank details as they were checked, with their keyed hash. It has no readable form."""

    destination: Destination
    checked: Checked
    print_: str


def checked(ctx: Context, new: NewMandate) -> tuple[Made, tuple[str, ...]]:
    """A mandate ready to be kept, and what the officer must have read, as sentences.

    Raises:
        UserErrors: fields have faults, each named.
        UserError: the account can have none.
    """
    account, beside = conditions.paid_account(ctx, new.account_id), _beside(ctx, new)
    faults = rules.faults(new, ctx.clock.today())
    found = _collect(faults, lambda: bank(ctx, new.sort_code, new.account_number))
    name = _collect(faults, lambda: payers.payer_name(new.payer_name))
    person_id = _collect(faults, lambda: payers.checked_person(ctx, new.person_id))
    address = _collect(faults, lambda: payers.checked_address(new.payer_address))
    reference = _collect(faults, lambda: references.reference_of(ctx, account, new.reference))
    texts = {each: _collect(faults, _texter(ctx, new, each)) for each in _LONGEST}
    _collect(faults, lambda: _refuse_numbers(ctx, new, found))
    if faults or found is None or name is None or reference is None:
        raise UserErrors(faults)
    about = (person_id, name)
    warned = conditions.warnings(ctx, (account.id, *beside), found.print_, about, found.checked)
    made = Made(
        entry_key=new.entry_key,
        account_id=account.id,
        reference=reference,
        way=new.way,
        payer_name=name,
        destination=found.destination,
        checked=found.checked,
        given_on=new.given_on,
        received_on=new.received_on or ctx.clock.today(),
        person_id=person_id,
        payer_address=address or "",
        beside=beside,
        script={each: getattr(new, each) for each, _, _ in rules.SCRIPT},
        despite=new.despite,
        texts={each: words or "" for each, words in texts.items()},
    )
    return made, tuple(warned)


def bank(ctx: Context, sort_code: str, account_number: str) -> CheckedBank:
    """Bank details as typed, with what the modulus check says; a number that only an old table refuses is kept with a warning.

    Raises:
        UserError: they aren't six and eight digits, or fail the check; `field` says which.
    """
    destination = bacs.destination(sort_code, account_number)
    said = checker(ctx)(destination)
    if said.refuses:
        raise UserError(said.words, "Compare both with a bank statement, and ask for them again.", "account_number")
    return CheckedBank(destination, said, fingerprint(ctx, destination))


def refuse_digits(destination: Destination, texts: Mapping[str, str]) -> None:
    """Refuse texts, by field, that hold the number of the bank account, which is kept sealed only.

    Raises:
        UserError: one does.
    """
    for field, typed in texts.items():
        if destination.account_number in "".join(each for each in typed if each.isdigit()):
            raise UserError(
                "The number of the bank account stands in this text, where everybody could read it.",
                "Take it out: it is kept with the mandate, sealed.",
                field,
            )


def text(ctx: Context, field: str, typed: str) -> str:
    """A text as it is kept.

    Raises:
        UserError: it is long, or holds a card number.
    """
    words = " ".join(typed.split())
    if len(words) > _LONGEST[field]:
        raise UserError(f"The {_SAID[field]} has over {_LONGEST[field]} characters.", "Shorten it.", field)
    refuse_card_number(ctx, words, _SAID[field], field)
    return words


def _beside(ctx: Context, new: NewMandate) -> tuple[int, ...]:
    """The other accounts that it pays, each of which may be paid so."""
    beside = tuple(each for each in dict.fromkeys(new.beside) if each != new.account_id)
    for each in beside:
        conditions.paid_account(ctx, each, "beside")
    return beside


def _refuse_numbers(ctx: Context, new: NewMandate, found: CheckedBank | None) -> None:
    """Refuse a card number in the payer's name, and the bank account's number in any text."""
    refuse_card_number(ctx, new.payer_name, "name", "payer_name")
    typed = {each: getattr(new, each) for each in (*_LONGEST, "payer_name", "payer_address", "reference")}
    if found is not None:
        refuse_digits(found.destination, typed)


def _texter(ctx: Context, new: NewMandate, field: str) -> Callable[[], str]:
    return lambda: text(ctx, field, getattr(new, field))


def _collect(faults: list[UserError], read: Callable[[], _T]) -> _T | None:
    """What a check gives; its fault is kept beside the others."""
    try:
        return read()
    except UserError as error:
        faults.append(error)
        return None
