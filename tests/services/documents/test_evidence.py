"""Evidence is no way round a restriction: it opens for whoever may open a record that the document is with."""

import pytest

from app.models.access import RecordView
from app.models.documents import DocumentLink
from app.models.values import Subject
from app.services.admin import restricted
from app.services.admin.restricted import NewRestriction
from app.services.core.errors import UserError
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Desk
from app.services.documents import commands, keeping, queries
from app.services.documents.dto import NewFile, NewLink
from tests.factories import lettings
from tests.prepared import prepared
from tests.services.documents.conftest import pdf


@prepared
def evidence(desk, colleague):
    """A document of a restricted account beside a request about something else: the account and the link."""

    def let(ctx):
        home = lettings.letting(ctx, reference="0012 4471 03")
        return home.account.id

    account = desk.do(let)
    link = desk.do(commands.attach, Subject.ACCOUNT, account, [NewFile("letter.pdf", pdf())]).link_ids[0]

    def show(ctx):
        shown = ctx.session.get_one(DocumentLink, link)
        return keeping.link(ctx, shown.sha256, NewLink(Subject.APPROVAL, 1, "file", shown.title, shown.file_name))

    beside = desk.do(show)
    colleague.do(restricted.restrict, NewRestriction("0012 4471 03", "A councillor", frozenset({"team_leader"})))
    return account, beside


@prepared
def outsider(desk):
    """An officer who isn't named."""

    def join(ctx):
        add(ctx, NewOfficer("outsider", "Test Outsider", frozenset({Role.RENTS_OFFICER})))

    Desk.sit_down(desk.database, "manager", desk.clock).do(join)
    return Desk.sit_down(desk.database, "outsider", desk.clock)


def test_whoever_may_not_open_the_account_may_not_open_it_as_evidence(evidence, outsider):
    _account, beside = evidence
    with pytest.raises(UserError, match="restricted record"):
        outsider.ask(queries.opened, beside)


def test_whoever_may_opens_it_and_the_view_is_logged(evidence, colleague):
    account, beside = evidence
    assert colleague.ask(queries.opened, beside).file_name == "letter.pdf"
    views = colleague.ask(lambda ctx: [(each.subject_id, each.officer_id) for each in ctx.session.query(RecordView)])
    assert views == [(account, colleague.officer.id)]


def test_a_document_that_is_with_an_open_account_too_is_open(evidence, outsider, colleague):
    _account, beside = evidence
    other = colleague.do(lambda ctx: lettings.letting(ctx, reference="0012 4502 17").account.id)
    colleague.do(commands.attach, Subject.ACCOUNT, other, [NewFile("letter.pdf", pdf())])
    assert outsider.ask(queries.opened, beside).file_name == "letter.pdf"


def test_its_title_is_listed_to_whoever_may_open_it(evidence, outsider, colleague):
    _account, beside = evidence
    for seat, title in ((colleague, "letter.pdf"), (outsider, "Restricted")):
        (row,) = seat.ask(queries.listed, Subject.APPROVAL, 1)
        assert (row.link_id, row.title, row.file_name) == (beside, title, title)
    other = colleague.do(lambda ctx: lettings.letting(ctx, reference="0012 4502 17").account.id)
    colleague.do(commands.attach, Subject.ACCOUNT, other, [NewFile("letter.pdf", pdf())])
    (row,) = outsider.ask(queries.listed, Subject.APPROVAL, 1)
    assert row.title == "letter.pdf"
