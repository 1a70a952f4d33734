"""What the Accounts page does."""

from app.views.rent.controller.accounts import AccountsController

__all__ = ["AccountsController"]
