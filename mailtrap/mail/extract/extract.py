"""Links and codes of a mail at once: its HTML is read a single time."""

from mailtrap.mail.extract.codes import codes_of
from mailtrap.mail.extract.links import links_of
from mailtrap.mail.extract.markup import read_html
from mailtrap.mail.extract.records import Extract
from mailtrap.mail.message import Mail


def extract(mail: Mail) -> Extract:
    """What ``links`` and ``codes`` give. Never raises."""
    page = read_html(mail.html) if mail.html else None
    return Extract(links_of(mail, page), codes_of(mail, page))
