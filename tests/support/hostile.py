"""Texts that try to be markup: patterns of injection for HTML, Markdown, mail, YAML and templates,
and mixtures.
"""

from __future__ import annotations

import random

MARKS = (
    # Markdown, and what its extensions read as marks
    *(
        "*a*",
        "**b**",
        "_c_",
        "__d__",
        "a_b_c",
        "2*3*4",
        "`code`",
        "``x",
        "```",
        "~~~",
        "~~s~~",
        "~sub~",
        "^sup^",
        "==m==",
    ),
    *(
        "%%c%%",
        "$x$",
        "$$y$$",
        "|a|b|",
        "| --- |",
        "---",
        "***",
        "___",
        "===",
        "=",
        "+",
        "-",
        "!",
        "![",
        "[",
        "](",
        "]",
    ),
    *(
        "# h",
        "## h",
        "#tag",
        "#1",
        "h #",
        "> q",
        "+ p",
        "- m",
        "* s",
        "1. one",
        "1) one",
        "2026. Jahr",
        "10.5 per cent",
    ),
    *(
        ": def",
        "::: div",
        "!!! note",
        "/// x",
        "[x]: http://y",
        '[x]: /u "t"',
        "[^1]",
        "[^n]: foot",
        "^[n]",
        "*[H]: x",
    ),
    *(
        "[l](http://x.example)",
        "![i](u)",
        "[ref]",
        "[[wiki]]",
        "![[e]]",
        "[ ] todo",
        "- [x] d",
        "[TOC]",
        "{#id}",
        "{: .c}",
    ),
    *(
        "\\",
        "\\*",
        "\\\\",
        "a\\",
        "\\`",
        "5\\. x",
        "\\[",
        "  ",
        "line  ",
        "\ttab",
        "    indented",
        "a\nb",
        "\n\n- x",
        "\n# h",
    ),
    # addresses
    *(
        "http://example.com/a_b",
        "https://x.example",
        "www.x.example",
        "a@b.example",
        "mailto:a@b.example",
        "<a@b.example>",
    ),
    *(
        "xmpp:a@b",
        "<http://a.example>",
        "http:",
        "javascript:alert(1)",
        "data:text/html,<script>",
        "@user",
        ":smile:",
    ),
    # HTML, XML, character references
    *(
        "<b>",
        "</li>",
        "</title>",
        "</style><script>",
        "<script>alert(1)</script>",
        "<!--c-->",
        "-->",
        "<![CDATA[",
        "]]>",
    ),
    *(
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<a href='javascript:1'>",
        "<br/>",
        "<?php",
        "<!DOCTYPE x>",
    ),
    *(
        '" onmouseover="alert(1)',
        "' style='x",
        "<link rel=stylesheet href=http://h.example>",
        "<x y=z",
        "</td></table>",
    ),
    *(
        "<style>@import 'http://h.example'</style>",
        "<iframe src=file:///etc/passwd>",
        "<base href=//h.example>",
        "url(x)",
    ),
    *(
        "&amp;",
        "&lt;script&gt;",
        "&#60;",
        "&#x3c;b&#x3e;",
        "&copy",
        "&",
        "&colon;",
        "&#0;",
        "AT&T",
        "a &lt b",
        "&#124;",
    ),
    # templates, mail, YAML
    *(
        "{{ x }}",
        "{{ 7*7 }}",
        "{% raw %}",
        "{# c #}",
        "{{ self.__init__ }}",
        "${7*7}",
        "\r\nBcc: x@y.example",
        "\nSubject: x",
    ),
    *(
        "=?utf-8?q?x?=",
        "\r\n\r\n<b>",
        "--=_briefing_",
        "\n---\ntitle: x",
        "'",
        '"',
        '"quoted"',
        "“curly”",
        "%0d%0aX: y",
        "\x00",
    ),
    # control, bidi and zero-width characters
    *(
        "\u202egnp.exe",
        "\u2066x",
        "\u200bzero",
        "so\u00adft",
        "\ufeff",
        "\x1b[31m",
        "\x07",
        "\u2028",
        "\u2029",
        "\x85",
        "\x0c",
    ),
    *(
        "\u0000",
        "\ud800",
        "\ufffe",
        "\U000e0041",
        "a\u0301",
        "👩\u200d👧",
        "(c)",
        "...",
        "--",
        "a" * 300,
    ),
)


def texts(number: int, *, seed: int = 7) -> list[str]:
    """Every mark alone, at the start, the middle and the end; then mixtures, until there are so
    many.
    """
    chance = random.Random(seed)
    forms = (("", ""), ("", " word"), ("A word ", ""), ("A wo", "rd, said."))
    made = dict.fromkeys(before + mark + after for mark in MARKS for before, after in forms)
    while len(made) < number:
        made[
            "".join(
                chance.choice((*MARKS, " ", " ", "word", "A", "1"))
                for _ in range(chance.randint(2, 6))
            )
        ] = None
    return list(made)[:number]
