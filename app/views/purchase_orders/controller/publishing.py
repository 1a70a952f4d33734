"""The publication of spending, joined to the services."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from app.services.core.permissions import Permission
from app.services.purchase_orders.publishing import commands, queries
from app.services.purchase_orders.publishing.dto import PastPublication, PublicationKind, Published
from app.views.common.dialogs import ask_save
from app.views.common.figures_desk import FiguresDesk
from app.views.common.files import write_file
from app.views.common.office import Office
from app.views.purchase_orders.publishing import PublishingSection

_MADE: Final = {PublicationKind.SPENDING: commands.spending, PublicationKind.ORDERS: commands.orders}


class PublishingController(FiguresDesk):
    """Joins the section of publishing to the services: a file is written, kept, and saved where the officer says."""

    def __init__(self, office: Office) -> None:
        may = Permission.PUBLISH_SPENDING in office.desk.officer.permissions
        self.page = page = PublishingSection(office.desk.clock.today, may_publish=may)
        super().__init__(office, page, queries.report, "Looking at what is to be published")
        page.publish_wanted.connect(self._publish)
        page.again_wanted.connect(self._again_of)

    def _publish(self, kind: PublicationKind) -> None:
        self.office.do(self, _MADE[kind], *self.page.days, then=self._save)

    def _again_of(self, past: PastPublication) -> None:
        self.office.do(self, commands.again, past.publication_id, then=self._save)

    def _save(self, made: Published) -> None:
        def save(to: str) -> None:
            path = Path(to)
            beside = path.with_name(f"{path.stem}-left-out.csv")
            told = f"Saved as {path.name}, and what is left out as {beside.name}: {made.told}"

            def write() -> None:
                write_file(path, made.content)
                write_file(beside, made.exclusions)

            self.office.elsewhere(self, write, then=lambda _done: self.office.messages.good(told))

        ask_save(self.page, "Save what is published", made.file_name, "CSV (*.csv)").fileSelected.connect(save)
