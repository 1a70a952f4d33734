"""Runs migrations over the connection that the caller hands in `config.attributes["connection"]`."""

from alembic import context

from app.models.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, compare_type=True, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
