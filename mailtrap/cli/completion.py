"""``mailtrap completion``: the script that a shell reads to complete our command."""

import click
from click.shell_completion import get_completion_class

from mailtrap.cli.group import VERB_SETTINGS, root

SHELLS = ("bash", "zsh", "fish")
HELP = """Print the completion script for a shell.

\b
bash:  eval "$(mailtrap completion bash)"      in ~/.bashrc
zsh:   eval "$(mailtrap completion zsh)"       in ~/.zshrc
fish:  mailtrap completion fish > ~/.config/fish/completions/mailtrap.fish
"""


@click.command("completion", help=HELP, context_settings=VERB_SETTINGS)
@click.argument("shell", type=click.Choice(SHELLS))
def command(*, shell: str) -> int:
    """Print the completion script for a shell."""
    complete = get_completion_class(shell)
    assert complete is not None, "click completes for each of SHELLS"
    click.echo(complete(root, {}, "mailtrap", "_MAILTRAP_COMPLETE").source())
    return 0
