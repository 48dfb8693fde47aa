"""Every extension; the order is that of the EHLO reply. A new one is a file and a name here."""

from mailtrap.smtp.extensions.auth import AUTH
from mailtrap.smtp.extensions.base import Extension
from mailtrap.smtp.extensions.binarymime import BINARYMIME
from mailtrap.smtp.extensions.chunking import CHUNKING
from mailtrap.smtp.extensions.deliverby import DELIVERBY
from mailtrap.smtp.extensions.dsn import DSN
from mailtrap.smtp.extensions.eightbit import EIGHTBITMIME
from mailtrap.smtp.extensions.enquiries import EXPN, HELP, VRFY
from mailtrap.smtp.extensions.etrn import ETRN
from mailtrap.smtp.extensions.futurerelease import FUTURERELEASE
from mailtrap.smtp.extensions.limits import LIMITS
from mailtrap.smtp.extensions.mtpriority import MT_PRIORITY
from mailtrap.smtp.extensions.pipelining import PIPELINING
from mailtrap.smtp.extensions.prdr import PRDR
from mailtrap.smtp.extensions.recorded import RECORDED
from mailtrap.smtp.extensions.requiretls import REQUIRETLS
from mailtrap.smtp.extensions.rrvs import RRVS
from mailtrap.smtp.extensions.size import SIZE
from mailtrap.smtp.extensions.smtputf8 import SMTPUTF8
from mailtrap.smtp.extensions.starttls import STARTTLS
from mailtrap.smtp.extensions.statuscodes import ENHANCEDSTATUSCODES
from mailtrap.smtp.extensions.xclient import XCLIENT
from mailtrap.smtp.extensions.xforward import XFORWARD

ALL: tuple[Extension, ...] = (
    PIPELINING,
    SIZE,
    EIGHTBITMIME,
    SMTPUTF8,
    DSN,
    ENHANCEDSTATUSCODES,
    CHUNKING,
    BINARYMIME,
    STARTTLS,
    AUTH,
    REQUIRETLS,
    LIMITS,
    DELIVERBY,
    FUTURERELEASE,
    MT_PRIORITY,
    RRVS,
    PRDR,
    ETRN,
    VRFY,
    EXPN,
    XCLIENT,
    XFORWARD,
    HELP,
)
"""Those that a profile can offer."""

UNDERSTOOD: tuple[Extension, ...] = (*ALL, *RECORDED)
"""Those whose parameters are read."""

__all__ = ["ALL", "UNDERSTOOD", "Extension"]
