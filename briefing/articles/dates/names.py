"""Names of months, weekdays and time zones in, numbers out: plain tables for `dates`."""

from __future__ import annotations

from briefing.syndication import date_words

# English, German, French, Spanish, Italian, Dutch, Portuguese; full names and the usual short
# forms.
_NAMES = (
    "january jan januar janvier janv enero ene gennaio januari janeiro jänner jän",
    "february feb februar février févr fevr fév febrero febbraio februari fevereiro feber",
    "march mar märz mär mars marzo maart março mrz",
    "april apr avril avr abril abr aprile",
    "may mai mayo maggio mei maio",
    "june jun juni juin junio giugno junho",
    "july jul juli juillet juil julio luglio julho",
    "august aug août agosto augustus",
    "september sept sep septembre septiembre settembre setembro",
    "october oct oktober okt octobre octubre ottobre outubro",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro",
)
MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
WEEKDAYS = (
    "mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
    "|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag"
    "|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
)
ZONES = date_words.ZONES
DAY_FIRST = frozenset(  # countries that write the day before the month; "us" does the reverse
    "uk ie au nz in za de at ch fr es it nl be pt pl se no dk fi eu ng ke gh sg my pk".split()  # noqa: SIM905  reads as a list of words
)
MONTH_FIRST = frozenset(["us"])
