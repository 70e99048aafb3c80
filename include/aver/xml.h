/* SPDX-License-Identifier: Apache-2.0 */
/* XML: files of many items, such as feeds, cut into items, and an item's elements. In libaver-html.
 */
#pragma once

#include <aver/buffer.h>
#include <aver/input.h>

G_BEGIN_DECLS

/**
 * AverXmlFormat:
 * @roots: %NULL-terminated: local names that the outermost element may have
 * @items: %NULL-terminated: local names of the elements that become records, wherever they stand
 *   but inside one another
 * @context: %NULL-terminated: local names of elements beside the items or before them, two levels
 *   deep at most, that every item behind them is given; longer than 1 KiB they are left out
 * @expected: what such files are, for messages
 * @mixed: whether other files may be among them, so that cutting answers %AVER_CUT_WAIT behind
 * each: with no file begun, see aver_xml_cutter_is_inside(), the caller looks what comes next
 *
 * Where the items of a format are.
 */
typedef struct {
  const char *const *roots;
  const char *const *items;
  const char *const *context;
  const char *expected;
  gboolean mixed;
} AverXmlFormat;

/**
 * AverXmlCutter:
 *
 * Cuts items out of XML files of any size, in document order. A record is an XML document of its
 * own: the start tags around the item, the context, the item, the end tags; its offset and line are
 * those of the item's start tag in the file. Only aver_xml_read() looks into an item, so that a
 * malformed one costs itself. Document types are passed over: nothing that they declare or refer
 * to is ever read. Memory: the longest record allowed, twice. Not thread-safe.
 */
typedef struct _AverXmlCutter AverXmlCutter;

/**
 * aver_xml_cutter_new:
 * @input: a reference is taken
 * @format: outlives the cutter
 * @maximum: the longest item allowed, in bytes
 *
 * Makes a cutter.
 *
 * Returns: (transfer full): a cutter, to be freed with aver_xml_cutter_free().
 */
AVER_API AverXmlCutter *aver_xml_cutter_new(AverInput *input, const AverXmlFormat *format,
                                            gsize maximum);

/**
 * aver_xml_cutter_free:
 *
 * Frees a cutter.
 */
AVER_API void aver_xml_cutter_free(AverXmlCutter *cutter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AverXmlCutter, aver_xml_cutter_free)

/**
 * aver_xml_cutter_is_inside:
 *
 * Tells where a cutter stands.
 *
 * Returns: whether a file has been begun and not yet ended.
 */
AVER_API gboolean aver_xml_cutter_is_inside(const AverXmlCutter *cutter);

/**
 * aver_xml_cutter_cut:
 * @may_block: whether to wait when nothing is at hand; see #AverPlugin
 * @record: (out caller-allocates): filled in; valid until the next cut
 *
 * The next item, as a reader's cut(). An item that is too long, and a file that has none of @roots,
 * ends too early or does not nest outside its items, are %AVER_CUT_BAD.
 *
 * Returns: as cut() of a reader answers.
 */
AVER_API AverCut aver_xml_cutter_cut(AverXmlCutter *cutter, gboolean may_block, AverRecord *record,
                                     GError **error);

/**
 * aver_xml_cutter_get_cursor:
 * @cursor: (out caller-allocates): gets a text of one line appended
 *
 * The position behind the last record cut: the file, and how many records of it.
 */
AVER_API void aver_xml_cutter_get_cursor(const AverXmlCutter *cutter, GString *cursor);

/**
 * aver_xml_cutter_seek:
 * @cursor: what aver_xml_cutter_get_cursor() gave
 *
 * Moves to a cursor before anything is cut: reads the file up to there.
 *
 * Returns: %FALSE when the input is no longer what it was.
 */
AVER_API gboolean aver_xml_cutter_seek(AverXmlCutter *cutter, const char *cursor, GError **error);

/**
 * AVER_XML_NAMESPACE:
 *
 * Of xml:lang and xml:base.
 */
#define AVER_XML_NAMESPACE "http://www.w3.org/XML/1998/namespace"

/**
 * AVER_XML_NONE:
 *
 * No element.
 */
#define AVER_XML_NONE G_MAXUINT32

/**
 * AverXml:
 *
 * The elements of one XML document, numbered in document order from 0, the outermost. Reused from
 * document to document. Not thread-safe: one a worker.
 */
typedef struct _AverXml AverXml;

/**
 * aver_xml_new:
 *
 * Makes room for one document [main], as libxml2 is initialised by the first call.
 *
 * Returns: (transfer full): a document, to be freed with aver_xml_free().
 */
AVER_API AverXml *aver_xml_new(void);

/**
 * aver_xml_free:
 *
 * Frees it.
 */
AVER_API void aver_xml_free(AverXml *xml);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AverXml, aver_xml_free)

/**
 * aver_xml_read:
 * @record: a record that a cutter cut
 *
 * Reads an item and what it was given. Nothing is loaded or expanded but XML's own entities and
 * those that HTML names for characters.
 *
 * Returns: %FALSE with %AVER_ERROR_SYNTAX (line and byte of the file, and what libxml2 says),
 * %AVER_ERROR_ENCODING naming the byte, or %AVER_ERROR_LIMIT: more than 200,000 elements and texts,
 * 256 elements inside one another, 250 attributes in an element, 250 namespaces.
 */
AVER_API gboolean aver_xml_read(AverXml *xml, const AverRecord *record, GError **error);

/**
 * aver_xml_read_text:
 * @text: (array length=length): a whole XML document, UTF-8, without a document type
 * @length: bytes
 *
 * Reads a document that came in something else.
 *
 * Returns: %FALSE with an error.
 */
AVER_API gboolean aver_xml_read_text(AverXml *xml, const char *text, gsize length, GError **error);

/**
 * aver_xml_set_provenance:
 * @record: the record
 * @id: (nullable): what the item calls itself; else the document's id is the file and the number
 * @document: a document
 *
 * Sets what aver_record_set_provenance() does, the id, and metadata `record`, the item's number in
 * its file, from 1; `offset`, its place in bytes; `charset`.
 */
AVER_API void aver_xml_set_provenance(const AverXml *xml, const AverRecord *record, const char *id,
                                      AverDocument *document);

/**
 * aver_xml_get_item:
 *
 * Finds the item among what it was given.
 *
 * Returns: the element that is the item.
 */
AVER_API guint32 aver_xml_get_item(const AverXml *xml);

/**
 * aver_xml_get_number:
 *
 * Counts items.
 *
 * Returns: which record of its file the item is, from 1.
 */
AVER_API guint64 aver_xml_get_number(const AverXml *xml);

/**
 * aver_xml_get_charset:
 *
 * Tells what the file was written in.
 *
 * Returns: (transfer none): the file's character set, in lower case.
 */
AVER_API const char *aver_xml_get_charset(const AverXml *xml);

/**
 * aver_xml_first:
 * @parent: an element
 * @name: (nullable): a local name; %NULL is any
 *
 * Goes into an element.
 *
 * Returns: the first element of that name in an element, not deeper, or %AVER_XML_NONE.
 */
AVER_API guint32 aver_xml_first(const AverXml *xml, guint32 parent, const char *name);

/**
 * aver_xml_next:
 * @element: an element's number
 * @name: a name
 *
 * Goes on to a sibling.
 *
 * Returns: the next element of that name beside @element, or %AVER_XML_NONE.
 */
AVER_API guint32 aver_xml_next(const AverXml *xml, guint32 element, const char *name);

/**
 * aver_xml_find:
 * @parent: an element
 * @name: a name
 *
 * Looks for an element inside another.
 *
 * Returns: the first element of that name in an element, at any depth.
 */
AVER_API guint32 aver_xml_find(const AverXml *xml, guint32 parent, const char *name);

/**
 * aver_xml_get_parent:
 * @element: an element's number
 *
 * Goes out of an element.
 *
 * Returns: the element around another, or %AVER_XML_NONE.
 */
AVER_API guint32 aver_xml_get_parent(const AverXml *xml, guint32 element);

/**
 * aver_xml_get_name:
 * @element: an element's number
 *
 * Names an element.
 *
 * Returns: (transfer none): an element's local name.
 */
AVER_API const char *aver_xml_get_name(const AverXml *xml, guint32 element);

/**
 * aver_xml_get_space:
 * @element: an element's number
 *
 * Tells an element's namespace.
 *
 * Returns: (transfer none): the address of an element's namespace; the prefix alone where it is
 * declared nowhere; "" for none.
 */
AVER_API const char *aver_xml_get_space(const AverXml *xml, guint32 element);

/**
 * aver_xml_get_attribute:
 * @element: an element's number
 * @space: "" for an attribute without a prefix
 * @name: a name
 *
 * Looks an attribute up.
 *
 * Returns: (transfer none) (nullable): the value, with XML's references resolved.
 */
AVER_API const char *aver_xml_get_attribute(const AverXml *xml, guint32 element, const char *space,
                                            const char *name);

/**
 * aver_xml_get_line:
 * @element: an element, or %AVER_XML_NONE
 *
 * Tells where an element stands.
 *
 * Returns: (transfer full) (nullable): the characters in it on one line, as aver_html_squeeze();
 * %NULL when there are none.
 */
AVER_API char *aver_xml_get_line(const AverXml *xml, guint32 element);

/**
 * aver_xml_append_text:
 * @element: an element's number
 * @text: gets the characters appended
 *
 * Appends the characters in an element and all that is in it.
 */
AVER_API void aver_xml_append_text(const AverXml *xml, guint32 element, AverBuffer *text);

/**
 * AverXmlRename:
 * @name: an element's local name
 *
 * Gives an element another name.
 *
 * Returns: (nullable): the element of HTML that an element stands for; %NULL leaves it out with all
 * that is in it.
 */
typedef const char *(*AverXmlRename)(const char *name);

/**
 * aver_xml_append_html:
 * @element: an element's number
 * @rename: (nullable) (scope call): which element of HTML each becomes; without it, the one of the
 *   same name
 * @html: what turns HTML into text
 *
 * Appends what is in an element as HTML without attributes, for aver_html_append_text().
 */
AVER_API void aver_xml_append_html(const AverXml *xml, guint32 element, AverXmlRename rename,
                                   AverBuffer *html);

G_END_DECLS
