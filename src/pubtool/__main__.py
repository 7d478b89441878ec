"""`python -m pubtool` is the same as `pubtool`."""

from pubtool.cli import main

main()
