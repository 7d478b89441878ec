"""The commonest small words of each language, by which a text tells what language it is in."""

from __future__ import annotations

FUNCTION_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and to in is was that for it with as his on be at by this had not are but "
        "from or have an they which were their has its been who these into between also",
        "tr": "ve bir bu için ile olarak olan de da çok daha ne ki gibi ise sonra kadar ancak "
        "göre her en hem veya değil tarafından üzerine bu'nun şu o",
        "az": "və bir bu üçün ilə olan da də daha ki kimi isə sonra qədər ancaq görə hər ən həm "
        "və ya deyil tərəfindən onun edir olunur edilmişdir bütün çox",
        "de": "der die das und ist in den von zu mit sich des auf für nicht als auch es an werden "
        "aus er hat dass sie nach wird bei einer um am sind noch wie einem über ein eine im dem",
        "fr": "le la les de des et est un une du dans que qui pour par sur au pas plus ne se ce "
        "il elle avec sont ses comme ou cette aux été mais son à d'une",
        "es": "el la los las de del y que en un una es por con para no se su al lo como más pero "
        "sus le ya o este sí porque esta entre cuando fue son",
        "pt": "o a os as de do da dos das e que em um uma é por com para não se no na ao mais mas "
        "como ou seu sua foi são pela pelo entre também à",
        "it": "il lo la gli le di del della dei delle e che in un una è per con non si al da come "
        "più ma anche nel nella sono ha alla o dal questo tra degli",
        "ru": "и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по "
        "только её мне было вот от меня ещё из для это при или был были",
    }.items()
}
