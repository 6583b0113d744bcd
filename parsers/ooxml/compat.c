/*
 * compat.c - what a program shows of mark-up that not every program knows.
 *
 *     <mc:AlternateContent><mc:Choice Requires="wps">…</mc:Choice><mc:Fallback>…</mc:Fallback></…>
 *     <w:document mc:Ignorable="w14 x" mc:ProcessContent="x:b" …> … <x:a><w:t>never shown</w:t></x:a>
 *
 * The first Choice is shown whose namespaces programs know, else the Fallback.  An element of an
 * ignorable namespace that none knows is passed over with all it holds, unless its content is to be
 * processed.  The namespaces known are those of Office: whoever puts a figure into another one shows it
 * to nobody.  A text in a branch that is not shown is worth a word only where the branch shown says something else.
 *
 * Source: ECMA-376 part 3 (Markup Compatibility and Extensibility).
 */
#include "parsers/ooxml/compat.h"

#include <libxml/parser.h>
#include <string.h>

#define COMPATIBILITY "http://schemas.openxmlformats.org/markup-compatibility/2006"

/* Bytes of text of one branch that are compared. */
#define BRANCH_BYTES_MAX (64u * 1024)
/* Pointers of one attribute: local name, prefix, namespace, begin and end of the value. */
#define PER_ATTRIBUTE 5

/* Namespaces that Office programs know beside those of the standard; behind `O/` the rest of the address. */
#define O "http://schemas.microsoft.com/office/"
static const char *const KNOWN[] = {
    O "word/2006/wordml",
    O "word/2010/wordml",
    O "word/2012/wordml",
    O "word/2015/wordml/symex",
    O "word/2016/wordml/cid",
    O "word/2018/wordml",
    O "word/2018/wordml/cex",
    O "word/2020/wordml/sdtdatahash",
    O "word/2023/wordml/word16du",
    O "word/2024/wordml/sdtformatlock",
    O "word/2010/wordprocessingCanvas",
    O "word/2010/wordprocessingDrawing",
    O "word/2010/wordprocessingGroup",
    O "word/2010/wordprocessingInk",
    O "word/2010/wordprocessingShape",
    O "word/2012/wordprocessingDrawing",
    O "drawing/2007/8/2/chart",
    O "drawing/2008/diagram",
    O "drawing/2010/chartDrawing",
    O "drawing/2010/diagram",
    O "drawing/2010/main",
    O "drawing/2010/picture",
    O "drawing/2010/slicer",
    O "drawing/2012/chart",
    O "drawing/2012/main",
    O "drawing/2012/slicer",
    O "drawing/2012/timeslicer",
    O "drawing/2014/chart",
    O "drawing/2014/chartex",
    O "drawing/2014/main",
    O "drawing/2015/06/chart",
    O "drawing/2015/9/8/chartex",
    O "drawing/2015/10/21/chartex",
    O "drawing/2016/5/9/chartex",
    O "drawing/2016/5/10/chartex",
    O "drawing/2016/5/11/chartex",
    O "drawing/2016/5/12/chartex",
    O "drawing/2016/5/13/chartex",
    O "drawing/2016/5/14/chartex",
    O "drawing/2016/SVG/main",
    O "drawing/2016/ink",
    O "drawing/2017/03/chart",
    O "drawing/2017/model3d",
    O "2019/extlst",
    O "excel/2006/main",
    O "excel/2010/spreadsheetDrawing",
    O "mac/excel/2008/main",
    O "spreadsheetml/2009/9/ac",
    O "spreadsheetml/2009/9/main",
    O "spreadsheetml/2010/11/ac",
    O "spreadsheetml/2010/11/main",
    O "spreadsheetml/2011/1/ac",
    O "spreadsheetml/2014/11/main",
    O "spreadsheetml/2014/revision",
    O "spreadsheetml/2015/02/main",
    O "spreadsheetml/2015/revision2",
    O "spreadsheetml/2016/revision3",
    O "spreadsheetml/2016/revision6",
    O "spreadsheetml/2016/revision9",
    O "spreadsheetml/2016/revision10",
    O "spreadsheetml/2017/dynamicarray",
    O "spreadsheetml/2017/richdata",
    O "spreadsheetml/2017/richdata2",
    O "spreadsheetml/2018/calcfeatures",
    O "spreadsheetml/2018/threadedcomments",
    O "spreadsheetml/2019/extlinksprops",
    O "spreadsheetml/2019/namedsheetviews",
    O "spreadsheetml/2020/richdatawebimage",
    O "spreadsheetml/2022/featurepropertybag",
    O "spreadsheetml/2023/msForms",
    "urn:schemas-microsoft-com:mac:vml",
    "urn:schemas-microsoft-com:office:excel",
    "urn:schemas-microsoft-com:office:office",
    "urn:schemas-microsoft-com:office:word",
    "urn:schemas-microsoft-com:vml",
};
#undef O

/* All of these are by the standard's own parts. */
static const char *const KNOWN_FAMILIES[] = {
    "http://schemas.openxmlformats.org/",
    "http://purl.oclc.org/ooxml/",
};

/* A prefix, an ignorable namespace, an element to be processed: from the element at `depth` on. */
typedef struct {
    const xmlChar *name, *uri; /* interned; name of an element to be processed: NULL for all */
    guint depth;
} Entry;

struct ZpXmlCompat {
    xmlDictPtr dict;
    const xmlChar *own, *alternatives, *choice, *fallback, *text, *value, *ignorable, *process;
    GArray *prefixes, *ignored, *processed; /* of Entry */
    GArray *open;                           /* of Alternatives, the innermost last */
    GString *foreign;                       /* the text of an element that is passed over */
    guint skipped_from;                     /* depth of the element that is skipped; 0: none */
    bool in_text, has_own;
};

/* An mc:AlternateContent under way. */
typedef struct {
    bool is_taken;
    guint depth;
    GString *shown;   /* text of the branch that is shown */
    GPtrArray *other; /* of GString: of those that are not */
} Alternatives;

static void free_string(gpointer string)
{
    g_string_free(string, TRUE);
}

static void alternatives_clear(gpointer data)
{
    Alternatives *open = data;
    g_string_free(open->shown, TRUE);
    g_ptr_array_unref(open->other);
}

static const xmlChar *intern(xmlDictPtr dict, const char *text)
{
    return xmlDictLookup(dict, (const xmlChar *)text, -1);
}

ZpXmlCompat *zp_compat_new(xmlDictPtr dict)
{
    ZpXmlCompat *compat = g_new0(ZpXmlCompat, 1);
    compat->dict = dict;
    compat->own = intern(dict, COMPATIBILITY);
    compat->alternatives = intern(dict, "AlternateContent");
    compat->choice = intern(dict, "Choice");
    compat->fallback = intern(dict, "Fallback");
    compat->ignorable = intern(dict, "Ignorable");
    compat->process = intern(dict, "ProcessContent");
    compat->text = intern(dict, "t");
    compat->value = intern(dict, "v");
    compat->prefixes = g_array_new(FALSE, FALSE, sizeof(Entry));
    compat->ignored = g_array_new(FALSE, FALSE, sizeof(Entry));
    compat->processed = g_array_new(FALSE, FALSE, sizeof(Entry));
    compat->open = g_array_new(FALSE, FALSE, sizeof(Alternatives));
    g_array_set_clear_func(compat->open, alternatives_clear);
    return compat;
}

void zp_compat_free(ZpXmlCompat *compat)
{
    g_array_unref(compat->prefixes);
    g_array_unref(compat->ignored);
    g_array_unref(compat->processed);
    g_array_unref(compat->open);
    if (compat->foreign)
        g_string_free(compat->foreign, TRUE);
    g_free(compat);
}

bool zp_compat_is_listening(const ZpXmlCompat *compat)
{
    return compat->open->len || compat->skipped_from || compat->prefixes->len;
}

static bool is_known(const xmlChar *uri)
{
    const char *text = (const char *)uri;
    for (guint i = 0; i < G_N_ELEMENTS(KNOWN_FAMILIES); i++) {
        if (g_str_has_prefix(text, KNOWN_FAMILIES[i]))
            return true;
    }
    for (guint i = 0; i < G_N_ELEMENTS(KNOWN); i++) {
        if (strcmp(text, KNOWN[i]) == 0)
            return true;
    }
    return false;
}

/* The namespace of a prefix here; NULL: it has none. */
static const xmlChar *namespace_of(const ZpXmlCompat *compat, const xmlChar *prefix)
{
    for (guint i = compat->prefixes->len; i > 0; i--) {
        const Entry *entry = &g_array_index(compat->prefixes, Entry, i - 1);
        if (entry->name == prefix)
            return entry->uri;
    }
    return NULL;
}

static void add_prefixes(ZpXmlCompat *compat, const ZpCompatElement *element)
{
    for (int i = 0; i < element->n_spaces; i++) {
        Entry entry = {element->spaces[(gsize)i * 2], element->spaces[(gsize)i * 2 + 1],
                       element->depth};
        g_array_append_val(compat->prefixes, entry);
        compat->has_own |= entry.uri == compat->own;
    }
}

/* The words of an attribute's value, one after another: NULL behind the last. */
static const xmlChar *next_word(const ZpXmlCompat *compat, const char **p, const char *end)
{
    while (*p < end && g_ascii_isspace(**p))
        ++*p;
    const char *start = *p;
    while (*p < end && !g_ascii_isspace(**p))
        ++*p;
    return *p > start ? xmlDictLookup(compat->dict, (const xmlChar *)start, (int)(*p - start))
                      : NULL;
}

static void add_ignorable(ZpXmlCompat *compat, const xmlChar *word, guint depth)
{
    Entry entry = {word, namespace_of(compat, word), depth};
    if (entry.uri && !is_known(entry.uri))
        g_array_append_val(compat->ignored, entry);
}

/* `x:b` or `x:*` */
static void add_processed(ZpXmlCompat *compat, const xmlChar *word, guint depth)
{
    const char *text = (const char *)word, *colon = strchr(text, ':');
    if (!colon)
        return;
    Entry entry = {strcmp(colon, ":*") == 0 ? NULL : intern(compat->dict, colon + 1),
                   namespace_of(compat, xmlDictLookup(compat->dict, word, (int)(colon - text))),
                   depth};
    if (entry.uri)
        g_array_append_val(compat->processed, entry);
}

static bool is_ignored(const ZpXmlCompat *compat, const ZpCompatElement *element)
{
    bool found = false;
    for (guint i = 0; i < compat->ignored->len && !found; i++)
        found = g_array_index(compat->ignored, Entry, i).uri == element->uri;
    for (guint i = 0; i < compat->processed->len && found; i++) {
        const Entry *entry = &g_array_index(compat->processed, Entry, i);
        if (entry->uri == element->uri && (!entry->name || entry->name == element->name))
            return false;
    }
    return found;
}

/* Whether every namespace that a Choice requires is known. */
static bool can_choose(const ZpXmlCompat *compat, const ZpCompatElement *element)
{
    for (int i = 0; i < element->count; i++) {
        const xmlChar **raw = element->raw + (gsize)i * PER_ATTRIBUTE;
        if (strcmp((const char *)raw[0], "Requires") != 0)
            continue;
        const char *p = (const char *)raw[3], *end = (const char *)raw[4];
        for (const xmlChar *word = next_word(compat, &p, end); word;
             word = next_word(compat, &p, end)) {
            const xmlChar *uri = namespace_of(compat, word);
            if (!uri || !is_known(uri))
                return false;
        }
        return true;
    }
    return false;
}

static Alternatives *innermost(const ZpXmlCompat *compat)
{
    GArray *open = compat->open;
    return open->len ? &g_array_index(open, Alternatives, open->len - 1) : NULL;
}

static ZpCompatFate start_branch(ZpXmlCompat *compat, const ZpCompatElement *element)
{
    Alternatives *open = innermost(compat);
    bool is_fit = element->name == compat->fallback || can_choose(compat, element);
    if (!open || open->depth + 1 != element->depth)
        return ZP_COMPAT_PASSED;
    if (!open->is_taken && is_fit) {
        open->is_taken = true;
        return ZP_COMPAT_PASSED;
    }
    g_ptr_array_add(open->other, g_string_new(NULL));
    compat->skipped_from = element->depth;
    return ZP_COMPAT_SKIPPED;
}

static ZpCompatFate start_own(ZpXmlCompat *compat, const ZpCompatElement *element)
{
    if (element->name == compat->choice || element->name == compat->fallback)
        return start_branch(compat, element);
    if (element->name == compat->alternatives) {
        Alternatives open = {.depth = element->depth,
                             .shown = g_string_new(NULL),
                             .other = g_ptr_array_new_with_free_func(free_string)};
        g_array_append_val(compat->open, open);
    }
    return ZP_COMPAT_PASSED;
}

ZpCompatFate zp_compat_start(ZpXmlCompat *compat, const ZpCompatElement *element)
{
    if (element->n_spaces)
        add_prefixes(compat, element);
    if (!compat->has_own) /* all of this is said in its namespace */
        return ZP_COMPAT_SHOWN;
    for (int i = 0; i < element->count; i++) {
        const xmlChar **raw = element->raw + (gsize)i * PER_ATTRIBUTE;
        if (raw[2] != compat->own || (raw[0] != compat->ignorable && raw[0] != compat->process))
            continue;
        const char *p = (const char *)raw[3], *end = (const char *)raw[4];
        for (const xmlChar *word = next_word(compat, &p, end); word;
             word = next_word(compat, &p, end)) {
            if (raw[0] == compat->ignorable)
                add_ignorable(compat, word, element->depth);
            else
                add_processed(compat, word, element->depth);
        }
    }
    if (element->uri == compat->own)
        return start_own(compat, element);
    if (compat->ignored->len && is_ignored(compat, element)) {
        compat->skipped_from = element->depth;
        compat->foreign = g_string_new(NULL);
        return ZP_COMPAT_SKIPPED;
    }
    if (compat->open->len)
        zp_compat_inner(compat, element->name);
    return ZP_COMPAT_SHOWN;
}

void zp_compat_inner(ZpXmlCompat *compat, const xmlChar *name)
{
    compat->in_text = name == compat->text || name == compat->value;
}

static void cut(GArray *entries, guint depth)
{
    while (entries->len && g_array_index(entries, Entry, entries->len - 1).depth >= depth)
        g_array_set_size(entries, entries->len - 1);
}

static char *without_space(const GString *text)
{
    GString *out = g_string_sized_new(text->len);
    for (const char *p = text->str; *p; p++) {
        if (!g_ascii_isspace(*p))
            g_string_append_c(out, *p);
    }
    return g_string_free(out, FALSE);
}

/* What the branches that are not shown say otherwise. */
static GString *differing(const Alternatives *open)
{
    GString *out = NULL;
    g_autofree char *shown = without_space(open->shown);
    for (guint i = 0; i < open->other->len; i++) {
        const GString *text = g_ptr_array_index(open->other, i);
        g_autofree char *other = without_space(text);
        if (!*other || strcmp(other, shown) == 0)
            continue;
        out = out ? out : g_string_new(NULL);
        g_string_append_len(out, text->str, (gssize)text->len);
    }
    return out;
}

GString *zp_compat_end(ZpXmlCompat *compat, guint depth)
{
    GString *out = NULL;
    compat->in_text = false;
    if (compat->skipped_from == depth) {
        compat->skipped_from = 0;
        out = g_steal_pointer(&compat->foreign);
    }
    const Alternatives *open = innermost(compat);
    if (open && open->depth == depth && !compat->skipped_from) {
        out = differing(open);
        g_array_set_size(compat->open, compat->open->len - 1);
    }
    if (compat->prefixes->len) {
        cut(compat->prefixes, depth);
        cut(compat->ignored, depth);
        cut(compat->processed, depth);
    }
    return out;
}

void zp_compat_characters(ZpXmlCompat *compat, const char *text, gsize length, bool is_skipped)
{
    if (!compat->in_text)
        return;
    const Alternatives *open = innermost(compat);
    GString *sink = NULL;
    if (is_skipped && compat->foreign)
        sink = compat->foreign;
    else if (is_skipped && open && open->other->len)
        sink = g_ptr_array_index(open->other, open->other->len - 1);
    else if (!is_skipped && open)
        sink = open->shown;
    if (sink && sink->len + length <= BRANCH_BYTES_MAX)
        g_string_append_len(sink, text, (gssize)length);
}
