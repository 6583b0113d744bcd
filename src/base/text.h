/*
 * text.h - white space, folding and escaping of UTF-8 text.
 *
 * The contract's white space rule, the folding that labels are compared by, and the
 * escaping of a document's text for a terminal.  All input must be valid UTF-8 unless a
 * function says otherwise.  It knows no label and no number (src/rulebook, src/normalise).
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* The two languages of messages, explanations and help. */
typedef enum {
    ZP_LANG_EN,
    ZP_LANG_ZH,
    ZP_LANG_COUNT,
} ZpLang;

/**
 * zp_char_is_space: white space in the widest sense: Unicode White_Space (with U+00A0 and
 * U+3000), tabs and line ends, and the invisible U+200B..U+200D, U+2060 and U+FEFF.
 */
bool zp_char_is_space(gunichar c);

/**
 * zp_char_is_cjk: a Han, Kana or Bopomofo character, or a CJK or full-width form or
 * punctuation mark (U+2E80..U+9FFF without the ideographic space, U+F900..U+FAFF,
 * U+FF01..U+FFEF, U+20000..U+3FFFF).
 */
bool zp_char_is_cjk(gunichar c);

/**
 * zp_text_append_clean: the contract's white space rule.
 * @out: the cleaned text is appended
 *
 * No white space between two characters that are each CJK or punctuation (Unicode P*),
 * none at the ends; elsewhere a run becomes one space, or nothing when all of it is invisible
 * (U+200B inside a number must not cut it in two).  "年度 指标值" gives "年度指标值",
 * "全市 AI  平台" gives "全市 AI 平台".  Source: contract.md, White space.
 */
void zp_text_append_clean(GString *out, const char *text, gsize length);

/**
 * zp_text_append_folded: the form that labels are compared in.
 * @out: the folded text is appended
 *
 * Drops all white space; turns full-width ASCII (U+FF01..U+FF5E) into ASCII, Kangxi
 * (U+2F00..U+2FD5) and CJK radicals (U+2E80..U+2EFF) into their unified characters, traditional
 * characters that have one simplified form into that, and upper-case ASCII letters into lower case.
 * Characters outside these stay.
 */
void zp_text_append_folded(GString *out, const char *text, gsize length);

/**
 * zp_text_simplified: the simplified form of a traditional character.
 * @text: at a character of three bytes
 *
 * Returns: (nullable) (transfer none) its three bytes, not NUL-terminated; NULL for any other
 * character, also for one whose simplified form depends on the word.
 */
const char *zp_text_simplified(const char *text);

/** zp_text_trim: move both ends of a text inwards over white space. */
void zp_text_trim(const char **start, const char **end);

/** zp_text_is_blank: empty or white space only. */
bool zp_text_is_blank(const char *text, gsize length);

/**
 * zp_text_append_visible: text made safe for a terminal.
 * @out: the text is appended
 *
 * Control characters (C0, DEL, C1, also tab and line end), bidirectional controls
 * (U+061C, U+200E, U+200F, U+202A..U+202E, U+2066..U+2069), zero-width characters and
 * U+2028/U+2029 are shown as \u{XXXX}; bytes that are no UTF-8 as \xNN.  Takes any bytes.
 */
void zp_text_append_visible(GString *out, const char *text, gsize length);

/**
 * zp_text_valid: bytes as UTF-8, with U+FFFD for what is not.
 * @replaced: (nullable) the count of replacements
 *
 * Returns: (transfer full) valid UTF-8 without NUL bytes inside (a NUL becomes U+FFFD too).
 */
char *zp_text_valid(const char *bytes, gsize length, gsize *replaced);

/**
 * zp_text_cut: how many bytes of a text to keep so that they are at most @most and end between two
 * characters.
 */
gsize zp_text_cut(const char *text, gsize length, gsize most);

/**
 * zp_text_append_quote: a text as a message quotes it: its beginning by the white space rule, with … where
 * it goes on behind @most bytes.
 */
void zp_text_append_quote(GString *out, const char *text, gsize length, gsize most);

/**
 * zp_text_columns: how many terminal columns the text takes: 2 for wide and full-width
 * characters, 0 for combining and zero-width ones, else 1.
 */
gsize zp_text_columns(const char *text);

/**
 * zp_lang_from_environment: ZP_LANG_ZH when the first set one of LC_ALL, LC_MESSAGES and LANG
 * begins with "zh", else ZP_LANG_EN.
 */
ZpLang zp_lang_from_environment(void);

/** zp_lang_pick: the one of two texts that is in @lang. */
const char *zp_lang_pick(ZpLang lang, const char *zh, const char *en);
