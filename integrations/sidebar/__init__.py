"""The sidebar in the ticket: the same desk beside a helpdesk's ticket.

State lives on the server, and nothing is decided here.
"""
