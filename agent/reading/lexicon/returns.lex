# What is wanted of a return the order already has, and goods that are wanted back. Read by `return_guards.py`.
WHO = (?:her|him|them|the customer|customer|the client|client|the buyer|buyer)
SHE = (?:she|he|they|the customer|customer|the client|client|the buyer|buyer)
RETURN = (?:returns?|rma|RETURNNO)
US = (?:us|here|in here|me|(?:our|the) (?:warehouse|shop|store|depot|office|stock|hub|place)|stock)

[calls_off]
(?:cancel\w*|void|abort|kill|withdraw|drop|annul|delete|scrap|bin|ditch|forget|discard|revoke|undo|stop|call off) (?:about )?(?:[\w']+ ){0,3}?{RETURN}\b(?! (?:fee|label|shipping|cost|window|reason|flow|card))
call (?:[\w']+ ){0,3}?{RETURN}(?: \w+){0,3}? off\b
{RETURN}(?: (?:that |which )?(?:we|i|you|{SHE})(?:'d|'ve| had| have| has)?(?: \w+){1,5}?)? (?:can|should|may|is to|has to|must|could|needs to)(?: \w+)? be (?:called off|cancelled|canceled|stopped|withdrawn|dropped|scrapped|undone|voided|taken back)\b
{RETURN} (?:ORDERNO )?(?:can go|(?:is|'s|was) (?:off|dead|void|moot|obsolete|no longer (?:needed|wanted))|(?:is|isn't) not? ?(?:happening|needed any ?more)|isn't (?:happening|needed any ?more)|won't happen|falls through|fell through|no longer needed)\b
{RETURN} (?:\w+ ){0,2}(?:cancel\w*|void\w*|withdrawn|called off)\b
(?:not|\w+n't|no longer|never) (?:be |going to (?:be )?)?(?:returning|return|send|sending|ship|shipping) (?:it|them|the [\w' ]{2,20}?|anything)(?: back)? ?(?:after all|any ?more|now)

[closes]
(?:tidy|clear|clean|finish|wind|round) up (?:[\w']+ ){0,3}?{RETURN}\b
(?:close|close out|close off|shut|shut down|finish|finish off|finali[sz]e|complete|wrap up|archive|end) (?:[\w']+ ){0,3}?{RETURN}\b(?! (?:fee|label|window))
{RETURN} (?:can be |is to be )closed\b
wrap (?:[\w']+ ){0,3}?{RETURN} up\b

[closes_it]
(?<!to )(?:close|shut|finish|finali[sz]e|wrap|end|archive) (?:it|this|that|the case|this one|that one)(?: (?:up|off|out|down))?\b

[finishes_it]
^(?:\W|ORDERNO|ok|okay|so|then|now|please|just|yes|great|good)*(?:finish|close|wrap|complete|finali[sz]e)(?: (?:it|this|that|everything))?(?: up| off| out)?(?: (?:then|now|please|on|for|ORDERNO))*\W*$

[pays_out]
(?:refund|reimburse) (?:the |her |his |their |this |that |[\w']+ ){0,2}?{RETURN}\b(?! (?:fee|shipping|postage|label|cost))
(?:pay out|settle|pay off|pay|refund|reimburse) (?:[\w']+ ){0,4}?{RETURN}\b(?! (?:fee|shipping|postage|label|cost))

{RETURN}\W+(?:\w+ ){0,2}?(?:pay (?:it )?out|settle|refund)\b
(?:give|send|pay|do) (?:[\w']+ ){0,3}?(?:the |her |his |their )?money\b[^.;?]{0,30}\b(?:now|already|for what (?:came|arrived|is back|we got))\b
pay ?out (?:to|for) {WHO}\b
^(?:and |now |then |so |please |ok |, )*(?:the |her |his )?pay ?out(?: now| then| please)?\W*$

[to_us]
(?:sent|shipped|posted|returned|brought|mailed|delivered|come|comes|coming|back|send (?:it|them|the \w+)|return (?:it|them)|get (?:it|them))(?: \w+){0,1}? (?:back )?(?:over )?(?:to|in|into|at|with) {US}\b
back (?:in )?here\b
(?:want|need|get|have|like) (?:it|them|the [\w ]{2,24}?|that \w+|those \w+|both|all(?: of (?:it|them))?|(?:\d+|one|two|three|four|five|six)(?: \w+){0,4}?) (?:sent |shipped |to be |to get )?(?:back|returned)\b(?! to {WHO})

[wants_it]
(?:need|want|would like|we'd like|i'd like|have|get|must|should|has to|have to|needs to|is to|are to|please|want to have)\b

[says_returns]
(?<!the )(?<!her )(?<!his )(?<!open )(?<!no )(?<!any )(?:{SHE}|[a-z']+) (?:returns|is returning|are returning|sends back|gives back|is sending back|will return) (?:\d+|one|two|three|four|five|six|the|her|his|their|both|all|it|them|a)\b
(?:{SHE}|[a-z']+) (?:gives?|sends?|brings?) (?!us\b|me\b|you\b)(?:\d+|one|two|three|four|five|six|the|her|his|both|all|it|them|a)(?: [\w]+){0,4}? back\b

(?<!n't )(?<!not )(?<!nothing )(?<!nothing is )(?:is|are|'s|will be) (?:all |both )?(?:coming|going|on (?:its|their|the) way) back\b(?! to (?:her|him|them|the customer))

[asks_number]
(?:which|what|whats|what's) (?:\w+ ){0,2}?(?:parcel|tracking|shipment|consignment|label|waybill|awb)(?: (?:number|no|nr|code|id))?\b
(?:tracking|parcel|shipment|consignment) (?:number|no|nr|code|id) (?:\w+ ){0,3}?(?:for|of|on)\b

[how_to_send]
how (?:to|(?:she|he|they|the customer|customer|[\w']+) (?:\w+ ){0,2}?(?:can|should|must|may|has to)?)? ?(?:\w+ )?(?:return|send|sends|ship|ships|get|gets|post|posts)\b
(?:return|approval|sending|shipping) instructions?\b
where to (?:send|ship|post|return)
(?:instructions?|steps) (?:for|on|to) (?:the |her |his )?(?:return|send)\w*

[asks_of_return]
^(?:\W|ORDERNO|and|so|wait|but|hm+|ok|okay|remind me|tell me)*(?:what|which)(?:'s| is| are| was| were| did| does| do| has| have)? (?:[\w'!]+ ){0,5}?(?:asks?|asked|want(?:s|ed)?|return\w*|send(?:s|ing)?|sent|coming|going|request\w*)(?:,? \w+){0,5}\W*$
^(?:\W|ORDERNO|and|so|wait|but|hm+|ok|okay|remind me|tell me)*why (?:did|does|do|is|was|has|are|would) (?:[\w']+ ){1,4}?(?:return\w*|send\w*|giv\w*|want\w*)(?:,? \w+){0,5}\W*$
(?:what|what's|whats|which|tell me|remind me of)(?: \w+){0,3}? (?:reason|words?|explanation)(?:,? \w+){0,7}\W*$
what (?:is|was|'s)? ?(?:in|on|inside) (?:the |her |his |that |this )?{RETURN}(?: request)?\W*$
what's (?:in|on|inside) (?:the |her |his |that |this )?{RETURN}(?: request)?\W*$

# A return is ordered in so many words at the beginning, whatever is told of it behind them.
[sets_up]
^(?:\W|ORDERNO|ok|okay|hi|hey|hello|and|so|then|now|please|just|let's|on|for|we|i|need to|have to|want to|(?:can|could|would|will) (?:you|we|i))*(?:create|open|start|set up|make|register|log|raise|initiate|book|arrange|put in) (?:a |an |the |me |us |her |him |them |new |merchant |proper |normal )*(?:return|rma|rtn)\b(?! (?:fee|label|shipping|postage|cost|window))
