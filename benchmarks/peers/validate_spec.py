"""Validates a description in JSON with openapi-spec-validator.

usage: validate_spec.py FILE
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator


def main() -> None:
    description = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    is_3_1 = description["openapi"].startswith("3.1")
    validator = OpenAPIV31SpecValidator if is_3_1 else OpenAPIV30SpecValidator
    for _ in validator(description).iter_errors():
        pass


if __name__ == "__main__":
    main()
