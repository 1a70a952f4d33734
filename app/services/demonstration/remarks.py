"""What officers have written on the made-up accounts: flags, holds, arrangements and notes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from app.models.values import AccountKind, ArrangementState, Frequency, HoldKind, Money, Subject
from app.services.arrangements import rules
from app.services.core.calendars import week_monday
from app.services.demonstration.estate import Estate, Payer, Row
from app.services.demonstration.rules.dice import Dice
from app.services.demonstration.rules.habits import Habit
from app.services.holds.rules import USUAL, in_order

_FLAGS: Final = (
    ("vulnerable", 40, "Support worker has authority to speak"),
    ("disputed", 7, "Disputes the service charge"),
    ("visit in pairs", 4, ""),
    ("interpreter needed", 6, ""),
    ("deceased tenant", 3, "Executor writes"),
)
_NOTES: Final = (
    "Rang about the balance; explained the weekly charge and the free weeks.",
    "Asked for a statement by post.",
    "New bank details for the standing order were sent to the bank; nothing is kept here.",
    "Repairs visit cut into the working day; will pay on Friday.",
    "Universal Credit claim made; first payment expected in five weeks.",
    "Letter returned by the post; address checked with the estate officer.",
    "Says that two payments were made at the shop this week; file awaited.",
)
_ARREARS_NOTES: Final = (
    "No answer on the mobile; text message sent.",
    "Agreed to pay something each week with the rent.",
    "Missed the instalment; rang and agreed to pay double next week.",
    "Referred to the money adviser; appointment kept.",
    "Visit made, card left.",
)

_TOLERANCE: Final = timedelta(days=7)


def add(estate: Estate, payer: Payer, balance: int) -> None:
    """What stands on one account, given the pence that it owes today."""
    if payer.kind not in {AccountKind.RENT, AccountKind.FORMER_TENANT, AccountKind.LEASEHOLD}:
        return
    dice = estate.dice("remark", payer.number)
    behind = payer.habit is Habit.STRUGGLING and balance > 0 and payer.end is None
    if payer.end is None:
        _flags(estate, payer, dice)
    if behind and dice.chance(900):
        _arrangement(estate, payer, balance, dice)
    notes = dice.between(1, 4) if behind else int(dice.chance(60))
    for _ in range(notes):
        _note(estate, payer, dice.pick(_ARREARS_NOTES if behind else _NOTES), dice)


def _flags(estate: Estate, payer: Payer, dice: Dice) -> None:
    today = estate.years.today
    for flag, per_thousand, note in _FLAGS:
        if not dice.chance(per_thousand):
            continue
        from_on = max(today - timedelta(days=dice.between(5, 400)), payer.start)
        if flag == "deceased tenant":
            _hold(estate, payer, HoldKind.DECEASED, "Write to the executor instead", from_on, None)
        row = {"flag": flag, "note": note, "from_on": from_on, "to_on": None}
        _put(estate, "flag", payer, row)


def _hold(estate: Estate, payer: Payer, kind: HoldKind, reason: str, from_on: date, to_on: date | None) -> None:
    _put(estate, "hold", payer, {"kind": kind, "reason": reason, "from_on": from_on, "to_on": to_on})
    hold_id = len(estate.rows["hold"])
    estate.rows["hold_stop"] += [{"hold_id": hold_id, "stop": stop} for stop in in_order(USUAL[kind])]


def _arrangement(estate: Estate, payer: Payer, balance: int, dice: Dice) -> None:
    """What was agreed, with the debt that it must have been for the account to stand as it does: kept, behind or broken."""
    today = estate.years.today
    starts_on = max(today - timedelta(days=dice.between(20, 300)), payer.start)
    amount = dice.pick((5_00, 5_00, 7_50, 10_00, 15_00))
    every = Frequency(dice.weighted((("weekly", 70), ("fortnightly", 20), ("monthly", 10))))
    broken, behind = dice.chance(180), dice.chance(260)
    tested = rules.due_on(starts_on, every, max(0, rules.fallen_due(starts_on, every, today - _TOLERANCE) - 1))
    later = (week_monday(today) - week_monday(tested)).days // 7
    left = balance - later * sum(each.amounts[-1] for each in payer.elements)
    amount = max(amount, -(-left // (200 * 50)) * 50)
    due = rules.fallen_due(starts_on, every, tested) * amount
    debt = left + due - (amount * 3 // 2 if behind and every is not Frequency.MONTHLY else 0)
    if left <= 0 or debt <= due:
        return
    plan = rules.plan(Money(debt), Money(amount), every, starts_on)
    broken_on = min(starts_on + timedelta(days=dice.between(14, 120)), today)
    row = {
        "amount_pence": amount,
        "frequency": every,
        "debt_pence": debt,
        "agreed_on": starts_on - timedelta(days=dice.between(2, 9)),
        "starts_on": starts_on,
        "ends_on": plan.ends_on,
        "state": ArrangementState.BROKEN if broken else ArrangementState.LIVE,
        "state_on": broken_on if broken else None,
        "state_reason": f"{Money(amount * 2)} behind: two instalments were missed" if broken else "",
        "note": "",
    }
    _put(estate, "arrangement", payer, row)
    number = len(estate.rows["arrangement"])
    covered = {"arrangement_id": number, "account_id": payer.number, "pence": debt}
    estate.rows["arrangement_debt"].append(covered)


def _note(estate: Estate, payer: Payer, text: str, dice: Dice) -> None:
    day = max(estate.years.today - timedelta(days=dice.between(1, 360)), payer.start)
    written_at = datetime.combine(day, time(9 + dice.below(8), dice.below(60)), UTC)
    number = len(estate.rows["note"]) + 1
    about = {"subject": Subject.ACCOUNT, "subject_id": payer.number}
    estate.rows["note"].append({"id": number, **about, "written_at": written_at, "text": text})


def _put(estate: Estate, table: str, payer: Payer, row: Row) -> None:
    rows = estate.rows[table]
    rows.append({"id": len(rows) + 1, "account_id": payer.number, "version": 1} | row)
