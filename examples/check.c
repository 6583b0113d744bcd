/*
 * check.c - a document's findings, a line each, by libziping.
 *
 *     cc check.c $(pkg-config --cflags --libs ziping jansson) -o check && ./check form.pdf
 *
 * Workers read it, each shut in, so that a document from elsewhere can do this program no harm.
 */
#include <ziping.h>

#include <jansson.h>
#include <stdio.h>

static int fail(ziping_error *error)
{
    fprintf(stderr, "%s (%d)\n", ziping_error_text(error, "en"), ziping_error_code(error));
    ziping_error_free(error);
    return 1;
}

static void print_findings(const json_t *file)
{
    size_t k;
    json_t *finding;
    json_array_foreach (json_object_get(file, "findings"), k, finding) {
        const char *code = json_string_value(json_object_get(finding, "code"));
        const char *message = json_string_value(json_object_get(finding, "message"));
        printf("%s: %s %s\n", json_string_value(json_object_get(file, "path")), code, message);
    }
}

int main(int argc, char **argv)
{
    ziping_error *error = NULL;
    ziping *handle = ziping_new("{\"workers\": 1}", &error);
    if (!handle)
        return fail(error);
    for (int k = 1; k < argc; k++) {
        char *text = ziping_check_path(handle, argv[k], "{\"show\": \"warning\"}", &error);
        if (!text) {
            ziping_free(handle);
            return fail(error);
        }
        json_t *report = json_loads(text, 0, NULL);
        size_t file;
        json_t *one;
        json_array_foreach (json_object_get(report, "files"), file, one)
            print_findings(one);
        json_decref(report);
        ziping_string_free(text);
    }
    ziping_free(handle);
    return 0;
}
