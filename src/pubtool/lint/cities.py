"""Cities that publish: such a name where a publisher should stand is a place. Folded spellings."""

from __future__ import annotations

_OF_ONE_WORD = (
    "istanbul ankara izmir konya bursa baku ganja tbilisi yerevan moscow kyiv kiev minsk "
    "almaty astana tashkent samarkand bishkek ashgabat dushanbe tehran tabriz baghdad "
    "damascus beirut cairo jerusalem london oxford cambridge edinburgh manchester boston "
    "chicago philadelphia princeton berkeley washington toronto montreal paris lyon brussels "
    "leiden amsterdam berlin leipzig munich munchen frankfurt hamburg wiesbaden stuttgart "
    "gottingen tubingen vienna wien zurich geneva basel rome roma milan milano turin florence "
    "venice madrid barcelona lisbon athens sofia bucharest belgrade budapest prague warsaw "
    "krakow vilnius riga tallinn helsinki stockholm uppsala oslo copenhagen dublin delhi "
    "mumbai beijing shanghai tokyo seoul singapore sydney melbourne"
)
_OF_SEVERAL = frozenset(
    {
        "saint petersburg",
        "st petersburg",
        "tel aviv",
        "new york",
        "new haven",
        "los angeles",
        "washington dc",
        "washington d c",
        "the hague",
        "new delhi",
    }
)

CITIES = _OF_SEVERAL | frozenset(_OF_ONE_WORD.split())
