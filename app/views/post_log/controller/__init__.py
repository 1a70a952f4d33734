"""What the Post tab does."""

from app.views.post_log.controller.page import PostController

__all__ = ["PostController"]
