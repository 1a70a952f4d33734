"""Scenes of runs: the list with its card, and a new run, over made-up ones."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from app.models.values import (
    BacsCode,
    DebitRunKind,
    DebitRunState,
    LeftOut,
    Money,
    PaymentFileState,
)
from app.services.bacs.dto import ProcessingDays
from app.services.core.calendars import BACS
from app.services.direct_debits.figures.dto import FileRecord
from app.services.direct_debits.runs.dto import (
    CodeTotal,
    DayTotal,
    LeftOutRow,
    OverdueRow,
    OwnTotal,
    ReasonTotal,
    RunDetail,
    RunLine,
    RunPreview,
    RunRow,
    RunStep,
)
from app.shots.stage import Scene, Stage
from app.views.direct_debits.run_card import Step
from app.views.direct_debits.run_steps import MatchSheet, SentSheet, WhySheet

_ON: Final = date(2026, 11, 30)
_FILE: Final = ProcessingDays(date(2026, 11, 27), _ON, date(2026, 12, 1))
_NAMES: Final = ("Alex Sample", "Sam Placeholder", "Robin Demonstration-Example", "Jo Madeup", "Kim Specimen")


def _lines() -> tuple[RunLine, ...]:
    codes = (BacsCode.FIRST, *[BacsCode.REGULAR] * 9, BacsCode.AGAIN)
    return tuple(
        RunLine(
            place=at,
            mandate_id=at,
            bank_id=at,
            instruction_id=None,
            collection_id=at,
            account_id=at,
            account_reference=f"7000{at:04}",
            reference=f"TESTFORD{at:06}",
            payer=_NAMES[at % len(_NAMES)],
            masked=f"ends in {at * 7 % 100:02}",
            code=codes[at % len(codes)],
            processing_on=_ON,
            entry_on=_FILE.entry_on,
            amount=Money(41_250 + at * 137),
            amended=at % 19 == 3,
        )
        for at in range(1, 61)
    )


def _out(at: int, reason: LeftOut, words: str) -> LeftOutRow:
    return LeftOutRow(
        mandate_id=at,
        collection_id=at,
        instruction_id=None,
        account_id=at,
        account_reference=f"7000{at:04}",
        reference=f"TESTFORD{at:06}",
        payer=_NAMES[at % len(_NAMES)],
        reason=reason,
        words=words,
        amount=Money(39_900 + at),
        on=_FILE.entry_on,
    )


_LEFT: Final = (
    _out(81, LeftOut.DECEASED, "The payer died on 3 Nov 2026."),
    _out(82, LeftOut.BREATHING_SPACE, "The arrears are in a breathing space until 8 Jan 2027."),
    _out(83, LeftOut.NOTICE_TOO_SHORT, "Notice was given on 20 Nov 2026: 7 working days instead of 10."),
    _out(84, LeftOut.CHANGED_SINCE_NOTICE, "The payer was told of £385.00."),
)


def _records(lines: tuple[RunLine, ...]) -> tuple[FileRecord, ...]:
    labels = (
        ("VOL1••••••0                              123456                                 1", "Volume: serial number"),
        (
            "HDR1A123456S  1123456••••••00010001       26326 26341 000000                    ",
            "File: created and expires",
        ),
        (
            "HDR2F0200000100                                   00                            ",
            "File: length of its records",
        ),
        ("UHL1 26334999999    000000001 DAILY  001                                        ", "Processing day"),
    )
    data = (
        FileRecord(
            5 + at,
            f"••••••••••••{line.masked[-2:]}0{line.code.value}••••••••••••78    {line.amount.pence:011}"
            f"TESTFORD COUNCIL  {line.reference:<18}{line.payer.upper()[:18]:<18}",
            f"{line.reference}, {line.amount}",
            line.place,
        )
        for at, line in enumerate(lines)
    )
    return tuple(FileRecord(at, text, words, None) for at, (text, words) in enumerate(labels, 1)) + tuple(data)


def _preview() -> RunPreview:
    lines = _lines()
    total = sum((line.amount for line in lines), Money(0))
    overdue = OverdueRow(9, 90, 90, "70000090", "TESTFORD000090", _NAMES[0], date(2026, 11, 16), Money(40_100))
    return RunPreview(
        kind=DebitRunKind.COLLECTION,
        days=(_FILE,),
        lines=lines,
        left_out=_LEFT,
        overdue=(overdue,),
        count=len(lines),
        total=total,
        by_code=_by_code(lines),
        by_day=(DayTotal(_FILE, len(lines), total),),
        by_own=(OwnTotal("", "Testford Council, ends in 78", len(lines), total),),
        reasons=tuple(ReasonTotal(each.reason, 1, each.amount) for each in _LEFT),
        amended=sum(line.amended for line in lines),
    )


def _by_code(lines: tuple[RunLine, ...]) -> tuple[CodeTotal, ...]:
    found = []
    for code in (BacsCode.FIRST, BacsCode.REGULAR, BacsCode.AGAIN):
        some = [line.amount for line in lines if line.code is code]
        found.append(CodeTotal(code, len(some), sum(some, Money(0))))
    return tuple(found)


def _row(number: int, state: DebitRunState, kind: DebitRunKind = DebitRunKind.COLLECTION, late: str = "") -> RunRow:
    on = BACS.add(_ON, 5 * (number - 14))
    preview = _preview()
    made = state not in {DebitRunState.WAITING, DebitRunState.WITHDRAWN}
    return RunRow(
        run_id=number,
        number=number,
        kind=kind,
        state=state,
        submit_on=BACS.add(on, -1),
        processing_on=on,
        entry_on=BACS.add(on, 1),
        last_entry_on=BACS.add(on, 1),
        count=preview.count,
        amount=preview.total if kind is DebitRunKind.COLLECTION else Money(0),
        left_out=len(_LEFT),
        made_by="Demo Officer",
        made_at=datetime(2026, 11, 20, 14, 5, tzinfo=UTC),
        request_id=number,
        approved_by="Demo Team Leader" if made else "",
        approved_at=datetime(2026, 11, 20, 15, 40, tzinfo=UTC) if made else None,
        serial=100 + number if made else None,
        file_state=PaymentFileState.MADE if made else None,
        reference="DEMO-0013" if state in {DebitRunState.SENT, DebitRunState.MATCHED, DebitRunState.POSTED} else "",
        late=late,
        why="",
    )


_RUNS: Final = (
    (15, DebitRunState.WAITING, DebitRunKind.COLLECTION, ""),
    (14, DebitRunState.MADE, DebitRunKind.COLLECTION, ""),
    (
        13,
        DebitRunState.SENT,
        DebitRunKind.COLLECTION,
        "Its entry day has passed, and no Input report has come: nothing is posted.",
    ),
    (12, DebitRunState.MATCHED, DebitRunKind.LODGEMENT, ""),
)


def _detail(row: RunRow) -> RunDetail:
    preview = _preview()
    steps = (
        RunStep("Asked", row.made_at, row.made_by, f"{row.count} collections declared, {row.amount}"),
        RunStep("Approved", row.approved_at, row.approved_by),
        RunStep("File made", row.approved_at, row.approved_by, "Serial 000114"),
        RunStep("Sent", None, ""),
        RunStep("Matched", None, ""),
        RunStep("Posted", None, ""),
    )
    return RunDetail(
        row=row,
        days=preview.days,
        by_code=preview.by_code,
        by_day=preview.by_day,
        by_own=preview.by_own,
        reasons=preview.reasons,
        amended=preview.amended,
        steps=steps,
        posted=(),
        note="December's first, with two that came back in November.",
        file_name="bacs-000114-20261130.txt",
        sha256="3f1c" * 16,
        may=frozenset({"save", "send"}),
        why_not={"cancel": "You asked for this run: a colleague cancels it."},
    )


def _runs(stage: Stage) -> QWidget:
    page = stage.controller("direct_debits").section("runs").page
    stage.settle()
    page.show_list()
    page.show_found([_row(*each) for each in _RUNS])
    stage.settle()
    page.table.go_to(1)
    stage.settle()
    page.show_run(_detail(_row(*_RUNS[1])))
    return stage.window


def _step(stage: Stage, step: Step, sheet: type[QWidget]) -> QWidget:
    """The sheet of what is done with the run that is shown."""
    _runs(stage)
    stage.controller("direct_debits").section("runs").page.step_wanted.emit(step, _detail(_row(*_RUNS[1])))
    return stage.sheet(sheet)


def _asking(stage: Stage, part: int) -> QWidget:
    desk: Any = stage.controller("direct_debits").section("runs")
    asking = desk.page.asking
    stage.settle()
    desk.page.new_wanted.emit(DebitRunKind.COLLECTION)
    stage.wait(lambda: asking.days.day is not None)
    asking.days.go_to(_ON)
    stage.wait(lambda: not desk.pause.isActive())
    stage.settle()
    found = _preview()
    asking.messages.clear()
    asking.show_preview(found, _records(found.lines))
    asking.parts.open_part(part)
    return stage.window


SCENES = (
    Scene("direct-debits-runs", _runs),
    Scene("direct-debits-run-sent", lambda stage: _step(stage, Step.SEND, SentSheet)),
    Scene("direct-debits-run-match", lambda stage: _step(stage, Step.MATCH, MatchSheet)),
    Scene("direct-debits-run-cancel", lambda stage: _step(stage, Step.CANCEL, WhySheet)),
    Scene("direct-debits-run-new", lambda stage: _asking(stage, 0)),
    Scene("direct-debits-run-lines", lambda stage: _asking(stage, 1)),
    Scene("direct-debits-run-file", lambda stage: _asking(stage, 2)),
)
