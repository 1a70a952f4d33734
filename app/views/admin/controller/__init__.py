"""What the Admin page does: it makes its sections, each with a controller of its own."""

from app.views.admin.controller.page import AdminController

__all__ = ["AdminController"]
