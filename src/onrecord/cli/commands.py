"""How commands end and how their help is shown."""

from typing import Any

import click

from onrecord.errors import OnrecordError

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
        try:
            return super().invoke(ctx)
        except OnrecordError as error:
            click.echo(f"onrecord: {error}", err=True)
            ctx.exit(1)
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            click.echo(f"onrecord: {place}{error.strerror or error}", err=True)
            ctx.exit(1)
