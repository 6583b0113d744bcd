/*
 * aligned.c - text whose columns are made of spaces, as `pdftotext -layout` and terminals print it.
 *
 *     主管部门 中国共产党上海市委员会宣传部              实施单位        …办公室
 *                      年初预算数        全年预算数 全年执行数 分值       执行率     得分
 *
 * Two spaces or more end a run of text; one space may stand inside a cell or between two, which
 * only who knows the form can tell.  Some tools count a Han character as one place, some as two:
 * the counting under which more runs begin or end where a run of the lines above does is taken.
 * A form feed begins a page; a blank line says nothing (a row may have a blank line in its middle).
 */
#include "parsers/text/aligned.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/span.h"
#include "base/text.h"

#include <string.h>

/* Lines with several runs that make a table. */
#define TABLE_LINES_MIN 3
/* A line of so many runs is no row of a form. */
#define LINE_RUNS_MAX 200
/* Runs of the lines above that a run is compared with. */
#define RECENT_RUNS 64

typedef enum {
    COUNT_CHARACTERS,
    COUNT_HALF_WIDTHS,
    COUNT_EAST_ASIAN, /* the same, and ≥ × “ … (of ambiguous width) as wide as a Han character */
    COUNT_WAYS,
} Counting;

typedef struct {
    ZpSpan text; /* in the stretch */
    guint32 x0[COUNT_WAYS], x1[COUNT_WAYS];
} Run;

/* The walk over the runs of a stretch. */
typedef struct {
    const char *start, *at, *end;
    guint32 row, line, page;
    guint32 ordinal;       /* of the next run in its line */
    guint32 x[COUNT_WAYS]; /* of `at` */
} RunWalk;

static RunWalk walk_start(const ZpAligned *lines)
{
    return (RunWalk){.start = lines->start,
                     .at = lines->start,
                     .end = lines->end,
                     .line = lines->line,
                     .page = lines->page};
}

static void step_over(RunWalk *walk, gunichar c)
{
    bool is_invisible = g_unichar_iszerowidth(c);
    walk->x[COUNT_CHARACTERS] += 1;
    walk->x[COUNT_HALF_WIDTHS] += is_invisible ? 0 : g_unichar_iswide(c) ? 2 : 1;
    walk->x[COUNT_EAST_ASIAN] += is_invisible ? 0 : g_unichar_iswide_cjk(c) ? 2 : 1;
    walk->at = g_utf8_next_char(walk->at);
}

static void end_line(RunWalk *walk)
{
    bool is_pair = walk->at[0] == '\r' && walk->at + 1 < walk->end && walk->at[1] == '\n';
    bool is_page = *walk->at == '\f';
    walk->at += is_pair ? 2 : 1;
    walk->line += !is_page;
    walk->page += is_page;
    walk->row++;
    walk->ordinal = 0;
    memset(walk->x, 0, sizeof walk->x);
}

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r' || c == '\f';
}

/* Over white space, also of line ends, up to the next run. */
static bool find_run(RunWalk *walk)
{
    while (walk->at < walk->end) {
        gunichar c = g_utf8_get_char(walk->at);
        if (is_line_end(*walk->at))
            end_line(walk);
        else if (zp_char_is_space(c))
            step_over(walk, c);
        else
            return true;
    }
    return false;
}

/* Steps over the next run; its end is where two spaces begin, or one wide space. */
static bool next_run(RunWalk *walk, Run *run)
{
    if (!find_run(walk))
        return false;
    const char *start = walk->at, *end = start;
    memcpy(run->x0, walk->x, sizeof run->x0);
    guint spaces = 0;
    while (walk->at < walk->end && !is_line_end(*walk->at) && spaces < 2) {
        gunichar c = g_utf8_get_char(walk->at);
        bool is_space = zp_char_is_space(c);
        spaces = !is_space ? 0 : spaces + (c == 0x3000 ? 2 : 1);
        step_over(walk, c);
        if (!is_space) {
            end = walk->at;
            memcpy(run->x1, walk->x, sizeof run->x1);
        }
    }
    run->text = zp_span_between(walk->start, walk->end, start, end);
    walk->ordinal++;
    return true;
}

bool zp_aligned_is(const ZpAligned *lines)
{
    RunWalk walk = walk_start(lines);
    Run run;
    guint rows = 0, wide = 0;
    while (next_run(&walk, &run)) {
        if (walk.ordinal > LINE_RUNS_MAX)
            return false;
        rows += walk.ordinal == 2;
        wide += walk.ordinal == 3;
    }
    return rows >= TABLE_LINES_MIN && wide;
}

/* Whether a run shares a side, or its middle, with one of the places in @recent. */
static bool is_aligned(const guint32 (*recent)[2], guint n, guint32 x0, guint32 x1)
{
    for (guint i = 0; i < n; i++) {
        if (recent[i][0] == x0 || recent[i][1] == x1 || recent[i][0] + recent[i][1] == x0 + x1)
            return true;
    }
    return false;
}

static Counting counting_of(const ZpAligned *lines)
{
    guint32 recent[COUNT_WAYS][RECENT_RUNS][2];
    guint hits[COUNT_WAYS] = {0}, n = 0;
    RunWalk walk = walk_start(lines);
    Run run;
    while (next_run(&walk, &run)) {
        if (walk.ordinal < 2)
            continue;
        for (guint way = 0; way < COUNT_WAYS; way++) {
            hits[way] += is_aligned((const guint32(*)[2])recent[way], MIN(n, RECENT_RUNS),
                                    run.x0[way], run.x1[way]);
            recent[way][n % RECENT_RUNS][0] = run.x0[way];
            recent[way][n % RECENT_RUNS][1] = run.x1[way];
        }
        n++;
    }
    Counting best = COUNT_CHARACTERS;
    for (Counting way = best + 1; way < COUNT_WAYS; way++)
        best = hits[way] > hits[best] ? way : best;
    return best;
}

static bool add_run(const ZpAligned *lines, ZpDocument *document, ZpTable *table,
                    const RunWalk *walk, const Run *run, Counting counting, GError **error)
{
    const ZpDecoded *decoded = lines->decoded;
    ZpCell cell = {
        .text = lines->start + run->text.from,
        .length = (guint32)zp_span_length(run->text),
        .row = walk->row,
        .col = walk->ordinal - 1,
        .line = walk->line,
        .page = walk->page,
        .box = {.x0 = (float)run->x0[counting],
                .x1 = (float)run->x1[counting],
                .y0 = (float)walk->row,
                .y1 = (float)walk->row + 1},
    };
    if (decoded->is_whole) {
        gsize base = decoded->offset + (gsize)(lines->start - decoded->text);
        cell.byte_start = (guint32)(base + run->text.from);
        cell.byte_end = (guint32)(base + run->text.to);
    }
    return zp_document_add_cell(document, table, &cell, error);
}

bool zp_aligned_read(ZpAligned *lines, ZpDocument *document, GError **error)
{
    Counting counting = counting_of(lines);
    ZpTable *table = zp_document_add_table(document, ZP_TABLE_RUNS);
    RunWalk walk = walk_start(lines);
    Run run;
    while (next_run(&walk, &run)) {
        if (walk.row >= ZP_LIMIT_ALIGNED_LINES) {
            zp_error_set(error, ZP_ERROR_LIMIT,
                         "第 %u 行：以空格分列的文字超过 ZP_LIMIT_ALIGNED_LINES（%u 行）的上限；"
                         "请把文件分成几份",
                         "line %u: over ZP_LIMIT_ALIGNED_LINES (%u lines of text in columns of "
                         "spaces); split the file",
                         walk.line, ZP_LIMIT_ALIGNED_LINES);
            return false;
        }
        if (!add_run(lines, document, table, &walk, &run, counting, error))
            return false;
    }
    lines->line = walk.line;
    lines->page = walk.page;
    return true;
}
