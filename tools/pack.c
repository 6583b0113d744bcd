/*
 * pack.c - pack FILE.yaml PACKED: a data file as the tree that the program reads (base/tree.h).
 *
 * Run while the program is built, so that a start reads no YAML; what `--rules` gives is read as it is.
 */
#include "base/tree.h"

#include <stdio.h>

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = NULL;
    gsize size = 0;
    if (argc != 3 || !g_file_get_contents(argv[1], &text, &size, &error)) {
        fprintf(stderr, "pack: %s\n", error ? error->message : "usage: pack FILE.yaml PACKED");
        return 2;
    }
    g_autoptr(GBytes) bytes = g_bytes_new(text, size);
    g_autoptr(ZpTree) tree = zp_tree_load(bytes, argv[1], ZP_ERROR_DATA, &error);
    if (!tree) {
        fprintf(stderr, "pack: %s\n", zp_error_text(error, ZP_LANG_EN));
        return 1;
    }
    g_autoptr(GBytes) packed = zp_tree_pack(tree);
    gsize length;
    const char *data = g_bytes_get_data(packed, &length);
    if (g_file_set_contents(argv[2], data, (gssize)length, &error))
        return 0;
    fprintf(stderr, "pack: %s\n", error->message);
    return 2;
}
