"""What officers do with mandates: set up, amend, change, suspend, resume, cancel, take a cancellation back, confirm, reveal."""

from app.services.direct_debits.mandates.commands.changing import amend, change, reveal
from app.services.direct_debits.mandates.commands.setting_up import confirm, set_up
from app.services.direct_debits.mandates.commands.stopping import cancel, resume, suspend, undo_cancel

__all__ = ["amend", "cancel", "change", "confirm", "resume", "reveal", "set_up", "suspend", "undo_cancel"]
