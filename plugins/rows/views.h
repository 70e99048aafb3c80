/* SPDX-License-Identifier: Apache-2.0 */
/* The views, in SQL that databases agree on but for what is given to them. */
#pragma once

#define VIEW_WHO_SAID_WHAT                                                                         \
  "CREATE VIEW who_said_what AS\n"                                                                 \
  "  SELECT d.id AS document, d.published, d.title, q.speaker, q.polarity, q.modality, q.kind,\n"  \
  "    q.content, q.cue, q.source, q.confidence, q.start, q.\"end\", q.id AS quote\n"              \
  "  FROM quote AS q JOIN document AS d ON d.key = q.document;\n"

#define VIEW_DENIALS                                                                               \
  "CREATE VIEW denials_beside_allegations AS\n"                                                    \
  "  SELECT d.id AS document, d.published, d.title, a.claimant AS accuser,\n"                      \
  "    a.text AS allegation, n.claimant AS denier, n.text AS denial,\n"                            \
  "    a.id AS allegation_claim, n.id AS denial_claim\n"                                           \
  "  FROM claim AS a JOIN claim AS n ON n.document = a.document AND n.act = 'denial'\n"            \
  "    JOIN document AS d ON d.key = a.document\n"                                                 \
  "  WHERE a.act = 'allegation'\n"                                                                 \
  "    AND (a.quote IS NOT NULL OR NOT EXISTS (SELECT 1 FROM claim AS b\n"                         \
  "      WHERE b.document = a.document AND b.act = 'allegation' AND b.sentence = a.sentence\n"     \
  "        AND b.quote IS NOT NULL))\n"                                                            \
  "    AND (n.quote IS NOT NULL OR NOT EXISTS (SELECT 1 FROM claim AS b\n"                         \
  "      WHERE b.document = n.document AND b.act = 'denial' AND b.sentence = n.sentence\n"         \
  "        AND b.quote IS NOT NULL));\n"

/* Each says how many rows of a speaker's it holds for. */
#define VIEW_SPEAKERS(DIRECT, MIXED, INDIRECT, DENIED)                                             \
  "CREATE VIEW most_quoted_speakers AS\n"                                                          \
  "  SELECT speaker, count(*) AS quotes, count(DISTINCT document) AS documents,\n"                 \
  "    " DIRECT " AS direct, " MIXED " AS mixed,\n"                                                \
  "    " INDIRECT " AS indirect, " DENIED " AS denials\n"                                          \
  "  FROM quote WHERE speaker IS NOT NULL GROUP BY speaker ORDER BY quotes DESC, speaker;\n"

/* LAST: what puts rows without a value behind the others. */
#define VIEW_CHECKWORTHY(LAST)                                                                     \
  "CREATE VIEW checkworthy_claims AS\n"                                                            \
  "  SELECT d.id AS document, d.published, d.title, c.claimant, c.checkworthy, c.act,\n"           \
  "    c.certainty, c.text, c.start, c.\"end\", c.id AS claim\n"                                   \
  "  FROM claim AS c JOIN document AS d ON d.key = c.document\n"                                   \
  "  WHERE c.label = 'CFS' ORDER BY c.checkworthy DESC" LAST ", c.id;\n"
