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

/* A stretch in marks inside a quotation, marks included. */
typedef struct {
  guint32 open;
  guint32 close;
  guint32 quotation; /* the one it stands in */
} Inner;

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
  RULE_TURN,    /* of a transcript */
  RULE_HEADING, /* a name and a colon in a heading */
  RULE_NESTED,  /* a quotation inside a quotation, with a cue of its own */
  RULE_MODEL,   /* the trained model's, see model.h */
  N_RULES,
} Rule;

/* Where the words for the speaker were found. */
typedef enum {
  SOURCE_NONE,
  SOURCE_SUBJECT,    /* the subject of the cue */
  SOURCE_INVERTED,   /* behind the cue: "said Ada Quill" */
  SOURCE_SHARED,     /* that of the report before, or the clause's subject: "..., adding that" */
  SOURCE_OF_PAPER,   /* before a participle: "a statement saying" */
  SOURCE_BY,         /* behind "by" in the passive */
  SOURCE_COMPLEMENT, /* behind "according to" */
  SOURCE_INTRODUCED, /* before the colon */
  SOURCE_SIGNED,     /* behind the dash, or on the line below */
  SOURCE_LABEL,      /* of a transcript */
  SOURCE_BEFORE,     /* that of the quotation before */
} SourceOrigin;

/* How the words for the speaker led to a name. */
typedef enum {
  NAMED_NOT,
  NAMED_MENTION, /* they are a name, in full or in part */
  NAMED_PRONOUN,
  NAMED_OWNER,  /* "his report" */
  NAMED_AUTHOR, /* "a report by X" */
  NAMED_ROLE,   /* the name stood beside this role before */
  NAMED_AGAIN,  /* the same noun spoke before */
  NAMED_BODY,   /* "the company": the organisation named last, or by this word */
  NAMED_APPOSED,
  NAMED_DESCRIPTION, /* there is no name */
  NAMED_SEVERAL,
  NAMED_CARRIED, /* the speaker of another attribution */
  NAMED_INTERVIEWEE,
  NAMED_LISTED, /* a person of the list in the words themselves */
} Naming;

#define MAX_PIECES 16

typedef struct {
  AverSpan pieces[MAX_PIECES]; /* content, bytes, in text order */
  guint32 n_pieces;
  Range cue;    /* tokens; empty when there is none */
  Range source; /* tokens; empty when there is none */
  Rule rule;
  float confidence;   /* the model's; 0 when that of the rule holds */
  guint32 candidate;  /* 1 + the model's candidate, 0 when the rules alone decided */
  guint32 antecedent; /* the attribution whose speaker this one takes, or NOWHERE */
  AverQuotePolarity polarity;
  AverQuoteModality modality;
  guint32 framed_by; /* the token that decided polarity or modality, NOWHERE when none did */
  guint32 outer;     /* the attribution of the quotation that this one is nested in, or NOWHERE */
  guint8 origin;     /* a SourceOrigin */
  guint8 naming;     /* a Naming */
  guint32 speaker;   /* an entity, or NOWHERE */
  AverSpan name;     /* the speaker's name in the text; empty when nobody is named */
  guint32 anchor;    /* the token at which the speaker is resolved */
  guint32 head;      /* hash of the source's head noun, 0 when it has none */
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
  GArray *inners;       /* Inner */
  GArray *attributions; /* Attribution */
  GArray *turns;        /* Range: what somebody says in a transcript */
  GArray *entities;     /* Entity */
  GArray *mentions;     /* Mention, see people.h */
  GArray *order;        /* guint32: attributions in the order of their sources */
  GArray *rows;         /* guint32: attributions in the order of their rows */
  guint32 interviewee;  /* the entity whose answers are marked "A:", or NOWHERE */
  guint32 *names;       /* pairs of a name's hash and its entity, NOWHERE when free */
  guint32 names_size;
  guint32 names_capacity;
  const AverLayer *listed; /* (nullable) the document's listed names, see listed.h */
  struct Trace *trace;     /* (nullable) takes what the rules tell, see trace.h */
  struct Trace *told;      /* (nullable) what they told of the document read last */
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

/* The bytes of tokens, of which there is at least one. */
static inline AverSpan span_of(const Reading *r, Range range)
{
  return (AverSpan){r->tokens[range.start].start, r->tokens[range.end - 1].end};
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

/* Whether a token is one of some words in lower case: most differ in their first letter. */
static inline gboolean word_is_one_of(const Reading *r, guint32 i, const char *const *words,
                                      gsize n_words)
{
  if (i >= r->n_tokens)
    return FALSE;
  char first = (char) (r->text[r->tokens[i].start] | 0x20);
  for (gsize k = 0; k < n_words; k++)
    if ((words[k][0] | 0x20) == first && word_is(r, i, words[k]))
      return TRUE;
  return FALSE;
}
#define WORD_IS_ONE_OF(r, i, words) word_is_one_of(r, i, words, G_N_ELEMENTS(words))

static inline const Range *sentence_of(const Reading *r, guint32 i)
{
  return &g_array_index(r->sentences, Range, r->sentence[i]);
}

static inline Quotation *quotation_at(const Reading *r, guint32 i)
{
  return &g_array_index(r->quotations, Quotation, i);
}

/* An attribution without anything known of it. */
#define NO_ATTRIBUTION                                                                             \
  ((Attribution){.antecedent = NOWHERE, .speaker = NOWHERE, .framed_by = NOWHERE, .outer = NOWHERE})

static inline Attribution *attribution_at(const Reading *r, guint32 i)
{
  return &g_array_index(r->attributions, Attribution, i);
}
