"""Officers: teams, passwords, roles as edited, delegations, declared accounts, reviews."""

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""
