"""A module that comes with its imports inside does what it does when a browser fetches them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from mailtrap.api.joining import joined
from tests.interop.programs import need

SITE = {
    "package.json": '{"type": "module"}',
    "js/main.js": """// @ts-check
/** A head. */

import { named, Class as Renamed } from "./parts/named.js";
import * as all from "./parts/all.js";
import {x as short,y}from"../vendor/small.js";
import {
  over,
  lines,
} from "./parts/lines.js";

const text = [
  'import { no } from "./nothing.js";',
];
console.log(named(), new Renamed().name, all.one, short, y, over, lines, text[0]);
all.later().then(console.log);
""",
    "js/parts/named.js": """import { one } from "./all.js";
console.log("named, after all");
export function named() {
  return `named ${one}`;
}
export class Class {
  name = "class";
}
""",
    "js/parts/all.js": """console.log("all, first and once");
export const one = 1;
export async function later() {
  return "later";
}
""",
    "js/parts/lines.js": "export const over = 1;\nexport const lines = 2;\n",
    "vendor/small.js": 'import{a}from"./deep.js";export{b as y}from"./deep.js";/** L */const o=a;'
    "export{o as x};\n//# sourceMappingURL=small.js.map",
    "vendor/deep.js": "const a=5,c=6;export{a,c as b};",
    "css/page.css": '/* All. */\n@import "one.css";\n@import "../vendor/two.css";\n.own { }\n',
    "css/one.css": ".one {\n  top: 0;\n}\n",
    "vendor/two.css": ".two{}\n",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, text in SITE.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def whole(site: Path, name: str = "js/main.js") -> tuple[str, tuple[str, ...]]:
    def read(name: str) -> bytes:
        return (site / name).read_bytes()

    text, names = joined(name, read)
    return text.decode(), names


def ran(path: Path) -> str:
    return subprocess.run(
        [need("node", "nodejs"), path], check=True, capture_output=True, text=True
    ).stdout


def test_it_does_what_its_modules_do(site: Path) -> None:
    (site / "joined.js").write_text(whole(site)[0])
    told = ran(site / "joined.js")
    assert told == ran(site / "js" / "main.js")
    assert told.splitlines()[:2] == ["all, first and once", "named, after all"]


def test_each_module_is_in_it_once_after_those_that_it_imports(site: Path) -> None:
    names = whole(site)[1]
    assert sorted(names) == sorted(name for name in SITE if name.endswith(".js"))
    assert names.index("js/parts/all.js") < names.index("js/parts/named.js")
    assert names[-1] == "js/main.js"


def test_modules_that_import_each_other_are_a_mistake(site: Path) -> None:
    (site / "js" / "parts" / "all.js").write_text('import { named } from "./named.js";')
    with pytest.raises(ValueError, match=r"import each other: .*named.js -> .*all.js -> .*named"):
        whole(site)


def test_a_sheet_has_those_that_it_imports_in_their_places(site: Path) -> None:
    text, names = whole(site, "css/page.css")
    assert text == "/* All. */\n.one {\ntop: 0;\n}\n.two{}\n.own { }\n"
    assert names == ("css/page.css", "css/one.css", "vendor/two.css")
