"""PDF: what stylesheets may bring in."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pubtool import resources


def fetcher(root: Path) -> Any:
    """A fetcher that opens data: URIs and files beside the styles: nothing else, no network."""
    # It brings http and ssl along, which other formats do without.
    from urllib.request import url2pathname

    from weasyprint.urls import URLFetcher

    folders = [folder.resolve() for folder in resources.folders("styles", root)]

    class Fetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            address = urlsplit(url)
            if address.scheme == "file":
                path = Path(url2pathname(address.path)).resolve()
                if not any(path.is_relative_to(folder) for folder in folders):
                    raise ValueError("files outside the styles are not read")
            return super().fetch(url, headers)

    return Fetcher(allowed_protocols=("data", "file"), allow_redirects=False)
