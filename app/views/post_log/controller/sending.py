"""E-mail that goes out from the office's mailboxes: sent at once, off the GUI thread, and items passed on."""

from __future__ import annotations

import secrets

from PySide6.QtCore import QObject

from app.services.core.errors import UserError
from app.services.post_log.answering.commands.forwarding import forward
from app.services.post_log.sending import jobs, queries
from app.services.post_log.sending.dto import Forwarded, ForwardForm, MailSent, NewForward
from app.views.common.office import Office
from app.views.post_log.controller.item_work import ItemWork
from app.views.post_log.forwarding import ForwardSheet

_LATER = "It is tried again by itself; the tab E-mail of its item says how it stands."


def send_mail(office: Office, owner: QObject) -> None:
    """Send what waits, and say so where something did not go."""

    def done(result: MailSent) -> None:
        if result.failed:
            office.messages.bad(UserError(result.said, "Its item is open again: the tab E-mail says what to do."))
        elif result.said and not result.sent:
            office.messages.bad(UserError(result.said, _LATER))
        elif result.sent:
            office.messages.good("The e-mail has gone." if result.sent == 1 else f"{result.sent:,} e-mails have gone.")

    office.job(owner, jobs.send, then=done, label="Sending the e-mail")


def _passed_on(done: Forwarded) -> str:
    return f"{done.number} is passed on and closed; the e-mail goes out now."


class ForwardController(ItemWork):
    """Passes the item that is shown on to whom it was meant for."""

    asks = staticmethod(queries.forward_form)
    saves = staticmethod(forward)
    told = staticmethod(_passed_on)

    def make(self, form: ForwardForm) -> ForwardSheet | str:
        """The sheet; nothing where no e-mail goes out from any mailbox."""
        if not form.boxes:
            return "Nothing goes out from any mailbox yet: tick that under Mailboxes."
        return ForwardSheet(self.page, form, f"forward:{form.item_id}:{secrets.token_hex(8)}")

    def command(self) -> NewForward:
        """To whom, and with what words."""
        wanted: NewForward = self.sheet.forward()
        return wanted

    def tell(self, done: Forwarded) -> None:
        """Say what was done, and send it at once."""
        super().tell(done)
        send_mail(self.office, self.page)
