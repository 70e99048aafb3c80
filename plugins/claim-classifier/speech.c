/* SPDX-License-Identifier: Apache-2.0 */
/* The words of each speech class. */
#include "speech.h"

static const AverLexiconEntry entries[] = {
    {"deny denies denied denying", SPEECH_DENY},
    {"reject rejects rejected rejecting refute refutes refuted refuting dispute disputes disputed "
     "disputing rebut rebuts rebutted rebutting dismiss dismisses dismissed dismissing contest "
     "contests contested repudiate repudiated repudiates contradict contradicts contradicted "
     "debunked debunk brushed disavowed disputed",
     SPEECH_REJECT},
    {"claim claims allegation allegations accusation accusations "
     "suggestions report reports criticism criticisms rumour rumours rumor rumors assertion "
     "assertions notion insinuation insinuations characterisation characterization wrongdoing "
     "speculation involvement view views suggestion charge charges",
     SPEECH_CLAIM},
    {"accuse accuses accused accusing blame blames blamed blaming", SPEECH_ACCUSE},
    {"allege alleges alleged alleging allegedly", SPEECH_ALLEGE},
    {"charged indicted suspected prosecuted", SPEECH_CHARGE},
    {"urge urges urged urging demanded demanding demand demands implored implores exhorted exhorts "
     "beseeched recommend recommends recommended recommending",
     SPEECH_DEMAND},
    {"ask asks asked asking order orders ordered ordering instruct instructs instructed pressed "
     "advise "
     "advises advised advising begged begs plead pleads pleaded requested requests told directed",
     SPEECH_ASK},
    {"call calls called calling appeal appeals appealed appealing", SPEECH_CALL},
    {"promise promises promised vow vows vowed vowing pledge pledges pledged pledging "
     "swear swore guarantee guarantees guaranteed",
     SPEECH_PROMISE},
    {"commit commits committed agree agrees agreed offered offers", SPEECH_COMMIT},
    {"predict predicts predicted predicting prediction predictions forecast forecasts forecasting "
     "forecasted expect expects expected expecting anticipate anticipates anticipated anticipating "
     "foresee foresees foresaw projected envisages envisaged envisions",
     SPEECH_PREDICT},
    {"warn warns warned warning", SPEECH_WARN},
    {"praise praises praised praising condemn condemns condemned condemning criticise criticises "
     "criticised criticising criticize criticizes criticized criticizing slam slams slammed "
     "slamming denounce denounces denounced denouncing hails hailed hailing applauded "
     "applauds deplored deplores lamented laments lambasted blasted commended commends decried "
     "decries derided ridiculed mocked lauded chastised rebuked",
     SPEECH_JUDGE},
    {"describe describes described describing label labels labelled labeled brand branded brands "
     "dubbed characterised characterized regard regards regarded deemed",
     SPEECH_DESCRIBE},
    {"understood feared estimated estimates say says said saying tell tells told add adds added "
     "state states stated "
     "note notes noted "
     "write writes wrote explain explains explained announce announces announced argue argues "
     "argued believe believes believed think thinks thought claim claims claimed insist insists "
     "insisted maintain maintains maintained confirm confirms confirmed acknowledge acknowledged "
     "admit admits admitted concede conceded conclude concluded report reported reports stress "
     "stressed suggest suggested suggests testify testified reply replied respond responded",
     SPEECH_SAY},
    {"is are was were be been being am 's 're 'm seem seems seemed look looks looked remain "
     "remains remained sound sounds sounded feels felt",
     SPEECH_BE},
    {"must should ought", SPEECH_MUST},
    {"will 'll shall wo", SPEECH_WILL},
    {"would 'd", SPEECH_WOULD},
    {"if unless provided", SPEECH_IF},
    {"not n't never no nor neither nobody none nothing cannot", SPEECH_NOT},
    {"reportedly allegedly apparently possibly perhaps probably maybe likely unlikely seemingly "
     "purportedly purported supposedly presumably arguably potentially seem seems seemed appear "
     "appears appeared suspected rumoured rumored reputedly ostensibly conceivably "
     "unconfirmed plausibly tentatively suggest suggests suspect suspects unclear alleged",
     SPEECH_HEDGE},
    {"may might could", SPEECH_MIGHT},
    {"naive irresponsible reckless shameful disgraceful disgusting brilliant excellent "
     "disappointing disappointed unacceptable outrageous appalling shocking inspiring remarkable "
     "tremendous "
     "terrible horrible awful wonderful amazing fantastic stupid foolish absurd ridiculous "
     "disaster disastrous mistake damaging dangerous unfair wrong unwise immoral cruel heartless "
     "cowardly brave heroic superb dreadful pathetic laughable scandalous scandal disgrace "
     "catastrophic catastrophe deplorable despicable admirable impressive magnificent perfect "
     "beautiful ugly boring clumsy careless incompetent hopeless senseless tragic tragedy "
     "triumph masterpiece marvellous marvelous great good bad worse worst best better excessive "
     "important essential vital crucial sensible reasonable unreasonable rational fair unjust "
     "insulting offensive hypocritical nonsense rubbish embarrassing embarrassment concerning "
     "worrying alarming encouraging inadequate insufficient weak delicious delightful "
     "charming dull tedious misguided unhelpful arrogant selfish betrayal outrage proud sad "
     "rigorous ruthless threat inexcusable intolerable abhorrent heinous cynical "
     "wasteful pointless short-sighted shortsighted lovely poor splendid",
     SPEECH_OPINION},
    {"i we", SPEECH_FIRST},
    {"he she they it", SPEECH_PRONOUN},
    {"refuse fight appeal continue work ensure support seek give provide pay resign step release "
     "publish cooperate co-operate defend veto sign build spend invest introduce launch keep make "
     "take bring create deliver protect stop end stand never do help vote raise lower "
     "repeal restore open hire donate return comply respect honour honor investigate "
     "review reopen rebuild repair replace fund withdraw leave attend run answer consider "
     "pursue push press challenge oppose campaign announce double reduce abolish hold",
     SPEECH_ACTION},
    {"bail access entry visa visas permission asylum parole request requests petition application "
     "applications motion entrance permit permits licence license rights right opportunity care "
     "treatment food medication justice benefits coverage service boarding him her them us me "
     "promotion tenure citizenship chance leave planning funding",
     SPEECH_GRANTED},
    {"the a an this that these those his her its their our my your any all some no each every",
     SPEECH_DETERMINER},
    {"likely set bound poised scheduled destined certain going", SPEECH_LIKELY},
    {"untrue baseless unfounded groundless fabricated fabrication fabrications false innocent",
     (guint32) SPEECH_UNTRUE},
};

WordList speech_list(void)
{
  return (WordList){entries, G_N_ELEMENTS(entries)};
}
