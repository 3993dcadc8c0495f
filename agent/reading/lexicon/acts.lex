# What staff do with words: families that the guards weigh and the interpreter reads.
WHO = (?:her|him|them|the customer|customer|this customer|that customer|the buyer|the client|client|buyer|me|us|my)
IT = (?:it|this|that|them|these|those|the (?:return|request|rma|return request|case)|return|request|rma|RETURNNO|ORDERNO|his|hers|her|theirs|their (?:return|request)|all)
TWO_NAMES = (?:(?!the\b|her\b|his\b|their\b|an?\b|it\b|them\b|both\b|all\b|one\b|two\b|three\b|four\b|five\b|those\b|these\b|this\b|that\b|back\b)[a-z'’-]+ [a-z'’-]+)
PIC = (?:photos?|pictures?|images?|videos?|screenshots?|snaps?|clips?|proof|evidence|attachments?)
PROOF = (?:photos?|pictures?|images?|videos?|screenshots?|snaps?|clips?|proofs?|evidence|attachments?|receipts?|invoices?|reports?|scans?|transcripts?|files?|documents?|confirmation|statement|letter)

SHIPS = (?:shipping(?: (?:fee|cost|charge|price)s?)?|postage(?: (?:fee|cost)s?)?|p ?& ?p|freight|(?:delivery|dispatch) (?:fee|cost|charge|price)s?)

[supplier]
suppliers?(?:'s)?\b
vendors?(?:'s)?\b
manufacturers?\b
wholesalers?\b
factory\b
drop ?shippers?\b
distributors?\b
verdict\b
(?:the|our) makers?\b
producers?\b
cost (?:review|dispute|claim|recovery)
print(?:ing)? (?:shop|house|partner|company|works|supplier)(?:'s)?\b
fulfil?l?ment (?:partner|house|cent(?:re|er)|provider|company)(?:'s)?\b
(?:dropship\w*|drop-ship\w*|sourcing|supply|production) (?:partner|company|provider)\b
(?:ask|bill|charge|chase|invoice|claim (?:from|against)|against|from|off) (?:the|our) printers?\b(?! (?:order|box|parcel|ink))
printers? (?:is|are|was|were) (?:happy|willing|ready|prepared) to\b
(?:the |our )?printers? (?:\w+ )?(?:approv\w+|agree[ds]?|accept(?:s|ed)|reject\w*|refus\w+|declin\w+|pays?|paid|credit(?:s|ed)|offer(?:s|ed)?|cover(?:s|ed)|says|said|came back|will (?:pay|cover|credit|refund))\b
\bds (?:claim|credit|refund|review|cost|part\w*|appr\w*|approve\w*|reject\w*|rej|says?|said|pays?|paid|reply|replied)\b
(?:request|req|ask|bill|chase|claim (?:from|against)|the|our) ds\b

[supplier_stop]
(?:off|cancelled)(?: please)?\W*$
(?:cancel\w*|withdraw\w*|retract\w*|revoke\w*|drop(?! ?ship)\w*|pull\w* back|pull (?:the|that|our)|kill|scrap|abort|remove|delete|stop\w*|call off|take back|undo|close|end|void|rescind|scratch|bin|discard|forget|pull|undo)\b
never mind
x the\b
(?:don't|do not|no longer|not|never) (?:\w+ )?(?:ask\w*|claim\w*|chase\w*|need\w*|want\w*|pursu\w*|bother\w*|send\w*|bill\w*|charge\w*|request\w*)
no need (?:to|for)
not worth
let (?:it|that|the) (?:\w+ )?(?:go|drop|be)

[supplier_reply]
(?:approv\w+|accept\w*|agree\w*|grant(?:s|ed)?|allow(?:s|ed)|reject\w+|den(?:y|ied|ies)|declin\w+|refus\w+|respond\w*|repl(?:y|ied|ies)|answer\w*|came back|come back|comes back|said|says|say|wrote back|confirmed|ate it|eat it|paid|pays|pay up|covered|covers|will (?:cover|credit|pay|refund|reimburse)|won't|turned (?:it |us |our |the )?(?:\w+ )?down|knocked (?:it )?back|credited|credits|refunded|reimbursed|gave us|gives us|offer\w*|only (?:pays|pay|paid|covers|gives))\b
(?:happy|willing|ready|prepared|going|agreed) to (?:\w+ )?(?:cover|credit|pay|refund|reimburse|take|bear)\b
turn(?:ed|s) (?:us|me|it|that|this) down\b
(?:verdict|outcome|result|decision|response|reply|answer|feedback|news|update|status)\b
(?:heard|hear) (?:back|anything|from)
(?:not|isn't) their (?:fault|problem|issue)
(?:settled|closed) (?:it |the )?(?:at|with|for)

[asks_status]
(?:status|progress|update|news|state|result|outcome)\b
(?:any|no) (?:news|word|update|answer|reply|response)
(?:has|have|did|does|do|is|are|was|what|what's|where|when|how|which|who)\b
(?:heard|hear) (?:back|anything|from)
(?:show|check|see|view|open|look|pull|display|find|tell me|get me)\b
still (?:waiting|pending|open)

[record]
(?:record|log|enter|note|register|book|put in|add|file|mark|set|save|input|type in|capture)\b

[supplier_ask]
(?:request\w*|ask\w*|claim\w*|charge\w*|bill\w*|file\w*|open\w*|start\w*|create\w*|raise\w*|submit\w*|launch\w*|recover\w*|reclaim\w*|reimburs\w*|recoup\w*|get (?:our|the) (?:money|cost|costs)|want\w*|need\w*|dispute\w*|escalat\w*|send\w*|pass\w*|push\w*|invoice|make|let|should|must|has to|have to|can|could|please|chase)\b
(?:cover|pay|pays|refund|compensate|pick up|bear|absorb|carry|take over)\b
cost (?:review|recovery|claim|dispute|back)
back to (?:the )?(?:supplier|vendor|manufacturer)
supplier (?:cost )?(?:review|claim|request|dispute)
(?:get|fetch|take|collect|demand|recover|have|see) (?:\w+ ){0,4}(?:back|off|out of) (?:from )?(?:the |our |that )?(?:supplier|vendor|manufacturer|maker|factory|drop ?shipper|wholesaler)
(?:back|MONEY|PERCENT) (?:off|from|out of) (?:the |our )?(?:supplier|vendor|manufacturer|maker|factory|drop ?shipper|wholesaler)

[refund]
(?:price )?(?:difference|gap) (?:goes |is to go |to go )?back\b
(?:pay|give) {WHO} (?:back )?(?:everything|all of it|it all|the (?:whole )?lot)\b(?! (?:they|she|he) needs?)
^(?:\W|ok|okay|so|and|then|now|right|great|good|thanks)*(?:the |her |his |their )?money(?: back| now| then| too| please| to (?:{WHO}))*\W*$
give back for (?:the |her |his |those |these |all )?\w+
(?:settle|pay out|clear|transfer|return|release|give) (?:{WHO} )?(?:back )?(?:the |all the |her |his )?(?:entire |whole |full |open |complete )?(?:remainder|rest|balance|remaining \w+)\b(?! (?:of the (?:mugs|goods|parcel)|back to us|yet))
credit (?:both|all|the|one|two|three|four|five|six|\d+|her|his|their|those|these)\b(?! (?:note|card|score))
money (?:back )?for (?:the|those|these|her|his|their) (?:\w+ ){0,2}\w+(?: please)?\W*$
put (?:\d+|an?|one|two|three|four|five|six|both|all|the) (?:(?!order\b|return\b|card\b|claim\b|request\b)\w+ ){0,5}through (?:for|on|to) (?:ORDERNO|{WHO}|(?:mr |mrs |ms )?\w+)\b
(?:MONEY|PERCENT|money|sum|tax|vat|surcharge)(?: \w+){0,2}? (?:goes|go|should go|must go|has to go|is to go|needs to go|can go|gets sent|is going) back\b(?! (?:to (?:us|me|our)|into))
give (?:{WHO}) back (?:for|on|the (?:price|cost|value)|what|only|just|\d+|one|two|three|four|five|six|all|both|half)\b
money back\b
(?:likes?|wants?|wanted|asks?(?: for)?|hopes?|expects?)(?: to (?:have|get|see))? (?:the |her |his |their )?(?!return\b)(?:\w+ ){1,4}(?:paid|refunded|given|credited)(?: back)?\b
(?:she|he|they|customer|client|buyer) (?:should|shall|must|ought to|is to|are to|deserves? to) (?:\w+ )?(?:get|have|receive) (?:back )?(?:\w+ ){0,3}?(?:MONEY|PERCENT)\b
{WHO} (?:gets?|is due|is owed) (?:\w+ )?(?:MONEY|PERCENT|the money|half|everything) ?(?:back)?\b
(?:refund\w*|reimburs\w+|money ?back|pay\w* (?:{WHO} |it )?back|credit (?:{WHO}|the (?:card|original|visa|paypal)|back|MONEY|PERCENT)|credit (?:her|his|their) card|cash back|chargeback to)\b
(?:give|gives|gave|send|get|gets|got|wants?|want|demands?|hand|return|issue) (?:{WHO} |the |back |a |one |two |three |full )*(?:money|MONEY|PERCENT|cash|half|thirds?|quarters?|fifth|full amount|it all|the (?:whole )?lot)(?: \w+)? ?back
(?:give|send|issue|offer|knock|take|hand|put|return|pay|get) (?:{WHO} |back |a |the |those |about |around )*(?:MONEY|PERCENT|half)\b
(?:give|send|hand|return|pay|gives|reverse) (?:{WHO} |mr |mrs |ms |\w+ )?(?:back )?(?:the |her |his |their )?(?:money|cash|difference|different|full amount|shipping cost|shipping|postage|charge)\b
(?:return|give|send|pay|hand|reverse|put|transfer)(?: back)? (?:{WHO} )?(?:back )?(?:\w+ ){0,4}?(?:payments?|charges?|transactions?|cash|funds|remaining amount|remainder|balance|(?:full |whole |remaining |outstanding )?amount|price)\b(?! (?:fee|label))
(?:undo|reverse) (?:this one|that one|this (?:payment|charge|order|sale)|one|the (?:second|first|charge|payment|order|extra)|1|it|2nd|both)\b
(?:the |her |his |their )?money (?:be )?(?:return(?:ed)?|refunded|reimbursed)\b
(?:give|hand|send) (?:{WHO} )?(?:all|all of it|everything|it all|something|some|a bit|part of it) (?:\w+ )?back\b
give (?:{WHO} )?something (?:back|for)
give (?:{WHO}|this one|her|him) (?:for )?(?:that|it|this|those|them|that one|the \w+)(?: one)? back\b(?! (?:to us|in)\b)
(?:wants?|asks? for|demands?|asking for|expects?) (?:all of |back )?(?:her|his|their|the|my) (?:money|difference)\b
partial (?:MONEY|PERCENT)
(?:rather|prefers?|takes?|wants?)(?: to)? (?:have |take |get )?(?:the |his |her |their )?(?:money|cash)\b(?! (?:yet|status))
(?:a |one |two |three |1 |2 )?(?:half|thirds?|quarters?)(?: (?:of )?(?:the |her |his |it)?\w*)? (?:back|off)\b
pay (?:{WHO} |for |back |just |only )*(?:the|that|this|her|his|their|one|two|it)\b(?! (?:shipping|postage|label))
comp (?:her|him|them|shipping|the)\b
(?:give|gives|pay|hand|send) (?:{WHO} |mr \w+ |mrs \w+ )?(?:back )?(?:everything|all|all that|whatever|what)(?: that)? (?:he|she|they|it|the customer) (?:had )?(?:paid|spent|cost)\b
money (?:back )?(?:for|on) (?:the|that|those|these|her|his|their|it|one|two|both)(?: \w+){0,3} back\b
(?:MONEY|PERCENT|half|full|some) (?:back|off|refund|credit)\b
(?:her|his|their|the) money(?: \w+)? back
back to (?:{WHO}|her card|card|the card|the original|paypal|visa)
make (?:{WHO} )?whole
(?:goodwill|good will|gesture|compensat\w*|price (?:adjust\w*|match|difference))\b
(?:comp|void) (?:{WHO}|it|the|this|ORDERNO|order)
(?:another|second|further|one more) (?:credit|refund)\b
cancel\w* (?:\w+ ){0,3}(?:order|ORDERNO)\b
kill (?:the |her |his )?(?:order|2nd|second|dupe|duplicate|one|it)\b
rfnd

[question]
(?<=, )(?:is|isn't|are|aren't|does|doesn't|do|don't|has|hasn't|was|wasn't|will|won't|did|didn't) (?:it|that|this|they|she|he|we)\W*$
^(?:\W|and |so |wait |but |ok |okay |also |hey |hi |please |no |actually |hm+ |sorry |quick question |question |oh |(?:hang|hold) on |(?:one|a|just a) (?:sec|second|moment|minute) |btw |by the way |, )*(?:what(?! an? (?:\w+ ){0,2}?\w+ ?[,.!;])|what's|which|who|who's|whose|when|when's|where|where's|why|how|how's|is|are|was|were|does|do(?! not| it| that| this|n't)|did|has|have (?:we|they|you|i)|can|could|may|should|will|would|am)\b
\w[^.?!]*\?$
, (?:right|correct|yeah)\?(?=\W*$|\s)
any (?:news|update|word|idea|chance)
(?:tell|remind) me (?:what|when|who|why|how|where|which|if|about|the)
(?:do you|you) know (?:what(?!\s*[,.!:\u2013-])|when|who|why|how|where|which|if)
i (?:wonder|need to know|want to know)
status\b

[wh]
(?:what|what's|which|who|who's|whose|when|when's|where|where's|why|how|how's|how long|how much|how many)\b

[refund_status]
check (?:if |whether |that )?(?:the )?(?:ORDERNO|order|it|this) (?:was |is |has been |got )?(?:already )?refunded\b
(?:refund|money|credit|reimbursement) (?:status|progress|update)\b
(?:status|progress|state|update) (?:of|on|for|re|about|with) (?:the |her |his |my |their |a |this |that )*(?:\w+ )?refund
(?:where|where's|when) (?:\w+ ){0,3}(?:refund|money|credit)\b
(?:has|have|did|was|were|is|are) (?:the |her |his |my |their |a |this |that |any |we |she |he |it |they |ORDERNO |order )*(?:refund\w*|money|been refunded|get refunded|get (?:the|her|his|their) (?:refund|money))\b(?! (?:possible|allowed|ok|okay|needed))
(?:already|been|was|were|got|is it) (?:\w+ )?refunded\b
refunded (?:yet|already|before|so far|on|when|by|y\b)
(?:any|has|have|did|was|were|is) (?:\w+ ){0,3}refunds? (?:\w+ )?(?:gone|been|sent|made|issued|out|given|going|go|happen|complete\w*|processed|paid)\b
(?:did|have|has) (?:we|anyone|anybody|someone|somebody|they) (?:ever |already |yet )?(?:paid?|reimburse\w*|credit(?:ed)?|refund(?:ed)?|give[n]?|sent?)\b(?!.* (?:us|our)\b)
(?:how much|what|what's|whats|anything) (?:\w+ ){0,3}(?:refundable|left to refund|(?:can|may|could) (?:i|we|be) (?:still )?refund\w*)\b.*(?:ORDERNO|\bit\b|here)
(?:have|has|had|do|does|did|is|are|was|were|am|can)(?: not|n't|not)?(?: yet| still| been| never| even)? (?:received?|got|get|gotten|seen?|find|showing|shown|show up|shown up|arrived|arrive|come|credited|reached?)(?: \w+)? ?(?:the |her |his |my |their |any |a )(?:refund|money back|credit|money)
(?:the |her |his |my |their |a )?refund (?:that |which )?(?:\w+ )?(?:has not|hasn't|have not|isn't|is not|not|never|didn't|did not|was issued|was sent|still|yet|on my|in my|has)
(?:no|without|still no|waiting (?:for|on)|expecting|missing) (?:the |her |his |my |their |a )?(?:refund|money back) ?(?:yet|in|on|so far|has|from|arrived|received)?$
how long (?:\w+ ){0,3}(?:refund|money|take)
refund (?:for |on |of |from |about )?(?:\w+ ){0,3}(?:still|not|yet|hasn't|isn't|never)\b
(?:haven't|hasn't|have not|has not|not|didn't|did not|never) (?:yet |still )?(?:seen|got|gotten|received|get|receive|see) (?:the |her |his |my |their |any |a )?(?:refund|money)
(?:refund|money) (?:arrive|land|show|come through|gone through|go through|hit|reach|processed|pending|failed|succeed|complete|done)\w*
(?:refunds?) (?:history|so far|list|made|given|done|on ORDERNO)\?
(?:what|how much|which|who|anything|did anyone|has anyone|did we|have we|did someone) (?:\w+ ){0,3}refund\w*

[got_refund]
(?:i|she|he|they|we|customer|the customer)?(?: has| have|'ve)? ?(?:received|got|gotten|have|seen) (?:the |her |his |my |their |a )?(?:full |partial )?(?:refund|money back|money)(?: \w+)? ?(?:thanks|thank you|already|now|today|,|\.|$)
(?:refund|the money|her money|his money|my money) (?:has |was |have |just |is |safely )*(?:arrived|there\b|received|came through|landed|showed up)\b
(?:already|been) refunded,? (?:thanks|thank you|all good)

[delivery]
(?:where is (?:my|the|her|his) (?:order|parcel|package)|deliver\w*|shipped|ship date|dispatch\w*|arriv\w*|track (?:my|the|her|his|it|order|parcel|package|ORDERNO)|where is (?:my|the|her|his) (?:order|parcel|package)|tracking (?:info\w*|status|link)|in transit|on its way|on the way|eta\b|whereabouts|parcel|package|courier)\b

[lookup]
(?:look|lookup|look up|pull|pull up|bring up|open|show|display|find|search|fetch|get|load|view|see|check|go to|switch to|give me|get me|list(?! price))\b
(?:status|details?|info|information|overview|summary|history|timeline|rundown|contents?|items on|lines on)\b
what's (?:in|on|up with|with|happening|going on|the (?:status|story|deal|state))
what is (?:in|on|the (?:status|state)|happening|going on)
(?:when|where|who|which|how many|how much) (?:did|was|were|is|are|has|have|items?|paid|bought|does)
track\b
my order (?:number|no)
(?:need|want|give me|get me) (?:the )?(?:tracking|order|customer|delivery|shipping) (?:\w+ )?(?:number|details?|info\w*|status|date)
(?:has|have|did|was|is) (?:\w+ ){0,4}(?:ship\w*|deliver\w*|arriv\w*|sent|dispatch\w*|paid|fulfil\w*)\b
any update

[selects]
(?:hold|park|pause|leave|put) (?:that|this|it|on|everything)(?: on hold| aside| for)?.*\b(?:check|look|open|pull|do|first)\b
(?:check|look at|open|pull up|show|switch to|go to|do|let's do|first|next|now|take|look up|lookup) (?:me )?(?:the |order )*ORDERNO
first ORDERNO

[resume]
(?:back to(?! us| her| him| them| me| sender| stock)|go back to|going back to|return to(?! us| sender| her| him)|resume|continue with|continue on|pick up where|carry on with|go on with|finish|now back to|let's get back to|switch back to|reopen) (?:the |that |my |our )?(?:\w+'?s? ){0,3}(?:refund|case|return|one|ORDERNO|RETURNNO|claim|review|customer|order|previous|first|last|earlier|thing)\b
(?:where (?:were|was) (?:we|i)|where did (?:we|i|you) (?:leave (?:it|this|that|things|off)(?: off)?|stop|get (?:up )?to|break off)|what were we (?:doing|at|on|saying)|as we were|back to where|previous (?:one|case|order)|the (?:earlier|previous|other|last) (?:case|order|refund))\b
^(?:ok |okay |now )*(?:resume|carry on|go on|back)\W*$
back to (?:ORDERNO|the order)
^(?:ok |okay |now |so |, )*back to (?:the |mr |mrs |ms )?\w+\W*$
(?:^|(?<=[.!?;,:] ))(?:(?:sorry|ok|okay|right|now|so|well|anyway|and|then|thanks?|thx|again)\W+)*back to (?:the |that |mr |mrs |ms )(?!sender\b|stock\b|shop\b|store\b|customer\b|client\b|buyer\b|warehouse\b|supplier\b|card\b|factory\b|vendor\b|account\b|original\b|full\b|old\b)\w+(?: (?:one|case|refund|return|order|thing))?(?: please| now| then| again)?(?=,|\.|;|!|:|\W*$)

[the_ticket]
^(?:ok |okay |hi |hey |please |can you |could you |you |now |and |, )*(?:look at|check|read|see|open|take|handle|do|work on|go through|have a look at|what about|what does|here's|here is|i have|got|there's|there is) (?:this |the |my |a |her |his |their |new |another |next )*tickets?(?: here| please| now| say| says| want| about)*\W*$

[retry]
^(?:[\w' ]{0,24}[?!.,:;-]+ *)?(?:ok |okay |please |can you |could you |just |then |so |now |well |let's |, )*(?:try|attempt|do|run|send|submit|push|repeat) (?:the refund (?:on|for|of) |order |that on )?ORDERNO (?:again|once more|another time|one more time)\b
(?:^|(?<=[.,;!?] ))(?:so |then |and |but |please |fine |ok |okay |now |well |right |good |let's |let us |we |i |can |could |you |we'll |i'd like to |just |shall |do |, )*(?:try|attempt|send|run|submit|repeat) (?:(?:that|this|the|it|him|her)(?: very)?(?: same)?(?: (?:refund|payment|one|thing|payout|card|button))? )?(?:(?:off|through|out|over) )?(?:again|once more|one more time|another time|a second time|once again)\b(?! (?:to|for) (?:reach|call|contact|ask))
^(?:[\w' ]{0,24}[?!.,:;-]+ *)?(?:ok |okay |please |can you |could you |just |then |so |now |well |let's |, )*(?:try|attempt|do|send|submit|run|push|process|repeat) (?:it |that |this |the same(?: \w+)? |the (?:refund|payment|payout|card) )?(?:through )?(?:again|once more|another time|one more time|once again|a second time|anew)(?:,? please|,? pls| now| then)*\W*$
^(?:[\w' ]{0,24}[?!.,:;-]+ *)?(?:ok |okay |please |can you |could you |just |then |so |now |well |let's |, )*(?:have|give|take|make)(?: it| that| this| the refund)? (?:another|one more|a second|a new) (?:go|try|shot|attempt|push)(?:,? please|,? pls| now| then)*\W*$
^(?:(?:it |was |got |is |the |oh |hm+ |payment |card |provider |bank )*(?:declined|failed|bounced|rejected|refused|no luck)\W+)?(?:ok |okay |then |so |well |please |just |give it |let's |try |, )*(?:once more|one more time|another try|another go|again|retry|try again|do it again)(?: please| then)*\W*(?:(?:with )?(?:the )?same(?: thing| again| amount| one| as before| please)*)?\W*$
^(?:ok |okay |please |can you |, )*(?:retry|re-?try it|retry that|once more|one more try|another try)(?: please)?\W*$

[open_cases]
^(?:ok |okay |and |so |, )*(?:what(?:'s| is| are)?|anything|which (?:cases?|ones?|cards?)(?: are| is)?) (?:is |are |do i have |have i |we have )?(?:still |currently |now )*(?:open|waiting|pending|unfinished|outstanding|left to do)(?: here| for me| now)?\W*$
^(?:show|list) (?:me )?(?:my |the |all |what is )*(?:open|waiting|unfinished|pending) (?:cases?|cards?|ones?|things?|proposals?)?\W*$
^what (?:else )?(?:do i have|have i|do we have) (?:open|left|waiting)\W*$

[return]
(?:return\w*|send\w* (?:it |them |this |that |the \w+ |item |both |the \w+ \w+ |one |these )?back|sends? back|ship\w* (?:it |them |this |the \w+ )?back|give (?:it |them |what \w+ \w+ )?back|bring (?:it |them )?back|take (?:it |them |the \w+ )?back|exchange\w*|swap\w*|rma|collection|pick ?up|label|hand (?:it )?back|coming back|comes back|come back)\b

[wants_return]
(?:(?:filed|made|opened|requested|submitted|registered|has|have|had|is|there's|sees?) no return(?: request)?|no return (?:\w+ )?(?:yet|filed|opened|on file))(?: yet| so far| here| there)?\W+(?:so |please |and |then |pls )*(?:make|create|open|set up|start|raise|file|do) (?:one|it|her one|him one)\b
(?:wants?|would like|want|wishes|asks?|asking|asked|needs?|like|likes|wishing|hopes|going|plans|decided|intends|i'd like|they'd like|she'd like|he'd like) (?:to |for (?:a )?)?(?:\w+ )?(?:return\w*|send|ship|exchange|swap|give|bring|rma)\b(?! (?:back )?(?:{WHO}|{TWO_NAMES}|\w+|mr \w+|mrs \w+|ms \w+)? ?(?:back )?(?:the |those |that |his |her |their |all |whole |full )*(?:shipping|postage|delivery|freight|MONEY|PERCENT|half|some money|the money|(?:her|his|their) money|some of|a bit|something|a refund|a credit|\d+ (?:back|off|as|for|because)))
(?:create|open|start|set up|setup|register|make|new|do|raise|initiate|begin|log|arrange|book|issue|generate|print|need|request|get|give \w+|organi[sz]e|want) (?:a |an |the |me |her |him |them |new |merchant |customer |another )*(?:return|rma|rtn|pick ?up|collection|exchange|label|return label)\b
(?:return|exchange|swap) (?:\d|MONEY|one|two|both|all|the|her|his|this|my|it|them|for|from|on|ORDERNO|item|label|please|a\b)
how (?:do|can|to|does|would) (?:\w+ )?(?:return|send|exchange)
(?:send|ship|sending|bring|take|give(?! (?:her|him|them|{WHO}) back\b)|coming) (?!(?:\w+ ){0,3}(?:money|shipping|postage|MONEY|PERCENT|cash|half|thirds?|quarters?|fifth|refund|everything|all|something|difference|some)\b)(?:\w+ ){0,4}back\b
can (?:i|she|he|they|we|customer|the customer) (?:return|exchange|swap|send)
merchant (?:initiated )?return
^(?:ORDERNO |RETURNNO )?(?:rma|return label|label|return|exchange|rma number|pick ?up|collection|return authori[sz]ation) (?:please|for|needed|required)\b
(?:ship|ships|post|posting|posts|mail|mailing|courier|send|sends|get) (?:it |them |this |that |the \w+ |one |both |\d )*back\b
(?:get|have) (?:a |the )?return (?:going|started|opened|set up)
^ORDERNO (?:return|exchange)
^(?:rma )?RETURNNO \W*(?:x ?\d|\d ?x|\d \w+|both|all)\b
(?:we(?:'d| would)? (?:like|want|need)|want|need|have) (?:it|them|this|that|the (?!money|cash|refund|funds)\w+|to have it|to have them|her (?!money|cash|refund|funds)\w+)(?: sent| shipped| returned)? back\b(?! (?:to (?:her|him)))
(?:get|have|let|make) (?:her|him|them|customer|the customer) (?:to )?(?:send|ship|post|return) (?:it|them|the \w+)(?: back)?\b
return (?:request )?for
return (?:\+|and|plus) label
(?:is|are|be) returning\b
(?:change|swap|replace|exchange) it
return (?:everything|instead)
instead of (?:a )?refund
we(?:'ll| will)? take (?:it|them|the \w+) back

[approves]
(?:see (?:to it )?that|make sure(?: that)?|let|have) (?:[\w']+ ){0,5}(?:goes?|gets?) through\b
(?:approve[sd]?|approving|accept(?:ed|ing|s)?|allow(?:ed)?|grant(?:ed)?|green ?light|authori[sz]ed?|sign off|ok(?:ay)?(?= (?:the|this|that|her|his|their|it|return|rma|RETURNNO|no|with|w))|let (?:it|this|the return) through|wave (?:it )?through|is (?:ok|okay|fine|approved|good)|ok|okay)\b

[rejects]
(?:reject\w*|declin\w+|den(?:y|ied|ies|ying)|refus(?:e|ed|al|ing)|turn(?:ed)? (?:it |this |that |the return |her |him |them |down |the request |request )*down|disallow|knock back|not approv\w*|don't (?:approve|accept)|do not (?:approve|accept)|can't (?:approve|accept)|no go on|^no to|a no (?:to|on)|no go\W*$|(?:tell|telling) (?:{WHO}|them) no\b|say no to|nope to|disapprove\w*|dismiss)\b

[a_return]
(?:return|returns|rma|rmas|request|return request|return requests|RETURNNO|their return|review queue)\b

[queue]
(?:pending|open|waiting|outstanding|new|requested|unreviewed) (?!a |an |one |new |the |up |merchant |for )(?:\w+ ){0,2}(?:returns|return requests?|rmas|requests?|queue)
pending (?:return|rma)\b
(?:review|check|look at|see|show|open|list|handle|process|go through|work through) (?:\w+ ){0,3}(?:return requests?|return request|rmas?|review queue|requests?|her return|his return|RETURNNO)
returns? (?:\w+ )?(?:waiting|pending|queue|for review|to review)
is there (?:a |any )?return
(?:show|see|what|which|tell|check|view).* (?:asked|wants?|wanted|requested|likes?|ask) to return
(?:show|see|view|check|what's|whats|what is|review|look at) (?:me )?(?:the |her |his |their )?return(?: request)?(?: on| for| of|$| ORDERNO| RETURNNO)
return(?:s)? (?:request )?(?:queue|list|inbox)
what (?:is|did|does) (?:the |her |his )?return request (?:say)?

[receive]
(?:received|arrived|came|come|got|is|are|has been|have been) back\b(?! (?:to|from (?:the )?(?:supplier|vendor)|with|and (?:will|said)))
(?:came|arrived|is|are|turned up|landed|got) (?:back )?(?:in|at|to) (?:the |our )?(?:warehouse|wh|depot|stock|us)\b
back (?:at|in|into|with) (?:the |our )?(?:warehouse|depot|stock|us)\b
(?:made it|make it) back\b
warehouse (?:tells|told|reports|reported|writes|wrote|inspected|received)
(?:parcel|package|box) (?:for|of|from) (?:the )?(?:rma|return|RETURNNO)(?: \w+){0,2} (?:came|arrived|is|was)
(?:the |her |his )?return (?:has )?(?:arrived|came|is here|is in|landed)\b
\d (?:out )?of \d returned
^(?:rma |return |RETURNNO |ORDERNO |, )*(?:received|returned|back|arrived|got)[ :,]+\d+ (?:\w+ )?(?:good|okay|ok|fine|damaged|broken|missing|intact|sellable)\b
\d+ (?:back )?(?:good|okay|ok|fine|in good \w+|sellable|intact)\W+(?:and )?\d+ (?:\w+ )?(?:damaged|broken|missing|smashed|cracked|bad)\b
(?:return|rma|RETURNNO|parcel|package|box|it|they|items?|goods|both|all|return parcel|units?|mark|marked|mark it|mark them|mark as|returned) (?:\w+ ){0,3}(?:received|inspected|restocked|checked in|booked in)\b
(?:inspect\w*|check(?:ed)? in|book(?:ed)? in|restocked|back in stock|warehouse (?:got|has|received|says|confirms|checked|found|opened))\b
(?:returned|return) (?:item|unit|goods|parcel|mug|\w+) (?:arrived|received|is here|came|landed)
(?:we|warehouse) (?:got|have|received) (?:it|them|the (?:return|parcel|goods|\w+)|both|\d|one|two) ?(?:back|in)

[close_return]
(?:close|close out|finish|finali[sz]e|complete|wrap up|archive) (?:\w+ ){0,2}(?:return|rma|RETURNNO)\b
(?:return|rma|RETURNNO) (?:can be |is )?closed?\b

[cancel_return]
(?:cancel\w*|void|abort|kill|withdraw|call off|drop|annul|delete) (?:\w+ ){0,3}(?:return|rma|RETURNNO)\b(?! (?:fee|label|cost|shipping|postage|window|reason))
(?:return|rma|RETURNNO) (?:\w+ ){0,2}(?:cancel\w*|void\w*|withdrawn)\b
(?:return|rma|RETURNNO)(?:'s| is)? off(?: then| now)?(?: please)?\W*(?:$|(?=[,.;]))
(?:return|rma|RETURNNO)(?: (?:on|for|of) ORDERNO)? can (?:simply |just |then )?go\b(?! (?:ahead|through|back|out|on|to|in))
(?:return|rma|RETURNNO)(?: (?:on|for|of) ORDERNO)? (?:is|was) (?:no longer|not)(?: \w+)? (?:needed|wanted|necessary|required)\b
(?:cancel\w*|end|stop|bin|scrap) (?:the |her |his )?(?:return|rma)\b(?=\W*(?:$|,))
(?:return|rma|RETURNNO)(?: (?:that |which )?(?:we|i|you|she|he|they)(?:'d|'ve| had| have| has)?(?: \w+){1,5}?)? (?:can|should|may|is to|has to|must|could|needs to)(?: \w+)? be (?:called off|cancelled|canceled|stopped|withdrawn|dropped|scrapped|undone|voided|taken back)\b
(?:not|n't|no longer|never) (?:\w+ )?(?:return|returning|send|sending) (?:it|them|the \w+)?(?: back)? ?(?:after all|anymore|any more|now)

[edit_return]
(?:change|edit|update|correct|set|add|fix|amend|put|replace|swap) (?:\w+ ){0,4}(?:carrier|tracking|logistics|label|return address|CARRIER|TRACKNO)\b
(?:put|add|enter|note|save|record|store|log|type|write) (?:that|it|this|them|the number)(?: \w+)? (?:on|to|in|into|with|onto|against) (?:the |her |his |their |that |this )?(?:return|rma|RETURNNO)\b
(?:carrier|tracking|logistics)(?: number)? (?:on|for|of) (?:the |her |his )?(?:return|rma|RETURNNO)\b
(?:tracking|awb|waybill|consignment|(?:parcel|shipment) (?:number|no|nr|code|id))\b[^.;?!]{0,40}\b(?:wrong|incorrect|mistyped|typo|not right|outdated|should be|needs to be|has changed|changed)\b
(?:wrong|incorrect|old|mistyped) (?:tracking|awb|waybill|consignment|(?:parcel|shipment) (?:number|no|nr|code|id))\b

[in_transit]
(?:return|rma|RETURNNO|she|he|they|customer) (?:\w+ ){0,2}(?:in transit|shipped|on its way|sent (?:it )?off|posted|dropped off|dispatched|handed in)

[refund_return]
refund (?:the |her |his |this |that )?(?:return|rma|RETURNNO)\b
(?:pay out|settle) (?:the |her |his )?(?:return|rma)\b

[evidence]
{PROOF} (?:\w+ ){0,2}(?:attached|here|below|uploaded|enclosed|added|included|provided|sent|in|received|available|is in|are in|on file|came)\b
(?:attach\w*|upload\w*|enclos\w+|add\w*|here(?:'s| is| are| you go)?|see|sending|forward\w*|sent|send|got|have|has|provid\w+|includ\w+|emailed|shared|supplied|with|adding|there is|there are) (?:\w+ ){0,4}{PROOF}\b
(?:proof|evidence|image|photo|file|picture|video|screenshot)s? ?:
(?:see|as) (?:attached|attachment|below|enclosed)
^(?:attached|{PIC}|{PIC} attached)\.?$
TRACKNO
(?:photo|picture|pic|video|image)s? (?:.{0,40} )?(?:is |are )?(?:in|with|on) (?:the |her |his )?(?:ticket|mail|email|case)
(?:photo|picture|video)s?(?:'s)? (?:is |are )?(?:coming|incoming)
(?:use|see|take) (?:her|his|the|their) (?:description|words|message)
(?:described|explained) (?:it )?in the ticket

[evidence_attached]
{PIC}$
{PROOF} (?:\w+ ){0,3}(?:attached|here|below|uploaded|enclosed|added|included|provided|received|available|on file|came in|came)\b
{PROOF} (?:in|with|is in|are in|on) (?:the |her |his |their )?(?:mail|email|attachment|folder|file|ticket|thread|case|chat)
(?:see|check|look at) (?:the )?attachments?\b
(?:attach\w*|upload\w*|enclos\w+|added|adding|here(?:'s| is| are)|see|sending|forward\w*|sent|sends|got|have|has|provided|provides|supplied|emailed|shared|with|there is|there are|includ\w+) (?:\w+ ){0,4}{PROOF}\b
(?:see|as) (?:attached|attachment|below|enclosed)
^attached
(?:proof|image|photo|file|picture|video|screenshot)s? ?:

[evidence_none]
(?:got|have|had|received|getting|heard) nothing (?:from|by) (?:her|him|them|the customer)\b
(?:no|without|lacks?|not own|n't own|(?:not|n't) (?:have|got)|hasn't got|(?:doesn't|don't|does not|do not) (?:even )?(?:have|own|use)) (?:(?:an?|any|even|working|proper|decent|or) )*(?:camera|smart ?phone|phone (?:with a camera|that takes)|camera phone|(?:way|means) (?:to|of) (?:take|taking|send|sending|photograph\w*|film\w*))\b
(?:camera|phone)(?: \w+){0,2} (?:is|'s) (?:broken|bust|dead|kaputt?|out of order)\b(?=.*\b(?:photos?|pictures?|pics?|proof|evidence|show|send)\b)
(?:she|he|they|customer|the customer|client|buyer) (?:has |have |had )?(?:sent|attached|provided|gave|shared|uploaded|given)(?: us| me)? (?:nothing|none|no {PIC})\b
nothing (?:was |has been )?(?:attached|provided|uploaded)\b
nothing (?:was |has been )?sent(?= (?:in|to us|as proof|with)| by (?:her|him|them|the customer))
^\W*nothing (?:was |has been )?sent\W*$
(?:no|without|zero|lacks?) (?:any )?{PIC}\b
(?:won't|will not|not|n't|can't|cannot|refuses? to|doesn't want to|unable to|no way to|never|didn't|isn't going to)(?: \w+)? (?:send|provide|share|supply|give|upload|take|make|show|get|have|sent|provided|want to send)(?: \w+){0,2} {PIC}\b
(?:refus\w+|declin\w+|no) (?:\w+ ){0,3}{PIC}\b
(?:threw|thrown|tossed|binned|chucked) (?:it|them|the \w+) (?:away|out)?
(?:there (?:will be|is|are)|we have|has|have) no {PIC}\b
skip (?:the )?{PIC}
(?:she|he|they|customer) (?:has|have) (?:none|nothing)
(?:she|he|they|customer) got (?:none|nothing (?:to show|of the kind|to send))
{PIC}(?: \w+)? (?:not available|unavailable|refused|impossible)\b
(?:nothing|unable|no way|impossible|can't|cannot|not able)(?: \w+){0,2} (?:photograph|film|take (?:a )?{PIC})
(?:{PIC} |{PIC}, )?(?:she|he|they|customer|the customer) (?:won't|will not|refuses?|can't|doesn't want to|isn't going to)\W*$

[evidence_ticket]
(?:use|take|count|accept) (?:the |her |his |their )?(?:ticket|e-?mail|mail|message|chat)(?:'s)?(?: texts?| words?| itself)?(?= (?:as|for|then|please|is|will|now)\b|\W*$)
(?:ticket|e-?mail|mail|message|chat)(?:'s)? (?:texts?|words?|description)\b
(?<!lost )(?<!missing )(?:in|see|on|from|per|check|use|read|look at) (?:the |her |his |their |customer's )?(?:ticket|original message|mail|email|her (?:message|words|mail)|his (?:message|words|mail)|conversation|chat)\b
(?:ticket|her (?:message|words|mail)|his (?:message|words|mail)) (?:\w+ )?(?:says|has|describes|explains|contains|covers|is enough)
(?:described|explained|detailed) (?:it |the \w+ )?(?:\w+ )?(?:in|by) (?:the |her |his )?(?:ticket|mail|email|chat|message)
(?:she|he|they|customer) (?:has |already )?(?:described|explained) (?:it|the)
(?:use|take) (?:her|his|their|the customer's) (?:own )?(?:words|description|message)
(?:use|take|go by|go with|rely on) what (?:she|he|they|the customer|customer) (?:has |have |already )?(?:wrote|written|said|says|told us|described)
(?:her|his|their|the customer's|customer's) (?:own )?(?:words|description|message|mail|account) (?:is|are|should be|must be|will be) (?:good )?enough
what (?:she|he|they|the customer) (?:wrote|said|described) (?:is|should be) enough

[asks_evidence]
(?:ask(?!ed)\w*|request(?!ed)\w*|(?:be|get|been) (?:asked|requested)|get|tell|email|write|message|chase|remind) (?:\w+ ){0,5}(?:{PIC}|description)\b
need (?:some |a |more )?{PIC} (?:from|of)

[waive]
drop the (?:evidence|{PIC}|requirement|proof|rule|check)\b
(?:no|without(?: any)?|not?) (?:further )?(?:{PIC}|evidence|proof) (?:is |are |was )?(?:needed|required|necessary)\b
(?:don't|do not|doesn't|won't) (?:need|require|want) (?:any |a |more |the )*(?:{PIC}|evidence|proof)\b
waived (?:by|on) (?:me|my|us|our)\b
(?:waive|waiver|waiving|skip|override|overrule|without asking for|no need for|forgo)\b ?(?:the |it|for|that|any )*(?:evidence|{PIC}|requirement|proof|rule|check)?(?! fee)
(?:skip|forget|never mind|forgo|ignore|happy without|fine without|drop) (?:about )?(?:the |her |his |any )?(?:{PIC}|evidence)\b
(?:evidence|photo|proof) (?:waived|waiver|not needed|not required|exempt)
let (?:it|her|him|them) off (?:the )?{PIC}
saw it (?:myself|on|in|live)

[keep_it]
no need (?:that|for) (?:she|he|they|her|him|them|the customer)(?: to)? (?:sends?|returns?|ships?|posts?|brings?) (?:it|them|this|that|the \w+|anything)(?: back)?\b
(?:not|\w+n't|never|no need(?: for (?:it|them|that|the \w+))?)(?: really| even)? (?:(?:have|has|need|needs|got) )?(?:to )?(?:come|go|travel|be (?:sent|returned|shipped|posted|brought)) back\b(?! (?:before|until|till|yet|without))
(?:she|he|they|customer|client|buyer) (?:don't|doesn't|do not|does not|won't|will not|not) (?:send|ship|give|return|bring|post)s? (?:it|them|this|that|back|anything)\b(?! (?:before|until|till|yet|without))
(?:the|her|his|that|those) [\w-]+(?: [\w-]+)?,? (?:she|he|they)(?:'s| is|'re| are|'ll| will| can)? (?:keep(?:s|ing)?|hold(?:s|ing)? on to)\b(?! (?:on|getting|asking|waiting))
(?:no|none of the|neither of the) (?:goods|items?|parcels?|products?|things?|\w{3,}s) (?:will|shall|is to|are to|has to|have to|needs? to|is|are|to)(?: be)? (?:returned|sent back|coming back|come back|shipped back)\b
(?:not|n't|never) (?:to|have to|need to|got to|needed to|necessary to) (?:devolve|give back|give (?:it|them) back|re-?send|send back|post back|hand back|bring back)\b
(?:to )?(?:send|ship|giv|return|bring|devolv)(?:e|ing)?(?: it| them)?(?: back)? (?:is |it is )?(?:not|n't) (?:necessary|needed|required|obligatory|worth)\b
(?:throws?|threw|throwing|puts?|putting) (?:it|them|this|that|those|both|the \w+) (?:away|out|in(?:to)? (?:the |her |his |their )?(?:garbage|bin|trash|rubbish|skip|dustbin|waste))\b
(?:dangerous|unsafe|not safe|risky|forbidden|not allowed) to (?:send|ship|post|mail|return)\b
(?:stays?|staying|remains?|will stay) with the (?!customer|client|buyer)\w+\b
(?:she|he|they|customer|client|buyer|\w+)(?:'ll| will| can| may| should)? (?:bins?|toss(?:es)?|chucks?|dumps?|scraps?|trash(?:es)?|throws? away|disposes? of) (?:it|them|this|that|those|the \w+)\b(?! back)
not (?:having|taking|wanting) (?:it|them|that|those|any|the \w+) back\b
(?:not|n't|never|nobody(?: is)?|no one(?: is)?) (?:asking for|asking|after|expecting|wanting|wants?|needs?) (?:it|them|those|these|the \w+|anything|any)(?: to come)? back\b
(?:nothing|none(?: of (?:it|them|those))?|no (?:goods|parcel|return)) (?:(?:will|shall|must|is going to|is meant to|is to|has to|have to|needs? to|ought to|should) )?(?:comes?|coming|arrives?|returns?|travels?|goes|go|moves?|(?:be|gets?) (?:sent|shipped|returned|posted|mailed|brought)) (?:in|back|home to us)\b
(?:don't|do not|doesn't|does not|nobody|no one)(?: really| even)? (?:wants?|needs?|expects?) (?:any |her |his |their |the |old |used |more )*(?!money|cash|refunds?|credit|funds|everything|all|half|amount|MONEY|PERCENT|him|her|them)\w+ back\b(?! (?:on|from the bank))
(?:she|he|they|customer|client|buyer)(?:'ll| will| can| may| wants to| is to)? keeps? (?!one\b|two|three|four|five|six|seven|eight|nine|ten|most|some|half|few|several|part|all|both|only|just|on\b|in\b|quiet|cool|calm|track|going|silent|busy|money|cash|credit|\w+ing\b)[a-z]{3,}(?=\W*$|\s?[.,;!])
(?:giv(?:es?|ing)|pass(?:es|ing)|hand(?:s|ing)|donat(?:es?|ing)) (?:it|them|these|those|the \w+)(?: \w+)? to (?:a|an|her|his|their|the|some|charity|friends?|family|someone|somebody)\b
(?:not|n't|never) (?:to|have to|need to|got to|having to) (?:return|send|post|ship|bring|mail) (?:it|them|this|that|those|the \w+|anything|\w+)\b(?! (?:photos?|pictures?|evidence|proof))
(?:can|may|could|to|should|is to|gets? to|will|'ll) (?:\w+ )?(?:hang|hold) on(?:to| to) (?:it|them|those|the \w+|this|that)\b
(?:hang|hold)(?:s|ing)? on ?to (?:it|them|those|the \w+|this|that)\b
keeps? (?:em|'em)\b
not worth (?:the |it |anyone's |our |her |his )*(?:bother|while|candle|stamp)\b
(?:send|ship|post|return|mail|get)(?:ing)? (?:\w+ ){0,4}?back (?:(?!and\b|but\b|it\b)\w+ ){0,3}?(?:is|would be|makes|costs) (?:\w+ ){0,2}?(?:stupid|silly|nonsense|pointless|no sense|not worth|useless|crazy|expensive|waste|more)\b
(?:she|he|they|customer|client|buyer) (?:can|may|could|should) (?:\w+ )?(?:gift|give|donate) (?:it|them|that|this|the \w+)(?: away| to (?!us)\w+| if)?(?=\W*$|\W* (?:away|to|if)\b)
(?:(?:must|shall|should|need)(?: not|n't)|(?:does|do)(?: not|n't) (?:have|need) to) (?:\w+ )?(?:send|ship|post|mail|bring|return) (?:it|them|this|that|the \w+|anything|\w+)\b
(?:threw|thrown|tossed|binned|chucked|disposed of|dumped) (?:it|them|those|both|all|the \w+)\b
nothing(?:'s| is|s| will be| can)? (?:comes?|coming|goes|going) back\b
nothing (?:will|can) come back\b
(?:won't|will not|isn't|is not|aren't|are not|not|n't) (?:be )?(?:returning|sending|shipping|posting|bringing|mailing) (?:it|them|this|that|these|those|anything|any of \w+|back|the \w+)\b(?! (?:photos?|pictures?|pics?|videos?))
(?:giv\w+|pass\w+|hand\w*|gift\w*|donat\w+) (?:it|them|these|those|this|that|the \w+)(?: on| away| over)? to (?:a|an|her|his|their|the|some|charity) ?\w*
(?:donat\w+|regift\w*) (?:it|them|these|those|the \w+)\b
not worth (?:the |it |\w+ing )?(?:(?:shipping|sending|posting|mailing) (?:it |them )?back|postage|shipping|return\w*|sending|freight|cost|hassle|effort|bother|trouble)\b
nothing (?:\w+ )?to (?:be )?(?:send|sent|ship|come|return)\w*(?: back)?\b
(?:keep|keeps|kept|keeping|holds? on to|holding on to|hangs? on to|hanging on to|hold onto|hangs? onto) (?:it|them|the \w+|that|this|the \w+ \w+|both|all|one|item|product|goods|hers|his)\b
(?:let|lets|letting) (?:her|him|them|customer|the customer) (?:keep|have)
(?:no|not|n't|without|never)(?: \w+)? (?:need|have|needs|has|want|ask|require|make|making|bother|required|necessary)(?: \w+){0,2} (?:to )?(?:return|send|ship|post|back|it back|send\w* back|sending|come back|returned)\b
no (?:need|reason|point|use|sense)(?: (?:to|for|in))? (?:\w+ )?(?:return|send|ship|post|it back|returning|sending|shipping|posting|her to (?:return|send)|him to (?:return|send)|them to (?:return|send)|a return)\w*
(?<!filed )(?<!made )(?<!opened )(?<!requested )(?<!submitted )(?<!registered )(?:no|without|w/o|zero|skip the|not a) (?:a |the |any |physical )?return(?: needed| required| necessary|ing| of goods| shipment)?\b(?! (?:fee|label|shipping|cost|request|yet|so far|filed|opened|registered|on file))
(?:return) (?:is )?(?:not|n't) (?:needed|required|necessary)
(?:don't|do not|doesn't|needn't|not|won't) (?:need|want|require|have|has)?(?: \w+)? ?(?:it|them|the \w+|that|anything) back\b
(?:can|may|could|should|to|and) (?:just )?(?:bin|dispose|throw|trash|donate|recycle|chuck|toss|destroy|dump)\b
(?:bin|dispose of|throw|chuck|donate) (?:it|them)
keeps? (?:it|item|the item)?$
(?:it |that |they )?stays? (?:with|at) (?:her|him|them|the customer|customer|the buyer|hers|his)\b
(?:don't|do not|not|never|without|no need to|rather than|instead of) (?:\w+ )?(?:creat\w*|open\w*|mak\w*|start\w*|do|rais\w*|set\w* up|need|want) (?:a |an |the |any )?(?:return|rma)\b(?! (?:yet|label|until|before))
customer keeps

[send_back]
(?:she|he|they|customer|the customer|buyer|client)(?: is| are|'s|'re| will be) (?:returning|sending|shipping|posting|bringing|mailing) (?:it|them|this|that|both|all|the \w+|everything)\b(?! (?:photos?|pictures?|pics?|videos?))
(?:they|it|both|these|those|the \w+|all)(?: are| is|'re|'s| will be|'ll be) (?:coming|on (?:its|their|the) way|being sent|going) back\b
(?:has|have|needs?|must|should|had|got|will|would|is going|supposed|gonna|she'll|he'll|they'll|wants?|like|likes|wanting|ok|happy|going) (?:\w+ )?(?:to )?(?:send|return|ship|post|bring|give)(?:s|ed|ing)?\b(?! (?:any|one|some)\b(?! (?:of|back)))(?! (?:back )?(?:{WHO}|{TWO_NAMES}|\w+|mr \w+|mrs \w+|ms \w+)? ?(?:back )?(?:the |those |that |his |her |their |all |whole |full )*(?:shipping|postage|delivery|freight|MONEY|PERCENT|half|some money|the money|(?:her|his|their) money|some of|a bit|something|a refund|a credit|\d+ (?:back|off|as|for|because)))(?: (?:it|them|the \w+|both|that|this|item))?(?: back)?\b
(?:needs?|has|have|must|should|want|wants|need|should|got) (?:(?:it|them|the (?!charge)\w+|to come|that|to be|come|to get|to have it) ?)?(?:(?:sent|come|returned|shipped) ?)?\bback\b(?! to (?:her|him|them|the customer)\b)
(?:send|ship|post|sending|sends|shipping) (?:it|them|the \w+|that|item|both) back\b
(?:return|coming back|come back|back to us|physical return) (?:is )?(?:needed|required|necessary|first|please|to us)\b
we (?:want|need) (?:it|them|the \w+) (?:back|returned)
(?:it|they) (?:must|has to|have to|should|needs to|need to) (?:come|be (?:sent|returned)|go) ?(?:back)?
only (?:after|once|when) (?:it|return|we|they|the \w+)(?: \w+){0,3} back

[balance]
(?:what|how much) (?:would|will|does|do|did|is) (?:\w+ ){0,8}costs? (?:us|the shop|our shop)\b
(?:balances?|settlements?|settled|payouts?|paid out|pay ?out|ledger|reserved? (?:balance|money|funds)?|reserve|fund account|funds?|deduct\w*|deduction|in our account|our account|merchant account|net (?:settlement|amount|payout)|pending settlement|bank account|available balance|our money|cash ?flow)\b
(?:who|which account) (?:bears|pays|carries|funds|covers) (?:\w+ ){0,3}(?:refund|cost)
how much (?:do|did) we (?:owe|have|get|make|earn)\b
how much (?:is|money is|cash is) (?:left|available|there|in)
what(?:'s|s| is| will be| would be)(?: then)?(?: left| there)? (?:in|on) (?:the|our|that) accounts?\b
(?:what|how) (?:would|will|does|do|might) (?:\w+ ){0,5}(?:do to|affect|change|mean for|hit|hurt|touch) (?:it|us|our \w+|the (?:balance|account|payout|funds|money))\b
(?:can we (?:cover|afford)|enough (?:money|balance|funds|cash)|(?:we|balance|account) (?:go |be |is |are |going to be |going to go |going |end up |get )?(?:negative|in the red))\b

[policy]
polic(?:y|ies)\b
(?:rules?|guideline\w*|terms|procedure|allowed|permitted|eligible|eligibility|entitled|qualif\w+|conditions?|requirement\w*|requires?|limit|maximum|max|cut ?off|how many days|how long (?:do|does|is|can|have|are|after)|time limit|window|approval limit|threshold|warranty|law|legally|warranties|obliged)\b
(?:do|does|can|may|should|must|are|is|could) (?:we|a customer|customers|an agent|agents|staff|i (?:always |ever )?(?=need|have|refund without|ask)|one|it|they|people|buyers|final sale|sale items|opened|the shop|shop|any\w*|digital|gift) (?:\w+ ){0,5}(?:refund|return\w*|need|have to|evidence|pay|keep|charge|accept|give|send|returnable|refundable|eligible|exchange\w*|require\w*|cover\w*|waive)\b
(?:evidence|proof|photos?|pictures?|video) (?:is |are |be )?(?:needed|required|necessary|enough|mandatory)
(?:do|does|can|should|may) (?:we|the shop|i) (?:take|accept) (?:\w+ )?back
(?:max|maximum|limit|most|how much) (?:i|we|an agent|one|can i|can we) (?:can|may|am allowed|could|refund|give)
(?:is|are) (?:a |an )?(?:return|photo|picture|video|label|note|approval|evidence) (?:needed|required|necessary|enough)
(?:must|does|do|should) (?:she|he|they|customers?|the customer|a customer) (?:have to |need to )?(?:return|send)
who (?:can|may|must|is allowed)
what happens
(?:i|we) need (?:photos?|evidence|approval|a second approval|a note)
(?:what|which) (?:counts|evidence|proof|reasons?|fees?|happens|qualif\w+|is considered|kind of (?:evidence|proof)|are the)
(?:who|when) (?:pays|is (?:a |the )?(?:supplier|customer|seller) responsible|do we|can (?:we|i|a)|are|must|is it)
in (?:which|what) (?:case|cases|situations?)
(?:what if|what happens)

[why_off]
(?:why|how come) (?:is|are|was|were|'s)(?: there)? no (?:return|rma|refund|claim|review|button)(?: \w+){0,3} (?:possible|available|allowed|offered|shown)\b
(?:why|how come) (?!.*\b(?:her|his|their|my|our) (?:refund|money|payout))(?:\w+ ){0,7}(?:greyed|grayed|grey(?: out)?$|gray(?: out)?$|grey out|gray out|disabled|unavailable|not available|missing|blocked|not (?:possible|allowed|there|clickable|showing)|inactive|locked|off|can't|cannot|not|isn't|won't|hidden)\b
(?:why|how come) (?:can't|cannot|can not|couldn't|won't|don't|isn't|am i not|are we not|is there no|no)\b
(?:greyed|grayed|grey out|gray out|greyed out|grey'd)\b
button (?:is )?(?:off|missing|disabled|gone)
(?:what|which) (?:can|actions|options|may) (?:i|we|are|do)(?: \w+){0,3} (?:available|do|here|possible|with)
(?:can|could|may) (?:she|he|they|the customer|customer|we|i) still (?:return|send|exchange|refund|approve|reject|close|cancel)\b
(?:is|are) (?:it|this|that|the \w+|she|he|they) still (?:returnable|refundable)\b

[draft]
(?:write|reply|answer|mail|email|message|text|inform|notify|tell) (?:to )?(?!me\b|us\b|down\b)(?:[\w'.]+ ){1,3}?(?:that|how|about|why)\b
let (?!me\b|us\b)(?:[\w']+ ){1,5}?know\b
(?:write|draft|compose|prepare|word|type up|formulate|phrase|make) (?:\w+ ){0,6}(?:reply|response|message|mail|email|answer|note|text|letter|to (?:the customer|her|him|them))\b
(?:write|draft|reply|answer|email|mail|message|text|respond|tell|write back|get back) (?:to )?(?:her|him|them|the customer|customer|back to (?:her|him|them|the customer))\b(?! (?:has|said|says|wrote|keeps|wants|is|was))
(?:reply|answer|respond|response|message|email) (?:in|to the customer|to her|to him|to them|template|for the customer|asking)\b
(?:reply|draft|template)\b$
(?:tell|write|reply|answer|inform) (?:\w+ ){0,4}in (?:spanish|german|french|italian|dutch|portuguese|polish|english|japanese)\b
(?:ask|tell|let|inform|notify) (?:her|him|them|the customer|customer) (?:for|to|in|about|know|that|we|why|how|if|whether|nicely|please)\b
(?:draft|template)\b
(?:drop|send|shoot|leave|give|get|fire off|ping) (?:{WHO} )?(?:a |an |some |the )?(?:\w+ )?(?:line|note|mail|e-?mail|message|text|reply|heads up|few words|word)(?: to {WHO}| for {WHO})?\b(?= (?:that|saying|in|about|to say|so|too|as well|please|now|then|for|to|with the news)\b|\W*$|[,.;:])
(?:need|want|have|get|give|got|like)(?: me| us| also| still)* (?:a |an |the |some )?(?:\w+ )?(?:text|message|mail|e-?mail|letter|reply|wording|words|lines?) (?:for|to) {WHO}\b

[handoff]
(?:get|need|call|fetch|involve|escalate to|hand (?:this |it )?(?:over )?to|pass (?:this |it )?(?:on )?to|transfer (?:this |it |me )?to|talk to|speak to|speak with|ask|ping|loop in|bring in|want|give (?:this |it )?to|assign (?:this |it )?to|forward (?:this |it )?to|send (?:this |it )?to|put me through to|connect me (?:to|with)|let) (?:\w+ ){0,4}(?:supervisor|manager|human|finance(?: team)?|team ?lead|lead|boss|senior|person|agent|colleague|someone|somebody|accounting|real person)\b
(?:supervisor|manager|finance) (?:please|needed|should|has to|must|help|approval|to (?:look|decide|approve|check|handle))\b
^(?:supervisor|manager|finance|human|agent)\W*$
(?:someone|somebody) (?:else\b(?!')|with (?:more )?(?:rights|authority|permission)|higher up|senior)
(?:hand|handing) (?:it |this )?(?:over|off)\b
handover|hand ?off|escalate (?:this|it|please|that)\b
above my (?:pay ?grade|limit)
(?:leave|keep|pass|save|park|hold) (?:it|this|that|the card|the refund)? ?(?:for|to|with) (?:my |our |the |a )?(?:lead|team ?lead|supervisor|manager|boss|senior|colleague|finance|teamleader|chef|head)\b
(?:my |our |the |a )(?:lead|team ?lead|supervisor|manager|boss|senior|teamleader) (?:\w+ )?(?:will|can|should|must|has to|needs to|may|is going to|shall|signs?|presses|confirms|approves|decides)\b
(?:above|over|beyond|exceeds?|more than) (?:what )?(?:i(?:'m| am)? (?:can|may|allowed to|am allowed to)|my (?:limit|allowance|authority))\b
(?:i|we) (?:can't|cannot|may not|mustn't|am not allowed to|'m not allowed to) (?:sign|approve|confirm|release|press)\b

[capabilities]
^what (?:all |else )?can (?:you|this thing|the desk|the bot)(?: \w+)? (?:do|help)
^(?:what do you do|what are you|who are you|how does this work|how do(?:es)? (?:you|it|this) work|what are my options|help|menu|commands|what now|what can you do|what else can you do)\W*$
(?:show|list) (?:me )?(?:the )?(?:menu|commands|options)

[vetoes]
(?:don't|do not|never|please don't|shouldn't|mustn't|must not|not going to|no longer) (?:\w+ )?(?:refund|pay|credit|reimburse|submit|issue|process|execute|confirm|go ahead|proceed|send (?:it|that|this)|do (?:it|that|this|anything))\b(?! (?:back|shipping|the shipping|postage|more than|until|unless|before|without))
^(?:please )?no refunds?\b(?! (?:yet|without|until|before|unless|if|when|received|arrived|on (?:my|her|his)|so far|has|came|in|status|issued))(?!.*\?)
no refund (?:please|needed|wanted|necessary|required|after all|for now)

[cancels]
(?:cancel|stop|abort|forget|leave|drop|scrap|discard|skip|undo|halt|dismiss|ditch|kill|bin|quit|exit|scratch|void|close) (?:that|this|it|everything|all|the (?:draft|refund|request|case|proposal|card|process|whole thing|task|command|action|thing)|about it|what|my|please|for now|current)\b
^(?:cancel|stop|abort|exit|quit|halt|pause|never mind|forget it|no|not now|nope|no thanks|no thank you|nothing|leave it|drop it|skip|undo|negative|no way|discard|mute|quiet|end|back|start over|false|untrue|incorrect|wrong)\W*$
never mind(?! (?:the|her|his|their|about the|about) (?:photos?|pictures?|evidence|proof|fees?|shipping|postage|label|tracking|return|note|reason))
(?:i'd|we'd|i would|we would|he'd|she'd) rather not\b(?! (?:\w+ )?(?:return|send|ship))
(?:customer|client|buyer|she|he|they) (?:has |have |just )?(?:withdrew|withdrawn|backed out|called it off|cancelled (?:the|her|his|their) request)\b
(?:bin|scrap|drop|ditch|shelve|close) (?:it|this|that|this one|that one)\b
(?:don't|do not|(?<!need )(?<!have )not|never|please don't|shouldn't|won't) (?:\w+ )?(?:do (?:it|that|this|anything)|go (?:ahead|on|through)|proceed|submit|send it|send that|send this|send yet|process|refund(?: (?:her|him|them|it|yet|this|that|anything|now|ORDERNO|order))?$|confirm|continue|issue|execute|pay (?:her|him|them|it) ?(?:yet)?|bother|want (?:to do )?(?:this|it|that)(?! ?(?:back|returned|sent))(?: (?:anymore|any more|any longer))?)\b
(?:don't|do not|not) (?:approve|reject|accept) (?:anything|\w+ yet|yet)\b
(?:don't|do not|not) (?:refund|process|do|submit|touch|change) (?:anything|it yet|this yet|that yet|yet|any of it|that|this|it)\b(?! back)
^no refund\b(?! (?:yet|without|until|before|unless|if|when|received|arrived|on (?:my|her|his)|so far|has|came|in))
^don't\W*$
no (?:don't|do not|stop|cancel|leave|forget|that's|that is|i don't|not)(?! \d)
let's not\b
^(?:\W|no|hm+|ok|okay|well|actually|sorry|wait|please|then|oh)*(?:forget|leave|skip|ignore|drop|park|cancel)(?: about)? (?:mr |mrs |ms )?\w+'s(?: one| refund| order| case)?(?: for now| out| alone)?(?=\W*$|\s*[,;.(-])
changed (?:my|our) minds?,? (?:don't|do not|stop|cancel|leave|forget|no|please)
changed (?:her|his|their|the) minds?,? (?:don't|do not|stop|leave it|forget)\b
i (?:take (?:it|that) back|changed my mind)$
(?:on second thought|second thoughts),? (?:no|don't|leave|forget|cancel|not)
that's (?:wrong|not right|incorrect|a (?:no|negative))\b
(?:stop|refrain from|quit|no more) (?:talking|speaking|doing|what|the process|carrying)
hold off\b
not (?:any ?more|needed anymore|required anymore|going to happen|going ahead)
(?:forget|leave|skip|ignore|drop|park) (?:about )?(?:order )?(?:ORDERNO|RETURNNO)\b(?! (?:first|open|as topic))
(?:she|he|they|customer|the customer) (?:is |are |'s |wants to |wanted to |would like to |'d like to |has decided to |decided to |will |'ll |now )?(?:keeping|keep|keeps) (?:it|them|the \w+|both|everything) (?:after all|now|instead|anyway)
she's (?:keeping it|happy|fine|sorted|ok) ?(?:now|after all)?$

[negates_yes]
(?:don't|do not|not|never|no|stop|wait|shouldn't|can't|cannot|won't|isn't|hold|hold off)\b

[confirms]
^(?:(?:please|just|now|can you|could you) )*(?:ok(?:ay)?|yes|sure|fine|alright|all right|right|great|perfect|good|cool|well|so|then|,|please|and|thanks|absolutely|definitely|of course|exactly|correct|confirmed?|yeah|yep|indeed|agreed|lovely|super|nice|affirmative|true|certainly)?(?:[ ,.!]+(?:ok(?:ay)?|yes|sure|fine|please|then|now|so))*[ ,.!]*(?:go(?: ahead| for it| on)?|do (?:it|that|so|this|them|both)|proceed|submit(?: it| that)?|confirm(?:ed)?(?: it| that| the refund| please)?|continue|(?:please |just |now )*send (?:it|that)?(?: off| out| through| already)*|process (?:it|that|this)|execute|approve and send it|make it (?:so|happen)|carry on|looks? (?:good|right|fine|ok|okay|correct|great|about right)(?: to me)?|sounds (?:good|right|great|fine)|that (?:works|is (?:right|correct|fine|good|ok|true|it))|that's (?:right|correct|fine|good|ok|it|true|perfect|the one)|works for me|all good|good to go|(?:push|press|click|hit|tap) (?:it|that|(?:the |that )?(?:confirm |refund )?button)(?: for me| yourself)?|push (?:it|this|that) (?:through|out)|hit it|pull the trigger|ship it|book it|run it|fire away|let's (?:do it|go|do that|do this)|please do|issue it|pay it(?: out)?)(?:[ ,.!]+(?:please|thanks|thank you|now|then|ahead|and process it|and proceed|and submit|that|it|with it|with the refund|go ahead|proceed|submit|submit it|do it|yes|ok|all|all good))*[ .!]*$
^(?:yes|ok(?:ay)?|yeah|yep|sure|fine|correct|right|exactly|confirmed?|done|absolutely|definitely|of course|indeed|affirmative|agreed|true|certainly|perfect|good|alright|all right|by all means|go|👍|✅|exactly right|very well|for sure)(?:[ ,.!]+(?:yes|please|ok(?:ay)?|sure|correct|right|that's (?:right|correct|fine|it)|that is (?:right|correct)|exactly|absolutely|it is|of course|thanks|thank you|do|do it|indeed|then|confirm|confirmed|true))*[ .!]*$
(?:yes|yeah|yep|ok|okay|sure|perfect|great|fine|good|alright)[ ,.!]+(?:\w+ ){0,3}(?:go ahead|do (?:it|that)|proceed|submit|send it|confirm|process|continue|correct|right|refund (?:it|her|him|them)|issue it)\b
(?:go ahead|please proceed|looks good|sounds good|do it|all good|good to go)\b
^/?confirm\w*\b
i (?:confirm|agree|approve)\b

[corrects]
^(?:ok |okay |no |hm+ |ah |oh |um |hi |hello |and |but |please |, |\. )*(?:actually|no wait|wait no|wait|sorry|oops|my bad|correction|scratch that|i mean|i meant|meant|rather|whoops|ups|hang on|pardon|mistake|typo|edit)\b[,:. ]+(?=.)(?!.*\?)(?!about|for the|thanks|need|to hear)
^(?:(?:hm+|ah|oh|um|wait|sorry|well|ok|okay)[ ,.]*)*(?:no,|no\.|no) ?(?:it's|it is|it was|that's|i meant|i mean|the other|the \w+ one|not the|only|just|not \d|\d|MONEY|PERCENT|ORDERNO|make|change|sorry|wait|one|two|three|should|order ORDERNO)\b
^not (?:\d|MONEY|PERCENT|ORDERNO|one|two|three|four)\b
^(?:(?:o+h+|a+h+|hm+|um|er|oops|sorry|wait|no|ok|okay|please|and|but|then|well)\W+)*(?:make|change) (?:it|that|this|them) (?:to |into )?(?:\d|MONEY|PERCENT|one|two|three|four|five|six|seven|eight|nine|ten|both|all)\b
^(?:i'd|i would|let's) rather (?:make|have|do|say|give)
^(?:it's|its|it is|it was) the \w+ (?:one|\w+)(?: actually|,? not .*)$
^(?:with|without) (?:the )?shipping$
(?:reason|carrier|amount|quantity|order|fee|item|currency|CARRIER|it) (?:is |was )?(?:\w+ )?(?:CARRIER )?not (?:CARRIER|\w+)$
^only \d
^(?:quantity|amount|number|order|reason|fee|qty|item)\b.*\b(?:not|instead of|rather than)\b
^(?:hm+ |ok |sorry |no |please |and |, )*(?:add|include|remove|drop|take out|leave out|put in|exclude|take off) (?:in )?(?:the |both |one |a |also )*(?:\w+ )?(?:shipping|postage|tax|fee|mug|item|line|one|other|second|first|third|lamp|\w+)(?: \w+){0,2}(?: too| as well| also| please| from (?:it|that|this)| to (?:it|that|this))?\W*$
^(?:\d+|MONEY|PERCENT) not (?:\d+|MONEY|PERCENT)
(?:i|we) (?:got|had|have|typed|put|gave you|wrote) (?:the |a )?(?:wrong )?(?:order|number|amount|quantity|item)?(?: number)? ?(?:wrong|the wrong way)\b
^put (?:the )?reason
^(?:yes|yeah|ok|okay|sure|fine|good|right|correct)[ ,]+but\b
\binstead$
^(?:ok |okay |no |and |but |please |can you |could you |i need to |let's |, |just |better )*(?:make (?:it|that|them|the (?:amount|quantity|refund|fee))(?! right| up| whole| good| so| happen| clear| work)|change (?:it|that|the|to|this|her|his|amount|quantity|reason|order|item)|(?:it |that |the \w+ |this |amount |quantity |there )?should (?:be|have been|say|read)|update (?:the|it|to|that|amount|quantity)|set (?:it|the|that|amount|quantity)|switch (?:it|that|the) |correct (?:the|it|that|to|amount)|adjust|lower|raise|increase|reduce|bump|edit|fix the (?:amount|quantity|order|reason|fee|number))\b(?! (?:\w+ )?(?:address|email|password|phone|price))
(?:not|instead of|rather than|instead) (?:\d|MONEY|PERCENT|ORDERNO|one\b|two\b|three\b|four\b|a (?:refund|return))
^(?:no |it's |it was |that's |it is |was |i meant |meant |sorry |actually |just |only |the )*(?:the )?(?:\w+ ){1,3},? not (?:the )?(?:\w+)$
(?:i said|i wrote|i typed|said|wrote) .*\b(?:but|meant|mean)\b
(?:that's|it's|that was|it was) (?:the wrong|not the right|not the) (?:order|item|one|amount|line|number|customer|product)
^(?:no |sorry |oops |wait |, )*wrong (?:order|number|item|one|amount|line|quantity|currency|customer|person)\b
^(?:no |it's |it was |that's |i mean |i meant |use |take |for |only |just |make it |sorry |actually |wait |, )*the other (?:one|\w+)\W*$
(?:the )?(?:currency|reason|amount|quantity|fee|order(?: number)?|item) (?:is|was|should be|needs to be) (?!not )(?:.* not |EUR|\w{3}$|\w+ not)
instead of a (?:refund|return)
(?:not to|instead of) (?:the )?(?:store credit|card|paypal)

[greets]
^(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening|day|night)|morning|afternoon|evening|thanks?(?: you)?|cheers|bye|goodbye|see you|see ya|take care|have a (?:nice|good|great)|welcome|you're welcome|howdy|greetings|much appreciated|ta\b|thank|nice|great work|well done|awesome|brilliant|good job|yo\b|sup\b|how are (?:you|things)|how's (?:it|everything|life)|what's up|nothing else|that's all|that is all|all done|later|cya)\b
(?:thanks|thank you|cheers|appreciate|appreciated)\b

[retracts]
(?:isn't|is not|wasn't|was not|not|n't)(?: \w+)? (?:actually |really |even )?(?:broken|damaged|defective|faulty|cracked|scratched|wrong)\b
nothing (?:is |was |actually )?(?:wrong|broken|defective|damaged)
(?:no|zero) (?:actual |real )?(?:defect|damage|fault)
(?:works|working) (?:fine|perfectly|ok)
(?:she|he|they|customer|client|buyer|cust|cx)(?:'s| has| have| had| now| just)* (?:lied|admits?|admitted)\b
(?:made (?:it|that) up|wasn't true|turns out)

[whole_order]
cancel (?:and|&|n|\+) (?:then )?(?:refund|reimburse|pay back|money back)\b
(?:(?:cancel|call off|stop|kill)\w*|(?<!he )(?<!they )(?<!customer )(?<!client )(?<!has )(?<!already )(?<!can )(?<!may )(?<!could )(?<!should )(?:scrap|bin)\w*) (?:it|the lot|everything|them|all(?: of (?:it|them))?|the whole (?:lot|thing|order)|that)(?: all)?(?: please| then)?(?:,? (?:and|&|then|plus|with)|,| \+)(?: then| just| please)? (?:\w+ ){0,2}?(?:refund|send|give|pay|money|reimburse|full|return (?:the|her|his|their) money)\w*\b
(?:refund|reimburse) (?:it |her |him |them |the lot |everything )?(?:and|&) (?:cancel|scrap|call off|stop) (?:it|the lot|everything|the order|them)\b
cancel\w* (?:the |this |that |her |his |their |my |whole |entire |full )*(?:order|ORDERNO)\b
(?:don't|do not|not|never) ship\b
before (?:it|we|you) (?:ships?|goes|send|dispatch)
cancel ORDERNO
cancel\w* (?:whatever|everything|anything|all|what|the (?:items?|part|bits?|rest|ones?))(?: that| which)?(?: has| is| was| have| are| did)?(?: not|n't)(?: yet| been| even)* (?:gone out|gone|shipp?(?:ed)?|left|sent|dispatched|posted|fulfilled|out)\b
cancel\w* (?:the |all |everything )*(?:unshipped|unsent|unfulfilled|undispatched|not (?:yet )?(?:shipped|sent))\b
kill (?:the |her |his |this )?(?:whole |entire )?order\b

[oos]
(?:weather|joke|song|music|alarm|timer|calories|restaurant|flight|hotel|movie|recipe|translate|capital of|president|meaning of life|password|newsletter|subscription|gift cards?|discount code|in stock|store near|calendar|meeting|traffic|football|python|code for|stock price|bitcoin|horoscope|lottery|poem)\b
(?:change|update) (?:my|the|her|his) (?:\w+ )?(?:address|email|phone|name|password)
(?:place|make) a (?:new )?order
(?:update|change|edit|add|set|fix) (?:the )?(?:product|price of|description|stock|inventory|listing|\d+ units)\b
(?:printer|payslip|lunch|dinner|coffee|play(?:list)?|election|laptop|holiday|vacation|birthday card|essay|story|haiku|poems?|recipe|wifi|vpn)\b

# What the words ask for with no verb of its own: the guards in `plain_guards.py` read these.
[shipping_back]
(?:(?:refund\w*|give|return|credit|reimburse|waive|comp|pay) (?:{WHO} )?(?:back )?|also |plus |and |only |just |incl\w* |with )(?:the |her |his |their |also |back |original |outbound |full |whole |all |of |MONEY |PERCENT |for |order |ORDERNO |'s )*{SHIPS}\b(?! (?:took|was|is|delay\w*|late|damage\w*|label|address|details?))
(?<!worth )(?<!bother )(?<!bothering )(?<!is )(?<!are )(?<!no )(?<!without )(?<!avoid )(?<!instead of ){SHIPS} (?:back|too|as well|also|only|included|alone|refund\w*|please)\b
^(?:the |her |only |just |and |also |, |for )*{SHIPS}\W*$

[came_back]
(?:came|come|comes|is|are|was|were|got|has|have|has been|have been|arrived|turned up|made it|'s) (?:safely |all |just |finally |now |already )*(?:back|in)\b(?! (?:to (?:her|him|them)|from (?:the )?(?:supplier|vendor)|transit|stock|full|two|half|the (?:ticket|mail|case)|pieces|bits))
(?:got|received|have|has) (?:it|them|both|everything|all|one|two|\d+|the \w+(?: \w+)?|her \w+|his \w+) back\b
(?:arrived|landed|received|returned|turned up|showed up)\b
(?:parcel|package|box|return|RETURNNO|it|they|goods|items?|everything|both) (?:is|are|has|have|'s) (?:now |finally |all |just )*(?:here|there|arrived|in|received)\b
(?:parcel|package|box|return) (?:for|of|from|on|to) (?:the |order |return |rma )?(?:ORDERNO|RETURNNO|\w+) (?:is|has) (?:now |finally |just )*(?:here|back|arrived|in)\b
it's (?:here|arrived)\b
(?!(?:she|he|who|what|that|there|where|here|why|how|customer|client|buyer|cust|wife|husband|mum|mother|father|son|daughter|friend|driver|courier|photos?|pics?|pictures?|proof|evidence|mails?|emails?|message|note|label|number|ticket|invoice|receipt|form|request|claim|order|replacement|money|refund|answer|verdict)\b)[a-z-]+(?:'s| is| are) (?:now |finally |back |all |just |already |safely )*here\b(?=(?: now| today| again| in the warehouse| with us)*\W*(?:$|[,.;:!]|and\b|but\b))
(?:return|rma|parcel|package|box) in\b(?=\W*(?:$|[,.;:]))
(?:return|rma) ?:? ?(?:only |just )?(?:\d+|one|two|three|four|five|six) (?:of (?:\d+|\w+) )?(?:came|in\b|here\b|arrived|back\b)
(?:dock|warehouse|goods in|inbound|receiving|colleagues?|we|i|they|just|scanner|has|have|was|were|been) (?:just |already |now )?(?:scanned|unpacked|unboxed|booked in|checked in) (?:it|them|the \w+|both|all|in|her \w+|his \w+)\b
(?:just|already|been|was|were|got) (?:scanned|unpacked|unboxed)\b
(?:parcel|package|box|return|lot)'s (?:back|here|in|arrived)\b
\w+'s in\b(?=\W*(?:$|[.,;!]))
(?:is|are|'s|'re|it's|they're) (?:now |finally |all |just |already |right )*(?:here )?on (?:my|the|our) (?:desk|bench|table|shelf|counter)\b
(?:parcel|package|box|return)(?: (?:of|from|by) \w+(?: \w+)?)? (?:is|are|lies|sits|stands) (?:now |already |here )*(?:open|opened|unpacked)\b(?!\?)
^(?:\W|ORDERNO)*all (?:there|here|back|present)\W*$
(?:nothing|no \w+) (?:was |is |were )?(?:in|inside) (?:the |it|her |his )?
(?:box|parcel|package|envelope) (?:was |is |came |arrived )?(?:back )?empty
(?:an )?empty (?:box|parcel|package|envelope)

[goes_back]
(?:on (?:its|it's|the|her|his|their) way|under ?way|in transit|heading) (?:back|to us|home)
(?:it|return|parcel|package|box|they|rma|RETURNNO) (?:is|'s|are|was) (?:now |already )*(?:on (?:its|it's|the) way|in transit)
(?:she|he|they|customer|client|buyer) (?:has |have |just |already |'s )*(?:sent|shipped|posted|mailed|dropped|handed) (?:it|them|both|the \w+|off|in|the parcel)(?: \w+)? ?(?:back|off|in)?\b
(?:it|return|parcel|they) (?:was|were|has been|got|is) (?:sent back|shipped back|posted|dropped off|handed (?:in|over))
(?:return|parcel|it|rma|RETURNNO) (?:goes|travels|ships|comes|is coming|went|is going|comes back|goes back)(?: back)?(?: out)? (?:with|by|via|through) 

[overrides]
(?:approve|accept|allow|take|do|let|refund|create|open|return)\w*(?: \w+){0,4} (?:anyway|anyhow|regardless|nonetheless|nevertheless|all the same|as an exception)\b
(?:override|overrule|overriding|bypass|ignore|extend|waive|skip) (?:the |our |that |her )*(?:return )?(?:window|deadline|period|time limit|cut ?off|30 days)
(?:make|making|grant|allow|give|do) (?:\w+ )?(?:an? )?exception\b
(?:i|we|i'll|we'll|supervisor|i'm|i am|i do|i can) (?:\w+ )?(?:allow|accept|permit|approve|let|take|grant|ok|okay|authori[sz]e|allowing|accepting|permitting)(?:s|ed)? (?:it|this|that|them|her|him|the \w+) (?:(?:in|through|back|anyway) )?(?:as|because|since|on my|under my|being)\b
(?:on|under|by) my (?:own )?(?:authority|responsibility|name|word|say[- ]so|account)\b
(?:window|deadline|period|30 days|time) (?:\w+ ){0,4}?(?:over|passed|gone|closed|expired|up|out)\b.{0,12}\b(?:i|we) (?:still |will |'ll )*(?:allow|accept|permit|approve|let|grant|take)\b
(?:despite|in spite of|even though) (?:\w+ ){0,4}(?:late|window|deadline|outside|period|expired)

[asks_history]
^(?:and |so |wait |, |but |ok |okay |hey |hi |please )*what (?:has |have |had )?(?:happened|was done|been done|did (?:we|they|you|anyone|anybody|somebody|someone) do|went on|has gone on|was changed)\b(?! (?:to|with) (?:the |her |his |my |their |our )?(?:refund|money|parcel|package|delivery|credit))
^(?:and |so |wait |, |but |ok |okay |hey |hi |please )*who (?:has |was it that |had )?(?:did|done|made|issued|gave|refunded|returned|confirmed|proposed|waived|sent|touched|changed|created|opened|closed|handled|processed|worked on|rejected|cancelled|approved|edited|booked|paid)\b
(?:show|see|give) (?:me )?(?:the )?(?:history|log|timeline|audit)\b
^(?:and |so |wait |, |but |ok |okay |hey |hi |the customer|customer|the client|her|him|\W)*(?:how much|what) (?:(?:money|in total|altogether|so far) )*(?:has|have|had|did|was|were) (?:he|she|they|we|the customer|the client|customer|\w+) (?:\w+ )?(?:got|gotten|get|received?|been (?:paid|refunded|given)|had|paid|pay|given?|refund(?:ed)?|paid out)\b(?! us\b| (?:the |our |to the )?(?:supplier|vendor))

# Questions about how things are done in general, told from wishes by who is asked about and that no order is named.
[general]
what does (?:\w+ ){1,4}mean\b
(?:what's|what is|whats) the (?:fund|reserve|payout) account\b
how (?:do|can|would|could|should) (?:i|we|one) (?:undo|reverse|revert|cancel|take back|edit|change|close|reopen|split|withdraw) (?:a|an|the|any|my) (?!order)\w+\W*$
(?:can|could|may|should) (?:i|we|one|staff|agents?) (?:\w+ )?(?:undo|reverse|split|spread|divide|reopen|combine|edit|change) (?:a|an|any|the|my) \w+
who (?:pays|bears|covers|carries|loses)\b(?! (?:me|us|you|the refund))
what happens\b
how (?:do|does|are|is|can|would|should) (?:\w+ ){1,5}(?:work|handled|treated|calculated|decided|taxed|split|counted|shared|rounded|funded|booked)\b
^(?:please |can you |could you )*explain\b(?! (?:to|it to|that to) (?:her|him|them|the customer))
(?:what's|what is|what are|whats) (?:a|an|the difference|the rules?|the point|meant|our (?:rules?|window|limit|policy)|goodwill|returns?|refunds?)\b(?! (?:ORDERNO|status))
(?:what|which) (?:counts|qualifies|reasons?|kinds?|types?)\b
what (?:do|should|can|must|would) (?:i|we) do (?:if|when|with|about)\b
(?:who|which role) (?:\w+ )?(?:has to|must|needs? to|can|may|should|is allowed|signs?|approves?|decides?|is responsible|gets to)\b
(?:am i|are we|is (?:it|one|staff|an agent)|are agents|would it be|is that) (?:\w+ )?(?:allowed|ok|okay|fine|possible|permitted|supposed|legal|alright|right) (?:to|for|if|that|when)\b
when (?:do|does|must|should|can|is) (?:i|we|one|a|an|the (?!refund|parcel|order|delivery|money)\w+) (?:\w+ ){0,3}(?:need|have|ask|require|allowed|required|needed|necessary|returnable|responsible|get)\b
(?:are|is) there (?:any )?(?:\w+ ){0,2}(?:we|that|which|a|for) (?:\w+ ){0,3}(?:never|can't|cannot|not|always|limit|window|rule|maximum|minimum|deadline)\b
(?:do|does|can|could|may|should|must|will) (?:i|we|staff|agents?|an agent|supervisors?|anyone|one|a (?:customer|return|refund|request|review|supplier|card)|customers?|the customer|final sale|sale|digital|dropship\w*|opened|used|refunding|returning|it count) (?:\w+ ){0,6}(?:without|more than|before|after|unless|if|when|ever|always|have to|need|count|get (?:our|my)|cover|include|be (?:returned|refunded|cancelled|waived)|tell|promise|say|pay|keep|charge|stack|combine)\b
(?:returnable|refundable|allowed|permitted)\W*\?$
(?:is|are) (?:a |an |the )?(?:restocking fee|return fee|note|photos?|evidence|approval|second person|fee|reason)s? (?:\w+ ){0,2}(?:ok|okay|allowed|needed|required|possible|mandatory|always|on)\b
