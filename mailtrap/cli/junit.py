"""A JUnit report that several calls add to, each with the file locked."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from xml.etree import ElementTree

from mailtrap.cli.case import Case

try:
    import fcntl
except ImportError:  # on Windows
    fcntl = None  # type: ignore[assignment]  # it is looked at before it is used

REPORT_LIMIT = 64 * 1024 * 1024
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even escaped (section 2.2)."""


def add(file: Path, suite: str, cases: Iterable[Case]) -> None:
    """Add outcomes to a suite of the report, which is made where it is not there yet.

    Raises OSError, and ValueError where the file has something that is no JUnit report.
    """
    with _locked(file) as opened:
        root = _read(opened.read(REPORT_LIMIT), file)
        element = _suite(root, _clean(suite))
        element.extend(_testcase(case, _clean(suite)) for case in cases)
        _count(root)
        ElementTree.indent(root)
        content = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
        opened.seek(0)
        opened.truncate()
        opened.write(content + b"\n")


@contextmanager
def _locked(file: Path) -> Iterator[BinaryIO]:
    """The file, made where it is not there, and nobody else's until it is closed."""
    file.touch()
    with file.open("r+b") as opened:
        if fcntl is not None:
            fcntl.flock(opened, fcntl.LOCK_EX)
        yield opened


def _read(content: bytes, file: Path) -> ElementTree.Element:
    if not content.strip():
        return ElementTree.Element("testsuites")
    try:
        root = ElementTree.fromstring(content)  # noqa: S314 - the user's own file
    except ElementTree.ParseError as error:
        raise ValueError(f"{file} is no XML ({error})") from None
    if root.tag == "testsuite":
        whole = ElementTree.Element("testsuites")
        whole.append(root)
        return whole
    if root.tag != "testsuites":
        raise ValueError(f"{file} is no JUnit report: it begins with <{root.tag}>")
    return root


def _suite(root: ElementTree.Element, name: str) -> ElementTree.Element:
    for element in root.findall("testsuite"):
        if element.get("name") == name:
            return element
    return ElementTree.SubElement(root, "testsuite", name=name)


def _testcase(case: Case, suite: str) -> ElementTree.Element:
    told = {"classname": suite, "name": _clean(case.name), "time": f"{case.seconds:.3f}"}
    element = ElementTree.Element("testcase", told)
    if not case.ok:
        first, *_ = case.story.splitlines() or [case.reason]
        kind = "error" if case.broken else "failure"
        below = ElementTree.SubElement(
            element, kind, type=_clean(case.reason), message=_clean(first)
        )
        below.text = _clean(case.story)
    return element


def _count(root: ElementTree.Element) -> None:
    """Set the totals of every suite, and of all."""
    for element in (*root.findall("testsuite"), root):
        cases = list(element.iter("testcase"))
        element.set("tests", str(len(cases)))
        element.set("failures", str(_having(cases, "failure")))
        element.set("errors", str(_having(cases, "error")))
        element.set("skipped", str(_having(cases, "skipped")))
        element.set("time", f"{sum(map(_time, cases)):.3f}")


def _having(cases: list[ElementTree.Element], kind: str) -> int:
    return sum(case.find(kind) is not None for case in cases)


def _time(case: ElementTree.Element) -> float:
    try:
        return float(case.get("time", "0"))
    except ValueError:
        return 0.0


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
