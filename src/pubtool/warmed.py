"""What every worker needs, imported once before workers branch off; Java is not started."""

from pubtool import batch, pipeline  # noqa: F401
from pubtool.writers import pdf

pdf.prepare()
