/*
 * sqlite.c - the forms as an SQLite file that data people open with Datasette, a notebook or `sqlite3`.
 *
 *     files ─┬─ forms ─┬─ funds, indicators, extra, repairs
 *            └─────────┴─ findings, unjudged
 *
 * The tables are strict and joined by keys; figures are exact decimals as text beside the print.  Over each lies a view
 * that has its file and form in it and figures as numbers to sort and to sum, once with English names (all_funds) and
 * once with Chinese heads (资金).  The file is made under a name of its own and handed over when it is complete, so it
 * needs no journal; SQLite writes pages out as its cache fills, so memory does not grow with the rows.
 */
#include "output/passed_over.h"
#include "output/tables.h"

#include "base/ending.h"
#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

static const char BEGIN[] =
    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;"
    "CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;";

/* For the joins of the views, and for what people filter by; made when the rows are there. */
static const char INDEXES[] = "CREATE INDEX files_path ON files (path);"
                              "CREATE INDEX forms_file ON forms (file_id, number);"
                              "CREATE INDEX forms_project ON forms (project, year);"
                              "CREATE INDEX forms_unit ON forms (unit, year);"
                              "CREATE INDEX funds_form ON funds (form_id, number);"
                              "CREATE INDEX indicators_form ON indicators (form_id, number);"
                              "CREATE INDEX findings_file ON findings (file_id);"
                              "CREATE INDEX findings_form ON findings (form_id);"
                              "CREATE INDEX findings_code ON findings (code, severity);"
                              "CREATE INDEX unjudged_file ON unjudged (file_id);"
                              "CREATE INDEX unjudged_form ON unjudged (form_id);"
                              "CREATE INDEX extra_form ON extra (form_id, number);"
                              "CREATE INDEX repairs_form ON repairs (form_id, number);";

typedef struct {
    sqlite3 *db;
    char *path;
    sqlite3_stmt *inserts[ZP_TABLE_COUNT];
    gint64 n_files, n_forms; /* rows of these tables */
} State;

/* One row on its way. */
typedef struct {
    ZpRowTaker base;
    sqlite3_stmt *insert;
    int k;
} Row;

static void close_db(State *state)
{
    for (int k = 0; k < ZP_TABLE_COUNT; k++)
        g_clear_pointer(&state->inserts[k], sqlite3_finalize);
    g_clear_pointer(&state->db, sqlite3_close);
}

static void free_state(gpointer data)
{
    State *state = data;
    close_db(state);
    if (state->path)
        zp_aside_drop(state->path);
    g_free(state->path);
    g_free(state);
}

static bool set_db_error(const State *state, GError **error)
{
    zp_error_set(error, ZP_ERROR_OUTPUT, "SQLite 文件无法写入：%s",
                 "cannot write the SQLite file: %s",
                 state->db ? sqlite3_errmsg(state->db) : g_strerror(ENOMEM));
    return false;
}

static bool execute(const State *state, const char *sql, GError **error)
{
    return sqlite3_exec(state->db, sql, NULL, NULL, NULL) == SQLITE_OK ||
           set_db_error(state, error);
}

/* --- what the file holds --- */

static bool is_sql(const ZpTableColumn *column)
{
    return column->sql != NULL;
}

static bool create_table(State *state, ZpTableId id, GError **error)
{
    const ZpRowTable *table = &ZP_TABLES[id];
    g_autoptr(GString) create = g_string_new(NULL);
    g_autoptr(GString) insert = g_string_new(NULL);
    g_string_printf(create, "CREATE TABLE %s (", table->name);
    g_string_printf(insert, "INSERT INTO %s VALUES (", table->name);
    bool has_column = false;
    for (const ZpTableColumn *column = table->columns; column->name; column++) {
        if (!is_sql(column))
            continue;
        g_string_append_printf(create, "%s%s %s", has_column ? ", " : "", column->name,
                               column->sql);
        g_string_append(insert, has_column ? ", ?" : "?");
        has_column = true;
    }
    g_string_append(create, ") STRICT");
    g_string_append_c(insert, ')');
    return execute(state, create->str, error) &&
           (sqlite3_prepare_v2(state->db, insert->str, -1, &state->inserts[id], NULL) ==
                SQLITE_OK ||
            set_db_error(state, error));
}

/* A figure as a number, and in yuan where it is money: by the unit in its cell, else by that of the form. */
static void append_number(GString *sql, const ZpTableColumn *column, bool is_zh)
{
    const char *name = is_zh ? column->zh : column->name,
               *end = strstr(name, is_zh ? "：" : "_value");
    g_autofree char *stem = g_strndup(name, (gsize)(end - name));
    g_autofree char *field = g_strndup(column->name, strlen(column->name) - strlen("_value"));
    g_string_append_printf(sql, ", CAST(p.%s_value AS REAL) AS \"%s%s\"", field, stem,
                           is_zh ? "：数值" : "_number");
    if (column->shown == ZP_SHOWN_MONEY)
        g_string_append_printf(
            sql,
            ", ROUND(CAST(p.%s_value AS REAL) * "
            "CASE COALESCE(p.%s_unit, forms.currency_unit) WHEN '元' THEN 1 "
            "WHEN '万元' THEN 10000 WHEN '亿元' THEN 100000000 END, 2) AS \"%s%s\"",
            field, field, stem, is_zh ? "：元" : "_yuan");
}

/* A column of a view, whose table is `p`; of a text in both languages the one of the view. */
static void append_shown(GString *sql, const ZpTableColumn *column, bool is_zh)
{
    if (column->shown != ZP_SHOWN) {
        append_number(sql, column, is_zh);
        return;
    }
    gsize length = strlen(column->name) - strlen("zh");
    bool is_pair = g_str_has_suffix(column->name, "_zh") && !is_zh;
    g_autofree char *name =
        is_pair ? g_strdup_printf("%.*sen", (int)length, column->name) : g_strdup(column->name);
    if (is_zh && strcmp(name, "severity") == 0)
        g_string_append(sql, ", CASE p.severity WHEN 'error' THEN '错误' WHEN 'warning' THEN "
                             "'警告' ELSE '提示' END");
    else
        g_string_append_printf(sql, ", p.%s", name);
    g_string_append_printf(sql, " AS \"%s\"", is_zh ? column->zh : name);
}

static bool create_view(const State *state, ZpTableId id, bool is_zh, GError **error)
{
    const ZpRowTable *table = &ZP_TABLES[id];
    bool is_forms = id == ZP_TABLE_FORMS;
    bool is_report = id == ZP_TABLE_FINDINGS || id == ZP_TABLE_UNJUDGED;
    g_autoptr(GString) sql = g_string_new(NULL);
    g_string_printf(
        sql, "CREATE VIEW \"%s\" AS SELECT files.path AS \"%s\", forms.number AS \"%s\"",
        is_zh ? table->view_zh : table->view, is_zh ? "文件" : "path", is_zh ? "第几张表" : "form");
    if (!is_forms)
        g_string_append(sql, is_zh ? ", forms.year AS \"年度\", forms.project AS \"项目名称\", "
                                     "forms.unit AS \"实施单位\""
                                   : ", forms.year AS year, forms.project AS project, "
                                     "forms.unit AS unit");
    for (const ZpTableColumn *column = table->columns; column->name; column++) {
        if (column->shown != ZP_SHOWN_NOT)
            append_shown(sql, column, is_zh);
    }
    g_string_append_printf(sql, " FROM %s AS p", table->name);
    if (is_forms)
        g_string_append(sql, " JOIN forms ON forms.id = p.id");
    else
        g_string_append_printf(sql, " %sJOIN forms ON forms.id = p.form_id",
                               is_report ? "LEFT " : "");
    g_string_append_printf(sql, " JOIN files ON files.id = %s.file_id", is_report ? "p" : "forms");
    return execute(state, sql->str, error);
}

static bool put_about(const State *state, const char *key, const char *value, GError **error)
{
    sqlite3_stmt *insert = NULL;
    bool done = sqlite3_prepare_v2(state->db, "INSERT INTO about VALUES (?, ?)", -1, &insert,
                                   NULL) == SQLITE_OK &&
                sqlite3_bind_text(insert, 1, key, -1, SQLITE_STATIC) == SQLITE_OK &&
                sqlite3_bind_text(insert, 2, value, -1, SQLITE_STATIC) == SQLITE_OK &&
                sqlite3_step(insert) == SQLITE_DONE;
    sqlite3_finalize(insert);
    return done || set_db_error(state, error);
}

static bool open_db(State *state, GError **error)
{
    state->path = g_build_filename(g_get_tmp_dir(), "ziping-XXXXXX", NULL);
    int fd = zp_aside_open(state->path, O_WRONLY | O_CLOEXEC, 0600);
    if (fd < 0) {
        zp_error_set(error, ZP_ERROR_OUTPUT, "无法写入 %s", "cannot write %s", g_get_tmp_dir());
        g_clear_pointer(&state->path, g_free);
        return false;
    }
    close(fd);
    return (sqlite3_open_v2(state->path, &state->db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK ||
            set_db_error(state, error)) &&
           execute(state, BEGIN, error);
}

static bool begin_sqlite(ZpWriting *writing, GError **error)
{
    State *state = g_new0(State, 1);
    writing->state = state;
    writing->free_state = free_state;
    bool done = open_db(state, error) && put_about(state, "program", "ziping " ZP_VERSION, error) &&
                put_about(state, "rulebook", zp_rulebook_digest(writing->rulebook), error);
    for (int id = 0; done && id < ZP_TABLE_COUNT; id++)
        done = create_table(state, (ZpTableId)id, error);
    return done;
}

/* --- rows --- */

static void take_text(ZpRowTaker *taker, const char *text, bool is_own)
{
    Row *row = (Row *)taker;
    (void)is_own; /* every text is bound, never part of a statement */
    sqlite3_bind_text(row->insert, ++row->k, text, -1, SQLITE_TRANSIENT);
}

static void take_number(ZpRowTaker *taker, bool is_there, gint64 number)
{
    Row *row = (Row *)taker;
    row->k++;
    if (is_there)
        sqlite3_bind_int64(row->insert, row->k, number);
}

static Row begin_row(const State *state, ZpTableId table)
{
    sqlite3_stmt *insert = state->inserts[table];
    sqlite3_reset(insert);
    sqlite3_clear_bindings(insert);
    return (Row){{ZP_TABLES[table].columns, is_sql, take_text, take_number}, insert, 0};
}

static bool end_row(const State *state, const Row *row, GError **error)
{
    return sqlite3_step(row->insert) == SQLITE_DONE || set_db_error(state, error);
}

typedef void (*PutRow)(ZpRowTaker *taker, const ZpRowPlace *place, const ZpForm *form, guint k);

static bool put_rows(const State *state, ZpTableId table, PutRow put, const ZpRowPlace *place,
                     const ZpForm *form, guint n, GError **error)
{
    bool done = true;
    for (guint k = 0; done && k < n; k++) {
        Row row = begin_row(state, table);
        put(&row.base, place, form, k);
        done = end_row(state, &row, error);
    }
    return done;
}

static void put_form(ZpRowTaker *taker, const ZpRowPlace *place, const ZpForm *form, guint k)
{
    (void)k;
    zp_table_form(taker, place, form);
}

static bool write_form(const State *state, const ZpRowPlace *place, const ZpForm *form,
                       GError **error)
{
    return put_rows(state, ZP_TABLE_FORMS, put_form, place, form, 1, error) &&
           put_rows(state, ZP_TABLE_FUNDS, zp_table_fund, place, form, form->funds->len, error) &&
           put_rows(state, ZP_TABLE_INDICATORS, zp_table_indicator, place, form,
                    form->indicators->len, error) &&
           put_rows(state, ZP_TABLE_EXTRA, zp_table_extra, place, form, form->extra->len, error) &&
           put_rows(state, ZP_TABLE_REPAIRS, zp_table_repair, place, form, form->repairs->len,
                    error);
}

/* Its findings, and what could not be judged; @first: the key before that of the file's first form. */
static bool write_report(const State *state, ZpRowPlace *place, gint64 first, GError **error)
{
    const ZpReport *report = place->result->report;
    guint n_forms = place->result->forms ? place->result->forms->len : 0;
    bool done = true;
    for (guint k = 0; done && k < report->findings->len; k++) {
        const ZpFinding *finding = g_ptr_array_index(report->findings, k);
        bool is_form = finding->form >= 0 && (guint)finding->form < n_forms;
        place->form_id = is_form ? first + finding->form + 1 : 0;
        Row row = begin_row(state, ZP_TABLE_FINDINGS);
        zp_table_finding(&row.base, place, finding);
        done = end_row(state, &row, error);
    }
    for (guint k = 0; done && k < report->unevaluated->len; k++) {
        const ZpUnevaluated *one = g_ptr_array_index(report->unevaluated, k);
        bool is_form = one->form >= 0 && (guint)one->form < n_forms;
        place->form_id = is_form ? first + one->form + 1 : 0;
        Row row = begin_row(state, ZP_TABLE_UNJUDGED);
        zp_table_unjudged(&row.base, place, one);
        done = end_row(state, &row, error);
    }
    return done;
}

static bool write_sqlite_file(ZpWriting *writing, const ZpResult *result, GError **error)
{
    State *state = writing->state;
    g_autofree char *path = zp_text_valid(result->path, strlen(result->path), NULL);
    ZpRowPlace place = {result, path, ++state->n_files, 0, writing->rulebook};
    gint64 first = state->n_forms;
    Row row = begin_row(state, ZP_TABLE_FILES);
    zp_table_file(&row.base, &place, writing->options.lang);
    bool done = end_row(state, &row, error);
    for (guint k = 0; done && result->forms && k < result->forms->len; k++) {
        place.form_id = ++state->n_forms;
        done = write_form(state, &place, g_ptr_array_index(result->forms, k), error);
    }
    return done && write_report(state, &place, first, error);
}

/* --- the end --- */

typedef struct {
    const State *state;
    bool done;
    GError **error;
} Unread;

static void add_unread(const ZpPassedOver *unread, const char *text, gpointer data)
{
    Unread *all = data;
    if (!all->done)
        return;
    Row row = begin_row(all->state, ZP_TABLE_FILES);
    zp_table_unread(&row.base, unread, text);
    all->done = end_row(all->state, &row, all->error);
}

static bool make_views(const State *state, GError **error)
{
    bool done = execute(state, INDEXES, error);
    for (int id = 0; done && id < ZP_TABLE_COUNT; id++)
        done = !ZP_TABLES[id].view || (create_view(state, (ZpTableId)id, false, error) &&
                                       create_view(state, (ZpTableId)id, true, error));
    return done && execute(state, "COMMIT", error);
}

static bool set_file_error(GError **error)
{
    zp_error_set(error, ZP_ERROR_OUTPUT, "SQLite 文件无法写入：%s",
                 "cannot write the SQLite file: %s", g_strerror(errno));
    return false;
}

static bool end_sqlite(ZpWriting *writing, const ZpSummary *summary, GError **error)
{
    State *state = writing->state;
    Unread unread = {state, true, error};
    zp_passed_over_files(summary, writing->options.lang, add_unread, &unread);
    if (!unread.done || !make_views(state, error))
        return false;
    close_db(state);
    g_autofree char *bytes = g_malloc(ZP_WRITING_BUFFER);
    int fd = open(state->path, O_RDONLY | O_CLOEXEC);
    gssize n = fd < 0 ? -1 : read(fd, bytes, ZP_WRITING_BUFFER);
    bool done = true;
    while (done && n > 0) {
        g_string_append_len(writing->buffer, bytes, n);
        done = zp_writing_flush(writing, ZP_WRITING_BUFFER, error);
        n = read(fd, bytes, ZP_WRITING_BUFFER);
    }
    if (n < 0 && done)
        done = set_file_error(error);
    if (fd >= 0)
        close(fd);
    return done;
}

const ZpWriter zp_sqlite_writer = {
    .name = "sqlite",
    .zh = "SQLite 数据库",
    .en = "an SQLite database",
    .for_convert = true,
    .for_check = true,
    .wants_digests = true,
    .is_binary = true,
    .begin = begin_sqlite,
    .file = write_sqlite_file,
    .end = end_sqlite,
};
