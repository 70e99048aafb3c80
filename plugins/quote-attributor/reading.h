/* SPDX-License-Identifier: Apache-2.0 */
/* One document as the rules see it: tagged tokens, sentences, quotations, and what was found. */
#pragma once

#include "words.h"

#include <string.h>

/* The roles of tokens in a sentence, guessed from the word and its neighbours. */
typedef enum {
  TAG_OTHER,
  TAG_NOUN, /* nouns, adjectives, whatever is unknown */
  TAG_NAME,
  TAG_NUMBER,
  TAG_TIME,
  TAG_DETERMINER,
  TAG_POSSESSIVE, /* my, his */
  TAG_CLITIC,     /* the 's of a possessor */
  TAG_SUBJECT,
  TAG_OBJECT,
  TAG_RELATIVE,
  TAG_THAT,
  TAG_SUBORDINATOR,
  TAG_COORDINATOR,
  TAG_PREPOSITION,
  TAG_TO,
  TAG_ADVERB,
  TAG_BE,
  TAG_HAVE,
  TAG_DO,
  TAG_MODAL,
  TAG_NOT,
  TAG_VERB, /* finite, or the base after "to" and modals */
  TAG_ED,   /* past tense or participle */
  TAG_ING,
  TAG_COMMA,
  TAG_COLON,
  TAG_SEMICOLON,
  TAG_DASH,
  TAG_STOP, /* . ! ? and ellipses */
  TAG_OPEN, /* an outer opening quotation mark */
  TAG_CLOSE,
  TAG_INNER, /* any other quotation mark */
  TAG_LEFT,  /* ( [ */
  TAG_RIGHT,
} Tag;

#define NOWHERE G_MAXUINT32

/* Tokens [start, end). */
typedef struct {
  guint32 start;
  guint32 end;
} Range;

/* A stretch in quotation marks. */
typedef struct {
  guint32 open;  /* the token of the opening mark */
  guint32 close; /* that of the closing mark; when closed is FALSE, the paragraph's last token */
  guint32 continues;   /* the quotation that this one carries on from the paragraph before */
  guint32 attribution; /* the attribution it belongs to, NOWHERE while there is none */
  gboolean closed;
} Quotation;

/* Which rule made an attribution; its confidence follows from it. */
typedef enum {
  RULE_QUOTE_CUE,     /* a quotation with a cue and a source beside it */
  RULE_QUOTE_COLON,   /* name and colon, dash and name, transcript turns */
  RULE_QUOTE_CARRIED, /* a quotation that goes on for the speaker before it */
  RULE_QUOTE_FLOATING,
  RULE_MIXED,
  RULE_THAT,
  RULE_BARE,
  RULE_TRAILING, /* "..., he said" */
  RULE_ACCORDING,
  RULE_OBJECT,
  RULE_INFINITIVE,
  RULE_WHETHER,
  RULE_NOUN,
  RULE_STANCE,
  RULE_PARTICIPLE,
  RULE_TURN, /* of a transcript */
  N_RULES,
} Rule;

#define MAX_PIECES 16

typedef struct {
  AverSpan pieces[MAX_PIECES]; /* content, bytes, in text order */
  guint32 n_pieces;
  Range cue;    /* tokens; empty when there is none */
  Range source; /* tokens; empty when there is none */
  Rule rule;
  guint32 antecedent; /* the attribution whose speaker this one takes, or NOWHERE */
  AverQuotePolarity polarity;
  guint32 speaker; /* an entity, or NOWHERE */
  AverSpan name;   /* the speaker's name in the text; empty when nobody is named */
  guint32 anchor;  /* the token at which the speaker is resolved */
  guint32 head;    /* hash of the source's head noun, 0 when it has none */
  gboolean plural;
  gboolean person;
} Attribution;

/* Somebody, or something, that the document names. */
typedef struct {
  Range name;    /* the fullest form, without titles */
  guint8 kind;   /* an EntityKind */
  guint8 gender; /* a Gender */
} Entity;

typedef struct {
  const Words *words;
  const char *text;
  guint32 length;
  const AverToken *tokens;
  guint32 n_tokens;
  gboolean wrapped; /* its lines are broken to fit a width: line breaks mean nothing */

  guint32 capacity;
  guint32 *meaning;  /* per token: index into words->meanings */
  guint32 *sentence; /* per token: index into sentences */
  guint32 *inside;   /* per token: the quotation it stands in, NOWHERE outside */
  guint8 *tag;       /* per token: a Tag */

  GArray *sentences;    /* Range */
  GArray *quotations;   /* Quotation */
  GArray *attributions; /* Attribution */
  GArray *turns;        /* Range: what somebody says in a transcript */
  GArray *entities;     /* Entity */
  GArray *mentions;     /* Mention, see people.h */
  GArray *order;        /* guint32: attributions in the order of their sources or rows */
  guint32 interviewee;  /* the entity whose answers are marked "A:", or NOWHERE */
  guint32 *names;       /* pairs of a name's hash and its entity, NOWHERE when free */
  guint32 names_size;
  guint32 names_capacity;
} Reading;

Reading *reading_new(const Words *words);
void reading_free(Reading *reading);

/* Takes a document's tokens, looks every word up, and finds its sentences. */
void reading_start(Reading *reading, AverDocument *document, const AverLayer *sentences);

/* Gives every token its tag; the marks have to be paired before. */
void reading_tag(Reading *reading);

static inline const Meaning *meaning_at(const Reading *r, guint32 i)
{
  return &r->words->meanings[r->meaning[i]];
}

static inline guint32 grammar_at(const Reading *r, guint32 i)
{
  return meaning_at(r, i)->grammar;
}

static inline guint32 verb_at(const Reading *r, guint32 i)
{
  return meaning_at(r, i)->verb;
}

static inline Tag tag_at(const Reading *r, guint32 i)
{
  return (Tag) r->tag[i];
}

static inline gboolean has_tag(const Reading *r, guint32 i, guint64 tags)
{
  return (tags >> r->tag[i] & 1) != 0;
}
#define TAGS(name) (G_GUINT64_CONSTANT(1) << TAG_##name)

static inline gboolean flag_at(const Reading *r, guint32 i, guint flag)
{
  return (r->tokens[i].flags & flag) != 0;
}

/* Whether a token starts a paragraph. */
static inline gboolean starts_paragraph(const Reading *r, guint32 i)
{
  guint breaks = AVER_TOKEN_PARAGRAPH_START | (r->wrapped ? 0 : AVER_TOKEN_LINE_START);
  return flag_at(r, i, breaks);
}

/* Whether a token is the word given in lower case. */
static inline gboolean word_is(const Reading *r, guint32 i, const char *word)
{
  if (i >= r->n_tokens)
    return FALSE;
  gsize length = strlen(word);
  const AverToken *token = &r->tokens[i];
  const char *text = r->text + token->start;
  return token->end - token->start == length && (text[0] | 0x20) == (word[0] | 0x20) &&
         g_ascii_strncasecmp(text, word, length) == 0;
}

static inline const Range *sentence_of(const Reading *r, guint32 i)
{
  return &g_array_index(r->sentences, Range, r->sentence[i]);
}

static inline Quotation *quotation_at(const Reading *r, guint32 i)
{
  return &g_array_index(r->quotations, Quotation, i);
}

static inline Attribution *attribution_at(const Reading *r, guint32 i)
{
  return &g_array_index(r->attributions, Attribution, i);
}
