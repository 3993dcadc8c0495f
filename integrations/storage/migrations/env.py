"""Alembic's environment: it migrates over the connection it is given."""

from alembic import context

from integrations.storage import access_tables, desk_tables, slack_tables, tables  # noqa: F401  (what metadata holds)
from integrations.storage.columns import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
