# Refund reasons, most telling first. Alternatives are tried over the plain form of a message.
GOT = (?:got|received|receives|gotten|receive|have|had|get)
NOT_GOT = (?:(?:has|have|had|did|was|is)(?: not|n't)|never|not|ain't)(?: \w+)? {GOT}
NO_LETTERS = (?! (?:\w+ ){0,3}(?:e?-?mails?|messages?|calls?|appointments?|dates?|times?|address\w*|invoices?|bookings?|paperwork|phone|chats?|tickets?|wires)\b)
ON_BODY = (?:(?:on|round|around|across|over|at|in) (?:her|him|them|me|his|their|my|the (?:arms?|shoulders?|chest|waist|hips?|feet|foot|toes?|neck|legs?|sleeves?|head|wrists?|hands?|back|thighs?|ankles?|calves))\b)
THING = (?:items?|products?|ones?|things?|articles?|goods|colou?rs?|sizes?|models?|variants?|flavou?rs?|versions?|pieces?|units?|types?|patterns?|shades?|skus?|parcels?|packages?|orders?|design|style)
SENT = (?:sent|shipped|delivered|got|received|packed|arrived|picked|supplied|have|turned up|came)

[duplicate]
duplicates?(?: order| charge| purchase| payment)?\b
(?:ordered|charged|bought|paid|billed|submitted|purchased|placed)(?: \w+){0,3} twice
twice (?:charged|ordered|billed)
double[ -]?(?:order|charge|bill|paid|payment|click|purchase)\w*
(?:2|two) identical orders
same order (?:again|twice)
2 times (?:ordered|charged)
(?:took|taken|charged|paid|pay(?:ment)?|debited|clicked|booked)(?: \w+){0,3} (?:two|2|three) times
(?:charged|billed|paid|debited)(?: \w+){0,4} twice
(?:second|2nd|extra|duplicate|additional) (?:payment|charge|debit)

[price_adjustment]
prices? (?:of|for|on) [^.;!?]{2,40}? (?:dropped|fell|went down|came down|has (?:dropped|fallen|come down|gone down)|(?:was|were|is|got) (?:cut|reduced|lowered|slashed))\b
adjust (?:the|her|his|its) price\b
price (?:promise|guarantee|match)\b
(?:price )?(?:difference|gap) (?:goes |is to go |to go )?back\b
(?:give|gives|pay|send|credit|owe|refund|hand|issue|transfer|wants?|gets?|asks? for|asked for|claims?)(?: back| over)? (?:to )?(?:her |him |them |the customer )?(?:back )?(?:just |only )?(?:the|that) (?:price )?(?:difference|gap)\b
(?:dropped|fell|fallen|reduced|lowered|cut|marked down|knocked|slashed) (?:it|them|the price|the \w+)? ?(?:down )?(?:to|by) (?:MONEY|\d+)
(?:we|we'll|i|i'll|will|can|please) (?:can |will |do )?match(?:ing)?\b(?! (?:the|these|those) (?:photo|picture|order|name|colou?r|description))
(?:us|me|you|wants?|wanted|asks?|asked|like|agreed?|offer(?:ed|s)?|happy|able|ready|going|have|need|promised|willing|ok|okay|fine)(?: \w+)? to match\b(?! (?:the|these|those|her|his|their) (?:photo|picture|order|name|colou?r|description|walls?|sofa|room|curtains?|dress|kitchen))
match(?:ing|ed)? (?:the |their |that |his |her |our )?(?:new |current |lower |today's |online |sale |reduced |cheaper )?(?:price|offer)\b
over-?paid\b
paid (?:too much|too high a price|over the odds)\b
(?:PERCENT|MONEY|\d+) (?:cheaper|less|lower|off) (?:now|today|yesterday|elsewhere|online|(?:last|this) (?:week|month|weekend)|(?:in|on|during) (?:our|the|a))\b
(?:at|for) (?:MONEY|PERCENT|ORDERNO|\d+) (?:now )?(?:in|on|during) (?:our|the) (?:\w+ )?(?:sale|promo\w*|offer)\b
(?:is|are|it's|they're)(?: now| currently)? (?:at )?PERCENT (?:off )?(?:now|today|in our shop|on our site|online)\b
(?:meet|beat|honou?r) (?:the |their |that |his |her )(?:lower |competitor'?s )?(?:price|offer)
price[ -]?(?:drop\w*|match\w*|diff\w*|adjust\w*|went down|fell|reduc\w*|is lower|change|guarantee|error|mistake|cut|now)
(?:shows?|is|was|costs?|sells? for) (?:\w+ )?(?:MONEY|\d+) less\b
(?:now|is|went|it's|gone|goes)(?: now)? (?:on (?:sale|offer)|cheaper on (?:our|the) (?:site|web\w*|shop))
cheaper (?:now|today|this week|on our)
refund (?:her |him |them |the customer )?(?:the )?(?:price )?(?:difference|different)\b
overcharged
over charged
charged (?:her |him |them |the customer )?(?:too much|full price|more than|the wrong (?:price|amount))
(?:discount|promo\w*|voucher|coupon|code|deal)(?: code)?(?: was| did| is| has)?(?: not|n't|never)(?: \w+)? (?:applied|work\w*|taken|used|accepted)
forgot (?:the |her |his )?(?:discount|coupon|code|voucher|promo)
missed (?:the|out on the) (?:discount|sale|offer)
didn't get (?:the |her |his )?(?:discount|offer|promo)
went on sale
(?:website|site|shop|page|store) (?:now )?(?:shows|has|lists|says) (?:it )?(?:\w+ )?(?:MONEY|\d+)? ?(?:less|cheaper|lower)
price (?:was|is) (?:wrong|lower|less)
dropped in price
sale price
wrong price

[goodwill]
for (?:the|her|his|their|all the|all her|all that|this|that) (?:\w+ )?(?:runaround|run-around|messing (?:about|around)|faff\w*|palaver|grief|stress|worry|headache|aggro|upset|rigmarole|carry-on|back and forth|chasing|nuisance)\b
(?:a|some) (?:little |small |wee )?(?:something|sweetener|thank[ -]you|token)\b(?=.*\b(?:for|to|as)\b)
good ?will
kulanz\w*
(?:as |kind |nice |small )?gesture
as (?:an |a )?(?:apology|sorry|courtesy|compensation|thank you|kindness)
to (?:say|apologi[sz]e)(?: \w+)? ?sorry?
apology\b
apologi[sz](?:e|ing)\b
(?<!my )apologies (?:for|to)\b
for (?:the|her|his|their|all the|all her) (?:trouble|inconvenience|hassle|bother|pain|annoyance|patience|frustration|wait)
compensat\w+
make (?:it )?up (?:to|for)
keep (?:her|him|them|customer|the customer) happy
courtesy (?:credit|refund)
sorry (?:refund|money|credit|discount)
say sorry
out of kindness

[size_or_fit]
fits?(?: \w+)?,? (?:but |and )?(?:the )?[\w']+(?: (?:ones?|pair))? (?:doesn't|does not|don't|do not|didn't)(?=\W*$|[.,;!])
(?:is|are|was|were|feels?|sits?|turned out|came out|runs?) (?:really |very |a bit |quite |way |so |rather )?(?:tight|loose|baggy|snug|narrow)\b(?! (?:lid|screw|seal|cap|connection|hinge|handle|part))
(?:small|tiny|tight|snug|baggy|big|huge|massive|enormous|short|long|loose|roomy|narrow|wide|teeny|miles out) {ON_BODY}
(?:swims?|swimming|swam|drowns?|drowning|drowned|lost|disappears?) (?:\w+ )?in (?:it|them|those|these|the (?:\w+ )?(?:jacket|coat|shirt|tee|tees|dress|hoodie|jumper|sweater|trousers|shoes|boots|size))\b
(?:can't|cannot|couldn't|won't|wouldn't|doesn't|didn't|don't) (?:even )?(?:get|go|goes|pull|squeeze|zip|button|do up|close|stretch|slide|reach)(?: \w+){0,2} (?:over|on|past|round|around|into|in|up|onto) (?:her|his|their|him|them|the (?:head|hips?|feet|foot|hands?|waist|belly|chest|wrists?|shoulders?))\b
(?:can't|cannot|couldn't) (?:even )?(?:get|squeeze|fit) into (?:it|them|those|these|the)\b
(?:boots?|shoes?|sandals?|trainers?|sneakers?|heels|pumps|they|it) pinch\w*
(?:pinch\w*|digs?|digging|chafe\w*|cuts? in(?:to)?|squash\w*|nips?) (?:\w+ )?(?:her|his|their|the) (?:toes?|feet|foot|waist|shoulders?|heels?|arms?|neck|hips?)\b
(?:slips?|slides?|falls?|slid|hangs?|drops?) (?:right |straight )?off (?:her|him|them|his|their)\b
like a (?:tent|sack|blanket) on\b
(?:too|to|bit|way too|slightly|rather|(?:\d |one |two )?sizes? (?:too |to |2 )?) ?(?:small|big|large|tight|loose|short|long|wide|narrow|tiny|huge)
2 ?(?:small|big|large|tight|loose|short|long|wide|narrow|tiny|huge)\b(?! (?:\w+ )?(?!(?:his|hers|this|us|as|was|is|has|keeps|wants|likes|sends|returns)\b)\w+s\b)
(?:is|are|was|were) (?:\w+ )?(?:small|big|large|short|long|tight) (?:to|for|on) (?:him|her|them|me)\b
(?:does|did|do|will|is|was|would)(?: not|n't)(?: \w+)? fit(?:ting|ted)?\b(?! (?:together|the description|properly together|in))
(?:not|never) fit(?:ting)?\b(?! together)
(?:wrong|bad|poor|no) fit\b
(?:runs?|fits?|came up|comes up) (?:small|large|big|tight|loose)
size (?:is |was )?(?:issue|problem|off|too|not right|doesn't|didn't)
sizing
needs? (?:a |the )?(?:bigger|smaller|larger|different) (?:size|one)
(?:one|a|1) size (?:up|down|bigger|smaller)
(?:bigger|smaller|larger) size
fit issue
(?:they're|it's|is|are|was|were) (?:\w+ )?too (?:tall|wide|narrow|deep|bulky)\b
too (?:high|low|long|short) for (?:his|her|their|the) \w+
size or fit
size/fit

[ordered_by_mistake]
(?:typed|entered|keyed(?: in)?|punched in|clicked|put in) (?:\d+|one|two|three|four|five|six|seven|eight|nine|ten) (?:instead of|rather than|when (?:she|he|they) (?:meant|wanted)) (?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)\b
(?:click\w*|tapp?\w*|press\w*|hit|choose|chose|picked)(?: on)? (?:the |an? )?wrong(?:ly)?\b(?! (?:one|item|size|colou?r) (?:was|came|arrived))
(?:clicked|ordered|took|bought|put in|added|chose|picked|typed) (?:one|two|three|\d+|an?|a couple of|a few)(?: \w+){0,2} too many\b
(?:order\w*|bought|purchased|clicked|took)(?: \w+){1,4}?,? (?:but|when|though|and) (?:\w+ )?(?:only |just )?(?:meant|intended|needed|wanted) (?:only |just |to (?:order|buy|get|have|take) )?(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)\b(?! (?:that|which|in|with|of))
(?:bought|ordered|chose|picked|took|got) (?:the |a )?wrong (?:one|size|colou?r|thing|item|model|version) (?:her|him|them)sel(?:f|ves)
(?:placed|ordered|bought) by (?:her|his|their|a|the) (?:\w+ )?(?:toddler|kid|child|son|daughter|cat|husband|wife|mum|mom|baby)
(?:order\w*|bought|purchas\w*|placed|clicked|added|pressed|hit|chose|picked|put)(?: \w+){0,6}? (?:by (?:mistake|accident|error)|accidental\w*|in error|mistakenly|unintention\w*)
(?:accidental\w*|mistakenly|by (?:mistake|accident)|unintention\w*)(?: \w+){0,2} (?:order|bought|purchas|placed|click|added|press|pick)\w*
(?:ordered|chose|selected|clicked|bought|pressed) (?:the |an? )?(?:wrong|incorrect)\b
(?:she|he|they|customer|buyer|client) (?:picked|took|put in|typed) (?:the |an? )?(?:wrong|incorrect)\b
wrong (?:\w+ ){1,2}(?:(?:all )?by )?(?:her|him|them)sel(?:f|ves)\b
wrong \w+ (?:was |got )?(?:ordered|chosen|selected|bought)\b
(?:wrong|mis)[ -]?click\w*
(?:by|through) (?:accident|mistake)\b
accidental (?:order|purchase)
mistaken (?:order|purchase)
mis-?ordered
order(?:ed)? (?:was )?(?:a )?mistake
(?:1st|2nd|3rd|first|second|third|other)(?: \w+)? (?:is |was )?(?:also )?a mistake(?: (?:as well|too|also))?\W*(?:$|(?=[,.;]))
(?:one|first|second|third|1st|2nd|3rd|other|both|purchase|it|that|they|these|those|\w+s?) (?:was|were) (?:all |both |also |just |an? )*mistakes?(?: (?:as well|too|also))?\W*(?:$|(?=[,.;]))
(?:click\w*|tapp?\w*|press\w*|hit (?:it|the button|order|buy))(?: \w+){0,2} (?:too (?:often|many times|much|quickly)|twice|two times|several times|more than once)\b
(?:wanted|meant|needed|intended)(?: only| just| to (?:order|buy|get|have|take))* fewer\b
meant to order
(?:kid|son|daughter|child|toddler|cat|husband|wife)(?: \w+)? (?:ordered|bought|pressed|clicked|placed)
her mistake
his mistake
their (?:own )?mistake
own mistake
customer(?:'s)? (?:mistake|error)
added too many
ordered too many
too many (?:were |was |got |of them )?(?:ordered|bought|purchased)
(?:\d+|one|two|three|four|a few) too many\b
ordered (?:one|1) too many

[wrong_item]
(?:went out|was sent|were sent|came|got sent|shipped|was packed|were packed|was shipped|arrived) in place of\b
(?:in|inside) (?:the |her |his |my |our )?(?:parcel|box|package|bag) (?:was|were|is|are|lay) (?:an? |the |some )?(?!broken|damaged|crack|chip|torn|faulty|defect|bad|missing|only|no\b|not\b|nothing)[\w-]+ (?:ones?|\w+ instead|instead)\b
(?:ordered|bought|paid for|asked for|wanted|chose|picked) (?:[\w-]+,? ){1,6}(?:(?:but|and|yet),? )?(?:(?:i|we|she|he|they|you|it) )?(?:have |had |has |'ve |'s |actually |instead )*(?:received|got|gets|was sent|were sent|sent|shipped|delivered|packed) (?:me |us |her |him |them )?(?:an? |the |some )?(?!broken|damaged|crack|chip|torn|faulty|defect|dent|scratch|dead|used|dirty|bad|second|third|other|extra|spare|new\b|bent|smashed|stained|half|whole|only|just|wrong\b)[\w-]+ (?:ones?|versions?|instead)\b
(?:went out|came|arrived|turned up|was sent|were sent|got sent|was packed) as (?:an? |the )(?!gift|present|parcel|letter|surprise|replacement|favou?r|sample|bonus)\w+(?: ones?)?\b
(?:got|received|has|have|unpacked|opened) (?:a |an |the |some )?(?:\w+,? ){1,4}(?:but |and |when |while |though |where )?(?:she|he|they|customer|the customer)(?:'d| had| has|'s)? (?:\w+ )?(?:ordered|wanted|bought|asked for|chosen|picked|paid for)\b
(?:put|packed|sent|shipped|got|received|found|came|was in|inside|in the (?:parcel|package|box))(?: \w+){0,5}? (?:was|is|were|are)? ?(?:something|sth) (?:completely |totally |quite |very )?(?:else|different)\b(?! (?:broke|happened|to do|came up))
ordered (?:the |an? |our |\d+ )?(?:\w+ ){1,3}\w+,? (?:but |and )?(?:she |he |they )?(?:got|received|was sent|were sent) (?:the |an? )\w+ (?:one|ones|version)\b
ordered (?:\w+ ){1,5}(?:but|and) (?:i |we |she |he |they )?(?:received|got|was sent|were sent|you sent)\b(?! (?:me |us |her |him |them )?(?:it(?! in\b)|nothing|no|only|just|late|two|three|(?:an? |the |your |some )?(?:\w+ )?(?:e-?mails?|mails?|messages?|reply|replies|confirmations?|reminders?|invoices?|refund|discount|calls?|letters?|broken|damaged|cracked|chipped|torn|faulty|defective|used|dirty|late|yesterday|today))\b)
(?:got|received|has|have|came) (?:\w+,? ){1,4}(?:but |and )?(?:she |he |they |customer )?(?:ordered|wanted|bought)\b
(?:wanted|ordered|needed) (?:\w+ ){1,4},? ?(?:but |and )?(?:we|they|you|warehouse|shop) (?:packed|sent|shipped|delivered|gave)\b(?! (?:me |us |her |him |them )?(?:it(?! in\b)|nothing|no|only|just|late|two|three|(?:an? |the |your |some )?(?:\w+ )?(?:e-?mails?|mails?|messages?|reply|replies|confirmations?|reminders?|invoices?|refund|discount|calls?|letters?|broken|damaged|cracked|chipped|torn|faulty|defective|used|dirty|late|yesterday|today))\b)
(?:has|have|got) (?:a |an |the )?\w+ \w+, ordered \w+
(?:got|sent|received|delivered|is|shipped) (?:the |an? )?(?:old|outdated|previous|us|uk|eu|other) (?:version|model|plug|edition|variant)
swapped (?:them|it|the)|label says
expected (?:the |a )?\w+, (?:got|received)
(?:sent|packed|shipped|gave|put in|delivered|got|received|found|included|picked|posted) (?:\w+ ){0,6}?(?:when |but |, ?|and |though )?(?:she|he|they|customer|the customer|buyer)(?:'d| had| has)? (?:\w+ )?(?:wanted|ordered|needed|asked for|bought|expected|paid for|chose|wants|needs)\b
(?:sent|packed|shipped|gave|put|delivered|got|received) (?:\w+ ){1,5}not (?:the )?(?:\w+)(?: one)?(?=$|,|\.| as| like| so)(?<!not received)(?<!not there)(?<!not working)
(?:parcel|package|order|box) (?:was )?(?:meant|intended|addressed) (?:for|to)|(?:meant|intended) for (?:someone|somebody|another)
(?:false|other) (?:size|colou?r|item|product|article|model|one) (?:sent|received|came|arrived|delivered|was)|(?:send|sent|shipped|delivered|received|got) (?:the |a |an )?(?:false|other|another|different) (?:size|colou?r|item|product|article|model|one|thing)
two (?:left|right) (?:shoes?|gloves?|boots?)
(?:wrong|incorrect) (?:\w+ )?(?!order|parcel|package){THING}\b
{SENT}(?: \w+){0,3} (?:the )?(?:wrong|incorrect)\b(?! (?:amount|price|sum|total|refund))
wrong (?=\w)(?!(?:as|and|too|here|there|about|again|now|then|so|but|it|because|since|also)\b|currenc(?:y|ies)\b|country\b|sum\b|fit\b|tag|label price|figure|line|row|column|ticket|tab|date|reason|address|order|amount|price|number|button|account|card|reason|person|customer)\w+
(?:sent|shipped|delivered|got|received|receives|came|arrived)(?: \w+){0,4} (?:instead|in place)(?: of)?\b
instead of (?:the |a |an )?(?!return|refund|half\b|quarter\b|third\b|full\b|whole\b|all\b|everything\b|\d|MONEY|PERCENT|one\b|two\b|three\b|DATE|monday|tuesday|wednesday|thursday|friday|saturday|sunday|next|store|reject)\w+
(?:different|other|another) {THING}(?: \w+)? (?:than|from|to|then|turned|came|arrived|in|was|sent)\b(?! (?:not|never|missing|broken|damaged|also|too|short|lost)\b)(?<!not in)(?<!not from)
(?:completely|totally|whole) different\b
(?:a |an )?different (?:product|item|thing|one|article)\b
not (?:what|the one|the item|the product|the colou?r|the size|the model)(?: \w+){0,3} (?:ordered|bought|chose|asked|wanted|paid)
(?:someone|somebody) else(?:'s|s)\b
another customer's
mis-?(?:pick|ship|sent|pack)\w*
(?<!\bi )(?<!i have )(?<!i've )(?<!i had )(?<!i must have )(?<!i just )(?<!have i )mixed[ -]up{NO_LETTERS}(?! (?:the |my |two |some )?(?:digits?|numbers?|orders?|names?|tabs?|customers?|tickets?|cases?)\b)
(?<!my )mix[ -]?up{NO_LETTERS}(?! (?:of|between) (?:my )?(?:tickets|cases|chats|mails))
swapped (?:items|orders|parcels)
ordered (?:\w+ ){1,4}(?:but |and |, ?)?(?:she |he |they |we )?(?:got|received|was sent|came|arrived|sent)\b(?! (?:me |us |her |him |them )?(?:it(?! in\b)|nothing|no|only|just|late|two|three|(?:an? |the |your |some )?(?:\w+ )?(?:e-?mails?|mails?|messages?|reply|replies|confirmations?|reminders?|invoices?|refund|discount|calls?|letters?|broken|damaged|cracked|chipped|torn|faulty|defective|used|dirty|late|yesterday|today))\b)
(?:got|received|sent) (?:\w+ ){1,4}(?:but|,) ?(?:she |he |they )?(?:ordered|wanted|asked for|bought)\b
(?:blue|red|black|white|green|grey|small|large|medium) (?:one )?not (?:the )?(?:blue|red|black|white|green|grey|small|large|medium)
got two of the same
isn't what (?:she|he|they) ordered
says one thing but
mislabel\w*
incorrect(?:ly)? (?:sent|shipped|picked|packed)

[missing_item]
no (?!(?:photos?|pictures?|note|label|invoice|damage|problem|tracking|receipt|bubble|padding|filling|sign|slip|defects?|scratch\w*|way|one|longer|idea)\b)\w+(?: \w+)? (?:(?:was |is |were )?(?:in|inside)|among) (?:the |her |his |their |it\b)?(?:\w+ )?(?:box|carton|parcel|package|packet|delivery|envelope|shipment|bag|it\b|there\b)
(?:box|parcel|package|carton|delivery|order|shipment|pack|set)(?: (?:(?:for|of|on) )?(?:ORDERNO|\w+))? (?:was|is|came|arrived|turned up) (?:\d+ |one |two |three )?short\b
(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?:\w+ ){0,3}?(?:inside|in (?:it|there|the (?:box|parcel|package|carton|bag))) (?:instead of|and not|not|rather than) (?:the )?(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b
(?:the )?rest (?:of \w+ )?(?:is |are |was |were )?(?:missing|lost|not (?:in|there))\b
(?:came|arrived|turned up|showed up|was delivered|were delivered|was sent|was packed|got (?:it|here)) without (?!(?:any |a |the )?(?:problems?|damage|label|tracking|notice|warning|asking|return|tax|vat|reason|trouble|delay|scratch\w*|signature|shipping)\b)\w+
(?:wasn't|weren't|isn't|aren't|not|n't) complete\b
(?:had|held|holds|contain(?:s|ed)|came with|arrived with) (?:only |just )?(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?:out )?of (?:the |her |his |their )?(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b(?!.*\b(?:damaged|broken|cracked|chipped|torn|scratched)\b)
(?:what|the (?:one|ones)) (?:that )?(?:wasn't|weren't|was not|were not) (?:in (?:it|there|the (?:box|parcel|package|carton))|inside)\b
(?:counted|counts|found|unpacked|got|received) (?:only |just )?(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?: \w+){0,2},? (?:but |and )?(?:\w+ )?(?:paid for|ordered|bought|was charged for|charged for) (?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a dozen)\b
(?:for|of|on) the (?:\w+ )?(?:one|ones|two|three|four|\d+) (?:that's|that is|that are|that was|that were|which is) missing\b
(?:the|is|are|was|were|one|two|three|\d+|still|a|ones?) lacking\b(?! (?:in|quality|of))
(?:was|were|is|are|came|got|been|be|parcel|order|box|delivery|we're|they're|she's|he's) (?:\w+ )?short (?:of )?(?:a|an|one|two|three|four|five|six|\d+|(?:his|her|their|the) \w+)\b(?! (?:on|day|week))
(?:an? (?!bit|little|tad|touch|fraction|while|notice|time)\w+|one|two|three|four|five|six|\d+)(?: \w+)? short\b(?! (?:on|for|in|at|of (?:time|money)|sleeve|leg|notice|hand))
(?:only|just|merely) (?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|half)(?: \w+)? (?:in|inside) (?:the |it|there)
(?:wasn't|weren't|isn't|aren't|not|never) (?:\w+ )?(?:packed(?! yet| up yet)|put in|among (?:it|them|the)|there when)\b
(?:ordered|paid for|bought|wanted) (?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|a dozen)(?: \w+){0,3},? (?:but |and )?(?:\w+ )?(?:just |only )?(?:got|received|counted|found|unpacked) (?:just |only )?(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)\b
(?<=[,;:-] )missing\W*$
(?:only|just) (?:\d+|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)) (?:out )?of (?:the |her |his )?(?:\d+|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))(?: \w+)? (?:arrived|came|turned up|showed up|made it|(?:was|were) (?:in|there|inside|delivered))\b
^(?:(?:it|they|it's|they're|is|are|was|were|all|both|still|item|items|parts?|some|just|only)\W+)*missing\W*$
(?:one|a|1) (?:piece|unit|item|pc) (?:too few|short)
not (?:all|everything) (?:was |were )?(?:in|there|included)
(?:never|didn't|did not) (?:made|make|get|got|find|found) (?:it |its way |their way )?in(?:to)? (?:the |her |his |their )?(?:box|parcel|package|packet|bag|carton|crate)
(?:not|wasn't|weren't|isn't|never) (?:in|inside|included in|part of) (?:the )?(?:box|parcel|package|packet|bag|delivery|shipment|envelope|carton|crate|mailer|pouch)
only (?:\w+ )?(?:of (?:the )?)?(?:\w+ )?(?:turned up|showed up|made it|came through|got here)
(?:\d|one|two|three|four|five|six) of (?:the |her |his )?(?:\d|two|three|four|five|six|seven|ten)(?: \w+)? (?:turned up|arrived|came|received|missing|delivered|in (?:the )?box)
(?:\d|two|three|four|five) ordered,? (?:but )?(?:only )?(?:\d|one|two|three|four) (?:in|came|arrived|received|got|delivered)
ordered (?:\d|two|three|four|five),? (?:but )?(?:only )?(?:got|received|came|arrived) (?:\d|one|two|three|four)
without (?:the|its|her|his) (?:lid|cable|charger|remote|strap|manual|box|stand|battery|batteries|screws|cover|key|keys)\b
(?:one|two|three|1|2|3|4|an? \w+|item|items|piece|pieces|unit|units|some|part of (?:the|her|his) order|half|the \w+|\w+ \w+) (?:is |was |are |were |still |went )?(?:missing|not in (?:the )?(?:box|parcel|package)|wasn't in|weren't in|not included|left out|absent)\b
missing (?:from|item\w*|one|two|1|2|3|an?|the|in (?:the )?(?:box|parcel|package)|\d|her|his|some|half|out)
(?:1|2|3|one|two|three) (?:short|missing)
(?:short|shorted)(?:[ -]?(?:by|shipped|shipment|delivered|delivery|one|two|1|2|3))
only (?:got|received|came|arrived|sent|shipped|delivered|had|contained|found|there (?:was|were))(?: \w+)? ?(?:1|2|3|4|5|one|two|three|four|half|part|some)\b(?! (?:day|week|month|hour))
(?<!need )(?<!needs )(?<!needed )(?<!want )(?<!wants )(?<!wanted )(?<!meant )only (?:1|2|3|4|5|one|two|three|four|half|part|some)(?: \w+)? ?(?:out of|of (?:the |her |his |them|\d|two|three|four|five|it)|in the|came|arrived|were|was|delivered|received|there)
incomplete
(?:got|received|has|have|had|only|came|there were|box had|sent)(?: only)? (?:\d+|one|two|three|four|five) (?:out )?of (?:the |her |his )?(?:\d+|two|three|four|five|six|eight|ten)\b(?! (?:stars?|refunded|returned))
^(?:only )?\d+ (?:out )?of (?:the )?\d+ (?:in|there|here|came|arrived|inside)\b
part of (?:the |her |his )?order
forgot to (?:pack|include|send|put)
not all (?:of )?(?:the )?(?:items|pieces)
(?:one|1) of (?:the )?(?:\w+ )?(?:didn't|never|not|wasn't) (?:come|arrive|arrived|there|in)

[late_delivery]
(?<!too )(?<!of )(?<!it's )late(?=,| and (?:she|he|they|customer|refund)\b)
(?:never|not|n't|didn't|hasn't|wasn't|weren't|only)(?: \w+)? (?:arrived?|come|came|turn(?:ed)? up|show(?:ed)? up|delivered|reach(?:ed)? \w+|get (?:it|here|there)|there|here) (?:\w+ )?(?:until|till)\b
took (?:a|one|two|three|four|five|\d+|several|many|over a|nearly a|almost a) (?:\w+ )?(?:days?|weeks?|months?)
delivery (?:was |is |has been |took )?(?:very |so |too |extremely |really )*(?:slow|long)
past (?:the )?(?:guaranteed|promised|expected|agreed) date
(?:kept|keeps) getting (?:postponed|pushed|moved|delayed)|postponed|once the (?:party|event|wedding) was over|express took
(?:lateness|tardy|tardiness|too slow|behind schedule|with (?:big |much |long )?(?:delay|retard))\b
(?:days?|weeks?|months?|hours?) (?:past|behind|over|beyond)\b(?! (?:(?:the|our|its|her|his|their|any) )?(?:return )?(?:window|deadline|period|time limit|cut ?off)\b)
(?:only|finally) (?:came|arrived|got here|turned up|delivered|reached \w+) (?:on|after|in|last|this|yesterday|today|DATE|\d|two|three|four)
(?:came|arrived|delivered|reached \w+|got here|turned up|here) (?:\w+ ){0,4}(?:after|past) (?:the|her|his|their|its) \w+
(?:had to wait|waited|waiting time|been waiting) (?:\w+ ){0,3}(?:days|weeks|months|ages|forever|long)(?! (?:and|but|still|,)? ?(?:nothing|not))
took (?:\w+ ){0,3}(?:days|weeks|months)
(?:arrived|came|turned up|delivered|delivery|shipped|got (?:it|here|there)|received|showed up|was|is|were|been|so|too|very|days?|weeks?|week|month|hours?|parcel|package|order|it|reached (?:her|him|them)) (?:\w+ ){0,3}?(?:too )?late\b
(?:way|far|much|awfully|terribly|super|really) (?:too )?late\b
(?:arrived|came|delivered|here|turned up|got here|showed up|reached \w+) (?:\w+ ){0,2}(?:after|past|when) (?:the |her |his |their |its )?\w+(?: \w+)? (?:was|were|is|had been) (?:\w+ )?(?:over|done|finished|gone|past|ended|back)\b
late (?:delivery|arrival|shipment|parcel|package|order|again)
^late\b
, late\b
late, 
late$
delay\w*
took (?:\w+ ){0,2}(?:too long|forever|ages|weeks|so long|long|\d+ (?:days|weeks))
(?:overdue|belated)
(?:arrived|came|delivered|here|turned up|got here|showed up) (?:\w+ ){0,2}(?:after|past) (?:the |her |his |their )?(?:birthday|wedding|event|party|deadline|christmas|xmas|date|holiday|occasion|easter|promised|expected|DATE)
miss(?:ed|ing)? (?:the |its |her |his )?(?:promised |delivery |expected )?(?:date|slot|deadline|birthday|window|event|wedding)
pushed back
(?:was |were )?(?:supposed|meant|due|promised|expected|should have) (?:to )?(?:be |come |arrive |been )?(?:here|there|delivered|arrive|come|on|by|next|last|yesterday)\b
promised (?:next|for|by|DATE|on)
not on time
slow (?:delivery|shipping)
(?:weeks|days|week|day) (?:after|past|behind|overdue)(?! (?:she|he|they|i|we|customer|the customer) (?:bought|ordered|purchased|paid))
(?:turned up|arrived|came|got here|showed up)(?: \w+){0,3} (?:but|and) (?:the |her |his )?(?:\w+ )?(?:was over|was gone|had passed|was past)\b
after (?:the )?due date
(?:delivered|arrived|came)(?: \w+){0,3} instead of (?:the )?(?:\d|DATE|monday|tuesday|wednesday|thursday|friday|saturday|sunday)
promised \w+ came
only (?:two|three|four|\d) (?:weeks|months)

[not_received]
nowhere to be (?:found|seen)\b
(?:she|he|they|customer|client|buyer) got nothing\b(?! (?:back|from us|to show|but))
(?:never|not|\w+n't)(?: yet| actually| even| ever| once)? received\b(?! (?:the |her |his |their |my |any |a )*(?:refund|money|photos?|pictures?|proof|reply|answer|response|email|confirmation|credit|tracking|return)\b)
(?:never|not|\w+n't) (?:going to |ever |likely to )?(?:come|arrive|turn up|show up|get there|be delivered)\b(?! (?:back|broken|damaged|with|late|in|to (?:us|me)\b))
(?:written|wrote|writes?|writing) (?:\w+ ){0,4}?off\b(?=.*\b(?:carrier|courier|parcel|package|post|shipment|consignment)\b)
(?:carrier|courier|post|CARRIER|post office)(?: has| have|'s)? (?:written|wrote|writes?) (?:\w+ ){0,4}?off\b
(?:stopped|stop|stops|given up|gave up|giving up|called off) (?:looking|searching|the (?:search|hunt|investigation))\b
(?:gone|lost) for good\b
tracking (?:\w+ ){0,4}?(?:is|was|been|went|gone|looks|seems) (?:\w+ )?(?:dead|silent|quiet|frozen)\b
(?:one|two|three|four|five|six|some|half|neither|none) of (?:them|the \w+)(?:(?: has| have| ever)* (?:never|not)| \w+n't) (?:turned|turn|showed|show) up\b
(?:dhl|ups|dpd|gls|hermes|evri|fedex|usps|postnord|royal mail|carrier|courier|post|they) (?:says?|said|confirm\w*|thinks?|admits?|writes?|wrote) (?:that )?(?:it|it's|its|the \w+|they|they're)(?: is| are| has| was|'s)? (?:gone|lost|missing|disappeared|vanished)\b
(?:wait(?:s|ed|ing)?) (?:since|for) (?:\w+ )?(?:days|weeks|months|a week|a month|ages) (?:for|on) (?:his|her|their|the|it|them)\b
(?:never|not|n't)(?: \w+)? (?:got|get|gets|made it|make it|came|come|found its way|find its way) (?:to|as far as) (?:her|him|them|the customer|customer|us)\b
(?:is|are|was|were) (?:all |both )?lost\b(?! (?:its|their|the|some|a) )
(?<=[,;:-] )lost\W*$
still nothing\b
did not receive\b(?! (?:the |her |his |a |any )?(?:refund|money|reply|answer|photos?))
no show\b
still no (?:parcel|package|delivery|order|item)\b
(?:left|leaving) nothing\b
(?:vanish\w+|into thin air)\b
(?:lost|mislaid) (?:again|by|somewhere)\b
(?:parcel|package|order|delivery) (?:is )?not (?:there|here)\b
tracking (?:hasn't|has not|isn't|stopped|stuck|not) ?(?:moved|updat\w+|moving)?
not get (?:the )?(?:parcel|package|order)
(?:has|have|had|did|does)(?: not|n't)(?: yet| even)? (?:seen?|reached|shown) (?:his|her|their|the|any|my)? ?(?:parcel|package|order|box|delivery|packet|goods|item|items)
(?:not|never) (?:get|getting|got|receive|receiving|receives|have|having) (?:the |her |his |their |any |a )?(?:parcel|package|packet|order|delivery|goods|item|article)
(?:packet|parcel|package) (?:is |was |has )?not (?:come|came|coming|arrived?|there|here|received)
waiting since|(?:is|are|been) waiting (?:since|for) (?:\d+|\w+) (?:days|weeks|months)(?: and)?(?: nothing)?
(?:no|without) trace|untraceable|(?:carrier|courier|post|CARRIER)(?: office)? (?:says?|said|admits?|confirms?|confirmed) (?:\w+ ){0,3}(?:lost|gone|missing)
neither (?:\w+ ){0,3}?(?:has |have )?(?:ever )?(?:arrived|came|come|turned up|showed up|was delivered|were delivered|got here|reached)\b
(?:never|not|n't|didn't|hasn't|haven't|not yet|nothing|hadn't)(?: \w+)? (?:arrived?|came|come|turned up|turn up|showed up|show up|shown up|delivered|reached|shows|made it|got there|get there)\b(?! (?:\w+ )?(?:until|till)\b)
{NOT_GOT} (?:it|them|her|his|the|their|my|any\w*|nothing|parcel|package|order|a thing|items?|goods|delivery|one|\w+ parcel|\w+ order|\w+ package)\b(?! (?:refund|money|photos?|pictures?|proof|reply|answer|response|email|confirmation|credit))
(?:item|parcel|package|order|it|goods) not received
not (?:been )?received
(?<!tracking )(?<!parcel )(?<!shipment )(?<!return )(?<!order )(?<!label )\bnr\b(?! ?(?:ORDERNO|TRACKNO|RETURNNO|\d))
non[ -]?(?:delivery|receipt|arrival)
undelivered
lost (?:in|by|on|at|parcel|package|order|shipment|item|with)
(?:parcel|package|order|shipment|it|box|courier|carrier|CARRIER|post|ups|mail) (?:is |was |got |has |has been |been |have )?(?:been )?lost\b
(?:got|gets|gone|went|been|is|was) (?:lost|missing)\b(?! (?:from|in the box))
lost it\b
lost the (?:parcel|package|order|box|shipment)
^lost\b
stolen
theft
porch pirate
(?:marked|shown|says|showing|shows|scanned|listed|status|tracking)(?: \w+)? (?:as )?delivered(?: \w+)? ?(?:but|, but|and|yet|though|however|nothing|not)
delivered but
no (?:sign of|parcel|package|delivery|trace)
nothing (?:came|arrived|is here|here|in(?! (?:your|the|that|this|my) (?:list|menu|options?|choices?))|there(?! (?:fits|that fits))|(?:was|has)(?! (?:been |yet )?(?:left|shipped|sent|packed|picked|dispatched|posted|gone out|wrong|said|changed))|got|received|turned)
empty (?:box|parcel|package|envelope)
(?:box|parcel|package|envelope) (?:was |is |came |arrived )?empty
still (?:waiting|nothing|not here|no (?:parcel|package|delivery|order|item))
(?:went|gone|goes|is) missing
missing (?:parcel|package|delivery|shipment|order|in (?:transit|post|mail))
returned to sender
return to sender
failed delivery
hasn't (?:come|turned|shown)
vanished
disappeared

[defective]
(?:not|n't|never|no longer|won't|refuses? to) (?:go|goes|going|turn|turns|turning|switch\w*|power\w*|start|starts|come|comes) on\b(?! (?:sale|offer|the|her|his|time|with))
(?:switch\w*|turn\w*|shut\w*|cut\w*|power\w*) (?:itself |themselves )?(?:off|out|down) (?:after|by (?:itself|themselves)|on (?:its|their) own|all the time|constantly|again and again|every|mid\w*)\b
(?:switch\w*|turn\w*|shut\w*) (?:itself|themselves) off\b
stays? (?:\w+ )?(?:cold|lukewarm|dark|black|silent|dead)\b
(?:motor|engine|fan|pump|machine|light|it) stops (?:after|every|all the time|mid\w*)\b
smells? (?:of|like) (?:burn\w*|burnt|smoke|plastic burning)\b
(?:zip|zipper|straps?|buttons?|handle|clasp|hinges?|seams?|soles?|wheels?|battery|screen|motor|switch|lid|legs?|heels?|lock|spring|lens|buckle|elastic|velcro|bulb|cable|plug|pump|valve|nozzle|stitching|lining)(?:'s| is| are| has| have|s)? (?:just |already |completely )?(?:gone|going|had it|bust(?:ed)?|knackered|shot|kaput|jammed|stuck|split|snapped|popped|come off|came off|fell off|fallen off|coming off)\b
blurr(?:y|ed)\b|smudged\b|smeared\b|mis-?print(?:s|ed)?\b|badly printed\b
(?:(?:starts?|started|begins?|began) (?:to )?)?(?:smoking|smokes?|smoked|sparks?|sparking|sparked|overheats?|overheated|overheating|burns? out|burnt out)\b(?! (?:free|detector|alarm|machine))
(?:catches|caught|catching|on) fire\b
los(?:t|es|ing) (?:its|their|the|all|all its) (?:colou?rs?|shape|shine|suction|power|pressure|grip|charge|fit)\b
(?:handle|leg|arm|wheel|strap|button|lid|knob|heel|sole|clasp|buckle|spout|hinge|spring|zipper|cable|cord|plug|blade|hook|sleeve|seam|pocket|stitch\w*|straps|handles|legs|arms|wheels|buttons|heels|soles|seams|stitches|cables|hinges)s? (?:\w+ ){0,2}(?:tore|split|snapped|broke|came|fell|ripped|gave) (?:off|apart|open|out|loose|away|undone|way)\b
(?:tore|split|fell|came) (?:apart|open|to bits|undone)\b
(?:does|do|did|wo|will|ca|can)(?: not|n't) (?:\w+ )?(?:spray|pump|dispense|swivel|rotate|extend|lean|balance|squirt|whisk|grind|iron|vacuum|mow)\b
(?:does|do|did|wo|will)(?: not|n't) fit (?:on|in|into|onto|over|its|the|together|anything)\b(?! (?:her|him|me|them|my|customer|the customer|the space|the room|the kitchen|the wall|our|their))
(?:needle|record|disc|disk|cd|dvd|belt|chain|gear) (?:\w+ )?(?:skips?|slips?|jumps?)\b
(?:sound|audio|music|picture|water|air|light) (?:only |just )(?:comes?|works?|plays?|goes) (?:from|on|out|through|in)\b
los(?:t|es|ing) (?:all )?(?:its|the|their) (?:filling|stuffing|colou?r|air|charge|coating|grip|bristles|feathers)\b
peel(?:s|ed|ing)? (?:off|away)\b
(?:does|do|did|will|wo|ca|can|could|would|is|are|was)(?: not|n't)(?: \w+)? (?:slide|spin|open|close|lock|inflate|light|play|read|print|stick|cut|blend|ring|tick|turn|run|scan|record|sync|respond|click|pour|drain|recline|fold|stand|zip|hold|move|make (?:light|sound|noise)|last|switch|stay|lift|cook|boil|toast|brew|dry|grip|load|show|display|latch|shut|seal|connect\w*|working|charging|heating)\b
(?:does|do|did|will|wo|ca|can)(?: not|n't) (?!(?:want|like|need|have|get|give|take|think|know|wear|use|fit|feel|remember|see|hear|come|go|live|exist|ship|sell|send|reply|answer|respond|recall|mind|trust|love|require|own|accept|eat|drink)\b)[a-z]{3,} (?:any ?more|any longer|properly|correctly|at all)\b
not (?:make|making|give|giving|produce|function|hold|work|start|charge|open|close|turn) ?(?:light|sound|power|heat|on|up)?
no (?:sound|power|picture|signal|heat|light|display|life|suction|pressure)\b
(?:black|blank|white|frozen) screen|screen (?:is |went |goes )?(?:black|blank|white|frozen|dead)|dead pixel\w*|error (?:code|message)
(?:hums?|humming|squeak\w*|buzz\w*|whistl\w+|rattles?|grinding (?:noise|sound)|beeps?|beeping|wobbl\w*|jams?|jammed|stuck(?! (?:somewhere|at|in (?:customs|transit|the post|a? ?depot|the (?:mail|depot|system|network|sorting))|with|between|on (?:the|its) way)\b)|sticks|blinks?|distorted|static|drips?|dripping|smells?|stinks?|sparks?)\b
(?:fray\w*|pill(?:s|ed|ing)|shrinks?|shrank|shrunk|stretched out|lost its (?:shape|colou?r)|colou?r (?:runs|ran|bleeds|washed out)|tarnish\w*|discolou?r\w*|crooked|uneven|misaligned|lopsided|flimsy|cheaply made|poorly)\b
(?:handle|leg|arm|wheel|strap|button|lid|knob|heel|sole|clasp|buckle|spout|hinge|spring|zipper|zip|cable|cord|plug|blade|hook|ear ?piece|earpiece|bulb|motor|engine|pump|fan|display|seam|pocket|sleeve|collar) (?:\w+ )?(?:snapped|broke|broken|fell|came|(?:is|was)(?! (?:way |far |much |a bit |a little |a size |one size )?(?:too (?:small|big|large|tight|loose|wide|narrow|long|short)|fine|ok|okay|good|smaller|bigger))|won't|keeps|comes|tore|ripped|cracked|split|failed|detached|gone|loose|missing|stuck)\b
(?:blew up|exploded|caught fire|melts?|burnt out|gave out|gives out|conked out|packed in|on the blink|playing up|acting up|glitch\w*|crash(?:es|ing)|freezes|cuts out|turns? (?:itself )?off|shuts? (?:itself )?(?:off|down)|drains? (?:too )?fast)\b
(?:manufactur\w+|production|factory) (?:fault|defect|error)|bad batch|dud\b|lemon\b
trips\b
crackl\w+
blow(?:s|n)? (?:the )?fuse
sparks?\b
short-?circuits?
defect\w*
(?<!their )(?<!our )(?<!his )(?<!her )(?<!your )(?<!my )(?<!own )(?<!supplier's )(?<!at )fault(?:y|s)?\b
(?:does|do|did|is|was|has|are|will|wo|has not|ca)(?: not|n't|nt)(?: \w+)? (?:work\w*|turn on|switch on|start|charge|power|function\w*|boot|light up|connect|heat|cool|close|open properly|fit together|hold|stay|seal|spin|pair)\b
not (?:work\w*|turning|charging|starting|function\w*|holding|heating|switching|connecting|closing)
(?:stop\w*|quit|ceased) (?:work\w*|charg\w*|function\w*|turning|heating)
(?:dead|died|doa)\b(?! line)
dead on arrival
malfunction\w*
leak(?:s|ing|y|ed)?\b
overheat\w*
(?:loud|strange|weird|rattling|buzzing|clicking) nois\w*
rattl\w+
flicker\w*
peel\w*
(?:fell|falling|falls|came|coming|comes) (?:apart|off|loose|to bits|undone|unglued)
stitching
unravel\w*
fad(?:ed|ing|es)\b
bad(?:ly)? made
poor(?:ly)? made
(?:poor|bad|terrible|awful|low|rubbish) quality
quality (?:is |was )?(?:terrible|bad|poor|awful|low|issue|problem|rubbish|complaint)
(?:broke\w*|snapped|cracked|split|tore|ripped|burst|failed|gave up|packed up) (?:after|on (?:the )?first|the first|within|when|while|during use|in use|already|straight away|upon|first time)
(?:zip(?:per)?|button|handle|battery|screen|motor|strap|lid|hinge|switch|plug|cable|charger|pump|seam|sole) (?:is |was |has |got |came )?(?:broke|broken|dead|faulty|stuck|jammed|loose|off|split|fails|failed|gone|kaput|bust\w*)
(?:zip(?:per)?|buttons?|handles?|battery|screen|motor|straps?|lid|hinges?|switch|plug|cable|charger|pump|seams?|soles?|stitching|clasp|buckle|lens|heel|lock|spring|wheel|nozzle|blade|seal|valve|display|speaker|connector|elastic|lining) (?:problem|issue|fault|defect|trouble|failure)s?\b
(?:seams?|stitching|lining|zip(?:per)?) (?:\w+ ){0,5}?(?:opened|undone|came apart|comes apart|coming apart|burst|gave way|gives way|frayed|unravell?\w*)\b
short[ -]?circuit
burn(?:s|t|ed|ing) (?:out|smell)
smok(?:es|ing)
keeps (?:dying|disconnecting|crashing|stopping|failing|turning off)
(?:parts?|screws?|pieces?|piece of it) (?:are |is |were |was )?missing so
missing (?:parts?|screws?|a part|button|component\w*|cable|charger)
kaput\w*
out of order
mould\w*
mold\w*
expired
gone off(?! (?:it|them|the|that|this|those|these|her|his|their|buying|having|\w+ing)\b)
rotten
rust\w*
shrunk
shrank
bobbl\w+
runs? out of battery
stopped(?! (?:making|producing|manufacturing|selling|supplying|delivering|stocking|carrying|importing|offering|doing (?:it|them|this|that|those)|at|in|looking|searching|trying|answering|replying|asking|writing|calling|moving|updating|by|in at|off at|at the (?:shop|store)|two|three|four|a week|some|\d))
one (?:ear|side|speaker|light|half) (?:dead|silent|out)
unusable
useless
conk\w* out
(?:lasted|survived|managed|worked for) (?:\w+ ){0,2}(?:one|1|two|2|a few|half an?|an?) (?:\w+ )?(?:slice|minutes?|hours?|days?|uses?|washes?|wash|afternoon|evening|times?)\b
(?:stopped|quit|gave up|died|broke|packed in) (?:\w+ )?(?:after|within|in) (?:a|an|one|two|\d)

[damaged]
(?:shards|splinter\w*|broke in|broke during|fell over in)\b
in (?:two|three|four|2|3|4|half|several|many) ?(?:pieces|parts|bits|halves)?\b(?= |$|,|\.)(?! (?:weeks|days|boxes|parcels|orders|hours|months))
(?:squished|flattened|bashed|knocked about|grubby|gash\w*|creased|burst|nick in|tear\b|rips\b|broken (?:hand|handle|lid|leg|glass|arm)|breaked|broked|crack\b|cracks\b|dings?\b|bumped|wrecked)
damage\w*
broken?\b
breaks?\b
breakage\w*
crack\w*
smash\w*
shatter\w*
dent(?:s|ed)?\b
scratch(?:\w+|(?! (?:that|this|it|all that|everything)\b))
torn
tear in
rip(?:s|ped)?\b
crush\w*
chip(?:s|ped)\b
bent\b
bend in
snapped
(?:in|to|into) (?:about |like )?(?:a |some )?(?:\d+ |two |three |four |five |six |ten |hundred |hundreds of |thousand |thousands of |million |many |tiny |dozen |few |several )*(?:pieces|bits|smithereens|shards|fragments|splinters)
squash\w*
(?:dirty|stain\w*|filthy|mucky)\b
water (?:damage|logged)
soaked
wet\b
(?:a |big |small )?holes? (?:in|on)
(?:with|has|had|have) (?:a |an |some )?(?:\w+ )?(?:holes?|cracks?|tears?|scratch\w*|dents?|stains?|chips?)\b
(?:have|got) (?:a )?crack
holes in
bust(?:ed)?\b
split\b(?! (?:\d|MONEY|PERCENT|it|them|the (?:refund|amount|money|cost|payment|difference)|between|across|over|into|in (?:two|2)|evenly|equally|50|half))
dinged?\b
scuff\w*
warped
mangled
wrecked
destroyed
trashed
spilled
spilt
leaked (?:in|all)
seal (?:was |is )?(?:broken|open)
looked used
(?:looks|was|seems|clearly|already|been) used
battered
demolished
ruined
deformed
fractur\w*
melted
opened and used
punctur\w*
nicked
beaten up

[not_as_described]
(?:picture|photo|photos|website|listing|page|site) (?:shows?|showed) (?:\w+ ){1,4}(?:but|and) (?:i |we |she |he |they )?(?:got|received|was|is|it)\b
not (?:as|like) (?:described|advertised|shown|pictured|in the|on the|expected|the (?:photo|picture|description|listing|website))
(?:does|do|did)(?: not|n't) (?:match|look (?:like|anything like)|correspond)
doesn't match
looks? nothing like
not (?:at all )?what (?:the|our) (?:\w+ )?(?:site|web\w*|page|shop|store|photos?|pictures?|listing|ad|advert|description)s? (?:showed|shows?|said|says?|promised|promises)\b
(?:colou?r|shade|fabric|material|finish)(?:'s| is| was)? (?:way|totally|completely|quite|really|clearly) (?:off|different|wrong)\b
nothing like (?:the|what|in)
different (?:from|than|to) (?:the )?(?:photo|picture|description|listing|website|site|advert\w*|ad|what (?:was|is) (?:shown|advertised))
mislead\w*
misdescribed
false advert\w*
(?:page|listing|website|site|shop|ad|advert|description|label|we(?! (?:said|says|promised) (?:\w+ )?(?:keep|he|she|they|we|you|her|him|them|both|yes|no|ok|okay|sorry|to)\b)) (?:said|says|stated|promised|claims?|claimed|advertised)\b(?! (?:the )?(?:delivered|delivery|it was))
(?:is|are|it's|turned out|clearly) (?:\w+ ){0,3}(?:though|but|although|while|whereas) (?:we|it was|it said|the \w+ said|advertised|listed|sold as)\b
advertised (?:as )?\w+
fake
counterfeit
not (?:genuine|authentic|original|real)
knock[ -]?offs?\b(?! (?:\d|MONEY|PERCENT|an? |some|half|about|another))
(?:feels|looks|seems) cheap\w*
(?:colou?r|shade) (?:is |was |looks )?(?:off|different|not the same|wrong from)
smaller than (?:described|shown|advertised|pictured|expected|it looked|on)
(?:thinner|bigger|darker|lighter|cheaper) than (?:described|shown|advertised|pictured|expected|it looked|on)
significantly not
not what was (?:advertised|described|shown)
wasn't as described
isn't as described
not like (?:on|in) (?:the )?(?:photo|picture|site|website)
wrong description
description (?:was |is )?wrong
photos? (?:was|were|is) (?:mis|differ|wrong)\w*

[changed_mind]
wrong (?:colou?r|shade|style|pattern|look|tone|design)s? for (?:her|his|their|the|my) (?!order\b)\w+
(?:put|turned|gone) off by (?:the |its |their |how it |how they )?(?:smells?|scents?|colou?rs?|looks?|taste|feel|touch|pattern|sound|shape|style|fabric|flavou?r|texture|print)\b
(?:can't|cannot|can not|couldn't|could not) (?:stand|bear) (?:the |its |how it |how they )?(?:smells?|scents?|colou?rs?|looks?|taste|feel|touch|pattern|sound|shape|style|fabric|flavou?r|texture|print)\b
(?:not|n't)(?: really| much)? (?:a )?(?:big )?(?:fan|lover|friend) of (?:it|them|the|its|their|this|that)\b
(?:\w+n't|not|never)(?: really| quite| at all| ever)? (?:take|took|taken|warm(?:ed)?) to (?:it|them|her|his|the|that|this)\b
(?:\w+n't|not|never)(?: really| quite| exactly| at all)? what (?:she|he|they|customer) (?:had in mind|was after|were after|(?:had )?pictured|was looking for|were looking for)\b
(?:does|do|did)(?: not|n't)(?: \w+)? (?:like|love|fancy|care for) (?:the |its |how it |how they )?(?:smells?|scents?|colou?rs?|looks?|taste|feel|touch|pattern|sound|shape|style|fabric|flavou?r|texture|print)\b|clicked too (?:fast|quickly|soon)|not needed after all|got one already|hates? (?:it|the)\b|looks? odd|can't use it
(?:gone|went|going|goes|go) (?:\w+ )?off (?:it|them|the|that|this|those|these|her|his|their|buying|having|\w+ing)\b
(?:fell|fallen|falling|falls) out of love\b
(?:tired|bored|fed up|sick) (?:of|with) (?:it|them|the (?!wait|delay|late)\w+)\b
(?:has|had|having|have) (?:a |some )?(?:rethink|change of heart|doubts)\b
(?:isn't|is not|not|wasn't|aren't|never)(?: \w+)? (?:so |that |too |really |all that )?(?:fussed|bothered|taken|smitten|sold|wild|mad|crazy|won over|convinced) ?(?:about|with|by|on|any ?more|after all)?\b
(?:doesn't|does not|didn't|won't) (?:do (?:it|much|anything) for (?:her|him|them)|see (?:her|him|them)sel(?:f|ves) (?:using|wearing)|float (?:her|his|their) boat|spark joy)\b
(?:has|have|had|got|sees|there is|there's) (?:no|little) (?:real )?(?:need|call|room|space|place) (?:of|for) (?:it|them|the|any|another|one)\b
(?:was|were|been|got) (?:given|gifted) (?:one|the same|another|a \w+)\b
(?:decided|decides|thought|thinks) (?:\w+ )?(?:can|could|to) (?:do|live|manage|go) without\b
(?:got|found|bought|picked up|picks up|ordered|gets) (?:\w+ ){0,4}(?:cheaper|elsewhere|for less)\b(?! (?:MONEY|than (?:described|shown|advertised)))
(?:isn't|not|n't)(?: really| just)? (?:feeling|loving|fond of|into|convinced|sold on|happy about the (?:colou?r|look|style)|taken with)\b
(?:finds?|thinks?|feels?) (?:\w+ ){0,3}(?:is |are )?too (?:bright|dark|heavy|light|plain|loud|fancy|bulky|colou?rful|expensive|boring|shiny)
too (?:bright|dark|heavy|bulky|plain|loud|fancy|shiny|expensive|colou?rful) (?:for|in)\b
(?:does|do|did|would|will)(?:n't| not) (?:really |quite |exactly )?(?:go|goes|match|pair|harmoni[sz]e|sit well|look right|look good) (?:with|next to|beside|against|in|on) (?!(?:the )?(?:description|pictures?|photos?|listing|order|label|invoice)\b)\w+
(?:clash(?:es|ed)?|looks? (?:odd|wrong|silly|awful|strange|out of place)) (?:with|next to|beside|against|in|on) (?:her|his|their|the|my)\b
(?:not|n't) (?:go|match|work) (?:with|in) (?:her|his|their|the|my) (?:room|flat|kitchen|decor|sofa|house|outfit|style|curtains|walls|home|carpet)
(?:had|has|have|owns|got|getting) (?:the )?same (?:one|thing|book|item|\w+)(?: already)?(?! (?:problem|issue|damage|defect|order))
(?:rather|prefer\w*) (?:have|has|like|likes|keep|take|get|to have)? ?(?:it in|the|a|another|something)(?! (?:money|cash|refund|partial|return|credit))
(?:client|customer|she|he|buyer) not (?:want|need|like)s? (?:more|it|anymore|any more|the)
bought (?:it )?(?:elsewhere|somewhere)
chang\w* (?:of )?(?:her |his |their |my |the |customer's )?(?:minds?)\b
(?:she|he|they|customer|client|buyer)(?: just| now)? wants? out\b
(?:does|do|did|is|would)(?: not|n't)(?: \w+)? (?:want|wants|need|like|love|fancy|suit|care for|please)\b(?! (?:to (?:keep waiting|(?!have|keep|own|use|buy|wear|see)\w+)|a (?:return|replacement|fight)|us|you|photos|(?:it|them|that|this|those|these|any(?:thing)?|the \w+(?: \w+)?|it all|any of (?:it|them)) (?:back|returned)\b))
not (?:want(?:ed)?|need(?:ed)?) (?:it |them |this |that )?(?:any ?more|anymore|now|any longer)?
(?:no longer|not longer|no more) (?:want\w*|need\w*|require\w*|interested|like\w*)
never wanted
(?:trip|holiday|vacation|party|wedding|event|project|course|class|camping|tour|move|plan|plans|visit|journey) (?:is|was|are|were|got|has been|have been|fell|falls) (?:now |all )?(?:off|cancel\w*|called off|through|postponed)\b
(?:no|not|without)(?: any| much| more| further| longer| real)? use (?:for|of|any ?more|now|left)\b
(?:has|have|had|with|got|sees?) no (?:more |further |real )?use\b(?! (?:complain|cry|crying|arguing|the|trying))
(?:chang\w* (?:of )?|new |other |different )(?:her |his |their |the )?plans?\b|plans? (?:have |has |had )?changed
regret\w*
unwanted
second thoughts
cold feet
(?:isn't|not|ain't|just isn't|wasn't) (?:for|to) (?:her|him|me|them|my|his|their)\b
(?:isn't|not|aren't|wasn't|weren't|never) (?:really |quite |exactly |at all |to )?(?:her|his|my|their)(?: \w+'s)? (?:style|thing|taste|colou?r|cup of tea|kind of thing)
(?:found|saw|got) (?:it |one |this |them )?(?:\w+ )?(?:cheaper|elsewhere|somewhere else|a better)
decided (?:against|not to|she|he|they|i|it)
already (?:has|have|had|got|owns?|bought) (?:one|it|two|the same)
dislike\w*
not (?:keen|happy with the (?:colou?r|look|style))
went off it
buyer'?s? remorse
remorse
not required
had enough of it
prefers? (?:a |the |another )?\w+ (?:one|colou?r|instead)
bought (?:another|a different|one|it) (?:elsewhere|somewhere|locally|in store)
isn't happy with the (?:colou?r|look)
(?:gift|present) (?:that )?(?:was )?(?:not wanted|unwanted|they already)
don't want
no use for
thought (?:better|again)
just (?:doesn't|does not|didn't) like
not (?:liking|loving) it
impulse
