"""The command line. Results go to standard output, diagnostics to standard error.

Exit codes: 0 clean · 1 errors found · 2 wrong usage · 3 an engine is missing or failed.
One module a command, listed below in the order of the work. Everything heavy is imported inside
the command that needs it.
"""

from __future__ import annotations

import click

from pubtool import __version__, garbage
from pubtool.cli.cache import cache
from pubtool.cli.check import check
from pubtool.cli.deposit import deposit
from pubtool.cli.doctor import doctor
from pubtool.cli.explain import explain
from pubtool.cli.export import export
from pubtool.cli.formats import formats
from pubtool.cli.import_ import import_
from pubtool.cli.new import new
from pubtool.cli.package import package
from pubtool.cli.said import exit_code, show
from pubtool.cli.schemas import schemas
from pubtool.diagnostics import PubtoolError, failure

garbage.seldom()


class _Commands(click.Group):
    """Commands in the order of the work, and failures as messages instead of tracebacks."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            # Who reads only the first lines wants no message: click ends in silence.
            raise
        except (PubtoolError, OSError) as error:
            finding = failure(error)
            show([finding], "concise", hints=True)
            ctx.exit(exit_code([finding]))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="pubtool")
def main() -> None:
    """Publish chapters of edited volumes: one XML chapter becomes JATS, PDF, EPUB and HTML.

    Nothing is lost or invented silently: every export is checked, and whatever pubtool finds is
    told with its place and what to do. "pubtool explain ID" says more.
    """


for _command in (
    new,
    import_,
    check,
    export,
    package,
    deposit,
    formats,
    explain,
    schemas,
    cache,
    doctor,
):
    main.add_command(_command)
