"""What the desks of the made-up landlord take: a till for some days, cards, cheques, other income; counted, signed, banked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select

from app.models.reception_payments.cards import CardPayment
from app.models.reception_payments.desks import IncomeStream, PaymentDesk
from app.models.reception_payments.receipts import Receipt
from app.models.reception_payments.tills import Till, TillSession
from app.models.values import CardProvider, Fund, Money, PayerKind, TakenBy
from app.services.core.context import Context
from app.services.demonstration.reception_office import Payer, Staff
from app.services.reception_payments.callers.dto import Ask, Way
from app.services.reception_payments.cards import commands as cards
from app.services.reception_payments.cards.dto.asked import CardSettings, NewCardPayment
from app.services.reception_payments.desks import commands as desks
from app.services.reception_payments.desks.dto import DeskRow, StreamRow
from app.services.reception_payments.receipts import checking
from app.services.reception_payments.receipts import commands as receipts
from app.services.reception_payments.receipts.dto.asked import AskVoid, TakeIncome, TakePayment
from app.services.reception_payments.receipts.dto.new import NewCheque, NewReceipt, NewShare
from app.services.reception_payments.tills import banking, keeping, rules, sessions
from app.services.reception_payments.tills import commands as tills
from app.services.reception_payments.tills.dto import CashUp, Count, Explain, NewBanking, TillForm

BAG: Final = "TB 004178"
_FLOAT: Final = 100_00
_UNDER: Final = 2_00
_COUNTER, _OTHER, _LINE = "TES", "SAM", "TEL"
_DESKS: Final = (
    DeskRow(0, "Civic Offices", _COUNTER, "1 Sampler Square\nTestford\nZZ1 1AA", True, True, True, False, True),
    DeskRow(0, "Sample Way", _OTHER, "40 Sample Way\nTestford\nZZ4 1AA", False, True, True, False, True),
    DeskRow(0, "Telephone", _LINE, "", False, False, True, True, True),
)
_STREAMS: Final = (
    StreamRow(0, "Key fobs", Fund.HRA, "HRA:FOBS", "The number of the fob", True),
    StreamRow(0, "Allotments", Fund.GENERAL, "GF:ALLOTMENTS", "The number of the plot", True),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A payment: how many working days ago (0: today), at what time, which payer, how, and what was handed over.

    Attributes:
        minute: of the day; today so many minutes before now.
    """

    ago: int
    minute: int
    payer: int
    by: TakenBy
    pence: int
    tendered: int | None = None


_CASH, _CHEQUE, _TERMINAL = TakenBy.CASH, TakenBy.CHEQUE, TakenBy.TERMINAL
_TAKEN: Final = (
    Shown(3, 9 * 60 + 12, 0, _CASH, 62_50, 70_00),
    Shown(3, 9 * 60 + 40, 1, _TERMINAL, 118_46),
    Shown(3, 11 * 60 + 5, 2, _CASH, 40_00, 40_00),
    Shown(3, 12 * 60 + 31, 3, _CHEQUE, 212_90),
    Shown(3, 14 * 60 + 18, 4, _TERMINAL, 95_00),
    Shown(2, 9 * 60 + 3, 5, _CASH, 110_00, 120_00),
    Shown(2, 10 * 60 + 26, 6, _TERMINAL, 131_72),
    Shown(2, 10 * 60 + 58, 7, _CASH, 25_00, 30_00),
    Shown(2, 13 * 60 + 47, 8, _CHEQUE, 88_15),
    Shown(1, 9 * 60 + 22, 9, _CASH, 54_00, 60_00),
    Shown(1, 9 * 60 + 51, 10, _CASH, 118_00, 120_00),
    Shown(1, 11 * 60 + 34, 11, _TERMINAL, 140_20),
    Shown(1, 14 * 60 + 9, 12, _CHEQUE, 176_04),
    Shown(0, 71, 13, _CASH, 60_00, 60_00),
    Shown(0, 52, 14, _TERMINAL, 104_38),
    Shown(0, 33, 15, _CASH, 45_50, 50_00),
    Shown(0, 16, 16, _CASH, 20_00, 20_00),
)
_GIVEN_UP, _GOES_ON = 64_00, 82_10
_CALLS: Final = (
    (3, 10 * 60 + 15, 90_00),
    (2, 15 * 60 + 2, 118_46),
    (1, 10 * 60 + 44, 76_30),
    (0, 41, _GIVEN_UP),
    (0, 4, _GOES_ON),
)


def serve(staff: Staff, payers: Sequence[Payer]) -> None:
    """Three working days and today: each till opened, counted and signed, but for yesterday's, which waits, and today's."""
    places = _keep(staff)
    counter, till = places[_COUNTER], _till(staff, places[_COUNTER])
    for ago in (3, 2, 1, 0):
        holder = "officer" if ago == 1 else "reception"
        opened = staff.at(ago, 8, 50) if ago else staff.minutes_ago(95)
        opens = tills.open_till(getattr(opened, holder), till, Count(_notes(_FLOAT)))
        for shown in (each for each in _TAKEN if each.ago == ago):
            _take(getattr(_then(staff, shown.ago, shown.minute), holder), counter, payers[shown.payer], shown)
        for at, (_ago, minute, pence) in enumerate(_CALLS):
            if _ago == ago:
                _call(_then(staff, ago, minute).officer, places[_LINE], payers[17 + at % 3], pence)
        if ago:
            _close(staff.at(ago, 16, 40), opens.session_id, holder, signed=ago > 1)
    _bank(staff, counter)
    _income(staff.at(1, 15, 20), places[_OTHER])
    _void(staff)


def _then(staff: Staff, ago: int, minute: int) -> Staff:
    return staff.at(ago, *divmod(minute, 60)) if ago else staff.minutes_ago(minute)


def _keep(staff: Staff) -> dict[str, int]:
    """The desks by the letters of their receipts; the other income; cards by telephone go through the terminal."""
    ctx = staff.at(4, 9).leader
    for each in _DESKS:
        desks.keep_desk(ctx, each)
    for stream in _STREAMS:
        desks.keep_stream(ctx, stream)
    cards.set_settings(ctx, CardSettings(CardProvider.TERMINAL))
    return {row.prefix: row.id for row in ctx.session.execute(select(PaymentDesk.prefix, PaymentDesk.id))}


def _till(staff: Staff, counter: int) -> int:
    ctx = staff.at(4, 9).leader
    keeping.keep_till(ctx, TillForm(0, counter, "Till 1", Money(_FLOAT), active=True))
    return ctx.session.scalars(select(Till.id)).one()


def _take(ctx: Context, desk: int, payer: Payer, shown: Shown) -> None:
    paid = f"{shown.ago}-{shown.minute}"
    cheque = NewCheque(payer.name, "Example Bank", f"{100_000 + shown.pence}") if shown.by is _CHEQUE else NewCheque()
    new = NewReceipt(
        entry_key=f"demonstration:desk:{paid}",
        desk_id=desk,
        taken_by=shown.by,
        shares=(NewShare(shown.pence, payer.account_id),),
        taken_on=ctx.clock.today(),
        person_id=payer.person_id,
        proved_by=(Ask.PAPER.value,),
        tendered_pence=shown.tendered,
        cheque=cheque,
        slip=f"T{paid}" if shown.by is _TERMINAL else "",
    )
    asked = frozenset(each.key for each in checking.questions(ctx, new))
    receipts.take(ctx, TakePayment(new, Way.COUNTER, asked))


def _call(ctx: Context, desk: int, payer: Payer, pence: int) -> None:
    """A card by telephone; of today's one was given up, and one goes on."""
    shares = (NewShare(pence, payer.account_id),)
    proved = (Ask.BIRTH.value, Ask.POSTCODE.value)
    key = f"demonstration:call:{pence}"
    new = NewReceipt(key, desk, TakenBy.CARD, shares, ctx.clock.today(), person_id=payer.person_id, proved_by=proved)
    begun = cards.begin(ctx, NewCardPayment(key, new))
    row = ctx.session.get_one(CardPayment, begun.payment_id)
    row.reference = f"{payer.reference}-{pence}"  # Its own is drawn by lot, and the landlord is the same every time.
    if pence == _GIVEN_UP:
        cards.leave(ctx, begun.payment_id)
    elif pence != _GOES_ON:
        cards.note_slip(ctx, begun.payment_id, f"C{pence}")


def _close(staff: Staff, session_id: int, holder: str, *, signed: bool) -> None:
    """Count a till; one that is signed is right, the other is a little under, explained, and waits for a second officer."""
    ctx = getattr(staff, holder)
    session = ctx.session.get_one(TillSession, session_id)
    paper, count = sessions.taken_in(ctx, session_id, sessions.PAPER)
    cash = sessions.expected(ctx, session) - (0 if signed else _UNDER)
    counted = tills.cash_up(ctx, CashUp(session_id, Count(_notes(cash)), count, paper))
    if signed:
        tills.sign(staff.senior, session_id)
    else:
        tills.explain(ctx, Explain(counted.count_id, "Counted twice. The change of one payment may have been wrong."))


def _bank(staff: Staff, counter: int) -> None:
    """Put the days that are signed into a bag, sealed by a second officer."""
    then = staff.at(2, 16, 55)
    ctx = then.reception
    closed = select(TillSession).where(TillSession.signed_by.is_not(None)).order_by(TillSession.id)
    found = ctx.session.scalars(closed).all()
    cash = sum((each.counted_pence or 0) - each.float_pence for each in found)
    new = NewBanking("demonstration:bag", counter, tuple(each.id for each in found), BAG, _notes(cash))
    banking.seal(then.senior, banking.make(ctx, new))


def _income(staff: Staff, desk: int) -> None:
    ctx = staff.officer
    fobs = ctx.session.scalars(select(IncomeStream.id).where(IncomeStream.name == "Key fobs")).one()
    new = NewReceipt(
        "demonstration:fob",
        desk,
        _TERMINAL,
        (NewShare(12_00, stream_id=fobs, words="Fob 0417"),),
        ctx.clock.today(),
        PayerKind.THIRD_PARTY,
        slip="T-FOB",
    )
    receipts.take_income(ctx, TakeIncome(new))


def _void(staff: Staff) -> None:
    """Somebody is asked to void the last payment of today."""
    ctx = staff.minutes_ago(12).reception
    last = ctx.session.scalars(select(func.max(Receipt.id)).where(Receipt.pence == 20_00)).one()
    if last is not None:
        receipts.ask_void(ctx, AskVoid(last, "Taken for the wrong account; taken again for the right one"))


def _notes(pence: int) -> dict[int, int]:
    """Notes and coins that come to an amount, the largest first."""
    found: dict[int, int] = {}
    for each in rules.DENOMINATIONS:
        found[each], pence = divmod(pence, each)
    return {each: count for each, count in found.items() if count}
