/*
 * listing.c - rows to bytes.
 *
 * Cells are kept as the JSON or text they become; a table keeps all rows, since its columns are as wide as their
 * widest cell, up to a limit past which a cell only runs on.
 */
#include "archive/listing.h"

#include "base/error.h"
#include "output/escape.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* Terminal columns that a table gives a column. */
#define WIDEST 40
/* Bytes that are written at once. */
#define BUFFER_BYTES (64u * 1024)

struct ZpListing {
    GOutputStream *out;
    ZpListingFormat format;
    bool is_raw;
    GPtrArray *names; /* of char * */
    GPtrArray *cells; /* of char *: of the row; of all rows in a table */
    GString *buffer;
    guint k; /* cells of the row so far */
    guint64 n_rows;
};

bool zp_listing_format(const char *name, ZpListingFormat *format)
{
    static const char *const NAMES[] = {"table", "json", "ndjson", "csv"};
    for (guint k = 0; k < G_N_ELEMENTS(NAMES); k++) {
        if (strcmp(NAMES[k], name) != 0)
            continue;
        *format = (ZpListingFormat)k;
        return true;
    }
    return false;
}

ZpListing *zp_listing_new(GOutputStream *out, ZpListingFormat format, bool is_raw)
{
    ZpListing *listing = g_new0(ZpListing, 1);
    listing->out = out;
    listing->format = format;
    listing->is_raw = is_raw;
    listing->names = g_ptr_array_new_with_free_func(g_free);
    listing->cells = g_ptr_array_new_with_free_func(g_free);
    listing->buffer = g_string_new(NULL);
    return listing;
}

void zp_listing_free(ZpListing *listing)
{
    if (!listing)
        return;
    g_ptr_array_unref(listing->names);
    g_ptr_array_unref(listing->cells);
    g_string_free(listing->buffer, TRUE);
    g_free(listing);
}

guint64 zp_listing_rows(const ZpListing *listing)
{
    return listing->n_rows;
}

void zp_listing_column(ZpListing *listing, const char *name)
{
    g_ptr_array_add(listing->names, zp_text_valid(name, strlen(name), NULL));
}

static void append_json(GString *out, const char *text)
{
    json_t *string = json_string(text);
    char *printed = string ? json_dumps(string, JSON_ENCODE_ANY) : NULL;
    g_string_append(out, printed ? printed : "null");
    free(printed);
    json_decref(string);
}

static bool is_json(const ZpListing *listing)
{
    return listing->format == ZP_LISTING_JSON || listing->format == ZP_LISTING_NDJSON;
}

/* @text NULL: nothing */
static void add_cell(ZpListing *listing, const char *text, bool is_number)
{
    GString *cell = g_string_new(NULL);
    if (is_json(listing) && (!text || is_number))
        g_string_append(cell, text ? text : "null");
    else if (is_json(listing))
        append_json(cell, text);
    else if (listing->format == ZP_LISTING_CSV)
        zp_escape_csv(cell, text ? text : "", listing->is_raw || is_number);
    else if (text)
        zp_text_append_visible(cell, text, strlen(text));
    g_ptr_array_add(listing->cells, g_string_free(cell, FALSE));
    listing->k++;
}

void zp_listing_text(ZpListing *listing, const char *text)
{
    add_cell(listing, text, false);
}

void zp_listing_number(ZpListing *listing, gint64 number)
{
    g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, number);
    add_cell(listing, text, true);
}

static char *hex_of(const guint8 *bytes, int size)
{
    GString *hex = g_string_new(NULL);
    for (int k = 0; k < size; k++)
        g_string_append_printf(hex, "%02x", bytes[k]);
    return g_string_free(hex, FALSE);
}

void zp_listing_value(ZpListing *listing, sqlite3_stmt *statement, int column)
{
    int type = sqlite3_column_type(statement, column);
    g_autofree char *text = type == SQLITE_BLOB ? hex_of(sqlite3_column_blob(statement, column),
                                                         sqlite3_column_bytes(statement, column))
                                                : zp_archive_text(statement, column);
    /* SQLite prints a real as JSON does, but for Inf. */
    bool is_number = (type == SQLITE_INTEGER || type == SQLITE_FLOAT) && !strstr(text, "Inf");
    add_cell(listing, text, is_number);
}

static bool flush(ZpListing *listing, gsize least, GError **error)
{
    if (listing->buffer->len < least)
        return true;
    bool done = g_output_stream_write_all(listing->out, listing->buffer->str, listing->buffer->len,
                                          NULL, NULL, NULL);
    g_string_truncate(listing->buffer, 0);
    if (!done)
        zp_error_set(error, ZP_ERROR_OUTPUT, "结果无法写出", "cannot write the output");
    return done;
}

static void print_object(ZpListing *listing)
{
    if (listing->format == ZP_LISTING_JSON)
        g_string_append(listing->buffer, listing->n_rows > 0 ? ",\n" : "[\n");
    g_string_append_c(listing->buffer, '{');
    for (guint k = 0; k < listing->cells->len; k++) {
        g_string_append(listing->buffer, k > 0 ? ", " : "");
        append_json(listing->buffer, g_ptr_array_index(listing->names, k));
        g_string_append_printf(listing->buffer, ": %s",
                               (char *)g_ptr_array_index(listing->cells, k));
    }
    g_string_append(listing->buffer, listing->format == ZP_LISTING_JSON ? "}" : "}\n");
}

static void print_head(ZpListing *listing)
{
    for (guint k = 0; k < listing->names->len; k++) {
        g_string_append(listing->buffer, k > 0 ? "," : "");
        zp_escape_csv(listing->buffer, g_ptr_array_index(listing->names, k), listing->is_raw);
    }
    g_string_append(listing->buffer, "\r\n");
}

static void print_line(ZpListing *listing)
{
    if (listing->n_rows == 0)
        print_head(listing);
    for (guint k = 0; k < listing->cells->len; k++)
        g_string_append_printf(listing->buffer, "%s%s", k > 0 ? "," : "",
                               (char *)g_ptr_array_index(listing->cells, k));
    g_string_append(listing->buffer, "\r\n");
}

bool zp_listing_next(ZpListing *listing, GError **error)
{
    if (listing->format == ZP_LISTING_CSV)
        print_line(listing);
    else if (is_json(listing))
        print_object(listing);
    if (listing->format != ZP_LISTING_TABLE)
        g_ptr_array_set_size(listing->cells, 0);
    listing->k = 0;
    listing->n_rows++;
    return flush(listing, BUFFER_BYTES, error);
}

/* --- a table --- */

static void append_row(GString *out, const GPtrArray *cells, guint from, const gsize *widths,
                       guint n)
{
    for (guint k = 0; k < n; k++) {
        const char *text = g_ptr_array_index(cells, from + k);
        g_string_append(out, k > 0 ? "  " : "");
        g_string_append(out, text);
        for (gsize w = zp_text_columns(text); k + 1 < n && w < widths[k]; w++)
            g_string_append_c(out, ' ');
    }
    g_string_append_c(out, '\n');
}

static void print_table(ZpListing *listing)
{
    guint n = listing->names->len;
    g_autofree gsize *widths = g_new0(gsize, n + 1);
    for (guint k = 0; k < n; k++)
        widths[k] = zp_text_columns(g_ptr_array_index(listing->names, k));
    for (guint k = 0; k < listing->cells->len; k++) {
        gsize width = zp_text_columns(g_ptr_array_index(listing->cells, k));
        widths[k % n] = MAX(widths[k % n], MIN(width, WIDEST));
    }
    append_row(listing->buffer, listing->names, 0, widths, n);
    for (guint k = 0; k < listing->cells->len; k += n)
        append_row(listing->buffer, listing->cells, k, widths, n);
}

bool zp_listing_end(ZpListing *listing, GError **error)
{
    if (listing->format == ZP_LISTING_TABLE && listing->n_rows > 0)
        print_table(listing);
    else if (listing->format == ZP_LISTING_JSON)
        g_string_append(listing->buffer, listing->n_rows > 0 ? "\n]\n" : "[]\n");
    else if (listing->format == ZP_LISTING_CSV && listing->n_rows == 0)
        print_head(listing);
    return flush(listing, 1, error);
}

bool zp_listing_query(ZpListing *listing, ZpArchive *archive, sqlite3_stmt *statement,
                      GError **error)
{
    bool is_put = true, done;
    int n_columns = sqlite3_column_count(statement);
    for (int k = 0; k < n_columns; k++)
        zp_listing_column(listing, sqlite3_column_name(statement, k));
    while (is_put && zp_archive_row(archive, statement, &done, error)) {
        for (int k = 0; k < n_columns; k++)
            zp_listing_value(listing, statement, k);
        is_put = zp_listing_next(listing, error);
    }
    return is_put && done && zp_listing_end(listing, error);
}
