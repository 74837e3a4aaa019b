"""All faults."""

from __future__ import annotations

from .bodies import BODIES
from .connections import CONNECTIONS
from .contents import CONTENTS
from .heads import HEADS
from .statuses import STATUSES
from .streams import STREAMS

FAULTS = (*CONNECTIONS, *HEADS, *BODIES, *CONTENTS, *STATUSES, *STREAMS)
