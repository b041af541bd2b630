"""Articles of several languages into storylines: each groups by itself, names alone lead from one
to another.
"""

from __future__ import annotations

import itertools

import pytest

from briefing.model import Article
from briefing.storylines import group_articles
from briefing.storylines.jsonl import parse_article

# Two reports of one strike and one of a flood in each language, which tell the same; their first
# line is the headline.
NEWS = {
    "de": """
Hafenarbeiter in Halden legen die Arbeit nieder
Die Hafenarbeiter in Halden haben am Dienstag im Streit um höhere Löhne die Arbeit niedergelegt. Marit Osei,
die Vorsitzende der Gewerkschaft, kündigte an, der Streik dauere bis zu einem Angebot. Der Hafen schätzt den
Schaden auf 18 Millionen Kronen am Tag.

Streik im Hafen von Halden kostet Millionen
Im Hafen von Halden stehen die Kräne still, weil die Hafenarbeiter höhere Löhne verlangen. Die Gewerkschaft
unter Marit Osei will den Streik fortsetzen, bis ein Angebot vorliegt. Jeder Tag koste 18 Millionen Kronen.

Hochwasser der Orla erreicht Tessin
Nach zwei Tagen Regen ist der Fluss Orla in Tessin auf 7,4 Meter gestiegen. Rettungskräfte brachten 1150
Menschen aus der Unterstadt in Sicherheit, sagte Bürgermeisterin Roswitha Kjeld.
""",
    "fr": """
Les dockers de Halden cessent le travail
Les dockers du port de Halden ont cessé le travail mardi pour obtenir de meilleurs salaires. Marit Osei,
présidente du syndicat, a annoncé que la grève durerait jusqu'à une offre. Le port évalue la perte à 18
millions de couronnes par jour.

La grève du port de Halden coûte des millions
Au port de Halden, les grues sont immobiles parce que les dockers réclament de meilleurs salaires. Le syndicat
de Marit Osei poursuivra la grève jusqu'à une offre. Chaque jour coûterait 18 millions de couronnes.

La crue de l'Orla atteint Tessin
Après deux jours de pluie, la rivière Orla a atteint 7,4 mètres à Tessin. Les secours ont évacué 1150
habitants de la ville basse, a déclaré la maire Roswitha Kjeld.
""",
    "es": """
Los estibadores de Halden abandonan el trabajo
Los estibadores del puerto de Halden abandonaron el trabajo el martes para exigir mejores salarios. Marit
Osei, presidenta del sindicato, anunció que la huelga durará hasta que haya una oferta. El puerto calcula
pérdidas de 18 millones de coronas diarias.

La huelga del puerto de Halden cuesta millones
En el puerto de Halden las grúas están paradas porque los estibadores exigen mejores salarios. El sindicato de
Marit Osei mantendrá la huelga hasta que haya una oferta. Cada jornada cuesta 18 millones de coronas.

La crecida del Orla llega a Tessin
Tras dos jornadas de lluvia, el río Orla alcanzó 7,4 metros en Tessin. Los equipos de rescate evacuaron a 1150
vecinos de la ciudad baja, dijo la alcaldesa Roswitha Kjeld.
""",
    "uk": """
Докери Галдена припинили роботу
Докери порту Галден припинили роботу у вівторок, вимагаючи вищої зарплати. Голова профспілки Маріт Осей
заявила, що страйк триватиме до нової пропозиції. Порт оцінює збитки у 18 мільйонів крон щодня.

Страйк у порту Галден коштує мільйони
У порту Галден стоять крани, бо докери вимагають вищої зарплати. Профспілка Маріт Осей продовжить страйк до
нової пропозиції. Кожен день коштує 18 мільйонів крон.

Повінь на Орлі дійшла до Тессіна
Після дводенного дощу річка Орла піднялася в Тессіні до 7,4 метра. Рятувальники вивезли 1150 людей із нижнього
міста, повідомила мер Росвіта К'єльд.
""",
}
AFFAIRS = ("strike", "strike", "flood")
LATIN = ("de", "fr", "es")


def articles(languages: tuple[str, ...], day: str | None = "2026-03-03") -> list[Article]:
    return [
        parse_article(record(f"{language}-{number}", told, language, day))
        for language in languages
        for number, told in enumerate(NEWS[language].strip().split("\n\n"))
    ]


def record(name: str, told: str, language: str, day: str | None) -> dict[str, str | None]:
    title, _, text = told.partition("\n")
    return {"id": name, "title": title, "text": text, "date": day, "language": language}


def partition(found: list[Article]) -> set[frozenset[str]]:
    return {frozenset(one.id for one in storyline.articles) for storyline in group_articles(found)}


@pytest.mark.parametrize("day", ["2026-03-03", None], ids=["dated", "undated"])
@pytest.mark.parametrize("language", NEWS)
def test_reports_of_one_affair_are_together_in_their_own_language(
    language: str, day: str | None
) -> None:
    assert partition(articles((language,), day)) == {
        frozenset({f"{language}-0", f"{language}-1"}),
        frozenset({f"{language}-2"}),
    }


@pytest.mark.parametrize("languages", [LATIN, tuple(NEWS)], ids="-".join)
def test_no_storyline_of_several_languages_holds_two_affairs(languages: tuple[str, ...]) -> None:
    for part in partition(articles(languages)):
        assert len({AFFAIRS[int(one[-1])] for one in part}) == 1, part


def test_what_a_language_told_stays_together_among_others() -> None:
    parts = partition(articles(tuple(NEWS)))

    for language in NEWS:
        assert any({f"{language}-0", f"{language}-1"} <= part for part in parts)


def test_another_script_shares_no_names_and_stays_apart() -> None:
    parts = partition(articles(("es", "uk")))

    for one, other in itertools.product(articles(("es",)), articles(("uk",))):
        assert not any({one.id, other.id} <= part for part in parts)


def test_other_names_keep_languages_apart() -> None:
    told = (
        NEWS["fr"]
        .replace("Halden", "Rudo")
        .replace("Marit Osei", "Piet Olander")
        .strip()
        .split("\n\n")
    )
    other = [
        parse_article(record(f"fr-{n}", one, "fr", "2026-03-03")) for n, one in enumerate(told[:2])
    ]

    parts = partition([*articles(("de",))[:2], *other])

    assert parts == {frozenset({"de-0", "de-1"}), frozenset({"fr-0", "fr-1"})}
