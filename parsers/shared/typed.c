/*
 * typed.c - a text as a terminal, a printer or an editor shows it.
 *
 *     8<BS>8 7<BS>7          bold, as nroff writes it: one text; _<BS>8 is underlined
 *     9<BS>- 9<BS>-          struck out: left out, said; so is what ESC [ 9 m strikes out, and 9 with U+0336
 *     8<BS>9                 two texts in one place: U+FFFD, which is no part of a number, and a loss
 *     ESC [ 8 m 99%          concealed, or of its ground's colour: left out, said
 *     99%<CR>87.1%           an editor ends the line there, a terminal prints over it: ended, and a loss
 *
 * What follows goes to `out` as it is read; a backspace moves `over` back into it, and characters are then
 * laid over those that stand there.  Blanks as wide as what is left out keep columns, and figures on both
 * sides apart.  Most texts hold none of all this and are left as they are.
 */
#include "parsers/shared/typed.h"

#include "base/text.h"
#include "parsers/shared/typed_private.h"

#include <string.h>

/* Columns that backspaces are followed back; more are a move like any other. */
#define BACK_MAX 256
/* Characters, also without a width, that they may be. */
#define STEPS_MAX (4 * BACK_MAX)
/* Bytes of a text that a note quotes. */
#define QUOTE_BYTES 300

/* Text of one kind that was left out and is not said yet. */
typedef struct {
    GString *text;
    guint32 line; /* where it began */
    gsize end;    /* behind the blanks in its place */
} Left;

enum { UNSEEN, STRUCK, LEFT_KINDS };

typedef struct {
    ZpDocument *document;
    ZpTypedAs as;
    const char *at, *end; /* what was not read yet */
    const char *stop;     /* of the line */
    guint32 line;
    GString *out;
    gsize begin; /* of the line in `out` */
    gsize over;  /* where the next character goes: the end of `out`, or back over it */
    TypedLook look;
    Left left[LEFT_KINDS];
    guint32 doubt_line; /* the last one that was said to be doubtful */
    guint n_quotes;     /* " since the last line feed */
} Typist;

/* What is said of a text, in each language; {} is the text. */
typedef struct {
    const char *zh, *en;
} Said;

static char *phrase(const char *words, const char *quoted)
{
    GString *out = g_string_new(words);
    g_string_replace(out, "{}", quoted, 1);
    return g_string_free(out, FALSE);
}

static void say(Typist *typist, bool is_note, ZpLossKind kind, guint32 line, const Said *said,
                const char *text, gsize length)
{
    g_autoptr(GString) quoted = g_string_new(NULL);
    zp_text_append_quote(quoted, text, length, QUOTE_BYTES);
    g_autofree char *zh = phrase(said->zh, quoted->str);
    g_autofree char *en = phrase(said->en, quoted->str);
    ZpPlace at = {.line = line};
    if (is_note)
        zp_document_add_note(typist->document, kind, &at, zh, en);
    else
        zp_document_add_counted(typist->document, kind, &at, zh, en);
}

static void settle(Typist *typist, guint kind)
{
    static const Said SAID[LEFT_KINDS] = {
        [UNSEEN] = {"看不见的文字没有读入（终端不显示，或与底色相同）：“{}”",
                    "text that a terminal does not show was left out (concealed, or of its "
                    "ground's colour): \"{}\""},
        [STRUCK] = {"划去的文字没有读入：“{}”", "text that is struck out was left out: \"{}\""},
    };
    static const ZpLossKind LOSSES[] = {ZP_LOSS_UNSEEN_TEXT, ZP_LOSS_CHANGED_TEXT};
    Left *left = &typist->left[kind];
    if (!zp_text_is_blank(left->text->str, left->text->len))
        say(typist, true, LOSSES[kind], left->line, &SAID[kind], left->text->str, left->text->len);
    g_string_truncate(left->text, 0);
}

static guint width_of(gunichar c)
{
    return g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1;
}

/* Whether only blanks stand between what was left out before and the place @at. */
static bool goes_on(const Typist *typist, const Left *left, gsize at)
{
    gsize p = left->end;
    while (p < at && strchr(" \t\r\n", typist->out->str[p]))
        p++;
    return p == at;
}

/* Keeps a text that is left out for its note; blanks as wide as it go, or stand already, at @at. */
static void leave_out(Typist *typist, guint kind, gsize at, gunichar c, const char *text,
                      gsize length)
{
    Left *left = &typist->left[kind];
    if (left->text->len && !goes_on(typist, left, at))
        settle(typist, kind);
    if (!left->text->len)
        left->line = typist->line;
    else if (at > left->end)
        g_string_append_c(left->text, ' ');
    if (left->text->len <= QUOTE_BYTES)
        g_string_append_len(left->text, text, (gssize)length);
    left->end = at + width_of(c);
}

static void doubt_move(Typist *typist)
{
    static const Said MOVED = {
        "这一行里有移动光标或清除文字的控制字符，文字实际显示的位置可能不同，请对照原文",
        "control characters in this line move the cursor or erase text; what is "
        "seen may stand elsewhere, compare with the original"};
    if (typist->doubt_line != typist->line)
        say(typist, false, ZP_LOSS_DOUBTFUL_PLACE, typist->line, &MOVED, "", 0);
    typist->doubt_line = typist->line;
}

/* Puts blanks in the place of the character at @at. */
static void blank_out(Typist *typist, gsize at)
{
    const char *p = typist->out->str + at;
    guint width = width_of(g_utf8_get_char(p));
    g_string_erase(typist->out, (gssize)at, g_utf8_next_char(p) - p);
    for (guint i = 0; i < width; i++)
        g_string_insert_c(typist->out, (gssize)at, ' ');
}

static bool is_stroke(gunichar c)
{
    return c == '-' || c == '/' || c == 0x2013 || c == 0x2014 || c == 0x2015 || c == 0x2500;
}

/* Two different texts in one place: neither is known to be the one that is seen. */
static void collide(Typist *typist, const char *text, gsize length)
{
    static const Said TWO = {"同一位置印了两段不同的文字，读作 U+FFFD：“{}”",
                             "two different texts are printed in one place, which was read as "
                             "U+FFFD: \"{}\""};
    char *under = typist->out->str + typist->over;
    gsize bytes = (gsize)(g_utf8_next_char(under) - under);
    g_autoptr(GString) both = g_string_new_len(under, (gssize)bytes);
    g_string_append(both, " / ");
    g_string_append_len(both, text, (gssize)length);
    if (typist->doubt_line != typist->line)
        say(typist, false, ZP_LOSS_UNSEEN_TEXT, typist->line, &TWO, both->str, both->len);
    typist->doubt_line = typist->line;
    g_string_erase(typist->out, (gssize)typist->over, (gssize)bytes);
    g_string_insert(typist->out, (gssize)typist->over, "\xEF\xBF\xBD");
    typist->over += 3;
}

/* Lays a character over the one that stands at `over`. */
static void lay_over(Typist *typist, gunichar c, const char *text, gsize length)
{
    const char *under = typist->out->str + typist->over;
    gunichar old = g_utf8_get_char(under);
    gsize bytes = (gsize)(g_utf8_next_char(under) - under);
    if (old == '\t' || width_of(c) == 0) {
        typist->over = old == '\t' ? typist->over : typist->over + bytes;
        g_string_insert_len(typist->out, (gssize)typist->over, text, (gssize)length);
        typist->over += length;
    } else if (c == old || c == '_') {
        typist->over += bytes;
    } else if (old == '_' || zp_char_is_space(old)) {
        g_string_erase(typist->out, (gssize)typist->over, (gssize)bytes);
        g_string_insert_len(typist->out, (gssize)typist->over, text, (gssize)length);
        typist->over += length;
    } else if (is_stroke(c)) {
        leave_out(typist, STRUCK, typist->over, old, under, bytes);
        blank_out(typist, typist->over);
        typist->over += width_of(old);
    } else {
        collide(typist, text, length);
    }
}

static void type(Typist *typist, gunichar c, const char *text, gsize length)
{
    bool is_unseen = typist->look.is_hidden || zp_typed_is_lost(&typist->look);
    bool is_left_out = is_unseen || typist->look.is_struck;
    if (c == '\t') {
        g_string_append_c(typist->out, '\t');
        typist->over = typist->out->len;
    } else if (is_left_out) {
        leave_out(typist, is_unseen ? UNSEEN : STRUCK, typist->out->len, c, text, length);
        g_string_append_len(typist->out, "  ", (gssize)width_of(c));
        typist->over = typist->out->len;
    } else if (typist->over < typist->out->len) {
        lay_over(typist, c, text, length);
    } else {
        g_string_append_len(typist->out, text, (gssize)length);
        typist->over = typist->out->len;
    }
}

/* As many columns back as there are backspaces; in the middle of a wide character its beginning. */
static void go_back(Typist *typist)
{
    guint columns = 0, back = 0;
    while (typist->at < typist->stop && *typist->at == '\b') {
        typist->at++;
        columns += columns <= BACK_MAX;
    }
    const char *begin = typist->out->str + typist->begin, *p = typist->out->str + typist->over;
    for (guint steps = 0; back < columns && steps < STEPS_MAX && p > begin && p[-1] != '\t';
         steps++) {
        p = g_utf8_prev_char(p);
        back += width_of(g_utf8_get_char(p));
    }
    typist->over = (gsize)(p - typist->out->str);
    if (back < columns || columns > BACK_MAX)
        doubt_move(typist);
}

/* A stroke through the character before it. */
static bool is_struck_through(gunichar c, gunichar before)
{
    bool is_long = c == 0x0335 || c == 0x0336 || c == 0x20E6;
    bool is_short =
        c == 0x0337 || c == 0x0338 || c == 0x20D2 || c == 0x20D3 || c == 0x20E5 || c == 0x20EB;
    return is_long ||
           (is_short && g_unichar_type(before) != G_UNICODE_MATH_SYMBOL); /* ≠ and its like */
}

/* Takes out the last character where @c strikes it out; false where it does not. */
static bool strike(Typist *typist, gunichar c)
{
    const char *begin = typist->out->str + typist->begin;
    const char *end = typist->out->str + typist->out->len;
    const char *last = end > begin ? g_utf8_find_prev_char(begin, end) : NULL;
    gunichar before = last ? g_utf8_get_char(last) : 0;
    if (!last || typist->over < typist->out->len || !is_struck_through(c, before))
        return false;
    bool is_struck = *last == ' ' && typist->left[STRUCK].end == typist->out->len;
    if (zp_char_is_space(before))
        return is_struck;
    leave_out(typist, STRUCK, (gsize)(last - typist->out->str), before, last, (gsize)(end - last));
    blank_out(typist, (gsize)(last - typist->out->str));
    typist->over = typist->out->len;
    return true;
}

/* Whether the character at `at` is an escape sequence, which is then passed. */
static bool pass_escape(Typist *typist)
{
    static const Said STRING = {
        "终端不显示的控制字符串没有读入：“{}”",
        "a string for the terminal, which it does not show, was left out: \"{}\""};
    const char *behind = NULL, *text = NULL;
    gsize length = 0;
    TypedEscape kind =
        zp_typed_escape(typist->at, typist->stop, &typist->look, &behind, &text, &length);
    if (kind == TYPED_NOTHING)
        return false;
    if (kind == TYPED_STRING)
        say(typist, true, ZP_LOSS_UNSEEN_TEXT, typist->line, &STRING, text, length);
    if (kind == TYPED_MOVE || (kind == TYPED_ERASE && typist->over < typist->out->len))
        doubt_move(typist);
    typist->at = behind;
    return true;
}

static void type_line(Typist *typist)
{
    bool is_text = typist->as == ZP_TYPED_TEXT;
    while (typist->at < typist->stop) {
        const char *p = typist->at;
        gunichar c = g_utf8_get_char(p);
        if (is_text && c == '\b') {
            go_back(typist);
            continue;
        }
        if (is_text && (c == 0x1B || c == 0x9B) && pass_escape(typist))
            continue;
        typist->at = g_utf8_next_char(p);
        if (!strike(typist, c))
            type(typist, c, p, (gsize)(typist->at - p));
        typist->n_quotes += c == '"';
    }
}

static bool is_blank_or_rule(const char *from, const char *to)
{
    while (from < to && (*from == '_' || *from == ' ' || *from == '\t'))
        from++;
    return from == to;
}

/*
 * A carriage return within a line: printed over, or another line?  The same text again is bold, and lines below it
 * underline it.  In a quoted cell it ends a line of the cell.
 */
static void tell_overprint(Typist *typist, const char *from, bool *is_over)
{
    static const Said OVER = {
        "行中有回车符：编辑器在此换行（照此读取），终端和打印机会把后面的文字印在前面的文字上：“{}"
        "”",
        "a carriage return within a line: an editor ends the line there, and so it "
        "was read; a terminal or printer prints what follows over what precedes: \"{}\""};
    const char *next = typist->stop + 1, *to = next;
    while (to < typist->end && *to != '\n' && *to != '\r')
        to++;
    gsize length = (gsize)(typist->stop - from);
    *is_over = (gsize)(to - next) == length && memcmp(from, next, length) == 0;
    *is_over = *is_over || is_blank_or_rule(next, to);
    if (*is_over || typist->n_quotes % 2 || zp_text_is_blank(from, length))
        return;
    g_autoptr(GString) both = g_string_new(NULL);
    zp_text_append_quote(both, from, length, QUOTE_BYTES / 2);
    g_string_append(both, " / ");
    zp_text_append_quote(both, next, (gsize)(to - next), QUOTE_BYTES / 2);
    say(typist, false, ZP_LOSS_UNSEEN_TEXT, typist->line, &OVER, both->str, both->len);
}

static void end_line(Typist *typist, const char *from, bool has_feeds)
{
    const char *stop = typist->stop;
    bool is_pair = stop + 1 < typist->end && stop[0] == '\r' && stop[1] == '\n';
    bool is_over = false;
    if (typist->as == ZP_TYPED_TEXT && has_feeds && *stop == '\r' && !is_pair)
        tell_overprint(typist, from, &is_over);
    typist->at = stop + 1 + is_pair;
    if (is_over) {
        while (typist->at < typist->end && *typist->at != '\n' && *typist->at != '\r')
            typist->at++;
        return;
    }
    if (*stop != '\r' || is_pair)
        typist->n_quotes = 0;
    g_string_append_len(typist->out, stop, 1 + is_pair);
    typist->begin = typist->over = typist->out->len;
    typist->line += *stop != '\f';
}

/* Whether a byte stands in a text, followed by one of @followers. */
static bool has_pair(const char *text, gsize length, guchar byte, const char *followers)
{
    const char *end = text + length;
    for (const char *p = text; p + 1 < end && (p = memchr(p, byte, (gsize)(end - 1 - p))); p++) {
        if (strchr(followers, p[1]))
            return true;
    }
    return false;
}

static bool has_lone_return(const char *text, gsize length)
{
    const char *end = text + length;
    for (const char *p = text; p + 1 < end && (p = memchr(p, '\r', (gsize)(end - 1 - p))); p++) {
        if (p[1] != '\n')
            return true;
    }
    return false;
}

/* Whether there may be anything that is not as it is stored: in most texts there is not. */
static bool may_differ(const char *text, gsize length, ZpTypedAs as, bool has_feeds)
{
    bool has_strokes =
        has_pair(text, length, 0xCC, "\xB5\xB6\xB7\xB8") || has_pair(text, length, 0xE2, "\x83");
    if (has_strokes || as == ZP_TYPED_MARKS)
        return has_strokes;
    return memchr(text, '\b', length) || memchr(text, '\x1B', length) ||
           has_pair(text, length, 0xC2, "\x9B") || (has_feeds && has_lone_return(text, length));
}

void zp_typed_show(ZpDecoded *decoded, ZpTypedAs as, ZpDocument *document)
{
    const char *text = decoded->text;
    gsize length = decoded->length;
    bool has_feeds = length && memchr(text, '\n', length);
    if (!length || !may_differ(text, length, as, has_feeds))
        return;
    Typist typist = {
        .document = document,
        .as = as,
        .at = text,
        .end = text + length,
        .line = 1,
        .out = g_string_sized_new(length + 1),
        .look = {.colour = -1, .ground = -1},
    };
    for (guint kind = 0; kind < LEFT_KINDS; kind++)
        typist.left[kind].text = g_string_new(NULL);
    while (typist.at < typist.end) {
        const char *from = typist.stop = typist.at;
        while (typist.stop < typist.end && !strchr("\n\r\f", *typist.stop))
            typist.stop++;
        type_line(&typist);
        if (typist.stop < typist.end)
            end_line(&typist, from, has_feeds);
    }
    for (guint kind = 0; kind < LEFT_KINDS; kind++)
        settle(&typist, kind);
    for (guint kind = 0; kind < LEFT_KINDS; kind++)
        g_string_free(typist.left[kind].text, TRUE);
    bool is_same = typist.out->len == length && memcmp(typist.out->str, text, length) == 0;
    gsize shown = typist.out->len;
    char *own = g_string_free(typist.out, is_same);
    if (is_same)
        return;
    g_free(decoded->owned);
    decoded->text = decoded->owned = own;
    decoded->length = shown;
    decoded->same_bytes = decoded->is_whole = false;
}
