/*
 * private.h - what the files of the Markdown parser share.
 *
 * markdown.c goes through the lines and says what each begins; rows.c reads pipe tables,
 * grid.c and ruled.c the tables that Pandoc draws, marks.c takes the
 * marks out of a text, and seen.c what nobody sees.
 */
#pragma once

#include "base/span.h"
#include "parsers/shared/decode.h"

#include <cmark-gfm.h>

/* One line without its end and without the marks of a block quote. */
typedef struct {
    const char *text, *end; /* as drawn: columns count from here */
    const char *from, *to;  /* the same without white space at both ends */
    const char *next;       /* the following line */
    guint32 number;         /* from 1 */
} MdLine;

typedef struct {
    const ZpDecoded *decoded;
    ZpDocument *document;
    const char *at, *end; /* what was not read yet */
    guint32 line;         /* of `at`, from 1 */
    ZpTable *table;       /* (nullable) of rows or of lines, under way */
    char separator;       /* of the table's rows */
    bool is_framed;       /* a bar that begins a row of it begins no cell */
    bool has_delimiter;   /* its delimiter row was seen */
    ZpPlace place;        /* of the text that is read */
    GString *plain;       /* scratch: that text, without marks */
    guint n_tried;        /* tags of which it was tried whether they hide what follows */
    GString *styles;      /* style sheets of the page that the text would be turned into */
    GError **error;
} MdReader;

/* Where a cell stands, before its text is known. */
typedef struct {
    guint32 row, col, row_span, col_span;
} MdSpot;

/** md_following: the line behind one; blank at the end of the file. */
MdLine md_following(const MdReader *reader, const MdLine *line);

/** md_span: a piece of a line, as places behind its `text`. */
static inline ZpSpan md_span(const MdLine *line, const char *from, const char *to)
{
    return zp_span_between(line->text, line->end, from, to);
}

static inline bool md_is_blank(const MdLine *line)
{
    return line->from == line->to;
}

/**
 * md_is_ruler: a line of @mark and blanks only, with at least three of them.
 * @groups: (nullable) set to how many groups of marks there are
 */
bool md_is_ruler(const MdLine *line, char mark, guint *groups);

/**
 * md_is_column_ruler: two groups of two dashes or more: the ruler of a table, no thematic break.  (ruled.c)
 */
bool md_is_column_ruler(const MdLine *line);

/** md_move: go on behind a line that was read. */
void md_move(MdReader *reader, const MdLine *line);

/** md_add_cell: store a piece of a line without its marks; a blank one is no cell. */
bool md_add_cell(MdReader *reader, const MdSpot *spot, const MdLine *line, ZpSpan piece);

/** md_add_drawn: store a text that was put together from several lines, joined by blanks. */
bool md_add_drawn(MdReader *reader, const MdSpot *spot, guint32 line, const GString *text);

/** md_add_text: a piece of a line as text around the tables. */
bool md_add_text(MdReader *reader, const MdLine *line, ZpSpan piece);

/* rows.c */

/**
 * md_is_row, md_is_delimiter: a line of a pipe table (or of tab-separated cells), also without a
 * delimiter row near it; the delimiter row itself, `|:---|---:|`.
 */
bool md_is_row(const MdReader *reader, const MdLine *line);
bool md_is_delimiter(const char *from, const char *to);

bool md_read_row(MdReader *reader, const MdLine *line);

/* Drawn tables: grid.c, spans.c, ruled.c */

/**
 * md_read_grid, md_read_ruled: read the drawn table that begins in a line.
 * @taken: set to whether there was one; if not, nothing was read
 */
bool md_read_grid(MdReader *reader, const MdLine *line, bool *taken);
bool md_read_ruled(MdReader *reader, const MdLine *line, bool *taken);

/**
 * md_read_spanned: read a grid with merged cells into the table under way.
 * @lines: (element-type MdLine) from its first ruler to its last
 * @taken: set to whether its lines meet; if not, nothing was read
 */
bool md_read_spanned(MdReader *reader, const GArray *lines, bool *taken);

/** md_is_drawn: a character that a horizontal line is drawn with. */
bool md_is_drawn(char c);

/**
 * md_texts_new, md_append_piece, md_add_texts: the texts of a row's cells (GString), which grow line by
 * line and are then stored, as the row that began in @line, and emptied.
 */
GPtrArray *md_texts_new(guint count);
void md_append_piece(GString *text, const MdLine *line, ZpSpan piece);
bool md_add_texts(MdReader *reader, GPtrArray *texts, guint32 line);

/** md_note_long: say that a drawn table goes on beyond ZP_LIMIT_DRAWN_LINES. */
void md_note_long(MdReader *reader, guint32 line);

/* How a tool that draws tables counts the width of a character. */
typedef enum {
    MD_WIDTH_WIDE,      /* two columns for what East Asia prints wide (Pandoc) */
    MD_WIDTH_AMBIGUOUS, /* and for what only some fonts print wide: … “ ≥ */
    MD_WIDTH_ONE,       /* one column a character, whatever it looks like */
    MD_WIDTHS,
} MdWidth;

guint md_char_width(gunichar c, MdWidth width);

/* marks.c */

/**
 * md_append_plain: a text of one line without the marks of emphasis, code, links and inline HTML.
 * @reader: the text is appended to its `plain`; <br> and the ends of paragraphs become line ends; what was left
 * out is said of its `place`
 *
 * What HTML does not know stays: `<5次`, `a<b及以上`, `<单位>`.
 */
void md_append_plain(MdReader *reader, const char *text, gsize length);

/* seen.c */

/**
 * md_is_seen_otherwise: whether an inline tag makes the text in it look other than what is around it.
 */
bool md_is_seen_otherwise(const char *html);

/**
 * md_append_seen: as md_append_plain, what a page shows of a text.
 * @guard: bytes at its beginning that are not part of it
 *
 * Returns: false where a page would make something else of it than one cell; nothing is then done.
 */
bool md_append_seen(MdReader *reader, cmark_node *root, gsize guard);

/** md_is_definition: what a link refers to, `[1]: http://…`, which no page shows. */
bool md_is_definition(const MdLine *line);

/** md_add_styles: a <style> element, without its end. */
void md_add_styles(MdReader *reader, const char *text, gsize length);

/**
 * md_skip_hidden: pass over an element that hides all in it, and say so.
 * @taken: set to whether one begins in the line
 */
bool md_skip_hidden(MdReader *reader, const MdLine *line, bool *taken);
