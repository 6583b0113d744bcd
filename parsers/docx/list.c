/*
 * list.c - lists of a Word text: their levels, and how far each has counted.
 *
 *     w:num 3 → w:abstractNum 1 → level 0: 「%1、」 chineseCounting    一、 二、 三、
 *                                  level 1: 「%1.%2」 decimal           1.1 1.2
 *
 * Lists that share an abstract one go on counting where another stopped, unless a w:num says where
 * its level starts.  A deeper level begins anew after every number above it.
 *
 * Source: ECMA-376 part 1, 17.9.
 */
#include "parsers/docx/list.h"

#include "parsers/docx/private.h"
#include "parsers/ooxml/xml.h"

#include <string.h>

#define LEVELS 9
/* Bytes of what stands around a number. */
#define TEXT_MAX 64

typedef struct {
    guint start;
    char *format, *text; /* (nullable) */
    const char *font;    /* (nullable) (static) a symbol font */
    bool is_legal;       /* numbers of all levels in plain digits */
} Level;

/* What counts: the abstract list. */
typedef struct {
    Level levels[LEVELS];
    guint counts[LEVELS]; /* the number shown last; 0: none yet */
    bool has_begun[LEVELS];
} Abstract;

/* What paragraphs refer to. */
typedef struct {
    Abstract *abstract;   /* (nullable) borrowed */
    Level levels[LEVELS]; /* of its own where `text` is set */
    guint starts[LEVELS]; /* one more than where a level starts; 0: as the abstract list */
    bool has_started[LEVELS];
} List;

struct ZpDocxLists {
    GHashTable *abstracts, *lists; /* id → Abstract, List */
};

enum {
    ABSTRACT = 1,
    LIST,
    ABSTRACT_OF,
    OVERRIDE,
    START_OVERRIDE,
    LEVEL,
    START,
    FORMAT,
    LEVEL_TEXT,
    LEGAL,
    LEVEL_FONTS,
};

typedef struct {
    ZpDocxLists *lists;
    Abstract *abstract; /* (nullable) under way, as the next three */
    List *list;
    Level *level;
    guint override;
} Reader;

static void clear_levels(Level *levels)
{
    for (guint k = 0; k < LEVELS; k++) {
        g_free(levels[k].format);
        g_free(levels[k].text);
    }
}

static void abstract_free(gpointer data)
{
    Abstract *abstract = data;
    clear_levels(abstract->levels);
    g_free(abstract);
}

static void list_free(gpointer data)
{
    List *list = data;
    clear_levels(list->levels);
    g_free(list);
}

static void start_abstract(Reader *reader, const ZpXmlAttributes *attributes)
{
    guint id = zp_xml_number(attributes, "abstractNumId", 0);
    reader->abstract = g_new0(Abstract, 1);
    reader->list = NULL;
    reader->level = NULL;
    g_hash_table_insert(reader->lists->abstracts, GUINT_TO_POINTER(id), reader->abstract);
}

static void start_list(Reader *reader, const ZpXmlAttributes *attributes)
{
    guint id = zp_xml_number(attributes, "numId", 0);
    reader->list = g_new0(List, 1);
    reader->abstract = NULL;
    reader->level = NULL;
    g_hash_table_insert(reader->lists->lists, GUINT_TO_POINTER(id), reader->list);
}

/* A level of an abstract list, or of a list that has it otherwise. */
static void start_level(Reader *reader, const ZpXmlAttributes *attributes)
{
    guint number = zp_xml_number(attributes, "ilvl", 0);
    Level *levels = reader->list       ? reader->list->levels
                    : reader->abstract ? reader->abstract->levels
                                       : NULL;
    reader->level = levels && number < LEVELS ? &levels[number] : NULL;
    if (reader->level)
        reader->level->start = 1;
}

static void set_text(char **text, const ZpXmlAttributes *attributes)
{
    g_free(*text);
    *text = zp_xml_dup(attributes, "val");
    if (*text && strlen(*text) > TEXT_MAX)
        (*text)[g_utf8_find_prev_char(*text, *text + TEXT_MAX + 1) - *text] = '\0';
}

static void read_level(Level *level, guint token, const ZpXmlAttributes *attributes)
{
    if (token == START)
        level->start = MIN(zp_xml_number(attributes, "val", 1), G_MAXINT16);
    else if (token == FORMAT)
        set_text(&level->format, attributes);
    else if (token == LEVEL_TEXT)
        set_text(&level->text, attributes);
    else if (token == LEGAL)
        level->is_legal = zp_xml_flag(attributes, "val", true);
    else if (token == LEVEL_FONTS) {
        g_autofree char *font = zp_xml_dup(attributes, "ascii");
        level->font = zp_docx_symbol_font(font);
    }
}

static void read_list(Reader *reader, guint token, const ZpXmlAttributes *attributes)
{
    guint number = zp_xml_number(attributes, "val", 0);
    if (token == ABSTRACT_OF)
        reader->list->abstract =
            g_hash_table_lookup(reader->lists->abstracts, GUINT_TO_POINTER(number));
    else if (token == OVERRIDE)
        reader->override = zp_xml_number(attributes, "ilvl", 0);
    else if (reader->override < LEVELS)
        reader->list->starts[reader->override] = MIN(number, G_MAXINT16) + 1;
}

static bool start(gpointer data, guint token, const ZpXmlAttributes *attributes)
{
    Reader *reader = data;
    if (token == ABSTRACT)
        start_abstract(reader, attributes);
    else if (token == LIST)
        start_list(reader, attributes);
    else if (token == LEVEL)
        start_level(reader, attributes);
    else if (token <= START_OVERRIDE && reader->list)
        read_list(reader, token, attributes);
    else if (token > LEVEL && reader->level)
        read_level(reader->level, token, attributes);
    return true;
}

void zp_docx_lists_free(ZpDocxLists *lists)
{
    if (!lists)
        return;
    g_hash_table_unref(lists->abstracts);
    g_hash_table_unref(lists->lists);
    g_free(lists);
}

ZpDocxLists *zp_docx_lists_new(GBytes *part, const char *name, GError **error)
{
    static const ZpXmlName NAMES[] = {{ZP_XML_WORD, "abstractNum", ABSTRACT},
                                      {ZP_XML_WORD, "num", LIST},
                                      {ZP_XML_WORD, "abstractNumId", ABSTRACT_OF},
                                      {ZP_XML_WORD, "lvlOverride", OVERRIDE},
                                      {ZP_XML_WORD, "startOverride", START_OVERRIDE},
                                      {ZP_XML_WORD, "lvl", LEVEL},
                                      {ZP_XML_WORD, "start", START},
                                      {ZP_XML_WORD, "numFmt", FORMAT},
                                      {ZP_XML_WORD, "lvlText", LEVEL_TEXT},
                                      {ZP_XML_WORD, "isLgl", LEGAL},
                                      {ZP_XML_WORD, "rFonts", LEVEL_FONTS},
                                      {0}};
    static const ZpXmlHandler HANDLER = {.names = NAMES, .start = start};
    g_autoptr(ZpDocxLists) lists = g_new0(ZpDocxLists, 1);
    lists->abstracts = g_hash_table_new_full(NULL, NULL, NULL, abstract_free);
    lists->lists = g_hash_table_new_full(NULL, NULL, NULL, list_free);
    Reader reader = {.lists = lists};
    if (part && !zp_xml_parse(part, name, &HANDLER, &reader, error))
        return NULL;
    return g_steal_pointer(&lists);
}

static const Level *level_of(const List *list, guint level)
{
    return list->levels[level].text ? &list->levels[level] : &list->abstract->levels[level];
}

/* The number of a level that stands in the text of another. */
static void append_count(GString *out, const List *list, guint level, bool is_legal)
{
    const Level *of = level_of(list, level);
    guint count = list->abstract->has_begun[level] ? list->abstract->counts[level] : of->start;
    zp_docx_counter(out, is_legal ? NULL : of->format, count);
}

static void append_character(GString *out, const Level *level, const char *p)
{
    gunichar c = g_utf8_get_char(p);
    gunichar sign = level->font ? zp_docx_symbol(level->font, c) : c;
    g_string_append_unichar(out, sign ? sign : 0x2022);
}

void zp_docx_lists_next(ZpDocxLists *lists, guint number, guint at, GString *out)
{
    List *list = g_hash_table_lookup(lists->lists, GUINT_TO_POINTER(number));
    if (!list || !list->abstract || at >= LEVELS)
        return;
    const Level *level = level_of(list, at);
    gsize before = out->len;
    /* One more at this level; those below begin anew. */
    Abstract *abstract = list->abstract;
    if (list->starts[at] && !list->has_started[at])
        abstract->counts[at] = list->starts[at] - 1;
    else if (!abstract->has_begun[at])
        abstract->counts[at] = level_of(list, at)->start;
    else
        abstract->counts[at]++;
    abstract->has_begun[at] = true;
    list->has_started[at] = true;
    for (guint below = at + 1; below < LEVELS; below++)
        abstract->has_begun[below] = false;
    for (const char *p = level->text ? level->text : ""; *p; p = g_utf8_next_char(p)) {
        if (p[0] == '%' && p[1] >= '1' && p[1] <= '9')
            append_count(out, list, (guint)(*++p - '1'), level->is_legal);
        else
            append_character(out, level, p);
    }
    if (out->len > before && g_ascii_isalnum(out->str[out->len - 1]))
        g_string_append_c(out, ' '); /* it must not run into what follows */
}
