BEGIN TRANSACTION;
CREATE TABLE aver_job(job TEXT PRIMARY KEY, bytes INTEGER NOT NULL);
CREATE TABLE aver_layer(name TEXT PRIMARY KEY, columns TEXT NOT NULL);
INSERT INTO "aver_layer" VALUES('sentence','sentence');
INSERT INTO "aver_layer" VALUES('quote','quote content:P: cue:P: source:P: speaker:s: kind:e: polarity:e: confidence:f: modality:e:');
INSERT INTO "aver_layer" VALUES('claim','claim label:s: checkworthy:f: act:e: certainty:e: cue:P: claimant:s: sentence:r:sentence quote:r:quote probability:f: types:g:');
INSERT INTO "aver_layer" VALUES('token','token tag:e:');
INSERT INTO "aver_layer" VALUES('dependency','dependency head:r:token relation:e:');
CREATE TABLE "claim"(
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document(key) ON DELETE CASCADE,
  row INTEGER NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  text TEXT NOT NULL,
  "label" TEXT,
  "checkworthy" REAL,
  "act" TEXT,
  "certainty" TEXT,
  "cue" TEXT,
  "cue_spans" TEXT,
  "claimant" TEXT,
  "sentence" INTEGER REFERENCES "sentence"(id),
  "quote" INTEGER REFERENCES "quote"(id),
  "probability" REAL,
  "types" TEXT);
INSERT INTO "claim" VALUES(4294967296,1,0,0,42,'Council backs down over library ''book tax''','NFS',0.0,NULL,NULL,NULL,NULL,NULL,4294967296,NULL,NULL,'');
INSERT INTO "claim" VALUES(4294967297,1,1,44,85,'By Fenella Goff, local democracy reporter','NFS',0.0,NULL,NULL,NULL,NULL,NULL,4294967297,NULL,NULL,'');
INSERT INTO "claim" VALUES(4294967298,1,2,87,244,'Plans to charge readers 50 pennets to reserve a book were dropped by Brask Vale District Council on Monday after 2,700 people signed a petition against them.','CFS',0.98091996,'assertion','asserted',NULL,NULL,NULL,4294967298,NULL,0.98091996,'quantity|comparison|event');
INSERT INTO "claim" VALUES(4294967299,1,3,246,437,'Council leader Martin Eddow told a packed meeting: "I have had letters, I have had emails, and I''ve had a lady outside the butcher''s tell me, ''Young man, you ought to be ashamed of yourself.''','NFS',0.0,'assertion','asserted',NULL,NULL,NULL,4294967299,NULL,NULL,'');
INSERT INTO "claim" VALUES(4294967300,1,4,297,437,'"I have had letters, I have had emails, and I''ve had a lady outside the butcher''s tell me, ''Young man, you ought to be ashamed of yourself.''','UFS',0.02489558,'demand','asserted','ought','[[404,409]]','Martin Eddow',4294967299,4294967296,0.9622465,'personal');
INSERT INTO "claim" VALUES(4294967301,1,5,438,453,'She was right."','NFS',0.0,'assertion','asserted',NULL,NULL,NULL,4294967300,NULL,NULL,'');
INSERT INTO "claim" VALUES(4294967302,1,6,438,453,'She was right."','UFS',0.06401747,'assertion','asserted',NULL,NULL,'Martin Eddow',4294967300,4294967296,0.30086717,'');
INSERT INTO "claim" VALUES(4294967303,1,7,455,598,'Cllr. Eddow, 58, explained that the charge, which would have raised about 36,000 crowns a year, had been proposed "in haste and in good faith".','NFS',0.0,'assertion','asserted',NULL,NULL,NULL,4294967301,NULL,NULL,'quantity');
INSERT INTO "claim" VALUES(4294967304,1,8,487,597,'the charge, which would have raised about 36,000 crowns a year, had been proposed "in haste and in good faith"','CFS',0.840639,'assertion','asserted',NULL,NULL,'Martin Eddow',4294967301,4294967297,0.840639,'quantity|event');
INSERT INTO "claim" VALUES(4294967305,1,9,600,640,'Opposition councillors were unimpressed.','NFS',0.23134144,'assertion','asserted',NULL,NULL,NULL,4294967302,NULL,0.69173545,'event');
INSERT INTO "claim" VALUES(4294967306,1,10,641,812,'Joan Tibbet (Independent, Mill Ward) accused the administration of "making policy on the back of a beer mat" and asked why the libraries'' own staff had not been consulted.','UFS',0.0,'allegation','asserted','accused','[[678,685]]',NULL,4294967303,NULL,NULL,'event');
INSERT INTO "claim" VALUES(4294967307,1,11,686,749,'the administration of "making policy on the back of a beer mat"','UFS',0.11233394,'allegation','asserted','accused','[[678,685]]','Joan Tibbet',4294967303,4294967298,0.091979556,'rules');
INSERT INTO "claim" VALUES(4294967308,1,12,760,811,'why the libraries'' own staff had not been consulted','NFS',0.115700595,'question','negated','asked not','[[754,759],[793,796]]','Joan Tibbet',4294967303,4294967299,0.7687459,'event');
INSERT INTO "claim" VALUES(4294967309,1,13,814,872,'"One librarian said to me, ''We found out from the radio,''"','NFS',0.0,'assertion','asserted',NULL,NULL,'Joan Tibbet',4294967304,4294967300,NULL,'');
INSERT INTO "claim" VALUES(4294967310,1,14,814,885,'"One librarian said to me, ''We found out from the radio,''" she went on.','NFS',0.0,'assertion','asserted',NULL,NULL,NULL,4294967304,NULL,NULL,'event');
INSERT INTO "claim" VALUES(4294967311,1,15,841,871,'''We found out from the radio,''','UFS',0.08358942,'assertion','asserted',NULL,NULL,'One librarian',4294967304,4294967301,0.46908492,'event');
INSERT INTO "claim" VALUES(4294967312,1,16,886,916,'"What does that say about us?"','NFS',0.006389486,'question','asserted','?','[[914,915]]',NULL,4294967305,NULL,0.95190907,'');
INSERT INTO "claim" VALUES(4294967313,1,17,918,1007,'The council''s head of culture, Pell Garrity, denied that staff had been kept in the dark.','UFS',0.0,'denial','asserted','denied','[[963,969]]',NULL,4294967306,NULL,NULL,'event');
INSERT INTO "claim" VALUES(4294967314,1,18,975,1006,'staff had been kept in the dark','CFS',0.7063139,'denial','asserted','denied','[[963,969]]','Pell Garrity',4294967306,4294967302,0.7063139,'event');
INSERT INTO "claim" VALUES(4294967315,1,19,1008,1063,'A briefing note was sent to all five branches on Oct. 2','CFS',0.69729817,'assertion','asserted',NULL,NULL,'Pell Garrity',4294967307,4294967303,0.69729817,'quantity|event');
INSERT INTO "claim" VALUES(4294967316,1,20,1008,1132,'A briefing note was sent to all five branches on Oct. 2, he said, though he admitted it had been marked "for managers only".','NFS',0.0,'assertion','asserted',NULL,NULL,NULL,4294967307,NULL,NULL,'');
INSERT INTO "claim" VALUES(4294967317,1,21,1093,1131,'it had been marked "for managers only"','UFS',0.29362375,'assertion','asserted',NULL,NULL,'Pell Garrity',4294967307,4294967304,0.24192445,'event');
INSERT INTO "claim" VALUES(4294967318,1,22,1134,1275,'Campaigner Rosie Tamblin, who organised the petition, hailed the U-turn as "brilliant news for anyone who can''t afford a shelf of their own".','NFS',0.0,'evaluation','asserted','hailed','[[1188,1194]]',NULL,4294967308,NULL,NULL,'opinion|event');
INSERT INTO "claim" VALUES(4294967319,1,23,1195,1274,'the U-turn as "brilliant news for anyone who can''t afford a shelf of their own"','UFS',0.24382417,'evaluation','asserted','hailed','[[1188,1194]]','Rosie Tamblin',4294967308,4294967305,0.26803252,'opinion');
INSERT INTO "claim" VALUES(4294967320,1,24,1276,1413,'She called on the council to go further and restore Saturday opening at the Mill Ward branch, which has been shut at weekends since 2019.','CFS',0.7136434,'demand','asserted','called','[[1280,1286]]',NULL,4294967309,NULL,0.7136434,'event');
INSERT INTO "claim" VALUES(4294967321,1,25,1290,1315,'the council to go further','NFS',0.045960363,'demand','asserted','called','[[1280,1286]]','Rosie Tamblin',4294967309,4294967306,0.93066275,'');
INSERT INTO "claim" VALUES(4294967322,1,26,1415,1451,'That would cost 18,500 crowns a year','CFS',0.82538986,'assertion','asserted',NULL,NULL,'council papers',4294967310,4294967307,0.82538986,'quantity');
INSERT INTO "claim" VALUES(4294967323,1,27,1415,1481,'That would cost 18,500 crowns a year, according to council papers.','NFS',0.0,'assertion','asserted',NULL,NULL,NULL,4294967310,NULL,NULL,'');
INSERT INTO "claim" VALUES(4294967324,1,28,1482,1553,'Members voted 14 to 9 to look at the idea in the spring; two abstained.','CFS',0.6198811,'assertion','asserted',NULL,NULL,NULL,4294967311,NULL,0.6198811,'quantity|event');
INSERT INTO "claim" VALUES(4294967325,1,29,1555,1643,'The branch''s early-morning reading club, "Books for Breakfast", will carry on as before.','NFS',0.13641876,'prediction','asserted','will','[[1619,1623]]',NULL,4294967312,NULL,0.7364335,'prediction');
INSERT INTO "claim" VALUES(4294967326,1,30,1645,1726,'"No child in this district will pay to borrow a story while I sit in this chair,"','UFS',0.22485976,'prediction','negated','No will','[[1646,1648],[1672,1676]]','Martin Eddow',4294967313,4294967308,0.58331335,'prediction');
INSERT INTO "claim" VALUES(4294967327,1,31,1645,1767,'"No child in this district will pay to borrow a story while I sit in this chair," said Mr. Eddow as he closed the meeting.','NFS',0.0,'assertion','asserted',NULL,NULL,NULL,4294967313,NULL,NULL,'event');
CREATE TABLE "dependency"(
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document(key) ON DELETE CASCADE,
  row INTEGER NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  text TEXT NOT NULL,
  "head" INTEGER REFERENCES "token"(id),
  "relation" TEXT);
CREATE TABLE document(
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  published TEXT,
  title TEXT,
  author TEXT,
  language TEXT,
  source TEXT,
  bytes INTEGER NOT NULL,
  text TEXT);
INSERT INTO "document" VALUES(1,'tests/articles/council-library.txt',NULL,NULL,NULL,NULL,'tests/articles/council-library.txt',1768,'Council backs down over library ''book tax''

By Fenella Goff, local democracy reporter

Plans to charge readers 50 pennets to reserve a book were dropped by Brask Vale District Council on Monday after 2,700 people signed a petition against them.

Council leader Martin Eddow told a packed meeting: "I have had letters, I have had emails, and I''ve had a lady outside the butcher''s tell me, ''Young man, you ought to be ashamed of yourself.'' She was right."

Cllr. Eddow, 58, explained that the charge, which would have raised about 36,000 crowns a year, had been proposed "in haste and in good faith".

Opposition councillors were unimpressed. Joan Tibbet (Independent, Mill Ward) accused the administration of "making policy on the back of a beer mat" and asked why the libraries'' own staff had not been consulted.

"One librarian said to me, ''We found out from the radio,''" she went on. "What does that say about us?"

The council''s head of culture, Pell Garrity, denied that staff had been kept in the dark. A briefing note was sent to all five branches on Oct. 2, he said, though he admitted it had been marked "for managers only".

Campaigner Rosie Tamblin, who organised the petition, hailed the U-turn as "brilliant news for anyone who can''t afford a shelf of their own". She called on the council to go further and restore Saturday opening at the Mill Ward branch, which has been shut at weekends since 2019.

That would cost 18,500 crowns a year, according to council papers. Members voted 14 to 9 to look at the idea in the spring; two abstained.

The branch''s early-morning reading club, "Books for Breakfast", will carry on as before.

"No child in this district will pay to borrow a story while I sit in this chair," said Mr. Eddow as he closed the meeting.
');
CREATE TABLE metadata(
  document INTEGER NOT NULL REFERENCES document(key) ON DELETE CASCADE,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  json INTEGER NOT NULL,
  PRIMARY KEY(document, key)) WITHOUT ROWID;
INSERT INTO "metadata" VALUES(1,'source','tests/articles/council-library.txt',0);
CREATE TABLE "quote"(
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document(key) ON DELETE CASCADE,
  row INTEGER NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  text TEXT NOT NULL,
  "content" TEXT,
  "content_spans" TEXT,
  "cue" TEXT,
  "cue_spans" TEXT,
  "source" TEXT,
  "source_spans" TEXT,
  "speaker" TEXT,
  "kind" TEXT,
  "polarity" TEXT,
  "confidence" REAL,
  "modality" TEXT);
INSERT INTO "quote" VALUES(4294967296,1,0,246,453,'Council leader Martin Eddow told a packed meeting: "I have had letters, I have had emails, and I''ve had a lady outside the butcher''s tell me, ''Young man, you ought to be ashamed of yourself.'' She was right."','"I have had letters, I have had emails, and I''ve had a lady outside the butcher''s tell me, ''Young man, you ought to be ashamed of yourself.'' She was right."','[[297,453]]','told','[[274,278]]','Council leader Martin Eddow','[[246,273]]','Martin Eddow','direct','affirmed',0.971564,'factual');
INSERT INTO "quote" VALUES(4294967297,1,1,461,597,'Eddow, 58, explained that the charge, which would have raised about 36,000 crowns a year, had been proposed "in haste and in good faith"','the charge, which would have raised about 36,000 crowns a year, had been proposed "in haste and in good faith"','[[487,597]]','explained','[[472,481]]','Eddow, 58,','[[461,471]]','Martin Eddow','mixed','affirmed',0.96538115,'factual');
INSERT INTO "quote" VALUES(4294967298,1,2,641,749,'Joan Tibbet (Independent, Mill Ward) accused the administration of "making policy on the back of a beer mat"','the administration of "making policy on the back of a beer mat"','[[686,749]]','accused','[[678,685]]','Joan Tibbet (Independent, Mill Ward)','[[641,677]]','Joan Tibbet','mixed','affirmed',0.92944044,'factual');
INSERT INTO "quote" VALUES(4294967299,1,3,641,811,'Joan Tibbet (Independent, Mill Ward) accused the administration of "making policy on the back of a beer mat" and asked why the libraries'' own staff had not been consulted','why the libraries'' own staff had not been consulted','[[760,811]]','asked','[[754,759]]','Joan Tibbet (Independent, Mill Ward)','[[641,677]]','Joan Tibbet','indirect','affirmed',0.48438004,'interrogative');
INSERT INTO "quote" VALUES(4294967300,1,4,814,916,'"One librarian said to me, ''We found out from the radio,''" she went on. "What does that say about us?"','"One librarian said to me, ''We found out from the radio,''" "What does that say about us?"','[[814,872],[886,916]]','went on','[[877,884]]','she','[[873,876]]','Joan Tibbet','direct','affirmed',0.9390248,'factual');
INSERT INTO "quote" VALUES(4294967301,1,5,815,871,'One librarian said to me, ''We found out from the radio,''','''We found out from the radio,''','[[841,871]]','said','[[829,833]]','One librarian','[[815,828]]','One librarian','direct','affirmed',0.6,'factual');
INSERT INTO "quote" VALUES(4294967302,1,6,918,1006,'The council''s head of culture, Pell Garrity, denied that staff had been kept in the dark','staff had been kept in the dark','[[975,1006]]','denied','[[963,969]]','The council''s head of culture, Pell Garrity,','[[918,962]]','Pell Garrity','indirect','denied',0.71542406,'factual');
INSERT INTO "quote" VALUES(4294967303,1,7,1008,1072,'A briefing note was sent to all five branches on Oct. 2, he said','A briefing note was sent to all five branches on Oct. 2','[[1008,1063]]','said','[[1068,1072]]','he','[[1065,1067]]','Pell Garrity','indirect','affirmed',0.8840393,'factual');
INSERT INTO "quote" VALUES(4294967304,1,8,1081,1131,'he admitted it had been marked "for managers only"','it had been marked "for managers only"','[[1093,1131]]','admitted','[[1084,1092]]','he','[[1081,1083]]','Pell Garrity','mixed','affirmed',0.692642,'factual');
INSERT INTO "quote" VALUES(4294967305,1,9,1134,1274,'Campaigner Rosie Tamblin, who organised the petition, hailed the U-turn as "brilliant news for anyone who can''t afford a shelf of their own"','the U-turn as "brilliant news for anyone who can''t afford a shelf of their own"','[[1195,1274]]','hailed','[[1188,1194]]','Campaigner Rosie Tamblin, who organised the petition,','[[1134,1187]]','Rosie Tamblin','mixed','affirmed',0.9518632,'factual');
INSERT INTO "quote" VALUES(4294967306,1,10,1276,1315,'She called on the council to go further','the council to go further','[[1290,1315]]','called on','[[1280,1289]]','She','[[1276,1279]]','Rosie Tamblin','indirect','affirmed',0.62977463,'factual');
INSERT INTO "quote" VALUES(4294967307,1,11,1415,1480,'That would cost 18,500 crowns a year, according to council papers','That would cost 18,500 crowns a year','[[1415,1451]]','according to','[[1453,1465]]','council papers','[[1466,1480]]','council papers','indirect','affirmed',0.91610974,'factual');
INSERT INTO "quote" VALUES(4294967308,1,12,1645,1741,'"No child in this district will pay to borrow a story while I sit in this chair," said Mr. Eddow','"No child in this district will pay to borrow a story while I sit in this chair,"','[[1645,1726]]','said','[[1727,1731]]','Mr. Eddow','[[1732,1741]]','Martin Eddow','direct','affirmed',0.97324073,'factual');
CREATE TABLE "sentence"(
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document(key) ON DELETE CASCADE,
  row INTEGER NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  text TEXT NOT NULL);
INSERT INTO "sentence" VALUES(4294967296,1,0,0,42,'Council backs down over library ''book tax''');
INSERT INTO "sentence" VALUES(4294967297,1,1,44,85,'By Fenella Goff, local democracy reporter');
INSERT INTO "sentence" VALUES(4294967298,1,2,87,244,'Plans to charge readers 50 pennets to reserve a book were dropped by Brask Vale District Council on Monday after 2,700 people signed a petition against them.');
INSERT INTO "sentence" VALUES(4294967299,1,3,246,437,'Council leader Martin Eddow told a packed meeting: "I have had letters, I have had emails, and I''ve had a lady outside the butcher''s tell me, ''Young man, you ought to be ashamed of yourself.''');
INSERT INTO "sentence" VALUES(4294967300,1,4,438,453,'She was right."');
INSERT INTO "sentence" VALUES(4294967301,1,5,455,598,'Cllr. Eddow, 58, explained that the charge, which would have raised about 36,000 crowns a year, had been proposed "in haste and in good faith".');
INSERT INTO "sentence" VALUES(4294967302,1,6,600,640,'Opposition councillors were unimpressed.');
INSERT INTO "sentence" VALUES(4294967303,1,7,641,812,'Joan Tibbet (Independent, Mill Ward) accused the administration of "making policy on the back of a beer mat" and asked why the libraries'' own staff had not been consulted.');
INSERT INTO "sentence" VALUES(4294967304,1,8,814,885,'"One librarian said to me, ''We found out from the radio,''" she went on.');
INSERT INTO "sentence" VALUES(4294967305,1,9,886,916,'"What does that say about us?"');
INSERT INTO "sentence" VALUES(4294967306,1,10,918,1007,'The council''s head of culture, Pell Garrity, denied that staff had been kept in the dark.');
INSERT INTO "sentence" VALUES(4294967307,1,11,1008,1132,'A briefing note was sent to all five branches on Oct. 2, he said, though he admitted it had been marked "for managers only".');
INSERT INTO "sentence" VALUES(4294967308,1,12,1134,1275,'Campaigner Rosie Tamblin, who organised the petition, hailed the U-turn as "brilliant news for anyone who can''t afford a shelf of their own".');
INSERT INTO "sentence" VALUES(4294967309,1,13,1276,1413,'She called on the council to go further and restore Saturday opening at the Mill Ward branch, which has been shut at weekends since 2019.');
INSERT INTO "sentence" VALUES(4294967310,1,14,1415,1481,'That would cost 18,500 crowns a year, according to council papers.');
INSERT INTO "sentence" VALUES(4294967311,1,15,1482,1553,'Members voted 14 to 9 to look at the idea in the spring; two abstained.');
INSERT INTO "sentence" VALUES(4294967312,1,16,1555,1643,'The branch''s early-morning reading club, "Books for Breakfast", will carry on as before.');
INSERT INTO "sentence" VALUES(4294967313,1,17,1645,1767,'"No child in this district will pay to borrow a story while I sit in this chair," said Mr. Eddow as he closed the meeting.');
CREATE TABLE "token"(
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document(key) ON DELETE CASCADE,
  row INTEGER NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  text TEXT NOT NULL,
  "tag" TEXT);
CREATE VIEW who_said_what AS
  SELECT d.id AS document, d.published, d.title, q.speaker, q.polarity, q.modality, q.kind,
    q.content, q.cue, q.source, q.confidence, q.start, q."end", q.id AS quote
  FROM quote AS q JOIN document AS d ON d.key = q.document;
CREATE VIEW denials_beside_allegations AS
  SELECT d.id AS document, d.published, d.title, a.claimant AS accuser,
    a.text AS allegation, n.claimant AS denier, n.text AS denial,
    a.id AS allegation_claim, n.id AS denial_claim
  FROM claim AS a JOIN claim AS n ON n.document = a.document AND n.act = 'denial'
    JOIN document AS d ON d.key = a.document
  WHERE a.act = 'allegation'
    AND (a.quote IS NOT NULL OR NOT EXISTS (SELECT 1 FROM claim AS b
      WHERE b.document = a.document AND b.act = 'allegation' AND b.sentence = a.sentence
        AND b.quote IS NOT NULL))
    AND (n.quote IS NOT NULL OR NOT EXISTS (SELECT 1 FROM claim AS b
      WHERE b.document = n.document AND b.act = 'denial' AND b.sentence = n.sentence
        AND b.quote IS NOT NULL));
CREATE VIEW most_quoted_speakers AS
  SELECT speaker, count(*) AS quotes, count(DISTINCT document) AS documents,
    sum(kind = 'direct') AS direct, sum(kind = 'mixed') AS mixed,
    sum(kind = 'indirect') AS indirect, sum(polarity = 'denied') AS denials
  FROM quote WHERE speaker IS NOT NULL GROUP BY speaker ORDER BY quotes DESC, speaker;
CREATE VIEW checkworthy_claims AS
  SELECT d.id AS document, d.published, d.title, c.claimant, c.checkworthy, c.act,
    c.certainty, c.text, c.start, c."end", c.id AS claim
  FROM claim AS c JOIN document AS d ON d.key = c.document
  WHERE c.label = 'CFS' ORDER BY c.checkworthy DESC, c.id;
CREATE INDEX document_published ON document(published);
CREATE INDEX "sentence_document" ON "sentence"(document);
CREATE INDEX "quote_document" ON "quote"(document);
CREATE INDEX "claim_document" ON "claim"(document, act);
CREATE INDEX "token_document" ON "token"(document);
CREATE INDEX "dependency_document" ON "dependency"(document);
CREATE INDEX quote_speaker ON quote(speaker);
CREATE INDEX claim_label ON claim(label, checkworthy DESC);
CREATE INDEX claim_allegation ON claim(document) WHERE act = 'allegation';
COMMIT;
