"""Questions as staff word them, with the page that answers; and questions no page answers."""

from __future__ import annotations

ANSWERED = """
what does a supplier review do | supplier-reviews
will the vendor pay for this | supplier-reviews
when is a supplier responsible for the cost | supplier-reviews
how much can we claim back from the dropshipper | supplier-reviews
who types in what the supplier decided | supplier-reviews
does the supplier review give the customer money | supplier-reviews
are final sale items returnable | returns
hi, is an opened item eligible for return | returns
how many days do customers have to return an item | returns
can a customer return something after 60 days | returns
what is the return policy | returns
what is the return window | returns
can she send it back after the window has passed | returns
can I approve just one of the two items she wants to return | returns
do digital goods come back | returns
can I generate a label | returns
where do I get a return label from | returns
is a tracking number needed to approve a return | returns
what file type does the label have to be | returns
how do I cancel a return | returns
what is the restocking fee policy | fees
who pays return shipping | fees
who pays for sending it back | fees
can the restocking fee be a percentage | fees
can the fees be higher than the refund | fees
what evidence is required for quality issues | evidence
do I need evidence for a lost parcel refund | evidence
what counts as evidence? | evidence
is a description from the customer enough as proof | evidence
the customer has no photos, what now | evidence
can I skip the photos | evidence
who is allowed to waive evidence | evidence
does a video count | evidence
do I need pictures if the parcel never arrived | evidence
what is the maximum refund without approval | approvals
what happens if the amount is above my limit | approvals
who has to confirm when it is over my limit | approvals
why do I need a second person | approvals
what is four eyes | approvals
can I split the refund in two to stay below my limit | approvals
what can a supervisor do that I cannot | approvals
can I refund an order with a chargeback | disputes
why can't I refund a disputed payment | disputes
what if the customer won the dispute with the bank | disputes
how long is the card valid | proposals
when does a proposal expire | proposals
why did the card go stale | proposals
I typed yes, why did nothing happen | proposals
how do I confirm | proposals
someone else has a proposal on this order, what now | proposals
what does unknown mean | provider-answers
the provider timed out, should I try again | provider-answers
why does it say pending | provider-answers
what happens when the payment provider declines | provider-answers
how do I cancel an order | cancelling
can I still stop the order before it ships | cancelling
what happens to unshipped items when I refund | cancelling
how long does a refund usually take | promises
when will the customer get the money | promises
when does the money arrive on her card | promises
can I promise a date to the customer | promises
can we refund without a return | refund-paths
does she have to send it back to get the refund | refund-paths
explain the rules for exchanges | refund-paths
difference between refund and supplier review | refund-paths
why is the refund button closed | refund-paths
in which situations can I request a refund | refund-paths
do you refund shipping fees | direct-refund
is shipping refundable | direct-refund
can I refund just a part of it | direct-refund
how are discounts split over the items | direct-refund
is tax included in the amount | direct-refund
can I refund to a different card | direct-refund
she paid with two cards, where does the money go | direct-refund
can I give a goodwill credit without an item | direct-refund
which reasons can I choose | direct-refund
can I undo a refund | direct-refund
how does this refund affect the settlement | balances
what does reserved mean | balances
will this touch my payout | balances
what happens if there is not enough balance | balances
when does the sale become available | balances
where does the money for a refund come from | balances
can I create a return myself | merchant-returns
how do I open an RMA for the customer | merchant-returns
how do I mark it received | receiving
what if one unit is missing from the return parcel | receiving
it came back damaged, do we still pay in full | receiving
when is a return closed | receiving
can I refund before the goods are back | receiving
how do I reject a return request | rejecting
which rejection reasons are there | rejecting
do I have to tell the customer why we decline | rejecting
what can you do | desk
what can you help me with | desk
in which languages can you write drafts | desk
is there a log of who did what | desk
"""

UNANSWERED = """
what's the weather like
what is the capital of France
how do I reset my password
can you book me a flight to Rome
who won the match yesterday
do you know a good recipe for pancakes
what is the meaning of life
how do I change the delivery address
do we ship to Canada
when does the new collection come out
how many employees do we have
what is our wifi password
can you tell me a joke
is the office closed on Monday
what is the email of the marketing team
how do I install the printer
do we have a loyalty programme
what are the opening hours of the store
who is the CEO
can I get a day off
is it allowed to refund customs duties
what's the exchange rate of the euro
how do I write a product review
what colours does the lamp come in
what is machine learning
"""


def answered() -> list[tuple[str, str]]:
    """(question, page)."""
    return [tuple(part.strip() for part in row.split("|", 1)) for row in ANSWERED.strip().splitlines()]  # type: ignore[misc]


def unanswered() -> list[str]:
    """Questions nothing answers."""
    return UNANSWERED.strip().splitlines()
