"""Scenes of suspense: items with the accounts that they may belong to, a split, one that goes back, and what was done meanwhile."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from PySide6.QtWidgets import QWidget
from sqlalchemy import select

from app.models.accounts import Account
from app.models.letters import Outgoing
from app.models.reception_payments.suspense import SuspenseItem, SuspenseMove
from app.models.values import JournalKind, Subject, SuspenseMoveKind, SuspenseMoveState, SuspenseSource
from app.services.core.context import Context
from app.services.ledger.dto import JournalHeader
from app.services.letters.dto.outgoing import OutgoingState
from app.services.reception_payments.suspense import clearing, commands, holding
from app.services.reception_payments.suspense.dto import NewSuspense, View
from app.shots.stage import Scene, Stage
from app.views.reception_payments.suspense_sheets import BackSheet, GiveSheet, NoteSheet, PayersSheet, SplitSheet

_SOURCE: Final = 9_900
"""No file or statement has this id: these are made for the pictures."""


def furnish(stage: Stage) -> None:
    """Items in suspense, where there are none of these yet: a swapped digit, a name alone, one that nobody knows, one that went out."""
    office = stage.program.office
    assert office is not None
    desk = office.desk
    if desk.ask(_there):
        return
    desk.do(_hold)
    desk.do(_clear)
    first = desk.ask(_items)
    desk.do(commands.give, [first[1].id], desk.officer.id)


def _clear(ctx: Context) -> None:
    """Two items are cleared; the account of the one had a letter meanwhile."""
    accounts = _accounts(ctx)
    items = _items(ctx)
    ctx.session.add(_letter(ctx, accounts[2].id))
    for item, parts in (
        (items[-2], ((30_00, accounts[3].id, "The garage"), (12_50, accounts[4].id, "Their rent"))),
        (items[-1], ((80_00, accounts[2].id, "The payer told us their reference"),)),
    ):
        moves = [_move(ctx, item, *each) for each in parts]
        ctx.session.add_all(moves)
        ctx.session.flush()
        clearing.post(ctx, item, moves)


def _letter(ctx: Context, account_id: int) -> Outgoing:
    return Outgoing(
        title="Your rent account",
        subject=Subject.ACCOUNT.value,
        subject_id=account_id,
        account_id=account_id,
        channel="letter",
        format="standard",
        letter_date=ctx.clock.today() - timedelta(days=3),
        subject_line="Your rent account",
        body="",
        state=OutgoingState.PRINTED.value,
        asked_by=ctx.officer.id,
        asked_at=ctx.clock.now(),
    )


def _move(ctx: Context, item: SuspenseItem, pence: int, account_id: int, why: str) -> SuspenseMove:
    return SuspenseMove(
        item_id=item.id,
        kind=SuspenseMoveKind.ACCOUNT,
        state=SuspenseMoveState.WAITING,
        account_id=account_id,
        pence=pence,
        why=why,
        learn=True,
        confirmed_by=ctx.officer.id,
        confirmed_at=ctx.clock.now(),
    )


def _there(ctx: Context) -> bool:
    return ctx.session.scalars(select(SuspenseItem.id).where(SuspenseItem.source_id == _SOURCE)).first() is not None


def _items(ctx: Context) -> list[SuspenseItem]:
    rows = select(SuspenseItem).where(SuspenseItem.source_id == _SOURCE)
    return list(ctx.session.scalars(rows.order_by(SuspenseItem.number)))


def _accounts(ctx: Context) -> list[Account]:
    rows = select(Account).where(
        Account.tenancy_id.is_not(None), Account.payment_reference.is_not(None), Account.closed_on.is_(None)
    )
    return list(ctx.session.scalars(rows.order_by(Account.id).limit(8)))


def _hold(ctx: Context) -> None:
    today = ctx.clock.today()
    accounts = _accounts(ctx)
    given = [each.payment_reference or "" for each in accounts]
    names = [each.name.split()[-1].upper() for each in accounts]
    last = given[0][:-2] + given[0][-1] + given[0][-2]
    digit = given[1][:-1] + str((int(given[1][-1]) + 4) % 10) if given[1][-1:].isdigit() else given[1]
    kept = (
        (118_42, 3, {"reference_given": last, "payer_name": f"MR A {names[0]}", "narrative": "FPI RENT"}),
        (96_10, 12, {"reference_given": digit, "narrative": f"RENT {names[1]}"}),
        (40_00, 31, {"payer_name": "J GREEN", "narrative": "COUNCIL"}),
        (-61_77, 6, {"narrative": "CHARGEBACK 4471"}),
        (412_86, 19, {"reference_given": "HSG 99 2210", "payer_name": "SAMPLE LETTINGS LTD"}),
        (42_50, 9, {"payer_name": names[3], "narrative": "GARAGE AND RENT"}),
        (80_00, 8, {"payer_name": names[2], "narrative": "RENT"}),
    )
    for at, (pence, days, said) in enumerate(kept):
        on = today - timedelta(days=days)
        new = NewSuspense(SuspenseSource.BANK, _SOURCE, at, pence, "RBP", on, **said)
        holding.hold(ctx, JournalHeader(JournalKind.RECEIPTS, on, "bank", f"shots-suspense:{at}"), [new])


def _section(stage: Stage) -> Any:
    furnish(stage)
    controller = stage.controller("reception_payments")
    controller.page.sections.open("suspense")
    stage.settle()
    section = controller.section("suspense")
    stage.wait(lambda: section.page.model.rowCount() > 0)
    return section


def _chosen(stage: Stage, words: str) -> Any:
    """The item of which the payer said so."""
    section = _section(stage)
    page = section.page
    at = next(at for at, row in enumerate(page.model.rows) if words in (row.payer_name, row.narrative))
    page.table.go_to(at)
    item_id = page.model.rows[at].item_id
    stage.wait(lambda: page.card.found is not None and page.card.found.row.item_id == item_id)
    stage.settle()
    return section


def _listed(stage: Stage) -> QWidget:
    _chosen(stage, "FPI RENT")
    return stage.window


def _card(stage: Stage) -> QWidget:
    """The foot of the card, where large text puts it under the list."""
    section = _chosen(stage, "FPI RENT")
    stage.reveal(section.page.card.table)
    return stage.window


def _sheet(stage: Stage, signal: str, kind: type[QWidget], words: str = "FPI RENT") -> Any:
    page = _chosen(stage, words).page
    getattr(page, signal).emit(page.table.row())
    return stage.fresh(kind)


def _split(stage: Stage) -> QWidget:
    sheet = _sheet(stage, "split_wanted", SplitSheet)
    chosen = sheet.grid.typed()[0]
    sheet.grid.set_value(
        [{**chosen, "amount": "100.00"}, {**chosen, "amount": "8.42", "why": "The rest for the garage"}]
    )
    stage.settle()
    shown: QWidget = sheet
    return shown


def _back(stage: Stage) -> QWidget:
    sheet = _sheet(stage, "back_wanted", BackSheet, "J GREEN")
    sheet.fields.fill({"why": "Meant for another council; to the account it came from"})
    stage.settle()
    shown: QWidget = sheet
    return shown


def _note(stage: Stage) -> QWidget:
    sheet: QWidget = _sheet(stage, "note_wanted", NoteSheet)
    return sheet


def _give(stage: Stage) -> QWidget:
    sheet: QWidget = _sheet(stage, "give_wanted", GiveSheet)
    return sheet


def _payers(stage: Stage) -> QWidget:
    _cleared(stage)
    section = stage.controller("reception_payments").section("suspense")
    section.page.payers_wanted.emit()
    sheet: QWidget = stage.fresh(PayersSheet)
    return sheet


def _cleared(stage: Stage) -> QWidget:
    section = _section(stage)
    section.page.press(View.ALL)
    stage.wait(lambda: any(row.narrative == "RENT" for row in section.page.model.rows))
    section = _chosen(stage, "RENT")
    stage.reveal(section.page.card.done)
    return stage.window


SCENES = (
    Scene("reception-suspense", _listed),
    Scene("reception-suspense-accounts", _card),
    Scene("reception-suspense-split", _split),
    Scene("reception-suspense-back", _back),
    Scene("reception-suspense-note", _note),
    Scene("reception-suspense-give", _give),
    Scene("reception-suspense-payers", _payers),
    Scene("reception-suspense-cleared", _cleared),
)
