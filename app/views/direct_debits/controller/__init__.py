"""What the Direct Debits tab does."""

from app.views.direct_debits.controller.page import DirectDebitsController

__all__ = ["DirectDebitsController"]
