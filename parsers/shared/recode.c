/*
 * recode.c - a walk over an original and its text side by side, a character at a time.
 *
 *     UTF-8      e7 bb a9 | 31        the text itself
 *     GB18030    bc a8    | 31        one byte below 0x80; four when the second is a digit; else two
 *     UTF-16     a9 7e    | 31 00     two bytes, four where the text has four
 */
#include "parsers/shared/recode.h"

#include "parsers/shared/decode.h"

#include <string.h>

static const guchar *bytes_of(GBytes *bytes, gsize *size)
{
    const guchar *data = g_bytes_get_data(bytes, size);
    return data ? data : (const guchar *)"";
}

void zp_recode_clear(ZpRecode *recode)
{
    g_clear_pointer(&recode->original, g_bytes_unref);
    g_clear_pointer(&recode->plain, g_bytes_unref);
}

ZpRecodePlace zp_recode_start(const ZpRecode *recode)
{
    return (ZpRecodePlace){0, recode->mark};
}

/* The bytes in the original of a character that takes @plain bytes as UTF-8. */
static gsize length_of(const ZpRecode *recode, const guchar *at, const guchar *end, gsize plain)
{
    if (strcmp(recode->charset, "GB18030") != 0)
        return plain == 4 ? 4 : 2;
    if (at[0] < 0x80 || end - at < 2)
        return 1;
    return at[1] >= '0' && at[1] <= '9' ? 4 : 2;
}

void zp_recode_go(const ZpRecode *recode, ZpRecodePlace *place, gsize plain)
{
    gsize size, original_size;
    const guchar *text = bytes_of(recode->plain, &size);
    const guchar *original = bytes_of(recode->original, &original_size);
    plain = MIN(plain, size);
    if (recode->plain == recode->original) {
        place->plain = place->original = plain;
        return;
    }
    while (place->plain < plain && place->original < original_size) {
        gsize length = (gsize)g_utf8_skip[text[place->plain]];
        place->original +=
            length_of(recode, original + place->original, original + original_size, length);
        place->plain += length;
    }
}

bool zp_recode_open(ZpRecode *recode, GBytes *original, const char *declared)
{
    ZpDecoded decoded;
    *recode = (ZpRecode){0};
    if (!zp_decode(original, declared, &decoded, NULL))
        return false;
    if (!decoded.is_whole) {
        zp_decoded_clear(&decoded);
        return false;
    }
    recode->original = g_bytes_ref(original);
    recode->charset = decoded.charset;
    if (decoded.same_bytes) {
        recode->plain = g_bytes_ref(original);
    } else {
        bool is_wide = g_str_has_prefix(decoded.charset, "UTF-16");
        recode->mark = is_wide ? 2 : 0;
        recode->plain = g_bytes_new_take(g_steal_pointer(&decoded.owned), decoded.length);
    }
    zp_decoded_clear(&decoded);
    /* Whether a walk over the text ends where the original ends. */
    ZpRecodePlace place = zp_recode_start(recode);
    zp_recode_go(recode, &place, g_bytes_get_size(recode->plain));
    return place.plain == g_bytes_get_size(recode->plain) &&
           place.original == g_bytes_get_size(recode->original);
}

bool zp_recode_append(const ZpRecode *recode, GString *out, const char *text)
{
    if (strcmp(recode->charset, "UTF-8") == 0) {
        g_string_append(out, text);
        return true;
    }
    gsize length = 0;
    g_autofree char *bytes = g_convert(text, -1, recode->charset, "UTF-8", NULL, &length, NULL);
    if (bytes)
        g_string_append_len(out, bytes, (gssize)length);
    return bytes != NULL;
}
