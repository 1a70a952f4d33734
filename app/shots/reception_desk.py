"""Scenes of the reception log: the sections with rows of a usual morning, and every sheet."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from app.models.values import (
    AppointmentState,
    Handed,
    IncidentKind,
    PersonFlagKind,
    VisitKind,
    VisitState,
)
from app.services.reception_payments.visits.dto import AppointmentRow, Caution, VisitForm, VisitRow, Who
from app.services.reception_payments.visits.incidents.dto import IncidentRead, IncidentRow
from app.shots.stage import Scene, Stage
from app.views.common.fields_pickers import Picked
from app.views.reception_payments.log_sheets import BookSheet, IncidentSheet, ReadSheet, ReasonSheet, SignpostSheet
from app.views.reception_payments.visit_sheets import EndSheet, LogSheet, SeeSheet

_AT: Final = datetime(2026, 11, 20, 10, 5, tzinfo=UTC)
_DAY: Final = date(2026, 11, 20)
_PEOPLE: Final = ("Robin Sample", "Sam Specimen", "Alex Example", "Test Visitor", "Jo Placeholder")
_SAFETY: Final = (Caution(PersonFlagKind.SAFETY, "Two officers"),)
_CAUTION: Final = (Caution(PersonFlagKind.VULNERABILITY, "Hard of hearing"),)
_VISITS: Final = (
    ("To pay", VisitState.WAITING, 22, (), ""),
    ("To see an officer", VisitState.WAITING, 9, _SAFETY, ""),
    ("Arrears and arrangements", VisitState.SEEN, 6, _CAUTION, ""),
    ("Change of contact details", VisitState.WAITING, 3, (), ""),
    ("Homelessness", VisitState.WAITING, 1, (), ""),
)


def _visit(at: int) -> VisitRow:
    reason, state, waited, flags, outcome = _VISITS[at]
    return VisitRow(
        at,
        118 + at,
        VisitKind.CALL if at == 3 else VisitKind.VISIT,
        state,
        reason,
        "Campus West",
        _PEOPLE[at],
        at or None,
        f"7000 01{20 + at}" if at else "",
        at or None,
        _AT - timedelta(minutes=waited),
        waited,
        "Test Officer" if state is VisitState.SEEN else "",
        outcome,
        flags,
        "Her daughter" if at == 2 else "",
    )


def section_of(stage: Stage, key: str) -> Any:
    """The controller of a section of the Reception tab, which is shown now."""
    controller = stage.controller("reception_payments")
    controller.page.sections.open(key)
    stage.settle()
    found = controller.section(key)
    stage.settle()
    return found


def _log(stage: Stage) -> QWidget:
    section_of(stage, "visits").page.show_rows([_visit(at) for at in range(len(_VISITS))])
    return stage.window


def _come(stage: Stage) -> QWidget:
    page = section_of(stage, "visits").page
    next(each for each in page.actions() if each.text().startswith("Somebody comes")).trigger()
    sheet: LogSheet = stage.fresh(LogSheet)
    sheet.show_who(Who(1, "7000 0121", "Robin Sample", ((1, "Robin Sample"), (2, "Sam Specimen")), _SAFETY))
    stage.settle()
    return sheet


def _form(at: int) -> VisitForm:
    signposts = tuple(
        (key, title, f"{title}\nThe council's own team, on weekdays.\n01632 960 11{key}")
        for key, title in enumerate(
            (
                "Breathing Space",
                "Debt and money advice",
                "Domestic abuse",
                "Homelessness",
                "Repairs",
                "Universal Credit",
            )
        )
    )
    return VisitForm(_visit(at), at == 1, ((2, "Test Colleague"), (3, "Test Leader")), signposts, "07700 900123")


def _by_two(stage: Stage) -> QWidget:
    SeeSheet(section_of(stage, "visits").page, _form(1)).open()
    return stage.fresh(SeeSheet)


def _end(stage: Stage) -> QWidget:
    sheet = EndSheet(section_of(stage, "visits").page, _form(2), lambda: _DAY)
    sheet.open()
    stage.fresh(EndSheet)
    sheet.fields.fill({"signposts": ("Debt and money advice",), "call_back_on": _DAY + timedelta(days=3)})
    stage.settle()
    return sheet


def _end_printed(stage: Stage) -> QWidget:
    sheet = EndSheet(section_of(stage, "visits").page, _form(3), lambda: _DAY)
    sheet.open()
    stage.fresh(EndSheet)
    chosen = ("Debt and money advice", "Homelessness")
    sheet.fields.fill({"outcome": "Told where to turn", "signposts": chosen, "handed": Handed.PRINTED, "large": True})
    stage.settle()
    return sheet


def _appointments(stage: Stage) -> QWidget:
    states = (AppointmentState.CAME, AppointmentState.MISSED, AppointmentState.BOOKED, AppointmentState.BOOKED)
    rows = [
        AppointmentRow(
            at,
            _AT + timedelta(minutes=45 * at),
            20,
            state,
            "Arrears and arrangements",
            "Campus West",
            _PEOPLE[at],
            "Test Officer" if at % 2 else "",
            at,
            "Brings three payslips" if at == 2 else "",
        )
        for at, state in enumerate(states)
    ]
    section_of(stage, "appointments").page.show_rows(rows)
    return stage.window


def _book(stage: Stage) -> QWidget:
    page = section_of(stage, "appointments").page
    next(each for each in page.actions() if each.text().startswith("Book")).trigger()
    sheet: BookSheet = stage.fresh(BookSheet)
    sheet.fields.fill({"account_id": Picked(1, "Robin Sample", "7000 0121"), "tells": "email_appointment"})
    stage.settle()
    return sheet


def _incident_row(at: int) -> IncidentRow:
    kinds = (IncidentKind.ABUSE, IncidentKind.THREAT, IncidentKind.ILLNESS)
    moment = _AT - timedelta(days=6 * at)
    return IncidentRow(at, 9 - at, kinds[at % 3], moment, "Campus West", 118 - at, "", "Test Officer", moment)


def _incidents(stage: Stage) -> QWidget:
    page = section_of(stage, "incidents").page
    page.show_rows(
        [_incident_row(at) for at in range(3)], "Yours; whoever may open restricted records sees everybody's."
    )
    return stage.window


def _report(stage: Stage) -> QWidget:
    page = section_of(stage, "incidents").page
    next(each for each in page.actions() if each.text().startswith("Report")).trigger()
    return stage.fresh(IncidentSheet)


def _read(stage: Stage) -> QWidget:
    words = "They shouted at the officer at the counter for some minutes, and left when a colleague came."
    ReadSheet(section_of(stage, "incidents").page, IncidentRead(_incident_row(0), words)).open()
    return stage.fresh(ReadSheet)


def _signposts(stage: Stage) -> QWidget:
    section = section_of(stage, "signposts")
    stage.wait(lambda: section.found is not None)
    return stage.window


def _signpost(stage: Stage) -> QWidget:
    section = section_of(stage, "signposts")
    stage.wait(lambda: section.found is not None)
    SignpostSheet(section.page, section.found[0], lambda: _DAY).open()
    return stage.fresh(SignpostSheet)


def _reasons(stage: Stage) -> QWidget:
    section = section_of(stage, "reasons")
    stage.wait(lambda: section.found is not None)
    return stage.window


def _reason(stage: Stage) -> QWidget:
    section = section_of(stage, "reasons")
    stage.wait(lambda: section.found is not None)
    ReasonSheet(section.page, section.found[0]).open()
    return stage.fresh(ReasonSheet)


SCENES = (
    Scene("reception-log", _log),
    Scene("reception-log-new", _come),
    Scene("reception-log-two", _by_two),
    Scene("reception-log-end", _end),
    Scene("reception-log-leaflet", _end_printed),
    Scene("reception-appointments", _appointments),
    Scene("reception-appointments-new", _book),
    Scene("reception-incidents", _incidents),
    Scene("reception-incidents-new", _report),
    Scene("reception-incidents-read", _read),
    Scene("reception-signposts", _signposts),
    Scene("reception-signposts-change", _signpost),
    Scene("reception-reasons", _reasons),
    Scene("reception-reasons-change", _reason),
)
"""The log, its sheets, and what is kept for it."""
