from pathlib import Path

HOUSE = """<schema xmlns="http://purl.oclc.org/dsdl/schematron">
  <ns prefix="c" uri="urn:pubtool:chapter:1"/>
  <pattern>
    <rule context="c:title">
      <assert test="string-length(.) &lt; 80">A title has fewer than 80 characters.</assert>
    </rule>
  </pattern>
</schema>"""
LINE = 4
SAYS = "fewer than 80"


def setup(folder: Path) -> None:
    (folder / "schema").mkdir()
    (folder / "schema" / "house.sch").write_text(HOUSE)
    with (folder / "pubtool.toml").open("a") as file:
        file.write('[house]\nschematron = "house.sch"\n')


def spoil(folder: Path) -> None:
    path = folder / "chapter.xml"
    path.write_text(path.read_text().replace("without a fault", "without a fault " * 8))
