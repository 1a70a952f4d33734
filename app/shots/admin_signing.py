"""Scenes of signing: certificates made up for the picture, the one in force near its end, and the sheets."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QWidget

from app.services.core.errors import UserError
from app.services.signing.dto import CertificateRow
from app.shots.stage import Scene, Stage
from app.views.admin.signing import CertificateSheet, EndSheet, OwnSheet, SigningSection

_FILE = "Housing rents 2027.pfx"


def _page(stage: Stage) -> SigningSection:
    admin = stage.controller("admin")
    admin.open("signing")
    stage.settle()
    found: SigningSection = admin.section("signing").page
    return found


def _rows(stage: Stage) -> tuple[CertificateRow, ...]:
    assert stage.program.office is not None
    now = stage.program.office.desk.clock.now()
    one = CertificateRow(
        certificate_id=2,
        signer="Sample Housing Rents, Sample Council",
        issuer="Sample Council Issuing CA",
        serial="3f1c90b27a",
        sha256="5eed" * 16,
        key_type="RSA 3072",
        valid_from=now - timedelta(days=320),
        valid_until=now + timedelta(days=45),
        days=45,
        loaded_by="Demo Administrator",
        loaded_at=now - timedelta(days=318),
        ended_by="",
        ended_at=None,
    )
    before = replace(
        one,
        certificate_id=1,
        issuer=one.signer,
        key_type="Elliptic curve 256",
        valid_until=now - timedelta(days=300),
        days=-300,
        ended_by=one.loaded_by,
        ended_at=one.loaded_at,
    )
    return one, before


def _loaded(at: int, stage: Stage) -> QWidget:
    page = _page(stage)
    page.show_certificates(_rows(stage))
    page.table.go_to(at)
    stage.settle()
    return stage.window


def _load(stage: Stage) -> CertificateSheet:
    sheet = CertificateSheet(_page(stage), _FILE)
    sheet.open()
    return sheet


def _refused(stage: Stage) -> QWidget:
    sheet = _load(stage)
    sheet.show_error(
        UserError("The password doesn't open this file.", "Type the one that it was saved with.", "password")
    )
    return sheet


def _own(stage: Stage) -> QWidget:
    sheet = OwnSheet(_page(stage))
    sheet.open()
    return sheet


def _end(stage: Stage) -> QWidget:
    sheet = EndSheet(_page(stage), _rows(stage)[0])
    sheet.open()
    return sheet


SCENES = (
    Scene("admin-signing-soon", lambda stage: _loaded(0, stage)),
    Scene("admin-signing-before", lambda stage: _loaded(1, stage)),
    Scene("admin-signing-load", _load),
    Scene("admin-signing-refused", _refused),
    Scene("admin-signing-own", _own),
    Scene("admin-signing-end", _end),
)
