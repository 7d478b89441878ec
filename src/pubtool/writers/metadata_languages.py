"""Languages as catalogues and bookshops write them: ISO 639-2, the bibliographic codes.

Source: the Library of Congress, "Codes for the Representation of Names of Languages".
"""

from __future__ import annotations

CODES: dict[str, str] = dict(
    pair.split("=")
    for pair in """
    ar=ara az=aze be=bel bg=bul bn=ben bs=bos ca=cat cs=cze cy=wel da=dan de=ger el=gre en=eng
    es=spa et=est eu=baq fa=per fi=fin fr=fre ga=gle gl=glg he=heb hi=hin hr=hrv hu=hun hy=arm
    id=ind is=ice it=ita ja=jpn ka=geo kk=kaz ko=kor ku=kur ky=kir la=lat lt=lit lv=lav mk=mac
    ms=may nb=nob nl=dut nn=nno no=nor pl=pol pt=por ro=rum ru=rus sk=slo sl=slv sq=alb sr=srp
    sv=swe tg=tgk th=tha tk=tuk tr=tur tt=tat ug=uig uk=ukr ur=urd uz=uzb vi=vie zh=chi ckb=kur
    """.split()
)


def marc(tag: str) -> str:
    """The three letters for a language tag; "und" where there are none in the table."""
    main = tag.lower().split("-")[0]
    return CODES.get(main) or (main if len(main) == 3 else "und")
