from pathlib import Path

COMMAND = ["export", "chapter.xml", "--format", "mods"]
SAYS = "Əliyeva"
SHEET = """<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="http://www.loc.gov/mods/v3">
  <xsl:template match="@*|node()">
    <xsl:copy><xsl:apply-templates select="@*|node()"/></xsl:copy>
  </xsl:template>
  RULE
</xsl:stylesheet>"""
RULE = """<xsl:template match="m:name"/>"""


def setup(folder: Path) -> None:
    (folder / "house.xsl").write_text(SHEET.replace("RULE", ""))
    with (folder / "pubtool.toml").open("a") as file:
        file.write('[format.mods]\nafter = "house.xsl"\n')


def spoil(folder: Path) -> None:
    (folder / "house.xsl").write_text(SHEET.replace("RULE", RULE))
