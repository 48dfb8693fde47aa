"""Messages made up to be looked at: one for each thing that a catcher of mail should show well."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final, Literal, TypeAlias

from mailtrap.samples.attachments import sample as attachments
from mailtrap.samples.broken import sample as broken
from mailtrap.samples.confirmation import sample as confirmation
from mailtrap.samples.newsletter import sample as newsletter

Kind: TypeAlias = Literal["confirmation", "newsletter", "attachments", "broken"]
Sample: TypeAlias = Callable[[str, str, datetime, str], bytes]
"""Makes one of a sender, a recipient, the time (aware) and a Message-ID in its angle brackets."""

SENDER: Final = "sender@example.com"
RECIPIENT: Final = "ada@example.com"

SAMPLES: Final[Mapping[Kind, Sample]] = {
    "confirmation": confirmation,
    "newsletter": newsletter,
    "attachments": attachments,
    "broken": broken,
}
