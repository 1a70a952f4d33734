"""A morning's post by keyboard: ten items logged, a mailbox fetched, guesses confirmed, items given away, a batch
acknowledged, one answered, one closed.
"""

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from app.models.letters import Outgoing
from app.models.officers import Officer
from app.models.post_log import PostItem
from app.models.values import MailboxKind, MailSecurity, PostChannel, PostState, PostStep
from app.services.post_log.mailboxes.commands import save as save_mailbox
from app.services.post_log.mailboxes.dto import MailboxForm
from app.services.post_log.register.dto import RegisterFilter, View
from app.services.post_log.register.queries import detail
from app.views.post_log.acknowledging import AcknowledgeSheet
from app.views.post_log.answering import AnswerSheet
from app.views.post_log.closing import CloseSheet
from app.views.post_log.entry import EntrySheet
from app.views.post_log.giving import GiveSheet
from tests.services.post_log.mail.messages import eml
from tests.services.post_log.mailboxes.imap_office import PASSWORD, USER, ImapOffice
from tests.views.desktop import open_tab, press, type_text, wait

BUDGET = 12
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ENTER, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Down
MORNING = (
    ("M Testerton", "Rent increase 0012 4471 03", ""),
    ("Sam Specimen", "Refund of my credit, 0012 4502 17", "ref"),
    ("Made Up Solicitors", "Disrepair at 0012 4471 03", "dis"),
    ("A Stranger", "Whom do I ask about a garage", ""),
    ("Maria Testerton", "Complaint about my letter, 0012 4471 03", "com"),
    ("Office of Somebody", "Freedom of information", "fre"),
    ("Sample Supplies", "Invoice 4711", "sup"),
    ("Sam Specimen", "Change of number, 0012 4502 17", "ch"),
    ("Maria Testerton", "What do I owe, 0012 4471 03", ""),
)


class Office:
    """An officer at the Post tab, by keyboard."""

    def __init__(self, program, qtbot):
        self.program, self.qtbot = program, qtbot
        open_tab(program, "post_log")
        self.controller = program.controllers["post_log"]
        self.page = self.controller.page
        self.rest()

    def rest(self):
        wait(self.qtbot, lambda: not self.program.tasks.busy)

    def ask(self, query, *args):
        return self.program.office.desk.ask(query, *args)

    def items(self):
        return self.ask(lambda ctx: list(ctx.session.scalars(select(PostItem).order_by(PostItem.id))))

    def key(self, key, held=Qt.KeyboardModifier.NoModifier):
        press(self.program.window, key, held)

    def sheet(self, kind):
        wait(self.qtbot, lambda: any(each.isVisible() for each in self.page.findChildren(kind)))
        self.rest()
        return next(each for each in self.page.findChildren(kind) if each.isVisible())

    def confirm(self, sheet):
        press(sheet, ENTER, CTRL)
        wait(self.qtbot, lambda: not self.program.tasks.busy and sheet not in self.page.findChildren(type(sheet)))
        self.rest()

    def show(self, **wanted):
        """List this, and stand on its first line."""
        self.page.show_only(RegisterFilter(**wanted))
        self.rest()
        listed = self.page.list
        listed.table.setFocus()
        listed.table.go_to(0)
        wait(
            self.qtbot,
            lambda: (
                not self.program.tasks.busy
                and self.page.detail is not None
                and self.page.detail.row.row_id == listed.model.id_at(0)
            ),
        )

    def count(self):
        return self.page.list.model.rowCount()


@pytest.fixture
def office(desktop_over_landlord, qtbot):
    def colleague(ctx):
        ctx.session.add(Officer(id=70, username="colleague", name="Cat Colleague"))

    desktop_over_landlord.office.desk.do(colleague)
    return Office(desktop_over_landlord, qtbot)


def log_morning(office):
    """Nine items to the end; of the tenth nobody looks at what Rentbook makes of it. The keys beside the text of each."""
    office.key(ENTER, CTRL)
    sheet = office.sheet(EntrySheet)
    spent = []
    for sender, subject, category in MORNING:
        for text in (sender, subject):
            type_text(sheet, text)
            wait(office.qtbot, lambda: not sheet._pause.isActive())
            office.rest()
            press(sheet, ENTER)
        press(sheet, ENTER)
        type_text(sheet, category)
        press(sheet, ENTER)
        spent.append(4 + len(category))
        wait(office.qtbot, lambda: len(office.items()) == len(spent))
        office.rest()
    type_text(sheet, "Sam Specimen")
    press(sheet, ENTER)
    type_text(sheet, "My benefit, 0012 4502 17")
    wait(office.qtbot, lambda: not sheet._pause.isActive())
    office.rest()
    press(sheet, ENTER, CTRL)
    wait(office.qtbot, lambda: len(office.items()) == len(MORNING) + 1)
    office.rest()
    press(sheet, Qt.Key.Key_Escape)
    office.rest()
    return [*spent, 2]


def fetch_the_mailbox(office, server):
    """An e-mail waits in the team's mailbox; F7 fetches it, and what Rentbook makes of it is not checked yet."""
    server.put(eml(1, "What about 0012 4502 17?", subject="Standing order", sender="Sam Specimen <sam@example.org>"))
    form = MailboxForm("Rents", MailboxKind.IMAP, USER, "127.0.0.1", server.port, MailSecurity.NONE, secret=PASSWORD)
    office.program.office.desk.do(save_mailbox, form)
    before = len(office.items())
    office.key(Qt.Key.Key_F7)
    wait(office.qtbot, lambda: len(office.items()) == before + 1)
    office.rest()
    mail = office.items()[-1]
    assert (mail.channel, mail.subject_line) == (PostChannel.EMAIL, "Standing order")
    assert "account_id" in mail.guessed


def confirm_the_guesses(office, accounts):
    """Of the last letter, and of the e-mail."""
    office.show(view=View.UNCHECKED)
    assert office.count() == 2
    office.page.list.table.selectAll()
    wait(office.qtbot, lambda: len(office.page.chosen()) == 2)
    office.key(Qt.Key.Key_Y, CTRL)
    wait(office.qtbot, lambda: [item.guessed for item in office.items()[-2:]] == ["", ""])
    assert [item.account_id for item in office.items()[-2:]] == [accounts["Specimen"]] * 2


def give_three_away(office):
    office.show(view=View.UNALLOCATED)
    count = office.count()
    for _ in range(2):
        press(office.program.window, DOWN, SHIFT)
    wait(office.qtbot, lambda: len(office.page.chosen()) == 3)
    given = office.page.chosen()
    office.key(Qt.Key.Key_G, CTRL)
    sheet = office.sheet(GiveSheet)
    type_text(sheet, "Cat")
    office.confirm(sheet)
    assert office.count() == count - 3
    assert {item.officer_id for item in office.items() if item.id in given} == {70}


def acknowledge_those_of_a_tenant(office, accounts):
    office.show(text="testerton")
    office.page.list.table.selectAll()
    wait(office.qtbot, lambda: len(office.page.chosen()) == 3)
    office.key(Qt.Key.Key_A, CTRL | SHIFT)
    office.confirm(office.sheet(AcknowledgeSheet))
    acknowledged = [item.account_id for item in office.items() if item.acknowledged_on is not None]
    assert acknowledged == [accounts["Testerton"]] * 3


def answer(office, words, text):
    """Answer the item that is found by these words; its id."""
    office.show(text=words)
    item_id = office.page.detail.row.row_id
    office.key(Qt.Key.Key_F9)
    sheet = office.sheet(AnswerSheet)
    sheet.text.setFocus()
    type_text(sheet, text)
    wait(office.qtbot, lambda: not sheet._pause.isActive())
    office.rest()
    office.confirm(sheet)
    return item_id


def close(office, words):
    """Close the item that is found by these words, which needs no answer; its id."""
    office.show(text=words)
    item_id = office.page.detail.row.row_id
    office.key(Qt.Key.Key_C, CTRL | SHIFT)
    office.confirm(office.sheet(CloseSheet))
    return item_id


def test_a_mornings_post_from_the_envelope_to_the_answer(office, accounts):
    assert max(log_morning(office)) <= BUDGET
    assert [item.number for item in office.items()] == list(range(1, 11))
    with ImapOffice() as server:
        fetch_the_mailbox(office, server)
    confirm_the_guesses(office, accounts)
    give_three_away(office)
    acknowledge_those_of_a_tenant(office, accounts)

    item_id = answer(office, "owe", "You owe 150.00.")
    found = office.ask(detail, item_id)
    assert found.replied_on is not None
    letters = office.ask(lambda ctx: [row.id for row in ctx.session.scalars(select(Outgoing).order_by(Outgoing.id))])
    made = {step.step: step.outgoing_id for step in found.history}
    assert made[PostStep.ACKNOWLEDGED] in letters
    assert made[PostStep.REPLIED] == letters[-1]
    office.show(account_id=accounts["Testerton"])
    listed = office.page.list.model
    assert {item_id, *(-each for each in letters)} <= {listed.id_at(at) for at in range(listed.rowCount())}

    stranger = close(office, "stranger")
    assert office.ask(lambda ctx: ctx.session.get_one(PostItem, stranger)).state is PostState.CLOSED
