/*
 * page.c - the few marks of Markdown that docs/rules uses.
 *
 *     ## Formula            a bold line
 *     running text          paragraphs are filled anew
 *     - a point             hangs by two columns
 *     ```form pass … ```    an example, indented; lines of cells become a table where it fits
 */
#include "cli/page.h"
#include "cli/cli.h"

#include "base/text.h"
#include "base/wrap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define CODE_INDENT "    "
#define BOLD        "\033[1m"
#define RESET       "\033[0m"

/* A paragraph or point is complete. */
static void end_paragraph(GString *out, GString *paragraph, guint width)
{
    if (paragraph->len == 0)
        return;
    gsize from = out->len;
    g_string_append_printf(out, "%s\n", paragraph->str);
    zp_text_wrap(out, from, width, g_str_has_prefix(paragraph->str, "- ") ? 2 : 0);
    g_string_truncate(paragraph, 0);
}

/* Lines of one paragraph are put together as the white space rule does: nothing between two Chinese characters. */
static void add_line(GString *paragraph, const char *line)
{
    if (paragraph->len > 0) {
        gunichar last = g_utf8_get_char(g_utf8_prev_char(paragraph->str + paragraph->len));
        if (!zp_char_is_cjk(last) || !zp_char_is_cjk(g_utf8_get_char(line)))
            g_string_append_c(paragraph, ' ');
    }
    g_string_append(paragraph, line);
}

/* --- examples --- */

static GStrv cells_of(const char *line)
{
    g_autofree char *bare = g_strdup(line);
    g_strstrip(bare);
    gsize length = strlen(bare);
    if (length < 2 || bare[0] != '|' || bare[length - 1] != '|')
        return NULL;
    bare[length - 1] = '\0';
    GStrv cells = g_strsplit(bare + 1, "|", -1);
    for (char **cell = cells; *cell; cell++)
        g_strstrip(*cell);
    return cells;
}

static void measure(GArray *widths, char **cells)
{
    for (guint k = 0; cells[k]; k++) {
        guint columns = (guint)zp_text_columns(cells[k]);
        if (k >= widths->len)
            g_array_append_val(widths, columns);
        else if (g_array_index(widths, guint, k) < columns)
            g_array_index(widths, guint, k) = columns;
    }
}

static void append_cells(GString *out, char **cells, const GArray *widths)
{
    g_string_append(out, CODE_INDENT "|");
    for (guint k = 0; cells[k]; k++) {
        g_string_append_c(out, ' ');
        zp_append_padded(out, cells[k], g_array_index(widths, guint, k));
        g_string_append(out, " |");
    }
    g_string_append_c(out, '\n');
}

/* @lines: of char *; as a table where its columns fit, else as they are. */
static void end_example(GString *out, GPtrArray *lines, guint width)
{
    g_autoptr(GArray) widths = g_array_new(FALSE, FALSE, sizeof(guint));
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
    for (guint k = 0; k < lines->len; k++) {
        char **cells = cells_of(g_ptr_array_index(lines, k));
        g_ptr_array_add(rows, cells);
        if (cells)
            measure(widths, cells);
    }
    guint whole = strlen(CODE_INDENT) + 1;
    for (guint k = 0; k < widths->len; k++)
        whole += g_array_index(widths, guint, k) + 3;
    for (guint k = 0; k < lines->len; k++) {
        gsize from = out->len;
        if (g_ptr_array_index(rows, k) && whole <= width) {
            append_cells(out, g_ptr_array_index(rows, k), widths);
            continue;
        }
        g_string_append_printf(out, CODE_INDENT "%s\n", (const char *)g_ptr_array_index(lines, k));
        zp_text_wrap(out, from, width, strlen(CODE_INDENT) + 2);
    }
    g_ptr_array_set_size(lines, 0);
}

/* --- the page --- */

static void append_heading(GString *out, const char *line, guint width)
{
    const char *text = line + strspn(line, "#");
    gsize from = out->len;
    g_string_append_printf(out, BOLD "%s" RESET "\n", text + strspn(text, " "));
    zp_text_wrap(out, from, width, 0);
}

void zp_page_set(GString *out, const char *page, guint width)
{
    g_auto(GStrv) lines = g_strsplit(page, "\n", -1);
    g_autoptr(GString) paragraph = g_string_new(NULL);
    g_autoptr(GPtrArray) example = g_ptr_array_new();
    bool in_code = false;
    for (char **line = lines; *line && (line[1] || **line); line++) {
        bool is_fence = g_str_has_prefix(*line, "```");
        bool is_text = !in_code && !is_fence && **line && **line != '#';
        if (!is_text || g_str_has_prefix(*line, "- "))
            end_paragraph(out, paragraph, width);
        if (is_fence) {
            in_code = !in_code;
            end_example(out, example, width);
        } else if (in_code) {
            g_ptr_array_add(example, *line);
        } else if (**line == '#') {
            append_heading(out, *line, width);
        } else if (is_text) {
            add_line(paragraph, *line);
        } else {
            g_string_append_c(out, '\n');
        }
    }
    end_paragraph(out, paragraph, width);
    end_example(out, example, width);
}

static guint count_lines(const GString *text)
{
    guint count = 0;
    for (const char *at = text->str; (at = strchr(at, '\n')); at++)
        count++;
    return count;
}

bool zp_page_show(const GString *text)
{
    struct winsize size;
    if (!isatty(STDIN_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 ||
        count_lines(text) < size.ws_row)
        return false;
    const char *asked = g_getenv("PAGER");
    const char *command = asked && *asked ? asked : "less";
    g_autofree char *program = g_strndup(command, strcspn(command, " "));
    g_autofree char *found = g_find_program_in_path(program);
    if (!found)
        return false;
    setenv("LESS", "FRX", 0); /* colours, and no page that fits */
    FILE *pager = popen(command, "w");
    if (!pager)
        return false;
    fwrite(text->str, 1, text->len, pager); /* a reader who has seen enough closes it */
    return pclose(pager) != -1;
}
