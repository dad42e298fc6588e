"""How commands end and how their help is shown."""

from typing import Any

import click

from onrecord.engines import collect_rarely
from onrecord.errors import OnrecordError
from onrecord.visible import visible

__all__ = ["Command", "Commands"]

_VERBATIM = ("\\b\n", "\b\n")


class Command(click.Command):
    """A command whose examples are shown line by line.

    Click wants a backspace before such a paragraph, a raw docstring has it as two characters.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **_with_examples(options))


def _with_examples(options: dict[str, Any]) -> dict[str, Any]:
    return options | {"help": (options.get("help") or "").replace(*_VERBATIM)}


class Commands(click.Group):
    """A group whose commands end with one line and exit code 1 on an expected error."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **_with_examples(options))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that *ctx* names."""
        collect_rarely()
        try:
            return super().invoke(ctx)
        except OnrecordError as error:
            _complain(str(error))
            ctx.exit(1)
        except BrokenPipeError:
            raise  # who reads what we print has seen enough: click ends quietly
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            _complain(f"{place}{error.strerror or error}")
            ctx.exit(1)


def _complain(message: str) -> None:
    """Say what went wrong in one line; names of files and inputs cannot order a terminal about."""
    click.echo(f"onrecord: {visible(' '.join(message.splitlines()))}", err=True)
