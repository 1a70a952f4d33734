"""Where people are sent: looked up to be read out or printed by everybody at the desk, kept by whoever sets it up."""

from __future__ import annotations

from functools import partial

from app.services.core.permissions import Permission
from app.services.reception_payments.visits.registers import commands, queries
from app.services.reception_payments.visits.registers.dto import SignpostRow
from app.views.common.kept_desk import KeptDesk
from app.views.common.office import Office
from app.views.common.register_page import RegisterPage
from app.views.reception_payments.controller.leaflets import print_leaflet
from app.views.reception_payments.log_sheets import SignpostSheet
from app.views.reception_payments.visit_tables import SIGNPOSTS


class SignpostsController(KeptDesk[SignpostRow]):
    """Joins the section of the signposts to the services."""

    asks = staticmethod(queries.signposts)
    keeps = staticmethod(commands.keep_signpost)
    needs = Permission.KEEP_RECEPTION
    about = "Who helps with what isn't rent. What an officer hands to a visitor is kept with the visit: F2 in the reception log."
    told = "The signpost is saved."

    def __init__(self, office: Office) -> None:
        page: RegisterPage[SignpostRow] = RegisterPage(
            "Signposts",
            SIGNPOSTS,
            stretch="words",
            choices=(),
            placeholder="What somebody needs",
            noun=("signpost", "signposts"),
            empty="No signpost has these words.",
            key=lambda row: row.signpost_id,
            areas=frozenset({"reception_payments"}),
            help_topic="reception_payments",
        )
        super().__init__(office, page)
        for keys, does, icon, large in (
            ("F6", "Print", "printer-outline", False),
            ("Ctrl+F6", "Print large", "format-font-size-increase", True),
        ):
            page.action(keys, does, icon, partial(self._print, large=large), fits=lambda row: row.active)

    def rows(self, found: tuple[SignpostRow, ...]) -> tuple[SignpostRow, ...]:
        """Every signpost."""
        return found

    def words(self, row: SignpostRow) -> str:
        """What it is for, and what it tells."""
        return f"{row.title} {row.words} {row.telephone} {row.link}"

    def make(self, _found: tuple[SignpostRow, ...], row: SignpostRow | None) -> SignpostSheet:
        """The sheet."""
        return SignpostSheet(self.page, row, self.office.desk.clock.today)

    def _print(self, row: SignpostRow, *, large: bool) -> None:
        print_leaflet(self, self.office, self.page, (row.signpost_id,), large=large)
