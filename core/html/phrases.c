/* SPDX-License-Identifier: Apache-2.0 */
/* Phrases by which short blocks say that they are no part of an article. */
#include "phrases.h"

#include <string.h>

/* A block longer than this is running text in which the phrases inside mean nothing. */
#define SHORT 300

typedef struct {
  const char *phrase; /* lower case; ASCII letters match either case */
  guint32 meaning;
} Phrase;

/* At the beginning of a block. English, and what German, French, Spanish, Italian and Portuguese
 * sites say most. */
static const Phrase beginnings[] = {
    {"also read", PHRASE_MORE},
    {"also see", PHRASE_MORE},
    {"click here", PHRASE_MORE},
    {"don't miss", PHRASE_MORE},
    {"explore more", PHRASE_MORE},
    {"further reading", PHRASE_MORE},
    {"keep reading", PHRASE_MORE},
    {"latest news", PHRASE_MORE},
    {"leggi anche", PHRASE_MORE},
    {"leia mais", PHRASE_MORE},
    {"leia também", PHRASE_MORE},
    {"lesen sie", PHRASE_MORE},
    {"lire aussi", PHRASE_MORE},
    {"mehr zum thema", PHRASE_MORE},
    {"more:", PHRASE_MORE},
    {"more from", PHRASE_MORE},
    {"more news", PHRASE_MORE},
    {"more on", PHRASE_MORE},
    {"more stories", PHRASE_MORE},
    {"most popular", PHRASE_MORE},
    {"most read", PHRASE_MORE},
    {"next story", PHRASE_MORE},
    {"see also", PHRASE_MORE},
    {"see more", PHRASE_MORE},
    {"read also", PHRASE_MORE},
    {"read more", PHRASE_MORE},
    {"read next", PHRASE_MORE},
    {"read:", PHRASE_MORE},
    {"read the full", PHRASE_MORE},
    {"recommended", PHRASE_MORE},
    {"related", PHRASE_MORE},
    {"top stories", PHRASE_MORE},
    {"trending", PHRASE_MORE},
    {"vedi anche", PHRASE_MORE},
    {"ver también", PHRASE_MORE},
    {"watch:", PHRASE_MORE},
    {"watch more", PHRASE_MORE},
    {"you may also", PHRASE_MORE},
    {"you might also", PHRASE_MORE},
    {"ad", PHRASE_AD},
    {"ads", PHRASE_AD},
    {"advert", PHRASE_AD},
    {"advertisement", PHRASE_AD},
    {"advertising", PHRASE_AD},
    {"anzeige", PHRASE_AD},
    {"publicidad", PHRASE_AD},
    {"publicidade", PHRASE_AD},
    {"publicité", PHRASE_AD},
    {"pubblicità", PHRASE_AD},
    {"sponsored", PHRASE_AD},
    {"story continues", PHRASE_AD},
    {"article continues", PHRASE_AD},
    {"scroll to continue", PHRASE_AD},
    {"continue reading", PHRASE_AD},
    {"follow", PHRASE_SHARE},
    {"like us", PHRASE_SHARE},
    {"like this", PHRASE_SHARE},
    {"share", PHRASE_SHARE},
    {"tweet", PHRASE_SHARE},
    {"email this", PHRASE_SHARE},
    {"print", PHRASE_SHARE},
    {"facebook", PHRASE_SHARE},
    {"twitter", PHRASE_SHARE},
    {"whatsapp", PHRASE_SHARE},
    {"by", PHRASE_BYLINE},
    {"contact", PHRASE_BYLINE},
    {"email", PHRASE_BYLINE},
    {"reported by", PHRASE_BYLINE},
    {"reporting by", PHRASE_BYLINE},
    {"editing by", PHRASE_BYLINE},
    {"von", PHRASE_BYLINE},
    {"written by", PHRASE_BYLINE},
    {"credit", PHRASE_CREDIT},
    {"foto", PHRASE_CREDIT},
    {"image", PHRASE_CREDIT},
    {"photo", PHRASE_CREDIT},
    {"photograph", PHRASE_CREDIT},
    {"picture", PHRASE_CREDIT},
    {"source", PHRASE_CREDIT},
    {"via", PHRASE_CREDIT},
    {"video", PHRASE_CREDIT},
    {"(photo", PHRASE_CREDIT},
    {"(image", PHRASE_CREDIT},
    {"get the", PHRASE_SUBSCRIBE},
    {"join", PHRASE_SUBSCRIBE},
    {"log in", PHRASE_SUBSCRIBE},
    {"sign in", PHRASE_SUBSCRIBE},
    {"sign up", PHRASE_SUBSCRIBE},
    {"subscribe", PHRASE_SUBSCRIBE},
    {"download", PHRASE_SUBSCRIBE},
    {"already a subscriber", PHRASE_SUBSCRIBE},
    {"thanks for", PHRASE_SUBSCRIBE},
    {"thank you for", PHRASE_SUBSCRIBE},
    {"first published", PHRASE_DATE},
    {"last modified", PHRASE_DATE},
    {"last updated", PHRASE_DATE},
    {"posted", PHRASE_DATE},
    {"published", PHRASE_DATE},
    {"updated", PHRASE_DATE},
    {"comment", PHRASE_COMMENT},
    {"comments", PHRASE_COMMENT},
    {"join the conversation", PHRASE_COMMENT},
    {"leave a", PHRASE_COMMENT},
    {"no comments", PHRASE_COMMENT},
    {"post a comment", PHRASE_COMMENT},
    {"reply", PHRASE_COMMENT},
    {"view comments", PHRASE_COMMENT},
    {"what do you think", PHRASE_COMMENT},
    {"categories", PHRASE_TAGS},
    {"category", PHRASE_TAGS},
    {"filed under", PHRASE_TAGS},
    {"keywords", PHRASE_TAGS},
    {"posted in", PHRASE_TAGS},
    {"tagged", PHRASE_TAGS},
    {"tags", PHRASE_TAGS},
    {"topics", PHRASE_TAGS},
};

/* Anywhere in a short block. */
static const Phrase insides[] = {
    {"all rights reserved", PHRASE_RIGHTS},
    {"copyright", PHRASE_RIGHTS},
    {"©", PHRASE_RIGHTS},
    {"getty images", PHRASE_CREDIT},
    {"(ap photo", PHRASE_CREDIT},
    {"photo by", PHRASE_CREDIT},
    {"newsletter", PHRASE_SUBSCRIBE},
    {"subscribe", PHRASE_SUBSCRIBE},
    {"subscriber", PHRASE_SUBSCRIBE},
    {"sign up", PHRASE_SUBSCRIBE},
    {"click here", PHRASE_MORE},
    {"follow us", PHRASE_SHARE},
    {"on twitter", PHRASE_SHARE},
    {"on facebook", PHRASE_SHARE},
    {"affiliate", PHRASE_AD},
    {"commission", PHRASE_AD},
    {"contributed to this", PHRASE_BYLINE},
    {"contributed reporting", PHRASE_BYLINE},
    {"may not be", PHRASE_RIGHTS},
    {"can be reached", PHRASE_BIO},
    {"reach her", PHRASE_BIO},
    {"reach him", PHRASE_BIO},
    {"follow her", PHRASE_BIO},
    {"follow him", PHRASE_BIO},
    {"follow them", PHRASE_BIO},
    {"contact the", PHRASE_BIO},
    {"is the author", PHRASE_BIO},
    {"is a freelance", PHRASE_BIO},
    {"is a reporter", PHRASE_BIO},
    {"is a writer", PHRASE_BIO},
    {"is a staff", PHRASE_BIO},
    {"is a senior", PHRASE_BIO},
    {"is a professor", PHRASE_BIO},
    {"is an editor", PHRASE_BIO},
    {"is the editor", PHRASE_BIO},
    {"staff writer", PHRASE_BIO},
    {"contributing", PHRASE_BIO},
    {"contributor", PHRASE_BIO},
    {"correspondent", PHRASE_BIO},
    {"columnist", PHRASE_BIO},
    {"letters to the editor", PHRASE_BIO},
    {"if you enjoyed", PHRASE_SUBSCRIBE},
    {"this story", PHRASE_MORE},
    {"this article", PHRASE_MORE},
    {"this post", PHRASE_MORE},
    {"comments", PHRASE_COMMENT},
};

static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                     "jul", "aug", "sep", "oct", "nov", "dec"};

static gboolean starts_with(const char *text, gsize length, const char *phrase)
{
  gsize n = strlen(phrase);
  return n <= length && g_ascii_strncasecmp(text, phrase, n) == 0 &&
         (n == length || !g_ascii_isalpha(text[n]));
}

/* A year, a clock's time, and a short block around it. */
static gboolean is_date(const char *text, gsize length)
{
  gboolean month = FALSE, number = FALSE;
  if (length > 60)
    return FALSE;
  for (gsize i = 0; i < length; i++) {
    gboolean begins = i == 0 || !g_ascii_isalnum(text[i - 1]);
    number |= g_ascii_isdigit(text[i]);
    if (!begins)
      continue;
    for (guint m = 0; m < G_N_ELEMENTS(months); m++)
      month |= length - i >= 3 && g_ascii_strncasecmp(text + i, months[m], 3) == 0;
    month |= length - i >= 4 && g_ascii_isdigit(text[i]) &&
             (text[i + 2] == '/' || text[i + 2] == ':' || text[i + 2] == '.');
  }
  return month && number;
}

guint32 phrases_of(const char *text, gsize length)
{
  guint32 meaning = 0;
  for (guint i = 0; i < G_N_ELEMENTS(beginnings); i++)
    if (starts_with(text, length, beginnings[i].phrase)) {
      meaning |= beginnings[i].meaning;
      meaning |= length <= strlen(beginnings[i].phrase) + 4 ? PHRASE_WHOLE : 0;
    }
  if (length > SHORT)
    return meaning;
  for (gsize i = 0; i < length; i++) {
    if (i > 0 && g_ascii_isalpha(text[i - 1]))
      continue;
    for (guint k = 0; k < G_N_ELEMENTS(insides); k++)
      if (starts_with(text + i, length - i, insides[k].phrase))
        meaning |= insides[k].meaning;
  }
  return meaning | (is_date(text, length) ? PHRASE_CALENDAR : 0);
}
