"""The words by which a manuscript announces its parts, a table a language.

Case, diacritics and punctuation do not matter: they are compared with `text.fold`.
"""

from __future__ import annotations

# What a line of its own announces: kind → language → the words.
SIGNS: dict[str, dict[str, tuple[str, ...]]] = {
    "abstract": {
        "en": ("Abstract", "Summary", "Executive summary"),
        "tr": ("Öz", "Özet", "Genişletilmiş özet"),
        "az": ("Xülasə", "Annotasiya", "Referat"),
        "de": ("Zusammenfassung", "Kurzfassung"),
        "fr": ("Résumé",),
        "es": ("Resumen",),
        "pt": ("Resumo",),
        "it": ("Riassunto", "Sommario"),
        "ru": ("Аннотация", "Резюме", "Реферат"),
    },
    "keywords": {
        "en": ("Keywords", "Key words", "Index terms"),
        "tr": ("Anahtar kelimeler", "Anahtar sözcükler"),
        "az": ("Açar sözlər",),
        "de": ("Schlüsselwörter", "Schlagwörter", "Stichwörter"),
        "fr": ("Mots-clés", "Mots clés"),
        "es": ("Palabras clave",),
        "pt": ("Palavras-chave", "Palavras chave"),
        "it": ("Parole chiave",),
        "ru": ("Ключевые слова",),
    },
    "introduction": {
        "en": ("Introduction",),
        "tr": ("Giriş",),
        "az": ("Giriş",),
        "de": ("Einleitung", "Einführung"),
        "fr": ("Introduction",),
        "es": ("Introducción",),
        "pt": ("Introdução",),
        "it": ("Introduzione",),
        "ru": ("Введение",),
    },
    "methods": {
        "en": ("Methods", "Method", "Methodology", "Materials and methods"),
        "tr": ("Yöntem", "Gereç ve yöntem"),
        "az": ("Metodlar", "Tədqiqat metodları"),
        "de": ("Methoden", "Methodik"),
        "fr": ("Méthodes", "Méthodologie"),
        "es": ("Métodos", "Metodología"),
        "pt": ("Métodos", "Metodologia"),
        "it": ("Metodi", "Metodologia"),
        "ru": ("Методы", "Методология"),
    },
    "results": {
        "en": ("Results", "Findings"),
        "tr": ("Bulgular",),
        "az": ("Nəticələr",),
        "de": ("Ergebnisse",),
        "fr": ("Résultats",),
        "es": ("Resultados",),
        "pt": ("Resultados",),
        "it": ("Risultati",),
        "ru": ("Результаты",),
    },
    "discussion": {
        "en": ("Discussion",),
        "tr": ("Tartışma",),
        "az": ("Müzakirə",),
        "de": ("Diskussion",),
        "fr": ("Discussion",),
        "es": ("Discusión",),
        "pt": ("Discussão",),
        "it": ("Discussione",),
        "ru": ("Обсуждение",),
    },
    "conclusion": {
        "en": ("Conclusion", "Conclusions", "Concluding remarks", "Summary and conclusions"),
        "tr": ("Sonuç", "Sonuç ve öneriler"),
        "az": ("Nəticə",),
        "de": ("Schluss", "Fazit", "Schlussfolgerung", "Schlussbemerkung"),
        "fr": ("Conclusion", "Conclusions"),
        "es": ("Conclusión", "Conclusiones"),
        "pt": ("Conclusão", "Conclusões", "Considerações finais"),
        "it": ("Conclusione", "Conclusioni"),
        "ru": ("Заключение", "Выводы"),
    },
    "references": {
        "en": ("References", "Bibliography", "Works cited", "Literature", "Literature cited"),
        "tr": ("Kaynakça", "Kaynaklar", "Bibliyografya"),
        "az": ("Ədəbiyyat", "Ədəbiyyat siyahısı", "İstifadə edilmiş ədəbiyyat", "İstinadlar"),
        "de": ("Literatur", "Literaturverzeichnis", "Quellen", "Bibliographie"),
        "fr": ("Références", "Bibliographie", "Références bibliographiques"),
        "es": ("Referencias", "Bibliografía", "Referencias bibliográficas"),
        "pt": ("Referências", "Bibliografia", "Referências bibliográficas"),
        "it": ("Riferimenti bibliografici", "Bibliografia"),
        "ru": ("Литература", "Список литературы", "Библиография", "Источники"),
    },
    "about": {
        "en": ("About the author", "About the authors", "Author biography", "Author biographies"),
        "tr": ("Yazar hakkında", "Yazarlar hakkında", "Yazarın özgeçmişi"),
        "az": ("Müəllif haqqında", "Müəlliflər haqqında"),
        "de": ("Über die Autorin", "Über den Autor", "Über die Autoren", "Zur Person"),
        "fr": ("À propos de l’auteur", "À propos des auteurs", "Notice biographique"),
        "es": ("Sobre el autor", "Sobre la autora", "Sobre los autores"),
        "pt": ("Sobre o autor", "Sobre a autora", "Sobre os autores"),
        "it": ("L’autore", "Gli autori", "Nota biografica"),
        "ru": ("Об авторе", "Об авторах", "Сведения об авторе", "Сведения об авторах"),
    },
    "ack": {
        "en": ("Acknowledgements", "Acknowledgments", "Acknowledgement", "Acknowledgment"),
        "tr": ("Teşekkür",),
        "az": ("Təşəkkür", "Minnətdarlıq"),
        "de": ("Danksagung", "Dank"),
        "fr": ("Remerciements",),
        "es": ("Agradecimientos",),
        "pt": ("Agradecimentos",),
        "it": ("Ringraziamenti",),
        "ru": ("Благодарности", "Благодарность"),
    },
    "conflict": {
        "en": ("Conflict of interest", "Conflicts of interest", "Declaration of interest"),
        "tr": ("Çıkar çatışması", "Çıkar çatışması beyanı"),
        "az": ("Maraqların toqquşması",),
        "de": ("Interessenkonflikt", "Interessenkonflikte"),
        "fr": ("Conflit d’intérêts",),
        "es": ("Conflicto de intereses",),
        "pt": ("Conflito de interesses",),
        "it": ("Conflitto di interessi",),
        "ru": ("Конфликт интересов",),
    },
    "data": {
        "en": ("Data availability", "Data availability statement"),
        "tr": ("Veri erişilebilirliği",),
        "de": ("Datenverfügbarkeit",),
        "fr": ("Disponibilité des données",),
        "es": ("Disponibilidad de datos",),
        "pt": ("Disponibilidade de dados",),
        "az": ("Məlumatların əlçatanlığı",),
        "it": ("Disponibilità dei dati",),
        "ru": ("Доступность данных",),
    },
    "ethics": {
        "en": ("Ethics", "Ethics statement", "Ethical approval"),
        "tr": ("Etik beyan", "Etik kurul onayı"),
        "az": ("Etik bəyanat",),
        "de": ("Ethikerklärung",),
        "fr": ("Déclaration éthique",),
        "es": ("Declaración ética",),
        "pt": ("Declaração ética",),
        "it": ("Dichiarazione etica",),
        "ru": ("Этическое заявление",),
    },
    "funding": {
        "en": ("Funding", "Funding statement"),
        "tr": ("Finansal destek", "Destek"),
        "az": ("Maliyyələşdirmə",),
        "de": ("Förderung", "Finanzierung"),
        "fr": ("Financement",),
        "es": ("Financiación",),
        "pt": ("Financiamento",),
        "it": ("Finanziamento",),
        "ru": ("Финансирование",),
    },
    "citation": {
        "en": (
            "Cite as",
            "Cite this chapter",
            "Cite this chapter as",
            "Citation",
            "Citation List",
            "How to cite",
            "How to cite this chapter",
            "Suggested citation",
            "To cite this chapter",
        ),
        "tr": ("Atıf", "Atıf için", "Kaynak gösterme", "Bu bölüme atıf"),
        "az": ("İstinad", "İstinad üçün", "Sitat gətirmək üçün"),
        "de": ("Zitierweise", "Zitiervorschlag", "Empfohlene Zitierweise"),
        "fr": ("Pour citer", "Pour citer ce chapitre"),
        "es": ("Cómo citar", "Cómo citar este capítulo"),
        "pt": ("Como citar", "Como citar este capítulo"),
        "it": ("Come citare", "Per citare"),
        "ru": ("Для цитирования", "Для цитирования главы"),
    },
}

# Signs after which the text may go on in the same line: "Keywords: memory, archives".
RUN_IN = frozenset(
    {"abstract", "keywords", "citation", "ack", "conflict", "data", "ethics", "funding"}
)
# Signs that head a section of the text itself; the words stay in the chapter, as its title.
SECTIONS = frozenset({"introduction", "methods", "results", "discussion", "conclusion"})

CHAPTER = ("chapter", "bölüm", "fəsil", "kapitel", "chapitre", "capítulo", "capitolo", "глава")
APPENDIX = ("appendix", "annex", "ek", "əlavə", "anhang", "annexe", "anexo", "apéndice", "apêndice",
            "appendice", "приложение")  # fmt: skip

# Labels of figures and tables before their number: "Figure 3", "Tab. 2".
FIGURE = ("figure", "fig", "şekil", "resim", "görsel", "şəkil", "abbildung", "abb", "figura",
          "рисунок", "рис", "illustration", "ilustración", "map", "plate", "photo", "image",
          "grafik",
          "chart", "harita", "foto", "fotoğraf")  # fmt: skip
TABLE = ("table", "tab", "tablo", "çizelge", "cədvəl", "tabelle", "tableau", "tabla", "cuadro",
         "tabela", "quadro", "tabella", "таблица", "табл")  # fmt: skip

AND = ("and", "ve", "və", "und", "et", "y", "e", "и")

ACADEMIC_TITLES = (
    "prof", "professor", "assoc", "assist", "asst", "dr", "doç", "dos", "öğr", "üyesi", "arş",
    "gör", "phd", "mag", "проф", "доц", "д-р",
)  # fmt: skip
NAME_SUFFIXES = ("jr", "sr", "ii", "iii", "iv")
PARTICLES = (
    "af", "al", "bin", "bint", "da", "dal", "das", "de", "dei", "del", "della", "den", "der", "di",
    "do", "dos", "du", "el", "ibn", "la", "le", "oğlu", "qızı", "ter", "van", "von", "zu", "фон",
)  # fmt: skip

# Words that tell an institution, and those that tell a part of one; compared from their start.
INSTITUTIONS = (
    "university", "universit", "üniversite", "academy", "akademi", "académie", "accademia",
    "academia", "college", "hochschule", "école", "foundation", "vakfı", "stiftung", "ministry",
    "bakanlığı", "nazirliyi", "museum", "müze", "muzey", "museo", "musée", "library", "kütüphane",
    "council", "centre national", "университет", "академия", "музей",
)  # fmt: skip
DEPARTMENTS = (
    "department", "faculty", "institute", "school", "centre", "center", "division", "chair",
    "laboratory", "bölümü", "fakülte", "enstitü", "merkezi", "anabilim", "kafedra", "institut",
    "fakültə", "mərkəzi", "şöbəsi", "fakultät", "lehrstuhl", "abteilung", "faculté", "département",
    "facultad", "departamento", "instituto", "faculdade", "dipartimento", "facoltà", "istituto",
    "институт", "факультет", "кафедра", "центр",
)  # fmt: skip

# Labels before an ORCID iD, an e-mail address or an affiliation; the last row marks who answers.
CONTACT_LABELS = (
    "orcid", "orcid id", "orcid no", "e mail", "email", "mail", "e posta", "eposta", "e pocta",
    "electronic mail", "courriel", "correo", "correo electronico", "contact", "iletisim",
    "affiliation", "kurum", "elaqa",
)  # fmt: skip
CORRESPONDING = (
    "corresponding author", "correspondence", "sorumlu yazar", "korrespondenzautor",
    "auteur correspondant", "autor correspondente", "autor de correspondencia",
)  # fmt: skip

# A citation line in the manner of APA: "In A. Name (Eds.), *Book* (pp. 1-9). Publisher."
IN_BOOK = ("In", "Dans", "En", "Em", "In:", "В", "В кн.:")
EDITORS = (
    "Ed.", "Eds.", "Ed", "Eds", "Hrsg.", "Hg.", "dir.", "dirs.", "Org.", "Orgs.", "coord.",
    "coords.", "a cura di", "red.", "ред.", "Edt.", "Haz.",
)  # fmt: skip
PAGES = ("pp.", "p.", "ss.", "s.", "S.", "pág.", "págs.", "с.", "səh.", "str.", "pp", "p", "ss")
BOOK_SUFFIXES = ("içinde",)
