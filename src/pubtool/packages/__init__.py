"""Packages for those who receive chapters: one row a kind. To add a kind, add a row."""

from __future__ import annotations

from pubtool.packages import bag, clockss, crossref, mets, oapen, saf, simplezip, zenodo
from pubtool.packages.package import Package

# fmt: off
PACKAGES: dict[str, Package] = {
    row.name: row
    for row in (
        Package("dspace-saf", ".dspace-saf.zip", "DSpace's Simple Archive Format, for its import",
                saf.FORMATS, saf.FACTS, saf.build, saf.check),
        Package("sword-simplezip", ".sword-simplezip.zip", "SWORD 2, the files side by side",
                simplezip.FORMATS, simplezip.FACTS, simplezip.build, simplezip.check),
        Package("sword-mets", ".sword-mets.zip", "SWORD 2 for DSpace, described in METS and MODS",
                (*mets.FORMATS, "mods"), mets.FACTS, mets.build, mets.check),
        Package("bagit", ".bagit.zip", "BagIt, everything made of the chapter, for archives",
                bag.FORMATS, bag.FACTS, bag.build, bag.check,
                welcome=bag.METADATA, unfit=bag.unfit),
        Package("crossref", ".crossref-deposit.xml", "a Crossref deposit, to register the DOI",
                ("crossref",), crossref.FACTS, crossref.build, crossref.check,
                pack=crossref.only, media_type="application/xml"),
        Package("oapen", ".oapen.zip", "the OAPEN Library: ONIX, PDF, EPUB, cover",
                oapen.FORMATS, oapen.FACTS, oapen.build, oapen.check),
        Package("clockss", ".clockss.zip", "CLOCKSS: PDF and BITS with its images, for ever",
                clockss.FORMATS, clockss.FACTS, clockss.build, clockss.check, unfit=clockss.unfit),
        Package("zenodo", ".zenodo.zip", "Zenodo and other InvenioRDM: the record and its files",
                zenodo.FORMATS, zenodo.FACTS, zenodo.build, zenodo.check),
    )
}
# fmt: on
