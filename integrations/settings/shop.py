"""The shop that orders come from."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, Field, SecretStr, model_validator

from integrations.settings.addresses import is_safe


class ShopSettings(BaseModel):
    """See docs/shops.md."""

    shop: Literal["", "shopify", "signed"] = Field(
        "", description="The shop orders come from: shopify, or signed webhooks of any other."
    )
    shop_secret: SecretStr = Field(
        SecretStr(""),
        description="Signs the shop's webhooks; several, comma-separated, while one is replaced.",
    )
    shop_url: str = Field(
        "", description="shopify: https://SHOP.myshopify.com; signed: where decisions are posted to."
    )
    shop_token: SecretStr = Field(SecretStr(""), description="Shopify's Admin API access token.")
    shop_pull_seconds: float = Field(
        300.0, ge=0, description="How often changed orders are pulled; 0: never."
    )
    shop_sources: dict[str, Literal["own", "dropshipping", "print_on_demand", "digital"]] = Field(
        default_factory=dict, description='Product source by vendor, JSON: {"Kiln & Co": "dropshipping"}.'
    )

    @model_validator(mode="after")
    def _shop_is_whole(self) -> Self:
        if self.shop and not self.shop_secret.get_secret_value():
            raise ValueError(f"DESK_SHOP={self.shop} needs DESK_SHOP_SECRET")
        if self.shop == "shopify" and not (self.shop_url and self.shop_token.get_secret_value()):
            raise ValueError("DESK_SHOP=shopify needs DESK_SHOP_URL and DESK_SHOP_TOKEN")
        if self.shop_url and not is_safe(self.shop_url):
            raise ValueError("DESK_SHOP_URL must begin with https://")
        return self
