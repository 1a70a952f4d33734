"""Other income, the manual receipt book, and what came in the post: the other ways in which money is taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.services.reception_payments.receipts import beginning, commands
from app.services.reception_payments.receipts.dto.asked import TakeIncome, Taken
from app.services.reception_payments.receipts.dto.forms import TakeForm, ValuableFace
from app.views.common.begin_work import BeginWork
from app.views.common.office import Office
from app.views.common.sheet_work import SheetWork
from app.views.reception_payments.book import BookSheet
from app.views.reception_payments.controller.papers import after_taking
from app.views.reception_payments.controller.taking import TakeController
from app.views.reception_payments.from_post import FromPostSheet
from app.views.reception_payments.income import IncomeSheet


class IncomeController(SheetWork):
    """The sheet of other income."""

    asks = staticmethod(beginning.take_form)
    saves = staticmethod(commands.take_income)

    def __init__(self, office: Office, page: QWidget, _ids: Sequence[int]) -> None:
        super().__init__(office, page)
        self.begin()

    def make(self, form: TakeForm) -> IncomeSheet | str:
        """The sheet, if there is any other income."""
        if not form.streams:
            return "No other income is set up yet: somebody who sets up reception does that, in its section."
        return IncomeSheet(self.page, form)

    def save(self, asked: TakeIncome) -> None:
        """It is of the day on which it is taken, also past midnight."""
        receipt = replace(asked.receipt, taken_on=self.office.desk.clock.today())
        super().save(replace(asked, receipt=receipt))

    def done(self, taken: Taken) -> None:
        """It is taken: say so, and see to its paper."""
        self.sheet.how.remember()
        self.sheet.close()
        after_taking(self.office, self.page, taken, self._next)

    def _next(self) -> None:
        type(self)(self.office, self.page, ())


class BookController(SheetWork):
    """The sheet of the manual receipt book."""

    asks = staticmethod(beginning.take_form)
    saves = staticmethod(commands.key_in)

    def __init__(self, office: Office, page: QWidget, _ids: Sequence[int]) -> None:
        super().__init__(office, page)
        self.begin()

    def make(self, form: TakeForm) -> BookSheet:
        """The sheet."""
        return BookSheet(self.page, form)


class FromPostController(SheetWork):
    """What came in the post: the chosen one is taken in the sheet that takes payments."""

    asks = staticmethod(beginning.valuables)

    def __init__(self, office: Office, page: QWidget, _ids: Sequence[int]) -> None:
        super().__init__(office, page)
        self.begin()

    def make(self, found: tuple[ValuableFace, ...]) -> FromPostSheet | str:
        """The list."""
        return FromPostSheet(self.page, found) if found else "No money in the post waits to be taken."

    def command(self) -> ValuableFace | None:
        """What is chosen."""
        chosen: ValuableFace | None = self.sheet.chosen()
        return chosen

    def save(self, chosen: ValuableFace) -> None:
        """Take it."""
        self.sheet.close()
        wanted = BeginWork(chosen.account_id or 0, "taking", {"valuable_id": chosen.valuable_id})
        TakeController(self.office, self.page, (), wanted)
