"""Jobs and reconciliation as they are asked for and answered."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from integrations.work.dead_letters import JobView


class Jobs(BaseModel):
    """Jobs, the newest first."""

    jobs: list[JobView]


class ReconciliationBody(BaseModel):
    """The day to compare."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"day": "2026-03-01"}]})

    day: date | None = Field(None, description="UTC; without it, yesterday.")
