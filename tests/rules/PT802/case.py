from pathlib import Path


def setup(folder: Path) -> None:
    (folder / "schema").mkdir()
    good = Path(__file__).parent.parent / "PT108" / "case.py"
    house = good.read_text().split('"""')[1]
    (folder / "schema" / "house.sch").write_text(house)
    with (folder / "pubtool.toml").open("a") as file:
        file.write('[house]\nschematron = "house.sch"\n')


def spoil(folder: Path) -> None:
    (folder / "schema" / "house.sch").write_text("<schema/>")
