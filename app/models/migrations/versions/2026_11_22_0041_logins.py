"""Which login wrote what, and what needs another's."""

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""
