"""Comments of the page's modules, left out when they are served.

They are a third of what a browser would be given, and none of its business. Only what stands on
lines of its own is left out, and the lines stay: a place in what is served is that in the file.
"""

import re
from typing import Final

_COMMENT: Final = re.compile(rb"/\*\*[ \n](?:[^*]|\*(?!/))*\*/ ?")


def without_comments(script: bytes) -> bytes:
    """The script without its ``/** … */`` on lines of their own, as many lines as before.

    A template literal must have no such lines; a test says that none has.
    """
    return _COMMENT.sub(lambda found: b"\n" * found[0].count(b"\n"), script)
