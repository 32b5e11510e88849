"""The interface against its own description: no request, however odd, ends in a server error or undeclared answer."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from tests.api.conftest import BASE, Desk
from xanh.config.wsgi import application

EXAMPLES = 25
OPERATIONS = ("POST /session/token", "GET /units", "GET /my-duties", "GET /cells/{unit}", "PUT /submissions/{regime}")


@pytest.mark.parametrize("operation_name", OPERATIONS)
def test_no_request_ends_in_a_server_error(desk: Desk, operation_name: str) -> None:
    headers = {"Authorization": f"Bearer {desk.program.secret}"}
    schema = schemathesis.openapi.from_wsgi(f"{BASE}/openapi.json", app=application, headers=headers)
    method, path = operation_name.split(" ")
    operations = [found.ok() for found in schema.get_all_operations()]
    (operation,) = [
        each for each in operations if each.method.upper() == method and each.path.startswith(f"{BASE}{path}")
    ]

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(case=operation.as_strategy())
    def hold(case: Case) -> None:
        response = case.call(headers=headers)
        checks = [not_a_server_error, status_code_conformance, response_schema_conformance]
        case.validate_response(response, checks=checks, headers=headers)

    hold()
