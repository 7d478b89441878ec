"""Packages for receivers of chapters: PT820 to PT849."""

from __future__ import annotations

from pubtool.catalogue.rule import Rule

RULES = (
    Rule(
        "PT820",
        "error",
        "package without an artifact",
        "A file that has not passed its check must not reach a repository, where it would stay.",
        "a package for Zenodo of a chapter whose PDF failed",
        "a package of files that have all passed",
        "Put right what the check of that file says; the package is made when it passes.",
    ),
    Rule(
        "PT821",
        "error",
        "package of an unfinished chapter",
        "An editor's question is still open; what is deposited is kept and cited as it is.",
        "a package of a chapter with <query>Which year?</query>",
        "a package of a chapter without <query>",
        "Answer the questions in the text and remove each <query>.",
    ),
    Rule(
        "PT822",
        "error",
        "package cannot be made",
        "The receiver refuses a delivery without this fact, and pubtool invents none.",
        "a delivery to CLOCKSS of a chapter that has no DOI",
        "<identifiers><doi>10.5555/volume.08</doi></identifiers>",
        "Say it in the chapter or in pubtool.toml, or leave this package out.",
    ),
    Rule(
        "PT823",
        "note",
        "package incomplete",
        "The receiver expects this fact; without it the chapter is found or used less easily.",
        "an item for DSpace without an abstract",
        "an abstract in the chapter",
        "Say it in the chapter or in pubtool.toml, if there is one; nothing is made up.",
    ),
    Rule(
        "PT824",
        "error",
        "package not valid",
        "The receiver would refuse the package or lose a part of it.",
        "a bag whose manifest names a file that is not there",
        "a package in which every file is accounted for",
        "Report it with the chapter; the package has not been written.",
    ),
    Rule(
        "PT825",
        "error",
        "image cannot be packed",
        "In an archive the links from the XML to its images must lead somewhere on any machine.",
        '<graphic href="images/şəkil 1.png"/>',
        '<graphic href="images/sekil-1.png"/>',
        "Rename the image with ASCII letters, digits, hyphens, and in the chapter too.",
    ),
)
