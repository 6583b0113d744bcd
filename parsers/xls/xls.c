/*
 * xls.c - the Excel workbooks of 1997 to 2003, which WPS writes as .et, too.
 *
 *     a container (OLE2: files in a file)
 *       Workbook      records: the workbook's own part, then one for each sheet (biff.h)
 *       Book          those of Excel 5.0/95 instead, which are not read
 *
 * libgsf takes the container apart.  FreeXL, which reads the cells of such workbooks, is not used: it gives a number without its
 * format, so that 88.81% would come as 0.8881, and neither merged ranges nor what is hidden; all of that stands in records beside the
 * cells, so that the reader of those reads the cells as well.  What a cell shows is worked out by the code of parsers/xlsx.
 *
 * Every worksheet is a table with the number of its place among them, rows and columns as in the sheet.
 *
 * Source: MS-XLS.
 */
#include "parsers/xls/xls.h"

#include "base/error.h"
#include "base/limits.h"
#include "parsers/kinds.h"
#include "parsers/xls/private.h"

#include <gsf/gsf-infile-msole.h>
#include <gsf/gsf-infile.h>
#include <gsf/gsf-input-memory.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(GsfInput, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GsfInfile, g_object_unref)

/* What libgsf says of a damaged container would stand on standard error; the answer says it. */
static void say_nothing(const char *domain, GLogLevelFlags level, const char *message,
                        gpointer data)
{
    (void)domain, (void)level, (void)message, (void)data;
}

static GBytes *take_stream(GBytes *input, const char *name)
{
    gsize size;
    const guint8 *bytes = g_bytes_get_data(input, &size);
    g_autoptr(GsfInput) source = gsf_input_memory_new(bytes, (gsf_off_t)size, FALSE);
    g_autoptr(GsfInfile) container = source ? gsf_infile_msole_new(source, NULL) : NULL;
    g_autoptr(GsfInput) stream = container ? gsf_infile_child_by_name(container, name) : NULL;
    gsf_off_t length = stream ? gsf_input_size(stream) : 0;
    if (length <= 0 || (guint64)length > size) /* it is part of the file */
        return NULL;
    g_autofree guint8 *out = g_malloc((gsize)length);
    return gsf_input_read(stream, (gsize)length, out)
               ? g_bytes_new_take(g_steal_pointer(&out), (gsize)length)
               : NULL;
}

bool zp_xls_is(GBytes *input)
{
    gsize size = MIN(g_bytes_get_size(input), (gsize)ZP_LIMIT_PROBE_BYTES);
    g_autoptr(GBytes) head = g_bytes_new_from_bytes(input, 0, size);
    const ZpKind *kind = zp_kind_of(head);
    return kind && strcmp(kind->id, "ole2") == 0 &&
           strcmp(zp_kind_look_inside(kind, input)->id, "xls") == 0;
}

static int compare_starts(gconstpointer a, gconstpointer b)
{
    const guint32 *left = a, *right = b;
    return *left < *right ? -1 : *left > *right;
}

/* Where the parts of the sheets begin, in order, and where the last of them may end: so no byte is of two. */
static GArray *find_starts(const ZpXlsBook *book)
{
    GArray *starts = g_array_new(FALSE, FALSE, sizeof(guint32));
    for (guint k = 0; k < book->sheets->len; k++)
        g_array_append_val(starts, g_array_index(book->sheets, ZpXlsSheetRow, k).start);
    g_array_sort(starts, compare_starts);
    return starts;
}

static gsize end_of(const ZpXlsBook *book, GArray *starts, guint32 start)
{
    guint k = 0;
    if (g_array_binary_search(starts, &start, compare_starts, &k) && k + 1 < starts->len)
        return MIN(g_array_index(starts, guint32, k + 1), book->size);
    return book->size;
}

static void say_others(ZpXlsBook *book, guint others)
{
    if (!others)
        return;
    g_autofree char *zh =
        g_strdup_printf("有 %u 个工作表不是由单元格组成的（图表、宏等），没有读取", others);
    g_autofree char *en =
        g_strdup_printf("%u sheets of charts, dialogs or macros were not read", others);
    zp_document_add_note(book->workbook.document, ZP_LOSS_LOST_CONTENT, &(ZpPlace){0}, zh, en);
}

static void say_damaged(ZpXlsBook *book)
{
    if (!book->damaged)
        return;
    g_autofree char *zh = g_strdup_printf(
        "工作簿有 %u 处损坏，那里的内容没有读入；请用 Excel、WPS 或 LibreOffice 打开后另存",
        book->damaged);
    g_autofree char *en =
        g_strdup_printf("the workbook is damaged in %u places, and what stands there was not read; "
                        "open and save it in a spreadsheet program",
                        book->damaged);
    zp_document_add_loss(book->workbook.document, ZP_LOSS_LOST_CONTENT, &(ZpPlace){0}, zh, en);
}

static bool read_sheets(ZpXlsBook *book, GError **error)
{
    g_autoptr(GArray) starts = find_starts(book);
    guint others = 0;
    for (guint k = 0; k < book->sheets->len; k++) {
        const ZpXlsSheetRow *row = &g_array_index(book->sheets, ZpXlsSheetRow, k);
        others += !row->is_cells;
        if (row->is_cells && !zp_xls_sheet(book, row, end_of(book, starts, row->start), error))
            return false;
    }
    say_others(book, others);
    say_damaged(book);
    return true;
}

static void set_damaged(GError **error)
{
    zp_error_set(
        error, ZP_ERROR_DAMAGED,
        "这个老版 Excel 工作簿（.xls）已损坏；请用 Excel、WPS 或 LibreOffice 打开后另存为 .xlsx",
        "this old Excel workbook (.xls) is damaged; open it in a spreadsheet program and "
        "save it as .xlsx");
}

/* The stream of a workbook, unpacked.  The handlers are there for no longer than this. */
static GBytes *open_stream(GBytes *input, const char *name)
{
    static const char *const DOMAINS[] = {"libgsf:msole", "libgsf",
                                          NULL}; /* some of it says none */
    guint handlers[G_N_ELEMENTS(DOMAINS)];
    for (guint k = 0; k < G_N_ELEMENTS(DOMAINS); k++)
        handlers[k] = g_log_set_handler(DOMAINS[k], G_LOG_LEVEL_MASK, say_nothing, NULL);
    GBytes *stream = take_stream(input, name);
    for (guint k = 0; k < G_N_ELEMENTS(DOMAINS); k++)
        g_log_remove_handler(DOMAINS[k], handlers[k]);
    return stream;
}

/* `Book` is the stream of older ones, which book.c tells. */
static GBytes *find_stream(GBytes *input, GError **error)
{
    GBytes *stream = open_stream(input, "Workbook");
    if (!stream)
        stream = open_stream(input, "Book");
    if (!stream)
        set_damaged(error);
    return stream;
}

static ZpXlsBook *open_book(GBytes *stream, const ZpLimits *limits, GError **error)
{
    gsize size;
    const guint8 *bytes = g_bytes_get_data(stream, &size);
    return zp_xls_book_open(bytes, size, limits, error);
}

ZpDocument *zp_xls_stream_read(GBytes *stream, const ZpLimits *limits, GError **error)
{
    g_autoptr(GError) own = NULL; /* the records need one to look at */
    g_autoptr(ZpXlsBook) book = open_book(stream, limits, &own);
    bool done = book && read_sheets(book, &own);
    if (own)
        g_propagate_error(error, g_steal_pointer(&own));
    return done ? g_steal_pointer(&book->workbook.document) : NULL;
}

static ZpDocument *read_xls(GBytes *input, const ZpReadOptions *options, GError **error)
{
    g_autoptr(GBytes) stream = find_stream(input, error);
    return stream ? zp_xls_stream_read(stream, options ? options->limits : NULL, error) : NULL;
}

bool zp_xls_needs_office(GBytes *input)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) stream = find_stream(input, &error);
    g_autoptr(ZpXlsBook) book = stream ? open_book(stream, NULL, &error) : NULL;
    return error && !g_error_matches(error, ZP_ERROR, ZP_ERROR_LIMIT);
}

static int probe_xls(GBytes *head)
{
    return zp_xls_is(head) ? ZP_PROBE_SURE : 0;
}

static const char *const SUFFIXES[] = {".xls", ".et", NULL};

const ZpParser zp_xls_parser = {
    .name = "xls",
    .zh = "老版 Excel、WPS 表格（.xls、.et）",
    .en = "old Excel, WPS (.xls, .et)",
    .suffixes = SUFFIXES,
    .probe = probe_xls,
    .read = read_xls,
    .cost = {700, 120},
};
