# Words of everyday English that are names as well: in lower case, and at the start of a sentence, hardly a name.
# Whitespace apart, no patterns.

[words]
adams alba alma amber angel april art ash aunt august autumn baker ball banks barber barn bass batch bay beach bean
bear beck bee bell belt berry best bill bird bishop black blake blaze blue bolt bond booth bow bowl bowman box boy
branch brand bridge bright brook brooks brown buck bud bull burns bush butler butter camp candle cane cap carbon card
care carpenter carter case cash castle cat chain chance chandler chase cherry chip church clay clear cliff clock close
cloud coat coffee coin cold cole cook coop cooper copper coral corn cotton cousin cox craft crane cream crisp cross
crow crown cup curry cut daisy dale dam dawn day dean deep dell dick diamond dish dock dog dollar door dove down drake
draw dream drew drum duke dusk earl early east easy eden edge eve ever fair faith falcon fall farmer fast fawn fern
field fields finch fine fire fish fisher flag fleet flint flood flower flowers floyd fly food foot ford forest forrest
fortune fountain fowler fox frank free freed french frost fry gale game garden gate gates gay gem gentle giant gift
glass glove god gold golden good grace grain grand grant grass gravel gray great green greens grey grove guide guy gum
hall ham hand hands handy harbor hardy harm hart harvest hat hawk hay hazel head heart heath heather heir high hill
hills hogg holiday hollow holly home honey hood hook hope horn house hull hunt hunter ice iris iron ivory ivy jack jade
jasmine jet jewel jim job john joke joy judge june junior just key keys kind king kitchen knight knot lace lake lamb
lane large lark law lawn lead lean leaf leather lemon lent lily lime link lion little lock long loop lord love low luck
lunch lynn mace maid mail main major man manners many maple march mark marks marsh mason mate may meadow mercy merit
merry mill miller mills mind mint miss moon moore more morning moss mould mountain myrtle nail near never new nice night
noble noon north oak oaks ocean olive orange page paige pan park parks parrot parson part patience patient peace peach
pearl penny pepper pike pin pine plant plum point pole pond pool poor pope porter post pot potter pound powder power
pratt press price pride prince print prior proud purple quick quill rain raven ray read reed reef rich ridge ring rise
river rivers road rob robin rock rod rose rosemary rosy round ruby rush rust saddle sage sailor sale salt sand sandy
sargent savage scarlet school seal sears self sharp shaw shell shepherd shield shipman shoe shop short sierra silver
singer skill skinner sky small smart smith snow song south spark sparks spear speed spice spring squire staff star
starr steel stern still stock stone storm story strange straw street strong sugar summer summers sun sweet swift table
tailor tall tanner tate taylor teal temple thatcher thorn tiger till tin tree true tucker turner urban usher vale van
vault vine viola violet walker wall walls ward ware waters way weaver webb weeks wells west wheat wheel wheeler white
wild wilder will willow wind winter winters wise wolf wolfe wood woods woody wool word work wren wright yard young
