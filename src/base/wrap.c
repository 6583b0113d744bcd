/*
 * wrap.c - one pass a line: the last place where it may break is kept until the width is full.
 *
 *     |    warning  S07  产出指标 / 数量指标 / 公务用车保障率 · 得分  (line 14,| not-proportional)
 *                                                                     ^ the blank goes
 */
#include "base/wrap.h"

#include "base/text.h"

#include <stdbool.h>
#include <string.h>

/* Marks that stay with what is before them, and with what follows (JIS X 4051 calls it kinsoku). */
static const char CLOSING[] = "，。、；：？！）》」』】〕”’…—·,.;:?!)]}%％‰℃";
static const char OPENING[] = "（《「『【〔“‘([{￥¥$";

static bool is_of(const char *marks, gunichar c)
{
    return g_utf8_strchr(marks, -1, c) != NULL;
}

static guint columns_of(gunichar c)
{
    if (g_unichar_iszerowidth(c))
        return 0;
    return g_unichar_iswide(c) ? 2 : 1;
}

/* Digits and what figures are written with. */
static bool is_figure(gunichar c)
{
    return c < 0x80 ? g_ascii_isdigit((char)c) : g_unichar_isdigit(c);
}

static bool may_break(gunichar before, gunichar after)
{
    if (!zp_char_is_cjk(before) && !zp_char_is_cjk(after))
        return false;
    return !is_figure(before) && !is_figure(after) && !is_of(OPENING, before) &&
           !is_of(CLOSING, after);
}

/* The bytes of an escape sequence that begins here; 0: none does. */
static gsize escape_length(const char *at)
{
    if (at[0] != '\033' || at[1] != '[')
        return 0;
    gsize length = strspn(at + 2, "0123456789;") + 2;
    return at[length] == 'm' ? length + 1 : 0;
}

/* Colours that begin between blanks begin the new line. */
static void append_but_blanks(GString *out, const char *from, const char *to)
{
    for (; from < to; from++) {
        if (*from != ' ')
            g_string_append_c(out, *from);
    }
}

/* One line without its end. */
static void wrap_line(GString *out, const char *line, const char *end, guint width, guint hang)
{
    const char *start = line, *place = NULL; /* of what is not written; where it may break */
    const char *behind = line, *gap = NULL;  /* the last character that is no blank; of the place */
    guint column = 0, at_place = 0;          /* taken so far; behind the place */
    gunichar before = 0;
    bool has_text = false; /* the indent is no place to break */
    for (const char *at = line; at < end;) {
        gsize escape = escape_length(at);
        if (escape) {
            at += escape;
            continue;
        }
        gunichar c = g_utf8_get_char(at);
        if (has_text && c != ' ' && (before == ' ' || may_break(before, c))) {
            place = at;
            gap = behind;
            at_place = column;
        }
        column += columns_of(c);
        if (column > width && place && c != ' ') {
            g_string_append_len(out, start, gap - start);
            g_string_append_printf(out, "\n%*s", (int)hang, "");
            append_but_blanks(out, gap, place);
            start = place;
            column = hang + column - at_place;
            place = NULL;
        }
        has_text |= c != ' ';
        before = c;
        at = g_utf8_next_char(at);
        if (c != ' ')
            behind = at;
    }
    g_string_append_len(out, start, end - start);
}

void zp_text_wrap(GString *out, gsize from, guint width, guint hang)
{
    if (!width || from >= out->len)
        return;
    hang = hang < width / 2 ? hang : width / 4;
    g_autofree char *text = g_strdup(out->str + from);
    const char *line = text;
    g_string_truncate(out, from);
    for (;;) {
        const char *end = strchr(line, '\n');
        wrap_line(out, line, end ? end : line + strlen(line), width, hang);
        if (!end)
            return;
        g_string_append_c(out, '\n');
        line = end + 1;
    }
}

void zp_text_clip(GString *out, gsize from, guint columns)
{
    guint column = 0;
    gsize kept = from; /* what leaves a column for the mark */
    for (const char *at = out->str + from; *at; at = g_utf8_next_char(at)) {
        column += columns_of(g_utf8_get_char(at));
        if (column > columns) {
            g_string_truncate(out, kept);
            g_string_append(out, "…");
            return;
        }
        if (column < columns)
            kept = (gsize)(g_utf8_next_char(at) - out->str);
    }
}
