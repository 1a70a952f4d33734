"""Who comes to the desks of the made-up landlord, whom it sends on, who is booked; and pay point cards."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import select

from app.models.reception_payments.desks import PaymentDesk
from app.models.reception_payments.pay_cards import PayCard
from app.models.reception_payments.visits import Signpost, VisitReason
from app.models.values import Handed, IncidentKind, PayCardReason, PayCardState, VisitKind
from app.services.demonstration.reception_office import Payer, Staff
from app.services.reception_payments.pay_cards import answers
from app.services.reception_payments.pay_cards import commands as pay_cards
from app.services.reception_payments.visits import commands as visits
from app.services.reception_payments.visits.dto import EndVisit, NewAppointment, NewVisit, Sent
from app.services.reception_payments.visits.incidents import commands as incidents
from app.services.reception_payments.visits.incidents.dto import NewIncident

_VISIT, _CALL = VisitKind.VISIT, VisitKind.CALL
_PAST: Final = (
    (3, 9 * 60 + 5, 4, "payment", _VISIT, "Paid at the till"),
    (3, 11 * 60 + 10, 14, "repairs", _VISIT, "The tap was reported last week; sent on to the repairs line"),
    (2, 10 * 60, 7, "arrears", _CALL, "Will pay 20.00 a week from Friday; an arrangement is to be made"),
    (2, 14 * 60 + 25, 22, "document", _VISIT, "Handed in the award letter; logged in Post"),
    (1, 9 * 60 + 15, 3, "payment", _VISIT, "Paid at the till"),
    (1, 10 * 60 + 40, 9, "card", _VISIT, "Lost the payment card; another is ordered"),
    (1, 13 * 60 + 50, 31, "benefits", _VISIT, "Universal Credit asks for the rent; sent on to the helpline"),
)
"""How many working days ago, at which minute of the day, how long they waited, why they came, and what came of it."""
_SENT: Final = {"repairs": "Repairs", "benefits": "Universal Credit"}
_CARDS: Final = 6
_ANSWERED: Final = ("Issued", "Issued", "Refused")


def welcome(staff: Staff, payers: Sequence[Payer]) -> None:
    """Log visits and calls of some days, who waits now, who is booked, and what happened once."""
    ctx = staff.reception
    reasons = {row.key: row.id for row in ctx.session.execute(select(VisitReason.key, VisitReason.id))}
    signposts = {row.title: row.id for row in ctx.session.execute(select(Signpost.title, Signpost.id))}
    desk = ctx.session.scalars(select(PaymentDesk.id).order_by(PaymentDesk.id)).first()
    for at, (ago, minute, waited, reason, kind, outcome) in enumerate(_PAST):
        came = NewVisit(reasons[reason], kind, "", *_of(payers[at + 3]), desk)
        visit = visits.log(staff.at(ago, *divmod(minute, 60)).reception, came)
        then = staff.at(ago, *divmod(minute + waited, 60)).officer
        visits.see(then, visit, staff.senior.officer.id if kind is _VISIT else None)
        sent = tuple(Sent(signposts[title], Handed.READ) for key, title in _SENT.items() if key == reason)
        call_back = staff.today + timedelta(days=1) if reason == "arrears" else None
        visits.finish(then, EndVisit(visit, outcome, told=True, sent=sent, call_back_on=call_back))
    visits.log(staff.minutes_ago(19).reception, NewVisit(reasons["officer"], _VISIT, "A N Other", desk_id=desk))
    visits.log(staff.minutes_ago(6).reception, NewVisit(reasons["document"], _VISIT, "", *_of(payers[2]), desk))
    _book(staff, payers, reasons, desk)
    _incident(staff, desk)


def order_cards(staff: Staff, payers: Sequence[Payer]) -> None:
    """Order pay point cards: some were issued, one was refused, one was lost and ordered again, the others are with the supplier."""
    then, answered = staff.at(3, 12), staff.at(1, 10, 45)
    cards = pay_cards.order(then.reception, [each.account_id for each in payers[:_CARDS]])
    pay_cards.make_file(then.officer, "demonstration:cards")
    sent = (PayCard.id.in_(cards.card_ids), PayCard.state == PayCardState.IN_FILE)
    named = select(PayCard.reference).where(*sent).order_by(PayCard.id)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answer.csv"
        lines = ["Card reference,Result,Reason"]
        for reference, result in zip(then.officer.session.scalars(named), _ANSWERED, strict=False):
            lines.append(f"{reference},{result},{'The name is too long' if result == 'Refused' else ''}")
        path.write_text("\n".join(lines), encoding="utf-8")
        pay_cards.take_answer(answered.officer, answers.read(path))
    issued = select(PayCard.account_id).where(PayCard.state == PayCardState.ISSUED).order_by(PayCard.id)
    if (lost := answered.reception.session.scalars(issued).first()) is not None:
        pay_cards.order(answered.reception, [lost], PayCardReason.LOST)


def _of(payer: Payer) -> tuple[int, int]:
    return payer.account_id, payer.person_id


def _book(staff: Staff, payers: Sequence[Payer], reasons: Mapping[str, int], desk: int | None) -> None:
    """Appointments of the next working day, one of them with an officer who is named."""
    for at, (hour, reason) in enumerate(((10, "arrears"), (14, "tenancy"))):
        moment = datetime.combine(staff.day(-1), time(hour)).astimezone()
        who = payers[at + 9]
        officer_id = None if at else staff.officer.officer.id
        new = NewAppointment(moment, 30, reasons[reason], "", *_of(who), desk, officer_id)
        visits.book(staff.reception, new)


def _incident(staff: Staff, desk: int | None) -> None:
    then = staff.at(2, 15, 10)
    words = (
        "A caller at the counter shouted at a colleague over a letter. He left when the manager came. Nobody was hurt."
    )
    happened = then.reception.clock.now() - timedelta(minutes=25)
    incidents.report(then.reception, NewIncident(IncidentKind.ABUSE, happened, words, desk_id=desk))
