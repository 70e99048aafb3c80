/* SPDX-License-Identifier: Apache-2.0 */
/* Dates as web pages write them, made ISO 8601. */
#include <aver/html.h>
#include <string.h>

typedef struct {
  guint year, month, day;
  gboolean timed;
  guint hour, minute, second;
  char zone[8]; /* "Z", "+01:00", or nothing */
} Date;

/* Reads a number of @least to @most digits. */
static gboolean number(const char **p, guint least, guint most, guint *value)
{
  guint n = 0;
  for (*value = 0; n < most && g_ascii_isdigit((*p)[n]); n++)
    *value = *value * 10 + (guint) ((*p)[n] - '0');
  if (n < least || g_ascii_isdigit((*p)[n]))
    return FALSE;
  *p += n;
  return TRUE;
}

static gboolean skip(const char **p, const char *any)
{
  gboolean found = FALSE;
  while (**p != '\0' && strchr(any, **p) != NULL) {
    (*p)++;
    found = TRUE;
  }
  return found;
}

/* The month of an English name or its first three letters; 0 when it is none. */
static guint month(const char **p)
{
  static const char *const names[] = {"january",   "february", "march",    "april",
                                      "may",       "june",     "july",     "august",
                                      "september", "october",  "november", "december"};
  guint n = 0;
  while (g_ascii_isalpha((*p)[n]))
    n++;
  for (guint i = 0; i < G_N_ELEMENTS(names); i++)
    if (n >= 3 && (n == 3 || n == strlen(names[i]) || (n == 4 && i == 8)) &&
        g_ascii_strncasecmp(*p, names[i], n) == 0) {
      *p += n;
      return i + 1;
    }
  return 0;
}

/* 2019-11-20, 2019/11/20, 20191120. */
static gboolean year_first(const char **p, Date *date)
{
  const char *at = *p;
  guint packed;
  if (number(&at, 8, 8, &packed)) {
    *date = (Date){.year = packed / 10000, .month = packed / 100 % 100, .day = packed % 100};
    *p = at;
    return TRUE;
  }
  at = *p;
  if (!number(&at, 4, 4, &date->year) || (*at != '-' && *at != '/' && *at != '.'))
    return FALSE;
  at++;
  if (!number(&at, 1, 2, &date->month) || !skip(&at, "-/.") || !number(&at, 1, 2, &date->day))
    return FALSE;
  *p = at;
  return TRUE;
}

/* Of four digits; of two, as in RFC 822, only before a time. */
static gboolean named_year(const char **p, guint *year)
{
  if (number(p, 4, 4, year))
    return TRUE;
  const char *at = *p;
  if (!number(&at, 2, 2, year) || at[0] != ' ' || !g_ascii_isdigit(at[1]))
    return FALSE;
  *year += *year < 70 ? 2000 : 1900;
  *p = at;
  return TRUE;
}

/* Tue, 19 November 2019; 19 Nov 2019; November 19th, 2019. */
static gboolean month_named(const char **p, Date *date)
{
  const char *at = *p;
  if (g_ascii_isalpha(*at) && month(&at) == 0)
    while (g_ascii_isalpha(*at))
      at++;
  else
    at = *p;
  skip(&at, " ,.");
  date->month = month(&at);
  skip(&at, " ,.");
  if (!number(&at, 1, 2, &date->day))
    return FALSE;
  if (g_ascii_isalpha(at[0]) && g_ascii_isalpha(at[1]) && !g_ascii_isalpha(at[2]))
    at += 2;
  skip(&at, " ,.-");
  if (date->month == 0)
    date->month = month(&at);
  skip(&at, " ,.-");
  if (date->month == 0 || !named_year(&at, &date->year))
    return FALSE;
  *p = at;
  return TRUE;
}

static void zone(const char *p, Date *date)
{
  /* RFC 822. */
  static const struct {
    const char *name, *zone;
  } zones[] = {{"Z", "Z"},        {"GMT", "Z"},      {"UT", "Z"},       {"EST", "-05:00"},
               {"EDT", "-04:00"}, {"CST", "-06:00"}, {"CDT", "-05:00"}, {"MST", "-07:00"},
               {"MDT", "-06:00"}, {"PST", "-08:00"}, {"PDT", "-07:00"}};
  guint hours, minutes = 0;
  skip(&p, " ");
  for (guint i = 0; i < G_N_ELEMENTS(zones); i++)
    if (g_str_has_prefix(p, zones[i].name))
      g_strlcpy(date->zone, zones[i].zone, sizeof date->zone);
  if (*p != '+' && *p != '-')
    return;
  char sign = *p++;
  if (number(&p, 4, 4, &hours)) {
    minutes = hours % 100;
    hours /= 100;
  } else if (!number(&p, 2, 2, &hours) || (*p == ':' && (p++, !number(&p, 2, 2, &minutes)))) {
    return;
  }
  if (hours <= 14 && minutes < 60)
    g_snprintf(date->zone, sizeof date->zone, "%c%02u:%02u", sign, hours, minutes);
}

/* 131520, as it stands in ISO 8601's basic format. */
static gboolean packed_time(const char **p, Date *date)
{
  guint packed;
  if (!number(p, 6, 6, &packed))
    return FALSE;
  date->hour = packed / 10000;
  date->minute = packed / 100 % 100;
  date->second = packed % 100;
  date->timed = date->hour < 24 && date->minute < 60 && date->second < 60;
  zone(*p, date);
  return TRUE;
}

static void clock_time(const char *p, Date *date)
{
  guint ignored;
  skip(&p, " ,Ttat@-");
  if (packed_time(&p, date))
    return;
  if (!number(&p, 1, 2, &date->hour) || *p != ':')
    return;
  p++;
  if (!number(&p, 2, 2, &date->minute))
    return;
  if (*p == ':' && (p++, !number(&p, 2, 2, &date->second)))
    return;
  if (*p == '.' && (p++, !number(&p, 1, 9, &ignored)))
    return;
  skip(&p, " ");
  gboolean afternoon = g_ascii_strncasecmp(p, "pm", 2) == 0;
  if (afternoon || g_ascii_strncasecmp(p, "am", 2) == 0) {
    date->hour = date->hour % 12 + (afternoon ? 12 : 0);
    p += 2;
  }
  date->timed = date->hour < 24 && date->minute < 60 && date->second < 60;
  zone(p, date);
}

char *aver_html_normalise_date(const char *text)
{
  Date date = {0};
  skip(&text, " ");
  if (!year_first(&text, &date) && (date = (Date){0}, !month_named(&text, &date)))
    return NULL;
  if (date.year < 1500 ||
      !g_date_valid_dmy((GDateDay) date.day, (GDateMonth) date.month, (GDateYear) date.year))
    return NULL;
  clock_time(text, &date);
  if (!date.timed)
    return g_strdup_printf("%04u-%02u-%02u", date.year, date.month, date.day);
  return g_strdup_printf("%04u-%02u-%02uT%02u:%02u:%02u%s", date.year, date.month, date.day,
                         date.hour, date.minute, date.second, date.zone);
}
