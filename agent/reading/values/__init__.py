"""What has a form: money, counts, relations between figures, dates, numbers of orders and of parcels."""
