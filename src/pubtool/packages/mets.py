"""SWORD's METSDSpaceSIP: the files with a manifest in METS and the description in MODS.

Sources: METS 1.12, order and attributes of its elements; "DSpace METS SIP Profile 1.0", as
DSpace's ingester holds to it: PROFILE, FLocat with LOCTYPE="URL", the item's description and its
primary file in the first div.
"""

from __future__ import annotations

from lxml import etree

from pubtool.diagnostics import Diagnostic
from pubtool.packages.access import access
from pubtool.packages.archive import md5, opened, tree, wrong
from pubtool.packages.package import Delivery, Files, Need
from pubtool.source import fragment

METS = "http://www.loc.gov/METS/"
MODS = "http://www.loc.gov/mods/v3"
XLINK = "http://www.w3.org/1999/xlink"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
PROFILE = "DSpace METS SIP Profile 1.0"
MANIFEST = "mets.xml"
FORMATS = ("pdf", "epub", "jats")
FACTS = (
    Need("title", "DSpace lists the item by it", must=True),
    Need("date", "DSpace sorts and cites the item by its date of issue"),
    Need("authors or anonymous", "DSpace's index of authors"),
    Need("abstracts", "people decide by it whether to open the file"),
    Need("licence", "readers see what they may do with the files"),
    Need("access", "without it the package says that the files are closed"),
)
_HREF = f"{{{XLINK}}}href"


def build(delivery: Delivery) -> Files:
    """The manifest, then the artifacts it names."""
    return {MANIFEST: _manifest(delivery), **delivery.files(FORMATS)}


def _manifest(delivery: Delivery) -> bytes:
    record = delivery.edition.chapter.record
    root = etree.Element(f"{{{METS}}}mets", nsmap={None: METS, "xlink": XLINK, "xsi": XSI})
    root.set(f"{{{XSI}}}schemaLocation", f"{METS} http://www.loc.gov/standards/mets/mets.xsd")
    root.set("ID", "sip")
    if record.doi:
        root.set("OBJID", f"doi:{record.doi}")
    root.set("LABEL", record.full_title)
    root.set("TYPE", "DSpace ITEM")
    root.set("PROFILE", PROFILE)
    agent = _add(_add(root, "metsHdr"), "agent", ROLE="CREATOR", TYPE="OTHER", OTHERTYPE="SOFTWARE")
    _add(agent, "name").text = "pubtool"
    _description(root, delivery)
    _files(root, delivery)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _add(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{METS}}}{name}", attributes)


def _description(root: etree._Element, delivery: Delivery) -> None:
    """The MODS of the chapter, and in it who may read the files."""
    mods = fragment(delivery.artifacts["mods"].data)
    allowed = etree.Element(f"{{{MODS}}}accessCondition", type="restriction on access")
    allowed.text = access(delivery.edition).sentence
    mods.append(allowed)
    wrap = _add(_add(root, "dmdSec", ID="dmd"), "mdWrap", MDTYPE="MODS", MIMETYPE="text/xml")
    _add(wrap, "xmlData").append(mods)


def _files(root: etree._Element, delivery: Delivery) -> None:
    """The files in one group, and the item that points at them, the PDF first."""
    group = _add(_add(root, "fileSec"), "fileGrp", USE="CONTENT")
    division = _add(_add(root, "structMap", TYPE="LOGICAL", LABEL="DSpace Object"), "div",
                    ID="item", DMDID="dmd", TYPE="DSpace Object Contents")  # fmt: skip
    for number, format_ in enumerate(name for name in FORMATS if name in delivery.artifacts):
        artifact = delivery.artifacts[format_]
        size, digest = str(len(artifact.data)), md5(artifact.data)
        one = _add(group, "file", ID=f"file-{format_}", MIMETYPE=artifact.media_type, SIZE=size,
                   CHECKSUM=digest, CHECKSUMTYPE="MD5")  # fmt: skip
        place = _add(one, "FLocat", LOCTYPE="URL")
        place.set(f"{{{XLINK}}}type", "simple")
        place.set(_HREF, delivery.file(format_))
        if not number:
            _add(division, "fptr", FILEID=one.get("ID", ""))
        bitstream = _add(division, "div", ID=f"div-{format_}", TYPE="DSpace BITSTREAM")
        _add(bitstream, "fptr", FILEID=one.get("ID", ""))


_ORDER = ("metsHdr", "dmdSec", "amdSec", "fileSec", "structMap", "structLink", "behaviorSec")
_REQUIRED = ("dmdSec", "fileSec", "structMap")


def check(data: bytes, name: str) -> list[Diagnostic]:
    """A manifest of METS's structure and DSpace's profile, true of each file (PT824)."""
    files, said = opened(data)
    if files and MANIFEST not in files:
        said.append(f"there is no {MANIFEST}")
    elif files:
        root = tree(files[MANIFEST], MANIFEST)
        said += [root] if isinstance(root, str) else _manifest_faults(root, files)
    return wrong(name, said)


def _manifest_faults(root: etree._Element, files: Files) -> list[str]:
    if root.tag != f"{{{METS}}}mets":
        return [f"{MANIFEST} is no METS"]
    return [
        *_structure_faults(root),
        *_id_faults(root),
        *_description_faults(root),
        *_file_faults(root, files),
    ]


def _structure_faults(root: etree._Element) -> list[str]:
    said = []
    if not root.get("PROFILE", "").startswith("DSpace METS SIP Profile"):
        said.append("its PROFILE is not that of DSpace")
    names = [etree.QName(one).localname for one in root]
    said += [f"METS has no <{one}> here" for one in names if one not in _ORDER]
    said += [f"there is no <{one}>" for one in _REQUIRED if one not in names]
    places = [_ORDER.index(one) for one in names if one in _ORDER]
    if places != sorted(places):
        said.append("its sections are not in METS's order")
    return said


def _id_faults(root: etree._Element) -> list[str]:
    """Every id once, every reference to an id of the right kind."""
    ids = [one for one in root.xpath("//@ID") if isinstance(one, str)]
    files, sections = _ids(root, "file"), _ids(root, "dmdSec")
    return [
        *(f"the ID “{one}” is there twice" for one in sorted({i for i in ids if ids.count(i) > 1})),
        *(
            f"FILEID “{one.get('FILEID')}” leads nowhere"
            for one in root.iter(f"{{{METS}}}fptr")
            if one.get("FILEID") not in files
        ),
        *(
            f"DMDID “{one.get('DMDID')}” leads nowhere"
            for one in root.iter(f"{{{METS}}}div")
            if one.get("DMDID", next(iter(sections), "")) not in sections
        ),
    ]


def _ids(root: etree._Element, name: str) -> list[str]:
    return [one.get("ID", "") for one in root.iter(f"{{{METS}}}{name}")]


def _description_faults(root: etree._Element) -> list[str]:
    said = []
    if root.find(f"{{{METS}}}structMap/{{{METS}}}div[@DMDID]") is None:
        said.append("the item has no description (DMDID of the first div)")
    if root.find(f"{{{METS}}}structMap/{{{METS}}}div/{{{METS}}}fptr") is None:
        said.append("the item has no primary file (fptr of the first div)")
    title = root.find(f".//{{{METS}}}xmlData/{{{MODS}}}mods/{{{MODS}}}titleInfo/{{{MODS}}}title")
    if title is None or not (title.text or "").strip():
        said.append("its MODS has no title")
    return said


def _file_faults(root: etree._Element, files: Files) -> list[str]:
    said, named = [], set()
    if any(not one.get("USE") for one in root.iter(f"{{{METS}}}fileGrp")):
        said.append("a fileGrp has no USE")
    for one in root.iter(f"{{{METS}}}file"):
        place = one.find(f"{{{METS}}}FLocat")
        href = place.get(_HREF, "") if place is not None else ""
        named.add(href)
        if place is None or place.get("LOCTYPE") != "URL":
            said.append(f"file “{one.get('ID')}” has no FLocat with LOCTYPE URL")
        elif href not in files:
            said.append(f"“{href}” is in {MANIFEST} but not in the package")
        elif one.get("CHECKSUMTYPE") != "MD5" or one.get("CHECKSUM") != md5(files[href]):
            said.append(f"“{href}” has another checksum")
        elif one.get("SIZE") != str(len(files[href])):
            said.append(f"“{href}” has another size")
    said += [f"“{n}” is not in {MANIFEST}" for n in files if n not in named | {MANIFEST}]
    return said
