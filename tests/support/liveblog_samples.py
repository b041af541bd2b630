"""One invented day's live blog in the styles of many outlets: flattened to text, and as pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable

TITLE = "Port strike live: dockers walk out in Halden"
INTRO = (
    "Dockers at the Port of Halden have walked out over pay and shifts. Follow "
    "the day here, with all that is known."
)
SAID = (
    (
        "The union said that 3,200 dockers had laid down their tools at the Port of "
        "Halden at six in the morning."
    ),
    (
        "Prime Minister Ilse Marendahl will speak to the Assembly at noon, her office "
        "said, and a statement is expected."
    ),
    (
        "The port says that 2,900 of its workers are out and that nine ships are waiting "
        "in the roads off Halden."
    ),
    (
        "Lorries queue for eleven kilometres on the motorway to the port, the police "
        "said, and drivers must turn back."
    ),
    (
        "The finance minister, Odile Ferrant, said that each day of the strike would "
        "cost the country forty million."
    ),
    (
        "Talks between the union and the port are to begin again at eight this evening, "
        "the mediator said."
    ),
)
MORE = (
    "It was the third walkout in two years, and the union says that it will not "
    "be the last one this spring."
)
TITLES = (
    "Dockers walk out at dawn",
    "Marendahl to speak at noon",
    "Nine ships wait in the roads",
    "Queue of eleven kilometres",
    "Ferrant counts the cost",
    "Talks to begin again tonight",
)
COUNT = len(SAID)
Post = Callable[[int], list[str]]


def flat(
    post: Post, *, newest_first: bool, above: Iterable[str] = (), below: Iterable[str] = ()
) -> str:
    order = reversed(range(COUNT)) if newest_first else range(COUNT)
    lines = [TITLE, "Radio Vestra", "Tuesday 3 March 2026", *above, INTRO]
    return "\n\n".join([*lines, *(line for i in order for line in post(i)), *below])


KEY_EVENTS = [
    "Key events",
    "1 hour ago Talks to begin again tonight",
    "Show key events only",
    "Pinned",
    "Summary",
]
COMMENTS = [
    "Comments",
    "vestmark_fan",
    "2 hours ago",
    "I think the port should be closed for good and all of them sent home.",
]
AFTERNOON = ("10.42am", "11.05am", "11.58am", "12.30pm", "1.15pm", "2.20pm")

# name: (text, whether each post has its title, clock times of the posts in reading order or None)
FLAT: dict[str, tuple[str, bool, tuple[str, ...] | None]] = {
    "10.42am, oldest first": (
        flat(lambda i: [AFTERNOON[i], SAID[i], MORE], newest_first=False),
        False,
        ("10:42", "11:05", "11:58", "12:30", "13:15", "14:20"),
    ),
    "14:05 GMT, newest first": (
        flat(lambda i: [f"1{i}:05 GMT", TITLES[i], SAID[i], MORE], newest_first=True),
        True,
        tuple(f"1{i}:05" for i in range(5, -1, -1)),
    ),
    "2h ago": (
        flat(lambda i: [f"{i + 1}h ago", TITLES[i], SAID[i], MORE], newest_first=False),
        True,
        None,
    ),
    "4 hr 20 min ago, with an author": (
        flat(
            lambda i: [f"{i + 1} hr {i * 3} min ago", TITLES[i], "From Nora Feld", SAID[i]],
            newest_first=True,
        ),
        True,
        None,
    ),
    "title, then Posted at 18:20 3 Mar": (
        flat(lambda i: [TITLES[i], f"Posted at 1{i}:20 3 Mar", SAID[i], MORE], newest_first=True),
        True,
        tuple(f"1{i}:20" for i in range(5, -1, -1)),
    ),
    "10:42 - title on one line": (
        flat(lambda i: [f"1{i}:42 - {TITLES[i]}", SAID[i], MORE], newest_first=False),
        True,
        tuple(f"1{i}:42" for i in range(6)),
    ),
    "10:42 | title on one line": (
        flat(lambda i: [f"1{i}:42 | {TITLES[i]}", SAID[i], MORE], newest_first=True),
        True,
        tuple(f"1{i}:42" for i in range(5, -1, -1)),
    ),
    "10.42am: text on one line": (
        flat(lambda i: [f"{AFTERNOON[i]}: {SAID[i]} {MORE}"], newest_first=False),
        False,
        ("10:42", "11:05", "11:58", "12:30", "13:15", "14:20"),
    ),
    "key events above, readers below": (
        flat(
            lambda i: [f"1{i}.42", "By Nora Feld", TITLES[i], SAID[i], MORE, "Share"],
            newest_first=True,
            above=KEY_EVENTS,
            below=COMMENTS,
        ),
        True,
        tuple(f"1{i}:42" for i in range(5, -1, -1)),
    ),
    "10.42 Uhr: Titel": (
        flat(lambda i: [f"1{i}.42 Uhr: {TITLES[i]}", SAID[i], MORE], newest_first=True),
        True,
        tuple(f"1{i}:42" for i in range(5, -1, -1)),
    ),
    "10h42": (
        flat(lambda i: [f"1{i}h42", TITLES[i], SAID[i], MORE], newest_first=False),
        True,
        tuple(f"1{i}:42" for i in range(6)),
    ),
    "title, authors, a whole date": (
        flat(
            lambda i: [
                TITLES[i],
                "By Nora Feld and Ove Lund",
                f"Mar 3, 2026, {i + 6}:42 AM",
                SAID[i],
                MORE,
            ],
            newest_first=True,
        ),
        True,
        tuple(f"{i + 6:02}:42" for i in range(5, -1, -1)),
    ),
    "Tue 3 Mar, 10:15": (
        flat(lambda i: [f"Tue 3 Mar, 1{i}:15", TITLES[i], SAID[i], MORE], newest_first=True),
        True,
        tuple(f"1{i}:15" for i in range(5, -1, -1)),
    ),
}


def page(post: Callable[[int], str], *, title: str = TITLE) -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{title} | Radio Vestra</title>'
        '<meta property="og:site_name" content="Radio Vestra">'
        '<meta property="article:published_time" content="2026-03-03T06:00:00+01:00"></head><body>'
        f'<nav><a href="/">Home</a><a href="/n">News</a></nav><main><h1>{title}</h1><p>{INTRO}</p>'
        f"{''.join(post(i) for i in reversed(range(COUNT)))}</main><footer>© 2026 "
        "Radio Vestra</footer></body></html>"
    )


TWO = "<p>{}</p><p>" + MORE + "</p>"
PAGES: dict[str, tuple[Callable[[int], str], bool]] = {
    "articles with time elements": (
        lambda i: (
            "<article><time "
            f'datetime="2026-03-03T1{i}:42:00+01:00">1{i}.42</time><h2>{TITLES[i]}</h2>'
            f"{TWO.format(SAID[i])}</article>"
        ),
        True,
    ),
    "blocks with a span": (
        lambda i: (
            "<div "
            f'class="entry"><span>1{i}:42</span><h3>{TITLES[i]}</h3><div>{TWO.format(SAID[i])}</div></div>'
        ),
        True,
    ),
    "items without titles": (lambda i: f"<li><p>1{i}.42</p>{TWO.format(SAID[i])}</li>", False),
    "text behind a bold time": (
        lambda i: f"<p><strong>1{i}:42</strong> - {SAID[i]} {MORE}</p>",
        False,
    ),
    "title before the time": (
        lambda i: (
            f"<section><h2>{TITLES[i]}</h2><p>Posted at 1{i}:42</p>{TWO.format(SAID[i])}</section>"
        ),
        True,
    ),
    "times in a table of two columns": (
        lambda i: (
            "<div "
            f'class="row"><div>1{i}:42</div><div><h4>{TITLES[i]}</h4>{TWO.format(SAID[i])}</div></div>'
        ),
        True,
    ),
}
