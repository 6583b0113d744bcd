/*
 * ziping.h - libziping: self-evaluation forms (项目支出绩效自评表) out of documents, as data, checked.
 *
 * Bytes or a path go in, the JSON that `ziping check --format json` and `ziping convert` print comes out:
 * docs/check.schema.json and docs/convert.schema.json describe it.  A document that cannot be read is no error
 * here: it is in that JSON, with its D01, as it is for the command.
 *
 *     ziping_error *error = NULL;
 *     ziping *handle = ziping_new("{\"workers\": 2}", &error);
 *     char *report = handle ? ziping_check_path(handle, "form.pdf", NULL, &error) : NULL;
 *
 * WITHOUT WORKERS THERE IS NO SANDBOX.  A handle reads in the calling process unless its options ask for workers: a
 * document that finds a flaw in a parser then has whatever the process has, a crash is the process's crash, no limit
 * on time and memory holds, and where there is no memory GLib ends the process.  Do that with documents of your own
 * only.  Workers are programs of their own (ziping-worker, started by posix_spawn), which hand each document to a
 * process that is shut in by Landlock and seccomp; nothing of that touches the calling process.
 *
 * What the library never does in the calling process: print, exit, fork, change its locale, signal handlers, limits,
 * environment or working folder, or shut it in.  Libraries that it uses may say something on standard error.
 *
 * Threads: any number of threads may use one handle, or handles of their own.  Calls with workers go on at the same
 * time, as many as there are workers; calls without take turns, over all handles of the process.  A handle is of no
 * use in a process forked from the one that made it.
 *
 * Texts: every `char *` in and out is UTF-8 that ends with NUL, but for paths, which are bytes.  Options are one JSON
 * object, or NULL for none; an unknown key is an error.  docs/library.md lists them.
 *
 * Licence: GPL-3.0-or-later.  A program that links this library and is given to others must be under terms that the
 * GPL-3 allows; a closed one runs the command `ziping` and reads its JSON instead.  docs/library.md says more.
 */
#ifndef ZIPING_H
#define ZIPING_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Seen from outside the library; nothing else is. */
#define ZIPING_API __attribute__((visibility("default")))

/* The rules and, where asked for, the workers.  Opaque. */
typedef struct ziping ziping;

/* Why the library could not do its job.  Opaque: a code, and a sentence in Chinese and in English. */
typedef struct ziping_error ziping_error;

/* Codes of errors.  Further ones may come. */
typedef enum {
    ZIPING_ERROR_USAGE = 1,  /* an argument or an option is wrong */
    ZIPING_ERROR_RULES = 2,  /* the folder of rules or the profile that was named cannot be used */
    ZIPING_ERROR_SYSTEM = 3, /* the system gave no memory, file or process, or a worker ended */
    ZIPING_ERROR_LIMIT = 4   /* the result is over the limit on its size */
} ziping_code;

/**
 * ziping_version: the version of the library that is running.
 *
 * Returns: a text like "0.1.0"; owned by the library, valid for ever.
 * Errors: none.
 */
ZIPING_API const char *ziping_version(void);

/**
 * ziping_new: a handle: reads the rules and starts the workers that the options ask for.
 * @options: NULL, or a JSON object with any of these keys:
 *     "workers"          how many calls may go on at once in workers, 0 to 256; 0, the default: no workers
 *     "worker"           path of the worker program; by default the one that came with the library
 *     "require_sandbox"  true: an error where this system cannot shut workers in wholly; needs workers
 *     "rules"            a folder with files that replace the built-in ones (`--rules`)
 *     "profile"          the profile by which every form is judged, or a file of one (`--profile`)
 *     "ocr"              "never", "auto" or "always": which pages are read from pictures; workers only, and "auto" there
 * @error: NULL, or where to put why; untouched on success
 *
 * Takes some tens of milliseconds: make one and keep it.
 *
 * Returns: the handle, owned by the caller: ziping_free(); NULL with an error.
 * Errors: ZIPING_ERROR_USAGE, ZIPING_ERROR_RULES, ZIPING_ERROR_SYSTEM.
 */
ZIPING_API ziping *ziping_new(const char *options, ziping_error **error);

/**
 * ziping_free: give a handle back, and let its workers go.
 * @handle: NULL, or a handle that no call is using
 *
 * Errors: none.
 */
ZIPING_API void ziping_free(ziping *handle);

/**
 * ziping_about: what a handle works with.
 * @handle: a handle
 *
 * Returns: a JSON object, owned by the caller: ziping_string_free().  "version", "rulebook" (its digest, as in every
 * result), "workers" (how many, 0: none) and "sandbox": which layers shut a worker in, of "privileges", "resources",
 * "files", "network", "signals" and "calls"; empty without workers, for then nothing does.
 * Errors: none.
 */
ZIPING_API char *ziping_about(const ziping *handle);

/**
 * ziping_check_path: read what is at a path, and judge every form in it.
 * @handle: a handle
 * @path: a file, a folder or an archive, as for the command; relative to the working folder of the calling process;
 *     "-", standard input, is not taken.  Archives and mails need workers
 * @options: NULL, or a JSON object with any of these keys:
 *     "lang"        "zh" or "en", the default: the language of messages and reasons
 *     "from"        the format, whatever the content seems to be: "pdf", "docx", … (`--from`)
 *     "password"    of encrypted documents
 *     "config"      a file of settings, as .ziping.yaml (`--config`); none is looked for
 *     "select"      codes of rules, separated by commas: those alone; "ignore": all but those
 *     "show"        "error", "warning", "note" (the default) or "never": milder findings are counted and not listed
 *     "repairs"     true: repairs are among the findings
 *     "statistics"  true: how often each rule fired is in the summary
 *     "office"      true: what only an office program reads goes through one, OUTSIDE THE SANDBOX; workers only
 *     "limits"      an object of whole numbers: "input_bytes", "cells", "pages", "depth", and with workers "seconds",
 *                   "memory_bytes", "output_bytes", of one file; "answer_bytes", of the result
 * @error: NULL, or where to put why; untouched on success
 *
 * Returns: the JSON of schema ziping/check/1, owned by the caller: ziping_string_free(); NULL with an error.  Figures
 * in it are texts with exact decimals; places count from 1, boxes are in points from the top left.
 * Errors: ZIPING_ERROR_USAGE, ZIPING_ERROR_SYSTEM, ZIPING_ERROR_LIMIT.
 */
ZIPING_API char *ziping_check_path(ziping *handle, const char *path, const char *options,
                                   ziping_error **error);

/**
 * ziping_check_bytes: the same for a document in memory.
 * @handle: a handle
 * @bytes: the document; NULL only with size 0; not changed, and not used after the call
 * @size: how many bytes
 * @name: its file name, which is "path" in the result and whose suffix may help to tell the format; nothing is opened
 *     by it; not NULL and not empty
 * @options, @error: as of ziping_check_path()
 *
 * Returns: as ziping_check_path().
 * Errors: as ziping_check_path().
 */
ZIPING_API char *ziping_check_bytes(ziping *handle, const void *bytes, size_t size,
                                    const char *name, const char *options, ziping_error **error);

/**
 * ziping_convert_path: read what is at a path, and write every form in it in canonical shape.
 * @handle, @path, @error: as of ziping_check_path()
 * @options: likewise, without "select", "ignore", "show", "repairs" and "statistics"
 *
 * Returns: the JSON of schema ziping/convert/1, owned by the caller: ziping_string_free(); NULL with an error.
 * Errors: as ziping_check_path().
 */
ZIPING_API char *ziping_convert_path(ziping *handle, const char *path, const char *options,
                                     ziping_error **error);

/**
 * ziping_convert_bytes: the same for a document in memory.
 * @handle, @bytes, @size, @name, @error: as of ziping_check_bytes()
 * @options: as of ziping_convert_path()
 *
 * Returns: as ziping_convert_path().
 * Errors: as ziping_check_path().
 */
ZIPING_API char *ziping_convert_bytes(ziping *handle, const void *bytes, size_t size,
                                      const char *name, const char *options, ziping_error **error);

/**
 * ziping_explain: the page of a rule: what it checks, its formula and basis, examples, how to mend.
 * @handle: a handle
 * @rule: its code, "F01", or its name, "execution-rate"
 * @lang: "zh", "en", or NULL for "en"
 * @error: NULL, or where to put why; untouched on success
 *
 * Returns: Markdown, owned by the caller: ziping_string_free(); NULL with an error.
 * Errors: ZIPING_ERROR_USAGE.
 */
ZIPING_API char *ziping_explain(const ziping *handle, const char *rule, const char *lang,
                                ziping_error **error);

/**
 * ziping_string_free: give back a text that a function of this header returned.
 * @text: NULL, or such a text
 *
 * Errors: none.
 */
ZIPING_API void ziping_string_free(char *text);

/**
 * ziping_error_code: what kind of error it is.
 * @error: an error
 *
 * Returns: a ziping_code.
 * Errors: none.
 */
ZIPING_API int ziping_error_code(const ziping_error *error);

/**
 * ziping_error_text: what is wrong and what to do, in one sentence.
 * @error: an error
 * @lang: "zh" for Chinese; anything else, and NULL, for English
 *
 * Returns: a text, owned by the error.
 * Errors: none.
 */
ZIPING_API const char *ziping_error_text(const ziping_error *error, const char *lang);

/**
 * ziping_error_free: give an error back.
 * @error: NULL, or an error
 *
 * Errors: none.
 */
ZIPING_API void ziping_error_free(ziping_error *error);

#ifdef __cplusplus
}
#endif

#endif
