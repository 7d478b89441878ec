from pathlib import Path

COMMAND = ["export", "chapter.xml", "--format", "jats"]
SAYS = "JR19: “0000-0002-1825-0097” is not an ORCID iD as https://orcid.org/…"
SHEET = """<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:template match="@*|node()">
    <xsl:copy><xsl:apply-templates select="@*|node()"/></xsl:copy>
  </xsl:template>
  RULE
</xsl:stylesheet>"""
RULE = """<xsl:template match="contrib-id/text()">
    <xsl:value-of select="substring-after(., 'orcid.org/')"/>
  </xsl:template>"""


def setup(folder: Path) -> None:
    (folder / "house.xsl").write_text(SHEET.replace("RULE", ""))
    with (folder / "pubtool.toml").open("a") as file:
        file.write('[format.jats]\nafter = "house.xsl"\n')


def spoil(folder: Path) -> None:
    (folder / "house.xsl").write_text(SHEET.replace("RULE", RULE))
