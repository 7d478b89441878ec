"""What every worker needs, imported once before workers branch off; Java is not started."""

import gc

from pubtool import batch, formats, garbage, pipeline  # noqa: F401
from pubtool.writers import pdf

garbage.seldom()
formats.load()
pdf.prepare()
# What all share is not looked through for garbage by each, which would also copy it.
gc.freeze()
