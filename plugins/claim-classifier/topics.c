/* SPDX-License-Identifier: Apache-2.0 */
/* The words of each topic class. */
#include "topics.h"

static const AverLexiconEntry entries[] = {
    {"i me my mine myself", TOPIC_I},
    {"we us our ours ourselves", TOPIC_WE},
    {"you your yours yourself yourselves", TOPIC_YOU},
    {"he she they him her his hers their theirs them himself herself themselves", TOPIC_THIRD},
    {"is are am 's 're 'm isn aren be being", TOPIC_BE_NOW},
    {"was were had did went took came gave got made left lost won said told knew thought found "
     "brought bought began became broke built caught chose cut drew fell felt fought grew held hit "
     "hurt kept led let met paid put ran rose saw sent set shot showed sold spent spoke stood "
     "struck taught threw understood woke wore wrote been gone done given taken seen known born "
     "drove flew froze hid lay meant read rode sank slept stole swam swore tore withdrew spread "
     "beat bet bid bound burst fled forbade forgot forgave hung lent overcame sought shook shut "
     "sang sat slid split stuck strode swept undertook upheld wound",
     TOPIC_PAST},
    {"has have having 've", TOPIC_HAVE},
    {"will 'll shall wo gonna going tomorrow future next ahead", TOPIC_FUTURE},
    {"may might could would can 'd perhaps possibly probably maybe likely", TOPIC_MIGHT},
    {"must should ought need needs needed let please", TOPIC_MUST},
    {"not n't no never nor neither none nobody nothing cannot without", TOPIC_NEGATION},
    {"who what when where why how which whom whose", TOPIC_WH},
    {"more less fewer than higher lower greater larger smaller bigger most least highest lowest "
     "largest biggest greatest smallest worst best longest fastest twice double doubled triple "
     "tripled half record average rate majority",
     TOPIC_COMPARE},
    {"because caused cause causes led due result resulted results leads therefore consequence",
     TOPIC_CAUSE},
    {"law laws bill bills act treaty legislation constitution court courts judge judges police "
     "prosecutors prosecutor convicted sentenced charged arrested indicted jailed prison crime "
     "crimes criminal illegal legal ruling ruled regulation regulations ban banned lawsuit sued "
     "jury trial fined",
     TOPIC_LAW},
    {"one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
     "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
     "hundred hundreds thousand thousands million millions billion billions trillion trillions "
     "dozen dozens half third quarter quarters number numbers total times amount",
     TOPIC_QUANTITY},
    {"dollar dollars euro euros pound pounds cent cents tax taxes taxed budget deficit deficits "
     "debt surplus spending spent cost costs price prices revenue revenues income incomes wage "
     "wages salary salaries funding funds fund loan loans rates money insurance premiums "
     "benefits cash profit profits bank banks",
     TOPIC_MONEY},
    {"percent percentage pct", TOPIC_PERCENT},
    {"year years month months week weeks day days hour hours decade decades century monday tuesday "
     "wednesday thursday friday saturday sunday january february march april june july august "
     "september october november december yesterday today annual annually daily",
     TOPIC_TIME},
    {"ago since last previous previously before after during when while former earlier recently "
     "already until",
     TOPIC_AGO},
    {"said says say saying told tells asked asks called calls calling stated states announced "
     "claimed claims reported reports wrote writes added adds indicated mentioned talked "
     "suggested denied denies accused accuses proposed promised according testified argued",
     TOPIC_SPEECH},
    {"think believe feel hope want wish know guess suppose understand agree disagree thinks "
     "believes feels view opinion idea feeling sure certainly obviously clearly frankly "
     "absolutely really simply look listen hopefully",
     TOPIC_BELIEF},
    {"good bad better important wrong right strong tough great wonderful terrible serious fair "
     "unfair dangerous hard easy vital essential fundamental difficult best worse necessary "
     "possible simple clear moral decent beautiful awful horrible ridiculous naive irresponsible "
     "reckless shameful disgraceful brilliant excellent disappointing unacceptable critical "
     "crucial key proud sad happy glad amazing fantastic stupid foolish weak smart "
     "outrageous appalling shocking inspiring remarkable tremendous disaster mistake damaging",
     TOPIC_OPINION},
    {"thank thanks welcome evening tonight question questions answer debate minute minutes "
     "ladies gentlemen moderator audience respond response rebuttal sir hello bye applause "
     "laughter morning please sorry excuse",
     TOPIC_COURTESY},
    {"increase increased increases rise rose risen fell fallen fall cut cuts grew grown doubled "
     "lost lose created reduced reduce raised raise raises dropped drop declined decline gained "
     "lowered expanded shrank soared plunged jumped climbed slashed eliminated added killed died "
     "injured wounded ended",
     TOPIC_CHANGE},
    {"voted vote votes passed signed vetoed supported opposed proposed introduced endorsed "
     "appointed nominated sponsored submitted negotiated recommended approved rejected brought "
     "launched published issued elected resigned served invaded sold covered covers sent tried "
     "worked working took won plan plans program programs",
     TOPIC_RECORD},
    {"jobs job unemployment inflation recession economy deficits exports imports production "
     "manufacturing growth workers employees businesses business companies company poverty "
     "oil gas nuclear weapons missiles troops soldiers military army drug drugs medicare medicaid "
     "immigrants border population students schools uninsured veterans seniors homes energy "
     "carbon emissions climate hospital hospitals patients vaccine vaccines cases deaths",
     TOPIC_MATTER},
    {"president senator governor congress senate minister administration government federal state "
     "states committee secretary general republican republicans democrat democrats mayor "
     "parliament ministry official officials spokesman spokeswoman spokesperson agency union "
     "chairman officer department commission council party",
     TOPIC_RANK},
    {"born father mother wife husband son daughter family brother sister friend grew married young "
     "old school college university church town met knew remember met named book visited career",
     TOPIC_LIFE},
    {"freedom liberty values leadership strength commitment future peace hope dream vision "
     "responsibility opportunity opportunities courage patriotism confidence respect security "
     "prosperity principles determination spirit goals hearts minds challenge challenges faith "
     "sense direction way ways things thing issue issues",
     TOPIC_IDEAL},
    {"if unless whether suppose", TOPIC_IF},
    {"the a an this that these those its it he she they we i his her their of in on at to for by "
     "with from as and but or also too who which whose in statement interview reporters report "
     "news conference briefing email e-mail letter speech tweet post posted twitter facebook "
     "earlier later week month year monday tuesday wednesday thursday friday saturday sunday "
     "january february march april may june july august september october november december "
     "yesterday today last recently previously repeatedly had has have was is been while so then "
     "meanwhile however although though just when after before mr mrs ms dr 's 'd 've telephone "
     "phone press release afternoon morning evening night time now again both over about",
     (guint32) TOPIC_LIGHT},
};

WordList topics_list(void)
{
  return (WordList){entries, G_N_ELEMENTS(entries)};
}
