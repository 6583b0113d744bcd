/*
 * said.c - what was left out of a page's text, said with its text and place.
 *
 * A small text above or below the line is a note mark or belongs to the letters before it:
 *
 *     8<sup>1</sup>   95%<sup>[2]</sup>   设备购置<sup>*</sup>     a mark: no digit of the figure, said
 *     m<sup>2</sup>   CO<sub>2</sub>      1<sup>st</sup>            part of the text
 *     2.5×10<sup>4</sup>                                            a power: 2.5×10⁴, which is no plain number
 *
 * Hidden text outside of tables is said only where it holds a table with figures: every site hides menus.
 */
#include "parsers/html/seen_private.h"

#include <string.h>

/* Bytes of a text that a note quotes. */
#define QUOTE_BYTES 300
/* A longer small text is no mark. */
#define MARK_BYTES_MAX 24
/* A picture of no more pixels each way is there for the layout or to count visitors. */
#define PICTURE_MIN (3 * 100)

/* Cleaned, and cut at a character. */
static char *quote(const char *text)
{
    g_autoptr(GString) clean = g_string_new(NULL);
    g_autofree char *valid = zp_text_valid(text, strlen(text), NULL);
    zp_text_append_clean(clean, valid, strlen(valid));
    if (clean->len <= QUOTE_BYTES)
        return g_string_free(g_steal_pointer(&clean), FALSE);
    const char *cut = g_utf8_find_prev_char(clean->str, clean->str + QUOTE_BYTES + 1);
    g_string_truncate(clean, cut ? (gsize)(cut - clean->str) : 0);
    g_string_append(clean, "…");
    return g_string_free(g_steal_pointer(&clean), FALSE);
}

static void note(ZpHtmlSeen *seen, ZpLossKind kind, const ZpPlace *at, const char *text,
                 const char *zh, const char *en)
{
    g_autofree char *quoted = quote(text);
    g_autofree char *full_zh = g_strdup_printf("%s：“%s”", zh, quoted);
    g_autofree char *full_en = g_strdup_printf("%s: \"%s\"", en, quoted);
    zp_document_add_aside(seen->page->document, true, kind, at, full_zh, full_en);
}

static void say_unseen(ZpHtmlSeen *seen, const char *text)
{
    static const struct {
        const char *zh, *en;
    } REASONS[ZP_UNSEEN_REASONS] = {
        [ZP_UNSEEN_DISPLAY] = {"样式设为不显示", "its style is display: none"},
        [ZP_UNSEEN_ATTRIBUTE] = {"标为隐藏", "the attribute hidden"},
        [ZP_UNSEEN_CLOSED] = {"在收起的部分里", "a closed <details>"},
        [ZP_UNSEEN_TEMPLATE] = {"在模板里，或只在不运行脚本时才显示", "<template> or <noscript>"},
        [ZP_UNSEEN_VISIBILITY] = {"样式设为不可见", "its style hides it (visibility)"},
        [ZP_UNSEEN_OPACITY] = {"完全透明", "transparent"},
        [ZP_UNSEEN_SIZE] = {"字号为零或极小", "letters of no size"},
        [ZP_UNSEEN_COLOUR] = {"颜色与底色相同", "of the colour of its ground"},
        [ZP_UNSEEN_PLACE] = {"移到了页面之外", "moved off the page"},
        [ZP_UNSEEN_BOX] = {"被裁掉，或框没有大小", "clipped, or in a box of no size"},
    };
    ZpPlace at = seen->at[ZP_WAY_UNSEEN];
    bool is_table = seen->has_table && strpbrk(text, "0123456789") != NULL;
    if (is_table)
        at.table = at.row = at.col = 0;
    seen->has_table = false;
    if (!at.table && !is_table)
        return;
    g_autofree char *zh =
        g_strdup_printf("页面上看不见的文字没有读入（%s）", REASONS[seen->why].zh);
    g_autofree char *en = g_strdup_printf("text that the page does not show was left out (%s)",
                                          REASONS[seen->why].en);
    note(seen, ZP_LOSS_UNSEEN_TEXT, &at, text, zh, en);
}

/* The last character of the text under way; 0: there is none.  @behind: its end. */
static gunichar char_before(const ZpHtmlSeen *seen, const GString **sink)
{
    const GString *text = *sink = zp_html_page_sink(seen->page);
    if (!text->len)
        return 0;
    const char *last = g_utf8_find_prev_char(text->str, text->str + text->len);
    return last ? g_utf8_get_char(last) : 0;
}

/* Digits, brackets, stars and the like; a single letter. */
static bool looks_like_mark(const char *text)
{
    gsize length = strlen(text);
    if (!length || length > MARK_BYTES_MAX)
        return false;
    if (length == 1 && g_ascii_islower(*text))
        return true;
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        bool is_number =
            g_unichar_isdigit(c) || (c >= 0x2460 && c <= 0x24FF) || (c >= 0x2776 && c <= 0x2793);
        if (!is_number &&
            !g_utf8_strchr("[](){}（）［］【】〔〕*＊※†‡§#注、，,.-–~ ⁰¹²³⁴⁵⁶⁷⁸⁹", -1, c))
            return false;
    }
    return true;
}

/* 2, -1, +3: what a unit may be raised to. */
static bool is_power(const char *text)
{
    gsize sign = strspn(text, "+-") ? 1 : g_str_has_prefix(text, "−") ? strlen("−") : 0;
    gsize digits = strspn(text + sign, "0123456789");
    return digits && digits <= 2 && !text[sign + digits];
}

/* Whether a small text behind a character belongs to no word and no figure. */
static bool is_mark(const char *text, gunichar before, bool is_below, bool is_ruby)
{
    if (!before || is_ruby)
        return before != 0;
    bool is_figure = g_unichar_isdigit(before) || g_utf8_strchr("%％‰)）]】", -1, before);
    if (!looks_like_mark(text))
        return false;
    if (is_figure || is_below)
        return is_figure;
    bool is_unit = (g_unichar_isalpha(before) && !zp_char_is_cjk(before)) ||
                   g_utf8_strchr("米里尺寸", -1, before);
    return !is_unit || !is_power(text);
}

/* ×10 before a small number. */
static bool is_exponent(const GString *sink, const char *text)
{
    static const char *const TENS[] = {"×10", "x10", "X10", "*10", "╳10", "✕10", "·10"};
    for (guint i = 0; is_power(text) && i < G_N_ELEMENTS(TENS); i++) {
        if (g_str_has_suffix(sink->str, TENS[i]))
            return true;
    }
    return false;
}

/* 10<sup>-4</sup> as it looks: 10⁻⁴. */
static char *raised_digits(const char *text)
{
    static const char *const DIGITS[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    GString *raised = g_string_new(NULL);
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        if (g_ascii_isdigit(*p))
            g_string_append(raised, DIGITS[*p - '0']);
        else
            g_string_append(raised, *p == '+' ? "⁺" : "⁻");
    }
    return g_string_free(raised, FALSE);
}

static void settle_raised(ZpHtmlSeen *seen, const ZpHtmlNode *ended, const ZpHtmlNode *around)
{
    GString *raised = seen->texts[ZP_WAY_RAISED];
    const GString *sink;
    gunichar before = char_before(seen, &sink);
    g_autofree char *text = quote(raised->str);
    bool is_below = ended->look.raised < 0, is_ruby = strcmp(ended->name, "rt") == 0;
    if (!is_below && is_exponent(sink, text)) {
        g_autofree char *power = raised_digits(text);
        zp_seen_give(seen, &around->look, around->way, power, strlen(power));
    } else if (is_mark(text, before, is_below, is_ruby)) {
        note(seen, ZP_LOSS_CHANGED_TEXT, &seen->at[ZP_WAY_RAISED], text,
             is_ruby ? "文字上方的注音没有读入" : "小字是注释标记，不属于前面的文字或数字",
             is_ruby ? "a reading above the text was left out"
                     : "a small mark belongs to a note, not to the text or figure before it");
        seen->is_after_gap = true;
    } else {
        zp_seen_give(seen, &around->look, around->way, raised->str, raised->len);
    }
}

static void settle_choice(ZpHtmlSeen *seen, const ZpHtmlNode *ended, const ZpHtmlNode *around)
{
    GString *text = seen->texts[ZP_WAY_CHOICE];
    guint rank = ended->is_chosen ? 2 : seen->is_listbox ? 0 : 1;
    if (ended->tag == ZP_HTML_OPTION && rank > MIN(seen->choice_rank, 1)) {
        if (!seen->choice)
            seen->choice = g_string_new(NULL);
        g_string_assign(seen->choice, text ? text->str : "");
        seen->choice_rank = rank;
    }
    bool is_whole = ended->tag == ZP_HTML_OPTION || ended->tag == ZP_HTML_SELECT;
    if (text && is_whole)
        g_string_truncate(text, 0);
    if (ended->tag == ZP_HTML_SELECT && seen->choice_rank)
        zp_seen_give(seen, &around->look, around->way, seen->choice->str, seen->choice->len);
}

static bool is_pending(const ZpHtmlSeen *seen, ZpWay way, const ZpHtmlNode *around)
{
    const GString *text = seen->texts[way];
    return text && text->len && around->way != way;
}

static bool is_blank(const GString *text)
{
    return zp_text_is_blank(text->str, text->len);
}

void zp_seen_flush(ZpHtmlSeen *seen, const ZpHtmlNode *ended, const ZpHtmlNode *around)
{
    GString **texts = seen->texts;
    if (is_pending(seen, ZP_WAY_UNSEEN, around)) {
        seen->is_after_gap |= !ended->look.is_gone;
        if (!is_blank(texts[ZP_WAY_UNSEEN]))
            say_unseen(seen, texts[ZP_WAY_UNSEEN]->str);
        g_string_truncate(texts[ZP_WAY_UNSEEN], 0);
    }
    if (is_pending(seen, ZP_WAY_DELETED, around)) {
        if (!is_blank(texts[ZP_WAY_DELETED]) && seen->at[ZP_WAY_DELETED].table)
            note(seen, ZP_LOSS_CHANGED_TEXT, &seen->at[ZP_WAY_DELETED], texts[ZP_WAY_DELETED]->str,
                 "修订按已接受读取，划去的文字没有读入",
                 "changes are read as accepted; text that is struck out was left out");
        g_string_truncate(texts[ZP_WAY_DELETED], 0);
    }
    if (is_pending(seen, ZP_WAY_RAISED, around)) {
        if (!is_blank(texts[ZP_WAY_RAISED]))
            settle_raised(seen, ended, around);
        g_string_truncate(texts[ZP_WAY_RAISED], 0);
    }
    if (ended->way == ZP_WAY_CHOICE)
        settle_choice(seen, ended, around);
    if (texts[ZP_WAY_PICTURE])
        g_string_truncate(texts[ZP_WAY_PICTURE], 0);
    bool goes_on = around->look.is_inserted || around->look.is_unstruck;
    if (seen->inserted && seen->inserted->len && !goes_on) {
        /* A text that was taken though it is new, or is meant to be none any more. */
        bool is_new = ended->look.is_inserted;
        if (seen->at[ZP_WAY_SHOWN].table)
            note(seen, ZP_LOSS_CHANGED_TEXT, &seen->at[ZP_WAY_SHOWN], seen->inserted->str,
                 is_new ? "修订按已接受读取，插入的文字已读入"
                        : "标记为删去的文字没有划线，照看到的样子已读入",
                 is_new
                     ? "changes are read as accepted; inserted text was taken"
                     : "text marked as deleted is shown without a line and was taken as it looks");
        g_string_truncate(seen->inserted, 0);
    }
}

/* Whether an attribute says that a picture is a dot. */
static bool is_dot(const ZpHtmlElement *element)
{
    static const char *const SIDES[] = {"width", "height"};
    for (guint i = 0; i < G_N_ELEMENTS(SIDES); i++) {
        const char *side = zp_html_attribute(element->attributes, SIDES[i]);
        ZpCssKind kind;
        gint32 length;
        if (side && zp_css_length(side, strlen(side), &kind, &length) && kind == ZP_CSS_PX &&
            length <= PICTURE_MIN)
            return true;
    }
    return false;
}

void zp_seen_picture(ZpHtmlSeen *seen, const ZpHtmlElement *element)
{
    ZpPlace at = zp_seen_place(seen);
    const char *alt = zp_html_attribute(element->attributes, "alt");
    if (!at.row || is_dot(element))
        return;
    g_autofree char *quoted = alt && *alt ? quote(alt) : NULL;
    g_autofree char *zh =
        g_strdup_printf("单元格里有图片一类的内容（<%s>%s%s%s），其中的文字没有读入", element->name,
                        quoted ? "，替代文字“" : "", quoted ? quoted : "", quoted ? "”" : "");
    g_autofree char *en = g_strdup_printf(
        "a picture or the like stands in the cell (<%s>%s%s%s); what it "
        "shows was not read",
        element->name, quoted ? ", its text \"" : "", quoted ? quoted : "", quoted ? "\"" : "");
    zp_document_add_aside(seen->page->document, false, ZP_LOSS_LOST_CONTENT, &at, zh, en);
}

void zp_seen_perhaps(ZpHtmlSeen *seen, const char *selector)
{
    ZpPlace at = zp_seen_place(seen);
    if (!at.table)
        return;
    g_autofree char *quoted = quote(selector);
    g_autofree char *zh = g_strdup_printf(
        "样式表的选择器“%s”没有看懂，它可能隐藏了表中的内容；这些内容已读入，请对照页面", quoted);
    g_autofree char *en =
        g_strdup_printf("the style sheet's selector \"%s\" was not understood and may hide "
                        "something in this table; it was read, compare with the page",
                        quoted);
    zp_document_add_aside(seen->page->document, false, ZP_LOSS_UNSEEN_TEXT, &at, zh, en);
}
