"""What the Letters page does."""

from app.views.letters.controller.page import LettersController

__all__ = ["LettersController"]
