from __future__ import annotations

import gzip
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mailtrap.api.assets import Assets, web_root
from mailtrap.api.headers import PAGE_CSP
from mailtrap.api.routes import PAGES

if TYPE_CHECKING:
    from tests.api.conftest import Client, Problems


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "js" / "views").mkdir(parents=True)
    (tmp_path / "index.html").write_text("<p>")
    (tmp_path / "package.json").write_text("{}")
    (tmp_path / "js" / "main.js").write_text('import { a } from "./views/list.js";')
    (tmp_path / "js" / "views" / "list.js").write_text("1;" * 100)
    (tmp_path / "js" / "types.d.ts").write_text("3")
    return tmp_path


def test_only_what_is_for_browsers_is_served(site: Path) -> None:
    assert sorted(Assets(site)) == ["index.html", "js/main.js", "js/views/list.js"]


@pytest.mark.parametrize(
    "name", ["../secret", "js/../../x.js", "/etc/passwd", "js", "", "package.json"]
)
def test_no_name_leads_out_of_the_folder(site: Path, name: str) -> None:
    (site.parent / "secret").write_text("s")
    assert Assets(site).get(name) is None


def test_a_file_has_its_octets_its_type_and_the_same_packed(site: Path) -> None:
    asset = Assets(site).get("js/views/list.js")
    assert asset
    assert asset.body == b"1;" * 100
    assert gzip.decompress(asset.packed) == asset.body
    assert asset.content_type == "text/javascript; charset=utf-8"


def test_what_the_document_names_has_its_imports_inside(site: Path) -> None:
    asset = Assets(site).get("js/main.js")
    assert asset
    assert b"1;" * 100 in asset.body
    assert b"import" not in asset.body


@pytest.mark.parametrize("name", ["js/main.js", "js/views/list.js"])
def test_a_changed_file_is_read_again(site: Path, name: str) -> None:
    assets = Assets(site)
    before = assets.get(name)
    assert assets.get(name) is before
    (site / "js" / "views" / "list.js").write_text("export const changed = 1;")
    after = assets.get(name)
    assert before
    assert after
    assert b"const changed = 1;" in after.body
    assert after.etag != before.etag


@pytest.mark.parametrize("name", ["js/main.js", "js/views/list.js"])
def test_a_file_that_went_is_not_there(site: Path, name: str) -> None:
    assets = Assets(site)
    assert assets.get(name)
    (site / "js" / "views" / "list.js").unlink()
    assert assets.get(name) is None


def test_files_are_served_from_a_zip(site: Path, tmp_path: Path) -> None:
    archive = tmp_path / "site.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for name in ("index.html", "js/main.js", "js/views/list.js"):
            packed.write(site / name, f"web/{name}")
    with zipfile.ZipFile(archive) as packed:
        assets = Assets(zipfile.Path(packed, "web/"))
        asset = assets.get("js/main.js")
        assert sorted(assets) == ["index.html", "js/main.js", "js/views/list.js"]
        assert asset
        assert b"1;" * 100 in asset.body


def test_the_page_is_found_in_a_checkout() -> None:
    assert (web_root() / "index.html").is_file()


@pytest.mark.parametrize("path", [re.sub(r"{\w+}", "abc", path) for path in PAGES])
async def test_every_address_of_the_page_gives_it(client: Client, path: str) -> None:
    response = await client.get(path)
    assert response.content_type == "text/html"
    assert "<!doctype html>" in await response.text()
    assert response.headers["Content-Security-Policy"] == PAGE_CSP
    assert response.headers["Cache-Control"] == "no-cache"


async def test_what_is_known_is_not_sent_again(client: Client) -> None:
    etag = (await client.get("/js/main.js")).headers["ETag"]
    strong = etag.removeprefix("W/")
    for known in (etag, strong, f'"other", {etag}'):
        response = await client.get("/js/main.js", headers={"If-None-Match": known})
        assert response.status == 304
        assert await response.read() == b""
    response = await client.get("/js/main.js", headers={"If-None-Match": '"other"'})
    assert response.status == 200


async def test_who_takes_gzip_gets_it(client: Client) -> None:
    packed = await client.get("/js/main.js", headers={"Accept-Encoding": "gzip"})
    plain = await client.get("/js/main.js", headers={"Accept-Encoding": "identity"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert await packed.read() == await plain.read()
    assert packed.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    "path",
    ["/js/nothing.js", "/js/..%2findex.html", "/js/%2e%2e/index.html", "/css/", "/index.html"],
)
async def test_a_file_that_is_not_there_is_404(
    client: Client, problem: Problems, path: str
) -> None:
    await problem(await client.get(path), 404)


async def test_every_file_that_the_page_names_is_served(client: Client) -> None:
    html = await (await client.get("/")).text()
    names = re.findall(r'(?:href|src)="(/[^"]+)"', html)
    assert len(names) >= 3
    assert [(await client.get(name)).status for name in names] == [200] * len(names)


@pytest.mark.parametrize(
    ("path", "kind", "begins"),
    [
        ("/client.js", "text/javascript; charset=utf-8", b"// @ts-check"),
        ("/client.d.ts", "text/plain; charset=utf-8", b"/** mailtrap for tests"),
    ],
)
async def test_the_client_for_javascript_is_handed_out(
    client: Client, path: str, kind: str, begins: bytes
) -> None:
    response = await client.get(path)
    assert response.status == 200
    assert response.headers["Content-Type"] == kind
    assert (await response.read()).startswith(begins)
