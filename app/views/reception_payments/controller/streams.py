"""The income besides rent: listed, changed, added to."""

from __future__ import annotations

from app.services.core.permissions import Permission
from app.services.reception_payments.desks import commands, queries
from app.services.reception_payments.desks.dto import StreamRow
from app.views.common.kept_desk import KeptDesk
from app.views.common.office import Office
from app.views.common.register_page import RegisterPage
from app.views.reception_payments.desk_sheets import ABOUT_STREAMS, STREAMS, StreamSheet


class StreamsController(KeptDesk[StreamRow]):
    """Joins the section of other income to the services."""

    asks = staticmethod(queries.streams)
    keeps = staticmethod(commands.keep_stream)
    needs = Permission.KEEP_RECEPTION
    about = ABOUT_STREAMS
    told = "The income is saved."

    def __init__(self, office: Office) -> None:
        page: RegisterPage[StreamRow] = RegisterPage(
            "Other income",
            STREAMS,
            stretch="reference_note",
            choices=(),
            placeholder="A word of the income",
            noun=("income", "incomes"),
            empty="No income has these words. Ctrl+N makes one.",
            key=lambda row: row.stream_id,
            areas=frozenset({"reception_payments"}),
            help_topic="reception_payments",
        )
        super().__init__(office, page)

    def rows(self, found: tuple[StreamRow, ...]) -> tuple[StreamRow, ...]:
        """Every income."""
        return found

    def words(self, row: StreamRow) -> str:
        """Its name, its code, and what the payer is asked for."""
        return f"{row.name} {row.ledger_code} {row.reference_note}"

    def make(self, _found: tuple[StreamRow, ...], row: StreamRow | None) -> StreamSheet:
        """The sheet."""
        return StreamSheet(self.page, row)
