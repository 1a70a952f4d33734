"""Former tenants with a debt, officers with limits, and the steps of a write-off."""

from datetime import date

from app.models.limits import OfficerLimit
from app.models.people import Person
from app.models.values import JournalKind, LimitKind, Money, Subject
from app.services.adjustments.write_offs import commands
from app.services.adjustments.write_offs.dto import NewCase, NewSchedule
from app.services.approvals import commands as approvals
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Desk
from app.services.documents import keeping as documents
from app.services.documents.dto import NewLink
from app.services.ledger import commands as ledger
from app.services.ledger import queries
from app.services.ledger.dto import JournalHeader, Line
from tests.factories import lettings
from tests.prepared import prepared

ENDED = date(2025, 3, 30)


@prepared
def office(desk, colleague):
    """An officer who asks, a team leader with a limit who approves, a senior officer who posts."""
    desk.do(add, NewOfficer("third", "Test Third", frozenset({Role.SENIOR_OFFICER})))
    made = Office(desk, colleague, Desk.sit_down(desk.database, "third", desk.clock))
    made.limit("5000.00")
    return made


class Office:
    """Three officers at their desks, and what they do with write-offs."""

    def __init__(self, asks, approves, posts):
        self.asks, self.approves, self.posts = asks, approves, posts

    def owes(self, pounds, *, ended=ENDED, on=date(2025, 3, 24), person=None):
        """A tenancy that ended with a debt; its tenancy and account."""

        def make(ctx):
            people = [ctx.session.get_one(Person, person)] if person else ()
            made = lettings.letting(ctx, start_on=date(2018, 4, 2), end_on=ended, people=people)
            return made.tenancy.id, made.account.id

        tenancy, account = self.asks.do(make)
        self.post(account, pounds, "DBR", on)
        return tenancy, account

    def post(self, account, pounds, code, on):
        """A line on an account."""
        pence = Money.parse(pounds).pence
        header = JournalHeader(
            JournalKind.RECEIPTS if pence < 0 else JournalKind.LOAD,
            self.asks.clock.today(),
            "test",
            f"{account}:{pounds}:{code}:{on}",
        )
        return self.asks.do(ledger.post, header, [Line(account, code, pence, on)])

    def build(self, tenancy, account, pounds, reason="prison", **said):
        """A draft."""
        key = f"case:{account}:{pounds}:{reason}"
        shown = (self.asks.do(self._evidence, account),)
        new = NewCase(key, tenancy, reason, {account: Money.parse(pounds)}, evidence=shown, **said)
        return self.asks.do(commands.build, new)

    @staticmethod
    def _evidence(ctx, account):
        about = NewLink(Subject.ACCOUNT, account, "file", "What was seen", "seen.pdf")
        return documents.link(ctx, documents.put(ctx, b"seen", "application/pdf"), about)

    def written_off(self, pounds="300.00", reason="prison", **owes):
        """A debt written off whole: the account and the case."""
        tenancy, account = self.owes(pounds, **owes)
        case = self.build(tenancy, account, pounds, reason)
        schedule = self.schedule(case)
        self.approve(self.asks.do(commands.submit, schedule.record_id))
        self.posts.do(commands.post, schedule.record_id)
        return account, case.record_id

    def balance(self, account):
        """What stands on an account."""
        return self.asks.ask(queries.balance, account)

    def schedule(self, *cases):
        """A schedule of some drafts."""
        ids = tuple(each.record_id for each in cases)
        return self.asks.do(commands.make_schedule, NewSchedule(f"schedule:{ids}", "Former tenants", ids))

    def approve(self, submitted):
        """A second officer approves a request."""
        return self.approves.do(approvals.approve, [submitted.request_id], "Agreed")

    def limit(self, pounds):
        """The limit of the officer who approves."""

        def give(ctx):
            pence = Money.parse(pounds).pence
            officer = self.approves.officer.id
            row = ctx.session.get(OfficerLimit, (officer, LimitKind.WRITE_OFF))
            row = row or OfficerLimit(officer_id=officer, kind=LimitKind.WRITE_OFF)
            row.line_pence = row.batch_pence = pence
            ctx.session.add(row)

        self.asks.do(give)
