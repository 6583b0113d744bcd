/*
 * seen.c - which text of a Word document a person sees: that is the cell's, all else is said in a note.
 *
 *     struck out, hidden, in a hidden row, deleted              never read
 *     in the colour of its ground, too small, right to left     never read
 *     raised behind a figure                                    a note mark (ooxml/raised.c)
 *
 * The ground of a text is the run's own shading or highlighting, else the paragraph's, the cell's, else
 * white paper.  A white text on white paper in a table whose style shades some cells may be seen: it is read.
 */
#include "base/error.h"
#include "base/limits.h"
#include "parsers/docx/word.h"
#include "parsers/ooxml/raised.h"

#include <string.h>

ZpDocxParagraph *zp_docx_paragraph(const ZpDocxWord *word)
{
    GArray *open = word->paragraphs;
    return open->len ? &g_array_index(open, ZpDocxParagraph, open->len - 1) : NULL;
}

ZpDocxFlow *zp_docx_flow(ZpDocxWord *word)
{
    ZpDocxTable *table = zp_docx_innermost(word);
    return table && table->in_cell ? &table->flow : &word->around;
}

bool zp_docx_is_deleted(const ZpDocxWord *word)
{
    const ZpDocxTable *table = zp_docx_innermost(word);
    return word->deleted || word->is_deleted_text ||
           (table && table->in_cell && (table->is_deleted || table->row_is_deleted));
}

static bool is_inserted(const ZpDocxWord *word)
{
    const ZpDocxTable *table = zp_docx_innermost(word);
    return word->inserted ||
           (table && table->in_cell && (table->is_inserted || table->row_is_inserted));
}

static void check_length(const ZpDocxWord *word, const GString *text)
{
    if (text->len > ZP_LIMIT_CELL_BYTES && !*word->error)
        zp_error_set(word->error, ZP_ERROR_LIMIT,
                     "超过 ZP_LIMIT_CELL_BYTES（一个单元格 %u 字节）的上限",
                     "over ZP_LIMIT_CELL_BYTES (%u bytes in a cell)", ZP_LIMIT_CELL_BYTES);
}

void zp_docx_say(ZpDocxWord *word, ZpDocxSaying saying, const char *text, gsize length)
{
    GString *sink = zp_docx_flow(word)->said[saying];
    g_string_append_len(sink, text, (gssize)length);
    check_length(word, sink);
}

void zp_docx_look_start(const ZpDocxWord *word, ZpDocxParagraph *paragraph,
                        const ZpDocxStyle *style)
{
    static const ZpDocxLook PLAIN;
    /* The table's style, where it has one that says anything. */
    const ZpDocxTable *table = zp_docx_innermost(word);
    const ZpDocxStyle *under =
        table && table->style ? g_hash_table_lookup(word->styles->by_id, table->style) : NULL;
    style = style ? style : &word->styles->paragraph;
    paragraph->look = style->look;
    if (under) {
        ZpDocxLook base = under->look;
        base.ground = ZP_COLOUR_UNSAID; /* of cells, not of text */
        paragraph->look = zp_docx_look_combine(&style->look, &base);
    }
    zp_docx_look_under(&paragraph->look, &word->styles->defaults);
    paragraph->is_plain = memcmp(&paragraph->look, &PLAIN, sizeof PLAIN) == 0;
    paragraph->list = style->list;
    paragraph->level = style->level;
}

void zp_docx_property(ZpDocxWord *word, Token token, const ZpXmlAttributes *attributes)
{
    ZpDocxRun *run = zp_docx_run(word);
    ZpDocxParagraph *paragraph = zp_docx_paragraph(word);
    ZpDocxTable *table = zp_docx_innermost(word);
    ZpDocxLook look = {0};
    if (word->in_paragraph_properties) {
        if (paragraph && token == VANISH && word->in_run_properties) /* the mark is not shown */
            paragraph->is_joined |= zp_xml_flag(attributes, "val", true);
        if (paragraph && !word->in_run_properties && (token == SHADE || token == SPACING)) {
            zp_docx_look_read(&paragraph->look, token, attributes, &word->styles->theme);
            paragraph->is_plain = false;
        }
    } else if (word->in_cell_properties && table && token == SHADE) {
        zp_docx_look_read(&look, token, attributes, &word->styles->theme);
        table->ground = look.ground;
    } else if (run && word->in_run_properties && !word->in_cell_properties) {
        zp_docx_look_read(&run->look, token, attributes, &word->styles->theme);
        run->is_plain = false;
    }
}

/* How the text under way looks, by its paragraph, its style and itself. */
static ZpDocxLook look_of(const ZpDocxWord *word)
{
    const ZpDocxRun *run = zp_docx_run(word);
    const ZpDocxParagraph *paragraph = zp_docx_paragraph(word);
    ZpDocxLook under = paragraph ? paragraph->look : (ZpDocxLook){0};
    if (!run)
        return under;
    if (run->style)
        under = zp_docx_look_combine(&run->style->look, &under);
    ZpDocxLook look = run->look;
    zp_docx_look_under(&look, &under);
    return look;
}

/* Whether a text of some colour is lost on what is under it. */
static bool is_lost(const ZpDocxWord *word, const ZpDocxLook *look)
{
    guint32 ground = look->ground;
    for (guint k = word->open->len; k > 0 && !ground; k--)
        ground = ((const ZpDocxTable *)g_ptr_array_index(word->open, k - 1))->ground;
    if (ground)
        return zp_colour_is_lost(look->colour, ground);
    if (!zp_colour_is_lost(look->colour, ZP_COLOUR_WHITE))
        return false;
    for (guint k = word->open->len; k > 0; k--) {
        const ZpDocxTable *table = g_ptr_array_index(word->open, k - 1);
        if (table->style && zp_docx_styles_ground(word->styles, table->style, look->colour))
            return false;
    }
    return !word->boxes; /* a text box may be filled */
}

static bool in_hidden_row(const ZpDocxWord *word)
{
    const ZpDocxTable *table = zp_docx_innermost(word);
    return table && (table->is_hidden || table->row_is_hidden);
}

static bool is_plain(const ZpDocxWord *word)
{
    const ZpDocxRun *run = zp_docx_run(word);
    const ZpDocxParagraph *paragraph = zp_docx_paragraph(word);
    return (!run || run->is_plain) && (!paragraph || paragraph->is_plain);
}

bool zp_docx_is_hidden(const ZpDocxWord *word)
{
    if (is_plain(word))
        return false;
    ZpDocxLook look = look_of(word);
    return look.vanish == ZP_DOCX_ON;
}

/* A raised text: part of what is shown, or a mark. */
static void add_raised(ZpDocxWord *word, ZpDocxFlow *flow, const char *text, gsize length)
{
    const GString *before = flow->shown;
    bool is_first = zp_text_is_blank(before->str, before->len);
    if (is_first && zp_raised_could_be_mark(text, length)) {
        g_string_append_len(flow->leading, text, (gssize)length);
        check_length(word, flow->leading);
        return;
    }
    ZpRaised kind = zp_raised_tell(before->str, before->len, text, length);
    if (kind == ZP_RAISED_MARK) {
        zp_docx_say(word, ZP_DOCX_SAID_MARK, text, length);
        return;
    }
    if (kind == ZP_RAISED_POWER)
        g_string_append_c(flow->shown, '^');
    g_string_append_len(flow->shown, text, (gssize)length);
}

static void add_shown(ZpDocxWord *word, ZpDocxFlow *flow, const ZpDocxLook *look, const char *text,
                      gsize length)
{
    bool is_blank = zp_text_is_blank(text, length);
    if (look && look->raised == ZP_DOCX_ON && !is_blank) {
        add_raised(word, flow, text, length);
    } else {
        if (flow->leading->len && !is_blank) {
            g_string_append_len(flow->said[ZP_DOCX_SAID_MARK], flow->leading->str,
                                (gssize)flow->leading->len);
            g_string_truncate(flow->leading, 0);
        }
        g_string_append_len(flow->shown, text, (gssize)length);
    }
    if (is_inserted(word))
        g_string_append_len(flow->said[ZP_DOCX_SAID_INSERTED], text, (gssize)length);
    check_length(word, flow->shown);
}

/* Why a text is not read; ZP_DOCX_N_SAID: it is. */
static ZpDocxSaying unread(const ZpDocxWord *word, const ZpDocxLook *look)
{
    if (zp_docx_is_deleted(word))
        return ZP_DOCX_SAID_DELETED;
    if (in_hidden_row(word))
        return ZP_DOCX_SAID_ROW;
    ZpDocxSight sight = look ? zp_docx_look_sight(look) : ZP_DOCX_SEEN;
    if (sight == ZP_DOCX_HIDDEN || word->unseen)
        return ZP_DOCX_SAID_HIDDEN;
    if (sight == ZP_DOCX_STRUCK)
        return ZP_DOCX_SAID_STRUCK;
    if (sight == ZP_DOCX_TINY)
        return ZP_DOCX_SAID_TINY;
    if (sight == ZP_DOCX_PALE && is_lost(word, look))
        return ZP_DOCX_SAID_PALE;
    if (word->reversed)
        return ZP_DOCX_SAID_REVERSED;
    bool is_over = word->floating && word->floating_cells && word->open->len &&
                   word->floating_cells == word->open->len;
    return is_over ? ZP_DOCX_SAID_FLOATING : ZP_DOCX_N_SAID;
}

void zp_docx_add_text(ZpDocxWord *word, const char *text, gsize length)
{
    ZpDocxLook looks = {0};
    const ZpDocxLook *look = NULL;
    if (!is_plain(word)) {
        looks = look_of(word);
        look = &looks;
    }
    word->has_text = word->has_text || !zp_text_is_blank(text, length);
    ZpDocxSaying saying = unread(word, look);
    if (saying != ZP_DOCX_N_SAID)
        zp_docx_say(word, saying, text, length);
    else
        add_shown(word, zp_docx_flow(word), look, text, length);
}
