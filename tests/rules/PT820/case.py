from pathlib import Path

COMMAND = ["package", "chapter.xml", "--for", "crossref"]
SAYS = "needs crossref, which has not passed its check"
SHEET = """<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:template match="@*|node()">
    <xsl:copy><xsl:apply-templates select="@*|node()"/></xsl:copy>
  </xsl:template>
  RULE
</xsl:stylesheet>"""
RULE = """<xsl:template match="*[local-name()='publisher_name']"/>"""


def setup(folder: Path) -> None:
    (folder / "house.xsl").write_text(SHEET.replace("RULE", ""))
    with (folder / "pubtool.toml").open("a") as file:
        file.write('[crossref]\nemail = "a@example.org"\n')
        file.write('[format.crossref]\nafter = "house.xsl"\n')


def spoil(folder: Path) -> None:
    (folder / "house.xsl").write_text(SHEET.replace("RULE", RULE))
