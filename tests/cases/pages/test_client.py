"""Answers page by page: what is asked for, what comes out, and where it ends."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from loopback import LoopbackServer

Gather = Callable[..., list[Any]]
"""Calls a function in a group, and gives all items, or with ``pages`` all pages."""


@pytest.fixture(params=["sync", "async"])
def gather(
    request: pytest.FixtureRequest, package: Any, server: LoopbackServer
) -> Gather:
    def gather(
        group: str, name: str, *, pages: bool = False, **given: Any
    ) -> list[Any]:
        with package.Client(base_url=server.url, retries=0) as client:
            found = getattr(getattr(client, group), name)(**given)
            return list(found.pages() if pages else found)

    async def gather_async(
        group: str, name: str, pages: bool, given: dict[str, Any]
    ) -> list[Any]:
        async with package.AsyncClient(base_url=server.url, retries=0) as client:
            found = getattr(getattr(client, group), name)(**given)
            return [each async for each in (found.pages() if pages else found)]

    def run(group: str, name: str, *, pages: bool = False, **given: Any) -> list[Any]:
        return asyncio.run(gather_async(group, name, pages, given))

    return gather if request.param == "sync" else run


def lines(server: LoopbackServer) -> list[str]:
    return [each.line.partition(" ")[2] for each in server.received]


def books(*ids: int, **meta: Any) -> dict[str, Any]:
    return {"books": [{"id": id} for id in ids], "meta": meta}


def test_numbers_up_to_the_last(gather: Gather, server: LoopbackServer) -> None:
    server.answer(books(1, 2, total_pages=2))
    server.answer(books(3, total_pages=2))
    found = gather("books", "list_books_all", author="a b", per_page=2)
    assert [book.id for book in found] == [1, 2, 3]
    assert lines(server) == [
        "/books?author=a%20b&per_page=2",
        "/books?author=a%20b&per_page=2&page=2",
    ]


def test_numbers_from_one_on(gather: Gather, server: LoopbackServer) -> None:
    server.answer(books(3, total_pages=4))
    server.answer(books(4, total_pages=4))
    pages = gather("books", "list_books_all", pages=True, page=3)
    assert [page.books[0].id for page in pages] == [3, 4]
    assert lines(server) == ["/books?page=3", "/books?page=4"]


def test_a_single_page(gather: Gather, server: LoopbackServer) -> None:
    server.answer(books(1, total_pages=1))
    assert len(gather("books", "list_books_all")) == 1
    assert lines(server) == ["/books"]


def test_numbers_until_a_page_is_empty(gather: Gather, server: LoopbackServer) -> None:
    for page in ([{"id": 1}], [{"id": 2}], []):
        server.answer(page)
    found = gather("books", "list_books_of_shelf_all", shelf="a/b")
    assert [book.id for book in found] == [1, 2]
    home = "/shelves/a%2Fb/books"
    assert lines(server) == [
        home,
        f"{home}?page%5Bnumber%5D=1",
        f"{home}?page%5Bnumber%5D=2",
    ]


def test_a_server_that_knows_no_pages(
    gather: Gather, package: Any, server: LoopbackServer
) -> None:
    server.answer([{"id": 1}])
    server.answer([{"id": 1}])
    with pytest.raises(
        package.DecodeError,
        match=r"list_books_of_shelf .*: expected another page, got one that",
    ):
        gather("books", "list_books_of_shelf_all", shelf="a")
    assert len(server.received) == 2


def readers(*names: str, total: int | None = None) -> dict[str, Any]:
    found = {"readers": [{"name": name} for name in names], "warnings": []}
    return {"found": found} if total is None else {"found": found, "total": total}


def test_offsets_up_to_the_total(gather: Gather, server: LoopbackServer) -> None:
    server.answer(readers("a", "b", total=3))
    server.answer(readers("c", total=3))
    found = gather("readers", "list_readers_all", limit=2)
    assert [reader.name for reader in found] == ["a", "b", "c"]
    assert lines(server) == ["/readers?limit=2", "/readers?limit=2&offset=2"]


def test_offsets_from_one_on(gather: Gather, server: LoopbackServer) -> None:
    server.answer(readers("f", "g", total=7))
    assert len(gather("readers", "list_readers_all", offset=5)) == 2
    assert lines(server) == ["/readers?offset=5"]


@pytest.mark.parametrize(
    "last", [{}, {"found": {}}, {"found": {"readers": None}}, None]
)
def test_offsets_without_a_total(
    gather: Gather, server: LoopbackServer, last: object
) -> None:
    server.answer(readers("a", "b"))
    if last is None:
        server.answer_bytes(b"", None, 204)
    else:
        server.answer(last)
    assert len(gather("readers", "list_readers_all")) == 2
    assert lines(server) == ["/readers", "/readers?offset=2"]


def loans(cursor: str | None, *dates: str, **info: object) -> dict[str, Any]:
    return {"loans": [*dates], "page_info": {"end_cursor": cursor, **info}}


def test_cursors(gather: Gather, server: LoopbackServer) -> None:
    server.answer(loans("a/1", "2020-01-01"))
    server.answer(loans("b&2"))
    server.answer(loans(None, "2020-01-02"))
    found = gather("readers", "search_loans_all", since=dt.date(2020, 1, 1))
    assert found == [dt.date(2020, 1, 1), dt.date(2020, 1, 2)]
    assert lines(server) == [
        "/loans/search",
        "/loans/search?after=a%2F1",
        "/loans/search?after=b%262",
    ]
    assert all(each.json == {"since": "2020-01-01"} for each in server.received)


def test_a_last_page_that_has_a_cursor(gather: Gather, server: LoopbackServer) -> None:
    server.answer(loans("a", "2020-01-01", has_next_page=True))
    server.answer(loans("b", has_next_page=False))
    assert len(gather("readers", "search_loans_all")) == 1
    assert len(server.received) == 2


@pytest.mark.parametrize("start", [None, "z"])
def test_a_cursor_that_comes_again(
    gather: Gather, package: Any, server: LoopbackServer, start: str | None
) -> None:
    given = {} if start is None else {"after": start}
    for cursor in ("a", start or "a"):
        server.answer(loans(cursor, "2020-01-01"))
    with pytest.raises(
        package.DecodeError, match="one that was there before"
    ) as caught:
        gather("readers", "search_loans_all", **given)
    assert caught.value.pointer == "/page_info/end_cursor"
    assert caught.value.operation == "search_loans"
    assert caught.value.response.status == 200
    assert len(server.received) == 2


def test_more_without_a_cursor(
    gather: Gather, package: Any, server: LoopbackServer
) -> None:
    server.answer(loans(None, "2020-01-01", has_next_page=True))
    with pytest.raises(package.DecodeError, match="expected a cursor, got null"):
        gather("readers", "search_loans_all")


def test_links(gather: Gather, server: LoopbackServer) -> None:
    server.answer(
        [{"name": "a"}],
        Link='</authors?x=1>; rel=prev, <authors?a=1,2;3>; title="a, <b>; rel=\\"n"; '
        'rel="last next"',
    )
    server.answer([{"name": "b"}], Link=f'<{server.url}/authors?page=3>;rel="next"')
    server.answer([{"name": "c"}], Link='<?page=9>; rel="last"; anchor="#a"')
    found = gather("authors", "list_authors_all")
    assert [author.name for author in found] == ["a", "b", "c"]
    assert lines(server) == ["/authors", "/authors?a=1,2;3", "/authors?page=3"]


def test_a_url_in_the_answer(gather: Gather, server: LoopbackServer) -> None:
    server.answer({"prizes": ["a"], "links": {"next": f"{server.url}/prizes?at=ä b#c"}})
    server.answer({"prizes": [], "links": {"next": "/v2/prizes"}})
    server.answer({"prizes": ["b"], "links": {"next": None}})
    assert gather("authors", "list_prizes_all_2") == ["a", "b"]
    assert lines(server) == ["/prizes", "/prizes?at=%C3%A4%20b", "/v2/prizes"]


def test_a_key_that_a_url_repeats_is_sent_once(
    package: Any, server: LoopbackServer
) -> None:
    more = {"next": f"{server.url}/prizes?key=k3y&page=2"}
    server.answer({"prizes": ["a"], "links": more})
    server.answer({"prizes": ["b"]})
    with package.Client(key="k3y", base_url=server.url) as client:
        assert list(client.authors.list_prizes_all_2()) == ["a", "b"]
    assert lines(server) == ["/prizes?key=k3y", "/prizes?page=2&key=k3y"]


@pytest.mark.parametrize(
    "url",
    [
        "https://{host}/prizes?page=2",
        "http://localhost.example/prizes",
        "http://127.0.0.1:1/prizes",
        "//example.com/prizes",
        "http://user@{host}/prizes",
        "http://[/prizes",
        "ftp://{host}/prizes",
        "javascript:alert(1)",
    ],
)
def test_a_url_of_another_origin(
    gather: Gather, package: Any, server: LoopbackServer, url: str
) -> None:
    host = server.url.removeprefix("http://")
    server.answer({"prizes": ["a"], "links": {"next": url.format(host=host)}})
    with pytest.raises(package.DecodeError, match=r"at /links/next: expected a URL"):
        gather("authors", "list_prizes_all_2")
    assert len(server.received) == 1


def test_a_url_that_comes_again(
    gather: Gather, package: Any, server: LoopbackServer
) -> None:
    server.answer({"prizes": ["a"], "links": {"next": "?page=2"}})
    server.answer({"prizes": ["b"], "links": {"next": "/prizes"}})
    with pytest.raises(package.DecodeError, match="one that was there before"):
        gather("authors", "list_prizes_all_2")
    assert lines(server) == ["/prizes", "/prizes?page=2"]


def test_nothing_is_sent_before_it_is_needed(
    client: Any, server: LoopbackServer
) -> None:
    server.answer(books(1, 2, total_pages=9))
    found = client.books.list_books_all()
    assert lines(server) == []
    items = iter(found)
    assert [next(items).id, next(items).id] == [1, 2]
    assert lines(server) == ["/books"]
    server.answer(books(3, total_pages=1))
    assert [book.id for book in found] == [3]


def test_an_argument_that_breaks_a_rule(client: Any, package: Any) -> None:
    with pytest.raises(package.InvalidArgument, match="per_page must be at most 100"):
        client.books.list_books_all(per_page=101)


def test_an_error_on_a_later_page(
    client: Any, package: Any, server: LoopbackServer
) -> None:
    server.answer(books(1, total_pages=2))
    server.answer({"code": 7}, status=404)
    items = iter(client.books.list_books_all())
    assert next(items).id == 1
    with pytest.raises(package.StatusError, match="list_books") as caught:
        next(items)
    assert caught.value.body.code == 7


def test_each_page_is_tried_again(package: Any, server: LoopbackServer) -> None:
    server.answer(books(1, total_pages=2))
    server.answer({}, status=503, **{"Retry-After": "0"})
    server.answer(books(2, total_pages=2))
    with package.Client(base_url=server.url, retries=1) as client:
        assert [book.id for book in client.books.list_books_all()] == [1, 2]


def test_the_function_of_a_page_is_what_it_was(
    client: Any, package: Any, server: LoopbackServer
) -> None:
    from pages.api.books.list_books import list_books, list_books_all

    server.answer(books(1, total_pages=9))
    assert list_books(client).books[0].id == 1
    with pytest.raises(package.InvalidArgument, match="sends something at once"):
        package.with_response(list_books_all, client)
    assert "list_books_all" in dir(client.books)


@pytest.fixture
def testing(package: Any) -> Any:
    from pages import testing

    return testing


def test_a_fake_that_is_asked_for_pages(package: Any, testing: Any) -> None:
    models = package.models
    fake = testing.FakeTransport()

    def answer(request: Any) -> Any:
        [number] = map(int, request.query.get("page", ["1"]))
        return models.ListBooksResponse(
            books=[models.Book(id=number)],
            meta=models.ListBooksResponseMeta(total_pages=3),
        )

    with package.Client(base_url="http://books", transport=fake) as client:
        fake.on(client.books.list_books).answer_with(answer)
        assert [book.id for book in client.books.list_books_all()] == [1, 2, 3]
        assert [book.id for book in client.books.list_books_all(page=3)] == [3]
    assert [each.query for each in fake.requests] == [
        {},
        {"page": ["2"]},
        {"page": ["3"]},
        {"page": ["3"]},
    ]


def test_a_fake_is_told_the_pages_of_any_style(package: Any, testing: Any) -> None:
    models = package.models
    anna, bert = models.Reader(name="Anna"), models.Reader(name="Bert")
    fake = testing.FakeTransport()

    def found(name: str, total: int) -> Any:
        inner = models.ListReadersResponseFound(readers=[models.Reader(name=name)])
        return models.ListReadersResponse(total=total, found=inner)

    with package.Client(base_url="http://books", transport=fake) as client:
        authors, readers = client.authors, client.readers
        link = {"Link": '<http://books/authors?page=2>; rel="next"'}
        fake.on(authors.list_authors_all).answer([anna], headers=link).answer([bert])
        assert list(authors.list_authors_all()) == [anna, bert]
        more = models.ListPrizesResponseLinks(next="/prizes?at=2")
        fake.on(authors.list_prizes).answer(
            models.ListPrizesResponse(prizes=["a"], links=more)
        ).answer(models.ListPrizesResponse(prizes=["b"]))
        assert list(authors.list_prizes_all_2()) == ["a", "b"]
        offsets = fake.on(readers.list_readers_all)
        offsets.answer(found("Anna", 2)).answer(found("Bert", 2))
        assert list(readers.list_readers_all()) == [anna, bert]
        info = models.SearchLoansResponsePageInfo
        first, second = dt.date(2020, 1, 1), dt.date(2020, 1, 2)
        loans = fake.on(readers.search_loans_all)
        loans.answer(
            models.SearchLoansResponse(loans=[first], page_info=info(end_cursor="b"))
        )
        loans.answer(models.SearchLoansResponse(loans=[second], page_info=info()))
        assert list(readers.search_loans_all()) == [first, second]


def test_a_fake_for_functions_that_are_awaited(package: Any, testing: Any) -> None:
    fake = testing.FakeTransport()
    book = package.models.Book(id=1)

    async def gather() -> list[Any]:
        async with package.AsyncClient(base_url="http://a", transport=fake) as client:
            shelf = client.books.list_books_of_shelf_all
            fake.on(shelf).answer([book]).answer([])
            return [each async for each in shelf("a")]

    assert asyncio.run(gather()) == [book]


def test_examples_are_one_page(package: Any, testing: Any) -> None:
    fake = testing.FakeTransport(examples=True)
    with package.Client(base_url="http://books", transport=fake) as client:
        assert [book.id for book in client.books.list_books_all()] == [1]
        with pytest.raises(package.DecodeError, match="one that was there before"):
            # The example says that there are more, and is all there is.
            list(client.readers.search_loans_all())
    assert len(fake.requests) == 3


def test_a_wrong_page_is_a_type_error(check_types: Callable[[], int]) -> None:
    assert check_types() == 7
