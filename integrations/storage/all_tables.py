"""Every module that fills the metadata: what the migrations must come to."""

from integrations.storage import (
    access_tables,
    desk_tables,
    payment_tables,
    shop_tables,
    slack_tables,
    tables,
    ticket_tables,
    work_tables,
)

MODULES = (
    tables,
    desk_tables,
    access_tables,
    payment_tables,
    shop_tables,
    slack_tables,
    ticket_tables,
    work_tables,
)
