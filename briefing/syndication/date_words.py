"""Name the months, halves of the day and time zones as feeds of many languages write them."""

from __future__ import annotations

# English and German, the Romance languages, the Nordic ones, the Slavic ones, then others; full
# names, the cases in which dates have them, and short forms. The Croatian ones are left out: its
# "listopad" is October, and November in Polish and Czech.
_MONTHS = (
    """january jan januar jänner jän janvier janv enero ene gennaio gen janeiro januari
    tammikuu tammikuuta tammi январь января янв stycznia styczeń sty січня ledna leden led
    januára ocak oca ιανουαρίου ιαν ianuarie ian январи január يناير ינואר जनवरी""",
    """february feb februar feber février févr fevr fév febrero febbraio fevereiro fev februari
    helmikuu helmikuuta helmi февраль февраля фев lutego luty lut лютого února únor úno
    februára şubat şub φεβρουαρίου φεβ februarie февруари február فبراير פברואר फरवरी""",
    """march mar märz mrz mär mars marzo março maart mrt marts maaliskuu maaliskuuta maalis
    март марта мар marca marzec березня března březen bře mart μαρτίου μαρ martie március
    márc مارس מרץ मार्च""",
    """april apr avril avr abril abr aprile huhtikuu huhtikuuta huhti апрель апреля апр
    kwietnia kwiecień kwi квітня dubna duben dub apríla nisan nis απριλίου απρ aprilie април
    április ápr أبريل אפריל अप्रैल""",
    """may mai mayo maggio mag maio mei maj toukokuu toukokuuta touko май мая maja травня
    května květen kvě mája mayıs μαΐου μαϊ μάιος май május máj مايو מאי मई""",
    """june jun juni juin junio giugno giu junho kesäkuu kesäkuuta kesä июнь июня июн czerwca
    czerwiec cze червня června červen haziran haz ιουνίου ιουν iunie юни június jún يونيو
    יוני जून""",
    """july jul juli juillet juil julio luglio lug julho heinäkuu heinäkuuta heinä июль июля
    июл lipca lipiec lip липня července červenec temmuz tem ιουλίου ιουλ iulie юли július
    júl يوليو יולי जुलाई""",
    """august aug août aou agosto ago augustus augusti elokuu elokuuta elo август августа авг
    sierpnia sierpień sie серпня srpna srpen srp ağustos ağu αυγούστου αυγ augusztus أغسطس
    אוגוסט अगस्त""",
    """september sept sep septembre septiembre settembre setembro set syyskuu syyskuuta syys
    сентябрь сентября сен сент września wrzesień wrz вересня září zář eylül eyl σεπτεμβρίου
    σεπ septembrie септември szeptember szept سبتمبر ספטמבר सितंबर""",
    """october oct oktober okt octobre octubre ottobre ott outubro out lokakuu lokakuuta loka
    октябрь октября окт października październik paź жовтня října říjen říj ekim eki
    οκτωβρίου οκτ octombrie октомври október أكتوبر אוקטובר अक्टूबर""",
    """november nov novembre noviembre novembro marraskuu marraskuuta marras ноябрь ноября ноя
    listopada листопада listopadu kasım kas νοεμβρίου νοε noiembrie ноември نوفمبر נובמבר
    नवंबर""",
    """december dec dezember dez décembre déc diciembre dic dicembre dezembro desember des
    joulukuu joulukuuta joulu декабрь декабря дек grudnia grudzień gru грудня prosince
    prosinec pro aralık ara δεκεμβρίου δεκ decembrie декември ديسمبر דצמבר दिसंबर""",
)
_COUNTED = "一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月".split()  # noqa: SIM905  reads as a list of words
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
MONTHS |= {name: number for number, name in enumerate(_COUNTED, 1)}
MONTHS |= {f"{number}{sign}": number for number in range(1, 13) for sign in "月월"}

MORNING = frozenset("am a.m a.m. 오전 午前 上午 凌晨 早上 πμ π.μ. ص".split())  # noqa: SIM905  reads as a list of words
EVENING = frozenset("pm p.m p.m. 오후 午後 下午 晚上 μμ μ.μ. م".split())  # noqa: SIM905  reads as a list of words

# Only names with one meaning in the news; "IST", "CST" and "AST" have several and stay unread.
ZONES: dict[str, str | float] = {
    "UTC": 0,
    "GMT": 0,
    "Z": 0,
    "WET": 0,
    "BST": 1,
    "WEST": 1,
    "CET": 1,
    "MEZ": 1,
    "CEST": 2,
    "MESZ": 2,
    "EET": 2,
    "EEST": 3,
    "MSK": 3,
    "SAST": 2,
    "HKT": 8,
    "SGT": 8,
    "JST": 9,
    "KST": 9,
    "AEST": 10,
    "AEDT": 11,
    "NZST": 12,
    "NZDT": 13,
    "EST": -5,
    "EDT": -4,
    "CDT": -5,
    "MDT": -6,
    "MST": -7,
    "PST": -8,
    "PDT": -7,
    "ET": "America/New_York",
    "PT": "America/Los_Angeles",
    "CT": "America/Chicago",
}

# Who writes the day before the month in 03-04-2026: by language, and for English by country.
_DAY_FIRST = """
    de fr es it pt nl pl sv da no nb nn fi cs sk ru uk tr el ro bg hr sl sr ca gl eu is et lv
    en-gb en-ie en-au en-nz en-in en-za"""
DAY_FIRST = frozenset(_DAY_FIRST.split())
MONTH_FIRST = frozenset(["en-us"])
