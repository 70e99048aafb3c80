/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens: the one tokenisation that all annotators share. */
#include "../document-private.h"
#include "byteclass.h"
#include "marks.h"
#include "wordhash.h"

#include <string.h>

/* How far a look ahead for a dotted acronym, or the local part of a mail address (RFC 5321), goes.
 */
#define LONGEST_ACRONYM 32
#define LONGEST_LOCAL   64

#define LONGEST_ABBREVIATION 6

typedef struct {
  AverDocument *document;
  const char *text;
  guint32 length;
  guint32 position;
  guint16 before; /* the flags that the white space before the next token gives it */
} Scanner;

static const char *const abbreviations[] = {
    "Adm", "Apr",  "Aug",  "Ave",  "Bros", "Brig", "Capt", "Cmdr",   "Co",  "Col", "Corp",
    "Cpl", "Dec",  "Dept", "Dr",   "Feb",  "Fr",   "Gen",  "Gov",    "Hon", "Inc", "Jan",
    "Jr",  "Jul",  "Jun",  "Lt",   "Ltd",  "Maj",  "Mar",  "Messrs", "Mr",  "Mrs", "Ms",
    "Mt",  "Nov",  "Oct",  "Pres", "Prof", "Pvt",  "Rep",  "Reps",   "Rev", "Sen", "Sens",
    "Sep", "Sept", "Sgt",  "Sr",   "St",   "Supt", "etc",  "vs",
};

static gboolean is_letter(gunichar c)
{
  if (c < 0x80)
    return g_ascii_isalpha((gchar) c);
  return g_unichar_isalpha(c) || g_unichar_ismark(c);
}

static gboolean is_digit(gunichar c)
{
  return c < 0x80 ? g_ascii_isdigit((gchar) c) : g_unichar_isdigit(c);
}

/* The character at @position, and its bytes; 0 and 0 at the end of the text. */
static gunichar peek(const Scanner *s, guint32 position, guint *n)
{
  gunichar c = 0;
  *n = 0;
  if (position < s->length)
    *n = aver_utf8_decode(s->text + position, &c);
  return c;
}

static gboolean letter_at(const Scanner *s, guint32 position)
{
  guint n;
  return is_letter(peek(s, position, &n));
}

static gboolean word_at(const Scanner *s, guint32 position)
{
  guint n;
  gunichar c = peek(s, position, &n);
  return is_letter(c) || is_digit(c);
}

static guint apostrophe_at(const Scanner *s, guint32 position)
{
  guint n;
  gunichar c = peek(s, position, &n);
  return c == '\'' || c == 0x2019 ? n : 0;
}

static guint16 case_flags(const Scanner *s, guint32 start, guint32 end)
{
  guint upper = 0, lower = 0;
  guint16 flags = 0;
  for (guint32 i = start; i < end;) {
    guint n;
    gunichar c = peek(s, i, &n);
    gboolean is_upper = c < 0x80 ? g_ascii_isupper((gchar) c) : g_unichar_isupper(c);
    gboolean is_lower = c < 0x80 ? g_ascii_islower((gchar) c) : g_unichar_islower(c);
    if (is_upper && upper + lower == 0)
      flags |= AVER_TOKEN_CAPITALISED;
    upper += is_upper;
    lower += is_lower;
    if (c >= 0x80 && c != 0x2019)
      flags |= AVER_TOKEN_NON_ASCII;
    i += n;
  }
  return upper >= 2 && lower == 0 ? flags | AVER_TOKEN_ALL_CAPS : flags;
}

static inline __attribute__((always_inline)) void put(Scanner *s, AverToken token)
{
  AverDocument *document = s->document;
  if (G_UNLIKELY(document->n_tokens + 1 >= document->tokens_capacity)) {
    document->tokens_capacity = MAX(256, document->tokens_capacity * 2);
    document->tokens = g_renew(AverToken, document->tokens, document->tokens_capacity);
  }
  token.flags |= s->before;
  document->tokens[document->n_tokens++] = token;
  s->position = token.end;
  s->before = 0;
}

static void add(Scanner *s, guint32 end, AverTokenKind kind, guint8 detail, guint16 flags)
{
  guint32 start = s->position;
  if (kind == AVER_TOKEN_WORD || kind == AVER_TOKEN_NUMBER || kind == AVER_TOKEN_CLITIC)
    flags |= case_flags(s, start, end);
  guint32 hash = aver_word_hash(s->text + start, end - start);
  put(s, (AverToken){start, end, hash, (guint8) kind, detail, flags});
}

static gboolean known_abbreviation(const char *word, gsize length)
{
  if (length > LONGEST_ABBREVIATION)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS(abbreviations); i++)
    if (abbreviations[i][0] == word[0] && strlen(abbreviations[i]) == length &&
        memcmp(abbreviations[i], word, length) == 0)
      return TRUE;
  return FALSE;
}

/* Whether the full stop at @i ends a sentence rather than a word: white space follows, and what
 * stands before, from the scanner's position, is no initial and no known abbreviation. */
static gboolean full_stop_at(const Scanner *s, guint32 i)
{
  return s->text[i] == '.' && i - s->position > 1 && i + 1 < s->length &&
         (s->text[i + 1] == ' ' || s->text[i + 1] == '\n') &&
         !known_abbreviation(s->text + s->position, i - s->position);
}

/* A word of ASCII letters and digits that ends where only a space or a plain mark can follow: most
 * of any text. FALSE leaves it to scan_word(). */
static gboolean add_plain_word(Scanner *s)
{
  const guchar *text = (const guchar *) s->text;
  guint32 i = s->position;
  guint32 hash = AVER_WORD_HASH_START;
  guint upper = 0, lower = 0;
  guchar byte = 0;
  for (; i < s->length && (character_class[byte = text[i]] & CLASS_WORD) != 0; i++) {
    upper += (character_class[byte] & CLASS_UPPER) != 0;
    lower += (character_class[byte] & CLASS_LOWER) != 0;
    hash = aver_word_hash_step(hash, byte);
  }
  if (i < s->length && (character_class[byte] & CLASS_PLAIN_END) == 0 && !full_stop_at(s, i))
    return FALSE;
  guint16 flags = 0;
  if ((character_class[text[s->position]] & CLASS_UPPER) != 0)
    flags = upper >= 2 && lower == 0 ? AVER_TOKEN_CAPITALISED | AVER_TOKEN_ALL_CAPS
                                     : AVER_TOKEN_CAPITALISED;
  put(s, (AverToken){s->position, i, hash, AVER_TOKEN_WORD, 0, flags});
  return TRUE;
}

/* A mark that is one whatever follows, or a full stop with white space behind it. FALSE leaves it
 * to scan_mark(). */
static gboolean add_plain_mark(Scanner *s, guchar byte)
{
  guint32 end = s->position + 1;
  if ((character_class[byte] & CLASS_PLAIN_MARK) == 0 &&
      (byte != '.' || end == s->length || (s->text[end] != ' ' && s->text[end] != '\n')))
    return FALSE;
  guint32 hash = aver_word_hash_step(AVER_WORD_HASH_START, byte);
  put(s, (AverToken){s->position, end, hash, AVER_TOKEN_PUNCTUATION, byte, 0});
  return TRUE;
}

static void skip_space(Scanner *s)
{
  guint breaks = 0;
  guint32 start = s->position;
  if (start + 1 < s->length && s->text[start] == ' ' && g_ascii_isgraph(s->text[start + 1])) {
    s->position++;
    s->before = AVER_TOKEN_SPACE_BEFORE;
    return;
  }
  while (s->position < s->length) {
    guint n = aver_text_space(s->text, s->length, s->position);
    if (n == 0)
      break;
    const char *p = s->text + s->position;
    if (*p == '\n' || (*p == '\r' && (s->position + 1 == s->length || p[1] != '\n')))
      breaks++;
    else if (n == 3 && memcmp(p, "\xe2\x80\xa8", 3) == 0)
      breaks++;
    else if (n == 3 && memcmp(p, "\xe2\x80\xa9", 3) == 0)
      breaks += 2;
    s->position += n;
  }
  if (s->position > start)
    s->before = AVER_TOKEN_SPACE_BEFORE;
  if (breaks >= 1)
    s->before |= AVER_TOKEN_LINE_START;
  if (breaks >= 2)
    s->before |= AVER_TOKEN_PARAGRAPH_START;
}

static guint32 skip_word_characters(const Scanner *s, guint32 i)
{
  for (;;) {
    guint n;
    gunichar c = peek(s, i, &n);
    if (n == 0 || !(is_letter(c) || is_digit(c) || c == '_'))
      return i;
    i += n;
  }
}

/* An initial or an acronym with dots ("J.", "U.S.", "p.m."): its end, or 0. */
static guint32 dotted_end(const Scanner *s, guint32 start)
{
  guint32 i = start;
  guint letters = 0;
  while (i - start < LONGEST_ACRONYM && letter_at(s, i)) {
    guint n;
    peek(s, i, &n);
    if (i + n >= s->length || s->text[i + n] != '.')
      break;
    i += n + 1;
    letters++;
  }
  if (letters == 0 || word_at(s, i))
    return 0;
  return letters > 1 || g_ascii_isupper(s->text[start]) ? i : 0;
}

/* The end of a word's characters, with inner apostrophes and hyphens. */
static guint32 word_end(const Scanner *s, guint32 i)
{
  for (;;) {
    i = skip_word_characters(s, i);
    guint n = apostrophe_at(s, i);
    if (n > 0 && letter_at(s, i + n))
      i += n;
    else if (i < s->length && (s->text[i] == '-' || s->text[i] == '&') && word_at(s, i + 1))
      i++;
    else
      return i;
  }
}

/* Where the clitic of a word starts; its end when there is none. */
static guint32 clitic_start(const Scanner *s, guint32 start, guint32 end)
{
  static const char *const endings[] = {"s", "re", "ve", "ll", "d", "m", "t"};
  guint32 i = end;
  while (i > start && g_ascii_isalpha(s->text[i - 1]))
    i--;
  guint mark = i > start && s->text[i - 1] == '\'' ? 1 : 0;
  if (mark == 0 && i >= start + 3 && memcmp(s->text + i - 3, "\xe2\x80\x99", 3) == 0)
    mark = 3;
  if (mark == 0 || i - mark == start)
    return end;
  gsize length = end - i;
  for (guint k = 0; k < G_N_ELEMENTS(endings); k++) {
    if (strlen(endings[k]) != length || g_ascii_strncasecmp(endings[k], s->text + i, length) != 0)
      continue;
    if (endings[k][0] != 't')
      return i - mark;
    gboolean negation = g_ascii_tolower(s->text[i - mark - 1]) == 'n' && i - mark - 1 > start;
    return negation ? i - mark - 1 : end;
  }
  return end;
}

static gboolean address_character(char c)
{
  return (guchar) c > 0x20 && c != '"' && c != '<' && c != '>' && c != '\\' && c != '^' &&
         c != '`' && c != '{' && c != '|' && c != '}' && (guchar) c < 0x7f;
}

/* The end of a web or mail address at the scanner's position, or 0. */
static guint32 address_end(const Scanner *s, guint32 end_of_word)
{
  const char *rest = s->text + end_of_word;
  guint32 left = s->length - end_of_word;
  guint32 length = end_of_word - s->position;
  gboolean url = left > 3 && memcmp(rest, "://", 3) == 0;
  gboolean www = length == 3 && left > 1 && rest[0] == '.' &&
                 g_ascii_strncasecmp(s->text + s->position, "www", 3) == 0;
  guint32 i = end_of_word;
  if (url || www) {
    while (i < s->length && address_character(s->text[i]))
      i++;
  } else if (s->text[s->position] == '@') {
    return end_of_word;
  } else {
    guint32 limit = MIN(s->length, end_of_word + LONGEST_LOCAL);
    while (i < limit && s->text[i] != '\0' &&
           (g_ascii_isalnum(s->text[i]) || strchr(".-_+", s->text[i]) != NULL))
      i++;
    if (i >= s->length || s->text[i] != '@' || i + 1 >= s->length ||
        !g_ascii_isalnum(s->text[i + 1]))
      return 0;
    i++;
    while (i < s->length && (g_ascii_isalnum(s->text[i]) || s->text[i] == '.' || s->text[i] == '-'))
      i++;
  }
  while (i > end_of_word && strchr(".,;:!?')]", s->text[i - 1]) != NULL)
    i--;
  return i;
}

static void scan_word(Scanner *s)
{
  guint32 start = s->position;
  guint32 dotted = dotted_end(s, start);
  if (dotted > 0) {
    add(s, dotted, AVER_TOKEN_WORD, 0, AVER_TOKEN_ABBREVIATION);
    return;
  }
  guint32 end = word_end(s, start);
  char next = end < s->length ? s->text[end] : ' ';
  if (next == ':' || next == '.' || next == '@' || next == '+') {
    guint32 address = address_end(s, end);
    if (address > 0) {
      add(s, address, AVER_TOKEN_ADDRESS, 0, 0);
      return;
    }
  }
  if (next == '.' && known_abbreviation(s->text + start, end - start)) {
    add(s, end + 1, AVER_TOKEN_WORD, 0, AVER_TOKEN_ABBREVIATION);
    return;
  }
  guint32 clitic = clitic_start(s, start, end);
  add(s, clitic, AVER_TOKEN_WORD, 0, 0);
  if (clitic < end)
    add(s, end, AVER_TOKEN_CLITIC, 0, 0);
}

static void scan_number(Scanner *s)
{
  guint width; /* of its first character: a digit or a sign, of any script */
  peek(s, s->position, &width);
  guint32 i = s->position + width;
  for (;;) {
    i = skip_word_characters(s, i);
    if (i + 1 < s->length && strchr(".,:/-", s->text[i]) != NULL && s->text[i] != '\0' &&
        g_ascii_isdigit(s->text[i + 1]))
      i++;
    else
      break;
  }
  add(s, i, AVER_TOKEN_NUMBER, 0, 0);
}

static void scan_mark(Scanner *s)
{
  guint n;
  gunichar c = peek(s, s->position, &n);
  guint32 end = s->position + n;
  if ((c == '`' || c == '\'') && end < s->length && s->text[end] == (char) c) {
    add(s, end + 1, AVER_TOKEN_QUOTE, c == '`' ? AVER_MARK_DOUBLE_OPEN : AVER_MARK_DOUBLE_CLOSE, 0);
    return;
  }
  guint8 mark = aver_quote_mark(c);
  if (mark != 0) {
    add(s, end, AVER_TOKEN_QUOTE, mark, 0);
    return;
  }
  mark = aver_punctuation_mark(c);
  if (c == '.' || c == '-') {
    while (end < s->length && s->text[end] == (char) c)
      end++;
    if (c == '.' && end - s->position > 1)
      mark = '~';
  }
  add(s, end, mark != 0 ? AVER_TOKEN_PUNCTUATION : AVER_TOKEN_SYMBOL, mark, 0);
}

static gboolean number_starts(const Scanner *s, gunichar c)
{
  if (is_digit(c))
    return TRUE;
  return (c == '+' || c == '-') && (s->before & AVER_TOKEN_SPACE_BEFORE) != 0 &&
         s->position + 1 < s->length && g_ascii_isdigit(s->text[s->position + 1]);
}

gboolean aver_document_tokenize(AverDocument *document, guint32 most)
{
  const char *text = aver_document_text(document);
  Scanner s = {.document = document, .text = text, .length = document->length};
  document->n_tokens = 0;
  skip_space(&s);
  s.before |= AVER_TOKEN_SPACE_BEFORE | AVER_TOKEN_LINE_START | AVER_TOKEN_PARAGRAPH_START;
  while (s.position < s.length && document->n_tokens <= most) {
    guint n;
    gunichar c = peek(&s, s.position, &n);
    if (c < 0x80 && g_ascii_isalpha((gchar) c) && add_plain_word(&s))
      ; /* done */
    else if (c < 0x80 && add_plain_mark(&s, (guchar) c))
      ;
    else if (is_letter(c))
      scan_word(&s);
    else if (number_starts(&s, c))
      scan_number(&s);
    else if (c == '@' && letter_at(&s, s.position + 1))
      add(&s, skip_word_characters(&s, s.position + 1), AVER_TOKEN_ADDRESS, 0, 0);
    else
      scan_mark(&s);
    skip_space(&s);
  }
  if (document->n_tokens > most)
    return FALSE;
  s.position = s.length;
  add(&s, s.length, AVER_TOKEN_SYMBOL, 0, 0);
  document->n_tokens--;
  return TRUE;
}
