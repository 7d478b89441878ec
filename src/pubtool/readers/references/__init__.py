"""References: from text, and from the files of reference managers."""
