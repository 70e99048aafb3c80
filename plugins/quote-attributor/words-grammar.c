/* SPDX-License-Identifier: Apache-2.0 */
/* Function words, and the nouns and adjectives that matter for reporting. */
#include "words.h"

const AverLexiconEntry grammar_list[] = {
    {"a an the this these those some many several all both each every any another other others "
     "most few no more such half enough much either neither certain various numerous",
     WORD_DETERMINER},
    {"my your his her its our their whose", WORD_POSSESSIVE},
    {"i he she it we they you who one everyone everybody someone somebody nobody anyone there "
     "nothing something anything everything",
     WORD_SUBJECT},
    {"they we these those both many some several others all few most", WORD_PLURAL},
    {"many some several others both most few all one another neither none two three four five",
     WORD_SUBJECT},
    {"me him her it us them you myself yourself himself herself itself ourselves themselves "
     "whom",
     WORD_OBJECT},
    {"he him his himself mr sir king prince lord duke father brother son husband man boy "
     "businessman congressman chairman spokesman statesman policeman fireman grandfather uncle "
     "nephew pope emperor mr. guy gentleman actor monk imam",
     WORD_MALE},
    {"she her hers herself mrs ms miss mrs. ms. madam lady queen princess duchess mother sister "
     "daughter wife woman girl businesswoman congresswoman chairwoman spokeswoman policewoman "
     "grandmother aunt niece actress waitress nun dame",
     WORD_FEMALE},
    {"of in on at by for from with about against between into through during before after above "
     "below to under over near since without within along across behind beyond toward towards "
     "among amid despite except until upon via per like inside outside around off up down out "
     "regarding concerning following including alongside throughout onto than as aboard amongst "
     "besides beneath beside plus versus ahead",
     WORD_PREPOSITION},
    {"and or but nor yet", WORD_COORDINATOR},
    {"that because although though while whilst if unless whereas whether when whenever where "
     "wherever once so lest before after until since as than",
     WORD_SUBORDINATOR},
    {"who whom whose which what why how when where whoever whatever", WORD_RELATIVE},
    {"be is are was were am been being 're 'm isn aren wasn weren", WORD_BE},
    {"have has had having 've hasn haven hadn", WORD_HAVE},
    {"do does did doing don doesn didn", WORD_DO},
    {"will would can could may might shall should must 'll 'd wo ca ought cannot couldn wouldn "
     "shouldn won can't",
     WORD_MODAL},
    {"not n't never", WORD_NOT},
    {"also then later often still just even only once again already always soon now here there "
     "ever perhaps maybe instead meanwhile however moreover furthermore nevertheless nonetheless "
     "therefore thus hence indeed too quite rather very almost nearly further first finally "
     "earlier afterwards afterward subsequently recently repeatedly publicly reportedly allegedly "
     "apparently sometimes usually simply openly privately previously long since yet else "
     "likewise otherwise together twice somewhat online flatly bluntly famously elsewhere "
     "much well",
     WORD_ADVERB},
    {"reportedly allegedly apparently supposedly purportedly seemingly", WORD_HEARSAY},
    {"monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight "
     "january february march april may june july august september october november december "
     "jan. feb. mar. apr. aug. sept. sep. oct. nov. dec. morning afternoon evening night week "
     "weekend month year years months weeks days day midday noon midnight ago hours hour earlier "
     "later last next overnight monday's recently mon tue wed thu fri sat sun",
     WORD_TIME},
    {"one two three four five six seven eight nine ten eleven twelve dozen dozens hundred hundreds "
     "thousand thousands million millions billion billions",
     WORD_NUMBER},
    {"official spokesman spokeswoman spokesperson minister president premier chancellor senator "
     "governor mayor lawmaker politician diplomat ambassador envoy attorney lawyer prosecutor "
     "judge justice magistrate detective officer sergeant inspector commissioner commander "
     "general "
     "colonel captain admiral lieutenant soldier analyst economist expert scientist researcher "
     "professor lecturer scholar historian academic teacher student doctor physician surgeon nurse "
     "psychologist engineer architect director manager executive chief chairman chairwoman chair "
     "president founder co-founder owner boss secretary treasurer leader deputy head aide adviser "
     "advisor strategist consultant activist campaigner organizer organiser advocate critic "
     "supporter opponent rival candidate nominee contender voter resident neighbor neighbour "
     "witness victim survivor suspect defendant plaintiff inmate prisoner worker employee farmer "
     "driver pilot passenger author writer novelist journalist reporter columnist editor blogger "
     "broadcaster anchor host presenter producer filmmaker actor actress singer musician artist "
     "player coach captain trainer athlete investor trader banker broker shareholder customer "
     "consumer user person man woman boy girl father mother parent son daughter brother sister "
     "husband wife widow friend colleague relative uncle aunt grandmother grandfather priest "
     "bishop archbishop pastor rabbi imam cardinal pope king queen prince princess councillor "
     "councilor councilman alderman representative congressman congresswoman delegate legislator "
     "source insider observer commentator pundit pollster planner curator librarian principal dean "
     "superintendent sheriff policeman policewoman firefighter paramedic coroner whistleblower "
     "operator vendor merchant dealer seller entrepreneur billionaire businessman businesswoman "
     "veteran volunteer member guest speaker moderator interviewer respondent participant official "
     "attendee protester protestor demonstrator refugee immigrant migrant citizen nominee "
     "incumbent "
     "conservative liberal lobbyist negotiator mediator regulator watchdog auditor accountant "
     "biologist chemist physicist astronomer geologist climatologist epidemiologist ecologist "
     "archaeologist sociologist anthropologist psychiatrist therapist dentist vet veterinarian "
     "fisherman miner builder baker butcher cook chef waiter shopkeeper grocer landlord tenant "
     "diver sailor mechanic carpenter plumber electrician gardener keeper ranger warden guard "
     "caller fan aunt cousin teenager pensioner grandson granddaughter nephew niece",
     WORD_ROLE},
    {"officials spokesmen spokeswomen spokespeople spokespersons ministers presidents senators "
     "governors mayors lawmakers politicians diplomats ambassadors envoys attorneys lawyers "
     "prosecutors judges justices detectives officers investigators commanders generals soldiers "
     "analysts economists experts scientists researchers professors lecturers scholars historians "
     "academics teachers students doctors physicians nurses engineers architects directors "
     "managers executives chiefs founders owners bosses secretaries leaders deputies aides "
     "advisers advisors strategists consultants activists campaigners organizers organisers "
     "advocates critics supporters opponents rivals candidates contenders voters residents "
     "neighbors neighbours witnesses victims survivors suspects defendants plaintiffs inmates "
     "prisoners workers employees farmers drivers pilots passengers authors writers journalists "
     "reporters columnists editors bloggers producers actors singers musicians artists players "
     "coaches investors traders bankers brokers shareholders customers consumers users people "
     "men women children parents sons daughters brothers sisters friends colleagues relatives "
     "priests bishops representatives delegates legislators sources insiders observers "
     "commentators pundits pollsters veterans volunteers members guests participants protesters "
     "protestors demonstrators refugees immigrants migrants citizens republicans democrats "
     "conservatives liberals progressives lobbyists negotiators regulators watchdogs auditors "
     "americans "
     "inspectors firefighters paramedics fans families locals activists respondents backers "
     "loyalists allies detractors authorities police operatives strategists skeptics sceptics "
     "proponents lobbyists surrogates tenants villagers fishermen miners",
     WORD_ROLE | WORD_PLURAL},
    {"company firm government administration ministry department agency office bureau bank "
     "institute institution university college school party union association organization "
     "organisation group committee commission council court parliament congress senate house "
     "assembly board authority embassy mission army navy police force team club league federation "
     "foundation charity campaign network newspaper magazine paper broadcaster channel station "
     "outlet website site service corporation manufacturer maker retailer supplier carrier airline "
     "startup giant regulator watchdog tribunal panel task-force think-tank society alliance "
     "coalition movement ngo hospital church diocese trust fund exchange authority regime kremlin "
     "pentagon state city county town village country nation kingdom republic cabinet crown "
     "museum theatre theater orchestra laboratory lab observatory factory plant mill brewery "
     "cooperative co-operative consortium partnership start-up subsidiary insurer lender utility "
     "developer operator publisher tank chamber centre center clinic",
     WORD_BODY},
    {"report study survey poll paper analysis assessment review audit document memo memorandum "
     "letter email e-mail statement article editorial book chapter column post tweet indictment "
     "lawsuit complaint petition filing ruling judgment judgement verdict resolution bill law "
     "treaty declaration manifesto communique dossier transcript brief briefing notice bulletin "
     "press-release release website ad advert advertisement sign banner placard headline caption "
     "inscription plaque poster sticker billboard graffiti placards banners posters signs forecast "
     "evidence data findings figures statistics research census "
     "inquiry investigation probe index guidelines rules constitution charter contract warrant "
     "affidavit testimony leaflet pamphlet newsletter blog message note story reports studies "
     "surveys polls assessments documents memos letters emails statements articles tweets "
     "editorials records signs papers results numbers books magazine newspaper newspapers",
     WORD_PAPER},
    {"reports studies surveys polls assessments documents memos letters emails articles records "
     "papers figures statistics findings results data newspapers",
     WORD_PLURAL},
    {"statement interview speech tweet post letter email e-mail news conference briefing testimony "
     "hearing address memo message op-ed editorial blog release podcast essay article rally debate "
     "meeting appearance call phone telephone session sermon lecture broadcast video note report "
     "book column remarks comments hall filing court episode press twitter facebook instagram",
     WORD_VENUE},
    {"warning claim allegation accusation assertion suggestion statement announcement admission "
     "argument belief hope fear concern complaint view opinion notion idea prediction promise "
     "pledge assurance denial confirmation conclusion finding evidence proof indication sign "
     "report rumour rumor speculation suspicion doubt insistence contention charge criticism "
     "acknowledgement acknowledgment confession declaration revelation observation remark comment "
     "word impression perception conviction confidence worry expectation demand proposal decision "
     "threat vow assumption warnings claims allegations accusations assertions suggestions "
     "statements "
     "announcements arguments hopes fears concerns complaints views predictions promises pledges "
     "assurances denials conclusions findings indications signs reports rumours rumors suspicions "
     "doubts charges criticisms declarations revelations observations remarks comments worries "
     "expectations demands threats vows questions question recommendation recommendations estimate "
     "case reminder reminders message signal signals theory guarantee guarantees opinion "
     "agreement understanding",
     WORD_SPEECH_NOUN},
    {"confident convinced sure certain adamant afraid worried concerned hopeful optimistic aware "
     "skeptical sceptical doubtful unsure uncertain positive clear unaware fearful pessimistic",
     WORD_STANCE},
    {"issue issues issued issuing make makes made making voice voices voiced voicing raise raises "
     "raised raising express expresses expressed expressing repeat repeats repeated repeating give "
     "gives gave given giving offer offers offered offering reach reached hold holds held "
     "came come reaches reaching send sent "
     "sends sending deliver delivered delivers sound sounded had has have took take takes "
     "received drew draw spread echoed share shared shares",
     WORD_LIGHT},
};
const gsize grammar_list_length = G_N_ELEMENTS(grammar_list);
