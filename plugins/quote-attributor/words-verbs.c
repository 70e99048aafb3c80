/* SPDX-License-Identifier: Apache-2.0 */
/* Reporting verbs with their frames, and the common verbs that only show where clauses stand. */
#include "words.h"

#define SAY   (FRAME_THAT | FRAME_BARE | FRAME_QUOTE | FRAME_SAY)
#define STATE (FRAME_THAT | FRAME_QUOTE)
#define CLAIM (STATE | FRAME_BARE)
#define TELL  (SAY | FRAME_ADDRESSEE)
#define THINK (FRAME_THAT | FRAME_BARE | FRAME_THOUGHT | FRAME_SAY)
#define SHOW  (FRAME_THAT | FRAME_BARE | FRAME_SHOW)

const AverLexiconEntry verb_list[] = {
    {"say/said/said", SAY},
    {"add", SAY},
    {"tell/told/told", TELL | FRAME_TO},
    {"remind assure inform notify", TELL},
    {"convince persuade", FRAME_THAT | FRAME_ADDRESSEE},
    {"warn caution", TELL | FRAME_OF},
    {"write/wrote/written tweet retweet", STATE | FRAME_BARE},
    {"claim", CLAIM | FRAME_TO | VERB_NOUN},
    {"insist", CLAIM | FRAME_OBJECT},
    {"argue assert contend maintain allege", CLAIM},
    {"acknowledge admit concede", CLAIM | FRAME_OBJECT | FRAME_ING},
    {"declare proclaim", CLAIM | FRAME_OBJECT},
    {"announce", CLAIM | FRAME_OBJECT},
    {"note remark observe reckon stress emphasize emphasise underline underscore reiterate",
     STATE | FRAME_BARE | FRAME_FINDING},
    {"point spell blurt", FRAME_OUT | STATE | FRAME_BARE | FRAME_WHETHER},
    {"put/put/put", FRAME_ONLY_IT | FRAME_QUOTE},
    {"charge", STATE | VERB_NOUN},
    {"remember", FRAME_QUOTE},
    {"explain", STATE | FRAME_BARE | FRAME_WHETHER},
    {"state comment opine quip joke lament recall recount confide muse boast brag complain "
     "moan gripe grumble protest counter retort rejoin object reply respond answer conclude "
     "estimate predict forecast/forecast/forecast theorize theorise speculate surmise posit "
     "confess disclose divulge reveal affirm reaffirm attest testify vouch swear/swore/sworn "
     "clarify elaborate specify caution venture suggest hint imply intimate insinuate "
     "hypothesize hypothesise report",
     STATE | FRAME_BARE},
    {"report state comment object counter protest estimate forecast hint answer reply joke",
     VERB_NOUN},
    {"recall lament confess disclose reveal predict forecast estimate describe detail outline "
     "reiterate repeat stress emphasize emphasise underscore highlight clarify protest mention "
     "cite discuss report",
     FRAME_OBJECT | FRAME_FINDING},
    {"confirm verify reaffirm affirm corroborate",
     FRAME_THAT | FRAME_BARE | FRAME_QUOTE | FRAME_OBJECT},
    {"deny", FRAME_THAT | FRAME_BARE | FRAME_QUOTE | FRAME_OBJECT | FRAME_ING | FRAME_DENY},
    {"refute rebut reject dismiss dispute disavow disclaim contradict",
     FRAME_THAT | FRAME_OBJECT | FRAME_DENY},
    {"accuse", FRAME_OF},
    {"criticize criticise condemn denounce decry deplore slam blast lambast lambaste "
     "lash mock ridicule deride praise laud applaud hail commend defend tout blame "
     "assail castigate chide rebuke bash rip berate disparage chastise scold excoriate "
     "pan extol champion fault liken cite bemoan welcome celebrate congratulate "
     "question challenge echo thank compare honor condone trumpet",
     FRAME_OBJECT},
    {"urge implore beg exhort entreat encourage advise", FRAME_OBJECT | FRAME_THAT | FRAME_QUOTE},
    {"advise recommend suggest propose",
     FRAME_ING | FRAME_THAT | FRAME_BARE | FRAME_QUOTE | FRAME_OBJECT},
    {"demand", FRAME_THAT | FRAME_QUOTE | FRAME_OBJECT | FRAME_TO | VERB_NOUN},
    {"request order instruct command", FRAME_THAT | FRAME_OBJECT | VERB_NOUN},
    {"ask", FRAME_THAT | FRAME_QUOTE | FRAME_WHETHER | FRAME_ADDRESSEE | FRAME_TO | FRAME_OBJECT},
    {"wonder inquire enquire", FRAME_QUOTE | FRAME_WHETHER | FRAME_THOUGHT},
    {"query", FRAME_QUOTE | VERB_NOUN},
    {"describe", FRAME_AS},
    {"call label brand dub depict portray characterize characterise term denounce", FRAME_AS},
    {"call label brand term", VERB_NOUN},
    {"promise pledge vow threaten offer agree swear/swore/sworn guarantee",
     FRAME_TO | FRAME_THAT | FRAME_BARE | FRAME_QUOTE},
    {"promise pledge vow offer guarantee talk", VERB_NOUN},
    {"refuse decline", FRAME_TO},
    {"refuse", FRAME_DENY},
    {"find/found/found conclude determine discover ascertain",
     FRAME_THAT | FRAME_BARE | FRAME_SHOW | FRAME_FINDING},
    {"identify", FRAME_FINDING},
    {"show/showed/shown indicate demonstrate illustrate", SHOW | FRAME_FINDING},
    {"signal", FRAME_THAT | FRAME_SHOW | VERB_NOUN},
    {"rule decide", FRAME_THAT | FRAME_SHOW},
    {"believe think/thought/thought suspect", THINK},
    {"fear hope expect", THINK},
    {"fear hope", VERB_NOUN},
    {"know/knew/known understand/understood/understood realize realise recognize recognise "
     "assume presume imagine doubt forget/forgot/forgotten remember agree guess bet/bet/bet",
     FRAME_THAT | FRAME_THOUGHT},
    {"doubt guess bet", VERB_NOUN},
    {"feel/felt/felt worry", FRAME_THAT | FRAME_BARE | FRAME_THOUGHT},
    {"learn hear/heard/heard notice", FRAME_THAT | FRAME_THOUGHT},
    {"want wish intend plan aim", FRAME_TO | FRAME_THOUGHT},
    {"hope expect threaten", FRAME_TO | FRAME_THOUGHT},
    {"want wish plan aim", VERB_NOUN},
    {"view regard consider see/saw/seen", FRAME_AS | FRAME_THOUGHT},
    {"view regard", VERB_NOUN},
    {"refer allude", FRAME_ONLY_TO | FRAME_OBJECT},
    {"speak/spoke/spoken talk", FRAME_ONLY_ABOUT | FRAME_OBJECT},
    {"continue begin/began/begun laugh smile grin nod shrug sigh chuckle cry sob weep/wept/wept "
     "go/went/gone interject interrupt intone recite chant sing/sang/sung "
     "fume rage growl snarl "
     "sneer scoff grumble smirk gush enthuse rave conclude finish repeat start "
     "mutter mumble murmur whisper shout yell scream shriek bellow roar holler exclaim "
     "hiss snap bark thunder drawl stammer stutter plead pray chime joke agree urge "
     "reason volunteer demur crack deadpan summarize summarise pronounce "
     "read/read/read post message email text quote caption sign",
     FRAME_MANNER | FRAME_QUOTE},
    {"attack", FRAME_MANNER | FRAME_QUOTE | VERB_NOUN},
    {"laugh smile grin cry sigh start finish shout scream repeat post message email text quote "
     "sign",
     VERB_NOUN},

    /* Common verbs; those that are nouns as often follow. */
    {"get/got/got make/made/made take/took/taken come/came/come give/gave/given let/let/let "
     "put/put/put leave/left/left mean/meant/meant keep/kept/kept send/sent/sent "
     "become/became/become pay/paid/paid bring/brought/brought hold/held/held eat/ate/eaten "
     "meet/met/met grow/grew/grown build/built/built lose/lost/lost set/set/set "
     "spend/spent/spent lead/led/led sit/sat/sat stand/stood/stood break/broke/broken "
     "choose/chose/chosen fall/fell/fallen fight/fought/fought throw/threw/thrown win/won/won "
     "sell/sold/sold seek/sought/sought hit/hit/hit wear/wore/worn cut/cut/cut lie/lay/lain "
     "fly/flew/flown catch/caught/caught teach/taught/taught blow/blew/blown hang/hung/hung "
     "hurt/hurt/hurt rise/rose/risen draw/drew/drawn beat/beat/beaten hide/hid/hidden "
     "cost/cost/cost spread/spread/spread wake/woke/woken lay/laid/laid stick/stuck/stuck "
     "ride/rode/ridden shoot/shot/shot arise/arose/arisen shake/shook/shaken "
     "withdraw/withdrew/withdrawn split/split/split steal/stole/stolen strike/struck/struck "
     "undertake/undertook/undertaken overcome/overcame/overcome sweep/swept/swept "
     "run/ran/run buy/bought/bought drive/drove/driven speak/spoke/spoken bear/bore/born "
     "feed/fed/fed mistake/mistook/mistaken deal/dealt/dealt sleep/slept/slept "
     "lend/lent/lent bind/bound/bound swing/swung/swung",
     0},
    {"use look try work seem ask need start move play live happen include follow provide turn "
     "allow create open walk serve remain appear wait die stay kill pass require raise push reach "
     "suffer return carry receive develop apply receive join reduce establish contain involve "
     "increase produce obtain maintain attend ensure occur introduce save protect represent arrive "
     "place exist face remove publish release prepare improve manage avoid prevent hire fire "
     "fail force handle handle launch lift lack matter approve adopt appoint assess "
     "arrest ban block boost campaign change charge close collapse collect compete consist control "
     "cooperate cover damage defeat delay deliver depend destroy donate drop earn elect emerge "
     "employ enable end engage enter escape examine expand explore expose express extend feature "
     "finance flee gain gather govern grant handle head help identify ignore impose inspire "
     "install "
     "invest investigate invite issue jump kick last limit link list locate look lower mark "
     "monitor move name negotiate nominate occupy open operate organize organise oversee own "
     "participate perform permit prompt pull push react rebuild receive recover recruit refer "
     "relate rely replace represent rescue resign resist resolve respect restore result resume "
     "retain retire retreat reverse review reward risk rule search seize separate settle shape "
     "share shift sign slip solve spark stage step stir stop strengthen stretch struggle study "
     "submit succeed sue supply surge surround survive suspend tend test threaten trace track "
     "transfer transform travel treat trigger trust unveil visit vote warrant watch waive weaken "
     "support back favor favour oppose prefer endorse attack murder happen stem belong accept "
     "admire visit cite spark thrive collapse",
     0},
    {"support back favor favour use look try work need start move play turn walk pass push return "
     "increase place face lift "
     "lack matter ban block boost campaign change charge control cover damage defeat delay drop "
     "end "
     "escape feature finance gain grant head help issue jump kick limit link list look mark "
     "monitor "
     "name open prompt pull rescue respect result resume retreat reverse review reward risk rule "
     "search shape share shift sign slip spark stage step stir stop stretch struggle study supply "
     "surge test trace track transfer travel treat trigger trust visit vote warrant watch attack "
     "murder set lead stand break fall fight throw win hit wear cut lie fly catch blow hurt rise "
     "draw beat cost spread wake ride shake split strike run buy drive feed deal swing arrest "
     "force release produce question challenge report",
     VERB_NOUN},
};
const gsize verb_list_length = G_N_ELEMENTS(verb_list);
