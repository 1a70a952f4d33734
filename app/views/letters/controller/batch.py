"""Writing to many accounts: who, checked, sampled, made."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.letters import jobs
from app.services.letters.dto import BatchRequest, BatchResult, OutgoingState, Rehearsal, TemplateRow
from app.services.letters.queries import batches as queries
from app.services.letters.queries import templates
from app.services.rent import queries as accounts
from app.services.rent.listed_dto import EVERY_ACCOUNT, AccountFilter
from app.services.workbench.filters import queries as filters
from app.services.workbench.filters.dto import SavedFilter
from app.services.workbench.filters.text import from_text
from app.views.common import formats
from app.views.common.office import Office
from app.views.letters.batch import LISTED, BatchSheet, Wish

_TABLE = "rent.accounts"
_AREAS = frozenset({"letters", "approvals"})
_READY = {
    "arrears": ("Accounts in arrears", AccountFilter(live=True, owing=True)),
    "credit": ("Accounts in credit", AccountFilter(live=True, owing=False)),
    "current": ("All current accounts", AccountFilter(live=True)),
    "former": ("Former tenants in arrears", AccountFilter(live=False, owing=True)),
}


class BatchController(QObject):
    """Joins the sheet to the services; it lives as long as the sheet."""

    def __init__(self, office: Office, page: QWidget) -> None:
        self.sheet = BatchSheet(page)
        super().__init__(self.sheet)
        self._office = office
        self._page = page
        self._checked: BatchRequest | None = None
        self._template: TemplateRow | None = None
        sheet = self.sheet
        sheet.check_wanted.connect(self._check)
        sheet.sample_wanted.connect(self._sample)
        sheet.make_wanted.connect(lambda _wish: self._make())
        self._saved: dict[str, SavedFilter] = {}
        office.ask(self, _choices, then=self._offer, refused=sheet.show_error)
        sheet.open()

    def _offer(self, found: tuple[tuple[TemplateRow, ...], tuple[SavedFilter, ...]]) -> None:
        usable, saved = found
        self._saved = {f"saved:{each.filter_id}": each for each in saved}
        ready = [(words, key) for key, (words, _) in _READY.items()]
        own = [(f"Filter: {each.name}", key) for key, each in self._saved.items()]
        self.sheet.offer(usable, [*ready, *own])

    def _check(self, wish: Wish) -> None:
        def look(ctx: Context) -> tuple[BatchRequest, Rehearsal]:
            request = BatchRequest(wish.template, _account_ids(ctx, wish, self._saved), wish.answers, title=wish.title)
            return request, queries.rehearse(ctx, request)

        def show(found: tuple[BatchRequest, Rehearsal]) -> None:
            self._checked, rehearsal = found
            self._template = rehearsal.template
            self.sheet.show_rehearsal(rehearsal)

        self._office.ask(self, look, then=show, refused=self.sheet.show_error, label="Checking the letters")

    def _sample(self, account_id: int) -> None:
        if self._template is None or self._checked is None:
            return
        template = self._template
        self._office.ask(
            self,
            templates.preview,
            template.channel,
            template.wording,
            account_id,
            self._checked.answers,
            then=self.sheet.show_sample,
            refused=self.sheet.show_error,
        )

    def _make(self) -> None:
        if self._checked is None:
            return
        self.sheet.show_working("Making the letters …")
        task = self._office.job(
            self,
            jobs.make_batch,
            self._checked,
            then=self._made,
            label="Letters",
            refused=self.sheet.show_error,
            changes=_AREAS,
        )
        task.cancelled.connect(self._stopped)

    def _made(self, result: BatchResult) -> None:
        waits = " They wait for a second person." if result.state is OutgoingState.WAITING else ""
        again = "carried on and finished" if result.carried_on else "made"
        self._office.messages.good(
            f"Batch {result.batch_id} {again}: {formats.count(result.made, 'letter')}, "
            f"{formats.count(result.left_out, 'account')} left out.{waits}"
        )
        self.sheet.close()

    def _stopped(self) -> None:
        self.sheet.show_error(
            UserError("Stopped. What was made is kept.", "Make the letters again to carry on with the rest.")
        )
        self.sheet.set_busy(busy=False)


def _choices(ctx: Context) -> tuple[tuple[TemplateRow, ...], tuple[SavedFilter, ...]]:
    return templates.usable(ctx), tuple(filters.saved_filters(ctx, _TABLE))


def _account_ids(ctx: Context, wish: Wish, saved: dict[str, SavedFilter]) -> tuple[int, ...]:
    """The accounts that are meant.

    Raises:
        UserError: a reference of the list is nobody's, or a saved filter can't be read any more.
    """
    if wish.accounts == LISTED:
        return tuple(dict.fromkeys(accounts.account_by_reference(ctx, each) for each in wish.references))
    wanted: Any = EVERY_ACCOUNT
    if wish.accounts in saved:
        wanted = from_text(AccountFilter, saved[wish.accounts].text).wanted
    elif wish.accounts in _READY:
        wanted = _READY[wish.accounts][1]
    return tuple(accounts.account_ids(ctx, wanted))
