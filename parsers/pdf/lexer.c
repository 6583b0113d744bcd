/*
 * lexer.c - content stream tokens.
 *
 *     q 0.24 0 0 -0.24 0 842 cm  /F1 12 Tf  [(Hi) -20 <004100>] TJ  Q
 *
 * Numbers are read by hand: a content stream may hold a hundred thousand of them and only their
 * first few decimals matter on a page.  Brackets of arrays and dictionaries are dropped, so their
 * items come as operands.  A string is only found; its bytes are made when they are asked for.
 *
 * Source: ISO 32000-1, 7.2 and 7.8.2.
 */
#include "parsers/pdf/lexer.h"

#include <string.h>

enum {
    SPACE = 1,
    DELIMITER = 2,
};

static const guint8 CLASSES[256] = {
    ['\0'] = SPACE,    ['\t'] = SPACE,    ['\n'] = SPACE,    ['\f'] = SPACE,
    ['\r'] = SPACE,    [' '] = SPACE,     ['('] = DELIMITER, [')'] = DELIMITER,
    ['<'] = DELIMITER, ['>'] = DELIMITER, ['['] = DELIMITER, [']'] = DELIMITER,
    ['{'] = DELIMITER, ['}'] = DELIMITER, ['/'] = DELIMITER, ['%'] = DELIMITER,
};

static bool is_regular(char c)
{
    return !CLASSES[(guchar)c];
}

/* Behind the opening bracket of a literal string. */
static void read_string(ContentLexer *lexer)
{
    guint depth = 1;
    lexer->text = lexer->at;
    lexer->is_hex = false;
    for (; lexer->at < lexer->end; lexer->at++) {
        char c = *lexer->at;
        if (c == '\\' && lexer->at + 1 < lexer->end)
            lexer->at++;
        else if (c == '(')
            depth++;
        else if (c == ')' && --depth == 0)
            break;
    }
    lexer->length = (guint)(lexer->at - lexer->text);
    if (lexer->at < lexer->end)
        lexer->at++;
}

static void append_byte(GByteArray *out, guint8 byte)
{
    g_byte_array_append(out, &byte, 1);
}

static void append_hex(GByteArray *out, const char *at, const char *end)
{
    int high = -1;
    for (; at < end; at++) {
        int digit = g_ascii_xdigit_value(*at);
        if (digit < 0)
            continue;
        if (high >= 0)
            append_byte(out, (guint8)(high << 4 | digit));
        high = high >= 0 ? -1 : digit;
    }
    if (high >= 0)
        append_byte(out, (guint8)(high << 4));
}

/* What a backslash stands for with what is behind it; steps over it.  Nothing: a line goes on. */
static void append_escaped(GByteArray *out, const char **at, const char *end)
{
    static const char NAMES[] = "nrtbf", BYTES[] = "\n\r\t\b\f";
    char c = *(*at)++;
    const char *name = c ? strchr(NAMES, c) : NULL;
    if (c >= '0' && c <= '7') {
        guint code = (guint)(c - '0');
        for (guint k = 0; k < 2 && *at < end && **at >= '0' && **at <= '7'; k++)
            code = code * 8 + (guint)(*(*at)++ - '0');
        append_byte(out, (guint8)code);
    } else if (name) {
        append_byte(out, (guint8)BYTES[name - NAMES]);
    } else if (c == '\r') {
        *at += *at < end && **at == '\n' ? 1 : 0;
    } else if (c != '\n') {
        append_byte(out, (guint8)c);
    }
}

void content_append_string(GByteArray *out, const ContentLexer *lexer)
{
    const char *at = lexer->text, *end = at + lexer->length;
    if (lexer->is_hex) {
        append_hex(out, at, end);
        return;
    }
    while (at < end) {
        const char *from = at;
        while (at < end && *at != '\\')
            at++;
        g_byte_array_append(out, (const guint8 *)from, (guint)(at - from));
        if (at < end && ++at < end)
            append_escaped(out, &at, end);
    }
}

static void read_word(ContentLexer *lexer)
{
    lexer->text = lexer->at;
    while (lexer->at < lexer->end && is_regular(*lexer->at))
        lexer->at++;
    lexer->length = (guint)(lexer->at - lexer->text);
}

/* A number at the lexer's place; false leaves it there. */
static bool read_number(ContentLexer *lexer)
{
    const char *at = lexer->at;
    bool negative = false, has_digit = false;
    double value = 0, scale = 1;
    while (at < lexer->end && (*at == '+' || *at == '-'))
        negative |= *at++ == '-';
    for (; at < lexer->end && g_ascii_isdigit(*at); at++, has_digit = true)
        value = value * 10 + (*at - '0');
    if (at < lexer->end && *at == '.') {
        for (at++; at < lexer->end && g_ascii_isdigit(*at); at++, has_digit = true) {
            scale /= 10;
            value += (*at - '0') * scale;
        }
    }
    if (!has_digit || (at < lexer->end && is_regular(*at)))
        return false;
    lexer->number = negative ? -value : value;
    lexer->at = at;
    return true;
}

static ContentKind read_delimited(ContentLexer *lexer, char c)
{
    lexer->at++;
    if (c == '(') {
        read_string(lexer);
        return CONTENT_STRING;
    }
    if (c == '<' && lexer->at < lexer->end && *lexer->at != '<') {
        /* Behind the `<` of a hexadecimal string. */
        lexer->text = lexer->at;
        lexer->is_hex = true;
        while (lexer->at < lexer->end && *lexer->at != '>')
            lexer->at++;
        lexer->length = (guint)(lexer->at - lexer->text);
        if (lexer->at < lexer->end)
            lexer->at++;
        return CONTENT_STRING;
    }
    if (c == '/') {
        read_word(lexer);
        return CONTENT_NAME;
    }
    if (c == '<')
        lexer->at++;
    if (c == '%') {
        while (lexer->at < lexer->end && *lexer->at != '\n' && *lexer->at != '\r')
            lexer->at++;
    }
    if (lexer->brackets && (c == '[' || c == ']'))
        return c == '[' ? CONTENT_OPEN : CONTENT_CLOSE;
    return CONTENT_END;
}

ContentKind content_next(ContentLexer *lexer)
{
    while (lexer->at < lexer->end) {
        char c = *lexer->at;
        guint8 class = CLASSES[(guchar)c];
        if (class == SPACE) {
            lexer->at++;
        } else if (class == DELIMITER) {
            ContentKind kind = read_delimited(lexer, c);
            if (kind != CONTENT_END)
                return kind;
        } else if ((g_ascii_isdigit(c) || c == '.' || c == '-' || c == '+') && read_number(lexer)) {
            return CONTENT_NUMBER;
        } else {
            read_word(lexer);
            return CONTENT_OPERATOR;
        }
    }
    return CONTENT_END;
}

void content_skip_image(ContentLexer *lexer)
{
    while (lexer->at + 2 < lexer->end) {
        const char *found = memmem(lexer->at, (gsize)(lexer->end - lexer->at), "EI", 2);
        if (!found)
            break;
        bool is_alone = CLASSES[(guchar)found[-1]] == SPACE &&
                        (found + 2 == lexer->end || CLASSES[(guchar)found[2]] == SPACE);
        lexer->at = found + 2;
        if (is_alone)
            return;
    }
    lexer->at = lexer->end;
}
