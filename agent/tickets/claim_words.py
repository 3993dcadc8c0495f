"""What customers say is wrong, in German, Spanish and French; and what in a ticket is no claim but an instruction.

English goes through the patterns staff's own words go through (:mod:`agent.reading.words.reasons`).
"""

from __future__ import annotations

import re

from domain.reasons import RefundReason as R

_FOREIGN = {
    R.DAMAGED: (
        r"kaputt\w*|beschädigt\w*|zerbrochen\w*|zersplittert\w*|gesprungen\w*|sprung|sprünge|riss(?:e|ig\w*)?|"
        r"gerissen\w*|zerkratzt\w*|"
        r"kratzer|verbeult\w*|delle|dellen|verbogen\w*|eingedrückt\w*|zerdrückt\w*|abgebrochen\w*|ausgelaufen|"
        r"zerrissen\w*|"
        r"lädiert\w*|scherben|macke|macken|"
        r"rot[oa]s?|roturas?|dañad[oa]s?|agrietad[oa]s?|rajad[oa]s?|quebrad[oa]s?|rayad[oa]s?|abollad[oa]s?|"
        r"golpead[oa]s?|"
        r"aplastad[oa]s?|astillad[oa]s?|desgarrad[oa]s?|grietas?|rasguños?|arañazos?|"
        r"cass[ée]e?s?|bris[ée]e?s?|ab[iî]m[ée]e?s?|fissur[ée]e?s?|fêl[ée]e?s?|fissures?|endommag[ée]e?s?|"
        r"ray[ée]e?s?|ébréch[ée]e?s?|"
        r"déchir[ée]e?s?|écras[ée]e?s?|tordue?s?|cabossée?s?|rayures?"
    ),
    R.DEFECTIVE: (
        r"defekt\w*|funktioniert (?:\w+ )?nicht(?: mehr)?|funktionieren (?:\w+ )?nicht|"
        r"geht (?:\w+ )?nicht(?: mehr)?(?: an)?|"
        r"lässt sich nicht (?:einschalten|laden|öffnen|schließen)|startet nicht|lädt nicht|leuchtet nicht|"
        r"tropft|undicht|"
        r"defectuos[oa]s?|no (?:\w+ )?funcionan?|dej[óo] de funcionar|no (?:se )?enciende[n]?|no carga|"
        r"averiad[oa]s?|estropead[oa]s?|gotea|"
        r"défectueu(?:x|ses?)|ne (?:\w+ )?fonctionne(?:nt)? (?:pas|plus)|ne marche(?:nt)? (?:pas|plus)|"
        r"ne s['’]allume (?:pas|plus)|"
        r"en panne|ne (?:se )?charge (?:pas|plus)|fuit"
    ),
    R.NOT_AS_DESCRIBED: (
        r"nicht wie (?:beschrieben|abgebildet|angegeben|auf dem (?:foto|bild))|"
        r"entspricht nicht(?: der)?(?: beschreibung)?|"
        r"sieht (?:ganz |völlig )?anders aus|fälschung|"
        r"no (?:es|era|son) (?:como|lo que) (?:se )?(?:describ\w+|descri\w+|anunci\w+|en la foto)|"
        r"no (?:se )?corresponde(?:n)?|"
        r"no coincide(?:n)?(?: con la descripción)?|falsificación|diferente a la (?:foto|descripción)|"
        r"ne correspond(?:ent)? pas|pas conforme|non conforme|différente? de la (?:photo|description)|"
        r"contrefaçon"
    ),
    R.WRONG_ITEM: (
        r"falsche[rsnm]? (?:artikel|farbe|größe|produkt|ware|modell|(?!adresse|nummer|rechnung)\w+)|(?:etwas|"
        r"was) (?:ganz )?anderes (?:bekommen|erhalten|geliefert)|"
        r"statt (?:der|des|dem|den) \w+|verwechselt|anderen artikel|"
        r"(?:art[íi]culo|producto|color|talla|modelo|pedido) (?:equivocad[oa]|incorrect[oa]|erróne[oa])|"
        r"equivocad[oa]s?|"
        r"no es (?:el|la|lo) que (?:ped[íi]|compr[ée]|encargué)|me (?:enviaron|mandaron|llegó) otr[oa]|"
        r"en (?:vez|lugar) de(?:l)?|"
        r"mauvais(?:e)? (?:article|couleur|taille|produit|modèle|\w+)|erron[ée]e?s?|pas (?:ce|le|la|celui|"
        r"celle) que j['’]ai command[ée]e?|"
        r"à la place d(?:e|u)|au lieu d(?:e|u)"
    ),
    R.MISSING_ITEM: (
        r"fehlt|fehlen|fehlte[n]?|fehlend\w*|unvollständig\w*|nicht (?:im|in der) (?:paket|karton|lieferung)|"
        r"nur (?:ein\w*|\d+) von|"
        r"falta[n]?|faltaba[n]?|incompleto|incompleta|no ven[íi]a[n]?|solo (?:llegó|llegaron|"
        r"recib[íi]) (?:un[oa]?|\d+)|"
        r"manque(?:nt)?|manquai(?:t|ent)|manquante?s?|incomplète?|incomplet|il n['’]y avait (?:pas|que)"
    ),
    R.NOT_RECEIVED: (
        r"nicht (?:angekommen|erhalten|geliefert|bekommen|eingetroffen|da)|nie (?:angekommen|erhalten|"
        r"bekommen|geliefert)|"
        r"noch nichts? (?:erhalten|bekommen|angekommen|da)|(?:paket|sendung|bestellung) (?:ist )?(?:weg|"
        r"verloren\w*|verschwunden)|verloren gegangen|"
        r"no (?:ha |han |me ha |me han |he |hemos )?(?:llegado|llegó|recib(?:ido|[íi])|entregado)|"
        r"nunca (?:llegó|llegaron|recib[íi])|(?:paquete|pedido|envío) "
        r"(?:perdido|extraviado)|se (?:perdió|ha perdido|extravió)|"
        r"(?:pas|jamais|toujours rien|rien) (?:encore )?(?:reçue?s?|arrivée?s?|livrée?s?|eu)|colis (?:perdu|"
        r"disparu|égaré)|a été perdu"
    ),
    R.LATE_DELIVERY: (
        r"zu spät|verspätet\w*|verspätung|verzögert|verzögerung|viel später|"
        r"(?:lleg\w+|muy|demasiado|más|tan) tarde|con retraso|retrasad[oa]|retraso|demora(?:d[oa])?|"
        r"trop tard|en retard|retard|retardée?"
    ),
    R.SIZE_OR_FIT: (
        r"passt (?:mir |ihm |ihr )?(?:leider )?nicht|passen (?:mir )?nicht|zu (?:klein|groß|eng|weit|lang|"
        r"kurz)|"
        r"(?:demasiado|muy) (?:pequeñ|grande|ajustad|estrech|larg|cort)\w*|me queda (?:grande|pequeñ\w+|"
        r"chic\w+|ajustad\w+)|no me queda|"
        r"trop (?:petit|grand|serré|large|long|court)e?s?|ne (?:me )?va pas|taille (?:trop )?(?:petit|grand)"
    ),
    R.CHANGED_MIND: (
        r"gefällt (?:mir |ihr |ihm )?(?:leider |doch )?nicht|(?:doch )?nicht mehr (?:haben|brauche|gebraucht)|"
        r"brauche (?:ich )?nicht mehr|anders überlegt|widerruf\w*|"
        r"ya no l[oa] (?:quiero|necesito)|cambi(?:é|ado) de (?:idea|opinión)|no me gusta|me arrepent\w+|"
        r"changé d['’]avis|n['’]en (?:veux|ai) plus|ne me plaît pas|plus besoin"
    ),
    R.ORDERED_BY_MISTAKE: (
        r"aus versehen|versehentlich|irrtümlich|por error|sin querer|por equivocación|par erreur|"
        r"sans faire exprès"
    ),
    R.DUPLICATE: r"doppelt (?:bestellt|abgebucht|berechnet)|zweimal (?:bestellt|abgebucht)|"
    r"(?:cobrado|pedido) dos veces|por duplicado|débitée? deux fois|commandé deux fois|en double",
}
FOREIGN = {reason: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.I) for reason, words in _FOREIGN.items()}

DENIED = re.compile(
    r"\b(?:nicht|kein\w*|weder|ohne|no (?:est[áa]n?|es|era|viene|lleg[óo])|sin|ning[úu]n\w*|n['’]est pas|"
    r"ne sont pas|pas|aucune?|sans)"
    r"(?: \w+)? $",
    re.I,
)
"""Right before a defect: there is none."""

ONLY_IF = re.compile(
    r"^\W*(?:if|in case|should (?:it|they)|unless|falls|wenn|sollte|en caso|si|au cas où)\b", re.I
)
"""At the start of a clause: nothing happened yet."""

INSTRUCTION = re.compile(
    r"\b(?:ignor\w*|disregard\w*|forget (?:all|the|any|your|previous|everything)|overrid\w*|bypass\w*|"
    r"jailbreak|"
    r"(?:previous|above|prior|your|these|following|new|all|other|system) (?:instructions?|prompts?)|"
    r"prompt injection|"
    r"system (?:message|override|prompt|admin\w*)|assistant|developer mode|admin\w*|sudo|chatbot|bots?|"
    r"(?-i:AI)|llm|gpt|"
    r"authori[sz]\w*|approv\w*|(?<!can )(?<!i )(?<!to )confirm (?:the|it|this|all|my|refund|proposal)\b|"
    r"execut\w*|waiv\w*|escalat\w*|mark (?:it|this|the|as)|set (?:the|amount|reason)|"
    r"(?:store|shop|business|company) (?:owner|manager)|as (?:the|an|your) (?:owner|manager|supervisor|"
    r"admin\w*|boss|ceo|finance)|"
    r"you (?:must|shall|are now|will now|are an?|(?:should|have to|need to) (?:refund|approve|pay|send|now))|"
    r"your (?:task|job|role|rules?|policy)|new (?:rules?|policy|task|instructions?)|"
    r"act as|pretend|from now on|note to|attention:?|important:|override|without (?:asking|evidence|approval|"
    r"limit)|"
    r"(?:full |immediate )?refunds? (?:of |me |him |her |us |the |all |a )*(?:\W*\d|[$€£¥]|everything|order|"
    r"immediately|now)|"
    r"(?:pay|transfer|send|give) (?:me |us |the customer )?(?:\W*\d|[$€£¥]|money)|"
    r"ignorier\w*|anweisung\w*|befehl\w*|genehmig\w*|bestätig\w*|freigeben|als (?:inhaber|chef|eigentümer|"
    r"geschäftsführer)\w*|"
    r"erstatten sie|überweisen sie|sie (?:müssen|sollen)|"
    r"ignor[ae]\w*|instrucci\w*|autoriz\w*|aprueb\w*|aprobar|confirm[ae]\w*|como (?:dueñ|propietari|gerente|"
    r"jef)\w*|reembols[ae]\s?\W*\d|"
    r"consignes?|autoris\w*|approuv\w*|en tant que|je suis le (?:patron|propriétaire|gérant)|rembours(?:ez|"
    r"er)\s?\W*\d)\b",
    re.I,
)
"""Words that tell somebody to do something: never part of a quote."""

MARKED = re.compile(
    r"(?:^|\s)[/!][a-z_]{2,}|```|</?[a-z|_]+[^>]*>|<\||\|>|\[/?(?:inst|sys)|\{\s*[\"']|[\"']\s*:|"
    r"^\s*\w+\s*:\s*$|"
    r"\b(?:system|assistant|user|developer|human|tool|function|admin)\s*:|https?://|www\.|"
    r"\b[A-Za-z0-9+/_-]{28,}={0,2}|"
    r"\\x[0-9a-f]{2}|&#|%[0-9a-f]{2}%|={3,}|#{3,}",
    re.I,
)
"""Commands, markup, code, links and encoded blocks."""

SPEAKER = re.compile(
    r"(?:^|[^\w])(?:system|assistant|user|developer|human|tool|function|admin\w*|instructions?)\s*:", re.I
)
"""Somebody else is made to speak: nothing on the line from here on is the customer's."""

WISH = re.compile(
    r"^\W*(?:hello|hi|hey|dear|good (?:morning|evening|afternoon)|thanks|thank you|hallo|guten (?:tag|morgen|abend)|"
    r"liebes?|danke|hola|buen[oa]s|gracias|bonjour|bonsoir|merci|madame|monsieur)\b|\b(?:refund\w*|money back|"
    r"reimburs\w*|want|would like|please|demand|request|expect|replace\w*|"
    r"möchte|will|hätte gern|bitte|erstatt\w*|geld zurück|zurück(?:geben|schicken|senden)|"
    r"quiero|quisiera|por favor|devolver\w*|reembols\w*|dinero|solicito|exijo|"
    r"je (?:veux|voudrais|souhaite|demande)|merci de|rembours\w*|s['’]il vous plaît|renvoyer)\b",
    re.I,
)
"""What the customer asks for, and greetings: kept out of quotes."""

MONEY_BACK = re.compile(
    r"\b(?:refund\w*|money back|reimburs\w*|Geld (?:\w+ )?(?:zurück|wieder)|erstatt\w*|Rückerstattung|"
    r"reembols\w*|devol\w+ (?:el|mi|del) dinero|"
    r"dinero de vuelta|rembours\w*)",
    re.I,
)
GOODS_BACK = re.compile(
    r"\b(?:send (?:it|them|this) back|return (?:it|them|this|the)|zurück(?:schicken|senden|geben)|"
    r"zurückzu(?:schicken|senden|geben)|"
    r"rücksendung|retoure|devolver(?:l[oa]s?)?|devolución|renvoyer|retourner|retour)\b",
    re.I,
)
PICTURES = re.compile(
    r"\b(?:photos?|pictures?|pics?|images?|videos?|vids?|screenshots?|attach(?:ed|ment|ments)|"
    r"fotos?|bild(?:er)?|anhang|angehängt|beigefügt|anbei|imágen(?:es)?|imagen|v[íi]deos?|adjunt\w+|"
    r"vidéos?|pièces? jointes?|ci-joints?|ci-jointes?)\b",
    re.I,
)
