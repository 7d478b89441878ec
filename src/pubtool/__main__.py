"""The program: `pubtool`, and `python -m pubtool`."""

from __future__ import annotations

import atexit
import os
import sys

from pubtool.cli import main


def run() -> None:
    """Do what the command line says, and leave with its exit code.

    Everything that is to be done at the end is done; but the interpreter does not take itself apart
    module by module, which takes as long as making a JATS file.
    """
    try:
        main()
    except SystemExit as leaving:
        if not isinstance(leaving.code, int):
            raise
        sys.stdout.flush()
        sys.stderr.flush()
        atexit._run_exitfuncs()
        os._exit(leaving.code)


if __name__ == "__main__":
    run()
