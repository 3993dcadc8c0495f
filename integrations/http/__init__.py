"""The desk over HTTP: the API under ``/v1`` and the page at ``/``. See docs/http.md.

``create_app(application)`` makes the ASGI app; :mod:`integrations.http.access` issues tokens and login links.
"""
