"""Sentences that promise something, and harmless ones that only look alike, by language."""

from __future__ import annotations

PROMISES = {
    "en": """
You'll get your refund within 3–5 business days.
The money will be back by Friday.
Refund in 48 hours.
Your refund is guaranteed.
We guarantee you get every cent back.
You will have it tomorrow.
It takes 3 to 5 days to arrive on her card.
It usually takes about a week.
Expect the credit in two to three business days.
Refunded within five days.
She will see it on her statement by the end of the month.
Tell her she gets it by Friday.
The refund arrives on 12 November.
The refund will be on your account on 2026-11-15.
Your money is back in 24h.
You can expect it next week.
The amount appears on your card in 5-10 working days.
It should land in a couple of days.
Refunds are processed overnight.
Your refund will be issued immediately.
We promise the money is on its way.
I promise she gets it.
Rest assured, you will receive the refund.
You will definitely get your money back.
It'll be there by EOD.
You'll have your money before the weekend.
No later than Monday.
up to 10 days
The refund takes up to 10 business days.
Within the next few days the amount will be credited.
It will reach you in under a week.
Please allow 5–7 business days.
The bank needs 3-5 days.
In forty-eight hours at the latest you have the money.
You'll see it in a fortnight.
Your refund was approved and by Friday it is on your card.
The refund will arrive by 5 pm.
Same-day refund.
You get the money back next Tuesday.
100% sure it will be refunded.
The money will arrive on the 15th.
The refund should be there in 3 to 5 days.
The settlement moves and your refund is back within 7 days.
No doubt the refund is guaranteed.
The return window is 30 days and the refund comes within 5 days.
You can return it and get your money within 3 days.
Returns are accepted and the money is back by Friday.
The parcel should be sent back to you by Friday.
The item can be returned to you within 3 days.
You can return it with the courier who comes on Friday.
Returns are accepted at our depot on Monday.
A new one may be sent back within two days.
Your refund will arrive ｗｉｔｈｉｎ ５ ｄａｙｓ.
You have the money with\u200bin 5 days.
ETA: 3 days.
Your money back in one business day, approx. 24 hours.
Refunds normally take 7 days.
The refund is due on Monday.
It is certain to be refunded.
The credit posts within one to two billing days, at most 72 hours.
Get your refund today.
""",
    "de": """
Der Betrag wird innerhalb von 5 Tagen erstattet.
Sie erhalten Ihr Geld bis Freitag.
Das Geld ist in 3–5 Werktagen auf Ihrem Konto.
Die Erstattung ist garantiert.
Wir garantieren Ihnen die Rückzahlung.
Die Gutschrift dauert zwei bis drei Tage.
Sie bekommen es morgen.
Nächste Woche haben Sie Ihr Geld.
Spätestens am Montag ist das Geld da.
Innerhalb der nächsten Tage wird der Betrag gutgeschrieben.
Wir erstatten den Betrag binnen 14 Tagen.
Ich verspreche Ihnen die Erstattung.
Das Geld wird sofort überwiesen.
Die Rückzahlung erfolgt in der Regel in einer Woche.
Die Erstattung erfolgt bis Ende des Monats.
Ihr Geld kommt am 12. November.
Sie haben es in achtundvierzig Stunden.
Auf jeden Fall bekommen Sie Ihr Geld zurück.
Die Erstattung ist bis zum 15.11.2026 auf Ihrem Konto.
""",
    "es": """
Recibirá el reembolso en 48 horas.
El reembolso llegará en un plazo de 5 días.
Tendrá su dinero antes del viernes.
Le garantizamos el reembolso.
El importe se abonará en 3-5 días hábiles.
Mañana recibirá su dinero.
La semana que viene tendrá el reembolso.
El reembolso tarda de tres a cinco días.
Le prometemos el reembolso.
El dinero estará en su cuenta el lunes.
Lo recibirá a más tardar el viernes.
En los próximos días recibirá el abono.
El reembolso está garantizado.
Tendrá el dinero dentro de dos semanas.
El reembolso llegará el 12 de noviembre.
Se lo devolveremos en cuarenta y ocho horas.
""",
    "fr": """
Vous serez remboursé sous 5 jours.
Le remboursement arrivera dans les 48 heures.
Vous recevrez votre argent d'ici vendredi.
Le remboursement est garanti.
Nous garantissons le remboursement.
Vous aurez l’argent demain.
Le montant sera crédité sous trois à cinq jours ouvrés.
La semaine prochaine vous serez remboursé.
Nous vous promettons un remboursement.
Le remboursement prend deux semaines.
Comptez 3 à 5 jours ouvrables.
Le virement sera effectué avant la fin du mois.
Vous serez remboursé lundi.
Vous recevrez le montant le 12 novembre.
Votre remboursement sera traité immédiatement.
Soyez assurée que vous serez remboursée sans faute.
""",
}

HARMLESS = {
    "en": """
The return window is 30 days from the order.
We take returns up to 30 days after delivery and your parcel arrived ten weeks ago.
Goods can be returned within 30 days of delivery.
Refunded on 12 Nov.
Within your limit of $100.
Above your limit of $100: a second person has to press.
It was delivered on Friday.
Delivered 12 Nov 2026.
The order was placed 40 days ago.
The return window of 30 days is over (45 days); a supervisor may override it.
The proposal expires after 30 minutes.
A proposal stays open for 30 minutes.
The proposal expired at 12:30.
USD: pending settlement $3.00, available $4.00. Settling 12 Nov: $3.00.
A captured sale becomes available 7 days after capture.
Refunds of the trailing 24 hours count together.
No refund time can be promised.
The desk cannot guarantee anything.
We never promise a date.
There is no guarantee that the supplier agrees.
The refund of $12.00 is on its way: the provider has not finished it.
We will write to you as soon as it is confirmed.
The lamp arrived within 2 days.
It took three weeks to arrive.
She bought it last month.
Which item on #1042?
3 of 5 lamps were damaged.
How many of the 2 × 7 Day Candle?
Order #1042, 12 Nov 2026: Blue lamp.
Refund of 12.00 EUR: succeeded, proposed by Ana, confirmed by Ben.
The second person confirms it.
Payouts: 12.00 USD: scheduled.
Please send us photos of the problem.
You will hear from us soon.
The guarantee card was missing.
Ana asked for 50% of it.
You have 30 days to return it.
12 Nov 14:30 approved
Photos are needed above $200.
The refund was confirmed yesterday.
It may take a second person to confirm.
Shipping of 5.00 is refundable.
May I have the order number?
We refunded $12.00 to your Visa on November 12, 2026.
Have a nice day!
""",
    "de": """
Die Rückgabefrist beträgt 30 Tage ab der Bestellung.
Am 12. November 2026 haben wir Ihnen 12,00 € erstattet.
Die Lampe wurde am Freitag geliefert.
Guten Morgen, Frau Lind!
Sie haben vor 3 Tagen bestellt.
Leider können wir nichts versprechen.
Eine Garantie gibt es dafür nicht.
Wir melden uns, sobald die Erstattung bestätigt ist.
Bitte senden Sie uns Fotos des Problems.
Die Garantiekarte fehlte.
Vielen Dank für Ihre Nachricht.
""",
    "es": """
El plazo de devolución es de 30 días desde el pedido.
El 12 de noviembre de 2026 le reembolsamos 12,00 € en su Visa.
La lámpara llegó el viernes.
El pedido se hizo hace 3 días.
No podemos garantizar una fecha.
Le escribiremos en cuanto esté confirmado.
Por favor, envíenos fotos del problema.
Hola, Maya Lind:
Se entregó por la mañana.
""",
    "fr": """
Le délai de retour est de 30 jours à compter de la commande.
Le 12 novembre 2026, nous vous avons remboursé 12,00 € sur votre Visa.
La lampe a été livrée vendredi.
Vous avez commandé il y a 3 jours.
Nous ne pouvons pas garantir de date.
Nous vous écrirons dès que le remboursement est confirmé.
Merci de nous envoyer des photos du problème.
La lampe est encore sous garantie légale.
Bonjour Maya Lind,
""",
}


def rows(table: dict[str, str]) -> list[tuple[str, str]]:
    """(language, sentence) of a table."""
    return [(language, line) for language, text in table.items() for line in text.strip().splitlines()]
