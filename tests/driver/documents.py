"""The descriptions whose packages are driven."""

from __future__ import annotations

from tests.corpus.documents import (
    TABLE,
    CorpusDocument,
    NpmSource,
    read_documents,
)

_GITHUB = NpmSource("@octokit/openapi@23.0.2", "generated/api.github.com.json")

# Each with what it is chosen for.
_CHOSEN = {
    "@readme/oas-examples@8.2.2 3.0/json/parameters-style.json": "all styles, 3.0",
    "@readme/oas-examples@8.2.2 3.1/yaml/parameters-style.yaml": "all styles, 3.1",
    "@readme/oas-examples@8.2.2 2.0/json/petstore.json": "2.0, formData",
    "@readme/oas-examples@8.2.2 3.1/json/security.json": "every kind of security",
    "@scalar/galaxy@0.6.12 dist/3.1.json": "cookies, OAuth 2, unions",
    "api/cpy.re/peertube.json": "multipart, files, forms",
    "api/xtrf.eu.json": "forms, multipart, XML, text",
    "rclone-openapi@1.75.0 openapi.yaml": "3.1, deepObject, ranges",
    "api/httpbin.org.json": "all methods, headers, forms",
    "api/dataflowkit.com.json": "JSON Lines beside JSON",
    "file:typespec/payload.multipart.3.2.yaml": "3.2, parts of all kinds",
    "file:typespec/payload.xml.3.2.yaml": "3.2, XML",
}

# They stand beside the checkout, and take seconds.
_PART = (
    "file:typespec/authentication.union.3.1.yaml",
    "file:typespec/encode.array.3.2.yaml",
    "file:typespec/parameters.collection-format.3.2.yaml",
    "file:typespec/payload.content-negotiation.3.1.yaml",
    "file:typespec/payload.multipart.3.1.yaml",
    "file:typespec/streaming.jsonl.3.2.yaml",
    "file:typespec/special-headers.conditional-request.3.1.yaml",
    "file:typespec/type.union.3.2.yaml",
)


def chosen_documents(*, part: bool) -> list[CorpusDocument]:
    """GitHub's description and twelve others, or the part that needs no network."""
    known = read_documents(TABLE)
    names = _PART if part else tuple(_CHOSEN)
    found = [next(each for each in known if each.name.endswith(name)) for name in names]
    if part:
        return found
    return [CorpusDocument(0, f"npm:{_GITHUB.package}", _GITHUB, "3.0.3"), *found]
