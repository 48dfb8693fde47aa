"""PRDR (draft-hall-prdr-00): after the content a reply for each recipient, as in LMTP."""

from mailtrap.smtp.extensions.base import Extension, bare
from mailtrap.smtp.params import no_value

PRDR = Extension(keyword="PRDR", rfc="", advertise=bare("PRDR"), mail={"PRDR": no_value})
