"""JSON Schema of an order document: ``python -m integrations.intake.schema > docs/order-document.schema.json``."""

from __future__ import annotations

import json
from typing import Any

from domain.orders.document import OrderDocument


def document_schema() -> dict[str, Any]:
    """The schema; `quantity` may be written `qty`. docs/order-document.schema.json is this, word for word."""
    schema = OrderDocument.model_json_schema(mode="validation")
    for part in schema["$defs"].values():
        fields = part.get("properties", {})
        if "quantity" in fields:
            fields["qty"] = fields["quantity"]
            part["required"].remove("quantity")
            part["oneOf"] = [{"required": ["quantity"]}, {"required": ["qty"]}]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def schema_text() -> str:
    """As the file holds it."""
    return json.dumps(document_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    print(schema_text(), end="")
