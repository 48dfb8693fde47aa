"""``python -m mailtrap`` is the command ``mailtrap``."""

import sys

from mailtrap.cli import main

if __name__ == "__main__":
    sys.exit(main())
