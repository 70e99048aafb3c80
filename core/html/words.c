/* SPDX-License-Identifier: Apache-2.0 */
/* What the words in classes, ids and roles say of an element. */
#include "words.h"

#include <string.h>

#define LONGEST_WORD 20

typedef struct {
  char word[LONGEST_WORD];
  guint32 meaning;
} Word;

/* Sorted by bytes. Words as site builders use them, the same in every language of the text. */
static const Word words[] = {
    {"abstract", WORD_SUMMARY},
    {"ad", WORD_AD},
    {"addthis", WORD_SHARE},
    {"addtoany", WORD_SHARE},
    {"ads", WORD_AD},
    {"adsense", WORD_AD},
    {"adslot", WORD_AD},
    {"adunit", WORD_AD},
    {"advert", WORD_AD},
    {"advertisement", WORD_AD},
    {"advertising", WORD_AD},
    {"alert", WORD_POPUP},
    {"also", WORD_RELATED},
    {"around", WORD_RELATED},
    {"article", WORD_CONTENT},
    {"articlebody", WORD_BODY},
    {"articlecontent", WORD_BODY},
    {"articletext", WORD_BODY},
    {"aside", WORD_SIDE},
    {"attribution", WORD_CAPTION},
    {"author", WORD_BYLINE},
    {"authors", WORD_BYLINE},
    {"banner", WORD_AD},
    {"bio", WORD_BIO},
    {"biography", WORD_BIO},
    {"blog", WORD_CONTENT},
    {"body", WORD_CONTENT},
    {"breadcrumb", WORD_NAVIGATION},
    {"breadcrumbs", WORD_NAVIGATION},
    {"button", WORD_SHARE},
    {"buttons", WORD_SHARE},
    {"buy", WORD_PRODUCT},
    {"byline", WORD_BYLINE},
    {"caption", WORD_CAPTION},
    {"carousel", WORD_MEDIA},
    {"categories", WORD_TAGS},
    {"category", WORD_TAGS},
    {"cmt", WORD_COMMENT},
    {"comment", WORD_COMMENT},
    {"commentary", WORD_CONTENT},
    {"commentlist", WORD_COMMENT},
    {"comments", WORD_COMMENT},
    {"complementary", WORD_SIDE},
    {"consent", WORD_CONSENT},
    {"contact", WORD_FOOTER},
    {"content", WORD_CONTENT},
    {"contentinfo", WORD_FOOTER},
    {"contributor", WORD_BYLINE},
    {"cookie", WORD_CONSENT},
    {"cookies", WORD_CONSENT},
    {"copyright", WORD_FOOTER},
    {"correction", WORD_BIO},
    {"credit", WORD_CAPTION},
    {"credits", WORD_CAPTION},
    {"cta", WORD_SUBSCRIBE},
    {"date", WORD_BYLINE},
    {"dateline", WORD_BYLINE},
    {"deal", WORD_PRODUCT},
    {"deals", WORD_PRODUCT},
    {"deck", WORD_SUMMARY},
    {"dek", WORD_SUMMARY},
    {"description", WORD_SUMMARY},
    {"dfp", WORD_AD},
    {"dialog", WORD_POPUP},
    {"disclaimer", WORD_FOOTER},
    {"disclosure", WORD_FOOTER},
    {"discussion", WORD_COMMENT},
    {"disqus", WORD_COMMENT},
    {"donate", WORD_SUBSCRIBE},
    {"donation", WORD_SUBSCRIBE},
    {"dropdown", WORD_NAVIGATION},
    {"email", WORD_SHARE},
    {"embed", WORD_EMBED},
    {"entry", WORD_CONTENT},
    {"entrycontent", WORD_BODY},
    {"excerpt", WORD_SUMMARY},
    {"facebook", WORD_SHARE},
    {"factbox", WORD_SIDE},
    {"feed", WORD_LIST},
    {"feedback", WORD_COMMENT},
    {"figcaption", WORD_CAPTION},
    {"figure", WORD_MEDIA},
    {"follow", WORD_SHARE},
    {"foot", WORD_FOOTER},
    {"footer", WORD_FOOTER},
    {"footnote", WORD_BIO},
    {"form", WORD_SUBSCRIBE},
    {"gallery", WORD_MEDIA},
    {"gdpr", WORD_CONSENT},
    {"gpt", WORD_AD},
    {"grid", WORD_LIST},
    {"head", WORD_HEADER},
    {"header", WORD_HEADER},
    {"headline", WORD_TITLE},
    {"hentry", WORD_CONTENT},
    {"hidden", WORD_HIDDEN},
    {"hide", WORD_HIDDEN},
    {"image", WORD_MEDIA},
    {"img", WORD_MEDIA},
    {"infobox", WORD_SIDE},
    {"inline", WORD_EMBED},
    {"instagram", WORD_EMBED},
    {"intro", WORD_SUMMARY},
    {"invisible", WORD_HIDDEN},
    {"jetpack", WORD_SHARE},
    {"keywords", WORD_TAGS},
    {"kicker", WORD_TITLE},
    {"label", WORD_TAGS},
    {"labels", WORD_TAGS},
    {"latest", WORD_RELATED},
    {"lead", WORD_SUMMARY},
    {"lede", WORD_SUMMARY},
    {"legal", WORD_FOOTER},
    {"lightbox", WORD_MEDIA},
    {"like", WORD_SHARE},
    {"likes", WORD_SHARE},
    {"links", WORD_RELATED},
    {"list", WORD_LIST},
    {"livefyre", WORD_COMMENT},
    {"login", WORD_SUBSCRIBE},
    {"logo", WORD_HEADER},
    {"main", WORD_CONTENT},
    {"masthead", WORD_HEADER},
    {"media", WORD_MEDIA},
    {"membership", WORD_SUBSCRIBE},
    {"menu", WORD_NAVIGATION},
    {"meta", WORD_BYLINE},
    {"metadata", WORD_BYLINE},
    {"modal", WORD_POPUP},
    {"more", WORD_RELATED},
    {"mostread", WORD_RELATED},
    {"nav", WORD_NAVIGATION},
    {"navbar", WORD_NAVIGATION},
    {"navigation", WORD_NAVIGATION},
    {"newsletter", WORD_SUBSCRIBE},
    {"next", WORD_RELATED},
    {"note", WORD_BIO},
    {"notification", WORD_POPUP},
    {"offscreen", WORD_HIDDEN},
    {"optin", WORD_SUBSCRIBE},
    {"outbrain", WORD_RELATED},
    {"overlay", WORD_POPUP},
    {"pager", WORD_NAVIGATION},
    {"pagination", WORD_NAVIGATION},
    {"paragraph", WORD_CONTENT},
    {"partner", WORD_AD},
    {"paywall", WORD_SUBSCRIBE},
    {"photo", WORD_MEDIA},
    {"photos", WORD_MEDIA},
    {"picture", WORD_MEDIA},
    {"pinterest", WORD_SHARE},
    {"player", WORD_MEDIA},
    {"poll", WORD_POPUP},
    {"popular", WORD_RELATED},
    {"popup", WORD_POPUP},
    {"post", WORD_CONTENT},
    {"postbody", WORD_BODY},
    {"postcontent", WORD_BODY},
    {"posted", WORD_BYLINE},
    {"prev", WORD_RELATED},
    {"previous", WORD_RELATED},
    {"price", WORD_PRODUCT},
    {"print", WORD_SHARE},
    {"product", WORD_PRODUCT},
    {"products", WORD_PRODUCT},
    {"profile", WORD_BIO},
    {"promo", WORD_RELATED},
    {"promoted", WORD_RELATED},
    {"promotion", WORD_RELATED},
    {"prose", WORD_CONTENT},
    {"publish", WORD_BYLINE},
    {"published", WORD_BYLINE},
    {"pull", WORD_PULL},
    {"pullquote", WORD_PULL},
    {"quiz", WORD_POPUP},
    {"rail", WORD_SIDE},
    {"rating", WORD_PRODUCT},
    {"ratings", WORD_PRODUCT},
    {"readmore", WORD_RELATED},
    {"recent", WORD_RELATED},
    {"recirc", WORD_RELATED},
    {"recommend", WORD_RELATED},
    {"recommendation", WORD_RELATED},
    {"recommendations", WORD_RELATED},
    {"recommended", WORD_RELATED},
    {"register", WORD_SUBSCRIBE},
    {"related", WORD_RELATED},
    {"relatedposts", WORD_RELATED},
    {"replies", WORD_COMMENT},
    {"reply", WORD_COMMENT},
    {"respond", WORD_COMMENT},
    {"screenreader", WORD_HIDDEN},
    {"search", WORD_NAVIGATION},
    {"secondary", WORD_SIDE},
    {"share", WORD_SHARE},
    {"sharedaddy", WORD_SHARE},
    {"sharing", WORD_SHARE},
    {"shop", WORD_PRODUCT},
    {"shopping", WORD_PRODUCT},
    {"side", WORD_SIDE},
    {"sidebar", WORD_SIDE},
    {"signin", WORD_SUBSCRIBE},
    {"signup", WORD_SUBSCRIBE},
    {"similar", WORD_RELATED},
    {"sitemap", WORD_NAVIGATION},
    {"skip", WORD_NAVIGATION},
    {"slider", WORD_MEDIA},
    {"slideshow", WORD_MEDIA},
    {"social", WORD_SHARE},
    {"sponsor", WORD_AD},
    {"sponsored", WORD_AD},
    {"sponsors", WORD_AD},
    {"sr", WORD_HIDDEN},
    {"standfirst", WORD_SUMMARY},
    {"story", WORD_CONTENT},
    {"storybody", WORD_BODY},
    {"subhead", WORD_SUMMARY},
    {"subheadline", WORD_SUMMARY},
    {"subnav", WORD_NAVIGATION},
    {"subscribe", WORD_SUBSCRIBE},
    {"subscription", WORD_SUBSCRIBE},
    {"subtitle", WORD_SUMMARY},
    {"suggested", WORD_RELATED},
    {"summary", WORD_SUMMARY},
    {"taboola", WORD_RELATED},
    {"tag", WORD_TAGS},
    {"tags", WORD_TAGS},
    {"teaser", WORD_RELATED},
    {"teasers", WORD_RELATED},
    {"text", WORD_CONTENT},
    {"thumbnail", WORD_MEDIA},
    {"time", WORD_BYLINE},
    {"timestamp", WORD_BYLINE},
    {"title", WORD_TITLE},
    {"toc", WORD_NAVIGATION},
    {"toolbar", WORD_SHARE},
    {"tools", WORD_SHARE},
    {"tooltip", WORD_POPUP},
    {"topic", WORD_TAGS},
    {"topics", WORD_TAGS},
    {"trending", WORD_RELATED},
    {"tweet", WORD_EMBED},
    {"twitter", WORD_EMBED},
    {"upnext", WORD_RELATED},
    {"user", WORD_COMMENT},
    {"video", WORD_MEDIA},
    {"visually", WORD_HIDDEN},
    {"vote", WORD_POPUP},
    {"whatsapp", WORD_SHARE},
    {"widget", WORD_SIDE},
    {"yarpp", WORD_RELATED},
};

/* Names of two words that site builders give to the text of an article. */
static const char *const first_words[] = {"article", "entry", "post", "story", "blog", "news"};
static const char *const second_words[] = {"body", "content", "text", "copy"};

static guint32 look_up(const char *word)
{
  guint low = 0, high = G_N_ELEMENTS(words);
  while (low < high) {
    guint middle = (low + high) / 2;
    int order = strcmp(word, words[middle].word);
    if (order == 0)
      return words[middle].meaning;
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return 0;
}

static gboolean is_one_of(const char *word, const char *const *list, guint n)
{
  for (guint i = 0; i < n; i++)
    if (strcmp(word, list[i]) == 0)
      return TRUE;
  return FALSE;
}

/* Words end where letters do, and where a capital begins one: "postBody", "post-body",
 * "post__body". */
static guint32 words_of(const char *value)
{
  char word[LONGEST_WORD];
  guint32 meaning = 0;
  gboolean first = FALSE;
  for (const char *p = value; *p != '\0';) {
    gsize n = 0;
    for (; g_ascii_isalpha(*p) && (n == 0 || !g_ascii_isupper(*p) || g_ascii_isupper(p[-1])); p++)
      if (n++ < sizeof word - 1)
        word[n - 1] = g_ascii_tolower(*p);
    if (n == 0) {
      first = first && !g_ascii_isspace(*p);
      p++;
      continue;
    }
    word[MIN(n, sizeof word - 1)] = '\0';
    if (n < sizeof word)
      meaning |= look_up(word);
    if (first && is_one_of(word, second_words, G_N_ELEMENTS(second_words)))
      meaning |= WORD_BODY;
    first = is_one_of(word, first_words, G_N_ELEMENTS(first_words));
  }
  return meaning;
}

guint32 words_of_element(const Page *page, guint32 node)
{
  const PageNode *element = page_node(page, node);
  guint32 meaning = 0;
  for (guint32 i = element->first; i < element->first + element->n; i++) {
    const PageAttribute *attribute = &g_array_index(page->attributes, PageAttribute, i);
    if (attribute->name == ATTRIBUTE_CLASS || attribute->name == ATTRIBUTE_ID ||
        attribute->name == ATTRIBUTE_ROLE || attribute->name == ATTRIBUTE_ITEMPROP)
      meaning |= words_of(page->strings.data + attribute->value);
  }
  return meaning;
}
