/*
 * runs.h - the text of a stretch of XML that stands in runs, and another text in its place.
 *
 *     <w:p><w:r><w:t>培训 </w:t></w:r><w:r><w:rPr>…</w:rPr><w:t>对象</w:t></w:r></w:p>      培训 对象
 */
#pragma once

#include <glib.h>

/* What an element is to whoever writes text. */
typedef enum {
    ZP_RUNS_TEXT,  /* holds text */
    ZP_RUNS_ENTER, /* holds such elements */
    ZP_RUNS_LINE,  /* likewise, and is a line of its own */
    ZP_RUNS_PASS,  /* says nothing, whatever it holds */
} ZpRunsKind;

/* By local name; any other element is more than text.  Ends with name NULL. */
typedef struct {
    const char *name;
    ZpRunsKind kind;
} ZpRunsName;

typedef struct ZpRuns ZpRuns;

/**
 * zp_runs_new: take a stretch of well-formed XML apart.
 * @xml: kept, not copied
 * @names: static
 *
 * Returns: NULL when it holds more than text, or text in several lines: then nobody can say what of it
 * another text would change.
 */
ZpRuns *zp_runs_new(const char *xml, gsize length, const ZpRunsName *names);
void zp_runs_free(ZpRuns *runs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpRuns, zp_runs_free)

/**
 * zp_runs_text: all of its text.
 *
 * Returns: (transfer none)
 */
const char *zp_runs_text(const ZpRuns *runs);

/**
 * zp_runs_write: the stretch with another text: what is the same stays in its run, what is new goes where the
 * change begins.  Nothing but text changes, and `xml:space` where blanks need it.
 *
 * Returns: (transfer full) (nullable) NULL when it has no run that could hold text, or XML cannot hold the text.
 */
char *zp_runs_write(const ZpRuns *runs, const char *text);
