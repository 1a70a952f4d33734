"""Scenes of suspense, of made-up values: items with the accounts that they may belong to, a split, and what was done meanwhile."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from app.models.values import (
    ZERO,
    AccountKind,
    Money,
    Subject,
    SuspenseMoveKind,
    SuspenseMoveState,
    SuspenseSource,
    SuspenseState,
    Tenure,
)
from app.services.reception_payments.suspense.dto import (
    Candidate,
    ItemCard,
    Listed,
    MoveRow,
    PayerRow,
    SuspenseRow,
    Triggered,
)
from app.services.rent.listed_dto import AccountRow
from app.shots.stage import Scene, Stage
from app.views.reception_payments.suspense_sheets import BackSheet, GiveSheet, NoteSheet, PayersSheet, SplitSheet

_DAY: Final = date(2026, 11, 20)
_SAID: Final = (
    (40_00, 31, "", "J GREEN", "COUNCIL", ""),
    (412_86, 19, "HSG 99 2210", "SAMPLE LETTINGS LTD", "", "Pat Officer"),
    (96_10, 12, "7000006601", "", "RENT WALNUTTER", "Pat Officer"),
    (42_50, 9, "", "A MILLPOND", "GARAGE AND RENT", ""),
    (-61_77, 6, "", "", "CHARGEBACK 4471", ""),
    (118_42, 3, "7000006581", "MR A SWALLOWFIELD", "FPI RENT", ""),
    (80_00, 8, "", "C APPLEBOUGH", "RENT", ""),
)
"""Pence, days ago, reference, payer, narrative, and who looks after it."""
_SWAPPED: Final = 5
_CLEARED: Final = 6
_WAITS: Final = 3
_KEEPERS: Final = ((1, "Pat Officer"), (2, "Sam Officer"))


def _item(at: int) -> SuspenseRow:
    pence, days, reference, payer, narrative, owner = _SAID[at]
    state = {_CLEARED: SuspenseState.CLEARED, _WAITS: SuspenseState.PROPOSED}.get(at, SuspenseState.OPEN)
    left = ZERO if state is SuspenseState.CLEARED else Money(pence)
    source = SuspenseSource.FILE if at % 3 == 1 else SuspenseSource.BANK
    note = "Asked the bank who sent it; no answer yet." if owner else ""
    on = _DAY - timedelta(days=days)
    said = (reference, payer, narrative, source, 1 if owner else None, owner, None, note, 1)
    return SuspenseRow(at + 1, at + 1, state, Money(pence), left, "RBP", on, days, *said)


def _account(account_id: int, reference: str, name: str, address: str, pence: int) -> AccountRow:
    started = date(2019, 4, 1)
    kind, tenure = AccountKind.RENT, Tenure.SECURE
    return AccountRow(account_id, reference, name, address, "ZZ1 1AA", kind, tenure, "GEN", started, None, Money(pence))


def _candidates() -> tuple[Candidate, ...]:
    paid = tuple((_DAY - timedelta(days=23 + 30 * at), Money(118_42)) for at in range(3))
    likely = (
        "Two digits are swapped: 7000006581 was given for 7000006518",
        "The payer's name: Mr Alex Swallowfield",
        "£118.42 was paid 3 times lately",
    )
    whose = (
        (1, "7000006518", "Mr Alex Swallowfield", "1 Acorn Close", 65_40, 135, likely, True),
        (
            2,
            "7000015002",
            "Mx Niamh Swallowfield",
            "14 Beech Road",
            -162_70,
            40,
            ("The payer's name: Mx Niamh Swallowfield",),
            True,
        ),
        (3, "7000006531", "Restricted", "", 0, 60, (), False),
    )
    return tuple(
        Candidate(_account(key, reference, name, address, pence), score, why, open_, paid if key == 1 else ())
        for key, reference, name, address, pence, score, why, open_ in whose
    )


def _card(at: int) -> ItemCard:
    moves: tuple[MoveRow, ...] = ()
    meanwhile: tuple[Triggered, ...] = ()
    if at == _CLEARED:
        moment = datetime(2026, 11, 20, 9, 12, tzinfo=UTC)
        kind, state = SuspenseMoveKind.ACCOUNT, SuspenseMoveState.POSTED
        why = "The payer told us their reference"
        moves = (
            MoveRow(kind, state, "7000006704", Money(80_00), why, "Pat Officer", moment, "Lee Leader", journal=8_114),
        )
        done = (
            (4, "Letter", "Your rent account, printed.", Subject.LETTER),
            (2, "Arrangement broken", "£20.00 a time. Make it anew if this payment kept it.", Subject.ACCOUNT),
            (1, "Direct Debit", "Worked out without this payment: £267.53 each time.", Subject.MANDATE),
        )
        meanwhile = tuple(
            Triggered(4, "7000006704", _DAY - timedelta(days=days), what, words, subject, 1)
            for days, what, words, subject in done
        )
    found = _candidates() if at == _SWAPPED else ()
    return ItemCard(_item(at), "Bank payment", found, moves, meanwhile, ZERO, ((1, "Parking notices"),))


def _page(stage: Stage, at: int = _SWAPPED) -> Any:
    """The section with the items, one of them chosen; nothing is asked of the database for it."""
    controller = stage.controller("reception_payments")
    controller.page.sections.open("suspense")
    stage.settle()
    page = controller.section("suspense").page
    blocked = QSignalBlocker(page)
    rows = [_item(each) for each in range(len(_SAID)) if at == _CLEARED or each != _CLEARED]
    left = Money(sum(row.left.pence for row in rows))
    page.show_found(Listed(tuple(rows), len(rows), left, 31))
    page.show_keepers(_KEEPERS)
    page.table.go_to(at)
    page.card.show_item(_card(at))
    blocked.unblock()
    page.allow()
    stage.settle()
    return page


def _listed(stage: Stage) -> QWidget:
    _page(stage)
    return stage.window


def _accounts(stage: Stage) -> QWidget:
    """The foot of the card, where large text puts it under the list."""
    stage.reveal(_page(stage).card.table)
    return stage.window


def _cleared(stage: Stage) -> QWidget:
    stage.reveal(_page(stage, _CLEARED).card.done)
    return stage.window


def _split(stage: Stage) -> QWidget:
    first = ("1", "7000006518", "Mr Alex Swallowfield, rent account")
    sheet = SplitSheet(_page(stage), _card(_SWAPPED), lambda _text, then: then(()), first)
    garage = ["9", "7000006519", "Mr Alex Swallowfield, garage"]
    sheet.grid.set_value(
        [
            {"place": list(first), "amount": "100.00", "why": ""},
            {"place": garage, "amount": "8.42", "why": "What is owed there"},
        ]
    )
    sheet.open()
    return stage.fresh(SplitSheet)


def _back(stage: Stage) -> QWidget:
    sheet = BackSheet(_page(stage, 0), _card(0))
    sheet.fields.fill({"why": "Meant for another council; to the account it came from"})
    sheet.open()
    return stage.fresh(BackSheet)


def _note(stage: Stage) -> QWidget:
    NoteSheet(_page(stage, 1), _item(1)).open()
    return stage.fresh(NoteSheet)


def _give(stage: Stage) -> QWidget:
    GiveSheet(_page(stage), _item(1), _KEEPERS).open()
    return stage.fresh(GiveSheet)


def _payers(stage: Stage) -> QWidget:
    known = (
        PayerRow(1, "MR A SWALLOWFIELD", _DAY - timedelta(days=23), 3, active=True),
        PayerRow(2, "N SWALLOWFIELD", _DAY - timedelta(days=200), 1, active=False),
    )
    PayersSheet(_page(stage), "7000006518", known).open()
    return stage.fresh(PayersSheet)


SCENES = (
    Scene("reception-suspense", _listed),
    Scene("reception-suspense-accounts", _accounts),
    Scene("reception-suspense-split", _split),
    Scene("reception-suspense-back", _back),
    Scene("reception-suspense-note", _note),
    Scene("reception-suspense-give", _give),
    Scene("reception-suspense-payers", _payers),
    Scene("reception-suspense-cleared", _cleared),
)
