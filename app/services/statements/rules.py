"""Who gets a statement, in which form, and how it is addressed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from typing import Final

from app.models.values import AccountKind, FormatNeed
from app.services.core.errors import UserError
from app.services.statements.dto import Candidate, Decision, Group, RunRequest, Variant, Which

KIND_NAMES: Final = {
    AccountKind.RENT: "Rent account",
    AccountKind.GARAGE: "Garage account",
    AccountKind.RECHARGE: "Recharge account",
    AccountKind.COURT_COSTS: "Court costs account",
    AccountKind.HB_OVERPAYMENT: "Housing Benefit overpayment account",
    AccountKind.FORMER_TENANT: "Former tenant account",
    AccountKind.LEASEHOLD: "Leasehold account",
    AccountKind.SUNDRY: "Sundry account",
    AccountKind.CONTROL: "Control account",
}
_BY_HAND: Final = {FormatNeed.BRAILLE: "braille", FormatNeed.AUDIO: "audio", FormatNeed.EASY_READ: "easy read"}
_ENGLISH: Final = frozenset({"", "en", "eng", "en-gb", "english"})


def decide(candidate: Candidate, variant: Variant | None = None) -> Decision:
    """Whether an account is sent a statement; the first thing that speaks against it is the one that is told.

    Args:
        candidate: the account.
        variant: the form for everybody, or None to give each person the form they need.
    """
    form = variant or form_needed(candidate.needs)
    against = _against(candidate)
    if against:
        return Decision(sent=False, variant=form, note=against[:200])
    notes = []
    if candidate.languages:
        notes.append(f"Needs {' and '.join(sorted(candidate.languages))}: send a translation too.")
    if {FormatNeed.LARGE_PRINT, FormatNeed.TEXT_ONLY} <= candidate.needs:
        notes.append("One tenant needs large print, another plain text: send the plain text too.")
    if not candidate.printable:
        notes.append("The name or address has letters that the printed font lacks.")
    if not candidate.moved:
        notes.append("No movement in the period.")
    return Decision(sent=True, variant=form, note=" ".join(notes)[:200])


def grouped(decided: Iterable[tuple[Candidate, Decision]]) -> tuple[Group, ...]:
    """The accounts that are sent a statement, by rent group and form, each group in the order given."""
    groups: dict[tuple[str, Variant], list[tuple[Candidate, Decision]]] = {}
    for candidate, decision in decided:
        if decision.sent:
            groups.setdefault((candidate.group_name, decision.variant), []).append((candidate, decision))
    return tuple(
        Group(
            name,
            variant,
            tuple(candidate for candidate, _ in members),
            {candidate.account_id: decision.note for candidate, decision in members if decision.note},
        )
        for (name, variant), members in sorted(groups.items())
    )


def check_period(from_on: date, to_on: date) -> None:
    """Refuse a period that ends before it starts.

    Raises:
        UserError: it does.
    """
    if to_on < from_on:
        raise UserError(
            f"The statement would end on {to_on:%d/%m/%Y}, before it starts on {from_on:%d/%m/%Y}.",
            "Change one of the dates.",
            "to_on",
        )


def form_needed(needs: Iterable[FormatNeed]) -> Variant:
    """The form that suits everybody in a tenancy: large print before plain text before the standard one."""
    if FormatNeed.LARGE_PRINT in needs:
        return Variant.LARGE_PRINT
    return Variant.TEXT if FormatNeed.TEXT_ONLY in needs else Variant.STANDARD


def foreign(language: str) -> bool:
    """Whether a language to write in is another than English."""
    return language.strip().casefold() not in _ENGLISH


def address_lines(address_1: str, address_2: str, town: str, postcode: str) -> tuple[str, ...]:
    """The lines of a postal address, the postcode last; empty where it is too little to post to."""
    if not address_1 or not (town or postcode):
        return ()
    return tuple(line for line in (address_1, address_2, town, postcode) if line)


def request_key(request: RunRequest) -> str:
    """What makes two requests the same run: everything but where the files go and whether to make it once more."""
    return hashlib.sha256(request_json(request).encode()).hexdigest()


def request_json(request: RunRequest) -> str:
    """The request as it is kept with the run."""
    return json.dumps(
        {
            "from_on": request.from_on.isoformat(),
            "to_on": request.to_on.isoformat(),
            "rent_groups": sorted(request.rent_groups),
            "areas": sorted(request.areas),
            "accounts": request.accounts.value,
            "kinds": sorted(kind.value for kind in request.kinds),
            "former": request.former,
            "variant": request.variant.value if request.variant else None,
        },
        sort_keys=True,
    )


def request_from(kept: str) -> RunRequest:
    """The request as it was kept with a run."""
    found = json.loads(kept)
    return RunRequest(
        from_on=date.fromisoformat(found["from_on"]),
        to_on=date.fromisoformat(found["to_on"]),
        rent_groups=frozenset(found["rent_groups"]),
        areas=frozenset(found["areas"]),
        accounts=Which(found["accounts"]),
        kinds=frozenset(AccountKind(kind) for kind in found["kinds"]),
        former=found["former"],
        variant=Variant(found["variant"]) if found["variant"] else None,
    )


def _against(candidate: Candidate) -> str:
    if candidate.hold:
        return f"On hold: {candidate.hold}"
    if candidate.do_not_contact:
        return "Do not contact."
    if not candidate.moved and not candidate.balance_pence:
        return "No movement in the period and nothing owed."
    if not candidate.address:
        return "No address to post to."
    by_hand = sorted(_BY_HAND[need] for need in candidate.needs if need in _BY_HAND)
    return f"Needs {' and '.join(by_hand)}: make it by hand." if by_hand else ""
