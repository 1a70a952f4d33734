"""E-mails and texts go out while the window is open, each once, and only where the office has a key."""

import pytest
from sqlalchemy import select

from app.bootstrap.inbox import Inbox
from app.bootstrap.outbox import EACH_MS, Outbox
from app.models.landlord import Landlord, Setting
from app.models.letters import Outgoing
from app.models.people import Person
from app.services.core.errors import NotAllowed, UserError
from app.services.core.reach import OutOfReach
from app.services.letters.commands import queue, sending
from app.services.letters.dto import NewLetter
from app.services.letters.sending import SendingSettings
from tests.services.letters.notify_standin import EMAIL_TEMPLATE, KEY, TEXT_TEMPLATE, Notify
from tests.views.desktop import wait


@pytest.fixture
def notify():
    made = Notify()
    yield made
    made.close()


@pytest.fixture
def message(office, accounts):
    """An e-mail that waits."""

    def reachable(ctx):
        ctx.session.add(Landlord(name="Sample District Council", office="Rents team"))
        for person in ctx.session.scalars(select(Person)):
            person.email = "someone@example.org"
        ctx.session.flush()

    office.desk.do(reachable)
    return office.desk.do(queue.write, NewLetter("email_balance", accounts["Testerton"])).outgoing_id


def state(office, outgoing_id):
    return office.desk.ask(lambda ctx: ctx.session.get_one(Outgoing, outgoing_id).state)


def connect(office, notify):
    def point(ctx):
        ctx.session.add(Setting(key="notify.url", value=notify.url))
        ctx.session.flush()

    office.desk.do(sending.set_sending, SendingSettings(EMAIL_TEMPLATE, TEXT_TEMPLATE), KEY)
    office.desk.do(point)


def test_it_sends_by_itself_and_tells_the_pages(office, message, notify, qtbot):
    connect(office, notify)
    heard = []
    office.bus.changed.connect(lambda changes: heard.append(changes.areas))
    one, other = Outbox(office, office.tasks), Outbox(office, office.tasks)
    one.begin()
    assert one._timer.isActive()
    assert one._timer.interval() == EACH_MS
    one._timer.timeout.emit()
    other._timer.timeout.emit()
    wait(qtbot, lambda: heard and not office.tasks.busy)
    assert len(notify.messages) == 1
    assert state(office, message) in {"sent", "delivered"}


@pytest.mark.parametrize(
    ("error", "goes_on"), [(OutOfReach("Busy."), True), (UserError("Odd."), True), (NotAllowed("No."), False)]
)
def test_only_who_may_not_is_asked_no_more(office, error, goes_on):
    for made in (Outbox(office, office.tasks), Inbox(office, office.tasks)):
        made.begin()
        made._refused(error)
        assert made._timer.isActive() is goes_on


def test_without_a_key_nothing_is_done_or_said(office, message, qtbot):
    outbox = Outbox(office, office.tasks)
    outbox.send()
    wait(qtbot, lambda: not office.tasks.busy)
    assert state(office, message) == "queued"
    assert office.messages.text == ""
