"""Which of the four languages of our drafts a text is in, by its most frequent words."""

from __future__ import annotations

import re

LANGUAGES = ("en", "de", "es", "fr")

_NAMES = {
    "english": "en", "englisch": "en", "inglés": "en", "ingles": "en", "anglais": "en",
    "german": "de", "deutsch": "de", "alemán": "de", "allemand": "de",
    "spanish": "es", "español": "es", "espanol": "es", "spanisch": "es", "espagnol": "es", "castellano": "es",
    "french": "fr", "français": "fr", "francais": "fr", "französisch": "fr", "francés": "fr",
}  # fmt: skip
_STOP_WORDS = {
    "en": "the and is are was i my it this that you have has not of to with for your please order when they she he "
    "been would but it's i'm a an at arrived from be can don't hello hi thanks refund broken pls money me",
    "de": "der die das und ist sind war ich mein meine es dieser nicht mit für ihre sie bitte bestellung wenn "
    "hat habe "
    "ein eine einen einem dem den zu auf von wir möchte aber auch beim im zurück leider danke hallo guten kein "
    "noch kaputt geld ware",
    "es": "el la los las y es son está fue yo mi este esta no con para su por favor pedido cuando ha he un una que "
    "de del al se lo pero quiero llegó me muy hola gracias también tiene quisiera usted dinero roto rota",
    "fr": "le la les et est sont était je j'ai mon ma mes ce cette ne pas avec pour votre vous s'il commande quand "
    "un une des du que qui de à au il elle mais veux bonjour merci très reçu suis aussi voudrais c'est l'ai "
    "dans cassé remboursement colis",
}
_WORDS = {code: frozenset(words.split()) for code, words in _STOP_WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_TELLING = {
    "de": re.compile(r"[äöüß]"),
    "es": re.compile(r"[ñ¿¡]|\w[áíóú]\b"),
    "fr": re.compile(r"[èêçùœ]|\w'[a-zé]"),
}


def guess_language(text: str) -> str:
    """``en``, ``de``, ``es`` or ``fr``; empty where the words do not tell."""
    words = _WORD.findall(text[:5_000].lower().replace("’", "'"))
    scores = {code: 2 * sum(word in known for word in words) for code, known in _WORDS.items()}
    for code, letters in _TELLING.items():
        scores[code] += min(3, sum(bool(letters.search(word)) for word in words))
    best, second = sorted(scores.values(), reverse=True)[:2]
    if best < 2 or best == second:
        return ""
    return max(scores, key=lambda code: scores[code])


def language_code(named: str) -> str:
    """A language as people or systems name it (``de-AT``, ``German``) as a code of two letters, or empty."""
    low = named.strip().lower()
    return _NAMES.get(low, low[:2] if re.fullmatch(r"[a-z]{2}(?:[-_][a-z0-9]+)*", low) else "")
