"""From an answer of the server to the end of a verb: what is printed, told and returned."""

from collections.abc import Callable

from mailtrap.cli.as_json import print_json
from mailtrap.cli.asking import Answer
from mailtrap.cli.case import Case
from mailtrap.cli.found import MissingError
from mailtrap.cli.output import Output, write
from mailtrap.cli.reporting import Reports
from mailtrap.client import Http


def finish(
    http: Http, ask: Callable[[], Answer], output: Output, reports: Reports, name: str
) -> int:
    """Ask, print, tell the reports; the exit code.

    Nothing but JSON is printed on standard output where it failed.
    """
    with reports.asking(name):
        answer, content = _looked_into(http, ask(), output)
    if output.as_json:
        print_json(answer.body)
    else:
        write(content)
    reports.tell([Case(name, answer.waited, answer.reason, answer.story)])
    return answer.code


def _looked_into(http: Http, answer: Answer, output: Output) -> tuple[Answer, bytes]:
    """The answer, and what is to be printed of it; failed where a message has it not."""
    if not answer.ok:
        return answer, b""
    try:
        content = b"" if output.as_json else output.content(http, answer)
        output.write_files(http, answer)
    except MissingError as error:
        where = f"{http.url}/m/{answer.messages[0].get('id')}"
        return answer.failed(error.reason, f"{error}\n\nThe message: {where}"), b""
    return answer, content
