/*
 * look.c - which forms have these words, are of this unit, year, amount.
 *
 * The indexes say which forms may have the words: one has all groups of three characters of a longer word, another
 * every single character and pair.  Neither says where they stand, which keeps it small, so each form is then looked
 * through; that also gives the place to show.
 */
#include "archive/look.h"

#include "archive/look_words.h"
#include "archive/rows.h"
#include "base/error.h"

#include <string.h>

/* Groups of three that are asked of one word: more make no word rarer. */
#define GROUPS 48
bool zp_look_is_status(const char *word)
{
    static const char *const WORDS[] = {"ok", "partial", "error", "warning", "note", "clean", NULL};
    return g_strv_contains(WORDS, word);
}

/* --- words --- */

static void append_quoted(GString *out, const char *text, gsize length)
{
    g_string_append(out, out->len > 0 ? " AND \"" : "\"");
    for (gsize k = 0; k < length; k++)
        g_string_append_printf(out, text[k] == '"' ? "\"\"" : "%c", text[k]);
    g_string_append_c(out, '"');
}

static void append_groups(GString *out, const char *word, glong length)
{
    const char *at = word;
    for (glong k = 0; k + 3 <= length && k < GROUPS; k++, at = g_utf8_next_char(at))
        append_quoted(out, at, (gsize)(g_utf8_offset_to_pointer(at, 3) - at));
}

/* The words, folded; what both indexes are asked. */
typedef struct {
    GPtrArray *words; /* of char * */
    GString *text, *brief;
} Terms;

/* @folded: what a form's text must have */
static void ask_indexes(Terms *terms, const char *folded)
{
    glong length = g_utf8_strlen(folded, -1);
    if (length > 2)
        append_groups(terms->text, folded, length);
    else if (length > 0)
        append_quoted(terms->brief, folded, strlen(folded));
}

/* A name that is filtered by is among the texts, so the indexes know which forms cannot have it. */
static void add_filter(Terms *terms, const char *name)
{
    g_autofree char *valid = name ? zp_text_valid(name, strlen(name), NULL) : NULL;
    g_autofree char *folded = zp_rows_key(valid);
    ask_indexes(terms, folded);
}

/* White space parts words; what a user typed may be no UTF-8. */
static void add_words(Terms *terms, const char *text)
{
    g_autofree char *valid = zp_text_valid(text, strlen(text), NULL);
    g_autoptr(GString) word = g_string_new(NULL);
    for (const char *at = valid;; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (c && !zp_char_is_space(c)) {
            g_string_append_unichar(word, c);
            continue;
        }
        char *folded = zp_rows_key(word->str);
        ask_indexes(terms, folded);
        if (*folded)
            g_ptr_array_add(terms->words, folded);
        else
            g_free(folded);
        g_string_truncate(word, 0);
        if (!c)
            return;
    }
}

/* --- the question --- */

typedef struct {
    GString *sql;
    GPtrArray *texts; /* of char *, bound as ?1, ?2, … with the numbers */
    ZpArchive *archive;
    const char *id; /* of the form, as what is gone through first has it */
} Question;

static void ask_text(Question *question, const char *format, const char *text)
{
    g_ptr_array_add(question->texts, g_strdup(text));
    g_autofree char *number = g_strdup_printf("?%u", question->texts->len);
    g_auto(GStrv) parts = g_strsplit(format, "@", -1);
    g_autofree char *asked = g_strjoinv(number, parts);
    g_string_append(question->sql, asked);
}

static void ask_number(Question *question, const char *what, gint64 number)
{
    g_string_append_printf(question->sql, " AND %s %" G_GINT64_FORMAT, what, number);
}

/* --- filters --- */

/*
 * A filter is asked in one of two ways: of each form that comes up whether it fits (a probe), or all that fit are collected
 * from an index first (a set).  A set is quick where few fit, which are the questions that find nothing and so go
 * through everything; a probe is where many do, since a search stops when it has enough.
 */

/* Forms that are worth collecting, and as many as each is asked of a search index on its own. */
#define MOST_COLLECTED 20000
#define MOST_ASKED     200

/* How many forms a set has, as far as it matters; what cannot be asked is many. */
static gint64 count_set(const Question *question, const GString *set)
{
    g_autofree char *sql =
        g_strdup_printf("SELECT count(*) FROM (%s LIMIT %d)", set->str, MOST_COLLECTED + 1);
    sqlite3_stmt *statement = NULL;
    gint64 count = MOST_COLLECTED + 1;
    if (sqlite3_prepare_v2(zp_archive_db(question->archive), sql, -1, &statement, NULL) ==
        SQLITE_OK) {
        for (guint k = 0; k < question->texts->len; k++)
            sqlite3_bind_text(statement, (int)k + 1, g_ptr_array_index(question->texts, k), -1,
                              SQLITE_STATIC);
        if (sqlite3_step(statement) == SQLITE_ROW)
            count = sqlite3_column_int64(statement, 0);
    }
    sqlite3_finalize(statement);
    return count;
}

/* With a + SQLite collects the set once; without, each of it is looked up by its number. */
static void ask_either(Question *question, const GString *set, const GString *probe)
{
    gint64 count = count_set(question, set);
    if (count == 0)
        g_string_append(question->sql, " AND 0");
    else if (count <= MOST_COLLECTED)
        g_string_append_printf(question->sql, " AND %s%s IN (%s)", count > MOST_ASKED ? "+" : "",
                               question->id, set->str);
    else
        g_string_append_printf(question->sql, " AND %s", probe->str);
}

/* Codes by how they begin; a name is that of one code. */
static void ask_codes(Question *question, char **rules)
{
    g_string_append(question->sql, "(0");
    for (char **rule = rules; *rule; rule++) {
        const char *code = *rule;
        for (int k = 0; k < ZP_RULE_COUNT; k++) {
            if (strcmp(ZP_RULES[k].name, *rule) == 0)
                code = ZP_RULES[k].code;
        }
        ask_text(question, " OR (rule >= @ AND rule < @ || '~')", code);
    }
    g_string_append_c(question->sql, ')');
}

static void ask_rules(Question *question, char **rules)
{
    g_autoptr(GString) set =
        g_string_new("SELECT form_id FROM finding WHERE form_id NOT NULL AND ");
    g_autoptr(GString) probe = g_string_new(NULL);
    g_string_printf(probe, "EXISTS (SELECT 1 FROM finding WHERE finding.form_id = %s AND ",
                    question->id);
    GString *sql = question->sql;
    question->sql = set;
    ask_codes(question, rules);
    question->sql = probe;
    ask_codes(question, rules);
    g_string_append_c(probe, ')');
    question->sql = sql;
    ask_either(question, set, probe);
}

static void ask_amount(Question *question, const ZpLook *look)
{
    g_autoptr(GString) set = g_string_new("SELECT id FROM form WHERE budget_fen NOT NULL");
    g_autoptr(GString) probe = g_string_new("1");
    GString *const both[] = {set, probe};
    for (gsize k = 0; k < G_N_ELEMENTS(both); k++) {
        if (look->has_least)
            g_string_append_printf(both[k], " AND form.budget_fen >= %" G_GINT64_FORMAT,
                                   look->least_fen);
        if (look->has_most)
            g_string_append_printf(both[k], " AND form.budget_fen <= %" G_GINT64_FORMAT,
                                   look->most_fen);
    }
    ask_either(question, set, probe);
}

static void ask_partial(Question *question)
{
    g_autoptr(GString) set = g_string_new(
        "SELECT form.id FROM document JOIN form ON form.document_id = document.id WHERE status = "
        "'partial'");
    g_autoptr(GString) probe = g_string_new(
        "(SELECT status FROM document WHERE document.id = form.document_id) = 'partial'");
    ask_either(question, set, probe);
}

/* The worst finding of a form, or how its document was read. */
static void ask_status(Question *question, const char *status)
{
#define HAS(severity)                                                                              \
    "EXISTS (SELECT 1 FROM finding WHERE finding.form_id = @ AND severity = '" severity "')"
    static const struct {
        const char *status, *sql;
    } ROWS[] = {
        {"ok", "(SELECT status FROM document WHERE document.id = form.document_id) = 'ok'"},
        {"error", HAS("error")},
        {"warning", "NOT " HAS("error") " AND " HAS("warning")},
        {"note", "NOT " HAS("error") " AND NOT " HAS("warning") " AND " HAS("note")},
        {"clean", "NOT EXISTS (SELECT 1 FROM finding WHERE finding.form_id = @)"},
    };
#undef HAS
    if (strcmp(status, "partial") == 0)
        ask_partial(question);
    for (gsize k = 0; k < G_N_ELEMENTS(ROWS); k++) {
        if (strcmp(ROWS[k].status, status) != 0)
            continue;
        g_auto(GStrv) parts = g_strsplit(ROWS[k].sql, "@", -1);
        g_autofree char *asked = g_strjoinv(question->id, parts);
        g_string_append_printf(question->sql, " AND %s", asked);
    }
}

static void ask_name(Question *question, const char *column, const char *name)
{
    g_autofree char *valid = zp_text_valid(name, strlen(name), NULL);
    g_autofree char *key = zp_rows_key(valid);
    g_autofree char *format = g_strdup_printf(" AND instr(zp_key(%s), @)", column);
    ask_text(question, format, key);
}

/* The index of years has the numbers of the forms, too, so no other year's form is read; a list goes by that index. */
static void ask_years(Question *question, const ZpLook *look)
{
    bool is_list = strcmp(question->id, "form.id") == 0;
    if (!look->year_from && !look->year_to)
        return;
    if (!is_list)
        g_string_append_printf(question->sql, " AND +%s IN (SELECT id FROM form WHERE 1",
                               question->id);
    if (look->year_from)
        ask_number(question, "form.year >=", look->year_from);
    if (look->year_to)
        ask_number(question, "form.year <=", look->year_to);
    g_string_append(question->sql, is_list ? "" : ")");
}

static void ask_filters(Question *question, const ZpLook *look)
{
    ask_years(question, look);
    if (look->has_least || look->has_most)
        ask_amount(question, look);
    if (look->department)
        ask_name(question, "form.department", look->department);
    if (look->unit)
        ask_name(question, "form.unit", look->unit);
    if (look->rules)
        ask_rules(question, look->rules);
    if (look->status)
        ask_status(question, look->status);
    if (!look->level2)
        return;
    g_string_append_printf(question->sql, " AND EXISTS (SELECT 1 FROM indicator WHERE form_id = %s",
                           question->id);
    ask_name(question, "level2", look->level2);
    g_string_append_c(question->sql, ')');
}

/* With a + SQLite collects the numbers once; without, it asks a search index that leads anew for each. */
static void ask_index(Question *question, const char *table, const GString *terms)
{
    if (terms->len == 0)
        return;
    g_string_append_printf(question->sql, " AND %s%s IN (SELECT rowid FROM %s WHERE %s MATCH ",
                           strcmp(question->id, "form.id") == 0 ? "" : "+", question->id, table,
                           table);
    ask_text(question, "@)", terms->str);
}

/*
 * The rarer index leads; CROSS JOIN keeps SQLite from choosing otherwise.  It goes by rowid, so that the first hits are
 * there at once: sorted by form.id, which is the same, all of them would be collected first.
 */
static void ask_words(Question *question, const ZpLook *look, const Terms *terms)
{
    bool is_long = terms->text->len > 0;
    const char *table = is_long ? "search_text" : "search_short";
    question->id = is_long ? "search_text.rowid" : "search_short.rowid";
    g_string_append_printf(question->sql,
                           ", form.data FROM %s CROSS JOIN form ON form.id = %s WHERE %s MATCH ",
                           table, question->id, table);
    ask_text(question, "@", is_long ? terms->text->str : terms->brief->str);
    if (is_long)
        ask_index(question, "search_short", terms->brief);
    ask_filters(question, look);
    g_string_append_printf(question->sql, " ORDER BY %s", question->id);
}

/* Only what is printed is looked up; one more says that there is more. */
static void ask_list(Question *question, const ZpLook *look, const Terms *terms)
{
    static const char ORDER[] = " ORDER BY form.year, form.unit, form.project, form.id";
    question->id = "form.id";
    g_string_append(question->sql, " FROM (SELECT form.id AS found FROM form WHERE 1");
    ask_index(question, "search_text", terms->text);
    ask_index(question, "search_short", terms->brief);
    ask_filters(question, look);
    g_string_append(question->sql, ORDER);
    if (look->limit > 0 && look->limit < G_MAXINT64)
        g_string_append_printf(question->sql, " LIMIT %" G_GUINT64_FORMAT, look->limit + 1);
    g_string_append_printf(question->sql, ") CROSS JOIN form ON form.id = found%s", ORDER);
}

static void make_question(Question *question, const ZpLook *look, const Terms *terms)
{
    g_string_append(
        question->sql,
        "SELECT form.id, form.year, form.unit, form.project, form.budget, form.executed, "
        "form.currency_unit, form.total_score, (SELECT count(*) FROM finding WHERE "
        "finding.form_id = form.id)");
    if (terms->words->len > 0)
        ask_words(question, look, terms);
    else
        ask_list(question, look, terms);
}

/* --- the answer --- */

static bool take_row(sqlite3_stmt *statement, const GPtrArray *words, guint64 limit,
                     ZpListing *listing, bool *has_more, GError **error)
{
    ZpSeeking seeking = {.words = words};
    bool done = true, is_hit = zp_look_has_words(statement, &seeking);
    *has_more = is_hit && limit > 0 && zp_listing_rows(listing) == limit;
    if (is_hit && !*has_more) {
        for (int k = 0; k < 9; k++)
            zp_listing_value(listing, statement, k);
        if (words->len > 0) {
            zp_listing_text(listing, seeking.where);
            zp_listing_text(listing, seeking.excerpt);
        }
        done = zp_listing_next(listing, error);
    }
    g_free(seeking.where);
    g_free(seeking.excerpt);
    return done;
}

static void name_columns(ZpListing *listing, bool has_words_)
{
    static const char *const COLUMNS[] = {"id",       "year",        "unit",
                                          "project",  "budget",      "executed",
                                          "currency", "total_score", "findings"};
    for (gsize k = 0; k < G_N_ELEMENTS(COLUMNS); k++)
        zp_listing_column(listing, COLUMNS[k]);
    if (has_words_) {
        zp_listing_column(listing, "where");
        zp_listing_column(listing, "text");
    }
}

static void key_of(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    const char *text = (const char *)sqlite3_value_text(values[0]);
    g_autofree char *valid = text ? zp_text_valid(text, strlen(text), NULL) : NULL;
    g_autofree char *key = valid ? zp_rows_key(valid) : NULL;
    if (key)
        sqlite3_result_text(context, key, -1, SQLITE_TRANSIENT);
}

static bool answer(Question *question, const ZpLook *look, const Terms *terms, ZpListing *listing,
                   bool *has_more, GError **error)
{
    sqlite3 *db = zp_archive_db(question->archive);
    sqlite3_stmt *statement = NULL;
    bool done = sqlite3_prepare_v2(db, question->sql->str, -1, &statement, NULL) == SQLITE_OK;
    for (guint k = 0; done && k < question->texts->len; k++)
        sqlite3_bind_text(statement, (int)k + 1, g_ptr_array_index(question->texts, k), -1,
                          SQLITE_STATIC);
    bool has_row = done;
    if (!done)
        zp_archive_set_error(question->archive, error);
    while (done && has_row && !*has_more) {
        done = zp_archive_next(question->archive, statement, &has_row, error);
        if (done && has_row)
            done = take_row(statement, terms->words, look->limit, listing, has_more, error);
    }
    sqlite3_finalize(statement);
    return done && zp_listing_end(listing, error);
}

bool zp_look_list(ZpArchive *archive, const ZpLook *look, ZpListing *listing, bool *has_more,
                  GError **error)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) text = g_string_new(NULL), brief = g_string_new(NULL);
    g_autoptr(GString) sql = g_string_new(NULL);
    Terms terms = {words, text, brief};
    Question question = {.sql = sql, .texts = texts, .archive = archive};
    *has_more = false;
    for (char **word = look->words; word && *word; word++)
        add_words(&terms, *word);
    if (words->len > ZP_LOOK_WORDS) {
        zp_error_set(error, ZP_ERROR_USAGE, "最多可以找 %d 个词",
                     "at most %d words can be searched", ZP_LOOK_WORDS);
        return false;
    }
    if (look->words && words->len == 0) {
        zp_error_set(error, ZP_ERROR_USAGE, "没有要找的词", "no word to search");
        return false;
    }
    sqlite3_create_function(zp_archive_db(archive), "zp_key", 1,
                            SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, NULL, key_of,
                            NULL, NULL);
    add_filter(&terms, look->unit);
    add_filter(&terms, look->department);
    add_filter(&terms, look->level2);
    name_columns(listing, words->len > 0);
    make_question(&question, look, &terms);
    return answer(&question, look, &terms, listing, has_more, error);
}
