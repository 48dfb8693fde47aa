"""What searches know of what was taken out of a mail."""

from mailtrap.mail.extract.extract import extract
from mailtrap.mail.message import Mail
from mailtrap.search.describe import Extracted


def extracted(mail: Mail) -> Extracted:
    """What a reader can follow, and the codes: no pictures, no addresses of the header."""
    taken = extract(mail)
    followed = [
        link.href
        for link in taken.links
        if link.kind in {"link", "unsubscribe"} and link.source != "header"
    ]
    codes = tuple(code.value for code in taken.codes)
    return Extracted(tuple(dict.fromkeys(followed)), codes)
