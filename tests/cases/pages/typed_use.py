"""Items and pages by their types, and the pages that fakes answer with."""

from __future__ import annotations

from pages import AsyncClient, Client
from pages.api.authors.list_authors import list_authors_all, list_authors_all_async
from pages.api.books.list_books import list_books, list_books_all
from pages.models import Book, ListBooksResponse, Reader
from pages.testing import FakeTransport

fake = FakeTransport()


def use(client: Client, page: ListBooksResponse) -> list[Book]:
    for each in list_books_all(client, page=2).pages():
        page = each
    for told in list_books_all(client).with_responses():
        page = told.value
        wrong: str = told.value  # wrong
        print(told.response.headers, wrong)
    for author in list_authors_all(client):
        name: str = author.name
        number: int = author.name  # wrong
        print(name, number)
    fake.on(list_books_all).answer(page)
    fake.on(list_books).answer(page)
    fake.on(list_authors_all).answer([Reader(name="a")])
    fake.on(list_authors_all_async).answer([Reader(name="a")])

    fake.on(list_books_all).answer([Book(id=1)])  # wrong
    fake.on(list_authors_all).answer(Reader(name="a"))  # wrong
    fake.on(list_authors_all_async).answer([1])  # wrong
    list_books_all(client, pages=1)  # wrong
    return list(client.books.list_books_all())


async def use_async(client: AsyncClient) -> list[Reader]:
    books: list[Book] = [book async for book in client.books.list_books_all()]
    async for page in client.books.list_books_all().pages():
        books += page.books
    books += client.books.list_books_all()  # wrong
    return [author async for author in list_authors_all_async(client)]
