"""Names that mean something of ours where they would stand."""

from __future__ import annotations

from .symbols import RUNTIME_NAMES

_TYPES = frozenset(["bool", "bytes", "dict", "dt", "float", "int", "list", "str"])
"""What annotations refer to, which in a class or module may be hidden."""

_AMBIGUOUS = frozenset({"l"})
"""What looks like another character, which linters refuse (pycodestyle E741)."""

FIELDS = _TYPES | _AMBIGUOUS | {"extra", "from_dict", "to_dict", "self"}
"""What no field of a model is called."""

HEADERS = _TYPES | _AMBIGUOUS | {"from_response", "read_header", "self"}
"""What no typed header is called."""

FUNCTION_ARGUMENTS = (
    frozenset(
        name
        for name in RUNTIME_NAMES
        if name.startswith("check_") or name.endswith("_content") or name == "styles"
    )
    | _AMBIGUOUS
    | {"client", "self", "get_args"}
)
"""What no argument of a client function is called."""

FUNCTIONS = RUNTIME_NAMES | _TYPES | {"send", "get_args"}
"""What no client function is called."""

GROUP_CLASSES = frozenset(
    [
        "AsyncTransport",
        "BaseAsyncClient",
        "BaseClient",
        "BasicCredential",
        "Client",
        "Credential",
        "Credentials",
        "Group",
        "Transport",
    ]
)
"""What the class of no group is called."""

CLIENT_ATTRIBUTES = frozenset(
    [
        "begin_call",
        "close",
        "deadline",
        "run_errand",
        "send",
        "send_on",
        "with_options",
        "with_transport",
    ]
)
"""What no group is called, since it is an attribute of the client."""

CLIENT_ARGUMENTS = frozenset(
    [
        "client",
        "self",
        "super",
        "base_url",
        "timeout",
        "retries",
        "transport",
        "max_concurrency",
    ]
)
"""What no credential of the client is called."""

SERVER_VARIABLES = CLIENT_ARGUMENTS | {"client", "get_args", "given", "servers"}
"""What no variable of the server is called, as an argument of the client."""

MODEL_NAMES = RUNTIME_NAMES | frozenset(
    [
        "Any",
        "Callable",
        "ClassVar",
        "Literal",
        "TypeAlias",
        "Decimal",
        "UUID",
        "Mapping",
        "TYPE_CHECKING",
    ]
)
"""What no model is called."""
