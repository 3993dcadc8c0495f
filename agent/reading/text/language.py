"""Which language a message is in: only English goes on.

A message is foreign when function words of another language outweigh English ones. Product names and
shorthand
hold no function words, so they never tip it.
"""

from __future__ import annotations

import re

from agent.reading.text.patterns import regex
from agent.reading.text.shorthand import WRITTEN_OUT

_WORDS: dict[str, frozenset[str]] = {
    "de": frozenset("der die das den dem ein eine einen einer ist sind war nicht ich wir sie er es und oder "
        "aber mit für von zu auf bei nach bitte möchte kann können haben hat wird wurde kunde "
        "kundin bestellung rückerstattung erstatten zurück geld wie was wo wann warum auch noch "
        "schon mir mich ihr ihre sein seine dass wenn kaputt rücksendung lieferung guten tag "
        "danke hallo beschädigt bestellt angekommen lieferanten kein keine".split()),
    "es": frozenset("el la los las un una unos es son está estoy fue no sí yo ella él ellos nosotros y o "
        "pero con para por de del al en que qué cómo dónde cuándo quiero quiere puedo puede "
        "tiene ha han pedido reembolso devolver devolución dinero cliente clienta por favor "
        "gracias hola mi su me le lo se roto llegó llegado más muy también este esta cuál "
        "reembolsar necesito artículo buenos días".split()),
    "fr": frozenset("le la les un une des est sont était ne pas je nous vous il elle ils elles et ou mais "
        "avec pour par de du au aux en que qui quoi comment où quand pourquoi veux veut voudrais "
        "peut peux a ont commande remboursement rembourser retour argent client cliente s'il "
        "merci bonjour mon ma mes son sa ses leur ce cette reçu cassé jamais c'est n'est j'ai "
        "l'article colis arrivé plaît très aussi".split()),
    "it": frozenset("il lo la gli le un uno una è sono era non io noi lei lui loro e o ma con per di del "
        "della al alla in che chi come dove quando perché voglio vuole vorrei può posso ho ha "
        "hanno ordine rimborso rimborsare reso soldi cliente favore grazie ciao buongiorno mio "
        "mia suo sua questo questa rotto arrivato mai anche più".split()),
    "pt": frozenset("o a os as um uma é são foi não eu nós ele ela eles e ou mas com para por de do da no na "
        "em que quem como onde quando quero quer posso pode tem pedido reembolso devolver "
        "devolução dinheiro cliente favor obrigado obrigada olá meu minha seu sua este esta "
        "quebrado chegou nunca também mais".split()),
    "nl": frozenset("de het een is zijn was niet ik wij we jij hij zij en of maar met voor van naar op bij "
        "in dat wie wat hoe waar wanneer waarom wil kan heeft hebben bestelling terugbetaling "
        "terug geld klant alsjeblieft bedankt hallo mijn haar zijn deze dit kapot nooit ook "
        "graag nog al aangekomen".split()),
    "pl": frozenset("nie jest to się na do z i w że jak co gdzie kiedy proszę chcę klient klientka zwrot "
        "pieniądze zamówienie dziękuję dzień dobry mój moja ale czy zepsuty".split()),
    "sv": frozenset("jag det är inte en ett och att som på för med av till kan vill har kunden beställning "
        "återbetalning pengar tack hej min hon han de var när hur".split()),
    "tr": frozenset("bir ve bu için değil ben sipariş iade para müşteri lütfen teşekkürler merhaba nasıl "
        "nerede ne zaman istiyorum istiyor geldi kırık".split()),
}  # fmt: skip
_ENGLISH = frozenset(
    """
a an the is are was were be been not i we you he she it they and or but with for of to at by from on in that this
these those who what how where when why want wants can could would should has have had do does did order refund
return please money back customer her his their my your our no yes if so then also never still just only about all
some any one two me us them him damaged broken wrong missing late send sent keep check
""".split()
)
_TELLING: dict[str, frozenset[str]] = {
    "de": frozenset("erstatten erstattung rückerstattung rückerstatten erstatte bestellung stornieren storniere "
        "stornierung retoure rücksendung kaputt lieferant genehmigen ablehnen beschädigt geld".split()),
    "es": frozenset("reembolso reembolsar reembolsa devolución devolver devuelve pedido cancelar anular "
        "proveedor roto rota dinero aprobar rechazar".split()),
    "fr": frozenset("remboursement rembourser remboursez rembourse annuler annulez commande colis fournisseur "
        "cassé cassée approuver retourner".split()),
    "it": frozenset("rimborso rimborsare rimborsa annullare annulla ordine fornitore soldi rotto".split()),
    "pt": frozenset("reembolso reembolsar devolução devolver encomenda dinheiro fornecedor quebrado".split()),
    "nl": frozenset("terugbetaling terugbetalen bestelling annuleren leverancier geld retourneren".split()),
    "pl": frozenset("zwrot pieniądze zamówienie anuluj reklamacja".split()),
    "sv": frozenset("återbetalning återbetala beställning pengar".split()),
}  # fmt: skip
"""Words of the work that no English sentence holds: one is enough where nothing English stands beside it."""
_SHARED = frozenset(
    "a me no in is was we i de do to an on or so he was via per op of man die den war".split()
)
_TOKEN = regex(r"(?<![\w/])[^\W\d_]+(?:['’][^\W\d_]+)?(?![\w/])")
"""A word; letters of a number ("1Z999AA1") and of a pair of letters ("w/", "b/c") are none."""
_SCRIPTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ja", regex(r"[\u3040-\u30ff]")),
    ("zh", regex(r"[\u4e00-\u9fff]")),
    ("ko", regex(r"[\uac00-\ud7af]")),
    ("ru", regex(r"[\u0400-\u04ff]")),
    ("ar", regex(r"[\u0600-\u06ff]")),
    ("el", regex(r"[\u0370-\u03ff]")),
    ("he", regex(r"[\u0590-\u05ff]")),
    ("th", regex(r"[\u0e00-\u0e7f]")),
    ("hi", regex(r"[\u0900-\u097f]")),
)
_MARKS = regex(r"[äöüßñ¿¡çãõàèìòùâêîôûåøæłśżźćąę]", re.IGNORECASE)


def _is_short(word: str) -> bool:
    """Whether it is English as staff shorten it ("rtn", "pls"), and no word of another language."""
    return word in WRITTEN_OUT and not any(word in known for known in _WORDS.values())


def language_code(text: str) -> str:
    """The ISO 639-1 code of the language `text` is written in; ``en`` unless another one is clear."""
    letters = sum(ch.isalpha() for ch in text)
    for code, pattern in _SCRIPTS:
        if letters and len(pattern.findall(text)) > 0.4 * letters:
            return code
    words = [match.group().lower().replace("’", "'") for match in _TOKEN.finditer(text)]
    english = sum(word in _ENGLISH or _is_short(word) for word in words)
    if not english:
        plain = next((code for code, known in _TELLING.items() if any(word in known for word in words)), None)
        if plain is not None:
            return plain
    if len(words) < 2:
        return "en"
    best, score = "en", 0.0
    for code, known in _WORDS.items():
        hits = [word for word in words if word in known]
        own = [word for word in hits if word not in _SHARED and word not in _ENGLISH]
        weight = len(own) + 0.3 * (len(hits) - len(own)) + (0.5 if own and _MARKS.search(text) else 0.0)
        if len(own) >= 1 and weight > score:
            best, score = code, weight
    needed = 1.8 if len(words) > 3 else 1.4
    return best if score >= needed and score > english * 1.1 else "en"
