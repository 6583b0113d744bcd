/*
 * walk.c - what every part of the walk asks of qpdf; it asks none of them.
 */
#include "parsers/pdf/walk.h"

void walk_forget_errors(qpdf_data qpdf)
{
    if (qpdf_has_error(qpdf))
        qpdf_get_error(qpdf);
    while (qpdf_more_warnings(qpdf))
        qpdf_next_warning(qpdf);
}

bool walk_read_numbers(qpdf_data qpdf, qpdf_oh array, guint n, double *out)
{
    if (!qpdf_oh_is_array(qpdf, array) || qpdf_oh_get_array_n_items(qpdf, array) != (int)n)
        return false;
    for (guint k = 0; k < n; k++) {
        qpdf_oh item = qpdf_oh_get_array_item(qpdf, array, (int)k);
        if (!qpdf_oh_is_number(qpdf, item))
            return false;
        out[k] = qpdf_oh_get_numeric_value(qpdf, item);
    }
    return true;
}

qpdf_oh walk_resource(const Walk *walk, const char *kind, const char *name)
{
    qpdf_oh dictionary = qpdf_oh_get_key(walk->qpdf, walk->resources, kind);
    if (!qpdf_oh_is_dictionary(walk->qpdf, dictionary))
        return qpdf_oh_new_null(walk->qpdf);
    return qpdf_oh_get_key(walk->qpdf, dictionary, name);
}

void walk_lose(Walk *walk)
{
    walk->drawing->is_lost = true;
}
