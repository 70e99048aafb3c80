/* SPDX-License-Identifier: Apache-2.0 */
/* The word lists, lower case, compiled for this project from general knowledge of English usage. */
#pragma once

#include "words.h"

static const struct {
  guint32 class;
  const char *words;
} word_lists[] = {
    {WORD_TITLE,
     "mr mrs ms messrs mmes mlle mme dr drs prof rev revd fr hon rt sen sens rep reps gov "
     "govs lt gen col cmdr capt maj sgt cpl pvt adm pres supt insp det msgr br mx sra srta "
     "ald atty dir asst assoc amb pfc cst ofc cllr brig comdr vice-adm"},
    {WORD_ORGANISATION,
     "inc co corp ltd bros llc plc cos pty pvt gmbh ag s.a n.v b.v s.p.a l.p llp assn dept "
     "mfg intl cie l.l.c"},
    {WORD_MONTH,
     "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri"},
    {WORD_STATE,
     "ala ariz ark calif cal colo conn del fla ga ill ind kan kans ky la md mich minn miss mo "
     "mont neb nebr nev okla ont ore pa penn que tenn tex va vt wash wis wyo n.y n.j n.h n.c "
     "s.c n.d s.d n.m w.va r.i mass alta sask b.c n.s"},
    {WORD_CLOCK, "a.m p.m am pm"},
    {WORD_DEGREE,
     "ph.d phd m.d b.a m.a b.s b.sc m.sc d.phil m.phil ll.b ll.m ll.d j.d m.b.a d.d.s r.n "
     "c.p.a esq jr sr q.c k.c o.b.e m.b.e m.p d.v.m ed.d"},
    {WORD_INNER, "e.g i.e eg ie vs v cf viz c.f ca approx c f.e a.k.a aka incl resp"},
    {WORD_FINAL, "etc al ibid et.al n.b p.s b.c.e c.e a.d b.c"},
    {WORD_REFERENCE,
     "no nos nr p pp pg pgs fig figs vol vols sec secs art arts ch chap eq eqs ex para paras "
     "par pt pts n° nº cl reg sect col app tab ref refs op ver rs"},
    {WORD_STREET, "st ave av blvd rd ln hwy pkwy pl sq ct ter terr dr apt bldg rte fwy expy cres"},
    {WORD_UNIT,
     "ft in oz lb lbs min mins hr hrs sec secs yd yds mi gal gals qt kg km cm mm ml mph yr "
     "yrs mo mos wk wks tsp tbsp doz dia ht wt m bn mn tn"},
    {WORD_PLACE, "mt mts ft pt st ste n s e w ne nw se sw"},
    {WORD_COUNTRY, "u.s u.k u.n e.u u.s.a u.a.e d.c u.s.s.r l.a n.z s.f u.s.s d.r.c p.r.c r.o.k"},
    {WORD_SHORT,
     "dept est govt natl univ acad admin agcy bur cent comm conf cont ed eds encyc gov inst "
     "lib med misc mkt mus orig pub pubs publ rpt rev sci ser soc stat suppl tech tel trans "
     "transl treas lic var attn adj adv anon avg dist div esp ext fem freq gr hist illus masc "
     "mss neg obs opp orch pers phon pl prep pron prob quot spec subj syn tr usu abbr ca "
     "m.p.h p.o r.p.m bef aft h.m"},
    {WORD_EXCLAIMED, "yahoo jeopardy joomla wham yelp"},

    {WORD_STARTER,
     "the a an this that these those he she it we they i you his her its our their my your "
     "there here in on at by for from with without within under over after before during "
     "since until while when where why who whom whose which what how if unless although "
     "though because as so but and or nor yet however moreover furthermore nevertheless "
     "nonetheless therefore thus hence meanwhile instead otherwise also then now today "
     "yesterday tomorrow later earlier afterwards soon still just only even perhaps maybe "
     "indeed finally first second third last next another other others some any many much "
     "most more few several all both each every no none not never nothing nobody someone "
     "somebody everyone everybody anyone one two three four five six seven eight nine ten "
     "once twice according despite besides beyond between among against about above below "
     "through throughout toward towards upon like unlike except whether did do does is are "
     "was were has have had can could will would should may might must let let's it's he's "
     "she's that's there's they're we're you're i'm i've i'll i'd don't didn't what's who's "
     "please yes yeah oh well okay such same too very again ever often sometimes usually "
     "recently currently previously additionally consequently similarly likewise specifically "
     "generally overall ultimately eventually apparently obviously clearly certainly "
     "unfortunately fortunately sadly hopefully interestingly surprisingly officials police "
     "critics experts analysts researchers people along around given"},
    {WORD_REPORTS,
     "said says say asked asks told tells replied replies added adds answered cried shouted "
     "yelled whispered wrote writes thought exclaimed demanded wondered called explained "
     "insisted continued muttered murmured declared announced remarked observed commented "
     "screamed laughed admitted agreed argued claimed warned noted recalled joked quipped "
     "snapped sighed begged ask reply cries howled calls snarled growled wailed pleaded "
     "inquired enquired queried repeated retorted responded interrupted began shot chimed"},
    {WORD_PRONOUN, "he she they i we it you one"},
    {WORD_FULL_MONTH,
     "january february march april may june july august september october november december "
     "monday tuesday wednesday thursday friday saturday sunday"},
    {WORD_DOMAIN,
     "com org net edu gov co uk us de fr io info biz tv html htm php asp aspx pdf js py exe "
     "jpg png gif txt doc zip mil int eu ca au"},
    {WORD_BODY,
     "government army navy senate congress house supreme district court courts attorney "
     "department treasury president secretary ambassador embassy military marine marines air "
     "coast capitol commission census bureau open federal state states representative "
     "representatives rep sen forces force troops security council general assembly special "
     "high food world agency official officials dollar central virgin postal geological route "
     "highway soldiers"},
    {WORD_ZONE,
     "eastern central mountain pacific et est edt ct cst cdt mt mst mdt pt pst pdt gmt utc "
     "bst cet cest ist jst local"},
};
