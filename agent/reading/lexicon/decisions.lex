# How a customer's return request is let in or turned down. Read by `decisions.py`, which sees to denials and questions.
WHO = (?:her|him|them|the customer|customer|the client|client|the buyer|buyer|mr \w+|mrs \w+|ms \w+)
GOODS = (?:it|them|this|that|these|those|her \w+|his \w+|their \w+|(?:the|all) (?:\w+ ){0,2}\w+|both|all|one|\d+(?: \w+){0,2})
BACK = (?:return|send|ship|bring|post|hand|give)

[lets_in]
(?<!return we )(?<!request we )(?<!one we )(?<!that we )(?<!which we )(?<!return i )(?<!that i )(?<!return you )(?:approve[sd]?|approving|approval|accept(?:ed|ing|s)?|allow(?:ed|ing)?|grant(?:ed|ing)?|green ?light|authori[sz](?:ed?|ing)|sign(?:ing)? (?:it |this )?off)\b(?! by\b)
ok(?:ay)? (?:the|this|that|her|his|their|it|return|rma|RETURNNO|with|for|to)\b
(?:yes|yep|yeah|yea|sure|fine|ok(?:ay)?|thumbs up) (?:to|for|on|with) (?!a\b|no\b)(?:[\w.-]+(?:'s)? ){0,4}?(?:return|rma|(?:return )?request|RETURNNO)\b
let(?:ting)? (?!me\b|us\b|you\b)(?:\w+(?:'s)? ){1,3}?(?:return\w*|through|go through|{BACK})\b
let(?:ting)? (?!me\b|us\b|you\b)(?:[\w'-]+ ){1,5}?(?:come|go|travel) back\b
wave (?:\w+ ){0,2}through
(?:see (?:to it )?(?:that)?|make sure(?: that)?|want|have) (?:[\w'-]+ ){1,5}(?:goes|go|going|gets) (?:through|ahead)\b
i'm (?:fine|happy|ok|okay|good) with (?:it|that|this|(?:her|his|their|the) return)\b
(?:say|says|said|is|it's|that's|answer is|tell {WHO}|told {WHO}) (?:a |to say )?(?:yes|ok|okay|fine|approved|granted)\b(?! (?:by|but not|and))
(?:he|she|they|customer|client|buyer|\w+) (?:may|can|could|is allowed to|are allowed to|is free to|is welcome to|are welcome to) (?:\w+ )?{BACK} {GOODS}
(?:{GOODS}|(?!we\b|i\b|nothing\b|none\b)[\w'-]+)(?: (?:on|of|from) ORDERNO)? (?:may|can|is allowed to|are allowed to|is welcome to|are welcome to) (?:(?:come|go|be sent|be posted|be shipped|be brought) back|be returned)\b
(?:she|he|they|customer) (?:may|can) have (?:the|her|his|their|a) return
(?:we|i)(?:'ll| will|'d| can| could|'re happy to| are happy to|'m happy to)? (?:\w+ )?take {GOODS} back
(?:take|taking) {GOODS} back
(?:take|have|ok|okay|yes) (?:on )?(?:the|her|his|their|this|that) (?:return|rma|request|RETURNNO)\b(?! (?:fee|label|cost|shipping|postage|to|up|off|out|away|from))
(?:fine|ok|okay|good|alright|all right) (?:by|with|from|for) (?:me|us)\b
(?:request|return|rma|it|this|that|RETURNNO) is (?:ok|okay|fine|good|approved|accepted|granted)\b
(?:return|rma|request|RETURNNO) (?:ok|okay|fine|approved|accepted|granted)\b(?!\?)
no objections?\b
(?:no|not any|hardly any|never any) (?:good |real |earthly |obvious |possible )?(?:reasons?|grounds?|cause) (?:not to \w+|why not|to (?:refuse|reject|decline|turn|say no|object|deny))\b
(?:nothing|anything)(?: \w+)? (?:speaks?|to be said|to say) against\b
(?:it|that|this|return|request|RETURNNO|ORDERNO|one) (?:can|may|should) go (?:ahead|through)\b
^(?:\W|ORDERNO|RETURNNO)*(?:can|may) go (?:ahead|through)\b
happy (?:to|for {WHO} to) (?:take|accept|{BACK})\b

[turns_down]
(?:reject\w*|declin(?:e|es|ed|ing)|den(?:y|ied|ies|ying)|refus(?:e|ed|ing|al)|disallow\w*|disapprov\w*|dismiss)\b(?! to\b)
turn(?:s|ed|ing)? (?:\w+ ){0,4}?down\b
knock(?:ed)? (?:\w+ ){0,3}?back\b
(?:say|says|said|is|it's|that's|answer is|tell(?:ing)? {WHO}|told {WHO}|gets) (?:a |an? \w+ |to say )?no\b(?! (?:fees?|return|restock\w*|photos?|pictures?|label|charge|problem|issue|worries|reason|rush|need|longer|proof|evidence|good|more))
no go\W*$
(?:nope|no|a no) (?:to|on|for) (?:the|this|that|her|his|their|it|them|RETURNNO|ORDERNO|{WHO})\b
send {WHO} away
no chance\b

[yes]
(?:^(?:\W|ORDERNO|RETURNNO|return|request|\w+ return)*|[:,.\u2013-] ?)(?:yes|yep|yeah|sure|ok|okay|fine|alright|go ahead|of course)\b(?! (?:but(?! (?:PERCENT|MONEY|\d|minus|less|with|charge|we (?:charge|keep|take|deduct|want)|take|deduct|keep|restock\w*|a |an ))|what|why|how|who|when|so|then))

[no]
^(?:\W|ORDERNO|RETURNNO)*(?:no|nope)\b(?= ?(?:[,.:;!-]|$))
