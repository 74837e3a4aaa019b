"""What members and parameters that tell pages are commonly called."""

from __future__ import annotations

from collections.abc import Collection, Iterable

ITEMS = (
    *("items", "data", "results", "result", "value", "values", "entries", "records"),
    *("objects", "elements", "list", "rows", "content", "nodes"),
)
"""Members that hold the items, the most telling first."""

PARAMETERS = {
    "page": ("page", "pagenumber", "pageno", "pageindex", "pagenum"),
    "offset": ("offset", "skip", "start", "startindex", "startat", "pageoffset"),
    "cursor": (
        *("cursor", "pagetoken", "nextpagetoken", "nexttoken", "pagecursor"),
        *("nextcursor", "startcursor", "continuationtoken", "continuation"),
        *("after", "pageafter", "startingafter", "marker", "token"),
    ),
}
"""Query parameters by style."""

TOTAL = (
    *("total", "totalcount", "totalresults", "totalitems", "totalelements"),
    *("totalrecords", "totalsize"),
)
TOTAL_PAGES = ("totalpages", "pagecount", "numpages", "lastpage")
HAS_MORE = ("hasmore", "hasnext", "hasnextpage", "morepages")
CURSOR = (
    *("nextcursor", "nextpagetoken", "nexttoken", "endcursor", "nextpagecursor"),
    *("continuationtoken", "after", "cursor", "next"),
)
URL = ("next", "nexturl", "nextlink", "nextpageurl", "nextpage", "href")

CONTAINERS = (
    *("meta", "metadata", "pagination", "paging", "pageinfo", "page", "resultinfo"),
    *("links", "cursors", "next", "responsemetadata", "pages"),
)
"""Members that hold what is told of pages."""


def plain(name: str) -> str:
    """A name without what spellings differ in: "next_page", "nextPage", "Next-Page".

    What a namespace stands before is meant by itself: "@odata.nextLink".
    """
    last = name.rpartition(".")[2]
    return "".join(c for c in last if c.isalnum()).lower()


def first_called(names: Iterable[str], wanted: Collection[str]) -> str | None:
    """The name that is called like the first of what is wanted that there is."""
    spelled: dict[str, str] = {}
    for name in names:
        spelled.setdefault(plain(name), name)
    return next((spelled[each] for each in wanted if each in spelled), None)
