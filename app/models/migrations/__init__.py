"""Schema migrations, run from code by `services.core.database` (there is no alembic.ini)."""
