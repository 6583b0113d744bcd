/*
 * fake_office.c - stands for LibreOffice's library: every file becomes $PLAIN, but one that says CRASH or FAIL.
 *
 * Each start adds a line to $STARTS.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Document {
    const struct DocumentCalls *calls;
} Document;
struct DocumentCalls {
    size_t size;
    void (*destroy)(Document *document);
    int (*save_as)(Document *document, const char *url, const char *format, const char *options);
};
typedef struct Office {
    const struct OfficeCalls *calls;
} Office;
struct OfficeCalls {
    size_t size;
    void (*destroy)(Office *office);
    Document *(*load)(Office *office, const char *url);
};

Office *libreofficekit_hook_2(const char *folder, const char *profile);

static size_t read_file(const char *path, char *bytes, size_t most)
{
    FILE *file = fopen(path, "rb");
    size_t size = file ? fread(bytes, 1, most, file) : 0;
    if (file)
        fclose(file);
    return size;
}

static char bytes[1 << 20];

static int save_as(Document *document, const char *url, const char *format, const char *options)
{
    FILE *file = fopen(url + strlen("file://"), "wb");
    size_t size = read_file(getenv("PLAIN"), bytes, sizeof bytes);
    (void)document, (void)options;
    if (!file || strcmp(format, "docx") != 0)
        return 0;
    fwrite(bytes, 1, size, file);
    return fclose(file) == 0;
}

static void destroy(Document *document)
{
    (void)document;
}

static Document *load(Office *office, const char *url)
{
    static const struct DocumentCalls CALLS = {sizeof CALLS, destroy, save_as};
    static Document document = {&CALLS};
    size_t size = read_file(url + strlen("file://"), bytes, sizeof bytes);
    (void)office;
    if (memmem(bytes, size, "CRASH", 5))
        abort();
    return memmem(bytes, size, "FAIL", 4) ? NULL : &document;
}

Office *libreofficekit_hook_2(const char *folder, const char *profile)
{
    static const struct OfficeCalls CALLS = {sizeof CALLS, NULL, load};
    static Office office = {&CALLS};
    FILE *starts = fopen(getenv("STARTS"), "a");
    if (starts) {
        fprintf(starts, "%s %s\n", folder, profile);
        fclose(starts);
    }
    return &office;
}
