"""What counts as the evidence of a case."""

from sqlalchemy import select

from app.models.documents import DocumentLink
from app.models.values import Subject
from app.services.adjustments.write_offs import asking
from app.services.documents import commands as documents


def test_a_document_that_was_taken_away_does_not_count(office):
    tenancy, account = office.owes("300.00")
    case = office.build(tenancy, account, "300.00").record_id
    assert office.asks.ask(asking.draft, case).asked.files == 1
    about = (DocumentLink.subject == Subject.WRITE_OFF.value, DocumentLink.subject_id == case)
    link_id = office.asks.ask(lambda ctx: ctx.session.scalars(select(DocumentLink.id).where(*about)).one())
    office.asks.do(documents.unlink, link_id, "Of another tenant")
    assert office.asks.ask(asking.draft, case).asked.files == 0
