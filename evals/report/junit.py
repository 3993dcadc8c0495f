"""JUnit XML: a test suite a suite, a test case a job."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from xml.etree import ElementTree as Xml

from evals.runs.comparing import reasons_of
from evals.runs.record import Record

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(records: Sequence[Record]) -> str:
    """The document; what broke is an error, what did harm or came out differently a failure."""
    root = Xml.Element("testsuites", name="returns-desk evals", tests=str(len(records)))
    ordered = sorted(records, key=lambda record: record.suite)
    for suite, group in groupby(ordered, key=lambda record: record.suite):
        own = list(group)
        node = Xml.SubElement(
            root,
            "testsuite",
            name=_clean(suite),
            tests=str(len(own)),
            failures=str(sum(not r.passed and r.trace["error"] is None for r in own)),
            errors=str(sum(r.trace["error"] is not None for r in own)),
            time=f"{sum(r.trace['seconds'] for r in own):.3f}",
        )
        for record in own:
            _case(node, record)
    Xml.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, encoding="unicode") + "\n"


def _case(suite: Xml.Element, record: Record) -> None:
    name = _clean(record.case if (record.variant, record.attempt) == ("clean", 1) else record.key)
    seconds = f"{record.trace['seconds']:.3f}"
    node = Xml.SubElement(suite, "testcase", classname=_clean(record.theme), name=name, time=seconds)
    if record.passed:
        return
    reasons = [_clean(reason) for reason in reasons_of(record)]
    kind = "error" if record.trace["error"] is not None else "failure"
    Xml.SubElement(node, kind, message=reasons[0][:300]).text = "\n".join(reasons)


def _clean(text: str) -> str:
    """Without what XML cannot hold."""
    return _NOT_XML.sub("�", text)
