"""Names that mean something of ours in a generated module, by where they would stand."""

from __future__ import annotations

from .symbols import RUNTIME_NAMES

FIELDS = frozenset(
    # Attributes of every model.
    "extra from_dict to_dict"
    # Types that annotations in the body of a class refer to.
    " bool bytes dict float int list object str dt field self data".split()
)
"""What no field of a model is called."""

FUNCTION_ARGUMENTS = frozenset(
    name
    for name in RUNTIME_NAMES
    if name.startswith("check_") or name.endswith("_content") or name == "styles"
) | {"client", "self", "get_args"}
"""What no argument of a client function is called."""

GROUP_ATTRIBUTES = RUNTIME_NAMES | {"send", "get_args", "dt"}
"""What no client function is called."""

CLIENT_ATTRIBUTES = frozenset(
    {"send", "send_before", "deadline", "close", "with_options"}
)
"""What no group is called, since it is an attribute of the client."""

CLIENT_ARGUMENTS = frozenset(
    "self base_url timeout retries transport max_concurrency".split()
)
"""What no credential of the client is called."""

MODEL_NAMES = RUNTIME_NAMES | frozenset(
    "Any Callable ClassVar Literal TypeAlias Decimal UUID Mapping TYPE_CHECKING".split()
)
"""What no model is called."""
