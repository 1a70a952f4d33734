"""The schedule that whoever decides reads is signed with the office's certificate, and so is a copy that is saved."""

import pytest
from sqlalchemy import select

from app.models.documents import Document, DocumentLink
from app.models.values import Subject
from app.services.adjustments.write_offs import commands, queries
from app.services.core.session import Desk
from app.services.signing import commands as signing
from tests.certificates import PASSWORD, checked, pfx


def test_a_schedule_is_signed_where_a_certificate_is_in_force(office):
    tenancy, account = office.owes("300.00")
    schedule = office.schedule(office.build(tenancy, account, "300.00"))
    assert checked(office.asks.ask(queries.schedule_pdf, schedule.record_id).content) is None
    Desk.sit_down(office.asks.database, "manager", office.asks.clock).do(signing.load, pfx(), PASSWORD)
    submitted = office.asks.do(commands.submit, schedule.record_id)
    assert submitted.told == f"Schedule {submitted.number} waits for approval."
    kept = (
        select(Document.content)
        .join(DocumentLink, DocumentLink.sha256 == Document.sha256)
        .where(DocumentLink.subject == Subject.WRITE_OFF_SCHEDULE, Document.media_type == "application/pdf")
    )
    pdf = office.asks.ask(lambda ctx: ctx.session.scalars(kept).one())
    assert checked(pdf).bottom_line
    assert checked(office.asks.ask(queries.schedule_pdf, schedule.record_id).content).bottom_line


@pytest.mark.logs
def test_where_the_signing_fails_whoever_submits_it_is_told(office, monkeypatch):
    tenancy, account = office.owes("300.00")
    schedule = office.schedule(office.build(tenancy, account, "300.00"))
    Desk.sit_down(office.asks.database, "manager", office.asks.clock).do(signing.load, pfx(), PASSWORD)
    monkeypatch.setattr("tzlocal.get_localzone", lambda: {}["nowhere"])
    assert "Sign the PDF by hand: it can't be signed" in office.asks.do(commands.submit, schedule.record_id).told
