"""What each desk does while all the others do it too; what came of it is told as plain values."""

import time
import traceback
from pathlib import Path

from app.models.values import DeskEnding, Money, PayerKind, PostChannel, Subject, TakenBy
from app.services.adjustments import commands as adjustments
from app.services.adjustments.dto import NewAdjustment, NewLine
from app.services.admin.sessions.beating import beat as say_here
from app.services.admin.sessions.dto import Told
from app.services.approvals import commands as approvals
from app.services.charges import commands as charges
from app.services.core.errors import UserError
from app.services.core.reach import OutOfReach
from app.services.post_log.dto import NewItem
from app.services.post_log.logging import commands as post
from app.services.purchase_orders.orders import commands as orders
from app.services.purchase_orders.orders.dto import NewLine as OrderLine
from app.services.purchase_orders.orders.dto import NewRequisition, NewSplit
from app.services.reception_payments.callers.dto import Way
from app.services.reception_payments.files import commands as files
from app.services.reception_payments.files import jobs as file_jobs
from app.services.reception_payments.files.dto import NewLoad
from app.services.reception_payments.receipts import commands as receipts
from app.services.reception_payments.receipts.dto.asked import TakePayment
from app.services.reception_payments.receipts.dto.new import NewReceipt, NewShare
from app.services.reception_payments.tills import commands as tills
from app.services.reception_payments.tills.dto import Count
from app.services.workbench.presence import beat
from app.services.workbench.presence_records import Record
from tests.stress.office import CLOCK, ON, PROFILE

ADJUSTED, PAID = 1_23, 4_56
WEEK_TO_CHARGE = ON.replace(day=23)
_TRIES = 5
_FLOAT = Count({2000: 1, 1000: 1, 500: 2, 100: 10})


class Worker:
    """One desk at work. `done` counts what was done, `refused` holds the sentences, `faults` what nobody expected."""

    def __init__(self, desk, office, number, folder):
        self.desk, self.office, self.number, self.folder = desk, office, number, Path(folder)
        self.done, self.refused, self.faults = {}, {}, []
        self.busy, self.longest = 0, 0.0

    def told(self):
        """What came of it, as plain values."""
        return {
            "done": self.done,
            "refused": self.refused,
            "faults": self.faults,
            "busy": self.busy,
            "longest": self.longest,
        }

    def work(self, rounds):
        """Begin the day, do the rounds, leave."""
        self._once()
        for turn in range(rounds):
            self._do("adjusted", self._adjust, turn)
            self._do("paid", self._take, turn)
            self._do("logged", self._log, turn)
            self._do("drafted", self._order, turn)
            self._do("seen", self._say)
        self._do("left", self._leave)

    def _once(self):
        """What each desk does once, and only one of them, or of two, may succeed with."""
        self._do("till", self.desk.do, tills.open_till, self.office.tills[self.number], _FLOAT)
        charged = self._do("charged", self.desk.do, charges.charge_week, WEEK_TO_CHARGE)
        if charged is not None and not charged.duplicate:
            self._count("charged first")
        self._do("decided", self._decide)
        self._do("loaded", self._load)

    def _do(self, name, work, *arguments):
        """Do it as an officer would: where the database is busy, again."""
        for _ in range(_TRIES):
            begun = time.monotonic()
            try:
                result = work(*arguments)
            except OutOfReach:
                self.busy += 1
                continue
            except UserError as refused:
                self.refused.setdefault(name, []).append(str(refused))
                return None
            except Exception:  # noqa: BLE001  it is told with what was done
                self.faults.append(traceback.format_exc())
                return None
            finally:
                self.longest = max(self.longest, time.monotonic() - begun)
            self._count(name)
            return result
        self.faults.append(f"{name}: the database stayed busy.")
        return None

    def _count(self, name):
        self.done[name] = self.done.get(name, 0) + 1

    @property
    def _home(self):
        return self.office.homes[self.number]

    def _adjust(self, turn):
        """A penny more each time: a line that looks like an earlier one is asked about."""
        amount = Money(ADJUSTED + turn)
        line = NewLine(self._home, "debit", amount, effective_on=ON, reason="other", narrative=f"Fob {turn}")
        return self.desk.do(adjustments.enter, NewAdjustment(f"adjust:{self.number}:{turn}", "Key fob", (line,)))

    def _take(self, turn):
        """The same click of two desks: one receipt."""
        pair = self.number // 2
        new = NewReceipt(
            f"pay:{pair}:{turn}",
            self.office.counter,
            TakenBy.CASH,
            (NewShare(PAID + turn, self.office.homes[2 * pair]),),
            CLOCK.today(),
            PayerKind.THIRD_PARTY,
            "Pat Helper",
        )
        return self.desk.do(receipts.take, TakePayment(new, Way.COUNTER))

    def _log(self, turn):
        new = NewItem(
            PostChannel.LETTER, "A letter", "Pat Helper", account_id=self._home, entry_key=f"{self.number}:{turn}"
        )
        return self.desk.do(post.log, new)

    def _order(self, turn):
        line = OrderLine("Lamps", 10_000, 1_250_000, (NewSplit(self.office.budget),), "each")
        key = f"order:{self.number}:{turn}"
        new = NewRequisition(key, "Lamps", self.office.category, (line,), supplier_id=self.office.supplier)
        return self.desk.do(orders.draft, new)

    def _decide(self):
        """Of two desks one approves and the other refuses the same request."""
        request = self.office.requests[self.number // 2]
        if self.number % 2:
            decided = self.desk.do(approvals.refuse, [request], "The door is the council's.")
        else:
            decided = self.desk.do(approvals.approve, [request])
        if not decided.done:
            raise UserError(decided.refused[0].message if decided.refused else "Nothing was decided.")
        self._count("refused it" if self.number % 2 else "approved it")

    def _load(self):
        path = self.folder / f"receipts-{self.number}.csv"
        path.write_text(self.office.file, "utf-8")
        return self.desk.do(files.load, NewLoad(file_jobs.read_file(self.desk, path, PROFILE)))

    def _say(self):
        self.desk.do(beat, f"w{self.number}", [Record(Subject.ACCOUNT, self.office.homes[0])])
        return self.desk.do(say_here, self._here())

    def _leave(self):
        self.desk.do(beat, f"w{self.number}", [])
        return self.desk.do(say_here, self._here(DeskEnding.SIGNED_OUT))

    def _here(self, leaving=None):
        return Told(f"w{self.number}", f"DESK-{self.number:02}", "0.5.0", "Accounts", leaving)
