"""What goes in (bodies) and out (views), as OpenAPI documents it."""
