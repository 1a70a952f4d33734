"""Scheduled jobs and how they went."""

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""
