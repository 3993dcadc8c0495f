"""What support staff shorten, and how it is written out."""

from __future__ import annotations

_TABLE = """
refund: rfnd refnd rfd refd rfund rfn reefund
refunds: rfnds
refunded: rfnded rfndd rfd'd refd'd refunded'd
refunding: rfnding
partial refund: prfnd p/r
supplier review: s/r
review: rvw revw rev
supervisor: supv superv
manager: mgr mngr
label: lbl labl
return: ret rtn rtrn retn rturn r/t
returns: rtns rtrns
returned: rtnd rtrnd rtned retd retnd
returning: rtrning rtning
exchange: xchg exch xchange xchng
replacement: replcmnt rplcmt replmnt
damaged: dmg dmgd damgd dmged dmgg dmaged
damage: dmge
broken: brkn brkn'd brokn
defective: dfct dfctv defctv dfctve defctve
faulty: flty fltly
customer: cust cstmr cstmer cx cus ctmr custo custmr cu custy cstr
customers: custs
please: pls plz plse pleas
thanks: thx tnx thnx tks tx thanx
thank you: ty tysm
you: u ya
your: ur yr
with: w/ w
without: w/o wo w/out wout
because: b/c bc coz cuz cos becos bcos bcz
changed: chgd chngd chged chnged changd
change: chg chng chnge
amount: amt amnt
quantity: qty quant qnty
order: ord ordr odr orde
orders: ords ordrs
invoice: inv invc
picture: pic foto
pictures: pics pix fotos picz
photo: phto foto
photos: phtos
video: vid
attached: attchd attched atchd attd atched attch attachd att attc
received: rcvd recd rec'd recvd rcv'd rcvd'd recieved
receive: rcv recv
delivered: dlvd dlvrd delvd dlvred deliv'd dlrd delivd
delivery: dlvry delvry dlvy deliv delv
shipped: shpd shppd
shipping: shpg shpng shping shppng shpping
supplier: sup supp suppl splr supplr sup'r spplier suplier
vendor: vndr vend
manufacturer: mfr mfg mnfr mfgr manuf
claim: clm clms
approve: appr apprv aprv apprve aprove apv
approved: apprvd apvd apprd aprvd ok'd okd okayed k'd
reject: rej rjct rjt
deny: dny
denied: dnd dnied
rejected: rejd rejctd rjctd
request: req rqst reqst
requested: reqd'd rqstd
cancel: cxl cncl canx cnl
cancelled: cncld cxld canxd cxled
account: acct accnt
balance: bal blnc
statement: stmt
settlement: settlmt stlmt
tracking: trk trkg trckng trkng trckg
wrong: wrg wrng rong
item: itm
items: itms
product: prod prdct
message: msg
duplicate: dup dupe dbl dupl dupd
never mind: nvm nm nvmd
not received: nrcvd
item not received: inr INR
not as described: snad nad inad
dead on arrival: doa
where is my order: wismo
outside the window: oow
return to sender: rts
goodwill: gw g/w
package: pkg pckg pkge pckge pk
parcel: prcl pcl prcel
changed mind: chmind
never: nvr nevr
not: nt
nothing: nthng nuthin
about: abt
back: bk bck
size: sz
colour: clr colr
different: diff
escalate: esc escl escal
ticket: tkt tckt
arrived: arr arrd arrvd arvd arived
good: gd
customer says: cs
should: shld shd
warehouse: wh whse whs
weeks: wks
week: wk
would: wld
yes: y yh ye yeah yea yup yep yess yas aye
no: nah nope naw
okay: ok k kk oki okey
want: wnt wanna
wants: wnts
have: hv
had: hd
missing: msng mssng missin msg'd
mistake: mstk
restocking: rstk restk rstck rstkg restkg
today: tdy
tomorrow: tmrw tmr
yesterday: yday ystrdy
information: info
address: addr
between: btw/n
by the way: btw
for your information: fyi
as soon as possible: asap
don't: dont don`t dnt
doesn't: doesnt dsnt dosnt doesn doesnot dosent
didn't: didnt ddnt
can't: cant cannot
won't: wont
isn't: isnt
wasn't: wasnt
aren't: arent
hasn't: hasnt
haven't: havent
hadn't: hadnt
couldn't: couldnt
shouldn't: shouldnt
wouldn't: wouldnt
that's: thats
she's: shes
he's: hes
they're: theyre
i'm: im
i've: ive
it's: its
what's: whats wats
where's: wheres
how's: hows
how's: hows
when's: whens
who's: whos
let's: lets
we're: werent'
want to: wanna
going to: gonna
got to: gotta
give me: gimme
let me: lemme
out of: outta
kind of: kinda
right: rite
night: nite
through: thru
though: tho
money: mny
paid: pd
payment: pymt pmt paymt
available: avail
confirm: cfm cnfrm confrm
proceed: prcd
carrier: carr
courier: courr
quality: qual qlty
evidence: evid evdnce
difference: diffrnc diffrence
in transit: transit trnst
status: sts stat stts
supervisor: supe
reship: rshp
purchase: purch
description: descr desc
described: dscrbd
approximately: approx
authorise: auth
before: b4
did not receive: dnr
great: gr8
large: lrg
small: sml
not available: n/a
expected: exp'd
that: tht
then: thn
just: jst
what: wht
would: wld
could: cld
not: nt
nothing: nothg nothng nuthin
anything: anythg anythng
everything: evrythg evrythng everythg evrything
something: somethg smthg smth
keep: kp
send: snd
sent: snt
sending: sndg sndng
keeping: keepg kpg
give: gv
back: bk
from: frm
wait: w8
sorry: sry srry
already: alrdy alredy
about: abt
never: nvr nevr
again: agn
another: anothr anthr
weeks: wks
months: mths mnths
missing: msng mssng missg
have: hv
product: prod prdct
arrived: arrivd arrvd arvd
"""


def _table() -> dict[str, str]:
    rows = (line.split(": ", 1) for line in _TABLE.strip().splitlines())
    return {short: full for full, shorts in rows for short in shorts.split()}


WRITTEN_OUT: dict[str, str] = _table()

DOMAIN_WORDS: tuple[str, ...] = tuple(
    """
refund refunds refunded refunding return returns returned returning exchange replacement damaged damage
broken defective
faulty customer customers please thanks because changed change amount quantity order orders ordered
invoice picture pictures
photo photos video attached received receive delivered delivery shipped shipping supplier suppliers vendor
approve approved
approval reject rejected request requested requests cancel cancelled account balance statement settlement
tracking wrong item
items product message duplicate package parcel never different escalate ticket arrived arrive missing
mistake restocking
payment available confirm confirmed proceed carrier courier quality evidence difference transit status
supervisor scratched
cracked smashed shattered dented chipped torn ripped stained crushed leaking working stopped doesn't
didn't wasn't isn't
hasn't haven't wrongly incorrect instead described description colour color size small large delayed late
overdue lost stolen
accident accidentally twice price goodwill gesture compensation sorry apology credit reimburse
reimbursement money partial full
half everything label generate upload inspection inspected warehouse outside window policy days used worn
opened tags final
sale proof payout payouts reserved available pending review claim withdraw decision verdict result charge
deduct deducted
explain reason note waive waiver loyal supervisor finance manager human english spanish german french
write draft reply email
mind keep keeps keeping send sent needs wants back without with forget stop abort discard nevermind
actually should already another
units pieces both second first third where when which what who why how
""".split()
)
