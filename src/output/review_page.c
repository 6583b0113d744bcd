/*
 * review_page.c - the sheet as a web page that needs nothing else: fields to fill in, a button that saves them.
 *
 * The page's own script alone may run, by its hash; pictures are in the page.  What is saved is a JSON file for
 * --corrections: a page cannot write into itself.
 */
#include "output/escape.h"
#include "output/label.h"
#include "output/plain_page.h"
#include "output/review.h"

#include "page_resources.h"

static const char STYLE[] =
    "main td img{max-width:22rem;max-height:12rem;display:block;background:#fff}"
    "main td input{width:100%;min-width:7rem}td.read{font-size:1.15rem}"
    "@media print{button{display:none}}";

static const struct {
    const char *zh, *en;
} HEADS[] = {{"位置", "Place"},
             {"图片", "Picture"},
             {"读作", "Read as"},
             {"也可能是", "Or"},
             {"应为", "Should be"}};

/* A row is written while others are: the state between two files. */
typedef struct {
    GString *out;
    ZpLang lang;
    const ZpForm *form; /* of the table that is open */
    guint64 n_rows;
} Review;

static const char *script(void)
{
    g_autoptr(GBytes) bytes = g_resource_lookup_data(
        zp_page_get_resource(), "/ziping/page/review.js", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    return g_bytes_get_data(bytes, NULL); /* NUL-terminated, and compiled in */
}

static void append_field(GString *out, const char *id, const char *label)
{
    g_string_append_printf(out, "<p><label>%s <input id=\"%s\" autocomplete=\"off\"></label></p>\n",
                           label, id);
}

static bool begin(ZpWriting *writing, GError **error)
{
    ZpLang lang = writing->options.lang;
    GString *out = writing->buffer;
    g_autofree char *style = zp_plain_page_style(STYLE);
    g_autofree char *hash = zp_plain_page_hash(script());
    g_autofree char *policy = g_strdup_printf("; img-src data:; script-src 'sha256-%s'", hash);
    const char *title = zp_lang_pick(lang, "扫描件中拿不准的数", "Doubtful figures of scans");
    (void)error;
    writing->state = g_new0(Review, 1);
    writing->free_state = g_free;
    *(Review *)writing->state = (Review){.out = out, .lang = lang};
    zp_plain_page_begin_with(out, zp_lang_pick(lang, "zh-CN", "en"), title, style, policy);
    g_string_append_printf(
        out, "<main>\n<h1>%s</h1>\n<p>%s</p>\n", title,
        zp_lang_pick(
            lang,
            "拿每一行的图片与原件核对，在“应为”里填上印出的字；读对了填 √，那里什么都没印填 "
            "空，说不准就不填。填好后按“保存”，得到 corrections.json，再运行 ziping check "
            "文件 --corrections corrections.json。",
            "Compare each picture with the original and fill in what is printed under "
            "\"Should be\": √ where it was read right, 空 where nothing is "
            "printed there, nothing where you do not know. \"Save\" makes "
            "corrections.json, for ziping check FILE --corrections corrections.json."));
    append_field(out, "who", zp_lang_pick(lang, "核对人", "Checked by"));
    append_field(out, "when", zp_lang_pick(lang, "日期", "Date"));
    return true;
}

static void end_table(Review *review)
{
    if (review->form)
        g_string_append(review->out, "</table>\n");
    review->form = NULL;
}

static void begin_table(Review *review, const ZpReviewRow *row)
{
    GString *out = review->out;
    end_table(review);
    review->form = row->form;
    g_string_append(out, "<h2>");
    zp_escape_xml(out, row->form->project.text ? row->form->project.text : "");
    g_string_append(out, "</h2>\n<p>");
    zp_escape_xml(out, row->result->path);
    g_string_append_printf(out, "</p>\n<table>\n<tr>");
    for (gsize k = 0; k < G_N_ELEMENTS(HEADS); k++)
        g_string_append_printf(out, "<th scope=\"col\">%s</th>",
                               zp_lang_pick(review->lang, HEADS[k].zh, HEADS[k].en));
    g_string_append(out, "</tr>\n");
}

static void append_picture(GString *out, const ZpOcr *ocr, const char *label)
{
    gsize size = 0;
    const guint8 *data = ocr->crop ? g_bytes_get_data(ocr->crop, &size) : NULL;
    if (!data)
        return;
    g_autofree char *text = g_base64_encode(data, size);
    g_string_append_printf(out, "<img src=\"data:image/png;base64,%s\" alt=\"", text);
    zp_escape_xml(out, label);
    g_string_append(out, "\">");
}

static void write_row(const ZpReviewRow *row, gpointer data)
{
    Review *review = data;
    GString *out = review->out;
    g_autoptr(GString) label = g_string_new(NULL);
    g_autofree char *others = zp_review_others(row);
    zp_label_append(label, row->form, row->pointer, review->lang);
    if (review->form != row->form)
        begin_table(review, row);
    review->n_rows++;
    g_string_append(out, "<tr><th scope=\"row\">");
    zp_escape_xml(out, label->str);
    g_string_append(out, "</th><td>");
    append_picture(out, row->ocr, label->str);
    g_string_append(out, "</td><td class=\"read\">");
    zp_escape_xml(out, row->text ? row->text : "");
    g_string_append(out, "</td><td>");
    zp_escape_xml(out, others);
    g_string_append_printf(
        out, "</td><td><input autocomplete=\"off\" data-form=\"%u\" data-sha256=\"", row->index);
    zp_escape_xml(out, row->result->sha256 ? row->result->sha256 : "");
    g_string_append(out, "\" data-pointer=\"");
    zp_escape_xml(out, row->pointer);
    g_string_append(out, "\" aria-label=\"");
    zp_escape_xml(out, label->str);
    g_string_append(out, "\"></td></tr>\n");
}

static bool write_file(ZpWriting *writing, const ZpResult *result, GError **error)
{
    zp_review_each(result, write_row, writing->state);
    end_table(writing->state);
    return zp_writing_flush(writing, ZP_WRITING_BUFFER, error);
}

static bool end(ZpWriting *writing, const ZpSummary *summary, GError **error)
{
    const Review *review = writing->state;
    GString *out = review->out;
    (void)summary;
    (void)error;
    if (!review->n_rows)
        g_string_append_printf(
            out, "<p>%s</p>\n",
            zp_lang_pick(review->lang, "没有拿不准的数。", "Nothing is in doubt."));
    else
        g_string_append_printf(out, "<p><button type=\"button\" id=\"save\">%s</button></p>\n",
                               zp_lang_pick(review->lang, "保存", "Save"));
    g_string_append_printf(out, "</main>\n<script>%s</script>\n</body>\n</html>\n", script());
    return true;
}

const ZpWriter zp_review_page_writer = {
    .name = "html",
    .zh = "核对表，网页",
    .en = "the sheet of doubtful figures, a page",
    .for_review = true,
    .is_binary = true,
    .begin = begin,
    .file = write_file,
    .end = end,
};
