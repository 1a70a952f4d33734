"""Scenes of files of receipts: the section with a file, loading one, a doubtful line, profiles and their sheet."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from app.services.core.context import Context
from app.services.ledger.rules import month_of
from app.services.reception_payments.files import commands, jobs
from app.services.reception_payments.files.dto import NewLoad
from app.services.reception_payments.files.layouts import CleanUp, Keep, Layout
from app.services.reception_payments.files.profiles import commands as profiles
from app.services.reception_payments.files.profiles import queries
from app.services.reception_payments.files.profiles.dto import NewProfile
from app.services.rent.listed_dto import AccountFilter, AccountSort
from app.services.rent.queries import account_ids, account_rows
from app.shots.stage import Scene, Stage
from app.views.reception_payments.file_sheets import BackSheet, DecideSheet, LoadSheet
from app.views.reception_payments.profile_sheet import ProfileSheet

_EXAMPLE: Final = "example_cash_columns"
_OURS: Final = "Cash office, six columns"
_HEAD: Final = "RentAccount,PaymentSource,MethodOfPayment,AmountPaid,DatePaid,CivicaCode\n"
_CARD: Final = "4000058260000005"
_PAID: Final = (
    (0, "Cash", "61.77", "C0411"),
    (1, "Cash", "118.42", "C0412"),
    (2, "Cheque", "104.20", "C0413"),
    (3, "Card", "25.00", "C0414"),
    (None, "Cash", "40.00", "C0415"),
    (4, "Bank", "412.86", "C0416"),
    (None, "Bank", "96.10", "C0417"),
    (5, "Cash", "80.00", "C0418"),
)
"""Which account pays, how, how much, and the number that the file gives it."""


def furnish(stage: Stage) -> None:
    """A profile of the office, two files that were loaded, and one that waits, where there are none yet."""
    office = stage.program.office
    assert office is not None
    desk = office.desk
    if any(each.name == _OURS for each in desk.ask(queries.profiles)):
        return
    example = desk.ask(queries.profile, _EXAMPLE)
    layout = example.layout
    desk.do(profiles.keep, NewProfile(_OURS, layout))
    folder = Path(mkdtemp())
    accounts = desk.ask(_references)
    texts = {
        "CashFile1.csv": _text(stage, accounts, 0),
        "CashFile2.csv": _text(stage, accounts, 0, again=True),
        "CashFile3.csv": _text(stage, accounts, 1).replace("C0414", _CARD),
    }
    for name, text in texts.items():
        path = folder / name
        path.write_text(text, encoding="utf-8")
        desk.do(commands.load, NewLoad(jobs.read_file(desk, path, _OURS)))
    closer = NewProfile(
        "Standing orders of our bank", _standing_orders(desk.ask(queries.profile, "example_standing_orders").layout)
    )
    desk.do(profiles.keep, closer)


def _standing_orders(layout: Layout) -> Layout:
    return replace(layout, clean_up=CleanUp(Keep.DIGITS))


def _references(ctx: Context) -> list[str]:
    found = account_ids(ctx, AccountFilter(), AccountSort.BALANCE, descending=True)
    return [row.reference for row in account_rows(ctx, found[: len(_PAID)])]


def _text(stage: Stage, accounts: list[str], number: int, *, again: bool = False) -> str:
    """A file; `again` has some of the same payments with other numbers, so that they are to be decided about."""
    office = stage.program.office
    assert office is not None
    first = month_of(office.desk.clock.today())[0]
    day = min(office.desk.clock.today(), first.replace(day=2))
    lines = []
    for at, how, pounds, mark in _PAID:
        reference = accounts[(at + number) % len(accounts)] if at is not None else f"99{number}00{mark[-2:]}"
        code = f"D{mark[1:]}" if again else mark
        if not again or at in {0, 2, 5, None}:
            lines.append(f"{reference},Cash office,{how},{pounds},{day:%d/%m/%Y},{code}")
    return _HEAD + "\n".join(lines) + "\n"


def _section(stage: Stage, key: str) -> Any:
    furnish(stage)
    controller = stage.controller("reception_payments")
    controller.page.sections.open(key)
    stage.settle()
    section = controller.section(key)
    stage.settle()
    return section


def _files(stage: Stage) -> Any:
    section = _section(stage, "files")
    page = section.page
    stage.wait(lambda: page.model.rowCount() > 2)
    at = next(at for at, row in enumerate(page.model.rows) if row.waiting)
    page.table.go_to(at)
    stage.wait(
        lambda: page.card.found is not None and page.card.found.row.waiting > 0 and page.card.lines.rowCount() > 0
    )
    return section


def _listed(stage: Stage) -> QWidget:
    _files(stage)
    return stage.window


def _quarantined(stage: Stage) -> QWidget:
    section = _files(stage)
    section.page.table.go_to(0)
    stage.settle()
    return stage.window


def _load(stage: Stage) -> LoadSheet:
    section = _files(stage)
    office = stage.program.office
    assert office is not None
    path = Path(mkdtemp()) / "CashFile4.csv"
    path.write_text(_text(stage, office.desk.ask(_references), 2, again=True), encoding="utf-8")
    section.load(path)
    sheet = stage.fresh(LoadSheet)
    sheet.fields.fill({"profile": _EXAMPLE})
    sheet.typed_changed.emit()
    stage.wait(lambda: sheet.file is not None and sheet.file.profile.key == _EXAMPLE and sheet.lines.rowCount() > 0)
    stage.settle()
    return sheet


def _wrong(stage: Stage) -> QWidget:
    sheet = _load(stage)
    sheet.path.write_text(
        _HEAD + "7001,Office,Gold,12,31/12/2026,\n7002,Office,Cash,€5,02/11/2026,\n", encoding="utf-8"
    )
    sheet.typed_changed.emit()
    stage.wait(lambda: sheet.faults.rowCount() > 0)
    stage.settle()
    return sheet


def _decide(stage: Stage) -> QWidget:
    _files(stage).page.decide.trigger()
    return stage.fresh(DecideSheet)


def _back(stage: Stage) -> QWidget:
    page = _files(stage).page
    next(action for action in page.actions() if action.text().startswith("Take it back")).trigger()
    return stage.fresh(BackSheet)


def _profiles(stage: Stage) -> Any:
    section = _section(stage, "profiles")
    stage.wait(lambda: section.found is not None)
    section.page.table.go_to(0)
    stage.settle()
    return section


def _profiles_listed(stage: Stage) -> QWidget:
    _profiles(stage)
    return stage.window


def _profile(stage: Stage) -> QWidget:
    section = _profiles(stage)
    office = stage.program.office
    assert office is not None
    section._open(next(row for row in section.found if row.key == _EXAMPLE))  # noqa: SLF001  what F2 does
    sheet = stage.fresh(ProfileSheet)
    path = Path(mkdtemp()) / "CashFile5.csv"
    path.write_text(_text(stage, office.desk.ask(_references), 3), encoding="utf-8")
    section.try_on(sheet, path)
    stage.wait(lambda: sheet.sample.rowCount() > 0)
    stage.settle()
    return sheet


SCENES = (
    Scene("reception-files", _listed),
    Scene("reception-files-quarantine", _quarantined),
    Scene("reception-files-load", _load),
    Scene("reception-files-wrong", _wrong),
    Scene("reception-files-decide", _decide),
    Scene("reception-files-take-back", _back),
    Scene("reception-files-profiles", _profiles_listed),
    Scene("reception-files-profile", _profile),
)
