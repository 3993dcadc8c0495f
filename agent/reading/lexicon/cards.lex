# What is said while a card is open: a yes, a no, signs that something on it is to be different.
[yes]
(?:he|she|they|\w+)(?:'ll| will| can| shall| is going to| is about to) (?:press|confirm|click|push|sign) (?:it|this|that|the (?:button|card))\b
(?:good|gtg) (?:2|to|two) go\b
(?:everything|all|it all) (?:is |seems |looks )?(?:\w+ )?(?:in order|as it should be|fine|ok|okay|good|right|correct|clear)(?: now| then| here| for me)?\W*$
(?:crack|carry|press|get) on(?: with it| then| please)?\W*$
(?:fire|blast|send) (?:away|it)\b(?! (?:back|home|in|here|to us|over|first|again)\b)
spot on\b
(?:have|got|you've|with) (?:got )?my (?:blessing|ok|okay|approval|go[- ]ahead|permission|consent)\b
(?:numbers?|figures?|amounts?|sums?|totals?|it|that|this|all|everything) (?:all )?(?:match(?:es)?|checks? out|adds? up|agrees?|tall(?:y|ies)|looks? (?:right|good|fine))\b
(?:push|put|get|send|wave|let) (?:it|this|that|her|him|them) (?:through|out|go through)\b
(?:no (?:changes?|objections?|complaints?)|nothing to (?:change|add)|i'm (?:happy|fine|good|okay) with (?:it|that|this))\b
(?:leave|keep) (?:it|that|everything|the card) (?:as|like|how) (?:it|that|they) (?:was|were|is|are)\b
(?:as|like) it was(?: before)?\W*$

[another_presses]
(?:(?:i'll|i will|let me|i'm|i am|we'll)(?: just| now)? )?(?:asking|ask|getting|get|fetching|fetch) (?!me\b|her\b|him\b|them\b|for\b|the (?:customer|buyer|supplier)\b|customer\b|it\b|that\b|this\b|a\b|an\b|about\b|what\b|why\b|how\b)[a-z]+(?: \w+)?(?:,? (?:now|then|instead|to (?:press|sign|confirm|do)(?: it)?))?\W*$
(?:leave|keep|park|save|hold|let) (?:it|this|that|the (?:card|button)) (?:here |there |open |standing )*(?:for|to|with|till|until) (?!me\b|now\b|later\b|the moment\b|the time\b|a (?:bit|while|moment|minute)\b|good\b|today\b|tomorrow\b|monday\b)\w+(?: \w+)?(?: to (?:press|confirm|sign|click|approve|release|do|decide|look at|push)\b|\W*$)
(?!i\b|we\b|you\b|please\b|just\b|can\b|should\b|will\b)\w+ (?:should|shall|must|has to|needs to|is the one to|can|will|'ll) (?:press|sign|confirm|click|release|push)(?: (?:it|this|that|the \w+))?(?: (?:then|for me|instead))?\W*$
(?:he|she|they|who|\w+)(?: is| are|'s)?(?: sitting| standing| waiting)?[^.;!?]{0,30}?(?:'ll| will| can| is going to| is about to| is happy to|and will|to) (?:release|authori[sz]e|confirm|approve|press|sign|click|okay|take|do|handle) (?:it|this|that|the (?:button|card|refund))\b(?! (?:back|off|away|out|again|instead|later|tomorrow|next))
(?:asked|told|got|found|fetched|called|phoned|pinged|messaged|begged|persuaded) (?!(?:her|him|them|the customer|customer|the buyer|the supplier|supplier)\b)\w+(?: \w+)?(?: (?:from|in|of|at) (?:the )?\w+)? to (?:take|release|authori[sz]e|confirm|approve|press|sign|click|do|handle|look at|have a look at|okay) (?:it|this|that|the (?:button|card|refund))\b(?! (?:back|off|away|out))
(?:more than|above|over|beyond|exceeds?|past|higher than) my (?:own )?(?:limit|allowance|MONEY|\w+(?: - \w+)?) (?:for|in|of) (?:the|a|one|to) ?day\b

[shows_again]
(?:show|give|let|bring|display|pull|send) (?:me |us |up )?(?:see )?(?:it|that|this|the card|the refund|the proposal)(?: (?:one|card|refund|proposal))?(?: up)?(?: once)? (?:again|anew|afresh|once more|as it (?:is|stands))\b(?! (?:with|but|for|without|at|only))

# What the card says is asked: how much it is, with or without tax.
[asks_sum]
^(?:\W|so|and|ok|okay|then|right|wait|hm+|but|sorry|just to check|remind me|tell me)*(?:(?:that|this|it)(?:'s| is| makes| comes to)? |(?:is|was) (?:that|this|it) )?(?:how much|what(?:'s| is)? (?:the )?(?:amount|sum|total|figure)|what(?:'s| is| does| do| will| would)? (?:that|this|it|he|she|they|(?:the )?customer) (?:come|comes|make|makes|add|adds|get|gets|now|in total|altogether)|(?:is|are) (?:that|this|it|those) (?:with|incl\w*|without|excl\w*|gross|net|before|after|plus) (?:the )?(?:tax|vat))\b(?!.*\b(?:left|remain\w*|still|refundable|balance|account|limit|fees?|supplier|claim\w*|settle\w*|paid|pay|charged?|costs?|shipping|postage|already|reserve\w*|payout|can i|may i|could i|more|before)\b)

[goes_back]
(?:(?:just|now|get|getting|go|going) )*back (?:to|at|on)(?: (?:the|her|his|their|those|that|my))?\W*$
(?:let's|let us|lets|can we|could we|shall we|now|so|ok|okay|k|right|then|i'm|we're|to) (?:just |now |please )*(?:finish(?:ing)?(?: off| up)?|(?:continue|continuing|carry on|go on|get on|proceed) with|resume|wrap up)(?: (?:the|her|his|their|those|that|my))?\W*$
where (?:were|was|are) (?:we|i) with(?: (?:the|her|his|their|those|that|my))?\W*$

[no]
(?:she|he|they|customer|the customer)(?:'s| is| are|'re| still| wants? to| want| needs? to)*(?: still)? (?:thinking|think) (?:about it|it over|it through)\b
let (?:it|this|that|the whole thing|her|him|them) (?:go|be|drop)\b(?! (?:through|out|ahead))
(?:i|we|i'll|we'll) take (?:it|that|this) (?:all )?back\b
(?:i|we) (?:shan't|won't|will not|shall not|are not going to|aren't going to|don't want to|do not want to|would rather not|better not|can't|cannot) (?:be )?(?:pay|paying|refund|refunding|do|doing|send|sending|give|giving|go|going|approve|approving|book|booking|touch|need|needing)\b(?! (?:for|any|the (?:shipping|fee|full)|more|that much|her (?:the|any)|him (?:the|any)))
(?:customer|client|buyer|she|he|they)(?: has| have|'s|'ve)? (?:\w+ )?(?:solved|sorted|fixed|found|settled|resolved)(?: it| this| that| the \w+)?(?: out)?(?: by)?(?: (?:her|him|them)sel(?:f|ves))?\W*$
(?:no (?:longer|more) (?:needed|necessary|required|wanted)|not (?:needed|necessary|required|wanted) any ?more|has (?:been )?(?:sorted|solved|settled|resolved))\b
(?:she|he|they|customer|the customer) (?:doesn't|does not|don't|do not|no longer) wants? (?:it|this|that|the money|any money|a refund|the refund|to return it)(?: any ?more| back)?\W*$
(?:pull|call|take) (?:it|this|that|the whole thing) (?:back|off|down)(?: please| again| then)*\W*$
(?:tear|rip) (?:it|this|that) up\b
^(?:please |ok |no |and )*(?:withdraw|retract|revoke)(?: (?:it|this|that|the (?:card|proposal|refund)))?\W*$

# Said beside another order: the card may be of the wrong one.
[mistakes]
(?:wrong|mistake\w*|mistyped?|typo|misread|misheard|mixed up|mix-?up|muddled|confused|swapped|incorrect|o+ps|whoops|my bad|apologies|scratch that|i meant|meant|not (?:this|that) (?:one|order|number)|should (?:be|have been)|instead|rather)\b

# The order of the card is not to be touched after all.
[order_alone]
(?:doesn't|does not|don't|do not|didn't|no longer) wants? (?:the |a |any |his |her |their )?(?:refund|money)(?: back)?(?: any ?more| after all| now)?\b(?!.*\b(?:but|instead|shipping|postage|returns?|replacement|credit|just|only)\b)
(?:leave|let|keep) (?:order )?(?:ORDERNO|that order|this order|that (?:one )?refund|this refund)(?: one| order| refund| case)? (?:alone|be|untouched|out|for now|as it is|open|off)\b
(?:don't|do not|never|no need to) (?:touch|do|send|pay|issue|refund) (?:order )?ORDERNO(?: yet| now| for now| after all)?\b(?! (?:in full|fully|all))

[marks]
(?:no|not|nope|nah|\w+n't|never|without|minus|except|excluding|less)\b
(?:sorry|oops|whoops|pardon|my bad|apologies|actually|wait|hang on|hold on|hmm+|hm|instead|rather|correction|corrected|scratch that|i mean|i meant|meant|after all|on second thought|come to think of it)\b
(?:only|just|merely|but|though|however|yet|still|better|prefer\w*|steep|a bit much)\b
(?:mistake\w*|mistyped?|miscount\w*|misread|misheard|typo|wrong|incorrect|mixed up|muddled|confused|forgot|overlooked|too (?:much|many|little|few|high|low|generous|big|small))\b
(?:should|must|has to|have to|needs? to|ought to|supposed to)\b
(?:make (?:it|that|this|them)|change|lower|raise|reduce|increase|decrease|cut|bump|drop|remove|delete|take (?:off|out|away)|leave (?:out|off|away)|out|off|add|include|swap|switch|replace|adjust|edit|set|put|charge|use|halve|half|double|round)\b
(?:more|fewer|another|extra|additional|on top|cheaper|lower|higher|smaller|bigger|fairer)\b

[adds]
(?:plus|as well|also|too|and|ok then|okay then|then)\b
(?:it's|its|it is|it was|that's|they were|there (?:was|were|is|are))\b

# Goods that come on top of those a case has, and goods that take their place.
[on_top]
(?:add|include|throw in|tack on|put in|count in)\b
(?:too|as well|also|plus|on top|in addition|additionally|besides)\b
^\W*(?:and|plus|\+|&|n)(?: \w+)?\b

[in_place]
(?:instead|rather|swap\w*|replac\w*|switch\w*|wrong one|mixed up|confused|(?:meant|mean)(?! to (?!(?:say|order|buy|type|write|pick|enter|name|click|refund)\b))|should (?:be|have been)|take the place)\b
(?:not|without|except|excluding|minus|but no) (?:for )?(?:the|her|his|their|that|those|these|this)\b

[taken_away]
(?:remove|drop|take (?:off|out))\b

[after_all]
(?:after all|on second thoughts?|come to think of it|changed (?:his|her|their|my|our|its) minds? (?:again|back))\b
(?:actually|no|wait|hm+|ok|okay|right|sorry|oh|well|yes|yeah|still|then|so|but|fine|please|let's|we|i|you|do|can|should|,|\W)*\b(?:do|make|refund|give|send|pay|approve|reject|open|create|book|go ahead with|proceed with|continue with|put|bring|restore|reinstate|revive|redo|reopen|resurrect|take up) (?:it|that|this|them|him|her|those|the (?:refund|return|card|case|same))\b(?<!send it(?= back\b))(?<!send them(?= back\b))(?<!send that(?= back\b))
(?:still|now) (?:wants?|needs?|like|do|would like)\b
(?:do|does|did) (?:want|need) (?:it|that|this|them|the (?:refund|money|return))\b
(?:was|were|is) too (?:quick|fast|hasty|early)\b
(?:back|on) again\b
(?:go ahead|let's do it|do it)\b

[hold]
^(?:(?:oh|ok|okay|please|no|hm+|um+|er+|hey|,|\W)*(?:wait|hang on|hold on|hold it|stop a (?:second|moment|minute)|one (?:sec|second|moment|minute)|a (?:sec|second|moment|minute)|just a (?:sec|second|moment|minute)|hm+|hmm+|um+|er+|uh+|let me (?:think|check|see|look)(?: again)?|not yet|not so fast|careful)(?:[ ,.!]+(?:please|a (?:sec|second|moment|minute|bit)|there|again|first|then|wait))*[ .!]*)+$

[everything]
(?<!returned )(?<!sent )(?<!got )(?<!received )(?<!checked )(?<!read )(?<!has )(?<!have )(?<!had )(?<!keeps )(?<!keep )(?<!kept )(?<!for )(?<!about )(?<!with )(?<!was )(?:everything(?! (?:in order|is (?:\w+ )?(?:fine|ok|okay|good|right|correct|clear|set|done|there|in)|looks|seems|else|ok|okay|fine|good|correct|checks|matches|clear|set|you|there|here|now clear))|the (?:whole|entire|complete) (?:order|lot|parcel|package)|the lot|all (?:of )?(?:the )?(?:items|goods|lines|products)|whole order|all on (?:the|this|her|his) order|all of (?:the|her|his) order|the full order)\b

[shipping_out]
(?:don't|do not|won't|will not|never) (?:refund|include|give|pay|add|return|send)(?: (?:him|her|them|back|for))* (?:the |his |her |their |any )*(?:shipping|postage|delivery|freight)\b
(?:leave|let|keep)(?! (?:her|him|them) have) (?:\w+ ){0,4}?(?:shipping|postage|delivery|freight)(?: (?:fee|cost|charge|part|costs|bit))? (?:alone|be|untouched|aside|as it is|where it is)\b
(?:don't|do not|never|not) touch (?:\w+ ){0,3}?(?:shipping|postage|delivery|freight)\b
(?:shipping|postage|freight)(?: (?:fee|cost|charge|part|costs))?(?: (?:\w+ ){0,2})?(?:stays?|remains?) (?:as it is|where it is|untouched|with us|put|out|alone|ours)\b
(?:shipping|postage|delivery (?:fee|cost|charge)s?|freight)(?: (?:costs?|fee|part))?(?: \)|,|\W)*(?:(?:she|he|they|customer) (?:doesn't|does not|don't|do not|didn't|never) (?:\w+ ){0,4})?(?:so )?(?:leave|forget|skip|drop) (?:that|it|this)\b
(?:not|without|no|except|excluding|minus|less|keep|but not|n't refund|n't include|leave (?:out|off|away)|take (?:off|out|away)|drop|remove|skip|deduct|strip|exclude|w/o|forget|we keep|ex|cut) (?:back )?(?:the |her |his |that |any )*(?:shipping|postage|delivery|p ?& ?p|freight)\b
(?:leave|take|keep|cut) (?:the |her |his )?(?:shipping|postage|delivery|freight)(?: (?:fee|cost|charge|part|costs|bit))? (?:out|off|away|back)\b
(?:leave|keep) (?:the |her |his )?(?:shipping|postage|delivery|freight)(?: (?:fee|cost|charge|part|costs|bit))?(?: (?:please|then|though|too|as well))?\W*$
(?:shipping|postage|delivery|freight)(?: (?:fee|cost|charge|part|costs))? (?:stays?|is not|isn't|not|should not|shouldn't|must not|needn't|doesn't|won't)\b
(?:goods|items?|products?) only\b
only (?:the )?(?:goods|items?|products?)\b

# The refund of the card is not wanted as it is; beside it, the shipping is given back.
[called_off]
(?:scrap|drop|cancel|forget|bin|ditch|skip|kill|withdraw|stop|undo|instead of|rather than|in place of|(?:do not|don't|not|never|no need to) (?:refund|pay(?: back)?|reimburse|give))(?: (?:for|the|that|this|his|her|their|whole|back|of))*\s(?:(?!ship|post|deliver)\w+ )?(?:refund|it|that|this|money|one|card|goods|product|item|lot)\b
(?:scrap|drop|cancel|forget|bin|ditch) (?:that|this|it)\b
(?:instead of|rather than|in place of) (?:the |that |this |his |her |their )?(?!ship|post|deliver|freight|MONEY|PERCENT|\d)\w+
no (?:money|refund)\b(?! for (?:the )?(?:ship|post))
(?:doesn't|does not|don't|do not|didn't|no longer) (?:want|need)s? (?:the |any |his |her |their )?(?:money|refund)\b

[shipping_given]
(?:give|refund|pay|send|reimburse|credit|grant)\b(?: (?!but\b|except|without\b|not\b|minus\b|no\b|less\b|and\b|plus\b)\w+){0,5}? (?:shipping|postage|post|p ?& ?p|carriage|freight|delivery)(?: (?:costs?|fees?|charges?|part|money))?\b
(?:shipping|postage|post|p ?& ?p|carriage|freight|delivery)(?: (?:costs?|fees?|charges?|part|money))?(?: \w+)?? back\b(?! (?:to|at) (?:us|me|the (?:shop|store)))

# A refund that is to be a return instead, in words for the work or for what the customer must do first.
[made_return]
(?:make|turn|change|switch|convert|move|swap|do|redo|needs to be|has to be|must be|should be|should have been|ought to be|meant to be)(?: (?:it|this|that|the (?:refund|card|whole thing)))?(?: over)?(?: rather| better)? (?:to |into |for |in |as )?(?:a |an )?(?:merchant |normal |proper |regular )?(?:return|rma)\b(?! (?:fee|label|cost|shipping|postage|window|request))
(?:open|create|start|book|set up|do|make|raise|register|log) (?:(?:him|her|them|me|us) )?(?:a |an |the )?(?:merchant |normal |proper |regular )?(?:return|rma)(?:,| then| for (?:it|him|her|them|this|that))* (?:instead|rather)\b
(?:instead|rather|better)(?: of (?:that|this|it))?,? (?:please )?(?:open |create |start |book |do |make )?(?:a |an )?(?:return|rma)\b(?! (?:fee|label|cost|shipping|postage|window|request))
(?:return|rma)(?:,| please)* (?:instead of|rather than|and not|not|in place of)(?: (?:a|the|this|that|any))? (?:refund|money)\b
(?:no|not|don't|instead of|rather than)(?: (?:a|the|this|that|any|do|give))* refund\b[^.;!?]{0,24}?\b(?:a |the )?(?:return|rma)\b(?! (?:fee|label|cost|shipping|postage|window|request))
(?:she|he|they|it|customer|client|buyer|the \w+|these|those|this|that)(?:'ll|'s| is| are| will| must| has to| have to| had to| should| needs? to| got to| is going to| ought to| first| also)+ (?:be )?(?:send\w*|sent|ship\w*|post\w*|bring\w*|mail\w*|return\w*|come|coming|go|going|give)(?: (?:it|them|this|that|both|all|the \w+(?: \w+)?))?(?: back| in| here| to us)*,? (?:first|before|ahead of|prior to|and then|and only then)\b
(?:comes?|goes?|is coming|are coming) back(?: to us| here)? first\b
(?:no|not? any|without|never) (?:money|refund|cash|payment)(?: \w+){0,2} (?:before|until|till|unless|without) (?:(?:it|they|that|those|we|i|the \w+(?: \w+)?)\b[^.;!?]{0,20}\b(?:back|returned|here|arrives?|in hand|received)|(?:a |the |its )?return)\b

# What is said where a text was asked for.
[turns]
(?:(?:oh|ah|hm+|ok|okay|well|oops|sorry|wait|hang on|hold on|stop|no|actually|correction)\W+)*(?:no|wait|hang on|hold on|sorry|actually|stop|hm+|oops|scratch that|on second thoughts?|correction|instead)(?:\s*[,.!:;–-]|\s+(?:no|wait|sorry|actually|my|i|we|it's|that|let's|make|she|he|they|approve|reject|accept|refund)\b)

[asks]
(?:(?:and|so|but|wait|hang on|hold on|ok|okay|hm+|one sec)\W+)*(?:(?:can|could|may|should|do|does|did|will|would|shall) (?:we|i|you|she|he|they|the customer)\b|(?:what|which|who|when|where|why|how)\b)

[delegates]
you (?:write|choose|decide|pick|say|do|word|phrase)(?: (?:it|that|one|something|this))?\b
(?:up to|your) (?:you|choice|call)\b
(?:use|take) (?:yours|your (?:text|words|own|suggestion|wording)|the (?:standard|suggested|usual|default|offered) \w+|that(?: one| text)?)\b
(?:the |your |that )?(?:explanation|text|wording|suggestion|message) (?:is|looks|sounds|reads|will do)(?: (?:all|quite|just|perfectly))? ?(?:fine|ok|okay|good|right|great|perfect)?(?=\W*$| as (?:it|you|is)\b)
(?:whatever you (?:think|want|like|suggest)|as (?:you )?suggested|your (?:text|wording|suggestion)|the usual|the standard text)\b

[takes_back]
(?:approv\w*|allow\w*|(?:accept|grant)\w* (?:it|them|this|that|the \w+|her|his))\b
(?:take (?:it|them|those|these|the \w+) back|let (?:it|them|her|him) (?:in|through|return|send))\b

[denied]
(?:not|never|cannot|can't|no longer|don't|won't|unable|nobody|no one|none|hasn't|haven't|nothing)\b

[not_told]
(?:not|never|nobody|no one|none|hasn't|haven't|didn't|don't|won't|isn't|wasn't|yet to|will|should|please)\b

[told_by]
(?:told|informed|e?mail\w*|phon\w+|called|call|rang|messag\w+|chat\w*|wrote|written|sms|texted|letter|notified|spoke\w*|talk\w*|explain\w+|said|says|repl\w+|answer\w+|ticket|whatsapp|voicemail|in person|conversation|correspondence|post)\b
(?:at the (?:counter|desk|till)|in (?:the )?(?:store|shop)|let (?:her|him|them) know)\b
(?:https?://|www\.)\S+

[sends]
(?:(?:yes|yeah|ok|okay|sure|please|just|then|no|you|can|could)\W+)*(?:put|send|use|record|include|log|write|take|mail|email|reply)\b(?! (?:of|from|on|was|went|dated|no))

[alters]
(?:(?:please|ok|and|no|but)\W+)*(?:make|change|lower|raise|switch|swap|turn) (?:it|that|this|them|the \w+)\b

# What came back, told at the card.
[damaged]
(?:scratch\w*|dent\w*|chip\w*|crack\w*|brok\w*|break\w*|damag\w*|tears?|torn|tore|rip\w*|stain\w*|smash\w*|bent|worn|dirty|defect\w*|faulty|unsellable|burst\w*|ruined|wet|mould\w*|mold\w*|dead|holes?|used|not (?:ok|okay|good|fine)|in bits|in pieces|shattered|snapped|scuff\w*|smell\w*|bad)\b

[missing]
(?:missing|not (?:in|there|included|returned|come)|never (?:came|arrived)|(?:wasn't|weren't|isn't|aren't) (?:in|there|included)|didn't (?:come|arrive)|absent|short|lost|gone|lacking)\b

# A fee on the card, named by its word or its figure.
[drops_fee]
(?:no|without|drop|forget|remove|scrap|strike|skip|waive|cancel|lose|delete|ditch|kill|bin|zero)\b(?! (?:change|longer than))
(?:take|leave|knock|get|goes|go|come|comes|is|are)(?: [\w.,%]+){0,4} (?:off|out|away)\b
(?:was|is|were|are|belong(?:s|ed)?|meant|that's)(?: \w+){0,2} (?:for|to|from|of) (?:another|an other|a different|someone else|somebody else|the other|other)\b
(?:not|n't)(?: \w+){0,2} (?:hers|his|theirs|for (?:her|him|them)|apply|applies|due|pay|owe|bear|needed|needs?)\b
\w+n't (?:\w+ ){0,2}?(?:hers|his|theirs|for (?:her|him|them)|apply|due|pay|owe|bear|needed|needs?|charge|take)\b
(?:shouldn't|should not|must not|mustn't) (?:be|stand|remain)\b
(?:off|out|gone)\W*$
not (?:the )?(?:[\d.,%]+|return|restock\w*|postage|shipping|handling)

[keeps_fee]
(?:stays?|stay as|remains?|keep|keeps|kept|leave|leaves|unchanged|stands?|holds?|still|untouched|applies|only|just|correct|right|fine|okay|ok|good|as (?:it|they) (?:is|was|are|were)|as (?:agreed|before|said|shown))\b
