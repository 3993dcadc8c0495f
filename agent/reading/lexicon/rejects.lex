# Why a return request is turned down.

[already_resolved]
already (?:been )?(?:refunded|replaced|resolved|reshipped|re-shipped|sorted|settled|fixed|credited|compensated|dealt|handled|exchanged|sent (?:her|him|them)? ?(?:a )?(?:new|replacement))
replacement (?:was |has been )?(?:already )?sent
(?:was|has been) (?:refunded|resolved|replaced)
duplicate (?:request|return|rma)
same request

[final_sale]
final[ -]?sale
clearance
(?:bought |was |it's |is )?(?:on |in )(?:the )?sale item
sale items? (?:can't|cannot|not|aren't)
sold as (?:is|seen)
no returns on sale
outlet item

[outside_window]
(?:out ?side|out of|past|over|beyond|after|exceed\w*|not (?:with)?in) (?:of )?(?:the |our |her |his )?(?:\d+ ?days? |return |returns |\d+ ?day )*(?:window|period|deadline|policy|time ?frame|limit|term|days)
(?:return )?(?:window|period|deadline|term) (?:is |was |has |already |long )*(?:closed|passed|expired|over|gone|ended|lapsed|up|exceeded)
(?:way |far |much )?too late
(?:over|more than|after|past|>) ?\d+ ?(?:days?|d\b|weeks?|months?)
\d+ ?(?:days?|weeks?|months?) (?:ago|old|late|after|since|over|past|too late)
expired
window
late request

[used_or_altered]
(?:shows?|has|have|with|signs? of|heavy|visible|clear|obvious|some) (?:\w+ ){0,2}(?:wear|use|usage|washing|alterations?)\b
(?:already )?(?:washed|wore it|wears? it|worn out)\b
(?:has been |was |were |is |been |clearly |already |visibly |obviously )?(?:used|worn|altered|washed|modified|hemmed|customi[sz]ed by|cut|damaged by (?:the )?(?:customer|her|him))\b
(?:tags?|labels?|seal|stickers?) (?:were |was |are |is |have been |has been )?(?:removed|off|cut|missing|gone|ripped|torn|broken)
(?:no|without) (?:the )?tags?
signs of (?:wear|use|usage)
(?:she|he|they|customer|client|buyer|who)(?:'s| has| have|'ve)?(?: \w+)? (?:wore|worn|used|washed|walked|ran|slept|cooked|cut|altered|hemmed|shortened|ironed|played) (?:it|them|in (?:it|them)|with (?:it|them)|on (?:it|them)|the \w+)\b
(?:soles?|heels?|collars?|cuffs?|sleeves?|seams?|bristles?|blades?) (?:is|are|was|were|look) (?:\w+ )?(?:black|dirty|worn|scuffed|muddy|grey|gr[ae]y|yellow|sweaty|dull|blunt|scratched)\b
(?:strip|liner|foil|wrapper|shrink ?wrap) (?:\w+ ){0,2}(?:removed|off|torn|gone|missing|broken|open\w*)\b
wear marks
smells? (?:of|like)
perfume
dirty
stain\w*
pet hair
opened
assembled

[no_evidence]
(?:asked|requested|chased|reminded|begged|prompted|wrote|waited|waiting)\b[^.;!?]{0,40}\b(?:photos?|pictures?|pics?|evidence|proof|images?|video|description)\b[^.;!?]{0,40}\b(?:never|nothing|no (?:answer|reply|reaction|response|photo)|not|in vain|ignored|silence|nada)\b
(?:photos?|pictures?|pics?|images?|video|proof|evidence)\b[^.;!?]{0,20}(?:\bnever|\bnot|n't)(?: \w+)? (?:came|come|arrived?|sent|turn(?:ed)? up|received?|shown|show(?:ed)? up|got here)\b
(?:no|without|zero|lack of|missing) (?:any )?(?:photos?|pictures?|evidence|proof|images?|video|pics|documentation)
(?:not|never|n't|refuses? to|won't|failed to|didn't)(?: \w+)? (?:send|sent|provided?|supplied?|supply|show|shown|upload\w*|attach\w*|share\w*)(?: \w+)? ?(?:photos?|pictures?|evidence|proof|images?|video|any\w*)?
(?:photos?|pictures?|evidence|proof) (?:was |were |not |never |wasn't |weren't )+(?:provided|sent|supplied|received|attached)
unproven
can't (?:prove|verify)

[not_returnable]
(?:not|non|isn't|aren't|can't be|cannot be|never)[ -]?(?:be )?(?:returnable|returned|eligible|accepted back)
can't (?:return|take (?:it|this|these) back)
hygien\w*
underwear
swimwear
earrings?
digital
download\w*
perishable
food
personali[sz]ed
custom(?:i[sz]ed|[ -]made)
made to order
gift ?cards?
print on demand
excluded
intimate
sealed goods

[other]
(?:fraud\w*|abus\w*|serial returner|not our (?:item|product)|wrong item (?:sent|came) back)
