/*
 * cli.h - what the commands share: arguments, messages, exit codes, the output.
 *
 * The only layer that prints or ends the program.
 */
#pragma once

#include "base/bounds.h"
#include "base/nearest.h"
#include "rulebook/rulebook.h"

#include <gio/gio.h>
#include <stdio.h>

/* The contract's exit codes. */
typedef enum {
    ZP_EXIT_CLEAN = 0,
    ZP_EXIT_FINDINGS = 1,
    ZP_EXIT_USAGE = 2,
    ZP_EXIT_UNREADABLE = 3,
    ZP_EXIT_INTERNAL = 4,
} ZpExit;

/* The command line, parsed. */
typedef struct {
    ZpLang lang;
    bool has_language;                                                 /* --lang was given */
    char *from, *output, *rules, *profile, *fail_on, *show, *language; /* (nullable), any bytes */
    char *config, *select, *ignore, *baseline, *diff_from, *files_from, *password_file, *jobs,
        *journal, *cache, *shard, *shard_of, *shard_size, *ledger, *table, *annotate_dir,
        *annotate_place, *split_by, *split_dir, *split_parts, *report, *ocr,
        *corrections; /* (nullable) likewise; annotate_place: where that folder stands in the end */
    char *db, *layout, *year, *department, *unit, *level2, *rule, *status, *least, *most,
        *most_rows, *saved, *bag; /* (nullable) of `archive` */
    char *limits[ZP_BOUND_COUNT]; /* (nullable) each: --max-time, … */
    char **formats;               /* (nullable) NAME or NAME=PATH each: --to, --format */
    gboolean quiet, office, all, verbose, repairs, raw, excel, help, version, statistics, no_config,
        show_config, unsafe, no_sandbox, require_sandbox, no_progress, resume, skip_unread,
        no_originals, force;
    char **rest; /* (nullable) files, or a rule */
} ZpArguments;

/* Who an option belongs to: bits of ZpCommand.options. */
typedef enum {
    ZP_FOR_PROGRAM = 1 << 0,
    ZP_FOR_CONVERT = 1 << 1,
    ZP_FOR_CHECK = 1 << 2,
    ZP_FOR_EXPLAIN = 1 << 3,
    ZP_FOR_RULES = 1 << 4,
    ZP_FOR_BASELINE = 1 << 5,
    ZP_FOR_FIX = 1 << 7,
    ZP_FOR_WATCH = 1 << 8,
    ZP_FOR_MERGE = 1 << 9,
    ZP_FOR_ARCHIVE = 1 << 10,
    ZP_FOR_ANNOTATE = 1 << 11,
    ZP_FOR_PLAN = 1 << 12,
    ZP_FOR_REVIEW = 1 << 13,
    ZP_FOR_OTHER = 1 << 6, /* takes only what every command takes */
} ZpFor;

/* A row of the table of options. */
typedef struct {
    guint scopes; /* ZpFor bits */
    const char *name;
    char letter;
    size_t offset;     /* in ZpArguments */
    const char *value; /* (nullable) what stands for the value in help; NULL: a switch */
    const char *zh, *en;
} ZpOption;

extern const ZpOption ZP_OPTIONS[]; /* ends with name NULL */

/** zp_option_is_list: an option that may be given several times: its value is a list of texts. */
bool zp_option_is_list(const ZpOption *option);

typedef struct {
    const char *name;
    guint options; /* ZpFor bit */
    ZpExit (*run)(const ZpArguments *arguments);
    const char *usage_zh, *usage_en; /* what follows the name */
    const char *zh, *en;             /* what it does, a sentence */
} ZpCommand;

extern const ZpCommand ZP_COMMANDS[]; /* ends with name NULL */

ZpExit zp_command_convert(const ZpArguments *arguments);
ZpExit zp_command_check(const ZpArguments *arguments);
ZpExit zp_command_baseline(const ZpArguments *arguments);
ZpExit zp_command_completion(const ZpArguments *arguments);
ZpExit zp_command_fix(const ZpArguments *arguments);
ZpExit zp_command_annotate(const ZpArguments *arguments);
ZpExit zp_command_review(const ZpArguments *arguments);
ZpExit zp_command_watch(const ZpArguments *arguments);
ZpExit zp_command_plan(const ZpArguments *arguments);
ZpExit zp_command_merge(const ZpArguments *arguments);
ZpExit zp_command_archive(const ZpArguments *arguments);
ZpExit zp_command_explain(const ZpArguments *arguments);
ZpExit zp_command_doctor(const ZpArguments *arguments);
ZpExit zp_command_rules(const ZpArguments *arguments);
ZpExit zp_command_formats(const ZpArguments *arguments);
ZpExit zp_command_help(const ZpArguments *arguments);

/**
 * zp_arguments_parse: take the options of @scope out of @argv.
 * @arguments: filled; its `lang` is followed from --lang
 * @argc, @argv: the words; for the program itself parsing stops at the command, which stays
 * @error: ZP_ERROR_USAGE, with the nearest option where one is unknown
 */
bool zp_arguments_parse(ZpArguments *arguments, ZpFor scope, int *argc, char ***argv,
                        GError **error);
void zp_arguments_clear(ZpArguments *arguments);

/** zp_help_print: the help of the program (@command NULL) or of a command, to @stream. */
void zp_help_print(FILE *stream, const ZpCommand *command, ZpLang lang);

/**
 * zp_say: one line on standard error, "ziping: …", with a document's or a name's control
 * characters made visible.
 */
void zp_say(ZpLang lang, const char *zh, const char *en, ...)
    __attribute__((format(printf, 2, 4), format(printf, 3, 4)));

/** zp_say_links: links in folders that were not followed: how many, and one to look at. */
void zp_say_links(ZpLang lang, guint64 count, const char *first);

/**
 * zp_append_padded: text with blanks up to so many terminal columns, of which a Chinese character takes
 * two.
 */
void zp_append_padded(GString *out, const char *text, gsize columns);

/** zp_wants_colour: standard output is a terminal that shows colours and NO_COLOR is not set. */
bool zp_wants_colour(void);

/**
 * zp_terminal_columns: the width of the terminal that a descriptor is: what it says, or else COLUMNS.
 *
 * Returns: 0 where it is no terminal, or its width is not known
 */
guint zp_terminal_columns(int fd);

/**
 * zp_arguments_rulebook: the rulebook, compiled in or of --rules, with --profile forced; says why
 * when it fails.
 */
ZpRulebook *zp_arguments_rulebook(const ZpArguments *arguments);

/* Where results go: standard output, or a file written aside and renamed when complete. */
typedef struct {
    GOutputStream *stream;
    char *path, *aside; /* (nullable) NULL: written in place */
} ZpOutput;

/**
 * zp_output_is_shown: whether a place (NULL and "-": standard output) is a terminal, for which bytes that are no text
 * are not; then what to do has been said.
 * @what: whose bytes, as the option that asked for them
 */
bool zp_output_is_shown(const char *path, const char *what, ZpLang lang);

/**
 * zp_output_open: standard output for NULL and "-", else a file.
 * @error: ZP_ERROR_OUTPUT
 */
bool zp_output_open(ZpOutput *output, const char *path, GError **error);

/**
 * zp_output_close: end the output and free it.
 * @keep: false leaves what was at the path before
 * @error: ZP_ERROR_OUTPUT
 */
bool zp_output_close(ZpOutput *output, bool keep, GError **error);

/**
 * zp_output_write, _bytes: a whole file at once; what was there stays where that fails.
 * @error: ZP_ERROR_OUTPUT
 */
bool zp_output_write(const char *path, gconstpointer data, gsize size, GError **error);
bool zp_output_write_bytes(const char *path, GBytes *bytes, GError **error);

/**
 * zp_arguments_want_json: which of the two ways, text or json, a list of our own is printed in.
 *
 * Returns: false when --format names another, or several; said.
 */
bool zp_arguments_want_json(const ZpArguments *arguments, bool *json);

/** zp_print: text to standard output; ZP_EXIT_INTERNAL when it cannot be written. */
ZpExit zp_print(const GString *text, ZpLang lang);
