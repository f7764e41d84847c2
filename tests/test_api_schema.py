"""The description of the API against the API: made-up requests find no fault of the server and no shape undescribed."""

from __future__ import annotations

import os
from pathlib import Path

import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.portal import DOCUMENT, Portal, bearer, serve

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)
EXAMPLES = int(os.environ.get("SCHEMA_EXAMPLES", "4"))


def test_whatever_is_sent(tmp_path: Path) -> None:
    """Every operation in turn; parameters that name something name, every other time, what is really there."""
    portal = serve(tmp_path / "store", upload_mb=1)
    described = schemathesis.openapi.from_asgi("/openapi.json", portal.client.app)
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) > 20
    with portal.client:
        for operation in operations:
            try_out(operation, portal)


def try_out(operation: schemathesis.APIOperation, portal: Portal) -> None:
    @given(case=operation.as_strategy(), named=st.booleans())
    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
    )
    def one(case: schemathesis.Case, named: bool) -> None:
        for name, real in (("document", DOCUMENT), ("page", 5), ("number", 1)):
            if named and case.method != "DELETE" and name in case.path_parameters:
                case.path_parameters[name] = real
        case.call_and_validate(headers=bearer(portal.key), checks=CHECKS)

    one()
