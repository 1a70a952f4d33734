"""An officer who works with Direct Debits in the window over many days, and the second one beside them."""

import stat
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from PySide6.QtCore import Qt

from app.models.accounts import Account
from app.models.direct_debits.reports import BankReport
from app.models.direct_debits.schedules import Collection
from app.models.letters import Outgoing
from app.models.values import DebitRunState, MandateState, Money, Subject
from app.services.approvals import commands as approvals
from app.services.bacs.standard18.reading import read
from app.services.core.session import Desk
from app.services.direct_debits.mandates import queries as mandates
from app.services.direct_debits.runs import commands as runs
from app.services.direct_debits.runs import queries as run_queries
from app.services.direct_debits.runs.dto import AskRun
from app.services.letters.commands import queue
from app.services.letters.dto import OutgoingState
from app.views.direct_debits.run_steps import PostSheet, SentSheet
from app.views.direct_debits.set_up import SetUpSheet, _named
from app.views.direct_debits.stopping import CancelSheet
from tests.services.bacs import report_samples as samples
from tests.views.desktop import answer_file, open_tab, press, sheet_of, type_text, wait

CTRL = Qt.KeyboardModifier.ControlModifier


@dataclass(slots=True)
class Calendar:
    """The office's clock, which goes on when the journey says so."""

    day: date

    def today(self):
        return self.day

    def now(self):
        return datetime.combine(self.day, time(12), UTC)


class Officer:
    """What an officer does in the window, and the second officer beside them."""

    def __init__(self, program, accounts, qtbot, clock, folder):
        self.program, self.accounts, self.qtbot, self.clock, self.folder = (
            program,
            accounts,
            qtbot,
            clock,
            folder / "out",
        )
        self.folder.mkdir(mode=0o700)
        self.desk = program.office.desk
        self.leader = Desk.sit_down(self.desk.database, "leader", clock)

    def until(self, happened):
        wait(self.qtbot, lambda: happened() and not self.program.tasks.busy)

    def press(self, key, held=Qt.KeyboardModifier.NoModifier, on=None):
        press(on or self.program.window, key, held)

    def go_on_to(self, day):
        """Another day; the window stays open overnight."""
        self.clock.day = day

    @property
    def tab(self):
        return self.program.controllers["direct_debits"]

    def section(self, key):
        open_tab(self.program, "direct_debits")
        self.program.office.show_only("direct_debits", key)
        self.until(self.tab.section(key).page.isVisible)
        return self.tab.section(key)

    def owed(self):
        """What the home and the garage owe, in pence."""
        return self.desk.ask(lambda ctx: [ctx.session.get_one(Account, each).balance_pence for each in self.accounts])

    def mandate(self):
        (row,) = self.desk.ask(mandates.of_account, self.accounts[0])
        return row

    def collections(self):
        """The states of its collections by their day."""
        rows = self.desk.ask(lambda ctx: ctx.session.query(Collection).order_by(Collection.due_on, Collection.id).all())
        return [(f"{each.due_on:%d %b}", each.state.value, each.pence) for each in rows]

    def posts_letters(self):
        """Print the letters that are queued; their titles."""
        rows = self.desk.ask(lambda ctx: ctx.session.query(Outgoing).filter_by(state=OutgoingState.QUEUED).all())
        self.desk.do(queue.mark_printed, [each.id for each in rows])
        return [each.title for each in rows]

    # A mandate by telephone

    def sets_up(self):
        rent = self.program.controllers["rent"]
        open_tab(self.program, "rent")
        rent.open_account(self.accounts[0])
        self.until(lambda: rent.header is not None)
        self.press(Qt.Key.Key_F3)
        sheet = sheet_of(self.qtbot, SetUpSheet)
        self.until(sheet.effects.text)
        sheet.fields.field("holder_confirmed").setFocus()
        for _ in range(4):
            self.press(Qt.Key.Key_Return, on=sheet)
        type_text(sheet, "089999")
        self.press(Qt.Key.Key_Return, on=sheet)
        type_text(sheet, "66374958")
        self.until(lambda: "fits the sort code" in sheet.bank.verdict.text())
        beside = [each for each in sheet.form_data.beside if each.account_id == self.accounts[1]]
        sheet.fields.fill({"day": 15, "beside": [_named(each.reference, each.kind, each.name) for each in beside]})
        self.until(
            lambda: "Together £2,228.01 in 4 collections: £557.00 each, the first £557.01" in sheet.effects.text()
        )
        self.press(Qt.Key.Key_S, CTRL, on=sheet)
        self.until(lambda: self.desk.ask(mandates.of_account, self.accounts[0]))

    # Runs

    def asks_for_a_run(self, key, count, total=""):
        """A run for the first day that it can be for, declared and asked for by keyboard; its number."""
        page = self.section("runs").page
        self.press(key, CTRL, on=page)
        self.until(lambda: page.asking.preview is not None)
        self.press(Qt.Key.Key_Return, on=page)
        type_text(page, count)
        if total:
            self.press(Qt.Key.Key_Tab, on=page)
            type_text(page, total)
        self.press(Qt.Key.Key_Return, CTRL, on=page)
        self.until(lambda: page.card.detail is not None and page.card.detail.row.state is DebitRunState.WAITING)
        return page.card.detail.row

    def sends_it(self, row):
        """The second officer approves; the file is saved, and marked as sent. What it reads as."""
        self.leader.do(approvals.approve, [row.request_id])
        section = self.section("runs")
        section.refresh()
        self.until(lambda: section.page.card.detail.row.state is DebitRunState.MADE)
        self.press(Qt.Key.Key_Return, CTRL, on=section.page)
        answer_file(self.qtbot, section.page, self.folder)
        self.until(self.files)
        self.press(Qt.Key.Key_Return, CTRL, on=section.page)
        sheet = sheet_of(self.qtbot, SentSheet)
        type_text(sheet, f"S{row.number:04}")
        self.press(Qt.Key.Key_Return, CTRL, on=sheet)
        self.until(lambda: section.page.card.detail.row.state is DebitRunState.SENT)
        return self.takes_the_file()

    def runs(self, kind, processing_on, count, total="0.00"):
        """The same at two desks without the window."""
        new = AskRun(kind, processing_on, count, Money.parse(total), f"run {processing_on}")
        asked = self.desk.do(runs.ask, new)
        self.leader.do(approvals.approve, [asked.request_id])
        self.desk.do(runs.save_file, asked.run_id, str(self.folder))
        self.desk.do(runs.mark_sent, asked.run_id, f"S{asked.number:04}")
        return self.takes_the_file()

    def files(self):
        return sorted(self.folder.rglob("*.txt"))

    def takes_the_file(self):
        """What Bacs takes: the one file, which nobody else may read, without a fault; it is deleted then."""
        (path,) = self.files()
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        found = read(path.read_bytes(), samples.SUN)
        path.unlink()
        assert found.faults == ()
        return found

    def row(self, run):
        return self.desk.ask(run_queries.detail, run.run_id).row

    def posts(self, run):
        """Post the run that is shown: the one next step on its entry day."""
        page = self.section("runs").page
        self.until(lambda: page.card.detail is not None and page.card.detail.row == self.row(run))
        self.press(Qt.Key.Key_Return, CTRL, on=page)
        self.press(Qt.Key.Key_Return, CTRL, on=sheet_of(self.qtbot, PostSheet))
        self.until(lambda: self.row(run).state is DebitRunState.POSTED)

    def cancels(self):
        """The payer rang: Ctrl+F7 on their mandate."""
        self.program.office.open_record(Subject.MANDATE, self.mandate().mandate_id)
        self.until(lambda: self.tab.page.detail is not None and self.program.window.page() is self.tab.page)
        self.press(Qt.Key.Key_F7, CTRL)
        sheet = sheet_of(self.qtbot, CancelSheet)
        sheet.fields.fill({"reason": "Rang to pay by standing order"})
        self.press(Qt.Key.Key_Return, CTRL, on=sheet)
        self.until(lambda: self.mandate().state is MandateState.CANCELLED)

    # What the bank says

    def reads(self, content):
        """A report is dropped on the section."""
        before = self.reports_read()
        path = self.folder / "report.xml"
        path.write_bytes(content)
        page = self.section("reports").page
        page.files_dropped.emit((path,))
        self.until(lambda: self.reports_read() > before)
        return page

    def reports_read(self):
        return self.desk.ask(lambda ctx: ctx.session.query(BankReport).count())

    def applies(self, content):
        """It is read, and its one item is applied with Ctrl+Enter; what it did."""
        page = self.reads(content)
        self.until(lambda: len(page.model.rows) == 1 and page.card.detail is not None)
        self.press(Qt.Key.Key_Return, CTRL, on=page)
        self.until(lambda: page.model.rows == ())
        return self.program.office.messages.text
