"""A line or a sentence in, the kind of page furniture it is out: None for an article's own words.

The classes are those that text scrapes of many publishers share: what is left after the best extractors, and what
flattening a page leaves behind. The words are the web's, not those of any one site.
"""

from __future__ import annotations

import re

_SHARE = (
    "share save tweet email e-mail mail print copy link copied facebook twitter x whatsapp linkedin reddit pinterest "
    "telegram bluesky threads messenger flipboard instagram youtube tiktok snapchat bookmark gift download "
    "on via this article story page post with friends teilen drucken partager imprimer compartir comment comments or and"
).split()
_MENU = (
    "home news world politics business sport sports football culture lifestyle opinion weather video videos live tv "
    "radio latest menu search login subscribe account contact about help more sections newsletter newsletters podcasts "
    "podcast jobs shop travel health science technology tech money entertainment arts puzzles games photos gallery "
    "log in sign up register startseite nachrichten politik wirtschaft kultur suche accueil inicio"
).split()
_PLATFORM = r"(?:facebook|twitter|instagram|whatsapp|telegram|youtube|tiktok|linkedin|bluesky|threads|google news|x)"
_CREDIT = (
    r"(?:image|picture|photo(?:graph|graphy)?|pic|foto|bild|grafik|illustration|credits?|bildnachweis|copyright)s?"
)
_AGENCY = r"(?:getty(?: images)?|afp|reuters|ap|epa|shutterstock|pa(?: wire| media)?|imago|dpa|alamy|istock(?:photo)?)"

_LINE: tuple[tuple[str, str], ...] = (
    ("picture", r"<im(?:age|g)\b|!\[|data:image/|\[(?:image|photo|video|gallery|embed)\b[^\]]*\]$|.*\.(?:jpe?g|png|gif|webp)$"),
    ("menu", r"(?:[\d.)*•-]+\s*)?(?:skip|jump|zum inhalt|aller au contenu|saltar al|direkt zu)\b(?: (?:to|next|past|past the|springen)\b.*)?$"),
    ("menu", r"(?:back to top|close|menu|open menu|toggle \w+|search|loading\.*|print(?: this)?(?: page)?|sections?)$"),
    ("link", r"(?:\w+ ?: *)?(?:https?://|www\.)\S+$"),
    ("promotion", r"(?:read|see|learn|find out|discover|show|view|watch|listen to) (?:more|next|also|the full (?:story|article|text|interview|report)|all|full)\b[^.]{0,40}(?:[.…»>→]+|:.*)?$"),
    ("promotion", r"(?:read|listen|watch)(?: (?:again|back|now|here|live))?\s*(?:\(\d+ ?min\w*\))?(?:\s*\|.*)?$"),
    ("promotion", r"(?:more|also|related|recommended|read|watch|listen|see also|see|don'?t miss|up next|next|next up|trending|exclusive|in pictures|explore|must read|editor'?s picks?|more on this story|related (?:article|story|stories|content|topics?|video|coverage|news)s?|mehr zum thema|lesen sie auch|auch interessant|à lire aussi|lire aussi|lea también|leer más)\s*(?:[:|»›>→]|[-–—] )\s*\S.*$"),
    ("promotion", r"(?:related|recommended|trending|popular|top|latest|more|most|other|you (?:may|might)|from our|from the|elsewhere on|around the web|sponsored|promoted|what to read|mehr|weitere|keep reading|up next)(?: (?:articles?|stories|content|news|topics?|videos?|posts?|coverage|links|read|viewed|popular|trending|shared|recent|also like|be interested in|from|on|in|this|section|now|headlines|partners?|by|\w+)){0,5}[:.…]?$"),
    ("promotion", r"(?:watch|listen to|see|read|view|check out|click|tap|explore|take a look)\b.{0,120}\b(?:here|below|above)\s*[:.!]?$"),
    ("promotion", r"(?:also (?:on|in|from)|more from|more in|more on) [A-Z][^.!?]{0,60}$"),
    ("advertisement", r"(?:advertisement|advert|anzeige|werbung|publicité|publicidad|sponsored(?: content)?|ad(?: feedback)?|promoted|paid content)s?[.:]?$"),
    ("advertisement", r"(?:article|story|text|post|content|scroll)?\s*(?:continues?|resumes?|to continue)(?: reading)? (?:below|after (?:the )?(?:advert\w*|ad|promotion))\b.*$"),
    ("comments", r"(?:\d+ )?comments?(?: \(?\d+\)?)?$|no comments? yet\b.*|(?:leave|post|add|write|view|show|see|read|join|hide)(?: an?| all| the| your)? ?(?:\d+ )?(?:comments?|reply|conversation|discussion)\b.{0,30}$|(?:log|sign) in to (?:comment|reply).*|be the first to comment.*|comments? (?:are|is) closed.*|your email address will not be published.*|notify me of .*"),
    ("load more", r"(?:show|load|view|see|mark|back to|go to|display)\b.{0,30}\b(?:more|older|newer|all|as read|results?|posts?|updates?|top|homepage)\b.{0,30}$"),
    ("contact", r"(?:get in touch|contact (?:us|the|our|me)|email (?:us|the|our)|e-mail|do you (?:have|know)|got an? (?:story|tip)|have you (?:got|been|seen)|if you have an? (?:story|tip)|for more (?:stories|news)|to (?:submit|report) an?|write to|call us|tel|telephone|phone|fax|press office)\b.{0,200}(?:@|\b(?:email|touch|team|desk|here|page|tips?|us|correction)\b|\d{4,}).{0,60}$"),
    ("contact", r"(?:\S+@\S+\.\w+|for more (?:stories|news) .{0,60}|(?:story|news) tips?\s*:.*)$"),
    ("copyright", r"(?:©|\(c\)|copyright\b|all rights reserved|\d{4} ©).*|.{0,80}\ball rights reserved\.?$|.{0,60}\btexts belong to their publishers\b.*"),
    ("notice", r"this (?:live )?(?:blog|page|stream|ticker|coverage|live coverage)\b.{0,80}\b(?:closed|ended|concluded|finished|paused)\b.*|(?:our|the) live (?:blog|coverage)\b.{0,60}\b(?:closed|ended|concluded)\b.*|that'?s (?:all|it) (?:from|for) .{0,60}"),
    ("notice", r"you have reached the end .*|this (?:article|story|content|video|page) (?:is|was|has been|can|may|originally|first)\b.{0,40}\b(?:available|originally|first|translated|updated|produced|generated|published|automatically|no longer|cannot|viewed)\b.*"),
    ("reading time", r"(?:estimated )?(?:reading time|read time|time to read|lesezeit)\b.*|\d+[ -]?min(?:ute)?s?(?: (?:read|listen|watch))?$|listen to (?:this )?(?:article|story)\b.*|(?:\d+ )?(?:views?|shares?|likes?|votes?)(?: \d+)?$|\d{1,2}:\d{2}(?: / \d{1,2}:\d{2})?$"),
    ("tags", r"(?:tags?|topics?|filed under|categor(?:y|ies)|keywords|themen|schlagworte|in this (?:article|story)|posted in|published in|more about)\s*(?::|$).*"),
    ("account", r"(?:log ?in|log ?out|sign ?(?:in|up|out)|register|subscribe|my account|create (?:an )?account|forgot(?:ten)? (?:your )?password|already (?:a |have an? )?(?:member|subscriber|account)|anmelden|abonnieren|s'abonner|suscríbete)\b.{0,60}$"),
    ("account", r"(?:follow|like|join|find|download|add|get|support|donate|subscribe to|sign up (?:for|to)|try)\b.{0,60}\b(?:on " + _PLATFORM + r"|app|newsletter|newsletters|alerts?|push notifications|podcast|channel|free|today|our ai|features|preferred source|home ?screen)\b.{0,60}$"),
    ("account", r"(?:unsubscribe|manage (?:your )?(?:preferences|subscription)|view (?:this )?(?:e?-?mail|message|newsletter)? ?(?:in|on) (?:your|a|the) (?:web )?browser|you(?:'re| are)? receiv(?:e|ed|ing) (?:this|these)?.*|forward(?:ed)? (?:this|to).*|update your (?:profile|preferences))\b.*"),
)  # fmt: skip
_FEED_FOOT = r"(?:the post|the article|this (?:post|article|story)|der beitrag) .{2,200} (?:appeared first|first appeared|was first published|was originally published|erschien zuerst) (?:on|in|at|auf) .{2,80}"
_LINES = tuple((reason, re.compile(rf"(?i)(?:{pattern})")) for reason, pattern in _LINE)

_COOKIE = re.compile(r"(?i)\bcookies?\b")
_CONSENT = re.compile(
    r"(?i)\b(?:we|our|us|you|your|this (?:web)?site|partners?|browser|device|accept|reject|consent|preferences|settings|"
    r"privacy|experience|stored?|storing|similar technologies|necessary|manage|website|use|uses|essential|choices)\b"
)
_CONSENT_LINE = re.compile(
    r"(?i)(?:we (?:and our \d* ?partners )?(?:value|care about|respect) your privacy|accept(?: all)?(?: cookies)?(?: reject.*)?$|"
    r"reject all|manage (?:my )?(?:choices|cookies|preferences|options)|privacy (?:policy|settings|notice)|"
    r"your privacy (?:choices|matters)|do not sell\b|by (?:clicking|continuing|using|browsing)\b.{0,120}"
    r"\b(?:agree|accept|consent)|terms (?:of (?:use|service)|and conditions)|impressum$|datenschutz)"
)
_CAPTION = re.compile(
    rf"(?i)^.{{0,400}}?(?:\(|\[|\||^|\s|(?<=[a-z.\"”’)])){_CREDIT}(?: (?:credit|by|source|courtesy of))?\s*:\s*\S.{{0,120}}$|"
    rf"^(?:photo|photograph|image|picture|illustration)(?:s|graphy)? (?:by|courtesy)\b.{{0,100}}$|"
    rf"^.{{0,300}}(?:[/(|©]\s*|\bvia ){_AGENCY}\b[^.!?]{{0,60}}\)?$|^(?:file (?:photo|picture|image)|pictured)\b.{{0,200}}$|"
    rf"^(?:{_AGENCY}|getty)(?:/.{{0,60}})?$"
)
_GLUED = re.compile(r"(?:[A-ZÄÖÜ][a-zäöüßáéå]+){3,}|^(?:[A-ZÄÖÜ][a-zäöüß]{3,}){2}(?: [A-Z][a-z]+)?$")
_SEPARATED = re.compile(r"\s*(?:[|>›»·•/]|::|→)\s*")
_BLURB = re.compile(
    r"(?i)\b(?:sign(?:ing)? up\b.{0,80}\b(?:newsletter|here|inbox|free|briefing|alerts?|update|edition|day|morning|week)|"
    r"(?:subscribe|subscribing) (?:to|now|today|for|and|here|with)\b|(?:in|to) your (?:in|mail)box|enter your e-?mail|"
    r"our (?:\w+ ){0,3}newsletters?\b|download (?:our|the) (?:free )?(?:\w+ )?app\b|free trial|cancel any ?time|"
    r"become an? (?:member|subscriber|supporter)|join our\b.{0,40}\b(?:whatsapp|community|channel|group|mailing)|"
    r"follow us on|like us on|(?:get|sent|delivered|have)\b.{0,80}\b(?:inbox|straight to your)|follow the (?:topics|authors)|"
    r"support (?:our|independent|quality) (?:journalism|reporting)|newsletter\b.{0,40}\b(?:sign|subscribe|every)|"
    r"per month (?:after|for)|subscribers? only|bookmark this article|want to (?:bookmark|read more)|"
    r"(?:our|your) privacy (?:policy|notice)|terms (?:of service|and conditions) apply|by signing up)"
)
_TOUCH = re.compile(
    r"(?i)^(?:get in touch\b|(?:please )?(?:contact|e-?mail|write to|call) (?:us|our|the (?:newsroom|news ?desk|editor))\b|"
    r"for more (?:stories|news|on this|articles) |do you have (?:a|any) (?:story|tip|information|question|news)|"
    r"got a (?:story|tip)|have (?:you|something to) .{0,60}\b(?:e-?mail|contact|get in touch|tell us|let us know)\b|"
    r"(?:check|visit) (?:out )?our (?:\w+ )?(?:page|site|website|homepage|channel)|"
    r"readers who (?:wish|want|would like) to\b.{0,80}\b(?:write|contact|e-?mail)|tell us (?:what|in the comments)|let us know (?:what|in)|"
    r"(?:send|share) (?:us )?your (?:stories|photos|pictures|views|thoughts|comments|tips)\b)"
)
_EXPLORE = re.compile(
    r"(?i)^(?:try|explore|discover|ask|chat with|summari[sz]e)\b.{0,40}\b(?:ai|assistant|chatbot|features?)\b.{0,40}[:.!?]?$"
)
# Team sheets and result lists: a label, then nothing but short items divided by commas and semicolons.
_LIST = re.compile(r"[^.:;]{2,60}:\s*(?:[^\s,;.][^,;.]{0,30}[,;]\s*){7,}[^,;]{1,40}\.?")


def line_reason(text: str) -> str | None:
    """Why a line standing alone is furniture."""
    for reason, pattern in _LINES:
        if (pattern.match if reason == "picture" else pattern.fullmatch)(text[:500]):
            return reason
    if _consent(text):
        return "cookie banner"
    if _CAPTION.match(text) and not _prose_with_credit(text):
        return "caption"
    if _menu(text):
        return "menu"
    if _EXPLORE.match(text):
        return "promotion"
    if _LIST.fullmatch(text):
        return "table"
    if not re.search(r"\w", text):
        return "rule"
    if re.fullmatch(rf"(?i){_FEED_FOOT}", text):
        return "notice"
    return None


def sentence_reason(text: str) -> str | None:
    """Why a whole sentence inside running text is furniture."""
    if len(text) > 400:
        return None
    if _BLURB.search(text) and not re.search(r"[\"“”]", text):
        return "newsletter or subscription"
    if _TOUCH.match(text):
        return "contact"
    if re.fullmatch(rf"(?i){_FEED_FOOT}", text):
        return "notice"
    return None


def _consent(text: str) -> bool:
    cookies = bool(_COOKIE.search(text))
    if cookies and len({word.lower() for word in _CONSENT.findall(text)}) >= 2 + len(text) // 600:
        return not re.search(r"[\"“”]", text) or len(text) < 120
    return bool(_CONSENT_LINE.match(text)) and len(text) < 400


def _prose_with_credit(text: str) -> bool:
    """Running text that only mentions a picture: "Foto: " inside the third sentence is no caption."""
    return len(text) > 450 or len(re.findall(r"[.!?][\"”’)]?\s+[A-Z“\"]", text)) > 3


def _menu(text: str) -> bool:
    words = re.findall(r"[\w-]+", text.lower())
    if not words:
        return True
    if len(words) <= 12 and (all(word in _SHARE for word in words) or all(word in _MENU for word in words)):
        return True
    pieces = [piece for piece in _SEPARATED.split(text) if piece]
    if len(pieces) >= 3 and max(len(piece.split()) for piece in pieces) <= 5 and not re.search(r"[.!?]$|\d{4}", text):
        return True
    return len(words) <= 6 and bool(_GLUED.search(text)) and not re.search(r"[.!?]$", text)


BLURB = _BLURB
