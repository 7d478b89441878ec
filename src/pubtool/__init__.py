"""pubtool: one canonical chapter, published as JATS, PDF, EPUB and HTML without losing a word."""

__version__ = "0.1.0"
