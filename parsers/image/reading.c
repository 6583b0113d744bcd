/*
 * reading.c - free reading, then its figures once more by their grammar and their shapes.
 *
 *     ≥ 9 4 0 条       free reading: every character with its steps
 *     └──┬──┘          a run of what figures are made of: read again over 17 characters, several readings,
 *        ▼             each held against the grammar and the shapes between the run's borders
 *     ≥940  agreed     the sign's bar, the percent sign's rings are looked at; what does not agree is doubtful
 */
#include "parsers/image/reading.h"

#include "base/limits.h"
#include "base/text.h"
#include "parsers/image/figure.h"
#include "parsers/image/shapes.h"
#include "parsers/image/signs.h"

#include <string.h>

/* Readings of a figure that are looked at. */
/* Width by height: below it a sign is %, from the other on ‰ (a full-width one of a Song face has 1.2). */
#define PERCENT_WIDE   1.15f
#define PER_MILLE_WIDE 1.35f
#define READINGS       8
/* A reading below this share is no reading. */
#define LEAST_SHARE 0.02f
/* From here on a reading may be believed: of all, and of those that shapes and grammar bear out. */
#define SEEN_SHARE  0.2f
#define CLEAR_SHARE 0.7f
/* A character of prose below this is in doubt. */
#define WEAK_SHARE 0.7f
/* How much a reading is worth that the grammar, or the shapes, or both do not bear out. */
#define UNSOUND 0.05f
#define UNSEEN  0.03f
#define UNSURE  0.6f
/* In em: how far a border between a figure and other text may be off. */
#define SLACK 0.35f
/* In em: the least ink that must have a reading. */
#define SOMETHING 0.3f

typedef struct {
    const Recogniser *recogniser;
    PIX *ink;
    float em;
    const Seen *seen;
    GArray *free;   /* of CtcChar */
    GArray *shapes; /* of Shape */
    LineReading *reading;
} Work;

/* A figure under way: characters first…end of the free reading. */
typedef struct {
    guint first, end;
    ShapeRun run;
    CtcFigure best, others[READINGS];
    guint n_others;
    guint places[64];
    bool is_clear;
} Figure;

void line_reading_free(LineReading *reading)
{
    if (!reading)
        return;
    g_array_unref(reading->chars);
    g_ptr_array_unref(reading->others);
    g_free(reading);
}

static const CtcChar *free_at(const Work *work, guint k)
{
    return &g_array_index(work->free, CtcChar, k);
}

static bool is_digit(gunichar c)
{
    return c >= '0' && c <= '9';
}

/* What stays a part of a figure only beside digits: 一 and O are also letters. */
static bool is_plain(gunichar c)
{
    return is_digit(c) ||
           (figure_symbol(c) >= 0 && c != 0x4E00 && c != 'O' && c != 'o' && c != 'I' && c != 'l' &&
            c != 0x3001 && c != 0x3002 && c != 0xFF0C && c != 0x3007 && c != '\'' && c != 0x2019);
}

static float place_of(const Work *work, float step)
{
    return work->seen->x0 + (step + 0.5f) * work->seen->step;
}

/* The border between two characters: between their best steps. */
static float border(const Work *work, guint k)
{
    return place_of(work, ((float)free_at(work, k - 1)->peak + (float)free_at(work, k)->peak) / 2);
}

/* The whole line is of a figure's characters: then a lone O is a 0. */
static bool is_all_figure(const Work *work)
{
    bool has_digit = false;
    for (guint k = 0; k < work->free->len; k++) {
        gunichar c = free_at(work, k)->c;
        if ((figure_symbol(c) < 0 && c != ' ') || free_at(work, k)->is_sign)
            return false;
        has_digit |= is_digit(c);
    }
    return has_digit || (work->free->len == 1 && free_at(work, 0)->c != 0x4E00);
}

/* The next run of a figure from @from on; false: there is none. */
static bool find_run(const Work *work, guint from, guint *first, guint *end)
{
    guint n = work->free->len;
    if (from == 0 && is_all_figure(work)) {
        *first = 0;
        *end = n;
        return true;
    }
    for (guint k = from; k < n; k++) {
        if (!is_plain(free_at(work, k)->c) || free_at(work, k)->is_sign)
            continue;
        guint stop = k;
        bool has_digit = false;
        for (; stop < n; stop++) {
            gunichar c = free_at(work, stop)->c;
            bool is_middle = stop > k && stop + 1 < n && is_digit(free_at(work, stop - 1)->c) &&
                             is_digit(free_at(work, stop + 1)->c) && figure_symbol(c) >= 0;
            if (!is_plain(c) && !is_middle)
                break;
            has_digit |= is_digit(c);
        }
        /* A point or dash behind the last digit is punctuation. */
        while (stop > k && !is_digit(free_at(work, stop - 1)->c) &&
               figure_symbol(free_at(work, stop - 1)->c) != 12)
            stop--;
        gunichar start = free_at(work, k)->c;
        while (k < stop && (start == '.' || start == ',')) {
            k++;
            start = k < stop ? free_at(work, k)->c : 0;
        }
        if (has_digit && stop > k) {
            *first = k;
            *end = stop;
            return true;
        }
        k = MAX(k, stop);
    }
    return false;
}

/* The shapes between a run's borders. */
static void set_shapes(const Work *work, Figure *figure)
{
    ShapeRun *run = &figure->run;
    guint n = work->free->len;
    run->shapes = work->shapes;
    run->opens = figure->first > 0;
    run->closes = figure->end < n;
    run->left = run->opens ? border(work, figure->first) : -G_MAXFLOAT;
    run->right = run->closes ? border(work, figure->end) : G_MAXFLOAT;
    run->slack = SLACK * work->em;
    run->first = run->end = 0;
    for (guint k = 0; k < work->shapes->len; k++) {
        const ZpBox *box = &g_array_index(work->shapes, Shape, k).box;
        float middle = (box->x0 + box->x1) / 2;
        if (middle < run->left)
            run->first = k + 1;
        if (middle < run->right)
            run->end = k + 1;
    }
    run->end = MAX(run->end, run->first);
}

/* The steps of a run, up to half the way to its neighbours. */
static void steps_of(const Work *work, const Figure *figure, guint *from, guint *to)
{
    guint n = work->free->len;
    *from =
        figure->first
            ? (free_at(work, figure->first - 1)->end + free_at(work, figure->first)->first + 1) / 2
            : 0;
    *to = figure->end < n
              ? (free_at(work, figure->end - 1)->end + free_at(work, figure->end)->first) / 2
              : (guint)work->seen->output.n_steps;
    *to = MAX(*to, *from + 1);
}

/* Reads a run over the figures' characters; the best is what grammar and shapes bear out. */
static void read_figure(const Work *work, Figure *figure)
{
    CtcFigure found[READINGS];
    guint from, to, best = 0;
    steps_of(work, figure, &from, &to);
    const float *shares = work->seen->output.shares + (gsize)from * work->recogniser->alphabet.n;
    guint n = ctc_figures(&work->recogniser->alphabet, shares, to - from, found, READINGS);
    float agreed = 0, best_worth = 0;
    ShapesSay said = SHAPES_DIFFER;
    for (guint k = 0; k < n; k++) {
        guint places[64] = {0};
        ShapesSay say =
            found[k].text[0] ? shapes_say(&figure->run, found[k].text, places) : SHAPES_DIFFER;
        float worth = found[k].share * (figure_is_sound(found[k].text) ? 1 : UNSOUND) *
                      (say == SHAPES_AGREE    ? 1
                       : say == SHAPES_UNSURE ? UNSURE
                                              : UNSEEN);
        if (found[k].text[0] && worth > best_worth) {
            best = k;
            best_worth = worth;
            said = say;
            memcpy(figure->places, places, sizeof places);
        }
        if (say == SHAPES_AGREE && figure_is_sound(found[k].text))
            agreed += found[k].share;
    }
    if (best_worth <= 0)
        return;
    figure->best = found[best];
    /* What the shapes speak against does not compete: a faint = has few shares, and two bars. */
    figure->is_clear = said == SHAPES_AGREE && figure_is_sound(found[best].text) &&
                       found[best].share >= SEEN_SHARE && found[best].share >= CLEAR_SHARE * agreed;
    for (guint k = 0; k < n; k++) {
        if (k != best && found[k].share >= LEAST_SHARE && found[k].text[0] &&
            figure->n_others < READINGS)
            figure->others[figure->n_others++] = found[k];
    }
}

static void append_other(Figure *figure, const char *text)
{
    if (figure->n_others < READINGS)
        g_strlcpy(figure->others[figure->n_others++].text, text, sizeof figure->best.text);
}

/* A sign at the beginning: whether its bar is there. */
static void look_at_sign(const Work *work, Figure *figure)
{
    gunichar sign = g_utf8_get_char(figure->best.text);
    if (sign != 0x2265 && sign != 0x2264)
        return;
    const Shape *shape = figure->places[0] < work->shapes->len
                             ? &g_array_index(work->shapes, Shape, figure->places[0])
                             : NULL;
    ShapeBar bar =
        shape && figure->is_clear ? shape_bar(work->ink, &shape->box, sign == 0x2265) : BAR_UNSURE;
    g_autofree char *rest = g_strdup(g_utf8_next_char(figure->best.text));
    g_autofree char *strict = g_strconcat(sign == 0x2265 ? ">" : "<", rest, NULL);
    if (bar == BAR_UNSURE) {
        figure->is_clear = false;
        append_other(figure, strict);
    } else if (bar == BAR_NONE) {
        g_strlcpy(figure->best.text, strict, sizeof figure->best.text);
    }
}

/* A percent sign at the end: two rings, not three. */
static void look_at_percent(const Work *work, Figure *figure)
{
    gsize length = strlen(figure->best.text);
    if (!length || figure->best.text[length - 1] != '%' || !figure->is_clear)
        return;
    guint first = figure->places[g_utf8_strlen(figure->best.text, -1) - 1];
    if (first >= work->shapes->len)
        return;
    ZpBox box = g_array_index(work->shapes, Shape, first).box;
    guint last = figure->run.closes ? MIN(first + 3, figure->run.end) : figure->run.end;
    for (guint k = first + 1; k < last; k++) {
        const ZpBox *more = &g_array_index(work->shapes, Shape, k).box;
        box = (ZpBox){box.x0, MIN(box.y0, more->y0), MAX(box.x1, more->x1), MAX(box.y1, more->y1)};
    }
    /* Thick ink closes a third ring beside the stroke of %; a per mille sign is wider, too. */
    float wide = (box.x1 - box.x0) / MAX(box.y1 - box.y0, 1);
    if (shape_holes(work->ink, &box) < 3 || wide < PERCENT_WIDE)
        return;
    figure->is_clear = false;
    if (wide < PER_MILLE_WIDE) {
        g_autofree char *other = g_strndup(figure->best.text, length - 1);
        g_autofree char *per_mille = g_strconcat(other, "‰", NULL);
        append_other(figure, per_mille);
        return;
    }
    append_other(figure, figure->best.text);
    figure->best.text[length - 1] = '\0';
    g_strlcat(figure->best.text, "‰", sizeof figure->best.text);
}

/* A letter or sign right before a figure is a comparator that the model does not know (≧, ═). */
static void look_before(const Work *work, Figure *figure)
{
    if (!figure->first)
        return;
    gunichar c = free_at(work, figure->first - 1)->c;
    bool is_mark = g_unichar_isalpha(c) && c < 0x2E80;
    if (is_mark || c == 0x2261 || c == 0x2260 || c == '~' || c == '+')
        figure->is_clear = false;
}

static void add_char(GArray *chars, gunichar c, float x0, float x1)
{
    ReadChar one = {c, x0, MAX(x1, x0 + 0.5f)};
    g_array_append_val(chars, one);
}

static float edge_before(const Work *work, guint k)
{
    return k == 0 ? (float)work->reading->box.x0 : border(work, k);
}

static float edge_behind(const Work *work, guint k)
{
    return k + 1 >= work->free->len ? (float)work->reading->box.x1 : border(work, k + 1);
}

static void add_free(const Work *work, guint k)
{
    const CtcChar *one = free_at(work, k);
    float x0 = edge_before(work, k), x1 = edge_behind(work, k), gap = 0.2f * work->em;
    if (one->c == ' ')
        return;
    /* A space that was seen stays as a gap. */
    float middle = place_of(work, (float)one->peak);
    if (k > 0 && free_at(work, k - 1)->c == ' ')
        x0 = MIN(middle, MAX(x0, place_of(work, (float)free_at(work, k - 1)->peak) + gap));
    if (k + 1 < work->free->len && free_at(work, k + 1)->c == ' ')
        x1 = MAX(middle, MIN(x1, place_of(work, (float)free_at(work, k + 1)->peak) - gap));
    add_char(work->reading->chars, one->c, x0, x1);
}

static void add_figure(const Work *work, const Figure *figure)
{
    float x0 = edge_before(work, figure->first), x1 = edge_behind(work, figure->end - 1);
    guint n = (guint)g_utf8_strlen(figure->best.text, -1), k = 0;
    for (const char *p = figure->best.text; *p; p = g_utf8_next_char(p), k++)
        add_char(work->reading->chars, g_utf8_get_char(p), x0 + (x1 - x0) * (float)k / (float)n,
                 x0 + (x1 - x0) * (float)(k + 1) / (float)n);
}

/* The line with another reading in the place of a figure. */
static void add_others(const Work *work, const Figure *figure)
{
    for (guint k = 0; k < figure->n_others && work->reading->others->len < ZP_LIMIT_IMAGE_READINGS;
         k++) {
        GString *text = g_string_new(NULL);
        for (guint i = 0; i < figure->first; i++)
            g_string_append_unichar(text, free_at(work, i)->c);
        g_string_append(text, figure->others[k].text);
        for (guint i = figure->end; i < work->free->len; i++)
            g_string_append_unichar(text, free_at(work, i)->c);
        g_ptr_array_add(work->reading->others, g_string_free(text, FALSE));
    }
}

static void take_figure(Work *work, Figure *figure)
{
    LineReading *reading = work->reading;
    set_shapes(work, figure);
    read_figure(work, figure);
    if (!figure->best.text[0]) {
        for (guint k = figure->first; k < figure->end; k++)
            add_free(work, k);
        reading->is_doubtful = true;
        return;
    }
    look_at_sign(work, figure);
    look_at_percent(work, figure);
    look_before(work, figure);
    add_figure(work, figure);
    add_others(work, figure);
    reading->has_figure = true;
    reading->is_doubtful |= !figure->is_clear;
    reading->share = MIN(reading->share, figure->best.share);
}

/* Signs that the model takes for letters. */
static void look_at_letters(Work *work)
{
    g_autoptr(GArray) edges = g_array_new(FALSE, FALSE, sizeof(float));
    for (guint k = 0; k < work->free->len; k++) {
        float edge = edge_before(work, k);
        g_array_append_val(edges, edge);
    }
    float end = (float)work->reading->box.x1;
    g_array_append_val(edges, end);
    work->reading->is_doubtful |=
        signs_look(work->free, (const float *)(const void *)edges->data, work->shapes, work->ink);
}

/* A bracket closes as it was opened: half as wide or not, nobody sees. */
static void close_brackets(GArray *chars)
{
    gunichar open = 0;
    for (guint k = 0; k < chars->len; k++) {
        ReadChar *one = &g_array_index(chars, ReadChar, k);
        if (one->c == '(' || one->c == 0xFF08)
            open = one->c;
        else if (open && (one->c == ')' || one->c == 0xFF09))
            one->c = open == '(' ? ')' : 0xFF09;
    }
}

/* A point behind all: 618人. has a speck, and nobody can tell it from a digit's rest. */
static bool ends_in_point(const GArray *chars)
{
    gunichar last = chars->len ? g_array_index(chars, ReadChar, chars->len - 1).c : 0;
    return last == '.' || last == ',';
}

static void read_all(Work *work)
{
    LineReading *reading = work->reading;
    float sum = 0;
    guint n = work->free->len, first = n, end = n;
    look_at_letters(work);
    bool has_run = find_run(work, 0, &first, &end);
    for (guint k = 0; k < n; k++)
        sum += free_at(work, k)->share;
    reading->share = n ? sum / (float)n : 0;
    reading->is_doubtful |= reading->share < WEAK_SHARE;
    for (guint k = 0; k < n;) {
        if (has_run && k == first) {
            Figure figure = {.first = first, .end = end};
            take_figure(work, &figure);
            k = end;
            has_run = find_run(work, k, &first, &end);
        } else {
            add_free(work, k++);
        }
    }
    close_brackets(reading->chars);
    reading->is_doubtful |= reading->has_figure && ends_in_point(reading->chars);
}

/* One low wide stroke is a dash, whatever it was read as. */
static bool read_dash(Work *work)
{
    LineReading *reading = work->reading;
    if (work->free->len > 2 || !shape_is_dash(work->shapes, work->em))
        return false;
    float width = (float)(reading->box.x1 - reading->box.x0);
    add_char(reading->chars, width > 0.6f * work->em ? 0x2014 : '-', (float)reading->box.x0,
             (float)reading->box.x1);
    reading->share = 1;
    reading->has_figure = true;
    return true;
}

/* Ink that the model sees nothing in: a figure's one character perhaps, and else a thing unread. */
static void read_nothing(Work *work)
{
    LineReading *reading = work->reading;
    Figure figure = {0};
    set_shapes(work, &figure);
    figure.run.opens = figure.run.closes = false;
    figure.run.first = 0;
    figure.run.end = work->shapes->len;
    read_figure(work, &figure);
    reading->is_doubtful = true;
    reading->share = figure.best.share;
    if (figure.best.text[0] && figure.best.share > 0.3f) {
        reading->has_figure = true;
        for (const char *p = figure.best.text; *p; p = g_utf8_next_char(p))
            add_char(reading->chars, g_utf8_get_char(p), (float)reading->box.x0,
                     (float)reading->box.x1);
        return;
    }
    if ((float)MAX(reading->box.x1 - reading->box.x0, reading->box.y1 - reading->box.y0) >
        SOMETHING * work->em)
        add_char(reading->chars, 0xFFFD, (float)reading->box.x0, (float)reading->box.x1);
}

LineReading *line_read(const Recogniser *recogniser, PIX *grey, PIX *ink, const LineBox *box,
                       float em, bool is_alone)
{
    Seen seen;
    if (!recognise_line(recogniser, grey, box, em, &seen))
        return NULL;
    LineReading *reading = g_new0(LineReading, 1);
    reading->box = *box;
    reading->chars = g_array_new(FALSE, FALSE, sizeof(ReadChar));
    reading->others = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GArray) letters =
        ctc_free(&recogniser->alphabet, seen.output.shares, (guint)seen.output.n_steps);
    g_autoptr(GArray) shapes = shapes_find(ink, box);
    Work work = {recogniser, ink, em, &seen, letters, shapes, reading};
    if (!is_alone || !read_dash(&work)) {
        if (letters->len)
            read_all(&work);
        else
            read_nothing(&work);
    }
    recognise_clear(recogniser, &seen);
    return reading;
}
